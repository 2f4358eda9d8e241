"""What a post is made of, each piece with the numbers of the source lines that it took."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

LineKind = Literal["heading", "entry", "prose", "figure", "left_out"]
"""What became of a line. The order is the precedence where one line holds several of them."""
Numbers = tuple[int, ...]
"""Line numbers, from 1."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; what follows it belongs to its topic.

    Attributes:
        level: From 1, the highest.
        title: Without markers, emphasis and anchors, but with its ordinal and its `（续）`.
    """

    numbers: Numbers
    level: int
    title: str


class Address(NamedTuple):
    """A URL and where it stands."""

    url: str
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Article:
    """What becomes an entry: one or more addresses of an article, and its title.

    Attributes:
        addresses: The first is the entry's URL, the others are its mirrors.
        title: Empty if none was found.
        numbers: The lines of the title; those of the addresses stand with them.
        note: What else the line says about it.
        kind: What it certainly is, by the model's words; empty if that is not certain.
    """

    addresses: tuple[Address, ...]
    title: str
    numbers: Numbers
    note: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of text, to be kept in the topic's `about`.

    Attributes:
        text: Markdown.
        reason: What the reader of the report should know of it; may be empty.
    """

    numbers: Numbers
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Aside:
    """Lines that bring nothing into the catalogue, and why."""

    numbers: Numbers
    kind: LineKind
    reason: str


Block = Heading | Article | Prose | Aside


@dataclass(frozen=True, slots=True)
class Post:
    """One source file, read.

    Attributes:
        name: The path by which the report calls it.
        title: From its front matter, else from its name.
        lines: The source, line by line, without line ends.
        blocks: In the order of the source; every line that is not blank is in at least one.
    """

    name: str
    title: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
