"""Rules about one title or one date."""

from __future__ import annotations

import re
from datetime import date

from pinakes.rules.registry import Fault, rule

_MARKDOWN = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)"  # a link or image
    r"|\*\*[^*\s][^*]*\*\*|__[^_\s][^_]*__|(?<!`)`[^`]+`(?!`)"  # strong, code
    r"|^#{1,6} |^[-*+>] "  # a heading, a list, a quote
)
_HTML = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>|&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\u3000]{2,}|[\n\t]")
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def is_date(value: str) -> bool:
    """Whether a text is written as a year, a year and month, or a date."""
    return bool(_PARTIAL_DATE.fullmatch(value))


def tidy_spaces(title: str) -> str:
    """Write a title on one line with single spaces."""
    return " ".join(title.split())


@rule("PK050", "malformed-date", of="date")
def malformed_date(value: str) -> Fault | None:
    """A date that is not written as one.

    Why:
        Pages, filters and exports sort by it. A year, a year and month, or a date (ISO 8601): `2020`, `2020-04`,
        `2020-04-09`.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            published: 9.4.2020

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            published: 2020-04-09
    """
    if is_date(value):
        return None
    return Fault(f"`{value}` is not a date", "write 2020, 2020-04 or 2020-04-09")


@rule("PK051", "impossible-date", of="date")
def impossible_date(value: str) -> Fault | None:
    """A date that no calendar has, or a year before the web's subject began.

    Why:
        It is a slip of the finger, and everything that sorts by it is wrong.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            published: 2020-02-30

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            published: 2020-02-29
    """
    found = _PARTIAL_DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        is_early = date(year, month, day).year < 1500
    except ValueError:
        return Fault(f"there is no {value}")
    return Fault(f"the year {year} cannot be meant") if is_early else None


@rule("PK060", "title-is-url", of="title")
def title_is_url(title: str) -> Fault | None:
    """A title that is an address.

    Why:
        A reader cannot tell what is behind it. The importer keeps a link without a title this way, tagged `untitled`.

    Bad:
        title: Autodiff
        entries:
          - title: https://example.org/autodiff
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    return (
        Fault("a title that is an address", "give the article's own title") if _URL.fullmatch(title.strip()) else None
    )


@rule("PK061", "title-without-words", of="title")
def title_without_words(title: str) -> Fault | None:
    """A title without a letter or a digit.

    Why:
        It says nothing, and nobody finds it.

    Bad:
        title: Autodiff
        entries:
          - title: "……"
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    return (
        None
        if any(map(str.isalnum, title))
        else Fault("a title without a letter or a digit", "give the article's own title")
    )


@rule("PK062", "title-markup", of="title", severity="warning")
def title_markup(title: str) -> Fault | None:
    """A title with Markdown or HTML in it.

    Why:
        Titles are plain text: the site shows them as they are written, with every asterisk and tag.

    Bad:
        title: Autodiff
        entries:
          - title: <b>Autodiff</b> in sixty lines
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    found = _HTML.search(title) or _MARKDOWN.search(title)
    return Fault(f"markup in a title: `{found[0]}`", "titles are plain text", found[0]) if found else None


@rule("PK063", "title-spaces", of="title", severity="warning", fix=tidy_spaces)
def title_spaces(title: str) -> Fault | None:
    """A title with spaces around it, several in a row, or a line break.

    Why:
        They are left over from copying, and make equal titles unequal.

    Bad:
        title: Autodiff
        entries:
          - title: "Autodiff  in sixty lines "
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    if title == title.strip() and not _SPACES.search(title):
        return None
    return Fault("a title with spaces too many", f"write `{tidy_spaces(title)}`")
