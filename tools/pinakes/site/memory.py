"""What one rendering can take over from the last: the parts of topic pages that nothing they show has changed in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pinakes.model import Topic
from pinakes.store.records import Record

Records = tuple[Record | None, ...]
"""The record of each of a topic's entries."""


@dataclass(slots=True)
class Memory:
    """Keeps each topic's part of its page, for a process that renders again and again (`pinakes serve`).

    Attributes:
        frame: What else these parts depend on; if it changes, all are forgotten.
        parts: By language and path, the topic, its entries' records and its part of the page.
    """

    frame: Any = None
    parts: dict[tuple[str, str], tuple[Topic, Records, str]] = field(default_factory=dict)

    def begin(self, frame: Any) -> None:
        """Begin a rendering."""
        if frame != self.frame:
            self.frame = frame
            self.parts.clear()

    def recall(self, lang: str, topic: Topic, records: Records) -> str | None:
        """Give the topic's part of its page, if all that it is made of is as it was then."""
        known = self.parts.get((lang, topic.path))
        return known[2] if known and known[:2] == (topic, records) else None

    def keep(self, lang: str, topic: Topic, records: Records, part: str) -> str:
        """Remember a part, and give it back."""
        self.parts[lang, topic.path] = (topic, records, part)
        return part
