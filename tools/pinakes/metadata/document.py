"""A page as the extractors see it: parsed once, its meta tags and scripts at hand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree, html

from pinakes.fetch.observation import Observation

_MOST_TEXT = 500
"""Characters of a field's text that are read at most: a title of a megabyte is no title."""
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_SPACE = re.compile(r"\s+")


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
        parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=False, recover=True)
        try:
            tree = html.document_fromstring(_XML_DECLARATION.sub("", self.text) or "<html></html>", parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return html.document_fromstring("<html></html>")
        return tree

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
        return list(self.tree.cssselect(selector))

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
            except ValueError:
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
    for piece in _visible(element):
        pieces.append(piece)
        length += len(piece)
        if length > 4 * _MOST_TEXT:
            break
    return clean("".join(pieces))


def clean(text: str) -> str:
    """Write a text in one line, without control and direction characters, and no longer than a field may be."""
    one_line = _SPACE.sub(" ", text[: 4 * _MOST_TEXT])
    return "".join(character for character in one_line if character.isprintable()).strip()[:_MOST_TEXT]


def _visible(element: Any) -> Iterator[str]:
    if element.tag in {"script", "style", "noscript", "template"} or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for child in element:
        yield from _visible(child)
        yield child.tail or ""
