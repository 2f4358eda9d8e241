"""The main text of a page: where it stands, its words, its links."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

from pinakes.metadata.document import Document, text_in
from pinakes.metadata.mentions import unwrap

_KNOWN = (
    "#js_content",  # WeChat
    ".Post-RichText",  # Zhihu's columns
    ".QuestionAnswer-content .RichContent-inner",  # Zhihu's answers
    "#article_content",  # CSDN
    "#cnblogs_post_body",  # cnblogs
    "[itemprop=articleBody]",  # schema.org
    ".e-content",  # microformats2
    ".entry-content",  # WordPress
    ".post-content",  # Ghost, Hugo, Jekyll
    ".markdown-body",  # GitHub, Juejin
)
"""Elements that hold the main text, as content systems name them."""
_ENOUGH = 200
"""Characters of a main text below which another element may hold it."""
_MOST_PARAGRAPHS = 5_000
_MOST_TEXT = 2_000_000
"""Characters of the text that are read: ten books."""
_MOST_LINKS = 3_000
_PARAGRAPHS = ("p", "section", "pre", "blockquote", "li")


class Body(NamedTuple):
    """A page's main text.

    Attributes:
        text: Its words, blanks and line breaks squeezed.
        links: The addresses that it links to, each once, unwrapped where a host leads readers out by its own.
    """

    text: str
    links: tuple[str, ...]


def body_of(document: Document) -> Body:
    """Find the main text: in an element that is named so, or else where most text stands in paragraphs."""
    for selector in _KNOWN:
        found = document.find(selector)
        if found and len(text := _text(found[0])) >= _ENOUGH:
            return Body(text, _links(found[0]))
    element = _wordiest(document)
    return Body(_text(element), _links(element))


def _wordiest(document: Document) -> Any:
    """Give the element whose own paragraphs hold most text; the whole body where there are none.

    A paragraph counts for the element around it, and half for the one around that: an article's sections stand in
    elements of their own.
    """
    weights: dict[Any, float] = defaultdict(float)
    for number, paragraph in enumerate(document.tree.iter("p")):
        if number == _MOST_PARAGRAPHS:
            break
        length = sum(map(len, paragraph.itertext()))
        above = paragraph.getparent()
        if above is not None:
            weights[above] += length
            if (further := above.getparent()) is not None:
                weights[further] += length / 2
    best = max(weights, key=weights.__getitem__, default=None)
    if best is None or weights[best] < _ENOUGH:
        bodies = document.find("article, main, body")
        return bodies[0] if bodies else document.tree
    return best


def _text(element: Any) -> str:
    return " ".join(text_in(element)[:_MOST_TEXT].split())


def _links(element: Any) -> tuple[str, ...]:
    links = (link.get("href") for _, link in zip(range(_MOST_LINKS), element.iter("a"), strict=False))
    return tuple(dict.fromkeys(map(unwrap, dict.fromkeys(link.strip() for link in links if link))))
