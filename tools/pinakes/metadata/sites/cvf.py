"""CVF Open Access and ECVA: the page of a paper of CVPR, ICCV, WACV or ECCV."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.metadata.document import Document
from pinakes.metadata.mentions import papers_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_IN = re.compile(r"Proceedings of [^,;]{5,200}")
_SERIES = re.compile(r"\b(CVPR|ICCV|ECCV|WACV|ACCV)[\w]*?(?:_|,\s?|\s)?(\d{4})")
_YEAR = re.compile(r"[,)]\s*(\d{4})\b")


def extract(document: Document) -> Iterator[Candidate]:
    """Give what the page of a paper says.

    Older pages have no `citation_publication_date`; the line below the title names the proceedings and the year. The
    conference goes by its short name (`CVPR 2022`), for its proceedings' name fills a line.
    Source: the markup as public readers of the site use it (`#papertitle`, `#authors`, `#abstract`); the site has no
    public template.
    """
    title = document.first("div#papertitle")
    if not title and not document.meta("citation_title"):
        return
    summary = document.first("div#abstract")
    line = document.first("div#authors")
    proceedings, year = _IN.search(line), _YEAR.search(line)
    series = _SERIES.search(document.first("title")) or _SERIES.search(document.path)
    links = [link.get("href", "") for link in document.find("dd a")]
    yield from rows(
        SITE.name,
        ("site", " ".join(series.groups()) if series else "", "conference and year"),
        *scholar.citation(document),
        ("title", title, "#papertitle"),
        ("authors", lambda: _names(document.first("div#authors i")), "#authors"),
        ("published", year[1] if year else "", "#authors"),
        ("published", series[2] if series else "", "conference and year"),
        ("site", proceedings[0].strip() if proceedings else "", "#authors"),
        ("description", summary, "#abstract"),
        ("papers", papers_of("", [document.url, *links], {}), "address and link to arXiv"),
        ("code", scholar.code(summary), "#abstract"),
        ("kind", scholar.kind(title), "#papertitle"),
        ("site", "CVF Open Access", "host"),
    )


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


SITE = Site(
    name="openaccess.thecvf.com",
    hosts=("openaccess.thecvf.com", "ecva.net"),
    extract=extract,
    suffixes=(r"\s*-\s*CVF Open Access",),
)
