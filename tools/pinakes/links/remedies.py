"""What can be done about a link that has moved or is gone, with what the catalogue has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from pinakes.errors import EditError
from pinakes.model import Catalog, Entry, Topic
from pinakes.project import Project
from pinakes.source import parse, to_data
from pinakes.store.edit import change_entry
from pinakes.store.records import Change
from pinakes.urls import identity, normalize

_MARK = "\ufeff"


class Mirror(NamedTuple):
    """Where an article may be read instead.

    Attributes:
        url: The address.
        entry: The other entry of the same title that it is of; None if the curator wrote it down as a mirror.
    """

    url: str
    entry: Entry | None


def mirror_of(catalog: Catalog, entry: Entry, gone: AbstractSet[str] = frozenset()) -> Mirror | None:
    """Find another place for an entry's article: a mirror of its own, else an entry of the same title or its mirrors.

    Args:
        catalog: Where to look.
        entry: The entry whose link is gone.
        gone: The addresses that are judged gone, as the catalogue has them.
    """
    candidates = (mirror for mirror in _places(catalog, entry) if mirror.url not in gone)
    return next((mirror for mirror in candidates if identity(mirror.url) != entry.identity), None)


def _places(catalog: Catalog, entry: Entry) -> Iterator[Mirror]:
    for url in entry.mirrors:
        yield Mirror(url, None)
    for other in catalog.titled.get(entry.title_key, ()):
        if other is entry:
            continue
        if other.link is None or other.link.state != "gone":
            yield Mirror(other.url, other)
        for url in other.mirrors:
            yield Mirror(url, other)


def movable(catalog: Catalog, moved: Mapping[str, str]) -> dict[str, str]:
    """Leave out entries whose new address the catalogue has already: whether they are one is for a person to say.

    Args:
        catalog: The catalogue.
        moved: The new address of each entry that has moved, by its id.
    """
    taken = {identity(url) for entry in catalog.entries() for url in (entry.url, *entry.mirrors)}
    return {key: url for key, url in moved.items() if identity(url) not in taken}


def rewrite_moved(project: Project, catalog: Catalog, moved: Mapping[str, str]) -> list[Change]:
    """Say how the topic files would change if entries that have moved were given their new addresses.

    The id of each is written down first, so that permalinks stay. What is not `movable` is left as it is.

    Args:
        project: Where the files lie.
        catalog: The catalogue, as its files are now.
        moved: The new address of each entry that has moved, by its id.

    Returns:
        The changes; none is made.

    Raises:
        EditError: A file has changed since it was loaded, or cannot be edited without touching other bytes.
    """
    wanted = movable(catalog, moved)
    changes = (_rewritten(project, topic, wanted) for topic in catalog.topics.values())
    return [change for change in changes if change.before != change.after]


def _rewritten(project: Project, topic: Topic, moved: Mapping[str, str]) -> Change:
    wanted = [entry for entry in topic.entries if entry.key in moved]
    if not wanted:
        return Change(topic.file, None, None)
    before = (project.root / topic.file).read_bytes().decode()
    mark = _MARK if before.startswith(_MARK) else ""
    after = before.removeprefix(_MARK)
    _must_be_as_loaded(topic, after, wanted)
    for entry in wanted:
        after = change_entry(after, entry.index, {"id": entry.key, "url": normalize(moved[entry.key])})
    return Change(topic.file, before, mark + after)


def _must_be_as_loaded(topic: Topic, text: str, entries: Sequence[Entry]) -> None:
    data, _ = to_data(parse(text))
    for entry in entries:
        if data["entries"][entry.index].get("url") != entry.url:
            raise EditError("the file has changed since it was read", hint=f"{topic.file}: run the same command again")
