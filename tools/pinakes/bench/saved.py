"""Saved pages with the values that are expected of them: a `<name>.html` or `.pdf` beside each `<name>.json`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pinakes.errors import PinakesError
from pinakes.links.verdict import VERDICTS

Scored = Literal[
    "title", "subtitle", "authors", "site", "published", "modified", "lang", "description", "image", "canonical",
    "kind", "keywords", "papers", "code", "verdict",
]  # fmt: skip
SCORED: tuple[Scored, ...] = get_args(Scored)
"""Fields that a page can have expected values of, in the order in which they are shown."""

_LISTS = frozenset[Scored](("authors", "keywords", "papers", "code"))
_DATES = frozenset[Scored](("published", "modified"))
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_BODIES = (".html", ".htm", ".pdf")


class Page(NamedTuple):
    """A saved page.

    Attributes:
        name: Its name.
        url: Where it was saved from.
        body: Its bytes.
        expected: What each field should be; None or an empty list if the page has none. A field that is absent is not
            scored.
        status: The HTTP status that it came with.
        is_pdf: Whether it is a PDF; else it is HTML.
    """

    name: str
    url: str
    body: bytes
    expected: Mapping[Scored, Any]
    status: int = 200
    is_pdf: bool = False


def read_pages(folder: Path) -> list[Page]:
    """Read a folder of saved pages, in the order of their names.

    Raises:
        PinakesError: Files that are no pages with expected values; all of them are named.
    """
    pages: list[Page] = []
    faults: list[str] = []
    for file in sorted(folder.rglob("*.json")):
        try:
            pages.append(_read(file, folder))
        except (OSError, ValueError) as error:
            faults.append(f"{file.relative_to(folder)}: {error}")
    if faults or not pages:
        raise PinakesError(
            "; ".join(faults) or "no pages with expected values here",
            place=str(folder),
            hint='beside each page.html or page.pdf stands a page.json: {"url": …, "title": …, "authors": […], …}',
        )
    return pages


def _read(file: Path, folder: Path) -> Page:
    body = next((found for suffix in _BODIES if (found := file.with_suffix(suffix)).is_file()), None)
    if body is None:
        raise ValueError(f"there is no {file.stem}.html or {file.stem}.pdf beside it")
    told = json.loads(file.read_bytes())
    _demand(isinstance(told, dict) and isinstance(told.get("url"), str), 'it has no "url"')
    status = told.get("status", 200)
    _demand(isinstance(status, int) and 100 <= status <= 599, f"{status!r} is no HTTP status")
    return Page(
        name=file.relative_to(folder).with_suffix("").as_posix(),
        url=told["url"],
        body=body.read_bytes(),
        expected=dict(_expected(name, value) for name, value in told.items() if name not in {"url", "status"}),
        status=status,
        is_pdf=body.suffix == ".pdf",
    )


def _expected(name: str, value: Any) -> tuple[Scored, Any]:
    field = next((field for field in SCORED if field == name), None)
    if field is None:
        raise ValueError(f"there is no field {name!r}")
    if value is None:
        return field, None
    if field in _LISTS:
        _demand(
            isinstance(value, list) and all(isinstance(item, str) for item in value), f"{field} is no list of texts"
        )
        return field, tuple(value)
    _demand(isinstance(value, str), f"{field} is no text")
    if field in _DATES:
        _demand(_DATE.fullmatch(value), f"{field} is {value!r}, not a year, year-month or date")
    _demand(field != "verdict" or value in VERDICTS, f"{value!r} is no verdict")
    return field, value


def _demand(holds: object, fault: str) -> None:
    if not holds:
        raise ValueError(fault)
