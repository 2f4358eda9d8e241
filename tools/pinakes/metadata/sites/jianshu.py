"""Jianshu: the note's data as JSON; on pages before 2019 what is shown.

Sources: the JSON as in FHU-yezi/JianshuResearchTools (`public_title`, `first_shared_at`); the elements as in RSSHub,
lib/routes/jianshu, and in copies of both templates; no saved page was at hand. The classes' names (`_1RuRku`) are
made by a program and may change. A star behind an old page's date says that the note was edited; its tooltip says
when.
"""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import inside, rows, words

_NAME = "jianshu.com"
_TITLE = "h1._1RuRku, .note h1.title"
_AUTHOR = "section ._22gUMi, section .FxYr8x, .note .author .name"


def _extract(document: Document) -> Iterator[Candidate]:
    note = inside(document.data("script#__NEXT_DATA__"), "props", "initialState", "note", "data")
    old = inside(document.data('script[data-name="page-data"]'), "note")
    yield from rows(
        _NAME,
        ("title", words(inside(note, "public_title")), "public_title"),
        ("title", document.first(_TITLE), "h1"),
        ("authors", single(words(inside(note, "user", "nickname"))), "user.nickname"),
        ("authors", single(words(inside(old, "author", "nickname"))), "page-data author"),
        ("authors", single(document.first(_AUTHOR)), "name shown"),
        ("published", day(inside(note, "first_shared_at")), "first_shared_at"),
        ("published", day(document.attribute(".s-dsoj time", "datetime")), "time"),
        ("published", day(document.first(".s-dsoj time, .publish-time")), "time shown"),
        ("modified", day(inside(note, "last_updated_at")), "last_updated_at"),
        ("modified", _edited(document), "最后编辑于"),
        ("description", words(inside(note, "description")), "description"),
        ("site", "简书", "its name"),
    )


def _edited(document: Document) -> str:
    tooltips = (document.attribute(".publish-time", name) for name in ("title", "data-original-title"))
    return next((day(text) for text in tooltips if text.startswith("最后编辑于")), "")


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"\s*-\s*简书",),
    not_authors=("简书", "创作你的创作"),
)
