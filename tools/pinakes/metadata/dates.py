"""Dates in the forms that pages write them in, read as exactly as they are written and no more."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo

CHINA = timezone(timedelta(hours=8))
"""The time of Chinese hosts, which has no summer time since 1991."""
_FIRST_YEAR = 1990
"""The web began in 1991: an older date on a page is another one's, or a mistake."""
_MOST = 200
"""Characters in which a date is looked for."""
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<name>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_UNIX = re.compile(r"(\d{10})(?:\d{3})?(?:\.\d+)?")
_IN_UTC = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|UTC|GMT|[+-]00:?00)")
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        # 2020-04-09T12:00:00+08:00, 2020/4/9, 2020.4.9, 2020年4月9日, 2020-04
        r"(?<![\d.])(?P<year>\d{4})\s?[-/.年]\s?(?P<month>\d{1,2})(?:\s?[-/.月]\s?(?P<day>\d{1,2}))?(?!\d|\s?[-/.]\d)",
        r"^(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?\d{4,6}|T\d.*)?$",  # 20200409, 20200409T120000Z
        rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}",  # April 9, 2020
        rf"(?<!\d){_DAY}[\s-]+(?:of\s+)?{_MONTH},?[\s-]+{_YEAR}",  # Thu, 09 Apr 2020 12:00:00 GMT (RFC 2822)
        rf"\b{_MONTH},?\s+{_YEAR}",  # April 2020
        rf"^{_YEAR}\s?年?$",
    )
)


def read_date(written: object, *, zone: tzinfo = UTC, today: date | None = None) -> str | None:
    """Read the first date in a text, or a number of seconds or milliseconds since 1970.

    A date is that of the page's own time zone: what is written with an offset is taken as it is written. What is
    written in UTC may only have been stored so (Hexo does): it is brought into `zone`, as are unix times.

    Args:
        written: The text or number.
        zone: The time zone of the page.
        today: The present, for tests; a date more than a day ahead of it is none of the page's.

    Returns:
        `2020`, `2020-04` or `2020-04-09`; None if there is no date, or one that cannot be.
    """
    text = str(written).strip()[:_MOST]
    latest = (today or datetime.now(UTC).date()) + timedelta(days=1)
    moment = _moment(text, zone)
    if moment is not None:
        return moment.isoformat() if _may_be(moment, latest) else None
    for form in _FORMS:
        for found in form.finditer(text):
            if parts := _parts(found, latest):
                return parts
    return None


def _moment(text: str, zone: tzinfo) -> date | None:
    """Read a point of time, whose day depends on the zone; None for what is none."""
    try:
        if found := _UNIX.fullmatch(text):
            return datetime.fromtimestamp(int(found[1]), zone).date()
        if found := _IN_UTC.match(text):
            return datetime.fromisoformat(found[0][:16] + "+00:00").astimezone(zone).date()
    except (ValueError, OverflowError, OSError):
        pass
    return None


def _parts(found: re.Match[str], latest: date) -> str | None:
    """Write a date with the precision that it was found with; None for one that cannot be."""
    named = found.groupdict()
    year, day = int(named["year"]), named.get("day")
    month = _MONTHS.index(named["name"][:3].lower()) + 1 if named.get("name") else named.get("month")
    try:
        moment = date(year, int(month or 1), int(day or 1))
    except ValueError:
        return None
    if not _may_be(moment, latest):
        return None
    return moment.isoformat()[: 10 if day else 7 if month else 4]


def _may_be(moment: date, latest: date) -> bool:
    return moment.year >= _FIRST_YEAR and moment <= latest
