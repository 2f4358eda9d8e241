"""`pinakes extract`: what saved pages say about themselves, without network."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import Form, FormOption, project_of
from pinakes.errors import PinakesError, ProjectError


@app.command(
    epilog="Examples:  pinakes extract page.html --url https://example.org/a  ·  pinakes extract - < pages.jsonl"
)
def extract(
    context: typer.Context,
    page: Annotated[
        str, typer.Argument(help='The saved page; with `-` many, named on stdin by lines of JSON: {"page", "url"}.')
    ],
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Where the page was.")] = None,
    status: Annotated[int, typer.Option("--status", min=100, max=999, help="The HTTP status that it came with.")] = 200,
    format: FormOption = Form.text,
) -> None:
    """Tell what saved pages say about themselves: title, authors, dates and more, each with the rule that found it.

    No network is used. Inside a project, papers of the catalogue are recognised by their names.
    """
    from pinakes.metadata.saved import Saved, json_document, read_page, requests_in, text

    if page != "-" and url is None:
        raise PinakesError("where the page was is not said", place=page, hint="say it: --url https://…")
    asked = tuple(requests_in(sys.stdin.buffer)) if page == "-" else (Saved(Path(page), url or "", status),)
    names = _names(context)
    pages = (read_page(each, names) for each in asked)
    if format is Form.json:
        typer.echo(json_document(pages))
        return
    for each in pages:
        typer.echo(text(each))


def _names(context: typer.Context) -> Mapping[str, str]:
    """Give the names of the project's papers; none outside of a project."""
    try:
        project = project_of(context)
    except ProjectError:
        if context.obj is not None:  # -C names a folder, which then must be in one
            raise
        return {}
    from pinakes.metadata.mentions import names_of
    from pinakes.store.load import load_catalog

    return names_of(load_catalog(project).papers.values())
