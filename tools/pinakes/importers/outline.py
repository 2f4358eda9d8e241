"""The headings of all posts as one tree: one continued elsewhere is the same, and references are the topic's above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pinakes.importers.blocks import Block, Heading, Post
from pinakes.importers.headings import (
    Part,
    is_generic,
    is_reference,
    numbered_stems,
    title_key,
    topic_of_post,
    without_part,
)

Chain = tuple[str, ...]
"""The keys of a heading and of those above it, from the top."""


class Placed(NamedTuple):
    """A block and the heading that it stands under."""

    post: int
    block: Block
    chain: Chain


@dataclass(frozen=True, slots=True)
class Outline:
    """All blocks of all posts, each below its heading.

    Attributes:
        blocks: In the order of the sources.
        titles: Of each heading, by its chain; one above stands before those below it.
        first: For the chain that stands for a post itself, the chain of the first heading in it.
    """

    blocks: tuple[Placed, ...]
    titles: Mapping[Chain, str]
    first: Mapping[Chain, Chain]


def arrange(posts: Sequence[Post], known_titles: Iterable[str] = ()) -> Outline:
    """Put every block below its heading.

    Args:
        posts: In their order.
        known_titles: Titles of topics that exist, for telling `Autodiff 2` from a topic of its own.
    """
    headings = [block.title for post in posts for block in post.blocks if isinstance(block, Heading)]
    stems = numbered_stems([*known_titles, *(without_part(title).title for title in headings)])
    # Twice: the first time, what stands below a continued heading is not yet where that one leads.
    whole = _whole_headings(posts, stems, _whole_headings(posts, stems, {}))
    spellings = _spellings(posts, stems)
    blocks: list[Placed] = []
    titles: dict[Chain, str] = {}
    first: dict[Chain, Chain] = {}
    for index, post in enumerate(posts):
        for block, chain, part in _walk(post, stems, whole):
            blocks.append(Placed(index, block, chain))
            for end in range(1, len(chain) + 1):
                titles.setdefault(chain[:end], spellings[chain[end - 1]])
            if part and chain != _root(post):
                first.setdefault(_root(post), chain)
    return Outline(tuple(blocks), titles, first)


def _spellings(posts: Sequence[Post], stems: Iterable[str]) -> Mapping[str, str]:
    """Give the title that each key was first met as."""
    spellings: dict[str, str] = {}
    for post in posts:
        for block in post.blocks:
            if isinstance(block, Heading):
                title = without_part(block.title, stems).title
                spellings.setdefault(title_key(title), title)
        spellings.setdefault(_root(post)[0], topic_of_post(post.title))
    return spellings


def _whole_headings(
    posts: Sequence[Post], stems: Iterable[str], whole: Mapping[str, frozenset[Chain]]
) -> Mapping[str, frozenset[Chain]]:
    """Find where each heading stands that is not just a continued one, by its key."""
    found: dict[str, set[Chain]] = {}
    for post in posts:
        for _, chain, part in _walk(post, stems, whole):
            if part and not part.is_part:
                found.setdefault(title_key(part.title), set()).add(chain)
    return {key: frozenset(chains) for key, chains in found.items()}


def _walk(
    post: Post, stems: Iterable[str], whole: Mapping[str, frozenset[Chain]]
) -> Iterator[tuple[Block, Chain, Part | None]]:
    """Go through a post: each block with the chain that it stands under, and a heading's title without its part."""
    root = _root(post)
    stack: list[tuple[int, Chain]] = []
    for block in post.blocks:
        part = None
        if isinstance(block, Heading):
            part = without_part(block.title, stems)
            beside = _climb(stack, block.level)
            above = stack[-1][1] if stack else ()
            chain = (above or beside or root) if is_reference(part.title) else _chain(part, above, root, whole)
            stack.append((block.level, chain))
        yield block, stack[-1][1] if stack else root, part


def _climb(stack: list[tuple[int, Chain]], level: int) -> Chain:
    """Leave the headings that one of this level ends; the last of them stands beside it."""
    beside: Chain = ()
    while stack and stack[-1][0] >= level:
        beside = stack.pop()[1]
    return beside


def _chain(part: Part, above: Chain, root: Chain, whole: Mapping[str, frozenset[Chain]]) -> Chain:
    key = title_key(part.title)
    if not above and is_generic(part.title):
        above = root
    if above[-1:] == (key,):
        return above
    chain = (*above, key)
    places = whole.get(key, frozenset()) if part.is_part else frozenset()
    return next(iter(places)) if len(places) == 1 else chain


def _root(post: Post) -> Chain:
    return (title_key(topic_of_post(post.title)),)
