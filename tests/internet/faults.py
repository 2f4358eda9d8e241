"""Faults of the wire: ended, torn, silent or dripping at every stage; answers that break HTTP; heads without end."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping

from tests.internet.pages import html, page
from tests.internet.wire import Exchange, head

_HTML = "Content-Type: text/html; charset=utf-8"
_PAGE = html(text="两个视图。" * 20).encode()
_CHUNK = b"%x\r\n%b\r\n" % (len(_PAGE), _PAGE)
_CHUNKED = head(200, _HTML, "Transfer-Encoding: chunked")
_GARBAGE = random.Random(4).randbytes(4096)

STAGES: Mapping[str, bytes] = {
    "request": b"",
    "status": b"HTTP/1.1 20",
    "headers": b"HTTP/1.1 200 OK\r\nContent-Type: text/ht",
    "between": head(200, _HTML, f"Content-Length: {len(_PAGE)}"),
    "body": head(200, _HTML, f"Content-Length: {len(_PAGE)}") + _PAGE[:150],
    "chunk": _CHUNKED + _CHUNK[:150],
    "chunks": _CHUNKED + _CHUNK,
}
"""What has been sent when it happens: nothing, half a status line, half a header, all headers, half a body …"""


async def cut(exchange: Exchange, stage: str) -> None:
    """`/cut/headers`: the connection ends there (FIN)."""
    await exchange.send(STAGES[stage])
    exchange.close()


async def torn(exchange: Exchange, stage: str) -> None:
    """`/torn/headers`: the connection is reset there (RST)."""
    await exchange.send(STAGES[stage])
    exchange.reset()


async def stall(exchange: Exchange, stage: str) -> None:
    """`/stall/headers`: nothing more comes from there on."""
    await exchange.send(STAGES[stage])
    await exchange.wait()


async def drip(exchange: Exchange, stage: str, seconds: str = "0.5") -> None:
    """`/drip/body/1`: from there on a byte comes each second."""
    whole = STAGES["body"] + _PAGE[150:]
    await exchange.send(STAGES[stage])
    for byte in whole[len(STAGES[stage]) :]:
        await asyncio.sleep(float(seconds))
        await exchange.send(bytes([byte]))


ANSWERS: Mapping[str, bytes] = {
    # bodies whose end is not where it is said to be
    "length-too-long": head(200, _HTML, f"Content-Length: {len(_PAGE) + 1000}") + _PAGE,
    "length-too-short": head(200, _HTML, f"Content-Length: {len(_PAGE) - 50}") + _PAGE,
    "length-negative": head(200, _HTML, "Content-Length: -5") + _PAGE,
    "length-no-number": head(200, _HTML, "Content-Length: many") + _PAGE,
    "length-twice": head(200, _HTML, "Content-Length: 10", "Content-Length: 20") + _PAGE,
    "length-and-chunks": head(200, _HTML, "Content-Length: 5", "Transfer-Encoding: chunked") + _CHUNK + b"0\r\n\r\n",
    "chunk-size-no-number": _CHUNKED + b"zz\r\n" + _PAGE,
    "chunk-size-negative": _CHUNKED + b"-1\r\n" + _PAGE,
    "chunk-size-huge": _CHUNKED + b"ffffffffffffffffff\r\n" + _PAGE,
    "chunk-size-endless": _CHUNKED + b"0" * 100_000,
    "chunk-without-end": _CHUNKED + b"5\r\nhelloworld",
    "chunk-trailers": _CHUNKED + _CHUNK + b"0\r\n" + b"X-Trailer: yes\r\n" * 3 + b"\r\n",
    # heads that are none
    "garbage": _GARBAGE,
    "http-0.9": _PAGE,
    "http-2": bytes.fromhex("0000120400000000000003000000640004001000000006000020000000040800000000000000ff0001"),
    "ssh": b"SSH-2.0-OpenSSH_9.6\r\n",
    "status-no-number": b"HTTP/1.1 OK fine\r\n\r\n",
    "status-huge": b"HTTP/1.1 99999 Much\r\nContent-Length: 0\r\n\r\n",
    "status-short": b"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
    "version-unknown": b"HTTP/7.3 200 OK\r\nContent-Length: 0\r\n\r\n",
    "header-without-colon": b"HTTP/1.1 200 OK\r\nno colon here\r\nContent-Length: 0\r\n\r\n",
    "header-with-nul": b"HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 0\r\n\r\n",
    # slips that browsers forgive
    "no-phrase": b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
    "bare-newlines": (head(200, _HTML, f"Content-Length: {len(_PAGE)}").replace(b"\r\n", b"\n")) + _PAGE,
    "folded-header": b"HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nContent-Length: 0\r\n\r\n",
    "http-1.1-then-close": head(200, _HTML, f"Content-Length: {len(_PAGE)}") + _PAGE,
    "http-1.0": head(200, _HTML).replace(b"HTTP/1.1", b"HTTP/1.0") + _PAGE,
    "header-not-ascii": "HTTP/1.1 200 OK\r\nX-Name: 图解\r\nContent-Length: 0\r\n\r\n".encode(),
    "header-latin-1": "HTTP/1.1 200 OK\r\nX-Name: é\r\nContent-Length: 0\r\n\r\n".encode("latin-1"),
}
"""Whole answers, byte by byte; the connection ends after each."""


async def raw(exchange: Exchange, name: str) -> None:
    """`/raw/garbage`: one of `ANSWERS`."""
    await exchange.send(ANSWERS[name])
    exchange.close()


async def surplus(exchange: Exchange, *_: str) -> None:
    """`/surplus/…`: a page that is longer than its length says by a whole other answer, on a connection kept open."""
    other = head(404, "Content-Length: 6", "X-From: surplus") + b"<html>"
    await exchange.send(head(200, _HTML, f"Content-Length: {len(_PAGE)}") + _PAGE + other)


async def early(exchange: Exchange, code: str, *_: str) -> None:
    """`/early/103`: an interim answer before the page (RFC 8297); `/early/endless`: one after the other, no page."""
    if code == "endless":
        while True:
            await exchange.send(head(103, "Link: </style.css>; rel=preload") * 20)
            await asyncio.sleep(0.01)
    await exchange.send(head(int(code)))
    await page(exchange)


async def heads(exchange: Exchange, shape: str) -> None:
    """`/heads/one`, `/heads/many`, `/heads/endless`: 10 MB of headers, as one, as 100,000; or without end."""
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    if shape == "one":
        await exchange.send(b"X-Long: ")
    piece = b"a" * 10_000 if shape == "one" else b"".join(b"X-%04d: %b\r\n" % (n, b"a" * 91) for n in range(100))
    sent = 0
    while shape == "endless" or sent < 10_000_000:
        await exchange.send(piece)
        sent += len(piece)
    await exchange.send(b"\r\nContent-Length: 2\r\n\r\nok")


FAULTS: Mapping[str, Callable[..., Awaitable[None]]] = {
    "cut": cut,
    "torn": torn,
    "stall": stall,
    "drip": drip,
    "raw": raw,
    "surplus": surplus,
    "early": early,
    "heads": heads,
}
