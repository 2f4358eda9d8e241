"""OpenReview: the page of a submission."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pinakes.metadata.clean import plain
from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import all_words, embedded, group, inside, rows, words

_PUSHED = re.compile(r"self\.__next_f\.push\(")
_MOST_PUSHES = 500
_PUBLISHED = re.compile(r"Published:\s*(\d{1,2} \w{3,9} \d{4})")
_MODIFIED = re.compile(r"Last Modified:\s*(\d{1,2} \w{3,9} \d{4})")


def extract(document: Document) -> Iterator[Candidate]:
    """Give what the page of a submission says.

    The note that it is made of holds all; it lies in the page's script, with each value as it is (first interface) or
    in an object of its own (second). Of the tags `citation_author` may be the last author alone: the page's program
    sets one tag several times. Source: OpenReview's own program (github.com/openreview/openreview-web:
    app/forum/page.js, components/forum/ForumNote.js).
    """
    note = _note(document)
    content = {key: _value(value) for key, value in (inside(note, "content") or {}).items()}
    shown = document.first("div.forum-meta span.date")
    title = (
        words(content.get("title")) or plain(document.meta("citation_title")) or document.first("div.forum-title h2")
    )
    if not title or not _forum(document.url):
        return
    yield from rows(
        SITE.name,
        ("title", title, "title of the note"),
        ("authors", all_words(content.get("authors")), "authors of the note"),
        ("authors", lambda: tuple(map(text_of, document.find("div.forum-authors a"))), ".forum-authors"),
        ("published", _day(note, "pdate", "odate", "cdate", "tcdate"), "pdate of the note"),
        ("published", group(_PUBLISHED, shown) or document.meta("citation_online_date"), ".forum-meta .date"),
        ("modified", _day(note, "mdate", "tmdate"), "mdate of the note"),
        ("modified", group(_MODIFIED, shown), ".forum-meta .date"),
        ("subtitle", words(content.get("TL;DR")) or words(content.get("TLDR")), "TL;DR of the note"),
        ("description", words(content.get("abstract")), "abstract of the note"),
        ("keywords", all_words(content.get("keywords")), "keywords of the note"),
        ("site", words(content.get("venue")) or scholar.venue(document), "venue of the note"),
        ("papers", (f"openreview:{_forum(document.url)}",), "id"),
        ("code", scholar.code(*_texts(content)), "content of the note"),
        ("kind", scholar.kind(title), "title of the note"),
        ("description", plain(document.meta("citation_abstract")), "citation_abstract"),
        ("site", "OpenReview", "host"),
    )
    yield from rows(SITE.name, ("authors", scholar.authors(document), "citation_author"), confidence=0.7)


def _note(document: Document) -> Any:
    """Find the note in the page's script: in `__NEXT_DATA__`, or in what newer pages push piece by piece."""
    old = inside(document.data("script#__NEXT_DATA__"), "props", "pageProps", "forumNote")
    return old if old is not None else embedded(_pushed(document.text), '"forumNote":')


def _pushed(text: str) -> str:
    """Join the texts of Next's `self.__next_f.push([1, "…"])`."""
    pieces: list[str] = []
    reader = json.JSONDecoder(strict=False)
    for found in list(_PUSHED.finditer(text))[:_MOST_PUSHES]:
        try:
            pushed, _ = reader.raw_decode(text, found.end())
        except (ValueError, RecursionError):
            continue
        if isinstance(pushed, list) and pushed[1:] and isinstance(pushed[1], str):
            pieces.append(pushed[1])
    return "".join(pieces)


def _value(value: Any) -> Any:
    return value.get("value") if isinstance(value, Mapping) else value


def _texts(content: Mapping[str, Any]) -> Iterator[str]:
    return (value for value in content.values() if isinstance(value, str))


def _day(note: Any, *keys: str) -> str:
    """Write the first of some times (milliseconds since 1970) as a date; empty if there is none."""
    moment = next((value for key in keys if isinstance(value := inside(note, key), int | float) and value > 0), None)
    try:
        return datetime.fromtimestamp(moment / 1_000, UTC).date().isoformat() if moment else ""
    except (ValueError, OverflowError, OSError):
        return ""


def _forum(url: str) -> str:
    query = parse_qs(urlsplit(url).query)
    return next(iter(query.get("id") or query.get("noteId") or [""]))


SITE = Site(
    name="openreview.net",
    hosts=("openreview.net",),
    extract=extract,
    suffixes=(r"\s*\|\s*OpenReview",),
    not_authors=("OpenReview", "Anonymous"),
)
