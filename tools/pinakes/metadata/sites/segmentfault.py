"""SegmentFault: the article among the page's data, or what is shown of it.

Sources: RSSHub, lib/routes/segmentfault/utils.ts (an article is an object with `title`, `url`, `user.name` and
`created` in unix seconds), crawlers for the elements of old pages (`#articleTitle`) and new ones (`h1.h2`); no saved
page was at hand, and where in the data the article lies is not known: it is the object whose `url` is the page's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import inside, rows, words

_NAME = "segmentfault.com"
_MOST_OBJECTS = 20_000
"""Objects of the page's data that are looked at, far more than an article has."""


def _extract(document: Document) -> Iterator[Candidate]:
    article = _own_object(document.data("script#__NEXT_DATA__"), document.path)
    yield from rows(
        _NAME,
        ("title", words(inside(article, "title")), "title"),
        ("title", document.first("h1.h2, #articleTitle, .article-content h1"), "h1"),
        ("authors", single(words(inside(article, "user", "name"))), "user.name"),
        ("authors", single(document.first(".article__author .name, .article__authorright .mr5 strong")), "name shown"),
        ("published", day(inside(article, "created")), "created"),
        ("published", day(document.attribute(".article-content time, .article__author time", "datetime")), "time"),
        ("modified", _change(article), "modified"),
        ("description", words(inside(article, "excerpt")), "excerpt"),
        ("keywords", _tags(document), ".badge-tag"),
        ("site", "SegmentFault 思否", "its name"),
    )


def _own_object(data: Any, path: str) -> Any:
    """Find the object with the page's own address and an author; None if there is none."""
    waiting = [data]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            break
        one = waiting.pop()
        if isinstance(one, dict) and one.get("url") == path and isinstance(one.get("user"), dict):
            return one
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
    return None


def _change(article: Any) -> str:
    changed = inside(article, "modified")
    return day(changed) if changed and changed != inside(article, "created") else ""


def _tags(document: Document) -> tuple[str, ...]:
    found = (element.text_content().strip() for element in document.find(".article-content .badge-tag"))
    return tuple(dict.fromkeys(tag for tag in found if tag))


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"(?:\s*-\s*个人文章)?\s*-\s*SegmentFault(?: 思否)?",),
    not_authors=("SegmentFault", "思否", "SegmentFault 思否", "思否编辑部"),
)
