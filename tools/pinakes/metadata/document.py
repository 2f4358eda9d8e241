"""A page as the extractors see it: parsed once, its meta tags and scripts at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.cssselect import CSSSelector

from pinakes.fetch.observation import Observation

_MOST_TEXT = 500
"""Characters of a field's text that are read at most: a title of a megabyte is no title."""
_SPACE = re.compile(r"\s+")
_EMOJI = r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
    rf"|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
)
"""Characters that show nothing: controls, directions, private use; a joiner is kept within an emoji (UTS #51 §2.3)."""
_HIDDEN = frozenset(("script", "style", "noscript", "template", "svg", "math", "iframe", "object"))


class Document:
    """A page.

    Attributes:
        observation: What came of its URL.
        url: Where it was in the end.
        text: All of its HTML.
    """

    def __init__(self, observation: Observation) -> None:
        self.observation = observation
        self.url = observation.final_url
        self.text = observation.text

    @property
    def host(self) -> str:
        """The host's name."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @property
    def path(self) -> str:
        """The path of its address."""
        return urlsplit(self.url).path

    @cached_property
    def tree(self) -> Any:
        """The parsed page; an empty one where there is nothing to parse."""
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False, recover=True)
        body = self.text.replace("\0", "").encode("utf-8", "replace")
        try:
            return html.document_fromstring(body or b"<html></html>", parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError):
            return html.document_fromstring("<html></html>")

    @cached_property
    def metas(self) -> dict[str, tuple[str, ...]]:
        """The contents of the meta tags by their name, property or itemprop, in small letters; empty ones left out."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = clean(element.get("content") or "")
            for key in ("name", "property", "itemprop"):
                name = (element.get(key) or "").strip().lower()
                if name and content:
                    found.setdefault(name, []).append(content)
        return {name: tuple(contents) for name, contents in found.items()}

    def meta(self, *names: str) -> str:
        """Give the content of the first of some meta tags that is there; empty if none is."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    def first(self, selector: str) -> str:
        """Give the text of the first element that a CSS selector finds and that has one; empty if none does."""
        return next((said for element in self.find(selector) if (said := text_of(element))), "")

    def attribute(self, selector: str, name: str) -> str:
        """Give an attribute of the first element that a CSS selector finds and that has it; empty if none does."""
        return next((clean(value) for element in self.find(selector) if (value := element.get(name))), "")

    def find(self, selector: str) -> list[Any]:
        """Give the elements that a CSS selector finds."""
        return list(_selector(selector)(self.tree))

    def script(self, pattern: str) -> str:
        """Give the first group of a pattern's first match in the page's own HTML; empty if there is none.

        The pattern must begin with text of its own, or a page of 4 MB takes long.
        """
        found = re.search(pattern, self.text)
        return found[1] if found else ""

    def data(self, selector: str) -> Any:
        """Read the JSON in the first element that a CSS selector finds; None if there is none that can be read."""
        for element in self.find(selector):
            try:
                return json.loads(element.text or "", strict=False)
            except (ValueError, RecursionError):
                continue
        return None

    def joined(self, address: str) -> str:
        """Make an address of the page's absolute; empty for one that is none of the web's."""
        try:
            url = urljoin(self.url, address.strip())
        except ValueError:
            return ""
        return url if url.startswith(("https://", "http://")) else ""


def text_of(element: Any) -> str:
    """Give an element's visible text, in one line and of bounded length."""
    pieces: list[str] = []
    length = 0
    for piece in visible(element):
        pieces.append(piece)
        length += len(piece)
        if length > 4 * _MOST_TEXT:
            break
    return clean("".join(pieces))


def clean(text: str) -> str:
    """Write a text in one line, without control and direction characters, and no longer than a field may be."""
    seen = _UNSEEN.sub("", _SPACE.sub(" ", text[: 4 * _MOST_TEXT]))
    return " ".join(seen.split())[:_MOST_TEXT].rstrip()


def visible(element: Any) -> Iterator[str]:
    """Give the pieces of text that an element shows, in order; a script's or a style's is never among them."""
    hidden = 0
    for event, each in etree.iterwalk(element, events=("start", "end")):
        unseen = not isinstance(each.tag, str) or each.tag in _HIDDEN
        hidden += unseen if event == "start" else -unseen
        if not hidden and (piece := each.text if event == "start" else each is not element and each.tail):
            yield piece


@lru_cache(maxsize=1_000)
def _selector(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
