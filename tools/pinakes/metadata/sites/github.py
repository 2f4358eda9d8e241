"""GitHub: a repository, a folder or file of it, an issue or discussion, a gist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import inside, rows, words

_NO_OWNERS = frozenset(
    "about account apps collections contact customer-stories enterprise events explore features join login marketplace "
    "new notifications orgs organizations pricing readme resources search security sessions settings signup site "
    "solutions sponsors team topics trending users".split()
)
"""First parts of addresses that are GitHub's own pages."""
_PROSE = (".md", ".markdown", ".rst", ".txt", ".adoc", ".org")
_ADVERT = re.compile(
    r"\.?\s*Contribute to \S+ development by creating an account on GitHub\.$|^GitHub Gist: .*", re.DOTALL
)
_THREAD = re.compile(
    r" · (?:Issue|Pull Request|Discussion|[\w.-]+/[\w.-]+ · Discussion) #\d+.*| · [\w.-]+/[\w.-]+(?: · .*)?$"
)


def extract(document: Document) -> Iterator[Candidate]:
    """Give what a page of GitHub says.

    A repository has no date of its own on its page. Sources: saved pages in public repositories for the tags
    (`og:*`, `octolytics-dimension-repository_nwo`) and for an issue's JSON-LD (`DiscussionForumPosting`); for the
    elements of gists and of older issues there is no source but the markup as readers of the site know it.
    """
    parts = [unquote(part) for part in document.path.split("/") if part]
    if document.host == "gist.github.com":
        yield from _gist(document, parts)
    elif document.host == "github.com" and len(parts) >= 2 and parts[0].lower() not in _NO_OWNERS:
        yield from _of_repository(document, parts)


def _of_repository(document: Document, parts: list[str]) -> Iterator[Candidate]:
    name = _name(document, parts)
    match parts[2:]:
        case [] | ["tree", _]:
            yield from _repository(document, name)
        case ["blob" | "tree" | "blame" | "raw", _, *path] if path:
            yield from _file(document, name, path, is_file=parts[2] != "tree")
        case ["issues" | "discussions" | "pull", number, *_] if number.isdecimal():
            yield from _thread(document, name, is_question=parts[2] != "pull")
        case ["wiki", *_]:
            yield from _wiki(document, name)
    yield from rows(SITE.name, ("code", (f"https://github.com/{name}",), "address"), ("site", "GitHub", "host"))


def _name(document: Document, parts: list[str]) -> str:
    """Name the repository, in the letters that its owner chose."""
    given = document.meta("octolytics-dimension-repository_nwo")
    return given if given.count("/") == 1 else f"{parts[0]}/{parts[1].removesuffix('.git')}"


def _repository(document: Document, name: str) -> Iterator[Candidate]:
    about = _ADVERT.sub("", document.meta("og:description", "description"))
    yield from rows(
        SITE.name,
        ("title", name, "repository_nwo"),
        ("description", about.removesuffix(f" - {name}").strip(), "og:description"),
        ("keywords", tuple(map(text_of, document.find("a.topic-tag"))), ".topic-tag"),
        ("kind", "code", "address"),
    )


def _file(document: Document, name: str, path: list[str], *, is_file: bool) -> Iterator[Candidate]:
    """Give what the page of a file says; one that is prose, or a notebook, has a heading of its own."""
    heading = document.first("article.markdown-body h1, div.markdown-body h1") if is_file else ""
    is_prose = is_file and path[-1].lower().endswith(_PROSE)
    yield from rows(
        SITE.name,
        ("title", heading, "heading of the file"),
        ("title", f"{name}: {'/'.join(path)}", "address"),
        ("authors", (name.partition("/")[0],), "owner of the repository"),
        ("kind", "article" if is_prose else "code", "name of the file"),
    )


def _thread(document: Document, name: str, *, is_question: bool) -> Iterator[Candidate]:
    posting = _posting(document)
    opener = words(inside(posting, "author", "name")) or document.first("div.timeline-comment-header a.author")
    shown = "div.timeline-comment-header relative-time, div.gh-header-meta relative-time"
    yield from rows(
        SITE.name,
        ("title", words(inside(posting, "headline")), "JSON-LD headline"),
        ("title", _THREAD.sub("", document.meta("og:title")), "og:title"),
        ("authors", (opener,) if opener else (), "who opened it"),
        ("published", words(inside(posting, "datePublished")), "JSON-LD datePublished"),
        ("published", lambda: document.attribute(shown, "datetime"), "relative-time"),
        ("description", _ADVERT.sub("", document.meta("og:description")), "og:description"),
        ("kind", "question" if is_question else "code", f"address in {name}"),
    )


def _posting(document: Document) -> Any:
    for element in document.find('script[type="application/ld+json"]'):
        if "DiscussionForumPosting" in (element.text or ""):
            return document.data('script[type="application/ld+json"]')
    return None


def _wiki(document: Document, name: str) -> Iterator[Candidate]:
    heading = document.first("h1.gh-header-title, div#wiki-content h1")
    yield from rows(SITE.name, ("title", heading or f"{name}: wiki", "heading"), ("kind", "article", "address"))


def _gist(document: Document, parts: list[str]) -> Iterator[Candidate]:
    """Give what the page of a gist says; the time beside `Last active` is that of its last change or star."""
    if len(parts) < 2:
        return
    times = [time for time in document.find("relative-time[datetime]")[:20] if "Created" in text_of(time.getparent())]
    title = document.meta("og:title") or document.first("strong.gist-blob-name")
    yield from rows(
        SITE.name,
        ("title", title, "og:title"),
        ("authors", (parts[0],), "address"),
        ("published", times[0].get("datetime") if times else "", "relative-time after `Created`"),
        (
            "description",
            _ADVERT.sub("", document.meta("og:description")).removeprefix(title).strip(" ."),
            "og:description",
        ),
        ("kind", "article" if title.lower().endswith(_PROSE) else "code", "name of the file"),
        ("code", (f"https://gist.github.com/{parts[0]}/{parts[1]}",), "address"),
        ("site", "GitHub Gist", "host"),
    )


SITE = Site(
    name="github.com",
    hosts=("github.com",),
    extract=extract,
    suffixes=(r"\s*·\s*GitHub",),
    not_authors=("GitHub",),
)
