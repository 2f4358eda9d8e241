"""Formulas in hand-written pages: `$…$`, and `$$…$$` on one line, become finished HTML before a builder sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pinakes.site.page import BEGIN, END
from pinakes.site.prose import map_prose
from pinakes.site.texts import Formula, Formulas, formula_source

_FORMULA = re.compile(r"(?<![\\$])(?:\$\$(?!\$)(.+?)\$\$|\$(?![\s$])([^$]*[^$\s\\])\$(?!\d))")


def doc_formulas(body: str) -> Iterator[Formula]:
    """Find the formulas of a page, which lie neither in fenced blocks nor in code spans."""
    found: list[Formula] = []

    def collect(piece: str) -> str:
        found.extend(_formula(match) for match in _FORMULA.finditer(piece))
        return piece

    if "$" in body:
        map_prose(body, collect)
    yield from found


def with_formulas(body: str, formulas: Formulas) -> str:
    """Put the HTML of a page's formulas in their place."""

    def shown(match: re.Match[str]) -> str:
        formula = _formula(match)
        return f"{BEGIN}{formulas.get(formula) or formula_source(formula)}{END}"

    return map_prose(body, lambda piece: _FORMULA.sub(shown, piece)) if "$" in body else body


def _formula(match: re.Match[str]) -> Formula:
    return Formula((match[1] or match[2]).strip(), match[1] is not None)
