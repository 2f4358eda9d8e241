"""CSDN: blogs whose `<title>` begins with search words and whose visible date is often that of a recommendation.

Sources: seven saved pages of 2016 to 2025, each with `.blog-postTime[data-time]`, `var postTime` or Baidu's JSON-LD
(`pubDate`, in China's time, up to an hour off); l0o0/translators_CN, CSDN.js. The line `最新推荐文章于 … 发布` dates
the recommendation, and the site's slogan stands where generic rules look for an author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.metadata.document import Document, clean, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, quoted, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_NAME = "csdn.net"
_FIRST = re.compile(r"(?:首次)?(?:发布)?于\s*(.+?)\s*(?:发布|首次发布)?$")
_EDITED = re.compile(r"已于\s*(.+?)\s*修改")
_STATISTICS = re.compile(r"^文章浏览阅读[^。]{1,60}。")
_LINES = ".article-bar-top .time, .up-time"


def _extract(document: Document) -> Iterator[Candidate]:
    yield from rows(
        _NAME,
        ("title", document.first("h1.title-article"), "h1.title-article"),
        ("title", clean(quoted(document, "articleTitle")), "articleTitle"),
        ("authors", single(clean(quoted(document, "var nickName"))), "var nickName"),
        ("authors", single(document.first(".article-bar-top .follow-nickName, #uid")), ".follow-nickName"),
        ("authors", single(clean(quoted(document, "var username"))), "var username"),
        ("site", "CSDN博客", "its name"),
        ("published", day(quoted(document, "var postTime")), "var postTime"),
        ("published", day(document.attribute(".blog-postTime", "data-time")), ".blog-postTime"),
        ("published", _line(document, _FIRST), "发布"),
        ("published", day(quoted(document, '"pubDate"')), "pubDate"),
        ("modified", _line(document, _EDITED), "修改"),
        ("description", _beginning(document), "meta description"),
        ("keywords", _tags(document), ".artic-tag-box"),
    )


def _line(document: Document, form: re.Pattern[str]) -> str:
    """Give the date in the first of the article's lines about its time that has a form."""
    lines = (text_of(element) for element in document.find(_LINES))
    return next((day(found[1]) for line in lines if (found := form.match(line))), "")


def _beginning(document: Document) -> str:
    """Give the description without the numbers of readers before it and the search words that end the title too."""
    description = _STATISTICS.sub("", document.meta("description"))
    text, underscore, searched = description.rpartition("_")
    return text if underscore and f"_{searched}-CSDN" in document.first("title") else description


def _tags(document: Document) -> tuple[str, ...]:
    """Read the article's tags, which lead to the search; the links beside them lead to its columns."""
    found = (text_of(link).removeprefix("#") for link in document.find('.artic-tag-box a[href*="so.csdn.net"]'))
    return tuple(dict.fromkeys(tag for tag in found if tag))


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"(?:_[^_]{1,40}的博客)?\s*-\s*CSDN(?:博客|技术社区)?",),
    not_authors=("成就一亿技术人", "成就一亿技术人!", "CSDN", "CSDN博客", "CSDN技术社区"),
)
