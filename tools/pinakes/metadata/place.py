"""Where a new article belongs: whether it is in the catalogue already, and which topics are nearest to its title."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pinakes.model import Catalog, Entry, Text, Topic
from pinakes.text import fold
from pinakes.urls import identity

_NEAREST = 3
"""Entries of a topic that count for it, the nearest: a large topic has many others that mean nothing here."""


class Present(NamedTuple):
    """An article that is in the catalogue already.

    Attributes:
        entry: The entry that it is.
        how: What is the same: `address`, `mirror` or `title`.
    """

    entry: Entry
    how: str


class Suggestion(NamedTuple):
    """A topic that a new article may belong to.

    Attributes:
        topic: Its path.
        score: How near it is, from 0 to 1.
    """

    topic: str
    score: float


def find_present(catalog: Catalog, addresses: Iterable[str], title: str = "") -> Present | None:
    """Find the entry that an article is already: by any of its addresses, else by its title.

    Args:
        catalog: The catalogue.
        addresses: The article's addresses: as given, as it answered in the end, as it calls itself.
        title: Its title; empty if it is not known.
    """
    same = {identity(address) for address in addresses if address}
    for entry in catalog.entries():
        if entry.identity in same:
            return Present(entry, "address")
        if any(identity(mirror) in same for mirror in entry.mirrors):
            return Present(entry, "mirror")
    titled = catalog.titled.get(fold(title), ()) if title else ()
    return Present(titled[0], "title") if titled else None


def suggest_topics(catalog: Catalog, title: str) -> list[Suggestion]:
    """Give the topics nearest to a title, the nearest first; those that share nothing with it are left out.

    Titles are compared by their pairs of characters, rare pairs counting more (cosine of tf-idf), which needs no
    words and so serves Chinese and English alike. A topic is as near as its own title and its three nearest entries.
    """
    features = {path: [_pairs(text) for text in _texts(topic)] for path, topic in catalog.topics.items()}
    weights = _weights([each for lists in features.values() for each in lists])
    wanted = _pairs(title)
    scores = {path: _nearness(wanted, lists, weights) for path, lists in features.items()}
    found = (Suggestion(path, round(score, 3)) for path, score in scores.items() if score > 0)
    return sorted(found, key=lambda suggestion: (-suggestion.score, suggestion.topic))


def _texts(topic: Topic) -> Iterator[str]:
    yield " ".join(_words(topic.title))
    for entry in topic.entries:
        yield " ".join(_words(entry.title))


def _words(text: Text) -> Iterable[str]:
    return (text,) if isinstance(text, str) else text.values()


def _pairs(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[index : index + 2] for index in range(len(folded) - 1))


def _weights(texts: list[Counter[str]]) -> Mapping[str, float]:
    """Give each pair's inverse document frequency."""
    counts = Counter(pair for text in texts for pair in text)
    return {pair: math.log((1 + len(texts)) / (1 + count)) for pair, count in counts.items()}


def _nearness(wanted: Counter[str], texts: list[Counter[str]], weights: Mapping[str, float]) -> float:
    scores = sorted((_cosine(wanted, text, weights) for text in texts), reverse=True)[:_NEAREST]
    return sum(scores) / len(scores) if scores else 0.0


def _cosine(one: Counter[str], other: Counter[str], weights: Mapping[str, float]) -> float:
    shared = sum(one[pair] * other[pair] * weights.get(pair, 0.0) ** 2 for pair in one.keys() & other.keys())
    lengths = _length(one, weights) * _length(other, weights)
    return shared / lengths if lengths else 0.0


def _length(text: Counter[str], weights: Mapping[str, float]) -> float:
    most = max(weights.values(), default=1.0)  # a pair that the catalogue has not is as rare as can be
    return math.sqrt(sum((count * weights.get(pair, most)) ** 2 for pair, count in text.items()))
