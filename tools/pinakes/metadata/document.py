"""A page as the extractors see it: parsed once, its meta tags and scripts at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import copy
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.cssselect import CSSSelector

from pinakes.fetch.observation import Observation

_MOST_TEXT = 500
"""Characters of a field's text that are read at most: a title of a megabyte is no title."""
_MOST_ADDRESS = 2_000
"""Characters of an attribute that are read at most; what is longer is no address."""
_MOST_TAGS = 3_000
"""Tags of one name that are read at most; the papers with most authors, of particle physics, have about as many."""
_SPACE = re.compile(r"\s+")
_EMOJI = r"\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
    rf"|(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"
)
"""Characters that show nothing: controls, directions, private use; a joiner is kept within an emoji (UTS #51 §2.3)."""
_HIDDEN = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object")
_STRING = etree.XPath("string()", smart_strings=False)
_NAMED = re.compile(r"[#.]([\w-]+)")


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
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
        body = self.text.replace("\0", "").encode("utf-8", "replace")
        try:
            tree = etree.fromstring(body, parser=parser)
        except etree.XMLSyntaxError:
            tree = None
        return etree.Element("html") if tree is None else tree

    @cached_property
    def metas(self) -> dict[str, tuple[str, ...]]:
        """The contents of the meta tags by their name, property or itemprop, in small letters; empty ones left out."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iter("meta"):
            content = clean(element.get("content") or "", _MOST_ADDRESS)
            for key in ("name", "property", "itemprop") if content else ():
                name = (element.get(key) or "").strip().lower()
                if name and len(contents := found.setdefault(name, [])) < _MOST_TAGS:
                    contents.append(content)
        return {name: tuple(contents) for name, contents in found.items()}

    def meta(self, *names: str) -> str:
        """Give the content of the first of some meta tags that is there; empty if none is."""
        return next((self.metas[name][0] for name in names if name in self.metas), "")

    def first(self, selector: str) -> str:
        """Give the text of the first element that a CSS selector finds and that has one; empty if none does."""
        return next((said for element in self.find(selector) if (said := text_of(element))), "")

    def attribute(self, selector: str, name: str) -> str:
        """Give an attribute of the first element that a CSS selector finds and that has it; empty if none does."""
        return next(
            (clean(value, _MOST_ADDRESS) for element in self.find(selector) if (value := element.get(name))), ""
        )

    def find(self, selector: str) -> list[Any]:
        """Give the elements that a CSS selector finds."""
        # To look for a name in the text is quick; to look at each of 10,000 elements is not.
        if "," not in selector and not all(name in self.text for name in _NAMED.findall(selector)):
            return []
        return list(self.tree.iter(selector) if selector.isalnum() else _selector(selector)(self.tree))

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
            url = urljoin(self.url, address.strip()) if address.strip() else ""
        except ValueError:
            return ""
        return url if url.startswith(("https://", "http://")) else ""


def text_of(element: Any) -> str:
    """Give an element's visible text, in one line and of bounded length."""
    return clean(text_in(element))


def text_in(element: Any) -> str:
    """Give all the text that an element shows, as it is written; a script's or a style's is never in it."""
    return "" if element.tag in _HIDDEN else str(_STRING(_without_hidden(element)))


def clean(text: str, most: int = _MOST_TEXT) -> str:
    """Write a text in one line, without control and direction characters, and no longer than so many characters."""
    seen = _UNSEEN.sub("", _SPACE.sub(" ", text[: 4 * most]))
    return " ".join(seen.split())[:most].rstrip()


def visible(element: Any) -> Iterator[str]:
    """Give the same text piece by piece, as far as it is asked for."""
    return iter(()) if element.tag in _HIDDEN else _without_hidden(element).itertext()


def _without_hidden(element: Any) -> Any:
    """Give an element or, where something in it is not shown, a copy without that."""
    if next(element.iter(*_HIDDEN), None) is None:
        return element
    shown = copy(element)
    etree.strip_elements(shown, *_HIDDEN, with_tail=False)
    return shown


@lru_cache(maxsize=1_000)
def _selector(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
