"""What stands around the words of a line: list markers, quotes, emphasis, punctuation."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

_QUOTE = re.compile(r"\s*(?:>\s?)+")
_MARKER = re.compile(
    r"\s*(?:"
    r"[-*+•●▪◦·‣]\s+|[•●▪◦‣]"  # bullets
    r"|\d{1,3}[.)]\s+|\d{1,3}、\s*|[①-⑳⑴-⒇]\s*"  # numbers
    r"|\[\^[^\]\s]+\]:\s*|\[\d{1,3}\](?![(\[:])\s*"  # a footnote, a numbered reference
    r")(?:\[[ xX]\]\s+)?"  # a task's box
)
# What nobody sees, and no catalogue file may hold: C0 and C1 controls, zero-width characters, bidirectional controls.
_UNSEEN = (
    r"\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069"
    r"\ufeff\ud800-\udfff\ufffe\uffff"
)
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
_SUSPECT = re.compile(rf"[*_`~\\&:：{{\n\t{_UNSEEN}]|[^\S\u3000]{{2}}")  # without any of these a title is clean
_SPACES = re.compile(r"[^\S\u3000]{2,}|[\n\t]+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~<>])")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_AROUND = re.compile(r"^([*_~]{1,3})(?=\S)(.*)(?<=\S)\1$", re.DOTALL)
_MATHS = re.compile(r"\$\$\s*(?=\S)((?:(?!\$\$).)+?)\s*\$\$")
_AT_END = re.compile(r"(?:\s*[:：]|\s*\\|\s*\{:[^{}]*\})+$")


class Marked(NamedTuple):
    """A line without the marks that it begins with.

    Attributes:
        has_marker: It is an item of a list.
        is_quoted: It is quoted with `>`.
        prefix: The marks.
    """

    text: str
    has_marker: bool
    is_quoted: bool
    prefix: str


def unmark(text: str) -> Marked:
    """Take off quotes and the list marker that a line begins with."""
    quote = _QUOTE.match(text)
    start = quote.end() if quote else 0
    marker = _MARKER.match(text, start)
    start = marker.end() if marker else start
    return Marked(text[start:].strip(), marker is not None, quote is not None, text[:start])


def visible(text: str) -> str:
    """Take invisible characters out of a text, and the spaces around it."""
    return _INVISIBLE.sub("", text).strip()


def clean_title(text: str) -> str:
    """Take from a title what is not part of it: emphasis, escapes, a colon at the end, spaces too many."""
    if not _SUSPECT.search(text):
        return text.strip()
    text = _CODE.sub(r"\1", _STRONG.sub(r"\2", visible(text)))
    while (bare := _AROUND.sub(r"\2", _AT_END.sub("", text))) != text:
        text = bare.strip()
    text = html.unescape(_ESCAPE.sub(r"\1", text)) if "\\" in text or "&" in text else text
    return _SPACES.sub(" ", visible(text))


def inline_maths(text: str) -> str:
    """Write Jekyll's `$$x$$` inside a line as `$x$`, which is how topics have it."""
    return _MATHS.sub(r"$\1$", text) if "$$" in text else text
