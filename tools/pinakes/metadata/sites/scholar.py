"""What publishers write for Google Scholar: the `citation_*` tags that the sites of papers share."""

from __future__ import annotations

import re

from pinakes.metadata.clean import first_last, plain
from pinakes.metadata.document import Document
from pinakes.metadata.sites.table import Row
from pinakes.model import Kind

_CODE = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|gitee\.com|codeberg\.org)/[\w.-]+/[\w.-]+",
    re.IGNORECASE,
)
_SURVEY = re.compile(
    r"\b(?:a|an|the|brief|comprehensive|systematic)\s(?:[\w-]+\s){0,3}(?:survey|review)\b|\bsurvey\b|综述",
    re.IGNORECASE,
)


def citation(document: Document) -> tuple[Row, ...]:
    """Give the rows that the `citation_*` tags say.

    Source: scholar.google.com/intl/en/scholar/inclusion.html#indexing, which names the tags and their forms: a tag
    for each author, `family, given` or in plain order; dates as `2019/12/30` or the year alone.
    """
    title = document.meta("citation_title")
    doi = document.meta("citation_doi")
    return (
        ("title", plain(title), "citation_title"),
        ("authors", authors(document), "citation_author"),
        ("published", document.meta("citation_publication_date", "citation_date"), "citation_publication_date"),
        ("site", venue(document), "citation_conference_title"),
        ("description", plain(document.meta("citation_abstract")), "citation_abstract"),
        ("papers", (f"doi:{doi}",) if doi else (), "citation_doi"),
        ("kind", kind(title) if title else "", "citation_title"),
    )


def authors(document: Document) -> tuple[str, ...]:
    """Give the names of `citation_author`, given names first, in their order."""
    names = (first_last(plain(name)) for name in document.metas.get("citation_author", ()))
    return tuple(dict.fromkeys(name for name in names if name))


def venue(document: Document) -> str:
    """Name the conference or journal that a paper is in."""
    return plain(document.meta("citation_conference_title", "citation_journal_title", "citation_inbook_title"))


def kind(title: str) -> Kind:
    """Say by its title whether a paper is a survey."""
    return "survey" if _SURVEY.search(title) else "paper"


def code(*texts: str) -> tuple[str, ...]:
    """Give the repositories whose addresses stand in some texts, each once."""
    found = (address.rstrip(".").removesuffix(".git") for text in texts for address in _CODE.findall(text))
    return tuple(dict.fromkeys(found))


def papers(*identifiers: str) -> tuple[str, ...]:
    """Join a paper's identifiers, such as `arxiv:2002.05709`; those that end at the colon name nothing."""
    return tuple(dict.fromkeys(one for one in identifiers if not one.endswith(":")))
