"""`pinakes schema`: JSON Schema for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import project_of


class Kind(StrEnum):
    """The kinds of files."""

    config = "config"
    topic = "topic"
    paper = "paper"
    terms = "terms"


@app.command(epilog="Examples:  pinakes schema  ·  pinakes schema topic > topic.json")
def schema(
    context: typer.Context,
    kind: Annotated[Kind | None, typer.Argument(help="Print the schema of this kind of file.")] = None,
) -> None:
    """Write the JSON Schemas of all catalogue files to build/schema/, where their first lines look for them."""
    from pinakes.schema import schema as schema_of
    from pinakes.schema import write_schemas

    if kind is None:
        for path in write_schemas(project_of(context)):
            typer.echo(path)
        return
    import json

    typer.echo(json.dumps(schema_of(kind.value), ensure_ascii=False, indent=2))
