"""Where what stands under each heading ends up: which headings make a topic, and which are a section of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pinakes.importers.blocks import Prose
from pinakes.importers.destinations import Destinations
from pinakes.importers.headings import is_reference, title_key
from pinakes.importers.outline import Chain, Outline


@dataclass(frozen=True, slots=True)
class Homes:
    """The topics that headings lead to.

    A heading with entries is a topic, and so is what stands above one. One with text alone is a section of the topic
    above it: a topic without entries has nothing to offer. Only where there is none above it, it is a topic of text.

    Attributes:
        new: The paths of the topics to be made.
    """

    new: frozenset[str]
    _titles: Mapping[str, str]
    _homes: Mapping[Chain, str]
    _destinations: Destinations

    def home(self, chain: Chain) -> str:
        """Give the path of the topic that has a heading's prose."""
        return self._homes.get(chain, "")

    def topic(self, chain: Chain) -> str:
        """Give the path of the topic that a heading makes or belongs to; empty if nothing under it is imported."""
        path = self._destinations.path(chain)
        return path if path in self.new or path in self._known else self.home(chain)

    def is_known(self, chain: Chain) -> bool:
        """Whether the topic that has a heading's prose is in the catalogue already."""
        return self.home(chain) in self._known

    def section(self, chain: Chain) -> str:
        """Give the title of the section that a heading's prose is in another topic; empty if it is the topic's own."""
        is_own = self._destinations.path(chain) == self.home(chain)
        return "" if is_own or len(chain) == 1 else self._destinations.titles[chain]

    def reason(self, chain: Chain, heading: str) -> str:
        """Say what the report should know of a heading that is not just a topic."""
        title = self._destinations.titles[chain]
        if is_reference(heading):
            return f"the links below it belong to {title}"
        said = [] if title_key(title) == title_key(heading) else [f"part of {title}"]
        if not self.topic(chain):
            said.append("nothing to import below it")
        elif self.topic(chain) == self.home(chain) != self._destinations.path(chain):
            said.append(f"a section of the text about {self.topic(chain)}")
        return "; ".join(said)

    def title(self, path: str) -> str:
        """Give the title of a new topic; a folder that only `--names` speaks of has the words of its path."""
        return self._titles.get(path) or path.rpartition("/")[2].replace("-", " ")

    def file(self, path: str) -> str | None:
        """Give the file of a topic; None if it is new."""
        return self._known.get(path)

    @property
    def _known(self) -> Mapping[str, str]:
        return self._destinations.known.files


def find_homes(outline: Outline, destinations: Destinations, with_entries: Iterable[str]) -> Homes:
    """Decide which headings make topics.

    Args:
        outline: All headings, and what stands below them.
        destinations: The paths of their topics.
        with_entries: The paths that get new entries.
    """
    known = destinations.known.files
    made = set(_with_parents(with_entries, known))
    homes: dict[Chain, str] = {}
    for placed in outline.blocks:
        if isinstance(placed.block, Prose) and placed.chain not in homes:
            home = _home(placed.chain, outline, destinations, made)
            homes[placed.chain] = home
            made |= set(_with_parents([home], known))
    titles: dict[str, str] = {}
    for chain, title in outline.titles.items():
        titles.setdefault(destinations.path(chain), title)
    return Homes(frozenset(made), titles, homes, destinations)


def _home(chain: Chain, outline: Outline, destinations: Destinations, made: set[str]) -> str:
    for each in _above(chain, outline):
        path = destinations.path(each)
        if path in made or path in destinations.known.files:
            return path
    *_, top = _above(chain, outline)
    return destinations.path(top[:1])


def _above(chain: Chain, outline: Outline) -> Iterator[Chain]:
    """Go from a heading up; text before a post's first heading goes with that."""
    for end in range(len(chain), 0, -1):
        yield chain[:end]
    first = outline.first.get(chain[:1], chain)
    if first[:1] != chain[:1]:
        yield from (first[:end] for end in range(len(first), 0, -1))


def _with_parents(paths: Iterable[str], known: Mapping[str, str]) -> Iterator[str]:
    """Give new paths, and those above them that there is no topic for."""
    for path in paths:
        parts = [] if path in known else path.split("/")
        for end in range(1, len(parts) + 1):
            above = "/".join(parts[:end])
            if above not in known:
                yield above
