"""ACL Anthology: the page of a paper."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_ADDRESS = re.compile(r"^/(?:anthology/)?((?:[A-Z]\d{2}-\d{4}|\d{4}\.[\w-]+\.\d+))/?$")  # aclanthology.org/info/ids


def extract(document: Document) -> Iterator[Candidate]:
    """Give what the page of a paper says.

    Source: the Anthology's own template (github.com/acl-org/acl-anthology: hugo/layouts/papers/single.html). Its
    `og:description` is a citation and no summary, so the abstract that is shown goes first.
    """
    found = _ADDRESS.match(document.path)
    if not found or not document.meta("citation_title"):
        return
    doi = document.meta("citation_doi")
    code = scholar.code(*(link.get("href", "") for link in document.find("div.acl-paper-details dd a")))
    yield from rows(
        SITE.name,
        ("papers", scholar.papers(f"acl:{found[1]}", f"doi:{doi}"), "identifiers"),
        ("description", document.first("div.acl-abstract > span, div.acl-abstract > p"), ".acl-abstract"),
        ("code", code, "links to code"),
        *scholar.citation(document),
        ("site", "ACL Anthology", "host"),
    )


SITE = Site(
    name="aclanthology.org",
    hosts=("aclanthology.org", "aclweb.org"),
    extract=extract,
    suffixes=(r"\s*-\s*ACL Anthology",),
    not_authors=("ACL Anthology",),
)
