"""Ordinary pages: in several encodings and media types, of any size, slow or quick."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import unquote

from tests.internet.wire import Exchange

TITLES = {"big5": "對比學習圖解", "shift_jis": "対照学習の図解", "latin-1": "L’apprentissage à l’œil"}
"""The title of a page in an encoding that cannot hold the usual one."""
TITLE = "对比学习图解"
LAST_MODIFIED = "Thu, 09 Apr 2020 08:00:00 GMT"
ETAG = '"2020-04-09"'


def html(title: str = TITLE, text: str = "两个视图。", meta: str = '<meta charset="utf-8">') -> str:
    """Write a small page."""
    return f"<!doctype html><html><head>{meta}<title>{title}</title></head><body><p>{text}</p></body></html>"


async def page(exchange: Exchange, *_: str) -> None:
    """`/page`, and anything below it: a page in UTF-8."""
    await exchange.reply(200, html().encode(), "Content-Type: text/html; charset=utf-8")


async def home(exchange: Exchange) -> None:
    """`/`: the host's home page."""
    await exchange.reply(200, html("首页", "欢迎。").encode(), "Content-Type: text/html; charset=utf-8")


async def login(exchange: Exchange) -> None:
    """`/login`: a page that asks who is there."""
    form = '<form action="/login"><input type="password" name="password"></form>'
    await exchange.reply(200, html("登录", form).encode(), "Content-Type: text/html; charset=utf-8")


async def encoded(exchange: Exchange, encoding: str, where: str) -> None:
    """`/encoded/gb18030/header`: a page in an encoding that is said in the header, in `meta`, or nowhere (`none`)."""
    meta = f'<meta charset="{encoding}">' if where == "meta" else ""
    kind = f"text/html; charset={encoding}" if where == "header" else "text/html"
    body = html(TITLES.get(encoding, TITLE), "", meta)
    await exchange.reply(200, body.encode(encoding, "replace"), f"Content-Type: {kind}")


async def said(exchange: Exchange) -> None:
    """`/said?text/html;charset=utf8`: a page in UTF-8 whose header says of it what the query does."""
    await exchange.reply(200, html(meta="").encode(), f"Content-Type: {unquote(exchange.query)}")


async def typed(exchange: Exchange, kind: str, subkind: str) -> None:
    """`/typed/application/pdf`: bytes of that media type."""
    await exchange.reply(200, b"%PDF-1.5\n\xff\xfe\x00", f"Content-Type: {kind}/{subkind}")


async def untyped(exchange: Exchange) -> None:
    """`/untyped`: a page that does not say what it is."""
    await exchange.reply(200, html().encode())


async def empty(exchange: Exchange, how: str = "length") -> None:
    """`/empty/length`, `/empty/close`: 200 and nothing, with a length of 0 or ended by the connection's end."""
    if how == "length":
        return await exchange.reply()
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    return exchange.close()


async def big(exchange: Exchange, kilobytes: str, marker: str = "") -> None:
    """`/big/3000/enough`: a page of that size; the marker stands 10 kB from its beginning."""
    start = html().encode() + b"\n" * 10_000 + marker.encode()
    body = start + b"<p>text</p>" * ((int(kilobytes) * 1000 - len(start)) // 11)
    await exchange.reply(200, body, "Content-Type: text/html; charset=utf-8")


async def slow(exchange: Exchange, seconds: str, *_: str) -> None:
    """`/slow/0.2`: a page that takes its time before it says anything."""
    await asyncio.sleep(float(seconds))
    await page(exchange)


async def known(exchange: Exchange, by: str = "etag") -> None:
    """`/known/etag`, `/known/date`: a page with a validator; 304 to who shows it (RFC 9110 §13)."""
    asked, shown, validator = {
        "etag": ("if-none-match", f"ETag: {ETAG}", ETAG),
        "date": ("if-modified-since", f"Last-Modified: {LAST_MODIFIED}", LAST_MODIFIED),
    }[by]
    if exchange.asked.headers.get(asked) == validator:
        return await exchange.reply(304, b"", shown)
    return await exchange.reply(200, html().encode(), "Content-Type: text/html; charset=utf-8", shown)


PAGES: Mapping[str, Callable[..., Awaitable[None]]] = {
    "": home,
    "page": page,
    "login": login,
    "encoded": encoded,
    "said": said,
    "typed": typed,
    "untyped": untyped,
    "empty": empty,
    "big": big,
    "slow": slow,
    "known": known,
}
