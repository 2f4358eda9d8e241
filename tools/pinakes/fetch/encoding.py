"""From a body's bytes to text: byte order mark, header, `<meta>`, and where these are wrong or missing, what fits."""

from __future__ import annotations

import codecs

from w3lib.encoding import html_to_unicode

_GUESSES = ("utf-8", "gb18030", "big5", "shift_jis")
"""What a page is tried as, strictly and in this order; GB18030 holds GBK and GB2312."""
_ABOVE_ASCII = bytes(range(0x80, 0x100))
_FEW = 12
"""Bytes above ASCII that are too few to show that a text is UTF-8: four Chinese characters, six accents."""


def decode(body: bytes, content_type: str) -> str:
    """Decode a page as a browser would, and better where it is not in the encoding that it declares.

    Args:
        body: The decompressed bytes; they may end within a character.
        content_type: The header of that name; may be empty.
    """
    declared, text = html_to_unicode(content_type, body, auto_detect_fun=_guess)
    if not declared.startswith("utf") and _is_utf8(body):
        return _decoder("utf-8").decode(body)
    if text.count("\ufffd") * 1000 <= len(text):  # one bad character in a thousand is a slip of the author's
        return text
    guessed = _guess(body)
    return _decoder(guessed).decode(body) if guessed and guessed != declared else text


def _is_utf8(body: bytes) -> bool:
    """Say whether a body is UTF-8 whatever it declares, as pages are that a tool saved or a template was copied for.

    Bytes that are no ASCII and yet valid UTF-8 are hardly ever anything else, unless they are few (RFC 3629 §1): of six
    characters in GBK, one text in 200,000 is.
    """
    if len(body) - len(body.translate(None, _ABOVE_ASCII)) < _FEW:
        return False
    try:
        _decoder("utf-8").decode(body)
    except UnicodeDecodeError:
        return False
    return True


def _guess(body: bytes) -> str | None:
    for encoding in _GUESSES:
        try:
            _decoder(encoding).decode(body)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


def _decoder(encoding: str) -> codecs.IncrementalDecoder:
    """Make a strict decoder; an incremental one waits for the rest of a character that was cut off."""
    return codecs.getincrementaldecoder(encoding)()
