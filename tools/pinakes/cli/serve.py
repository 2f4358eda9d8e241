"""`pinakes serve`: the site as it is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app, print_error
from pinakes.cli.options import NowOption, project_of, today_of

if TYPE_CHECKING:
    from pinakes.errors import PinakesError
    from pinakes.site.build import Built


@app.command(epilog="Examples:  pinakes serve  ·  pinakes serve --open  ·  pinakes serve --host 0.0.0.0 --port 9000")
def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="Listen here; what is not this machine's own loopback, others can reach.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="Listen on this port, or the next that is free; 0: any.")
    ] = 8000,
    open: Annotated[bool, typer.Option("--open", help="Open the site in the browser.")] = False,
    now: NowOption = None,
) -> None:
    """Build the site, serve it, and build it again whenever a file is saved; open pages then load themselves again.

    While the catalogue cannot be loaded, the pages show why and where. Ctrl-C ends it.
    """
    import os

    from pinakes.site.serve import Place
    from pinakes.site.serve import serve as run

    project, place = project_of(context), Place(host=host, port=port)
    run(project, lambda: today_of(now), place, _Teller(opens=open, asked=port), processes=os.cpu_count() or 1)
    raise typer.Exit(130)


class _Teller:
    """Tells the terminal how it goes."""

    def __init__(self, *, opens: bool, asked: int) -> None:
        self.opens, self.asked = opens, asked

    def ready(self, address: str, port: int) -> None:
        """Say where the site is."""
        if self.asked not in {0, port}:
            typer.echo(f"pinakes: port {self.asked} is taken", err=True)
        typer.echo(f"serving {address} (Ctrl-C ends it)")
        if self.opens:
            import webbrowser

            webbrowser.open(address)

    def built(self, built: Built, seconds: float) -> None:
        """Say what was built."""
        from datetime import datetime

        from pinakes.cli.told import summary, tell_troubles

        tell_troubles(built)
        typer.echo(f"{datetime.now().astimezone():%H:%M:%S} {summary(built, seconds)}", err=True)

    def failed(self, error: PinakesError) -> None:
        """Say why nothing could be built."""
        print_error(error)
