"""The table of what a host plays: the first part of a path names the play, the others are its arguments."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import unquote

from tests.internet.bodies import BODIES
from tests.internet.faults import FAULTS
from tests.internet.pages import PAGES
from tests.internet.redirects import REDIRECTS
from tests.internet.statuses import STATUSES, status
from tests.internet.wire import Exchange

PLAYS: Mapping[str, Callable[..., Awaitable[None]]] = {**PAGES, **STATUSES, **REDIRECTS, **BODIES, **FAULTS}


async def play(exchange: Exchange) -> None:
    """Answer as the path says; 404 to a path that says nothing, or nothing that its play can read."""
    name, *arguments = (unquote(part) for part in exchange.asked.path.partition("?")[0].split("/")[1:])
    try:
        answer = PLAYS[name](exchange, *arguments)
    except (KeyError, TypeError):
        answer = status(exchange, "404")
    try:
        await answer
    except (KeyError, ValueError):
        await status(exchange, "404")
