"""All that is known of entries: what their curators wrote, else what their pages said, and from where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from pinakes.metadata.record import FIELDS
from pinakes.model import Entry
from pinakes.store.records import Record, is_of, known_link
from pinakes.urls import host_of

CURATOR = "curator"
_BOTH = ("title", "authors", "site", "published", "lang", "kind", "papers")
"""Fields that a curator may write and a page may tell."""


class Fact(NamedTuple):
    """One thing that is known of an entry.

    Attributes:
        field: What it is about.
        value: A text, a number or a tuple of texts.
        source: `curator`, or the rule that found it.
        other: What the page says otherwise than the curator; None if it says nothing or the same.
    """

    field: str
    value: Any
    source: str
    other: Any = None


class Coverage(NamedTuple):
    """Of how many entries a field is known.

    Attributes:
        entries: How many entries there are.
        fields: Of how many each field is known.
    """

    entries: int
    fields: Mapping[str, int]


def facts(entry: Entry, record: Record | None) -> list[Fact]:
    """Put together what is known of an entry, field by field; what the curator wrote stands first."""
    told = record.data if record is not None and is_of(record, entry) else {}
    rules: Mapping[str, str] = told.get("provenance") or {}
    known = (_fact(entry, name, told.get(name), rules.get(name, "")) for name in FIELDS)
    return [fact for fact in known if fact is not None]


def coverage(entries: Iterable[Entry], records: Mapping[str, Record]) -> dict[str, Coverage]:
    """Say of how many entries each field is known: by host, the host with most entries first, and `""` for all."""
    counts: dict[str, Counter[str]] = {}
    totals: Counter[str] = Counter()
    for entry in entries:
        names = [fact.field for fact in facts(entry, records.get(entry.key))]
        link = known_link(entry, records)
        names += ["link"] if link and link.state != "unknown" else []
        for host in ("", host_of(entry.url).name):
            totals[host] += 1
            counts.setdefault(host, Counter()).update(names)
    return {host: Coverage(total, counts[host]) for host, total in totals.most_common()}


def _fact(entry: Entry, name: str, told: Any, rule: str) -> Fact | None:
    told = tuple(told) if isinstance(told, list) else told
    mine = getattr(entry, name) if name in _BOTH else None
    mine = None if name == "kind" and mine == "article" else mine
    if mine not in (None, ()):
        return Fact(name, mine, CURATOR, told if told not in (None, (), mine) else None)
    return Fact(name, told, rule) if told not in (None, ()) else None
