"""Findings, as people and programs want to read them: one function a format."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from pinakes.findings import Finding


class Report(NamedTuple):
    """What a command found.

    Attributes:
        findings: By file, line and column.
        summary: Counts, for people and for the JSON's `summary`.
        lines: The source line of each finding, in the same order; empty where there is none.
    """

    findings: Sequence[Finding]
    summary: Mapping[str, Any]
    lines: Sequence[str] = ()


FORMATS = ("text", "json", "github", "junit", "sarif", "markdown")


def write_report(report: Report, name: str, *, colour: bool = False) -> str:
    """Write a report in a format; only text can have colour."""
    if name == "text":
        from pinakes.report.text import text  # noqa: PLC0415

        return text(report, colour=colour)
    return _writer(name)(report)


def _writer(name: str) -> Callable[[Report], str]:
    from pinakes.report import machine  # noqa: PLC0415

    return {
        "json": machine.json_document,
        "github": machine.github,
        "junit": machine.junit,
        "sarif": machine.sarif,
        "markdown": machine.markdown,
    }[name]
