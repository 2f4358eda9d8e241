"""Options that several commands share, and what each command does before its work."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pinakes.errors import PinakesError
from pinakes.project import Project, find_project


class Format(StrEnum):
    """How findings are written."""

    text = "text"
    json = "json"
    github = "github"
    junit = "junit"
    sarif = "sarif"
    markdown = "markdown"


class Form(StrEnum):
    """How a report is written that has no findings."""

    text = "text"
    json = "json"


FormOption = Annotated[Form, typer.Option("--format", "-f", help="How the report is written.")]
TopicOption = Annotated[
    str | None, typer.Option("--topic", metavar="T", help="Only a topic, by its path, and those below it.")
]
HostOption = Annotated[str | None, typer.Option("--host", metavar="H", help="Only a host.")]
EntryOption = Annotated[
    str | None, typer.Option("--entry", metavar="ID", help="Only an entry, by its id; it is asked, due or not.")
]
MaxTimeOption = Annotated[
    float | None, typer.Option("--max-time", metavar="S", min=0, help="Begin no request after S seconds.")
]
FormatOption = Annotated[Format, typer.Option("--format", "-f", help="How findings are written.")]
NowOption = Annotated[
    str | None,
    typer.Option("--now", metavar="TIME", help="Take TIME (2026-11-24 or 2026-11-24T12:00Z) as the present."),
]


def project_of(context: typer.Context) -> Project:
    """The project that the command was called in, or on by `-C`."""
    directory: Path | None = context.obj
    if directory is not None and not directory.is_dir():
        raise PinakesError("no such folder", place=str(directory))
    return find_project(directory or Path.cwd())


def time_of(now: str | None) -> datetime:
    """The present, or what `--now` says; a time without a zone is taken as UTC."""
    if now is None:
        return datetime.now(UTC)
    try:
        time = datetime.fromisoformat(now)
    except ValueError:
        raise PinakesError(f"--now: `{now}` is not a time", hint="write 2026-11-24 or 2026-11-24T12:00Z") from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def today_of(now: str | None) -> date:
    """The day on which the present falls where a date begins first on Earth (UTC+14), so that none is called future."""
    if now is not None:
        return time_of(now).date()
    from datetime import timedelta, timezone

    return datetime.now(timezone(timedelta(hours=14))).date()


def wants_colour() -> bool:
    """Whether results go to a terminal that shows colour (NO_COLOR, no-color.org)."""
    import os

    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
