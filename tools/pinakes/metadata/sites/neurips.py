"""The proceedings of NeurIPS: the page of a paper."""

from __future__ import annotations

from collections.abc import Iterator

from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows


def extract(document: Document) -> Iterator[Candidate]:
    """Give what the page of a paper says.

    Source: the markup as public readers of the site use it (`citation_*`, `.paper-abstract`; in older years a heading
    `Abstract` before the paragraph); the site has no public template.
    """
    if not document.meta("citation_title"):
        return
    summary = document.first("p.paper-abstract, p.paper-abstract ~ p") or _below_heading(document)
    yield from rows(
        SITE.name,
        *scholar.citation(document),
        ("description", summary, "abstract"),
        ("code", scholar.code(summary), "abstract"),
        ("site", "NeurIPS", "host"),
    )


def _below_heading(document: Document) -> str:
    """Give the paragraph below the heading `Abstract`; its markup is a paragraph in a paragraph, which HTML has not."""
    heading = next((heading for heading in document.find("h4") if text_of(heading) == "Abstract"), None)
    below = heading.itersiblings("p") if heading is not None else ()
    return next((said for paragraph in below if (said := text_of(paragraph))), "")


SITE = Site(
    name="proceedings.neurips.cc",
    hosts=("proceedings.neurips.cc", "papers.nips.cc", "papers.neurips.cc"),
    extract=extract,
    not_authors=("NeurIPS Proceedings",),
)
