"""Distill, and the articles elsewhere that are written with its template."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import inside, rows, words


def is_distill(document: Document) -> bool:
    """Say whether a page is written with the template: it then has its own element for what is known of it."""
    return "<d-front-matter" in document.text


def extract(document: Document) -> Iterator[Candidate]:
    """Give what an article says.

    Sources: the template's own program (github.com/distillpub/template: src/transforms/meta.js), which makes the tags
    of an article in the journal; al-folio's template of an article elsewhere (_layouts/distill.liquid), whose front
    matter has the date.
    """
    front = document.data("d-front-matter script")
    listed = inside(front, "authors")
    names = [_name(person) for person in listed] if isinstance(listed, list) else []
    title = (
        words(inside(front, "title"))
        or document.meta("citation_title")
        or document.first("d-title h1, dt-article > h1")
    )
    doi = document.meta("citation_doi")
    if not title:
        return
    yield from rows(
        SITE.name,
        ("title", title, "front matter"),
        ("authors", tuple(filter(None, names)), "front matter"),
        ("authors", scholar.authors(document), "citation_author"),
        ("authors", lambda: tuple(map(text_of, document.find("d-byline p.author"))), "d-byline"),
        ("published", document.meta("citation_publication_date", "article:published"), "citation_publication_date"),
        ("published", words(inside(front, "published")), "front matter"),
        ("description", words(inside(front, "description")), "front matter"),
        ("papers", (f"doi:{doi}",) if doi else (), "citation_doi"),
        (
            "site",
            scholar.venue(document) or ("Distill" if document.host == SITE.name else ""),
            "citation_journal_title",
        ),
        ("kind", "article", "template"),
    )


def _name(person: Any) -> str:
    """Name an author: `{"author": …}`, or in older articles `{"first": …, "last": …}` or `{"name": …}`."""
    whole = words(inside(person, "author")) or words(inside(person, "name"))
    parts = (words(inside(person, key)) for key in ("firstName", "lastName"))
    return whole or " ".join(filter(None, parts))


SITE = Site(name="distill.pub", hosts=("distill.pub",), extract=extract, not_authors=("Distill",))
