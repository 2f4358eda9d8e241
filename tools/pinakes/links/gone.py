"""List all links that are gone, as the text of an issue: `python -m pinakes.links.gone`, which asks no host."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from pinakes.links.remedies import mirror_of
from pinakes.model import Catalog, Entry, Link
from pinakes.project import find_project
from pinakes.report.machine import cell
from pinakes.store.load import load_catalog
from pinakes.store.records import known_link, read_records
from pinakes.text import choose

_MOST = 60_000
"""Characters that the list may have: GitHub takes 65,536 (docs.github.com says nothing; its API's error does)."""


def gone_links(catalog: Catalog, links: Mapping[str, Link]) -> str:
    """Write the links that are gone in Markdown; empty if there are none.

    Args:
        catalog: The catalogue.
        links: What is known of each entry's link, by the id of the entry.
    """
    dead = [entry for entry in catalog.entries() if (link := links.get(entry.key)) and link.state == "gone"]
    if not dead:
        return ""
    addresses = {entry.url for entry in dead}
    items = []
    for entry in dead:
        mirror = mirror_of(catalog, entry, addresses)
        items.append(_item(catalog, entry, links[entry.key], mirror.url if mirror else None))
    head = (
        f"{len(dead):,} link{' is' if len(dead) == 1 else 's are'} gone. `pinakes check` keeps this list up to date.\n"
    )
    return "\n".join([head, *_fitting(items)]) + "\n"


def _fitting(items: list[str]) -> Iterator[str]:
    room = _MOST
    for number, item in enumerate(items):
        room -= len(item) + 1
        if room < 0:
            yield f"- … and {len(items) - number:,} more"
            return
        yield item


def _item(catalog: Catalog, entry: Entry, link: Link, mirror: str | None) -> str:
    title, _ = choose(entry.title, catalog.config.languages)
    place = f"`{catalog.topics[entry.topic].file}:{entry.line}`"
    ways = [("a snapshot", link.archived), ("the same title elsewhere", mirror)]
    instead = ", ".join(_link(words, url) for words, url in ways if url) or "nothing is known to stand in for it"
    since = f" since {link.since}" if link.since else ""
    return f"- {_link(_plain(title), entry.url)}, {place}, gone{since}: {instead}"


def _plain(title: str) -> str:
    """Write a title so that it calls nobody (`@name`) and refers to no issue (`#1`)."""
    return re.sub(r"([@#])(?=\w)", "\\1\u200b", cell(title).replace("`", "\\`"))


def _link(words: str, url: str) -> str:
    return f"[{words}](<{url.replace('<', '%3C').replace('>', '%3E')}>)"


def main() -> None:
    """Print the list for the project that the current folder belongs to."""
    project = find_project(Path.cwd())
    catalog = load_catalog(project)
    records = read_records(project)
    known = ((entry.key, known_link(entry, records)) for entry in catalog.entries())
    sys.stdout.write(gone_links(catalog, {key: link for key, link in known if link}))


if __name__ == "__main__":
    main()
