"""arXiv: the abstract's page, and the paper as HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pinakes.metadata.clean import is_name, plain
from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import group, rows

_IDENTIFIER = r"(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v(\d+))?"  # info.arxiv.org/help/arxiv_identifier
_ADDRESS = re.compile(rf"/(?:abs|pdf|html|format|ps|src|e-print)/{_IDENTIFIER}")
_STAMP = re.compile(rf"arXiv:{_IDENTIFIER}\s*\[[\w.-]+\]\s*(\d{{1,2}}\s\w{{3}}\s\d{{4}})")
_SUBMITTED = re.compile(r"Submitted on (\d{1,2} \w{3,9} \d{4})")
_REVISED = re.compile(r"last revised (\d{1,2} \w{3,9} \d{4})")
_WITHDRAWN = re.compile(r"\b(?:withdrawn|withdraws?)\b", re.IGNORECASE)


def identifier(path: str) -> str:
    """Give the arXiv identifier, without its version, that is in an address's path; empty if none is."""
    found = _ADDRESS.search(path)
    return found[1] if found else ""


def stamp(text: str) -> tuple[str, str, str]:
    """Read the stamp that arXiv puts on a paper: `arXiv:1706.03762v7 [cs.CL] 2 Aug 2023`.

    Returns:
        The identifier, the version, and the version's date as it is written; empty if there is no stamp.
    """
    found = _STAMP.search(text)
    return (found[1], found[2] or "1", found[3]) if found else ("", "", "")


def dated(version: str, day: str) -> Iterator[Candidate]:
    """Give the dates that a stamp says: the first version's is that of the paper, any other's that of its change."""
    yield from rows(
        SITE.name,
        ("published", day if version == "1" else "", "stamp of the first version"),
        ("modified", day, "stamp of this version"),
    )


def extract(document: Document) -> Iterator[Candidate]:
    """Give what a page of arXiv says.

    `citation_date` is the day of the first version and `citation_online_date` that of the newest. Sources: arXiv's own
    template (github.com/arXiv/arxiv-browse: abs/abs.html) for the abstract's page; pages of LaTeXML, as arXiv serves
    them at /html/, for the other.
    """
    if not identifier(document.path):
        return
    yield from _full_text(document) if document.find("article.ltx_document") else _abstract(document)


def _abstract(document: Document) -> Iterator[Candidate]:
    number = document.meta("citation_arxiv_id") or identifier(document.path)
    title = document.meta("citation_title") or _without_label(document.first("h1.title"), "Title:")
    summary = _without_label(document.first("blockquote.abstract"), "Abstract:")
    comments = document.first("td.comments")
    doi = document.meta("citation_doi") or document.first("td.doi a")
    yield from rows(
        SITE.name,
        ("published", document.meta("citation_date"), "citation_date"),
        ("modified", document.meta("citation_online_date"), "citation_online_date"),
        ("site", document.first("td.jref"), "journal reference"),
        ("papers", scholar.papers(f"arxiv:{number}", f"doi:{doi.removeprefix('https://doi.org/')}"), "identifiers"),
        *(row for row in scholar.citation(document) if row[0] in {"title", "authors", "description"}),
        ("title", title, "h1.title"),
        ("authors", lambda: tuple(map(_own_text, document.find("div.authors a"))), ".authors"),
        ("description", summary, "blockquote.abstract"),
        ("published", lambda: group(_SUBMITTED, document.first("div.dateline")), ".dateline"),
        ("modified", lambda: group(_REVISED, document.first("div.dateline")), ".dateline"),
        ("subtitle", comments if _WITHDRAWN.search(comments) else "", "withdrawn, by its comments"),
        ("code", scholar.code(comments, summary), "comments and abstract"),
        ("kind", scholar.kind(title), "h1.title"),
        ("site", "arXiv", "host"),
    )


def _full_text(document: Document) -> Iterator[Candidate]:
    title = document.first("h1.ltx_title_document")
    number, version, day = stamp(document.first("div#watermark-tr"))
    yield from dated(version, day)
    names = [_own_text(person) for person in document.find("div.ltx_authors span.ltx_personname")]
    yield from rows(
        SITE.name,
        ("title", title, "h1.ltx_title_document"),
        ("authors", tuple(names) if all(map(is_name, names)) else (), ".ltx_personname"),
        ("description", _without_label(document.first("div.ltx_abstract p"), "Abstract"), ".ltx_abstract"),
        ("papers", (f"arxiv:{number or identifier(document.path)}",), "identifier"),
        ("kind", scholar.kind(title), "h1.ltx_title_document"),
        ("site", "arXiv", "host"),
    )


def _own_text(element: Any) -> str:
    """Give the text before an element's first child: after a name come its footnotes and addresses."""
    return plain(element.text or "")


def _without_label(text: str, label: str) -> str:
    return text.removeprefix(label).strip()


SITE = Site(
    name="arxiv.org",
    hosts=("arxiv.org",),
    extract=extract,
    suffixes=(r"\s*\|\s*arXiv",),
    not_authors=("arXiv", "arXiv.org"),
)
