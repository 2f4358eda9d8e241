"""Bytes to text, whatever a blog of the last twenty years was saved in."""

from __future__ import annotations

import codecs
import re

from pinakes.errors import PinakesError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_BREAK = re.compile(r"\r\n|\n|\r")
_MOST_CONTROLS = 0.01  # of the characters; a text has none, or a few that were pasted along
_MOST_DAMAGE = 0.1  # of what is not ASCII; GB18030 read as UTF-8 is nearly all damage


def decode(data: bytes, place: str) -> str:
    """Decode a post: UTF-8, UTF-16 or UTF-32, with or without a byte order mark, or GB18030 (with it GBK and GB2312).

    UTF-8 with a few broken bytes is still UTF-8: each broken piece becomes U+FFFD.

    Args:
        data: The file's bytes.
        place: What an error calls it.

    Raises:
        PinakesError: It is no text.
    """
    text = _decode_marked(data, place)
    if text is None:
        text = _decode_plain(data)
    if text is None or "\0" in text or len(_CONTROLS.findall(text)) > _MOST_CONTROLS * len(text):
        raise PinakesError(
            "not a text: neither UTF-8, UTF-16 nor GB18030",
            place=place,
            hint="leave it out, or convert it to UTF-8 first (`iconv -f … -t UTF-8`)",
        )
    return text


def split_lines(text: str) -> tuple[str, ...]:
    """Split a text into lines as editors count them: at LF, CRLF and CR only."""
    return tuple(_BREAK.split(text))


def _decode_marked(data: bytes, place: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise PinakesError(f"begins as {encoding}, but is not: {error.reason}", place=place) from None
    return None


def _decode_plain(data: bytes) -> str | None:
    if encoding := _wide_encoding(data):
        return _attempt(data, encoding)
    for text in (_attempt(data, "utf-8"), _decode_damaged(data), _attempt(data, "gb18030")):
        if text is not None:
            return text
    return None


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _wide_encoding(data: bytes) -> str:
    """Name the UTF-16 that bytes without a mark may be: ASCII in it has a zero in every other byte."""
    if b"\0" not in data or len(data) % 2:
        return ""
    return "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"


def _decode_damaged(data: bytes) -> str | None:
    """Read as UTF-8 what nearly is; None if too much of it is not."""
    text = data.decode("utf-8", errors="replace")
    foreign = sum(1 for character in text if character > "\x7f")
    return text if text.count("\ufffd") <= _MOST_DAMAGE * foreign else None
