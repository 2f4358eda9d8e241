"""`pinakes render`: the pages, for a builder that people run themselves."""

from __future__ import annotations

import typer

from pinakes.cli.app import app
from pinakes.cli.options import project_of


@app.command(
    epilog="Examples:  pinakes render  ·  pinakes render && mkdocs build --strict  ·  pinakes -C my-list render"
)
def render(context: typer.Context) -> None:
    """Write the pages to build/docs and their theme to build/theme, and list the files that changed.

    `mkdocs build` and `zensical build` make the site of them, if the project has a mkdocs.yml.
    """
    from pinakes.cli.told import progress
    from pinakes.site.render import render as run
    from pinakes.store.load import load_catalog

    project = project_of(context)
    with progress("rendering"):
        rendered = run(project, load_catalog(project))
    for path in rendered.written:
        typer.echo(f"written build/{path}")
    for path in rendered.removed:
        typer.echo(f"removed build/{path}")
    for problem in rendered.problems:
        typer.echo(f"pinakes: warning: {problem}", err=True)
    typer.echo(f"{rendered.total:,} files, {len(rendered.written):,} written, {len(rendered.removed):,} removed")
