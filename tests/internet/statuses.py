"""Statuses: for ever, for a while, for the first requests only; with Retry-After in both of its forms."""

from __future__ import annotations

import math
import time
from collections.abc import Awaitable, Callable, Mapping
from email.utils import formatdate
from urllib.parse import unquote

from tests.internet.pages import html, page
from tests.internet.wire import Exchange


async def status(exchange: Exchange, code: str, *_: str) -> None:
    """`/status/404`: that status for ever, with a short page; one below 200 is the end of the connection too."""
    body = html(f"{code}", "没有这一页。").encode()
    await exchange.reply(int(code), body, "Content-Type: text/html; charset=utf-8")
    if int(code) < 200:
        exchange.close()


async def once(exchange: Exchange, code: str, *_: str) -> None:
    """`/once/503`: that status at first, then a page."""
    await first(exchange, "1", code)


async def first(exchange: Exchange, times: str, code: str, *_: str) -> None:
    """`/first/2/503`: that status to the first two requests, then a page."""
    await (status(exchange, code) if exchange.nth <= int(times) else page(exchange))


async def later(exchange: Exchange, code: str, seconds: str, form: str = "seconds") -> None:
    """`/later/429/2/seconds`, `/later/503/2/date`: come again in two seconds; then there is a page.

    A date has whole seconds only (RFC 9110 §5.6.7), so it is the next one after the wait.
    """
    left = float(seconds) - exchange.age
    if left <= 0:
        return await page(exchange)
    when = formatdate(math.ceil(time.time() + left), usegmt=True) if form == "date" else str(math.ceil(left))
    return await exchange.reply(int(code), b"", f"Retry-After: {when}")


async def crowded(exchange: Exchange, limit: str, *_: str) -> None:
    """`/crowded/3/…`: a host that lets three requests a second in, counting all, and tells the others to wait one."""
    now = exchange.asked.at
    recent = sum(now - asked.at < 1 for asked in exchange.connection.log.requests[-int(limit) - 1 :])
    await (page(exchange) if recent <= int(limit) else exchange.reply(429, b"", "Retry-After: 1"))


async def nonsense(exchange: Exchange, *_: str) -> None:
    """`/nonsense?…`: 503 once, with a Retry-After that says what follows the question mark; then a page."""
    await (exchange.reply(503, b"", f"Retry-After: {unquote(exchange.query)}") if exchange.nth == 1 else page(exchange))


STATUSES: Mapping[str, Callable[..., Awaitable[None]]] = {
    "status": status,
    "once": once,
    "first": first,
    "later": later,
    "crowded": crowded,
    "nonsense": nonsense,
}
