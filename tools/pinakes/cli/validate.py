"""`pinakes validate`: what is wrong with the catalogue's files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import Format, FormatOption, NowOption, project_of, today_of, wants_colour

if TYPE_CHECKING:
    from pinakes.report import Report
    from pinakes.validate import Validated


@app.command(
    epilog="Examples:  pinakes validate  ·  pinakes validate --fix  ·  pinakes validate --format github  ·  "
    "pinakes rule PK031"
)
def validate(
    context: typer.Context,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe to mend, then tell what remains.")] = False,
    format: FormatOption = Format.text,
    now: NowOption = None,
) -> None:
    """Check the catalogue's files, and tell all that is wrong with its place and the way out.

    Exits with 0 if nothing is found and 1 otherwise. A line is excused by a comment at its end:
    `# pinakes: ignore PK031: why`.
    """
    from pinakes.report import write_report
    from pinakes.validate import validate as run

    project, today = project_of(context), today_of(now)
    result = run(project, today)
    if fix:
        from pinakes.fix import mend

        mended = mend(project, result.loaded, result.findings)
        if mended:
            typer.echo(f"mended {mended} finding(s)", err=True)
            result = run(project, today)
    typer.echo(write_report(report_of(result), format.value, colour=wants_colour()), nl=False)
    raise typer.Exit(1 if result.findings else 0)


def report_of(result: Validated) -> Report:
    """Make a report of a validation, with the source line of each finding."""
    from pinakes.report import Report

    catalog = result.loaded.catalog
    summary = {
        "files": len(result.loaded.files),
        "entries": sum(len(topic.entries) for topic in catalog.topics.values()),
        "topics": len(catalog.topics),
        "papers": len(catalog.papers),
        "fixable": _fixable(result),
    }
    lines = [result.loaded.files[finding.file].source.line(finding.line) for finding in result.findings]
    return Report(result.findings, summary, lines)


def _fixable(result: Validated) -> int:
    if not result.findings:
        return 0
    from pinakes.fix import fixable

    return fixable(result.loaded, result.findings)
