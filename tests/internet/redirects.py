"""Redirects: chains, circles, anywhere, nowhere, and those that only lead on with their cookie."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote, unquote

from tests.internet.pages import page
from tests.internet.wire import Exchange

COOKIE = "token=let-me-in"
ODD_COOKIES = (
    "", "=", ";;;", "no-value", "=no-name", "a b=c d", 'quoted="a; b"', "ctrl=\x01\x7f", "名=值", "expired=1; Max-Age=0",
    "late=1; Expires=Foo, 99 Bar 99999 99:99:99 GMT", "other=1; Domain=127.0.0.6", "public=1; Domain=com", f"long={'x' * 5000}",
    "secure=1; Secure", "fine=1",
)  # fmt: skip
"""What hosts call cookies: nothing, half of one, one of another host, one that may not be sent yet."""


def to(location: str, status: int = 302) -> str:
    """Give the path that leads to a location, which is sent as it stands here."""
    return f"/to/{status}?to={quote(location, safe='')}"


def to_with_cookie(location: str) -> str:
    """Give the path that sets a cookie and leads to a location."""
    return f"/cookie/away?to={quote(location, safe='')}"


async def go(exchange: Exchange, status: str, *_: str) -> None:
    """`/to/302?to=…`: to where the query says; a page where it says nothing."""
    if "to=" not in exchange.query:
        return await page(exchange)
    return await exchange.reply(int(status), b"", f"Location: {_said(exchange)}")


async def chain(exchange: Exchange, status: str, hops: str) -> None:
    """`/chain/301/3`: that many redirects to a page, by relative addresses."""
    left = int(hops) - 1
    await exchange.reply(int(status), b"", f"Location: {f'/chain/{status}/{left}' if left else '/page'}")


async def circle(exchange: Exchange, size: str, at: str = "0") -> None:
    """`/circle/3`: three addresses, each of which leads to the next; one alone leads to itself."""
    await exchange.reply(302, b"", f"Location: /circle/{size}/{(int(at) + 1) % int(size)}")


async def spiral(exchange: Exchange, at: str = "0") -> None:
    """`/spiral`: ever new addresses, without end."""
    await exchange.reply(302, b"", f"Location: /spiral/{int(at) + 1}")


async def nowhere(exchange: Exchange, status: str) -> None:
    """`/nowhere/302`: a redirect that does not say where to."""
    await exchange.reply(int(status), b"<p>Moved.</p>", "Content-Type: text/html")


async def cookie(exchange: Exchange, step: str, *_: str) -> None:
    """`/cookie/set/…` gives a cookie and leads to `/cookie/need/…`, which leads back to who does not bring it."""
    if step == "away":
        await exchange.reply(302, b"", f"Location: {_said(exchange)}", f"Set-Cookie: {COOKIE}; Path=/")
    elif step == "odd":
        await exchange.reply(302, b"", "Location: /page/odd", *(f"Set-Cookie: {odd}; Path=/" for odd in ODD_COOKIES))
    elif step == "set":
        needing = exchange.asked.path.replace("/set", "/need")
        await exchange.reply(302, b"", f"Location: {needing}", f"Set-Cookie: {COOKIE}; Path=/; HttpOnly")
    elif "token" in exchange.cookies:
        await page(exchange)
    else:
        await exchange.reply(302, b"", f"Location: {exchange.asked.path.replace('/need', '/set')}")


def _said(exchange: Exchange) -> str:
    return unquote(exchange.query.removeprefix("to="))


REDIRECTS: Mapping[str, Callable[..., Awaitable[None]]] = {
    "to": go,
    "chain": chain,
    "circle": circle,
    "spiral": spiral,
    "nowhere": nowhere,
    "cookie": cookie,
}
