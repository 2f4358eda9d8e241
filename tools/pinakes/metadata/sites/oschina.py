"""OSChina: blogs and news, all of it in what is shown.

Source: RSSHub, lib/routes/oschina (column.ts and news.ts): `h1.article-box__title`; among the items below it the author
links to `my.oschina.net/u/<number>` and one item is a date and time; `val[data-name]` for sharing. No saved page was at
hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, linked, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_NAME = "oschina.net"
_ITEMS = ".article-box__meta .item-list .item"
_OWNER = re.compile(r"https?://my\.oschina\.net/(?:u/[0-9]+|[\w.-]+)/?")
_MOMENT = re.compile(r"(?:发布于\s*)?([0-9]{4}[-/][0-9]{2}[-/][0-9]{2}(?: [0-9:]{5,8})?)")


def _extract(document: Document) -> Iterator[Candidate]:
    yield from rows(
        _NAME,
        ("title", document.first("h1.article-box__title"), "h1.article-box__title"),
        ("title", document.attribute('val[data-name="shareTitle"]', "data-value"), "shareTitle"),
        ("authors", single(_author(document)), "link to the author"),
        ("published", _published(document), "date and time"),
        ("modified", day(document.meta("bytedance:updated_time")), "bytedance:updated_time"),
        ("image", linked(document, document.attribute('val[data-name="sharePic"]', "data-value")), "sharePic"),
        ("canonical", linked(document, document.attribute('val[data-name="shareUrl"]', "data-value")), "shareUrl"),
        ("keywords", _tags(document), ".tags-box"),
        ("site", "开源中国", "its name"),
    )


def _author(document: Document) -> str:
    """Read the first link to a person's own page; links to their folders have a query."""
    links = document.find(f"{_ITEMS} a[href]")
    return next((text for link in links if _OWNER.fullmatch(link.get("href")) and (text := text_of(link))), "")


def _published(document: Document) -> str:
    texts = (text_of(item) for item in document.find(_ITEMS))
    return next((day(found[1]) for text in texts if (found := _MOMENT.fullmatch(text))), "")


def _tags(document: Document) -> tuple[str, ...]:
    found = (text_of(link) for link in document.find(".tags-box a.tag-item"))
    return tuple(dict.fromkeys(tag for tag in found if tag))


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"\s*-\s*[^-]{1,40}的个人空间\s*-\s*OSCHINA.*", r"\s*-\s*(?:OSCHINA|开源中国).*"),
    not_authors=("开源中国", "OSCHINA", "OSCHINA - 中文开源技术交流社区"),
)
