"""Which topic each heading means: one that is there, one that `--names` names, or a new one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from pinakes.importers.headings import is_generic
from pinakes.importers.known import Known
from pinakes.importers.names import Names
from pinakes.importers.outline import Chain
from pinakes.importers.slugs import is_spelt_out, slug


@dataclass
class Destinations:
    """Finds the path of each heading's topic, and keeps it.

    The first of these that holds decides: what `--names` says; a topic below the same one with that title; the only
    topic of the catalogue with that title; the topic that has most of the heading's articles already; a new path from
    the title.

    Attributes:
        titles: Of each heading.
        known: What the catalogue has.
        names: What `--names` says.
        under: The topic below which new ones go; empty for the top.
        articles: For each heading, how many of its articles stand in which topic already, and in all.
        used_names: The headings of `names` that were met.
    """

    titles: Mapping[Chain, str]
    known: Known
    names: Names
    under: str
    articles: Mapping[Chain, Counter[str]]
    used_names: set[str] = field(default_factory=set)
    _paths: dict[Chain, str] = field(default_factory=dict)
    _taken: dict[str, Chain] = field(default_factory=dict)

    def path(self, chain: Chain) -> str:
        """Give the path of the topic that a heading means."""
        if chain not in self._paths:
            path = self._find(chain)
            self._paths[chain] = path
            self._taken.setdefault(path, chain)
        return self._paths[chain]

    def _find(self, chain: Chain) -> str:
        named = self.names.find([self.titles[chain[:end]] for end in range(1, len(chain) + 1)])
        if named:
            self.used_names.add(named[0])
            return named[1]
        above = self.path(chain[:-1]) if len(chain) > 1 else self.under
        return self._titled(chain, above) or self._by_articles(chain) or self._new(chain, above)

    def _titled(self, chain: Chain, above: str) -> str:
        paths = [path for path in self.known.paths.get(chain[-1], ()) if self._is_within(path)]
        below = [path for path in paths if path.rpartition("/")[0] == above or path == above == self.under]
        if below:
            return below[0]
        return paths[0] if len(paths) == 1 and not is_generic(self.titles[chain]) else ""

    def _by_articles(self, chain: Chain) -> str:
        spots = self.articles.get(chain, Counter())
        (path, count), *_ = spots.most_common(1) or [("", 0)]
        return path if path and self._is_within(path) and 2 * count > spots.total() else ""

    def _is_within(self, path: str) -> bool:
        return not self.under or path == self.under or path.startswith(f"{self.under}/")

    def _new(self, chain: Chain, above: str) -> str:
        title = self.titles[chain]
        stem = f"{above}/{slug(title)}" if above else slug(title)
        if stem in self.known.files and is_spelt_out(title):
            return stem
        path, number = stem, 1
        while path in self.known.files or self._taken.get(path, chain) != chain:
            number += 1
            path = f"{stem}-{number}"
        return path
