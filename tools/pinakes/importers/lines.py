"""The account: what became of each line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, get_args

from pinakes.importers.blocks import LineKind, Post

KINDS: tuple[LineKind, ...] = get_args(LineKind)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a post that is not blank, and what became of it.

    Attributes:
        file: The post, by the path that the import was given.
        number: From 1.
        reason: Why it was left out, or what else is to be said; may be empty.
        topic: The path of the topic that it went to; empty if it went to none.
    """

    file: str
    number: int
    kind: LineKind
    text: str
    reason: str = ""
    topic: str = ""

    def to_json(self) -> dict[str, str | int]:
        """The line in the form that the command's JSON has."""
        return {
            "file": self.file,
            "line": self.number,
            "kind": self.kind,
            "text": self.text,
            "reason": self.reason,
            "topic": self.topic,
        }


class Claim(NamedTuple):
    """What one block says about a line that it took; several blocks may take the same line."""

    number: int
    kind: LineKind
    reason: str = ""
    topic: str = ""


def account(post: Post, claims: Iterable[Claim]) -> list[Line]:
    """Give each line that is not blank one kind: the first, in the order of `LineKind`, that it is claimed as.

    Raises:
        AssertionError: A line is claimed by no block: the importer is wrong, and must not go on in silence.
    """
    by_number: dict[int, list[Claim]] = {}
    for claim in claims:
        by_number.setdefault(claim.number, []).append(claim)
    numbers = [number for number, text in enumerate(post.lines, 1) if text.strip()]
    missing = [number for number in numbers if number not in by_number]
    assert not missing, f"{post.name}: lines {missing} are not accounted for"
    return [_line(post, number, by_number[number]) for number in numbers]


def _line(post: Post, number: int, claims: Sequence[Claim]) -> Line:
    first = min(claims, key=lambda claim: KINDS.index(claim.kind))
    reasons = dict.fromkeys(claim.reason for claim in claims if claim.reason)
    return Line(post.name, number, first.kind, post.lines[number - 1].strip(), "; ".join(reasons), first.topic)
