"""Ask for entries' pages and read what they say about themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, NamedTuple

from pinakes.fetch.engine import Request, observe
from pinakes.links.classify import classify
from pinakes.links.select import spread
from pinakes.links.verdict import Classified
from pinakes.metadata.extract import extract
from pinakes.metadata.record import FIELDS, Record
from pinakes.model import Entry, FetchPolicy
from pinakes.store import records
from pinakes.text import fold

_WRITTEN = ("title", "authors", "site", "published", "lang", "kind")
"""Fields that a curator may write as well."""


class Scraped(NamedTuple):
    """What an entry's page came to.

    Attributes:
        entry: The entry.
        classified: What the answer says of the link.
        record: What the page says about itself; its address alone where it did not come back.
        final_url: What answered in the end.
    """

    entry: Entry
    classified: Classified
    record: Record
    final_url: str = ""

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is worth keeping, as it stands in a line of the records; nothing where the page did not come back."""
        values = {name: getattr(self.record, name) for name in FIELDS}
        known: dict[str, Any] = {name: value for name, value in values.items() if value not in (None, ())}
        provenance = {name: found.rule for name, found in self.record.provenance.items() if name in known}
        return {**known, "provenance": provenance} if known else {}

    @property
    def differences(self) -> Mapping[str, tuple[Any, Any]]:
        """What the curator wrote and the page does not say: by field, both."""
        pairs = ((name, getattr(self.entry, name), getattr(self.record, name)) for name in _WRITTEN)
        return {name: (mine, told) for name, mine, told in pairs if _differ(name, mine, told)}


async def scrape(
    entries: Sequence[Entry], policy: FetchPolicy, names: Mapping[str, str], max_seconds: float | None = None
) -> AsyncIterator[Scraped]:
    """Ask for entries' pages, in the order in which they come.

    Args:
        entries: The entries; mirrors are not asked for.
        policy: How they are asked for.
        names: Keys of the catalogue's papers, by what texts call them.
        max_seconds: No request begins after so many seconds.
    """
    by_url = {entry.url: entry for entry in entries}
    requests = (Request(url, url) for url in spread(list(by_url)))
    async for request, observation in observe(requests, policy, max_seconds=max_seconds):
        classified = classify(observation)
        record = extract(observation, names, verdict=classified.verdict)
        yield Scraped(by_url[request.key], classified, record, observation.final_url)


def is_due(entry: Entry, known: Mapping[str, records.Record]) -> bool:
    """Say whether nothing is known yet of what an entry's page says about itself."""
    record = known.get(entry.key)
    return record is None or not record.data.get("provenance") or not records.is_of(record, entry)


def _differ(name: str, mine: Any, told: Any) -> bool:
    """Whether a curator's value and a page's contradict each other; one that is more exact does not."""
    if mine in (None, ()) or told in (None, ()) or (name == "kind" and mine == "article"):
        return False
    if name == "published":
        return not (str(told).startswith(str(mine)) or str(mine).startswith(str(told)))
    if name == "authors":
        return {fold(author) for author in mine} != {fold(author) for author in told}
    if name == "lang":
        return str(mine).partition("-")[0] != str(told).partition("-")[0]
    return fold(str(told)) not in {
        fold(text) for text in (mine.values() if isinstance(mine, Mapping) else (str(mine),))
    }
