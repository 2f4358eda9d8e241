"""Hugging Face: a model, a data set, a space, an article of the blog, the page of a paper."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import scholar
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import inside, rows, words
from pinakes.model import Kind

_OWN = frozenset(
    "api blog chat collections datasets docs enterprise inference join learn login models organizations papers posts "
    "pricing search settings spaces tasks terms-of-service".split()
)
"""First parts of addresses that are no owner's name."""
_PUBLISHED = re.compile(r"(?:Published(?: on)?|发布于)\s+([A-Z][a-z]{2,8} \d{1,2},? \d{4})")
_ARXIV_TAG = re.compile(r"arxiv:(\d{4}\.\d{4,5})")
_MOST_PROPS = 400_000
"""Characters of a component's JSON that are read at most."""
_MOST_ELEMENTS = 200
"""Elements in which a date is looked for: it stands near the headline."""


def extract(document: Document) -> Iterator[Candidate]:
    """Give what a page of Hugging Face says.

    Sources: public readers of the site, which take the components' JSON (`data-target`, `data-props`): `PaperContent`
    of a paper's page, `BlogAuthorsByline` of an article. What else has a `paper` will do as well. For the links of a
    model's tags there is no source but the markup as readers of the site know it.
    """
    match [part for part in document.path.split("/") if part]:
        case ["papers", number] if re.fullmatch(r"\d{4}\.\d{4,5}", number):
            yield from _paper(document, number)
        case ["blog", *slug] if slug:
            yield from _article(document)
        case ["datasets" | "spaces" as place, owner, name, *_]:
            yield from _repository(document, f"{owner}/{name}", f"{place}/")
        case ["learn", *_]:
            yield from _page(document, "course")
        case [owner, name, *_] if owner not in _OWN:
            yield from _repository(document, f"{owner}/{name}", "")
    yield from rows(SITE.name, ("site", "Hugging Face", "host"))


def _paper(document: Document, number: str) -> Iterator[Candidate]:
    paper = next((found for props in _props(document) if (found := inside(props, "paper"))), None)
    listed = inside(paper, "authors")
    names = [words(inside(one, "name")) for one in listed] if isinstance(listed, list) else []
    title = words(inside(paper, "title")) or document.first("h1")
    yield from rows(
        SITE.name,
        ("title", title, "paper.title"),
        ("authors", tuple(filter(None, names)), "paper.authors"),
        ("authors", lambda: tuple(map(text_of, document.find("span.author a, span.author button"))), ".author"),
        ("published", words(inside(paper, "publishedAt")), "paper.publishedAt"),
        ("published", lambda: _shown_date(document), "shown date"),
        ("description", words(inside(paper, "summary")), "paper.summary"),
        ("papers", (f"arxiv:{number}",), "address"),
        ("code", scholar.code(words(inside(paper, "githubRepo"))), "paper.githubRepo"),
        ("kind", scholar.kind(title), "address"),
    )


def _article(document: Document) -> Iterator[Candidate]:
    listed = inside(_props_of(document, "BlogAuthorsByline"), "authors")
    people = [inside(one, "author") for one in listed] if isinstance(listed, list) else []
    names = (words(inside(person, "fullname")) or words(inside(person, "name")) for person in people)
    shown = document.find('div[data-target="BlogAuthorsByline"] span.fullname')
    yield from rows(
        SITE.name,
        ("title", document.first("h1"), "h1"),
        ("authors", tuple(filter(None, names)), "BlogAuthorsByline"),
        ("authors", tuple(map(text_of, shown)), "BlogAuthorsByline"),
        ("published", _shown_date(document), "shown date"),
        ("kind", "article", "address"),
    )


def _repository(document: Document, name: str, place: str) -> Iterator[Candidate]:
    tags = (link.get("href", "") for link in document.find('a[href*="arxiv:"]'))
    numbers = dict.fromkeys(found[1] for tag in tags if (found := _ARXIV_TAG.search(tag)))
    yield from rows(
        SITE.name,
        ("title", name, "address"),
        ("papers", tuple(f"arxiv:{number}" for number in numbers), "tags"),
        ("code", (f"https://huggingface.co/{place}{name}",), "address"),
        ("kind", "code", "address"),
    )


def _page(document: Document, kind: Kind) -> Iterator[Candidate]:
    yield from rows(SITE.name, ("title", document.first("h1"), "h1"), ("kind", kind, "address"))


def _shown_date(document: Document) -> str:
    for element in document.find("main span, main div.text-sm, main time")[:_MOST_ELEMENTS]:
        if found := _PUBLISHED.search(text_of(element)):
            return found[1]
    return ""


def _props(document: Document) -> Iterator[Any]:
    """Give the JSON that each component of the page is made of."""
    for element in document.find("div[data-props]"):
        written = element.get("data-props", "")
        if len(written) <= _MOST_PROPS:
            try:
                yield json.loads(written, strict=False)
            except (ValueError, RecursionError):
                continue


def _props_of(document: Document, target: str) -> Any:
    for element in document.find(f'div[data-target="{target}"][data-props]'):
        try:
            return json.loads(element.get("data-props", "")[:_MOST_PROPS], strict=False)
        except (ValueError, RecursionError):
            continue
    return None


SITE = Site(
    name="huggingface.co",
    hosts=("huggingface.co", "hf.co"),
    extract=extract,
    suffixes=(r"\s*·\s*(?:Datasets at )?Hugging Face", r"\s*-\s*a Hugging Face Space by \S+"),
    not_authors=("Hugging Face", "huggingface"),
)
