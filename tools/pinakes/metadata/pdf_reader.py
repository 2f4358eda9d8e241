"""Read what a PDF says of itself, in a process of its own: `python pdf_reader.py < file.pdf` prints JSON.

A PDF can be made so that reading it takes for ever, or all memory; a process can be stopped, a thread cannot. This one
limits itself as well, so that it ends even if nobody waits for it. It knows nothing of Pinakes.
"""

from __future__ import annotations

import io
import json
import logging
import math
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

MOST_SECONDS = 3
"""Of the processor's time; by the clock it may be more where many share it."""
MOST_MEMORY = 1_000_000_000
"""Bytes of address space: twice what the largest of ordinary papers takes."""
MOST_PAGES = 2
"""Pages whose text is read: behind a cover that is only a picture comes the title."""
_MOST_LINES = 120
_MOST_CHARACTERS = 1_000


class _Piece(NamedTuple):
    y: float
    size: float
    text: str


def main() -> None:
    """Read the PDF on standard input and print what it says; print nothing if it cannot be read."""
    _limit()
    logging.disable(logging.CRITICAL)  # pypdf tells of every fault of a file
    try:
        said = _read(sys.stdin.buffer.read())
    except (Exception, RecursionError, MemoryError):  # noqa: BLE001  # a hostile file may raise anything
        return
    sys.stdout.write(json.dumps(said))


def _limit() -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415  # there is none on Windows

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def _read(data: bytes) -> dict[str, Any]:
    from pypdf import PdfReader  # noqa: PLC0415  # after the limits are set

    reader = PdfReader(io.BytesIO(data), strict=False)
    first = reader.pages[0]
    return {
        "width": float(first.mediabox.width),
        "height": float(first.mediabox.height),
        "info": _info(reader),
        "xmp": _xmp(reader),
        "lines": [line for page in reader.pages[:MOST_PAGES] for line in _lines(page)],
    }


def _info(reader: Any) -> dict[str, str]:
    """Give title, author, creator and producer as the information dictionary has them (ISO 32000 §14.3.3)."""
    try:
        info = reader.metadata or {}
        return {key: _text(info.get(f"/{key.title()}")) for key in ("title", "author", "creator", "producer")}
    except Exception:  # noqa: BLE001  # the pages may be readable all the same
        return {}


def _xmp(reader: Any) -> dict[str, Any]:
    """Give `dc:title` and `dc:creator` of the XMP packet (ISO 16684)."""
    try:
        xmp = reader.xmp_metadata
        titles, creators = (xmp.dc_title or {}, xmp.dc_creator or []) if xmp else ({}, [])
        return {
            "title": _text(titles.get("x-default") or next(iter(titles.values()), "")),
            "authors": [_text(name) for name in creators[:100]],
        }
    except Exception:  # noqa: BLE001  # XML of any kind may stand there
        return {}


def _lines(page: Any) -> list[tuple[float, str]]:
    """Give the lines of a page in their order, each with the size of its letters in points."""
    pieces: list[_Piece] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ARG001
        # What stands on its side, such as arXiv's stamp, is no line of the text: its size is given as 0.
        scale = math.hypot(tm[0] * cm[0], tm[1] * cm[0]) if abs(tm[1]) < abs(tm[0]) else 0.0
        pieces.append(_Piece(tm[5] * cm[3] + cm[5], size * scale, text))

    page.extract_text(visitor_text=visit)
    return list(_joined(pieces))[:_MOST_LINES]


def _joined(pieces: list[_Piece]) -> Iterator[tuple[float, str]]:
    """Join the pieces of a line; raised marks and smaller letters within it do not end it."""
    line, top, size = "", 0.0, 0.0
    for piece in pieces:
        if not piece.text.strip():
            line += " " if line else ""
            continue
        if line.strip() and abs(piece.y - top) > 0.6 * max(size, piece.size, 1.0):
            yield size, _text(line)
            line, size = "", 0.0
        line += piece.text.replace("\n", " ")
        top, size = piece.y, max(size, piece.size)
    if line.strip():
        yield size, _text(line)


def _text(value: Any) -> str:
    return " ".join(str(value or "").split())[:_MOST_CHARACTERS]


if __name__ == "__main__":
    main()
