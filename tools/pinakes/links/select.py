"""Which links a run is about: all of the catalogue's, one topic's, one host's, one entry's, or those of a change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pinakes.errors import PinakesError
from pinakes.findings import Path
from pinakes.model import Catalog, Entry
from pinakes.urls import host_of


class Link(NamedTuple):
    """One address of an entry.

    Attributes:
        entry: The entry.
        url: The address.
        path: Where it stands in the topic file, from the entry on: `("url",)` or `("mirrors", 0)`.
    """

    entry: Entry
    url: str
    path: Path = ("url",)

    @property
    def is_mirror(self) -> bool:
        """Whether it is another place for the same piece."""
        return self.path[0] == "mirrors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What a run is limited to; everything where nothing is said.

    Attributes:
        topic: A topic's path; those below it belong to it.
        host: A host's name.
        entry: An entry's id.
        changed: The addresses that a change brought in; None where the run is not about a change.
    """

    topic: str | None = None
    host: str | None = None
    entry: str | None = None
    changed: frozenset[str] | None = None

    def __str__(self) -> str:
        named = ((name, getattr(self, name)) for name in ("topic", "host", "entry"))
        return " ".join(f"{name}={value}" for name, value in named if value) or "all"

    def holds(self, link: Link) -> bool:
        """Say whether a link is meant."""
        return (
            (self.topic is None or f"{link.entry.topic}/".startswith(f"{self.topic}/"))
            and (self.host is None or host_of(link.url).name == self.host)
            and (self.entry is None or link.entry.key == self.entry)
            and (self.changed is None or link.url in self.changed)
        )


def links_of(catalog: Catalog) -> Iterator[Link]:
    """Give every address of every entry, in the catalogue's order."""
    for entry in catalog.entries():
        yield Link(entry, entry.url)
        for number, mirror in enumerate(entry.mirrors):
            yield Link(entry, mirror, ("mirrors", number))


def select(catalog: Catalog, selection: Selection) -> list[Link]:
    """Give the links that a selection means.

    Raises:
        PinakesError: It names a topic, host or entry that the catalogue does not have.
    """
    links = list(links_of(catalog))
    _must_be_known("topic", selection.topic, catalog.topics)
    _must_be_known("entry", selection.entry, {link.entry.key for link in links} if selection.entry else ())
    _must_be_known("host", selection.host, {host_of(link.url).name for link in links} if selection.host else ())
    return [link for link in links if selection.holds(link)]


def spread(urls: Sequence[str]) -> list[str]:
    """Order addresses so that every stretch has each host in the proportion that the whole has it."""
    counts: dict[str, int] = {}
    hosts = [host_of(url).name for url in urls]
    numbers = []
    for host in hosts:
        numbers.append(counts.get(host, 0))
        counts[host] = numbers[-1] + 1
    order = sorted(range(len(urls)), key=lambda index: (numbers[index] + 0.5) / counts[hosts[index]])
    return [urls[index] for index in order]


def _must_be_known(what: str, wanted: str | None, known: Iterable[str]) -> None:
    from difflib import get_close_matches  # noqa: PLC0415  # for an error only

    if wanted is None or wanted in known:
        return
    near = get_close_matches(wanted, list(known), n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"no entry has this {what}" if what == "host" else ""
    raise PinakesError(f"--{what}: the catalogue has no {what} `{wanted}`", hint=hint)
