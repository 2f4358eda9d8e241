"""`pinakes init`: a new project."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pinakes.cli.app import app


@app.command(epilog="Examples:  pinakes init my-list  ·  pinakes init")
def init(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder; made if it is not there. Default: this one.")
    ] = None,
) -> None:
    """Make a small project that builds at once: a configuration, a topic, an article, a home page.

    No file that is there already is changed.
    """
    from pinakes.scaffold import make_project

    start: Path = context.obj or Path.cwd()
    folder = start / (directory or "")
    made = make_project(folder)
    for path in made.written:
        typer.echo(f"written {folder / path}")
    for path in made.kept:
        typer.echo(f"kept {folder / path}, which was there", err=True)
    typer.echo(f"pinakes: `pinakes -C {folder} serve` shows the site", err=True)
