"""What a page's `<meta>`, `<link>`, `<title>` and `<html>` say, in the vocabularies that are in use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import tzinfo

from pinakes.metadata.clean import first_last
from pinakes.metadata.dates import read_date
from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate, Field, Source
from pinakes.model import Kind

# A row: the tag, the field, how sure it is.
_Row = tuple[str, Field, float]

_CITATION: tuple[_Row, ...] = (
    ("citation_title", "title", 0.95),
    ("citation_publication_date", "published", 0.9),
    ("citation_date", "published", 0.9),
    ("citation_cover_date", "published", 0.8),
    ("citation_online_date", "published", 0.75),
    ("citation_year", "published", 0.7),
    ("citation_journal_title", "site", 0.9),
    ("citation_conference_title", "site", 0.9),
    ("citation_abstract", "description", 0.9),
    ("citation_language", "lang", 0.6),
    ("dc.title", "title", 0.7),
    ("dcterms.title", "title", 0.7),
    ("dcterms.issued", "published", 0.7),
    ("dc.date.issued", "published", 0.7),
    ("dcterms.created", "published", 0.65),
    ("dc.date.created", "published", 0.65),
    ("dc.date", "published", 0.6),
    ("dcterms.date", "published", 0.6),
    ("dcterms.modified", "modified", 0.7),
    ("dc.date.modified", "modified", 0.7),
    ("dc.description", "description", 0.6),
    ("dcterms.abstract", "description", 0.6),
    ("dc.language", "lang", 0.6),
)
"""Highwire's tags, as Google Scholar's inclusion guidelines list them, and Dublin Core's (DCMI Metadata Terms)."""
_CITATION_AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "dc.contributor")

_OPENGRAPH: tuple[_Row, ...] = (
    ("og:title", "title", 0.9),
    ("twitter:title", "title", 0.7),
    ("article:published_time", "published", 0.9),
    ("article:published", "published", 0.8),
    ("og:published_time", "published", 0.8),
    ("og:article:published_time", "published", 0.8),
    ("og:pubdate", "published", 0.7),
    ("video:release_date", "published", 0.8),
    ("book:release_date", "published", 0.8),
    ("article:modified_time", "modified", 0.9),
    ("article:modified", "modified", 0.8),
    ("og:updated_time", "modified", 0.7),
    ("og:site_name", "site", 0.9),
    ("og:description", "description", 0.9),
    ("twitter:description", "description", 0.7),
    ("og:image", "image", 0.9),
    ("og:image:url", "image", 0.9),
    ("twitter:image", "image", 0.7),
    ("twitter:image:src", "image", 0.7),
    ("og:url", "canonical", 0.45),  # written by hand or by template, it is wrong more often than rel=canonical
    ("og:locale", "lang", 0.45),  # a default of templates: en_US
)
"""The Open Graph protocol (ogp.me) with its article namespace; Twitter's cards."""

_META: tuple[_Row, ...] = (
    ("parsely-title", "title", 0.8),
    ("sailthru.title", "title", 0.8),
    ("weibo:article:create_at", "published", 0.9),
    ("bytedance:published_time", "published", 0.9),
    ("parsely-pub-date", "published", 0.9),
    ("sailthru.date", "published", 0.9),
    ("pubdate", "published", 0.8),
    ("publishdate", "published", 0.8),
    ("publish-date", "published", 0.8),
    ("publish_date", "published", 0.8),
    ("publication_date", "published", 0.8),
    ("publication-date", "published", 0.8),
    ("apub:time", "published", 0.8),
    ("article.published", "published", 0.8),
    ("article.created", "published", 0.75),
    ("created", "published", 0.7),
    ("date", "published", 0.7),
    ("dateprinted", "published", 0.6),
    ("displaydate", "published", 0.7),
    ("bytedance:lrdate_time", "modified", 0.8),
    ("bytedance:updated_time", "modified", 0.8),
    ("weibo:article:update_at", "modified", 0.8),
    ("article.updated", "modified", 0.8),
    ("last-modified", "modified", 0.6),
    ("application-name", "site", 0.6),
    ("description", "description", 0.8),
    ("image", "image", 0.6),
)
"""Names that content systems write; no standard has them."""
_META_AUTHORS = (
    "author",
    "authors",
    "byl",
    "sailthru.author",
    "parsely-author",
    "article.author",
    "weibo:article:author",
)
_LIST = re.compile(r"[,，;；、|]\s*")
_KINDS: dict[str, Kind] = {
    "video": "video", "video.other": "video", "video.episode": "video", "video.movie": "video", "article": "article",
    "blog": "article", "book": "book",
}  # fmt: skip


def citation(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give what stands in Highwire's tags and in Dublin Core's; names in the order `First Last`."""
    yield from _rows(document, _CITATION, "citation", zone)
    for name in _CITATION_AUTHORS:
        if written := document.metas.get(name):
            parts = (part for each in written for part in re.split(r"\s*;\s*", each))
            sure = 0.95 if name.startswith("citation") else 0.6
            yield Candidate("authors", tuple(map(first_last, parts)), "citation", name, sure)
            break
    yield from _list(document, ("citation_keywords", "dc.subject"), "citation")
    if "citation_title" in document.metas:
        yield Candidate("kind", "paper", "citation", "citation_title", 0.9)


def opengraph(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give what stands in Open Graph's tags and in Twitter's."""
    yield from _rows(document, _OPENGRAPH, "opengraph", zone)
    for name in ("article:author", "og:article:author", "og:author", "article:author:name", "book:author"):
        if written := document.metas.get(name):
            yield Candidate("authors", written, "opengraph", name, 0.8)
    if document.meta("twitter:label1").lower().startswith(("written by", "作者")):
        yield Candidate("authors", (document.meta("twitter:data1"),), "opengraph", "twitter:data1", 0.7)
    yield from _list(document, ("article:tag", "og:article:tag", "video:tag"), "opengraph")
    kind = document.meta("og:type").lower()
    if kind in _KINDS:
        yield Candidate("kind", _KINDS[kind], "opengraph", "og:type", 0.7)


def meta(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give what stands in meta tags of no vocabulary, in `<html lang>` and in `<link>`."""
    yield from _rows(document, _META, "meta", zone)
    for name in _META_AUTHORS:
        if written := document.metas.get(name):
            yield Candidate("authors", written, "meta", f"meta {name}", 0.8)
    yield from _list(document, ("keywords", "news_keywords", "parsely-tags"), "meta")
    for tag, name in (("html", "lang"), ("html", "xml:lang"), ("body", "lang")):
        if lang := document.attribute(tag, name):
            yield Candidate("lang", lang, "meta", f"<{tag} {name}>", 0.8)
    if lang := document.meta("content-language", "language"):
        yield Candidate("lang", lang, "meta", "meta language", 0.6)
    if canonical := document.attribute('link[rel~="canonical"]', "href"):
        yield Candidate("canonical", document.joined(canonical), "meta", "link rel=canonical", 0.9)
    if image := document.attribute('link[rel~="image_src"]', "href"):
        yield Candidate("image", document.joined(image), "meta", "link rel=image_src", 0.6)


def _rows(document: Document, rows: Iterable[_Row], source: Source, zone: tzinfo) -> Iterator[Candidate]:
    for name, field, confidence in rows:
        written = document.meta(name)
        if not written:
            continue
        value = _value(document, field, written, zone)
        if value:
            yield Candidate(field, value, source, f"meta {name}" if source == "meta" else name, confidence)


def _value(document: Document, field: Field, written: str, zone: tzinfo) -> str | None:
    if field in {"published", "modified"}:
        return read_date(written, zone=zone)
    return document.joined(written) if field in {"image", "canonical"} else written


def _list(document: Document, names: Iterable[str], source: Source) -> Iterator[Candidate]:
    for name in names:
        if written := document.metas.get(name):
            words = tuple(word for each in written for word in _LIST.split(each) if word.strip())
            yield Candidate("keywords", words, source, name, 0.8)
