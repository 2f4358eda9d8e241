"""Serve the site and build it anew whenever something is saved."""

from __future__ import annotations

import gc
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from threading import Thread
from time import monotonic
from typing import Protocol

from pinakes.errors import BrokenCatalogError, PinakesError
from pinakes.findings import Finding
from pinakes.project import Project
from pinakes.site.build import Built, Warm, build, warm_up
from pinakes.site.builders import Order
from pinakes.site.live import Live, Problem, open_server
from pinakes.site.watch import watching


class Listener(Protocol):
    """Who is told how it goes."""

    def ready(self, address: str, port: int) -> None:
        """The site is served at an address; the port is the one that was free."""

    def built(self, built: Built, seconds: float) -> None:
        """The site is up to date."""

    def failed(self, error: PinakesError) -> None:
        """The site cannot be built as things are; the one from before is still served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to listen: a host name or address of this machine, and a port (0: any that is free)."""

    host: str = "127.0.0.1"
    port: int = 8000


def serve(project: Project, today: Callable[[], date], place: Place, listener: Listener, *, processes: int = 1) -> None:
    """Build, serve, and build anew on every change, until Ctrl-C.

    Args:
        project: The project.
        today: Gives the day after which dates lie in the future; asked again for each build.
        place: Where to listen.
        listener: Who is told.
        processes: How many processes the first build is shared by.

    Raises:
        PinakesError: No port is free.
    """
    live, warm = Live((project.build / "site").resolve()), Warm()

    def bring_up_to_date(order: Order) -> None:
        _rebuild(lambda: build(project, today(), order, warm=warm, publish=live.publish), live, listener)

    with open_server(place.host, place.port, live) as server, watching(project) as watch:
        bring_up_to_date(Order(processes=processes))
        Thread(target=server.serve_forever, daemon=True).start()
        listener.ready(address_of(str(server.server_address[0]), server.server_port), server.server_port)
        with _on_interrupt(watch.stop):
            with suppress(PinakesError):  # told already, or will be
                warm_up(project, Order(), warm)
            while watch.wait():
                bring_up_to_date(Order())


@contextmanager
def _on_interrupt(stop: Callable[[], None]) -> Iterator[None]:
    """Let a first Ctrl-C finish what is being done, so that no half-built site is left; a second one cuts it short."""

    def first(*_: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop()

    before = signal.signal(signal.SIGINT, first)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def address_of(host: str, port: int) -> str:
    """Write a server's address as a browser takes it."""
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def _rebuild(run: Callable[[], Built], live: Live, listener: Listener) -> None:
    start = monotonic()
    try:
        built = run()
    except PinakesError as error:
        live.tell(built=False, problem=problem_of(error))
        listener.failed(error)
    else:
        live.tell(built=False)
        listener.built(built, monotonic() - start)
    # The command runs without the collector, which is in the way of a build; here, memory would grow with each.
    gc.collect()


def problem_of(error: PinakesError) -> Problem:
    """Put an error into the form that pages show."""
    if isinstance(error, BrokenCatalogError):
        message = "The catalogue cannot be loaded; this is the site from before."
        return {"message": message, "findings": [_row(finding) for finding in error.findings]}
    row = {"place": error.place, "rule": "", "message": error.message, "hint": error.hint}
    return {"message": "The site cannot be built; this is the one from before.", "findings": [row]}


def _row(finding: Finding) -> dict[str, str]:
    place = f"{finding.file}:{finding.line}:{finding.column}"
    return {"place": place, "rule": finding.rule, "message": finding.message, "hint": finding.hint}
