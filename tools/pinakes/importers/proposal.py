"""The new text of every file that an import would write."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pinakes.importers.plan import Addition, Plan
from pinakes.store.diff import unified
from pinakes.store.edit import append_entries, new_topic

_MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that an import would write.

    Attributes:
        file: Below the project's folder.
        topic: The path of its topic.
        title: The topic's title, if it is new.
        entries: How many entries come in.
        before: The file's text now; None if it is new.
        after: Its text then.
    """

    file: str
    topic: str
    title: str
    entries: int
    before: str | None
    after: str

    def diff(self) -> str:
        """The change as a unified diff."""
        return unified(self.file, self.before, self.after)

    def to_json(self) -> dict[str, str | int | bool]:
        """The change in the form that the command's JSON has."""
        return {
            "file": self.file,
            "topic": self.topic,
            "title": self.title,
            "new": self.before is None,
            "entries": self.entries,
        }


def propose(plan: Plan, texts: Mapping[str, str]) -> list[Change]:
    """Write the new text of each file, without touching any.

    Args:
        plan: What is to be added.
        texts: The text of each topic file that there is, by its path below the project's folder.

    Raises:
        EditError: An entry cannot be added to a file without touching other bytes.
    """
    return [_change(addition, texts) for addition in plan.additions]


def _change(addition: Addition, texts: Mapping[str, str]) -> Change:
    before = None if addition.file is None else texts[addition.file]
    if before is None:
        depth = addition.path.count("/")
        after = new_topic(addition.title, addition.about, addition.entries, depth=depth)
    else:
        mark = _MARK if before.startswith(_MARK) else ""
        after = mark + append_entries(before.removeprefix(_MARK), addition.entries)
    file = addition.file or f"catalog/topics/{addition.path}.yml"
    return Change(file, addition.path, addition.title, len(addition.entries), before, after)
