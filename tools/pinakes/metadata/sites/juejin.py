"""Juejin: an article that the server has filled in; an app shell says nothing.

Sources: a saved page of 2024 and crawlers' code for older ones. Its moments are in UTC (`2020-11-16T18:22:01.000Z`),
which in China is often the next day; the `url` that it gives itself may be of its old domain, and the `image` the
site's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, linked, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_NAME = "juejin.cn"
_SITES_OWN = "/gold-assets/icon/"
"""In the address of the picture that an article without one gets."""
_COMMAS = re.compile(r"\s*[,，]\s*")


def _extract(document: Document) -> Iterator[Candidate]:
    yield from rows(
        _NAME,
        ("title", document.first("article h1.article-title"), "h1.article-title"),
        ("title", _said(document, "headline"), "headline"),
        ("authors", single(_author(document)), "itemprop author"),
        ("authors", single(document.first("article .author-info-block .username")), ".username"),
        ("published", day(_said(document, "datePublished")), "datePublished"),
        ("published", day(document.attribute("article .author-info-block time", "datetime")), "time"),
        ("modified", day(_said(document, "dateModified")), "dateModified"),
        ("keywords", _keywords(document), "itemprop keywords"),
        ("image", _picture(document), "itemprop image"),
        ("site", "掘金", "its name"),
    )


def _said(document: Document, name: str) -> str:
    return document.attribute(f'article[itemscope] > meta[itemprop="{name}"]', "content")


def _author(document: Document) -> str:
    return document.attribute('article[itemscope] [itemprop="author"] meta[itemprop="name"]', "content")


def _keywords(document: Document) -> tuple[str, ...]:
    found = _COMMAS.split(_said(document, "keywords"))
    return tuple(dict.fromkeys(keyword for keyword in found if keyword))


def _picture(document: Document) -> str:
    address = _said(document, "image")
    return "" if _SITES_OWN in address else linked(document, address)


SITE = Site(
    name=_NAME,
    hosts=(_NAME, "juejin.im"),
    extract=_extract,
    suffixes=(r"\s*-\s*(?:稀土)?掘金",),
    not_authors=("掘金", "稀土掘金"),
)
