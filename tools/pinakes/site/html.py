"""Pieces of HTML that every page is made of, escaped once and here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from pinakes.model import Text
from pinakes.text import choose

_WEB = re.compile(r"https?://[^\s/]", re.IGNORECASE)
_TAGS = {"zh": "zh-Hans"}


def lang_tag(lang: str) -> str:
    """Give a language as browsers want it (BCP 47): plain `zh` means simplified characters here."""
    return escape(_TAGS.get(lang, lang))


def is_web(url: str) -> bool:
    """Say whether a URL may become a link; `javascript:`, `data:` and their kind may not."""
    return _WEB.match(url) is not None


def words_in(text: Text, languages: tuple[str, ...]) -> tuple[str, str]:
    """Pick the words to show and the tag of their language, both ready for HTML."""
    words, lang = choose(text, languages)
    return escape(words), lang_tag(lang)


def link(url: str, label: str, attributes: str = "") -> str:
    """Make a link to another site, or mere text where the URL is none that may be followed.

    Args:
        url: As written; it is escaped here.
        label: HTML.
        attributes: HTML.
    """
    if not is_web(url):
        return f"<span{attributes}>{label}</span>"
    return f'<a{attributes} href="{escape(url)}" rel="external">{label}</a>'


def items(parts: Iterable[str]) -> str:
    """Wrap each part in `<li>`."""
    return "".join(f"<li>{part}</li>" for part in parts)
