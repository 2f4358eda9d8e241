"""Medium, and the publications on domains of their own that it runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import all_words, inside, rows, words

_APP = "com.medium.reader"
_BYLINE = re.compile(r"\s*\|\s*by\s+(?P<author>[^|]+)(?P<rest>(?:\|[^|]+)*)$")
_MONTH = re.compile(r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?,? \d{4}|Medium")
_STORY = re.compile(r"-?[0-9a-f]{8,12}$")


def is_medium(document: Document) -> bool:
    """Say whether Medium runs the page, on whatever domain: it then names its app for Android."""
    return document.meta("al:android:package") == _APP


def extract(document: Document) -> Iterator[Candidate]:
    """Give what a story says.

    `datePublished` and `dateModified` may lie years apart; the first is the story's. Its `<title>` names the author
    and the publication behind the title: `Title | by Author | Publication | Medium`. Sources: saved pages in public
    repositories (tags, `<title>`), public readers of the site (`.pw-post-title`, `.pw-subtitle-paragraph`,
    `data-testid=authorName`), JSON-LD as research on saved pages found it.
    """
    if not is_medium(document) or not _STORY.search(document.path):
        return
    story = _story(document)
    written = document.meta("title") or document.first("title")
    names = all_words(_names(inside(story, "author")))
    byline = _BYLINE.search(written)
    yield from rows(
        SITE.name,
        ("title", words(inside(story, "headline")), "JSON-LD headline"),
        ("title", document.first("h1.pw-post-title") or document.meta("og:title"), "og:title"),
        ("subtitle", document.first("h2.pw-subtitle-paragraph"), ".pw-subtitle-paragraph"),
        ("authors", names, "JSON-LD author"),
        ("authors", (document.meta("author"),) if document.meta("author") else (), "meta author"),
        ("authors", (byline["author"].strip(),) if byline else (), "<title>"),
        ("published", words(inside(story, "datePublished")), "JSON-LD datePublished"),
        ("published", document.meta("article:published_time"), "article:published_time"),
        ("modified", words(inside(story, "dateModified")), "JSON-LD dateModified"),
        ("keywords", _tags(inside(story, "keywords")), "JSON-LD keywords"),
        ("site", _publication(document, byline), "publication"),
        ("kind", "article", "story"),
    )


def _story(document: Document) -> Any:
    """Give the JSON-LD of the story: the first that has a date."""
    found = document.data('script[type="application/ld+json"]')
    listed = found if isinstance(found, list) else [found]
    return next((one for one in listed if inside(one, "datePublished")), None)


def _names(author: Any) -> list[Any]:
    listed = author if isinstance(author, list) else [author]
    return [one if isinstance(one, str) else inside(one, "name") for one in listed]


def _tags(keywords: Any) -> tuple[str, ...]:
    """Give a story's tags, which stand among other words: `Lite:true`, `Tag:Deep Learning`, `Topic:Science`."""
    return tuple(word.removeprefix("Tag:") for word in all_words(keywords or []) if word.startswith("Tag:"))


def _publication(document: Document, byline: re.Match[str] | None) -> str:
    """Name the publication: what stands behind the author in `<title>`, months and `Medium` apart."""
    parts = [part.strip() for part in byline["rest"].split("|")] if byline else []
    named = [part for part in parts if part and not _MONTH.fullmatch(part)]
    return named[-1] if named else document.meta("og:site_name") or "Medium"


SITE = Site(
    name="medium.com",
    hosts=("medium.com",),
    extract=extract,
    suffixes=(r"\s*\|\s*by\s+[^|]+(?:\|[^|]+)*", r"\s*[–—-]\s*Medium"),
    not_authors=("Medium",),
)
