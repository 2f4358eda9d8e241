"""`pinakes build`: the whole way from the catalogue to the site."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import NowOption, project_of, today_of


class BuilderName(StrEnum):
    """What makes the site of the rendered pages."""

    mkdocs = "mkdocs"
    zensical = "zensical"


@app.command(epilog="Examples:  pinakes build  ·  pinakes build --strict  ·  pinakes build --builder zensical")
def build(
    context: typer.Context,
    builder: Annotated[
        BuilderName, typer.Option("--builder", help="What makes the site of the rendered pages.")
    ] = BuilderName.mkdocs,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 if there are findings or the builder warns of anything.")
    ] = False,
    now: NowOption = None,
) -> None:
    """Validate the catalogue, render its pages, and build the site in build/site, as far as something changed.

    A catalogue with findings is built all the same, and the findings are told; with --strict the command then exits
    with 1, and a warning about any page counts. A catalogue that cannot be loaded is refused, with exit 2.
    """
    import os
    from time import monotonic

    from pinakes.cli.told import progress, summary, tell_troubles
    from pinakes.site.build import build as run
    from pinakes.site.builders import Order

    start = monotonic()
    project = project_of(context)
    with progress("building the site"):
        order = Order(builder=builder.value, strict=strict, processes=os.cpu_count() or 1)
        built = run(project, today_of(now), order)
    tell_troubles(built)
    typer.echo(f"build/site: {summary(built, monotonic() - start)}")
    raise typer.Exit(1 if strict and (built.findings or built.warnings) else 0)
