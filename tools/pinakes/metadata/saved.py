"""Saved pages: read from files, judged and read as if they had just come."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pinakes.errors import PinakesError
from pinakes.fetch.observation import Observation
from pinakes.links.classify import classify
from pinakes.links.verdict import Classified
from pinakes.metadata.extract import extract
from pinakes.metadata.record import FIELDS, Record


class Saved(NamedTuple):
    """A saved page.

    Attributes:
        page: The file.
        url: Where it was.
        status: The HTTP status that it came with.
    """

    page: Path
    url: str
    status: int = 200


class Read(NamedTuple):
    """What a saved page came to.

    Attributes:
        classified: What it says of its link.
        record: What it says of itself.
    """

    classified: Classified
    record: Record


def requests_in(lines: Iterable[bytes]) -> Iterator[Saved]:
    """Read which pages are asked for: a JSON object a line, `{"page", "url"}` and perhaps `"status"`.

    Raises:
        PinakesError: A line is none; with its number.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _request(line, f"stdin:{number}")


def read_page(saved: Saved, names: Mapping[str, str]) -> Read:
    """Judge a saved page and read what it says about itself.

    Args:
        saved: The page.
        names: Keys of the catalogue's papers, by what texts call them.

    Raises:
        PinakesError: The file cannot be read.
    """
    observation = _observation(saved)
    classified = classify(observation)
    return Read(classified, extract(observation, names, verdict=classified.verdict))


def json_document(pages: Iterable[Read]) -> str:
    """Write what pages came to as one JSON document, in their order."""
    pages = tuple(pages)
    records = [
        {**page.record.to_json(), "verdict": page.classified.verdict, "reason": page.classified.reason}
        for page in pages
    ]
    verdicts = Counter(page.classified.verdict for page in pages)
    document = {"schema": 1, "summary": {"records": len(records), "verdicts": verdicts}, "records": records}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def text(page: Read) -> str:
    """Write what a page came to for people: the verdict, then a line a field with the rule that found it."""
    lines = [page.record.url, f"  {page.classified.verdict}: {page.classified.reason}"]
    for name in FIELDS:
        value = getattr(page.record, name)
        if value not in (None, ()):
            said = ", ".join(value) if isinstance(value, tuple) else value
            lines.append(f"  {name:<12} {said}  ({page.record.provenance[name].rule})")
    return "\n".join(lines)


def _request(line: bytes, place: str) -> Saved:
    hint = 'a line is {"page": "saved.html", "url": "https://…"}, and perhaps "status"'
    try:
        data: Any = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise PinakesError(f"not valid JSON: {error}", place=place, hint=hint) from None
    match data:
        case {"page": str(page), "url": str(url)} if page and url:
            status = data.get("status", 200)
            if isinstance(status, int) and 100 <= status <= 999:
                return Saved(Path(page), url, status)
            raise PinakesError(f"`{status}` is no HTTP status", place=place, hint=hint)
    raise PinakesError("`page` or `url` is missing, or is no text", place=place, hint=hint)


def _observation(saved: Saved) -> Observation:
    try:
        body = saved.page.read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise PinakesError(f"cannot be read: {why}", place=str(saved.page)) from None
    media_type = "application/pdf" if b"%PDF-" in body[:1024] else "text/html"
    return Observation(
        url=saved.url,
        at=time.time(),
        final_url=saved.url,
        status=saved.status,
        headers={"content-type": media_type},
        body=body,
    )
