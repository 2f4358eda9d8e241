"""The prose of posts as the text about a topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pinakes.importers.blocks import Prose
from pinakes.importers.outline import Chain


class Passage(NamedTuple):
    """A piece of prose, and the post that it comes from, by its number."""

    post: int
    prose: Prose


def write_about(passages: Iterable[tuple[Chain, Passage]], section_of: Callable[[Chain], str]) -> str:
    """Write prose as Markdown: lines that stood together stay together, others are paragraphs.

    Args:
        passages: In the order of the sources, each with the heading that it stood under.
        section_of: Gives the title of the section that a heading's prose makes; empty for the topic's own.

    Returns:
        The text, the topic's own first; empty if there is none.
    """
    sections: dict[str, list[Passage]] = {"": []}
    for chain, passage in passages:
        sections.setdefault(section_of(chain), []).append(passage)
    texts = (_write(title, own) for title, own in sections.items() if own)
    return "\n\n".join(texts)


def _write(title: str, passages: Sequence[Passage]) -> str:
    text = f"### {title}\n\n" if title else ""
    for before, passage in zip((None, *passages), passages, strict=False):
        text += _gap(before, passage) + passage.prose.text
    return text.strip("\n")


def _gap(before: Passage | None, passage: Passage) -> str:
    if before is None:
        return ""
    near = before.post == passage.post and passage.prose.numbers[0] - before.prose.numbers[-1] <= 1
    return "\n" if near and not _is_block(before) and not _is_block(passage) else "\n\n"


def _is_block(passage: Passage) -> bool:
    """Code and formulas are paragraphs of their own."""
    return passage.prose.text.lstrip().startswith(("```", "~~~", "$$", "\\[", "\\begin"))
