"""Gather articles, each once: one that comes up again is a duplicate, or has another address or the missing title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pinakes.importers.blocks import Address, Article
from pinakes.importers.kinds import guess_kind
from pinakes.importers.known import Spot
from pinakes.importers.lines import Claim
from pinakes.urls import identity, normalize

UNTITLED = "untitled"


@dataclass
class Candidate:
    """An entry in the making; what later lines say of the same article is added to it."""

    article: Article
    topic: str
    place: str
    addresses: list[str]
    title: str

    def to_entry(self) -> dict[str, Any]:
        """Give the entry's keys and values, in the order in which they are written."""
        url, *mirrors = map(normalize, self.addresses)
        kind = self.article.kind or guess_kind(url)
        optional = {
            "kind": "" if kind == "article" else kind,
            "tags": [] if self.title else [UNTITLED],
            "note": self.article.note,
            "mirrors": mirrors,
        }
        return {"title": self.title or url, "url": url} | {key: value for key, value in optional.items() if value}


@dataclass
class Shelf:
    """All articles met so far: those of the catalogue, and the new ones in their order.

    Attributes:
        known: Where the articles of the catalogue stand, by identity.
    """

    known: Mapping[str, Spot]
    candidates: list[Candidate] = field(default_factory=list)
    _new: dict[str, Candidate] = field(default_factory=dict)

    def put(self, article: Article, topic: str, post: str) -> list[Claim]:
        """Take in an article of a post for a topic, and say what became of its lines."""
        unseen: dict[str, Address] = {}
        seen: Candidate | Spot | None = None
        for address in article.addresses:
            key = identity(address.url)
            found = self.known.get(key) or self._new.get(key)
            seen = seen or found
            if found is None:
                unseen.setdefault(key, address)
        if isinstance(seen, Candidate):
            return list(self._join(seen, article, unseen))
        if seen:
            return list(_refused(article, seen, unseen.values()))
        return self._add(article, topic, post, unseen)

    def _add(self, article: Article, topic: str, post: str, unseen: Mapping[str, Address]) -> list[Claim]:
        place = f"{post}:{article.addresses[0].numbers[0]}"
        candidate = Candidate(article, topic, place, [address.url for address in unseen.values()], article.title)
        self.candidates.append(candidate)
        self._register(unseen, candidate)
        reason = "" if article.title else UNTITLED
        return [Claim(number, "entry", reason, topic) for number in _numbers(article)]

    def _join(self, seen: Candidate, article: Article, unseen: Mapping[str, Address]) -> Iterator[Claim]:
        seen.addresses += [address.url for address in unseen.values()]
        self._register(unseen, seen)
        new = set(unseen.values())
        gives_title = bool(article.title) and not seen.title
        seen.title = seen.title or article.title
        for address in article.addresses:
            for number in address.numbers:
                yield _claim(number, seen, "another address" if address in new else "")
        for number in article.numbers:
            yield _claim(number, seen, "the title" if gives_title else "")

    def _register(self, addresses: Mapping[str, Address], candidate: Candidate) -> None:
        self._new.update(dict.fromkeys(addresses, candidate))


def _claim(number: int, seen: Candidate, gives: str) -> Claim:
    if gives:
        return Claim(number, "entry", f"{gives} of {seen.place}", seen.topic)
    return Claim(number, "left_out", f"duplicate: of {seen.place}", seen.topic)


def _refused(article: Article, seen: Spot, unseen: Iterable[Address]) -> Iterator[Claim]:
    new = {number for address in unseen for number in address.numbers}
    for number in _numbers(article):
        reason = (
            f"another address of {seen.place}, whose mirrors are its curator's" if number in new else f"of {seen.place}"
        )
        yield Claim(number, "left_out", f"duplicate: {reason}", seen.topic)


def _numbers(article: Article) -> list[int]:
    lines = (*article.numbers, *(number for address in article.addresses for number in address.numbers))
    return sorted(set(lines))
