"""Add articles to a catalogue: what would be written for each, or why it cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pinakes.metadata.place import Present, Suggestion, find_present, suggest_topics
from pinakes.metadata.scrape import Scraped
from pinakes.model import Catalog, Entry
from pinakes.urls import entry_id, normalize

LEAST = 0.1
"""The score from which on a topic may be taken without asking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What is to be done for one address.

    Attributes:
        url: The address that is written: normalised, and where a permanent redirect led.
        scraped: What its page came to; None if it was not asked for.
        present: The entry that it is already; None if it is new.
        suggestions: The topics nearest to it.
        topic: The topic that it goes to; empty if that is not known.
        data: The keys and values that are written; empty if nothing is.
        trouble: Why nothing is written; empty if something is.
    """

    url: str
    scraped: Scraped | None = None
    present: Present | None = None
    suggestions: tuple[Suggestion, ...] = ()
    topic: str = ""
    data: Mapping[str, Any]
    trouble: str = ""


def candidate(url: str) -> Entry:
    """Make an entry of an address alone, so that its page can be asked for."""
    tidy = normalize(url.strip())
    return Entry(title=tidy, url=tidy, id=entry_id(tidy))


def decide(catalog: Catalog, scraped: Scraped, *, topic: str = "", title: str = "") -> Addition:
    """Decide what to write for an address whose page was asked for.

    A page that did not come back is added all the same if its title is given: what is missing can be read later.

    Args:
        catalog: The catalogue.
        scraped: What the page came to.
        topic: The topic that was asked for; the nearest one if empty.
        title: The title that was given; the page's own if empty.
    """
    record = scraped.record
    url = _address(scraped)
    title = title or record.title or ""
    present = find_present(catalog, (scraped.entry.url, url, record.canonical or ""), title)
    if present is not None:
        return Addition(url=url, scraped=scraped, present=present, data={}, trouble=where(catalog, present))
    if not title:
        why = f"its title is not known: {scraped.classified.reason}; give it by --title"
        return Addition(url=url, scraped=scraped, data={}, trouble=why)
    suggestions = tuple(suggest_topics(catalog, title)[:3])
    path = topic or (suggestions[0].topic if suggestions and suggestions[0].score >= LEAST else "")
    if not path:
        why = "no topic is near enough: name it by --topic"
        return Addition(url=url, scraped=scraped, suggestions=suggestions, data={}, trouble=why)
    data = _data(catalog, scraped, title, url)
    return Addition(url=url, scraped=scraped, suggestions=suggestions, topic=path, data=data)


def unique(additions: Sequence[Addition]) -> list[Addition]:
    """Leave out what is asked for twice in one go."""
    seen: dict[str, Addition] = {}
    for addition in additions:
        seen.setdefault(addition.url, addition)
    return list(seen.values())


def _address(scraped: Scraped) -> str:
    """Give the address to write: where permanent redirects led, if the page came back from there."""
    has_moved = scraped.classified.verdict == "moved"
    return normalize(scraped.final_url) if has_moved else scraped.entry.url


def _data(catalog: Catalog, scraped: Scraped, title: str, url: str) -> dict[str, Any]:
    papers = [key for key in scraped.record.papers if key in catalog.papers]
    kind = scraped.record.kind
    data: dict[str, Any] = {"title": title, "url": url}
    if papers:
        data["papers"] = papers
    if kind is not None and kind != "article":
        data["kind"] = kind
    return data


def where(catalog: Catalog, present: Present) -> str:
    """Say where an article stands already."""
    entry = present.entry
    return f"it is there already (the same {present.how}): {catalog.topics[entry.topic].file}:{entry.line}"
