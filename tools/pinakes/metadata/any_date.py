"""The date of a page that says none where dates are said: what it shows anywhere, the likeliest place first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import partial
from itertools import islice
from typing import Any

from lxml import etree

from pinakes.metadata.dates import read_date
from pinakes.metadata.document import Document, text_of, visible
from pinakes.metadata.record import Candidate, Source

_MOST = 200
"""Elements of a sort that are looked at."""
_MOST_TEXT = 50_000
"""Characters of text in which a date is looked for."""
_FIRST_YEAR = 1995
_STEMS = (
    "jan jän ene gen", "feb fév fev", "mar mär", "apr avr abr", "mai may mag", "jun juin giu", "jul juil lug",
    "aug aoû ago", "sep set", "oct okt out ott", "nov", "dec dez déc dic",
)  # fmt: skip
"""How the months begin in English, German, French, Spanish, Italian and Portuguese."""
_MONTH_OF = {stem: number for number, stems in enumerate(_STEMS, 1) for stem in stems.split()}
_MONTH = "(?:" + "|".join(_MONTH_OF) + r")[^\W\d]{0,7}"
_YEAR = r"(?P<y{0}>(?:19|20)\d\d)"
_DATE = re.compile(
    rf"(?<![\d.,/-])(?:{_YEAR.format(1)}\s?[-/.年]\s?(?P<m1>\d{{1,2}})\s?[-/.月]\s?(?P<d1>\d{{1,2}})"  # 2020年4月9日
    rf"|(?P<d2>\d{{1,2}})\.\s?(?P<m2>\d{{1,2}})\.\s?{_YEAR.format(2)}"  # 9.4.2020
    r"|(?P<d3>\d{1,2})\.(?P<m3>\d{1,2})\.(?P<y3>\d\d)(?=[\s,)]|$)"  # 09.04.20
    rf"|(?P<first>\d{{1,2}})(?P<sign>[/-])(?P<second>\d{{1,2}})(?P=sign){_YEAR.format(4)}"  # 09/04/2020
    rf"|(?P<d5>\d{{1,2}})(?:\.|er|st|nd|rd|th|º)?[\s-](?:de\s|of\s)?(?P<n5>{_MONTH})\.?,?[\s-](?:de\s)?{_YEAR.format(5)}"
    rf"|(?P<n6>{_MONTH})\.?\s(?P<d6>\d{{1,2}})(?:st|nd|rd|th)?,?\s{_YEAR.format(6)}"  # April 9th, 2020
    r")(?!\d|[./-]\d)",
    re.IGNORECASE,
)
_A_YEAR = re.compile(r"(?:19|20)\d\d|\.\d\d(?=[\s,)]|$)")
_LONGEST = 30
"""Characters of a date beside its year."""
_ABBREVIATED = etree.XPath("//abbr/@title|//*[contains(@class,'published')]/@title")
_TIMES = etree.XPath("//time/@datetime")
_NAMED = re.compile(r"[dD]at|time|fecha|publi|posted|submitted|created|meta|info")
_ADDRESSES = etree.XPath("//meta[@property='og:image' or @name='twitter:image']/@content|//@href|//@src")
_IN_ADDRESS = re.compile(r"/(?P<date>(?:19|20)\d\d/[01]\d/[0-3]\d)(?=/)")


def candidates(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give the first date of the first place that may hold the page's, and does: it is not sure.

    In their order: what is marked up as the time of publishing, what the text says first after the headline, what has
    a class of dates, what the text says first of all, any `<time>`, what the page's own addresses hold.

    Args:
        document: The page.
        zone: Its time zone, for dates written in UTC.
    """
    tree = document.tree
    lang = document.attribute("html", "lang") or "en"
    read = partial(first_date, month_first=lang.lower().startswith("en"))
    places: tuple[tuple[float, Source, str, Iterable[str | None]], ...] = (
        (
            0.45,
            "dom",
            "title of an <abbr>",
            (read_date(each, zone=zone) or read(each) for each in _found(_ABBREVIATED, tree)),
        ),
        (0.4, "dom", "first date after the headline", map(read, _main_texts(document))),
        (0.35, "dom", "first class of a date with one", (read(text_of(each)[:120]) for each in _named(tree))),
        (0.3, "dom", "first date in the text", (read(_text_of(part)) for part in document.find("body"))),
        (0.25, "dom", "first <time>", (read_date(each, zone=zone) for each in islice(_found(_TIMES, tree), _MOST))),
        (0.2, "url", "first date in an address of the page", map(_in_address, _found(_ADDRESSES, tree))),
    )
    for confidence, source, rule, dates in places:
        if found := next(filter(None, dates), None):
            yield Candidate("published", found, source, rule, confidence)
            return


def _found(path: etree.XPath, tree: Any) -> Iterator[Any]:
    """Give what a path finds; it is not followed before that is asked for."""
    yield from path(tree)


def _named(tree: Any) -> Iterator[Any]:
    """Give the first elements whose class may be one of dates."""
    return islice((each for each in tree.iter() if _NAMED.search(each.get("class") or "")), _MOST)


def first_date(text: str, *, month_first: bool) -> str | None:
    """Give the first whole date of a text; None if it has none that can be one.

    Args:
        text: The text, in any of the languages whose months are known.
        month_first: Whether 9/4/2020 is the fourth of September.
    """
    for found in _dates(text):
        year, month, day = _numbers(found, month_first=month_first)
        try:
            moment = date(year, month, day)
        except ValueError:
            continue
        if moment.year >= _FIRST_YEAR and moment <= datetime.now(UTC).date() + timedelta(days=1):
            return moment.isoformat()
    return None


def _dates(text: str) -> Iterator[re.Match[str]]:
    """Find dates around what may be a year: to look for them at each character would take a second a megabyte."""
    read = 0
    for year in _A_YEAR.finditer(text):
        if year.start() < read:
            continue
        around = max(read, year.start() - _LONGEST), year.end() + _LONGEST
        if found := _DATE.search(text, *around):
            read = found.end()
            yield found


def _numbers(found: re.Match[str], *, month_first: bool) -> tuple[int, int, int]:
    """Give year, month and day as a match has them."""
    named = {name[0]: text for name, text in found.groupdict().items() if text and name[-1].isdigit()}
    year = int(named["y"]) + (2000 if len(named["y"]) == len("20") else 0)
    if found["sign"]:
        first, second = int(found["first"]), int(found["second"])
        return (year, first, second) if (month_first and first <= 12) or second > 12 else (year, second, first)
    if "n" in named:
        name = named["n"].lower()
        return year, next(_MONTH_OF[name[:size]] for size in (4, 3) if name[:size] in _MONTH_OF), int(named["d"])
    return year, int(named["m"]), int(named["d"])


def _in_address(address: str) -> str | None:
    found = _IN_ADDRESS.search(address)
    return read_date(found["date"]) if found else None


def _main_texts(document: Document) -> Iterator[str]:
    """Give the page's text from its headline on, or that of its main part where it has none."""
    headline = document.first("h1")
    if headline:
        yield from (_text_of(body).partition(headline)[2] for body in document.find("body"))
    else:
        yield from (_text_of(part) for part in document.find("main, article")[:1])


def _text_of(part: Any) -> str:
    pieces: list[str] = []
    length = 0
    for piece in visible(part):
        pieces.append(piece)
        length += len(piece)
        if length > _MOST_TEXT:
            break
    return " ".join(" ".join(pieces).split())
