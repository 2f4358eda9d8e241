"""Lines that only make sense together become one row, and HTML becomes Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pinakes.importers.html import has_html, is_open, to_markdown
from pinakes.importers.regions import Row, part

_MOST_JOINED = 30
_LINK_BEGINS = re.compile(r"\[[^\[\]]*$")
_LINK_ENDS = re.compile(r"[^\[\]]*\]\(")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})\s*$")
_NO_HEADING = re.compile(r"\s*(?:#|>|\||[-*+]\s|\d+[.)]\s|!?\[|<|\{)|.*(?:https?://|[。；]\s*$)", re.IGNORECASE)


def read_rows(lines: Sequence[str]) -> list[Row]:
    """Read a post's lines into rows of Markdown, code, formulas and what is left out.

    Every line that is not blank is in at least one row.
    """
    rows = _with_setext(_joined(part(lines)))
    return [plain for row in rows for plain in _without_html(row)]


def _joined(rows: Iterable[Row]) -> Iterator[Row]:
    """Join a row whose tag, link or table row goes on with those it goes on in."""
    waiting: list[Row] = []
    for row in rows:
        if waiting and not _continues(waiting, row):
            yield from _settle(waiting)
            waiting = []
        waiting.append(row)
        if not _goes_on(waiting):
            yield _join(waiting)
            waiting = []
    yield from _settle(waiting)


def _goes_on(rows: Sequence[Row]) -> bool:
    text = "\n".join(row.text for row in rows)
    return rows[-1].form == "text" and (is_open(text) or bool(_LINK_BEGINS.search(text) and len(rows) == 1))


def _continues(waiting: Sequence[Row], row: Row) -> bool:
    adjacent = row.form == "text" and row.numbers[0] == waiting[-1].numbers[-1] + 1 and len(waiting) < _MOST_JOINED
    return adjacent and (is_open("\n".join(each.text for each in waiting)) or bool(_LINK_ENDS.match(row.text)))


def _settle(waiting: Sequence[Row]) -> Iterator[Row]:
    """What went on and never ended is no unit: each line stands for itself."""
    yield from waiting


def _join(rows: Sequence[Row]) -> Row:
    if len(rows) == 1:
        return rows[0]
    return Row(tuple(number for row in rows for number in row.numbers), "\n".join(row.text for row in rows))


def _with_setext(rows: Iterable[Row]) -> Iterator[Row]:
    """Write a heading that is underlined (`===`, `---`) with `#`."""
    before: Row | None = None
    last = -1
    for row in rows:
        if before is not None and _underlines(row, before, last):
            level = "#" if "=" in row.text else "##"
            yield Row((*before.numbers, *row.numbers), f"{level} {before.text.strip()}")
            before, last = None, row.numbers[-1]
            continue
        if before is not None:
            yield before
            last = before.numbers[-1]
        before = row
    if before is not None:
        yield before


def _underlines(row: Row, above: Row, last: int) -> bool:
    """A line alone above the rule is a heading; the last of several, a link or a list's item above one is not."""
    is_rule = row.form == above.form == "text" and _UNDERLINE.match(row.text)
    near = row.numbers[0] == above.numbers[-1] + 1 and above.numbers[0] != last + 1
    return bool(is_rule and near and not _NO_HEADING.match(above.text))


def _without_html(row: Row) -> Iterator[Row]:
    if row.form != "text" or not has_html(row.text):
        yield row._replace(text=" ".join(row.text.split("\n"))) if row.form == "text" and "\n" in row.text else row
        return
    lines = to_markdown(row.text)
    yield from (Row(row.numbers, line) for line in lines)
    if not lines:
        yield Row(row.numbers, "", "left_out", "HTML without text")
