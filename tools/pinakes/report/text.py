"""Findings for people: the place, the line, a caret, and what to do."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from pinakes.findings import Finding
from pinakes.report import Report

_WIDTH = 100
_COLOURS = {"error": "31", "warning": "33", "info": "36"}


def text(report: Report, *, colour: bool = False) -> str:
    """Write each finding with its source line and a caret, then a line of counts."""
    lines = report.lines or [""] * len(report.findings)
    blocks = ["\n".join(_block(*pair, colour=colour)) for pair in zip(report.findings, lines, strict=True)]
    return "\n\n".join([*blocks, _closing(report)]) + "\n"


def _block(finding: Finding, line: str, *, colour: bool) -> Iterator[str]:
    place = f"{finding.file}:{finding.line}:{finding.column}:"
    yield f"{place} {_paint(finding.rule, _COLOURS[finding.severity], on=colour)} {finding.message}"
    if line.strip():
        shown, column = _window(line, finding.column - 1)
        yield f"    {shown}"
        yield f"    {' ' * _cells(shown[:column])}{_paint('^', _COLOURS[finding.severity], on=colour)}"
    if finding.hint:
        yield f"    {_paint('hint:', '2', on=colour)} {finding.hint}"


def _closing(report: Report) -> str:
    entries = report.summary.get("entries", 0)
    files = report.summary.get("files", 0)
    seen = f"{entries:,} {_plural(entries, 'entry', 'entries')} in {files:,} {_plural(files, 'file', 'files')}"
    if not report.findings:
        return f"No findings: {seen}."
    fixable = report.summary.get("fixable", 0)
    fix = f"; `pinakes validate --fix` mends {fixable:,}" if fixable else ""
    count = len(report.findings)
    return f"{count:,} {_plural(count, 'finding', 'findings')} in {seen}{fix}."


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many


def _window(line: str, column: int) -> tuple[str, int]:
    """Cut a long line to what stands around a column, and show what a terminal would act on as its code."""
    start = max(0, column - _WIDTH // 2) if len(line) > _WIDTH else 0
    before = "".join(map(_visible, line[start:column]))
    shown = before + "".join(map(_visible, line[column : start + _WIDTH]))
    return shown, len(before)


def _visible(character: str) -> str:
    if character == "\t":
        return " "
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Cs"}
    return f"<U+{ord(character):04X}>" if hidden else character


def _cells(shown: str) -> int:
    """Count the columns of a terminal that a text takes: two for each full-width character."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in shown
    )


def _paint(words: str, code: str, *, on: bool) -> str:
    return f"\x1b[{code}m{words}\x1b[0m" if on else words
