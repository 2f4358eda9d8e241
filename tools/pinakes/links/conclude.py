"""From what a run found to what is worth keeping: conclusions for the records, new addresses for the topic files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pinakes.links.plan import Looked
from pinakes.model import Catalog, Link
from pinakes.store.records import Conclusion


def conclusions(looked: Iterable[Looked], archived: Mapping[str, str]) -> dict[str, Conclusion]:
    """Draw a conclusion about each entry whose own address has a history.

    Args:
        looked: What a run came to.
        archived: Addresses of snapshots that were found, by the page's URL.
    """
    return {
        each.link.entry.key: Conclusion(
            each.judgement.state,
            each.judgement.since_day,
            each.known.final_url if each.judgement.state == "moved" else None,
            archived.get(each.link.url),
        )
        for each in looked
        if each.known is not None and not each.link.is_mirror
    }


def new_addresses(looked: Iterable[Looked]) -> dict[str, str]:
    """Give the new address of each entry that has moved, by its id."""
    return {
        each.link.entry.key: each.known.final_url
        for each in looked
        if each.known is not None and each.judgement.state == "moved" and not each.link.is_mirror
    }


def gone_addresses(catalog: Catalog, looked: Iterable[Looked], links: Mapping[str, Link | None]) -> frozenset[str]:
    """Give the addresses that are judged gone, now or by what was known of their entry before."""
    now = {each.link.url for each in looked if each.judgement.state == "gone"}
    before = (entry.url for entry in catalog.entries() if (link := links.get(entry.key)) and link.state == "gone")
    return frozenset(now.union(before))
