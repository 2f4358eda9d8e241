"""WeChat's official accounts: the truth stands in `og:` tags and in variables of its scripts, not in what is shown.

Sources: pages of 2018 to 2026, of which each had `og:title`, `var ct` and `.wx_follow_nickname`; RSSHub,
lib/utils/wechat-mp.ts (kinds of pages, escapes, permanent links); airyland/we-extract, lib (whom a reprint comes
from); l0o0/translators_CN, Weixin.js (`#js_name`); crawlers of many years (`#js_author_name`, `#post-date`,
`#post-user`). Of a reprint without a byline the account that it comes from is the author. `#publish_time` is empty
until a script fills it, and `svr_time` is the time of the request: neither is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl, urlsplit

from pinakes.metadata.clean import clean_authors
from pinakes.metadata.document import Document, clean
from pinakes.metadata.record import Candidate, Field
from pinakes.metadata.sites.scripts import day, linked, quoted, single, unescaped
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_NAME = "mp.weixin.qq.com"
_WITHOUT_TITLE = {"10", "17"}
"""Kinds of pages (`item_show_type`) that are a text and nothing else; as their title they give all of it."""
_VIDEO = "5"
_CREATED = ("var ct", "window.ct", "ori_create_time", "create_time", "var createTime")
"""Where the date stands, in quotes: ten digits, or `2025-11-05 18:30`; bundled code says `ct = new V`."""
_BYLINES = (
    "#js_author_name_text, #js_author_name, #meta_content span.rich_media_meta_text"
    ", em#post-date + em.rich_media_meta_text"
)
_NOT_AUTHORS = ("微信公众平台", "Weixin Official Accounts Platform", "原创")
_CODED_BREAK = re.compile(r"\\x0[ad]")
_BREAK = re.compile(r"\\x0[ad]|\\[nr](?![a-z])")  # `\nabla` in a formula ends no line
_SHORT_PATH = re.compile(r"/s/[\w-]{22}")
_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "__biz": ("__biz",),
    "mid": ("mid", "appmsgid"),
    "idx": ("idx", "itemidx"),
    "sn": ("sn", "sign"),
}
"""What names an article for good, each with its older name."""
_VALUE = re.compile(r"[\w=-]+")


def _extract(document: Document) -> Iterator[Candidate]:
    found = [*_in_tags(document, kind=quoted(document, "item_show_type"))]
    yield from found
    known = {candidate.field for candidate in found}
    for field, variables, read in _IN_SCRIPTS:
        if field not in known:  # a page is 4 MB, and each look through it takes some milliseconds
            values = ((read(document, quoted(document, name)), name) for name in variables)
            value, name = next((pair for pair in values if pair[0]), ("", ""))
            yield from rows(_NAME, (field, value, name))
    yield from _shown(document)


def _in_tags(document: Document, *, kind: str) -> Iterator[Candidate]:
    yield from rows(
        _NAME,
        ("title", _title(document, kind), "og:title"),
        ("authors", _byline(document), "meta author"),
        ("site", document.first(".wx_follow_nickname"), ".wx_follow_nickname"),
        ("site", document.first("#js_name"), "#js_name"),
        ("description", _description(document), "og:description"),
        ("image", linked(document, document.meta("og:image")), "og:image"),
        ("canonical", _permanent(document.meta("og:url")), "og:url"),
        ("kind", "video" if kind == _VIDEO else "", "item_show_type"),
    )


def _shown(document: Document) -> Iterator[Candidate]:
    """Give what is shown; pages kept by archives before 2017 have little else."""
    yield from rows(
        _NAME,
        ("title", document.first("#activity-name"), "#activity-name"),
        ("authors", clean_authors([document.first(_BYLINES)], _NOT_AUTHORS), "byline"),
        ("site", document.first("#post-user, .profile_nickname"), "#post-user"),
        ("published", day(document.first("em#post-date")), "#post-date"),
        ("authors", single(document.first("#copyright_info .original_primary_nickname")), "reprinted from"),
        confidence=0.95,
    )


def _title(document: Document, kind: str) -> str:
    """Give the title; of a post that is text alone, its first line."""
    return _first_line(document.meta("og:title"), _BREAK if kind in _WITHOUT_TITLE else _CODED_BREAK)


def _first_line(text: str, end: re.Pattern[str]) -> str:
    lines = (clean(_text(line)) for line in end.split(text))
    return next((line for line in lines if line), "")


def _text(text: str) -> str:
    r"""Resolve what is escaped once too often: `&amp;quot;`, `\x26quot;`; a backslash in any other place stays."""
    return unescaped(re.sub(r"\\(?!x[0-9A-Fa-f]{2})", r"\\\\", text))


def _description(document: Document) -> str:
    return clean(_text(_BREAK.sub(" ", document.meta("og:description", "description"))))


def _byline(document: Document) -> tuple[str, ...]:
    return clean_authors([document.meta("author", "og:article:author")], _NOT_AUTHORS)


def _permanent(address: str) -> str:
    """Give an article's address without what tells of the share or the client; empty for a temporary one."""
    try:
        parts = urlsplit(_text(address))
    except ValueError:
        return ""
    if parts.hostname != _NAME:
        return ""
    if _SHORT_PATH.fullmatch(parts.path):
        return f"https://{_NAME}{parts.path}"
    given = dict(parse_qsl(parts.query))
    values = {name: next((given[key] for key in keys if key in given), "") for name, keys in _PARAMETERS.items()}
    if not all(_VALUE.fullmatch(value) for value in values.values()):
        return ""
    return f"https://{_NAME}/s?" + "&".join(f"{name}={value}" for name, value in values.items())


_IN_SCRIPTS: tuple[tuple[Field, tuple[str, ...], Callable[[Document, str], str]], ...] = (
    ("title", ("msg_title",), lambda _, said: clean(said.split("\n")[0])),
    ("site", ("var nickname", "nick_name"), lambda _, said: clean(said)),
    ("published", _CREATED, lambda _, said: day(said)),
    ("description", ("var msg_desc",), lambda _, said: clean(said)),
    ("image", ("msg_cdn_url",), linked),
    ("canonical", ("msg_link",), lambda _, said: _permanent(said)),
)
"""Fields that the tags may leave out, the variables that have them, and how these are read."""

SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    not_authors=_NOT_AUTHORS,
)
