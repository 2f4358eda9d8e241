"""Find the links in a line, written in any of Markdown's ways or bare."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from pinakes.urls import host_of

_HAN = r"\u3400-\u9fff\uf900-\ufaff"
_BARE = re.compile(
    # RFC 3986's characters; and Han where it begins a segment or a value (`/wiki/自动微分`), not where it is glued on.
    rf"https?://(?:[\w.~!$&'()*+,;=:@/?#\[\]%-]|(?<=[/=_#{_HAN}-])[{_HAN}])+",
    re.IGNORECASE | re.ASCII,
)
_AT_END = re.compile(r"[.,;:!?'*]+$")
_PAIRS = {")": "(", "]": "["}
_FULLWIDTH_LINK = re.compile(r"\]\s*（\s*(https?://[^（）\s]+)\s*）", re.IGNORECASE)
_MARKS = re.compile(r"[\[<`\\&]")


@dataclass(frozen=True, slots=True)
class Words:
    """Text between links.

    Attributes:
        raw: As it stands in the source.
        text: With escapes and entities resolved.
        is_code: A URL in it is no link.
    """

    raw: str
    text: str
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link.

    Attributes:
        url: As it is written.
        title: Its words; None for a bare URL.
        hover: Markdown's title, which a browser shows under the mouse.
        has_picture: Its words are, or hold, a picture.
    """

    url: str
    title: str | None = None
    hover: str = ""
    has_picture: bool = False

    @property
    def is_web(self) -> bool:
        """Whether it leads to another place on the web: a host, by http or https."""
        return self.url[:8].lower().startswith(("http://", "https://")) and bool(host_of(self.url).name)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in the text."""

    source: str
    alt: str = ""


Piece = Words | Link | Picture


@dataclass(frozen=True, slots=True)
class Definition:
    """The definition of a reference link: `[label]: url "title"`."""

    url: str
    title: str = ""


def read_inline(text: str, definitions: Mapping[str, Definition]) -> tuple[Piece, ...]:
    """Part a line into words, links and pictures.

    Args:
        text: One line of Markdown without its list marker.
        definitions: What reference links lead to, by their label in lower case.
    """
    if not _MARKS.search(text):
        if "://" not in text:
            return (Words(text, text),) if text else ()
        return tuple(_merge(_with_bare_links(Words(text, text))))
    text = _FULLWIDTH_LINK.sub(r"](\1)", text)
    tokens = _parser().parseInline(text, {"references": _references(definitions)})[0].children or []
    return tuple(_merge(piece for piece in _pieces(tokens)))


@cache
def _parser() -> MarkdownIt:
    """Make a parser for links, pictures and code alone: emphasis would tear `_` out of bare URLs."""
    parser = (
        MarkdownIt("zero").enable(["link", "image", "autolink", "backticks", "escape", "entity"]).disable("text_join")
    )
    for unchanged in ("normalizeLink", "normalizeLinkText"):
        setattr(parser, unchanged, str)
    setattr(parser, "validateLink", lambda _: True)  # noqa: B010  # mypy takes an assignment for one to a method
    return parser


def _references(definitions: Mapping[str, Definition]) -> dict[str, dict[str, str]]:
    # markdown-it compares labels in capitals
    return {label.upper(): {"href": each.url, "title": each.title} for label, each in definitions.items()}


def _pieces(tokens: list[Token]) -> Iterator[Piece]:
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "link_open":
            end = next(at for at in range(index, len(tokens)) if tokens[at].type == "link_close")
            yield from _link(token, tokens[index + 1 : end])
            index = end
        elif token.type == "image":
            yield Picture(_attribute(token, "src"), token.content)
        elif token.type == "code_inline":
            yield Words(f"{token.markup}{token.content}{token.markup}", token.content, is_code=True)
        else:
            raw = token.markup if token.type == "text_special" else token.content
            # A bare URL's `&amp;` is `&`, so entities are resolved before URLs are looked for.
            yield Words("&" if raw == "&amp;" else raw, token.content)
        index += 1


def _link(opening: Token, inside: list[Token]) -> Iterator[Piece]:
    url = _attribute(opening, "href").strip()
    words = "".join(token.content for token in inside).strip()
    pictures = [token for token in inside if token.type == "image"]
    title = None if opening.markup == "autolink" or not words else words
    link = Link(url, title, _attribute(opening, "title"), bool(pictures))
    if opening.markup == "autolink" and not link.is_web:
        yield Words(f"<{url}>", f"<{url}>")
    else:
        yield link


def _attribute(token: Token, name: str) -> str:
    return str(token.attrs.get(name) or "")


def _merge(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Join neighbouring words, and find the bare URLs in them."""
    waiting: list[Words] = []
    for piece in pieces:
        if isinstance(piece, Words) and not piece.is_code:
            waiting.append(piece)
            continue
        yield from _with_bare_links(_sum(waiting))
        waiting = []
        yield piece
    yield from _with_bare_links(_sum(waiting))


def _sum(words: list[Words]) -> Words:
    return Words("".join(each.raw for each in words), "".join(each.text for each in words))


def _with_bare_links(words: Words) -> Iterator[Piece]:
    if "://" not in words.raw:
        if words.raw:
            yield words
        return
    at = 0
    for match in _BARE.finditer(words.raw):
        url = _trimmed(match[0])
        link = Link(url)
        if not link.is_web:
            continue
        if match.start() > at:
            yield _plain(words.raw[at : match.start()])
        yield link
        at = match.start() + len(url)
    if at < len(words.raw):
        yield _plain(words.raw[at:])


def _plain(raw: str) -> Words:
    return Words(raw, raw)


def _trimmed(url: str) -> str:
    """Take off what belongs to the sentence: marks at the end, and brackets that were not opened in the URL."""
    while url:
        last = url[-1]
        opening = _PAIRS.get(last)
        if opening and url.count(last) > url.count(opening):
            url = url[:-1]
        elif _AT_END.search(url):
            url = _AT_END.sub("", url)
        else:
            return url
    return url


def to_prose(pieces: Iterable[Piece]) -> str:
    """Write pieces as Markdown that stands anywhere: no picture, no link within the blog, no reference."""
    return "".join(map(_write, pieces))


def _write(piece: Piece) -> str:
    match piece:
        case Words():
            return piece.raw
        case Picture():
            return ""
        case Link() if not piece.is_web:
            return piece.title or ""
        case Link(title=None):
            return f"<{piece.url}>"
        case _:
            return (
                f"[{piece.title}](<{piece.url}>)"
                if re.search(r"[()\s]", piece.url)
                else f"[{piece.title}]({piece.url})"
            )
