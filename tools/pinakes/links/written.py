"""A report of links as JSON, as text for people, and as Markdown for a job's summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from pinakes.links.report import Report, Row, way_out
from pinakes.links.verdict import INCONCLUSIVE
from pinakes.text import choose
from pinakes.urls import host_of


def json_document(report: Report) -> str:
    """The project's own JSON: `{"schema": 1, "summary": {…}, "links": […]}`."""
    document = {"schema": 1, "summary": report.summary, "links": [row.to_json() for row in report.rows]}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def text(report: Report, languages: tuple[str, ...], *, colour: bool) -> str:
    """Write for people what died, since when, where it is written and what to do, then the counts."""
    rows = report.rows
    sections = {"changed": [row for row in rows if row.title_before]}
    sections |= {state: [row for row in rows if row.state == state] for state in ("gone", "suspect", "moved")}
    parts = [_section(name, found, languages, colour=colour) for name, found in sections.items()]
    parts.append(_blocked([row for row in rows if row.verdict is None or row.verdict in INCONCLUSIVE]))
    return "\n".join([*filter(None, parts), _closing(report.summary)]) + "\n"


_COLOURS = {"gone": "31", "suspect": "33", "moved": "36", "changed": "35"}


def _section(name: str, rows: Sequence[Row], languages: tuple[str, ...], *, colour: bool) -> str:
    if not rows:
        return ""
    head = f"{name} ({len(rows)})"
    lines = [f"\x1b[{_COLOURS[name]}m{head}\x1b[0m" if colour else head]
    for row in rows:
        lines += [f"  {row.file}:{row.line}:{row.column}  {choose(row.title, languages)[0]}", f"    {row.url}"]
        lines += [f"    {words}" for words in (_why(row), way_out(row)) if words]
    return "\n".join(lines) + "\n"


def _why(row: Row) -> str:
    if row.title_before:
        return f"its page had the title “{row.title_before}”"
    if row.state == "moved":
        return f"→ {row.final_url}"
    return f"since {row.since}: {row.reason}" if row.since else row.reason


def _blocked(rows: Sequence[Row]) -> str:
    """Tell in a line which hosts told nothing: that is no fault of any link."""
    if not rows:
        return ""
    hosts = Counter(host_of(row.url).name for row in rows if row.verdict)
    named = ", ".join(f"{host} ({count})" for host, count in hosts.most_common(8))
    never = sum(row.verdict is None for row in rows)
    told = f"told nothing this time: {named}{' …' if len(hosts) > 8 else ''}\n" if hosts else ""
    return told + (f"not asked yet: {never}\n" if never else "")


def _closing(summary: Mapping[str, Any]) -> str:
    states = ", ".join(f"{count:,} {state}" for state, count in summary["states"].items() if count)
    asked = f"{summary['asked']:,} asked in {summary['seconds']:.1f} s"
    missed = summary["due"] - summary["asked"]
    rest = f", {missed:,} left for the next run" if missed else ""
    if not summary["due"] and summary["next_at"]:
        return f"Nothing is due before {summary['next_at']}; --all asks all the same."
    links = f"{summary['links']:,} link{'' if summary['links'] == 1 else 's'}"
    return f"{links}: {states or 'none'}; {asked}{rest}."


def markdown(report: Report, languages: tuple[str, ...]) -> str:
    """Write a job's summary: the counts, then a table of what somebody should look at."""
    worth = [row for row in report.rows if row.state in {"gone", "suspect", "moved"} or row.title_before or row.fails]
    lines = [_closing(report.summary), ""]
    if worth:
        lines += ["| state | since | article | why | what to do |", "| --- | --- | --- | --- | --- |"]
        lines += [_markdown_row(row, languages) for row in worth]
    return "\n".join(lines) + "\n"


def _markdown_row(row: Row, languages: tuple[str, ...]) -> str:
    from pinakes.report.machine import cell  # noqa: PLC0415  # the rules behind it take 50 ms to import

    title = f"{cell(choose(row.title, languages)[0])} <{row.url.replace('|', '%7C')}> `{row.file}:{row.line}`"
    state = "changed" if row.title_before else row.state
    return f"| {state} | {row.since or ''} | {title} | {cell(_why(row))} | {cell(way_out(row))} |"
