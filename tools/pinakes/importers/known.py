"""What the catalogue has already: its topics by title, and the place of every article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pinakes.importers.headings import title_key
from pinakes.model import Catalog, Text, Topic
from pinakes.urls import identity


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an article of the catalogue stands.

    Attributes:
        topic: The path of its topic.
        place: As a report says it: `catalog/topics/autodiff.yml:12`.
    """

    topic: str
    place: str


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalogue has already.

    Attributes:
        files: The file of each topic, by its path.
        titles: The keys of the titles of each topic, in all its languages.
        paths: The topics that have a title, by its key.
        spots: Where each article stands, by its URL's identity, mirrors too.
    """

    files: Mapping[str, str]
    titles: Mapping[str, frozenset[str]]
    paths: Mapping[str, tuple[str, ...]]
    spots: Mapping[str, Spot]


def survey(catalog: Catalog) -> Known:
    """Look a catalogue over."""
    titles = {path: frozenset(map(title_key, _words(topic.title))) for path, topic in catalog.topics.items()}
    paths: dict[str, tuple[str, ...]] = {}
    for path, keys in titles.items():
        for key in keys:
            paths[key] = (*paths.get(key, ()), path)
    spots: dict[str, Spot] = {}
    for topic in catalog.topics.values():
        _note_spots(topic, spots)
    return Known({path: topic.file for path, topic in catalog.topics.items()}, titles, paths, spots)


def titles_of(catalog: Catalog) -> list[str]:
    """Give every title that a topic has, in any language."""
    return [title for topic in catalog.topics.values() for title in _words(topic.title)]


def _note_spots(topic: Topic, spots: dict[str, Spot]) -> None:
    for entry in topic.entries:
        spot = Spot(topic.path, f"{topic.file}:{entry.line}")
        for url in (entry.url, *entry.mirrors):
            spots.setdefault(identity(url), spot)


def _words(title: Text) -> tuple[str, ...]:
    return (title,) if isinstance(title, str) else tuple(title.values())
