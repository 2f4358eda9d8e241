"""Merge posts into what is to be added to which topic, and say of each line what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pinakes.importers.articles import Shelf
from pinakes.importers.blocks import Article, Aside, Heading, Post, Prose
from pinakes.importers.destinations import Destinations
from pinakes.importers.homes import Homes, find_homes
from pinakes.importers.known import Known, survey, titles_of
from pinakes.importers.lines import Claim, Line, account
from pinakes.importers.names import NO_NAMES, Names
from pinakes.importers.outline import Chain, Outline, Placed, arrange
from pinakes.importers.prose import Passage, write_about
from pinakes.model import Catalog
from pinakes.urls import identity


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added to one topic.

    Attributes:
        path: The topic's path.
        title: Of a new topic.
        file: The topic's file, below the project's folder; None if the topic is new.
        about: The text of a new topic; None if there is none.
        entries: Keys and values of each new entry, in the order in which they are written.
    """

    path: str
    title: str
    file: str | None
    about: str | None
    entries: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that an import would do, and the account of all that it read.

    Attributes:
        additions: A topic comes before those below it.
        lines: Every line that is not blank, post by post.
        posts: How many posts were read.
        unused_names: Headings of `--names` that no post has.
    """

    additions: tuple[Addition, ...]
    lines: tuple[Line, ...]
    posts: int
    unused_names: tuple[str, ...] = ()


def plan(posts: Sequence[Post], catalog: Catalog, names: Names = NO_NAMES, under: str = "") -> Plan:
    """Say what posts add to a catalogue.

    Args:
        posts: In the order in which their entries are to stand.
        catalog: What is there already.
        names: Paths for headings.
        under: The path of the topic below which new ones go; empty for the top.
    """
    known = survey(catalog)
    outline = arrange(posts, titles_of(catalog))
    destinations = Destinations(outline.titles, known, names, under, _topics_of_articles(outline, known))
    shelf = Shelf(known.spots)
    claims = [_shelve(placed, posts, shelf, destinations) for placed in outline.blocks]
    homes = find_homes(outline, destinations, {candidate.topic for candidate in shelf.candidates})
    for placed, claimed in zip(outline.blocks, claims, strict=True):
        claimed.extend(_claims(placed, homes))
    unused = tuple(heading for heading in names.written.values() if heading not in destinations.used_names)
    return Plan(tuple(_additions(outline, shelf, homes)), tuple(_account(posts, outline, claims)), len(posts), unused)


def _topics_of_articles(outline: Outline, known: Known) -> Mapping[Chain, Counter[str]]:
    """Count for each heading in which topic its articles stand already; new ones count for no topic."""
    counts: dict[Chain, Counter[str]] = {}
    for placed in outline.blocks:
        if isinstance(placed.block, Article):
            spot = known.spots.get(identity(placed.block.addresses[0].url))
            counts.setdefault(placed.chain, Counter())[spot.topic if spot else ""] += 1
    return counts


def _shelve(placed: Placed, posts: Sequence[Post], shelf: Shelf, destinations: Destinations) -> list[Claim]:
    if not isinstance(placed.block, Article):
        return []
    return shelf.put(placed.block, destinations.path(placed.chain), posts[placed.post].name)


def _claims(placed: Placed, homes: Homes) -> Iterator[Claim]:
    """Say what became of the lines of a block that is no article."""
    block = placed.block
    if isinstance(block, Article):
        return
    if isinstance(block, Heading):
        claim = Claim(0, "heading", homes.reason(placed.chain, block.title), homes.topic(placed.chain))
    elif isinstance(block, Aside):
        claim = Claim(0, block.kind, block.reason, homes.topic(placed.chain) if block.kind != "left_out" else "")
    elif homes.is_known(placed.chain):
        claim = Claim(
            0, "left_out", "text: the topic is there already, and its text is its curator's", homes.home(placed.chain)
        )
    else:
        claim = Claim(0, "prose", block.reason, homes.home(placed.chain))
    yield from (claim._replace(number=number) for number in block.numbers)


def _account(posts: Sequence[Post], outline: Outline, claims: Sequence[Sequence[Claim]]) -> Iterator[Line]:
    by_post: list[list[Claim]] = [[] for _ in posts]
    for placed, own in zip(outline.blocks, claims, strict=True):
        by_post[placed.post] += own
    for post, own in zip(posts, by_post, strict=True):
        yield from account(post, own)


def _additions(outline: Outline, shelf: Shelf, homes: Homes) -> Iterator[Addition]:
    entries: dict[str, list[dict[str, Any]]] = {}
    for candidate in shelf.candidates:
        entries.setdefault(candidate.topic, []).append(candidate.to_entry())
    passages: dict[str, list[tuple[Chain, Passage]]] = {}
    for placed in outline.blocks:
        if isinstance(placed.block, Prose) and not homes.is_known(placed.chain):
            passage = placed.chain, Passage(placed.post, placed.block)
            passages.setdefault(homes.home(placed.chain), []).append(passage)
    for path in sorted({*homes.new, *entries}, key=lambda path: path.split("/")):
        text = write_about(passages.get(path, ()), homes.section)
        yield Addition(path, homes.title(path), homes.file(path), text or None, tuple(entries.get(path, ())))
