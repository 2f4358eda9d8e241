"""`pinakes`: the commands, and what happens around each of them."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import Annotated

import typer

from pinakes import __version__
from pinakes.errors import BrokenCatalogError, PinakesError

app = typer.Typer(
    name="pinakes",
    help="A curated list of links becomes a living library.",
    epilog="Exit: 0 clean, 1 findings, 2 usage or a broken catalogue, 130 interrupted.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"pinakes {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    directory: Annotated[
        Path | None, typer.Option("-C", metavar="DIR", help="Work on the project that DIR is in, not the current one.")
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    context.obj = directory


def main() -> None:
    """Run the command line and exit.

    Exit codes: 0 clean, 1 findings, 2 usage or a broken catalogue, 130 interrupted.
    """
    # A run is short, and most of what it makes lives to its end: collecting only costs (1.5 s of a load
    # that takes 0.3 s without). `serve` switches it on again.
    gc.disable()
    try:
        app()
    except PinakesError as error:
        print_error(error)
        sys.exit(2)
    except KeyboardInterrupt:
        typer.echo("pinakes: interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader (`| head`) has seen enough; leave without Python's own complaint when it flushes at exit.
        sys.stderr.close()
        sys.exit(0)
    finally:
        gc.freeze()  # the collection at exit would walk over all that there is, to free what ends anyway


def print_error(error: PinakesError) -> None:
    """Tell what is wrong and what can be done, on stderr."""
    for finding in error.findings if isinstance(error, BrokenCatalogError) else ():
        typer.echo(f"{finding.file}:{finding.line}:{finding.column}: {finding.rule} {finding.message}", err=True)
    typer.echo(f"pinakes: {error}", err=True)
