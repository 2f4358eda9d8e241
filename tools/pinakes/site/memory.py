"""What one rendering can take over from the last: the parts of topic pages whose topics are as they were."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pinakes.model import Topic


@dataclass(slots=True)
class Memory:
    """Keeps each topic's part of its page, for a process that renders again and again (`pinakes serve`).

    Attributes:
        frame: What else these parts depend on; if it changes, all are forgotten.
        parts: By language and path, the topic and its part of the page.
    """

    frame: Any = None
    parts: dict[tuple[str, str], tuple[Topic, str]] = field(default_factory=dict)

    def begin(self, frame: Any) -> None:
        """Begin a rendering."""
        if frame != self.frame:
            self.frame = frame
            self.parts.clear()

    def recall(self, lang: str, topic: Topic) -> str | None:
        """Give the topic's part of its page, if it is as it was then."""
        known = self.parts.get((lang, topic.path))
        return known[1] if known and known[0] == topic else None

    def keep(self, lang: str, topic: Topic, part: str) -> str:
        """Remember a part, and give it back."""
        self.parts[lang, topic.path] = (topic, part)
        return part
