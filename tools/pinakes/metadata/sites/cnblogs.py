"""cnblogs: every blog has a skin of its own, but the elements' ids and the variables are the same in all.

Sources: saved pages of 2020 to 2024, and the variables of older ones (`cb_entryCreatedDate='2016/8/30 10:29:00'`). The
blog's name is no person's; its owner's stands in the link to write to them. `data-date-created` holds the name of a
class, a slip of theirs.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from pinakes.metadata.document import Document, clean, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, quoted, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_NAME = "cnblogs.com"


def _extract(document: Document) -> Iterator[Candidate]:
    blog = document.first("#Header1_HeaderTitle, #lnkBlogTitle")
    owner = _addressee(document) or _signature(document)
    yield from rows(
        _NAME,
        ("title", document.first("#cb_post_title_url"), "#cb_post_title_url"),
        ("title", clean(quoted(document, "cb_postTitle")), "cb_postTitle"),
        ("authors", single(_addressee(document)), "#blog_nav_contact"),
        ("authors", single(_signature(document)), ".postDesc"),
        ("authors", single(blog), "#Header1_HeaderTitle"),
        ("site", "" if blog == owner else blog, "#Header1_HeaderTitle"),
        ("site", "博客园", "its name"),
        ("published", day(quoted(document, "cb_entryCreatedDate")), "cb_entryCreatedDate"),
        ("published", day(document.first("#post-date")), "#post-date"),
        ("modified", day(document.attribute("#post-date", "data-date-updated")), "data-date-updated"),
        ("description", document.first("#cnblogs_post_description"), "#cnblogs_post_description"),
    )


def _addressee(document: Document) -> str:
    """Read the name at the end of `https://msg.cnblogs.com/send/<name>`."""
    address = document.attribute("a#blog_nav_contact", "href")
    return clean(unquote(address.partition("/send/")[2].partition("?")[0]))


def _signature(document: Document) -> str:
    """Read the link in the line `posted @ <date> <name>`; the links after it edit and collect."""
    links = document.find(".postDesc a, .entryDesc a")
    return next((text_of(link) for link in links if _leads_to_blog(link.get("href") or "")), "")


def _leads_to_blog(address: str) -> bool:
    return address.startswith(("https://www.cnblogs.com/", "http://www.cnblogs.com/", "//www.cnblogs.com/"))


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"\s*-\s*博客园",),
    not_authors=("博客园", "代码改变世界"),
)
