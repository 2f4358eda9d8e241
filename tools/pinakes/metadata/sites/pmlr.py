"""Proceedings of Machine Learning Research: the page of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.metadata.document import Document
from pinakes.metadata.mentions import papers_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows


def extract(document: Document) -> Iterator[Candidate]:
    """Give what the page of a paper says.

    `description` only names the proceedings, so the abstract that is shown goes first. Source: the site's own template
    (github.com/mlresearch/mlresearch.github.io: _includes/paper_google_scholar.html, paper_abstract.html).
    """
    if not document.meta("citation_title"):
        return
    links = [link.get("href", "") for link in document.find("div#extras a")]
    summary = document.first("div#abstract, div.abstract")
    yield from rows(
        SITE.name,
        *scholar.citation(document),
        ("description", summary, "#abstract"),
        ("papers", papers_of("", [document.url, *links], {}), "address and link to OpenReview"),
        ("code", scholar.code(*links, summary), "links and abstract"),
        ("site", "PMLR", "host"),
    )


SITE = Site(name="proceedings.mlr.press", hosts=("proceedings.mlr.press",), extract=extract)
