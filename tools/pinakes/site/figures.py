"""How large figures are, so that a page keeps their place while they load."""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import NamedTuple

_HEAD = 4096
"""Bytes of a file that hold its size."""
_SVG_TAG = re.compile(r"<svg\b[^>]*>")
_VIEW_BOX = re.compile(r"""\bviewBox\s*=\s*["']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)""")
_PNG = b"\x89PNG\r\n\x1a\n"


class Size(NamedTuple):
    """Width and height in CSS pixels."""

    width: int
    height: int


def figure_size(file: Path) -> Size | None:
    """Read how large a figure is drawn: an SVG by its own width and height or its view box, a PNG by its header.

    Returns:
        The size, or None if the file does not say.
    """
    with file.open("rb") as opened:
        head = opened.read(_HEAD)
    if head.startswith(_PNG) and len(head) >= 24:
        # PNG (ISO/IEC 15948), 11.2.2: the header chunk comes first and begins with width and height.
        return Size(*struct.unpack(">II", head[16:24]))
    tag = _SVG_TAG.search(head.decode("utf-8", errors="replace"))
    return _svg_size(tag[0]) if tag else None


def _svg_size(tag: str) -> Size | None:
    width, height = _length(tag, "width"), _length(tag, "height")
    box = _VIEW_BOX.search(tag)
    if box and not (width and height):
        ratio = float(box[2]) / float(box[1]) if float(box[1]) else 0
        width = width or (height / ratio if height and ratio else float(box[1]))
        height = width * ratio
    return Size(round(width), round(height)) if width and height else None


def _length(tag: str, name: str) -> float | None:
    """A length in pixels; one in another unit is not counted, since the view box tells as much."""
    found = re.search(rf"""\s{name}\s*=\s*["']\s*([\d.]+)(?:px)?\s*["']""", tag)
    return float(found[1]) if found else None
