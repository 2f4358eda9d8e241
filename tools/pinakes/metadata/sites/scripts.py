"""What the scripts of Chinese sites hold: texts with escapes in escapes, and moments in China's time."""

from __future__ import annotations

import html
import re
from typing import Any

from pinakes.metadata.dates import CHINA, read_date
from pinakes.metadata.document import Document

_ASSIGNED = re.compile(
    r"""["']?\s*[=:]\s*"""
    r"""(?:\w{1,20}\s*\?[^:"'\n]{0,40}\('[^'\n]{0,80}'\)\s*:\s*)?"""  # a condition: its other branch is the value
    r"""(?:\w{1,20}\()?"""  # a function that decodes it
    r"""(?:"((?:[^"\\\n]|\\.){0,4000})"|'((?:[^'\\\n]|\\.){0,4000})')"""
)
_ESCAPED = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|(.))")
_LETTERS = {"n": "\n", "r": "\r", "t": "\t"}


def quoted(document: Document, name: str) -> str:
    """Give the first text that is not empty and that a script assigns to a name, its escapes resolved.

    `name = "…"`, `name: '…'` and `"name": "…"` count, also as `name = decode("…")` and `name: x ? y('…') : '…'`.
    The name alone is searched for, which takes a millisecond in a page of 4 MB; a pattern takes far longer.
    """
    start = document.text.find(name)
    while start >= 0:
        found = _ASSIGNED.match(document.text, start + len(name)) if _begins_there(document.text, start) else None
        if found and (value := unescaped(found[1] or found[2] or "")):
            return value
        start = document.text.find(name, start + 1)
    return ""


def unescaped(text: str) -> str:
    r"""Resolve the escapes of a script's string (`\x26`, `\u4e2d`, `\n`), and then HTML's, which may be there twice."""
    text = _ESCAPED.sub(_character, text).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return html.unescape(html.unescape(text))


def day(moment: Any) -> str:
    """Give the date, in China, of a text or of seconds since 1970; empty for what is none."""
    return read_date(moment, zone=CHINA) or ""


def single(name: str) -> tuple[str, ...]:
    """Give one author; none for an empty name."""
    return (name,) if name else ()


def linked(document: Document, address: str) -> str:
    """Make an address of the page's absolute; empty where there is none."""
    return document.joined(address) if address else ""


def _begins_there(text: str, start: int) -> bool:
    before = text[start - 1] if start else " "
    return not (before.isalnum() or before == "_")


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2]
    return chr(int(code, 16)) if code else _LETTERS.get(escape[3], escape[3])
