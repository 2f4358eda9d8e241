"""Tell what each row of a post is: one small recogniser for each form, tried in the order of the table at the end."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pinakes.importers.blocks import Address, Article, Aside, Block, Heading, Numbers, Prose
from pinakes.importers.code import fenced
from pinakes.importers.entries import Phrase, Urls, read_text
from pinakes.importers.headings import clean_heading, is_reference
from pinakes.importers.inline import Definition, Link, read_inline
from pinakes.importers.marks import clean_title, inline_maths, unmark, visible
from pinakes.importers.regions import Row

_ATX = re.compile(r"(?:\s*>)?\s{0,3}(#{1,6})(?:\s+|$|(?=[^\s#!\d]))(.*)$")
_DIRECTIVE = re.compile(r"#\s*(?:include|define|undef|ifn?def|endif|pragma|error)\b")
_RULE = re.compile(r"\s*(?:([-*_=~+])\s*(?:\1\s*){2,}|—{3,}|-{2,})\s*$")
_TOC = re.compile(r"(?:\s*[-*+]\s*toc\s*|\s*\[\[?_?toc_?\]?\]\s*|\s*\{:\s*toc\b[^{}]*\}\s*)$", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*\{::?[^{}]*/?\}\s*$|\s*\{:/[^{}]*\}\s*$")
_LIQUID = re.compile(r"(?:\s*(?:\{%.*?%\}|\{\{.*?\}\}))+\s*$")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\[\]]+)\]:\s*<?(\S+?)>?(?:\s+[\"'(](.*)[\"')])?\s*$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*\|?\s*$")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_CELL = re.compile(r"(?<!\\)\|")


_BRACKETS = re.compile(r"\[([^\[\]]+)\]")
_LONGEST_LABEL = 30


@dataclass(frozen=True, slots=True)
class Definer:
    """The line that defines a reference link whose label stands elsewhere in brackets.

    Attributes:
        article: What it is if nothing uses it after all.
    """

    article: Article

    @property
    def url(self) -> str:
        """The address that it gives the label."""
        return self.article.addresses[0].url


Token = Block | Urls | Phrase | Definer


@dataclass(frozen=True, slots=True)
class Context:
    """What a recogniser may know beyond its row.

    Attributes:
        definitions: Of reference links, by label in lower case.
        used: Labels that stand in brackets somewhere.
        table: For a row that is part of a table, which part: `head`, `rule`, `links` or `text`.
    """

    definitions: Mapping[str, Definition]
    used: frozenset[str]
    table: Mapping[Row, str]


Recogniser = Callable[[Row, Context], list[Token] | None]


def recognise(rows: Sequence[Row]) -> list[Token]:
    """Turn rows into blocks, and into the words and URLs that `layout` makes blocks of."""
    context = Context(_definitions(rows), _used(rows), _tables(rows))
    return [token for row in rows for token in _recognise(row, context)]


def settle(tokens: Sequence[Block | Definer]) -> list[Block]:
    """Give the line of each definition that is used to the entry or the text that uses it; the others are entries."""
    used = {address.url for each in tokens if isinstance(each, Article) for address in each.addresses}
    prose = "\n".join(each.text for each in tokens if isinstance(each, Prose))
    lines: dict[str, Numbers] = {}
    for token in tokens:
        if isinstance(token, Definer) and token.url in used:
            lines[token.url] = (*lines.get(token.url, ()), *token.article.numbers)
    return [block for token in tokens for block in _settled(token, lines, used, prose)]


def _settled(token: Block | Definer, lines: dict[str, Numbers], used: Container[str], prose: str) -> Iterator[Block]:
    if isinstance(token, Article):
        more = [number for address in token.addresses for number in lines.pop(address.url, ())]
        yield replace(token, numbers=(*token.numbers, *more)) if more else token
    elif not isinstance(token, Definer):
        yield token
    elif any(f"{before}{token.url}{after}" in prose for before, after in ("()", "<>")):
        yield Aside(token.article.numbers, "prose", "the address of a link in the text")
    elif token.url not in used:
        yield token.article


def _recognise(row: Row, context: Context) -> Sequence[Token]:
    for recogniser in RECOGNISERS:
        found = recogniser(row, context)
        if found is not None:
            return found
    return read_text(row, context.definitions)


def _definitions(rows: Iterable[Row]) -> Mapping[str, Definition]:
    definitions: dict[str, Definition] = {}
    for row in rows:
        if found := _read_definition(row):
            definitions.setdefault(*found)
    return definitions


def _read_definition(row: Row) -> tuple[str, Definition] | None:
    """Read the definition of a reference link; its label is in lower case."""
    match = _DEFINITION.match(row.text) if row.form == "text" else None
    if match is None or not Link(match[2]).is_web:
        return None
    return _label_key(match[1]), Definition(match[2], match[3] or "")


def _label_key(label: str) -> str:
    return " ".join(label.lower().split())


def _used(rows: Iterable[Row]) -> frozenset[str]:
    """Collect what stands in brackets outside definitions: the labels that may be used."""
    texts = (row.text for row in rows if row.form == "text" and "[" in row.text and not _DEFINITION.match(row.text))
    return frozenset(_label_key(label) for text in texts for label in _BRACKETS.findall(text))


def _tables(rows: Sequence[Row]) -> Mapping[Row, str]:
    """Find tables: rows between bars, or around a rule of dashes; those with a link in them are lists of links."""
    parts: dict[Row, str] = {}
    start = 0
    while start < len(rows):
        end = start
        while end < len(rows) and _may_be_row(rows, start, end):
            end += 1
        if end > start and any(_TABLE_ROW.match(row.text) for row in rows[start:end]):
            parts.update(_parts_of(rows[start:end]))
        start = max(end, start + 1)
    return parts


def _may_be_row(rows: Sequence[Row], start: int, at: int) -> bool:
    near = at == start or rows[at].numbers[0] - rows[at - 1].numbers[-1] <= 1
    return near and rows[at].form == "text" and bool(_TABLE_ROW.match(rows[at].text) or _is_loose_row(rows, start, at))


def _is_loose_row(rows: Sequence[Row], start: int, at: int) -> bool:
    """A row without bars at its ends: only below or around a rule of dashes and bars."""
    if "|" not in rows[at].text:
        return False
    ruled = [row.text for row in rows[max(start, at - 1) : at + 2]] + [row.text for row in rows[start : start + 2]]
    return any(_TABLE_RULE.match(text) and "|" in text for text in ruled)


def _parts_of(rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
    body = "links" if any("://" in row.text for row in rows) else "text"
    rule = next((at for at, row in enumerate(rows) if _TABLE_RULE.match(row.text)), 0)
    for at, row in enumerate(rows):
        name = "rule" if _TABLE_RULE.match(row.text) else "head" if at < rule else "links"
        yield row, name if body == "links" else "text"


def _left_out(row: Row, _context: Context) -> list[Token] | None:
    return [Aside(row.numbers, "left_out", row.reason)] if row.form == "left_out" else None


def _verbatim(row: Row, _context: Context) -> list[Token] | None:
    if row.form == "text":
        return None
    if row.form == "math":
        return [Prose(row.numbers, visible(row.text))]
    return [Prose(row.numbers, fenced(row.text), "code; links in it are no entries" if "://" in row.text else "code")]


def _invisible(row: Row, _context: Context) -> list[Token] | None:
    return None if visible(row.text) else [Aside(row.numbers, "left_out", "only invisible characters")]


def _marker(pattern: re.Pattern[str], reason: str) -> Recogniser:
    def recognise_marker(row: Row, _context: Context) -> list[Token] | None:
        return [Aside(row.numbers, "left_out", reason)] if pattern.match(row.text) else None

    return recognise_marker


def _heading(row: Row, context: Context) -> list[Token] | None:
    match = _ATX.match(row.text)
    if match is None or _DIRECTIVE.match(row.text.strip()):
        return None
    pieces = read_inline(match[2], context.definitions)
    title = clean_heading(match[2], pieces)
    links = [piece for piece in pieces if isinstance(piece, Link) and piece.is_web]
    articles: list[Token] = [
        Article(_addresses(row, [link.url]), clean_title(link.title or title), row.numbers) for link in links
    ]
    if title:
        return [Heading(row.numbers, len(match[1]), title), *articles]
    return articles or [Aside(row.numbers, "left_out", "heading without words")]


def _addresses(row: Row, urls: Iterable[str]) -> tuple[Address, ...]:
    return tuple(Address(url, row.numbers) for url in urls)


def _table(row: Row, context: Context) -> list[Token] | None:
    part = context.table.get(row)
    if part is None:
        return None
    if part == "text":
        return [Prose(row.numbers, inline_maths(visible(row.text)))]
    if part in {"head", "rule"}:
        return [Aside(row.numbers, "left_out", "head of a table of links")]
    return list(_read_cells(row, context))


def _read_cells(row: Row, context: Context) -> Iterator[Token]:
    """Read a row of a table: the cell with the link is the entry, or is its URL; the other cells are its note."""
    cells = [cell.strip() for cell in _CELL.split(row.text.strip().removeprefix("|").removesuffix("|"))]
    found = [each for cell in cells if cell for each in read_text(row._replace(text=cell), context.definitions)]
    words = [each for each in found if isinstance(each, Phrase) and each.title]
    addresses = _addresses(row, [url for each in found if isinstance(each, Urls) for url in each.urls])
    articles = [each for each in found if isinstance(each, Article)]
    if articles:
        note = " · ".join(filter(None, [articles[0].note, *(each.text for each in words)]))
        yield replace(articles[0], addresses=(*articles[0].addresses, *addresses), note=note)
        yield from articles[1:]
    elif addresses and words:
        yield Article(addresses, words[0].title, row.numbers, " · ".join(each.text for each in words[1:]))
    elif addresses:
        yield Urls(row.numbers, tuple(address.url for address in addresses))
    else:
        yield Prose(row.numbers, row.text.strip(), "; ".join(filter(None, (each.reason for each in words))))


def _label(row: Row, _context: Context) -> list[Token] | None:
    if len(row.text) > _LONGEST_LABEL or "://" in row.text or not is_reference(clean_title(unmark(row.text).text)):
        return None
    return [Aside(row.numbers, "heading", "label of the links below it; they belong to the topic above")]


def _definition(row: Row, context: Context) -> list[Token] | None:
    found = _read_definition(row)
    if found is None:
        return None
    label, definition = found
    title = definition.title or ("" if label.isdecimal() else row.text[row.text.index("[") + 1 : row.text.index("]")])
    article = Article(_addresses(row, [definition.url]), clean_title(title), row.numbers)
    return [Definer(article) if label in context.used else article]


RECOGNISERS: tuple[Recogniser, ...] = (
    _left_out,
    _verbatim,
    _invisible,
    _table,
    _marker(_TOC, "table of contents marker"),
    _marker(_ATTRIBUTES, "kramdown attributes"),
    _marker(_LIQUID, "Liquid tag"),
    _marker(_RULE, "rule"),
    _heading,
    _label,
    _definition,
)
"""The first that knows a row says what it is; what none knows is text, with or without links."""
