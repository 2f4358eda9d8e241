"""A paper's page: its facts, and the entries that explain it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from pinakes.model import Paper
from pinakes.site.entries import entry_list
from pinakes.site.frame import framed
from pinakes.site.hosts import host_name, host_of
from pinakes.site.html import items, link, words_in
from pinakes.site.page import Page
from pinakes.site.view import Place, View
from pinakes.text import choose


def paper_pages(view: View) -> Iterator[Page]:
    """Make the page of every paper, and the one that lists them by year; none if there are no papers."""
    if view.site.catalog.papers:
        yield _index_page(view)
    for paper in view.site.catalog.papers.values():
        yield paper_page(view, paper)


def paper_page(view: View, paper: Paper) -> Page:
    """Make a paper's page."""
    place = Place(view, f"papers/{paper.key}/")
    return framed(
        place,
        choose(paper.title, view.languages)[0],
        _article(place, paper),
        breadcrumb=_breadcrumb(place),
        aside=_aside(place, paper),
        of=("paper", paper.key),
    )


def paper_links(paper: Paper) -> list[tuple[str, str]]:
    """Where a paper can be read and its code found: addresses with the name of the place."""
    found = []
    if paper.arxiv:
        found.append((f"https://arxiv.org/abs/{paper.arxiv}", f"arXiv:{paper.arxiv}"))
    if paper.doi:
        found.append((f"https://doi.org/{paper.doi}", f"doi:{paper.doi}"))
    if paper.url:
        found.append((paper.url, host_name(host_of(paper.url), "en") or paper.url))
    return found


def _breadcrumb(place: Place) -> str:
    words = place.view.words
    return f'<nav class="pk-crumbs" aria-label="{words.path}"><a href="{place.to("papers/")}">{words.papers}</a></nav>'


def _article(place: Place, paper: Paper) -> Iterator[str]:
    title, lang = words_in(paper.title, place.view.languages)
    words = place.view.words
    yield f'<h1 class="pk-long" lang="{lang}">{title}</h1>'
    yield f'<p class="pk-by">{escape(", ".join(paper.authors))}</p>'
    facts = [str(paper.year), *([escape(paper.venue)] if paper.venue else []), *map(escape, paper.names)]
    yield f'<p class="pk-facts">{"".join(f"<b>{fact}</b>" for fact in facts)}</p>'
    if paper.about is not None:
        about, lang = place.text(paper.about)
        yield f'<div class="pk-about md-typeset" lang="{lang}">{about}</div>'
    if entries := place.view.site.explanations.get(paper.key):
        yield f"<h2>{words.explanations} <span>{len(entries)}</span></h2>"
        yield entry_list(entries, place)


def _aside(place: Place, paper: Paper) -> Iterator[str]:
    words, papers = place.view.words, place.view.site.catalog.papers
    if links := paper_links(paper):
        yield _section(words.original, (link(url, escape(label)) for url, label in links))
    code = (paper.code,) if isinstance(paper.code, str) else paper.code
    if code:
        yield _section(words.code, (link(url, escape(host_name(host_of(url), place.view.lang) or url)) for url in code))
    if before := [papers[key] for key in paper.follows if key in papers]:
        yield _section(words.follows, (_paper_link(place, other) for other in before))
    if after := [other for other in papers.values() if paper.key in other.follows]:
        yield _section(words.followed_by, (_paper_link(place, other) for other in after))


def _section(heading: str, parts: Iterable[str]) -> str:
    return f"<section><h2>{heading}</h2><ul>{items(parts)}</ul></section>"


def _paper_link(place: Place, paper: Paper) -> str:
    name = paper.names[0] if paper.names else choose(paper.title, place.view.languages)[0]
    return f'<a href="{place.to(f"papers/{paper.key}/")}">{escape(name)}</a> <span>{paper.year}</span>'


def _index_page(view: View) -> Page:
    place, words = Place(view, "papers/"), view.words
    papers = sorted(view.site.catalog.papers.values(), key=lambda paper: (-paper.year, paper.key))
    rows = items(_row(place, paper) for paper in papers)
    heading = f"<h1>{words.papers} <span>{len(papers)}</span></h1>"
    return framed(place, words.papers, (heading, f'<ul class="pk-tree">{rows}</ul>'))


def _row(place: Place, paper: Paper) -> str:
    title, lang = words_in(paper.title, place.view.languages)
    name = escape(paper.names[0]) if paper.names else ""
    address = place.to(f"papers/{paper.key}/")
    return (
        f'<div class="pk-row"><a href="{address}" lang="{lang}">{title}</a><small>{name}</small>'
        f"<span>{paper.year}</span></div>"
    )
