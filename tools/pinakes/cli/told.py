"""What `build` and `serve` say of a build."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from pinakes.site.build import Built

_SHOWN = 20
"""Findings that are told in full; a catalogue of thousands can have thousands, and `pinakes validate` lists them."""


def tell_troubles(built: Built) -> None:
    """Tell the findings and the builder's warnings, on stderr."""
    for finding in built.findings[:_SHOWN]:
        typer.echo(f"{finding.file}:{finding.line}:{finding.column}: {finding.rule} {finding.message}", err=True)
    if built.findings:
        more = len(built.findings) - _SHOWN
        rest = f", {more} of them not shown here" if more > 0 else ""
        typer.echo(f"pinakes: {_count(len(built.findings), 'finding')}{rest}; `pinakes validate` tells more", err=True)
    for warning in built.warnings:
        typer.echo(f"pinakes: warning: {warning}", err=True)


def summary(built: Built, seconds: float) -> str:
    """Say in a line how a build came out."""
    if not built.is_changed:
        return f"{_count(built.files, 'file')}, nothing to do ({seconds:.1f} s)"
    return f"{_count(built.files, 'file')}, {_count(built.built, 'page')} built ({seconds:.1f} s)"


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """Show on a terminal that something is being done, and for how long."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        bar.add_task(doing, total=None)
        yield


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
