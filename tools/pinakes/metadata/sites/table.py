"""What the tables of single sites are made of: rows of a field, a value and the rule that found it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pinakes.metadata.clean import plain
from pinakes.metadata.dates import read_date
from pinakes.metadata.record import Candidate, Field

Row = tuple[Field, Any, str]
"""A field, what the page says of it (empty if nothing), and where: `citation_date`.

What a page must be searched for may be given as a function; it is asked only if no row before it said anything.
"""
_DATES = frozenset({"published", "modified"})
_READER = json.JSONDecoder(strict=False)


def rows(site: str, *table: Row, confidence: float = 1.0) -> Iterator[Candidate]:
    """Give a candidate for each row of a table that has a value; dates are read, in whatever form they stand.

    Args:
        site: The site's main host, with which its rules are named.
        table: The rows, of two for the same field the better first.
        confidence: How sure the first row of a field is; each later one is a little less so.
    """
    seen: dict[str, int] = {}
    for field, said, where in table:
        value = _asked(said, is_needed=field not in seen)
        if field in _DATES and value:
            value = read_date(value)
        if value:
            rank = seen[field] = seen.get(field, -1) + 1
            yield Candidate(field, value, "site", f"{site}: {where}", round(confidence - rank * 0.02, 2))


def _asked(said: Any | Callable[[], Any], *, is_needed: bool) -> Any:
    if not callable(said):
        return said
    return said() if is_needed else ""


def embedded(text: str, mark: str) -> Any:
    """Read the JSON value right behind a mark in a page's script; None if there is none that can be read."""
    start = text.find(mark)
    if start < 0:
        return None
    try:
        return _READER.raw_decode(text, start + len(mark))[0]
    except (ValueError, RecursionError):
        return None


def group(pattern: re.Pattern[str], text: str) -> str:
    """Give the first group of a pattern's first match; empty if there is none."""
    found = pattern.search(text)
    return found[1] if found else ""


def inside(data: Any, *keys: str) -> Any:
    """Give what lies in nested JSON objects under some keys; None if one of them is missing."""
    for key in keys:
        data = data.get(key) if isinstance(data, Mapping) else None
    return data


def words(value: Any) -> str:
    """Write a JSON text in one line; empty for what is no text."""
    return plain(value) if isinstance(value, str) else ""


def all_words(value: Any) -> tuple[str, ...]:
    """Write the texts of a JSON list, or a single text, each in one line and once."""
    given = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(word for one in given[:1_000] if (word := words(one))))
