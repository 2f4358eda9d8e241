"""What a PDF says of itself: title and authors by its properties and by its first page, and whether it is slides."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pinakes.fetch.observation import Observation
from pinakes.metadata import pdf_reader
from pinakes.metadata.clean import clean_authors, is_name, plain
from pinakes.metadata.language import language_of
from pinakes.metadata.mentions import papers_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import arxiv, scholar
from pinakes.text import fold

MOST_SECONDS = 10
"""By the clock, for the process that reads; it has 3 s of the processor's time."""
_NO_TITLE = re.compile(
    r"microsoft (?:word|powerpoint)\b.*|power\s?point.*|untitled.*|slide \d+|presentation\d*|document\d*|title"
    r"|template.*"
    r"|.*\.(?:pdf|docx?|pptx?|tex|dvi|indd|qxd|ps|key|odt|odp|pages)|演示文稿\s*\d*|幻灯片\s*\d*|文档\s*\d*|无标题.*|arxiv:.*"
    r"|\S{0,40}[_\d]\S{0,40}",
    re.IGNORECASE,
)
"""What programs put in the place of a title: their own name, the file's, the template's."""
_NO_AUTHORS = (
    "windows user", "windows 用户", "microsoft office user", "microsoft", "微软用户", "微软中国", "lenovo", "dell",
    "hp", "mac", "pc",
)  # fmt: skip
"""Names that systems give their first user."""
_MARKS = re.compile(r"[∗*†‡§¶⋆✉♠♣♥♦\u00b9\u00b2\u00b3\u2070-\u2079]+")
"""Marks of footnotes."""
_NUMBERS = re.compile(r"(?<=[^\W\d_])\s?\d(?:[\s,]{1,3}\d)*(?!\w)")
"""Numbers of affiliations behind names."""
_ABSTRACT = re.compile(r"(?:abstract|摘\s*要)\s*(?:$|[.:：—–-])", re.IGNORECASE)
_SLIDES = re.compile(r"powerpoint|beamer|keynote|impress|google slides", re.IGNORECASE)
_MOST_TITLE_LINES = 5
_MOST_AUTHOR_LINES = 8


class _Page(NamedTuple):
    """What the first pages show: the title's lines and what comes after them."""

    title: str
    after: tuple[str, ...]
    text: str


def candidates(observation: Observation) -> Iterator[Candidate]:
    """Give what a PDF says of itself.

    A title or author in its properties counts if the first pages show it too, or if they show none: templates and
    programs leave their own there. What cannot be read, or takes too long, says nothing.

    Args:
        observation: What came of the address; its body is the file.
    """
    yield from _by_address(observation.final_url)
    said = _read(observation.body)
    if not said:
        return
    page = _page(said["lines"])
    yield from _titles(said, page)
    yield from _authors(said, page)
    yield from _stamp(page.text)
    if language := language_of(page.text):
        yield Candidate("lang", language, "text", "pdf: text of the first pages", 0.8)
    is_slides = said["width"] > said["height"] or bool(
        _SLIDES.search(f"{_of(said, 'creator')} {_of(said, 'producer')}")
    )
    if is_slides:
        yield Candidate("kind", "slides", "dom", "pdf: wider than high, or by a program for slides", 0.9)
    elif any(_ABSTRACT.match(line) for line in page.after):
        yield Candidate("kind", scholar.kind(page.title), "dom", "pdf: abstract", 0.7)


def _read(body: bytes) -> Mapping[str, Any]:
    """Let a process of its own read the file; empty if it cannot, or does not end."""
    if b"%PDF-" not in body[:1024]:  # ISO 32000 §7.5.2, note: readers accept the header within the first 1,024 bytes
        return {}
    reader = Path(pdf_reader.__file__)
    try:
        done = subprocess.run(  # noqa: S603  # our own program
            [sys.executable, "-I", str(reader)], input=body, capture_output=True, timeout=MOST_SECONDS, check=False
        )
        said = json.loads(done.stdout or b"{}")
    except (subprocess.TimeoutExpired, OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def _page(lines: Sequence[tuple[float, str]]) -> _Page:
    """Find the title among the lines of the first pages: those of the largest letters, where they come first."""
    text = "\n".join(line for _, line in lines)
    shown = [(size, line) for size, line in lines if size > 0 and sum(map(str.isalpha, line)) > len(line) / 2]
    if not shown:
        return _Page("", (), text)
    largest = max(size for size, _ in shown[: _MOST_TITLE_LINES * 6])
    start = next(index for index, (size, _) in enumerate(shown) if size > 0.97 * largest)
    end = start
    while end < min(len(shown), start + _MOST_TITLE_LINES) and shown[end][0] > 0.97 * largest:
        end += 1
    title = _sentence(line for _, line in shown[start:end])
    has_size = len({round(size) for size, _ in shown}) > 1  # one size for all: nothing is the title
    return _Page(title if has_size else "", tuple(line for _, line in shown[end:]), text)


def _sentence(lines: Iterator[str]) -> str:
    """Join the lines of a title; a word parted at a line's end (`contras-`, `tive`) is whole again."""
    joined = ""
    for line in lines:
        is_parted = joined.endswith("-")
        begun = joined[:-1] if is_parted and line[:1].islower() else joined
        joined = begun + line if is_parted else f"{begun} {line}"
    return plain(_MARKS.sub("", joined))


def _titles(said: Mapping[str, Any], page: _Page) -> Iterator[Candidate]:
    shown = fold(page.text)
    for rule, written in (("XMP dc:title", said["xmp"].get("title")), ("Info Title", _of(said, "title"))):
        title = plain(written or "")
        if len(title) < 3 or _NO_TITLE.fullmatch(title):
            continue
        if fold(title) in shown:
            yield Candidate("title", title, "meta", f"pdf: {rule}, shown on the first page", 0.95)
        elif not page.title and _is_phrase(title):
            yield Candidate("title", title, "meta", f"pdf: {rule}", 0.6)
    if _is_shown_title(page.title):
        yield Candidate("title", page.title, "dom", "pdf: largest letters of the first page", 0.8)


def _is_phrase(title: str) -> bool:
    """Say whether a text is more than a word: that is a file's name, a sheet's, or a line's end."""
    return len(title.split()) > 1 or len(re.findall(r"[\u4e00-\u9fff]", title)) > 3


def _is_shown_title(line: str) -> bool:
    return _is_phrase(line) or (len(line) > 5 and line.isalnum() and line[0].isupper())


def _authors(said: Mapping[str, Any], page: _Page) -> Iterator[Candidate]:
    shown = fold(page.text)
    for rule, written in (("XMP dc:creator", said["xmp"].get("authors") or []), ("Info Author", [_of(said, "author")])):
        names = clean_authors(written, _NO_AUTHORS)
        if names and all(fold(name) in shown for name in names):
            yield Candidate("authors", names, "meta", f"pdf: {rule}, shown on the first page", 0.95)
        elif names and not page.after and all(map(_is_person, names)):
            yield Candidate("authors", names, "meta", f"pdf: {rule}", 0.5)
    if _is_shown_title(page.title) and (names := _names_below(page.after)):
        yield Candidate("authors", names, "dom", "pdf: names below the title", 0.6)


def _names_below(lines: Sequence[str]) -> tuple[str, ...]:
    """Give the names that stand right below a title; none where something else does, for fewer are better than bad."""
    found: list[str] = []
    for line in lines[:_MOST_AUTHOR_LINES]:
        names = clean_authors([_NUMBERS.sub(", ", _MARKS.sub(", ", line))])
        if _ABSTRACT.match(line) or not names or not all(_is_person(name) for name in names):
            break
        found += names
    return tuple(dict.fromkeys(found))


def _is_person(name: str) -> bool:
    """Say whether a name is a person's: two to four words that begin with capitals, or two to four Han characters."""
    words = name.split()
    if len(words) == 1:
        return bool(re.fullmatch(r"[\u4e00-\u9fff]{2,4}", name))
    return is_name(name) and len(words) <= 4 and all(word[0].isupper() for word in words) and not _PLACE.search(name)


_PLACE = re.compile(
    r"\b(?:university|institute|college|school|department|laborator\w+|lab|labs|research|google|microsoft|facebook|meta|ai"
    r"|inc|academy|center|centre|conference|workshop|lecture|course|brain|deepmind|openai)\b|大学|学院|研究",
    re.IGNORECASE,
)


def _by_address(url: str) -> Iterator[Candidate]:
    """Say which paper an address of arXiv, OpenReview, the ACL, CVF or PMLR is of, whatever its file holds."""
    papers = papers_of("", [url], {})
    if papers:
        yield Candidate("papers", papers, "url", "pdf: paper that the address names", 0.95)
    if papers and papers[0].startswith("arxiv:"):
        yield Candidate("site", "arXiv", "site", "arxiv.org: host", 0.98)


def _stamp(text: str) -> Iterator[Candidate]:
    """Read arXiv's stamp, which dates the version that it stands on."""
    number, version, day = arxiv.stamp(text)
    if number:
        yield Candidate("papers", (f"arxiv:{number}",), "site", "arxiv.org: stamp on the first page", 0.98)
        yield Candidate("kind", "paper", "site", "arxiv.org: stamp on the first page", 0.9)
        yield from arxiv.dated(version, day)


def _of(said: Mapping[str, Any], key: str) -> str:
    return str(said["info"].get(key) or "")
