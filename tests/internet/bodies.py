"""Bodies: compressed in every way, wrongly, twice, into bombs; and without end."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from functools import cache, partial
from importlib import import_module
from typing import Any

import brotli
from tests.internet.pages import html
from tests.internet.wire import Exchange, head

_MEGABYTE = bytes(1 << 20)
BOMB_MEGABYTES = 1024
_WBITS = {"gzip": 31, "x-gzip": 31, "deflate": 15, "raw-deflate": -15}
"""zlib's `wbits` for each coding: with gzip's frame, with zlib's, or with none (which some hosts call deflate too)."""
_HTML = "Content-Type: text/html; charset=utf-8"


def compress(data: bytes, coding: str) -> bytes:
    """Compress by a coding, or by several, `gzip, br`, in that order."""
    for one in coding.split(", "):
        data = b"".join(_Compressor(one).pieces(data))
    return data


class _Compressor:
    """One way of writing for the three libraries."""

    def __init__(self, coding: str) -> None:
        self.inner: Any
        if coding in _WBITS:
            self.inner = zlib.compressobj(9, zlib.DEFLATED, _WBITS[coding])
            self.write, self.end = self.inner.compress, self.inner.flush
            self.flush = partial(self.inner.flush, zlib.Z_FULL_FLUSH)
        elif coding == "br":
            self.inner = brotli.Compressor(quality=1, lgwin=22)
            self.write, self.end, self.flush = self.inner.process, self.inner.finish, self.inner.flush
        else:
            self.inner = zstd().ZstdCompressor(level=1)
            self.write, self.end = self.inner.compress, self.inner.flush

    def pieces(self, *data: bytes) -> Iterator[bytes]:
        for one in data:
            yield self.write(one)
        yield self.end()


def zstd() -> Any:
    """Give the module for zstd: Python's own since 3.14, its backport before."""
    try:
        return import_module("compression.zstd")
    except ModuleNotFoundError:
        return import_module("backports.zstd")


@cache
def bomb(coding: str) -> bytes:
    """Compress a gigabyte of zeros: to 1 MB by gzip, to 200 kB by br, to 50 kB by zstd; `gzip,br` does it by both.

    A megabyte is compressed once and said again and again. gzip, deflate and br go on in one stream, which a full flush
    lets forget what came before, so that at its end the check sum is missing; zstd begins anew every eight megabytes.
    """
    first, _, then = coding.partition(",")
    if then:
        return compress(bomb(first), then)
    if first == "zstd":
        return compress(_MEGABYTE * 8, first) * (BOMB_MEGABYTES // 8)
    stream = _Compressor(first)
    beginning, again = (stream.write(_MEGABYTE) + stream.flush() for _ in range(2))
    return beginning + again * (BOMB_MEGABYTES - 1)


async def coded(exchange: Exchange, coding: str) -> None:
    """`/coded/br`, `/coded/gzip,br`: a compressed page."""
    body = compress(html().encode(), coding.replace(",", ", "))
    await exchange.reply(200, body, _HTML, f"Content-Encoding: {_said(coding)}")


async def long(exchange: Exchange, kilobytes: str, coding: str, framing: str) -> None:
    """`/long/400/br/chunked`: a long page of words that do not repeat themselves, compressed, in chunks or at once."""
    words = b" ".join(b"%x" % (number * 2_654_435_761 % 2**32) for number in range(int(kilobytes) * 100))
    body = words if coding == "none" else compress(words, coding.replace(",", ", "))
    said = () if coding == "none" else (f"Content-Encoding: {_said(coding)}",)
    if framing == "length":
        return await exchange.reply(200, body, _HTML, *said)
    await exchange.send(head(200, _HTML, *said, "Transfer-Encoding: chunked"))
    for start in range(0, len(body), 1009):
        piece = body[start : start + 1009]
        await exchange.send(b"%x\r\n%b\r\n" % (len(piece), piece))
    return await exchange.send(b"0\r\n\r\n")


async def parts(exchange: Exchange, coding: str) -> None:
    """`/parts/gzip`: a page compressed in two parts, one after the other (RFC 1952 §2.2, RFC 8878 §3)."""
    page = html().encode()
    body = compress(page[:50], coding) + compress(page[50:], coding)
    await exchange.reply(200, body, _HTML, f"Content-Encoding: {_said(coding)}")


async def crumbs(exchange: Exchange, coding: str) -> None:
    """`/crumbs/gzip`: a page behind 20,000 parts with nothing in them, as no honest host sends it."""
    body = compress(b"", coding) * 20_000 + compress(html().encode(), coding)
    await exchange.reply(200, body, _HTML, f"Content-Encoding: {_said(coding)}")


async def bytewise(exchange: Exchange, coding: str) -> None:
    """`/bytewise/br`: a page compressed, in two parts where that may be, each byte in a packet of its own."""
    page = html().encode()
    several = coding in {"gzip", "zstd"}
    body = compress(page[:50], coding) + compress(page[50:], coding) if several else compress(page, coding)
    await exchange.send(head(200, _HTML, f"Content-Encoding: {_said(coding)}", f"Content-Length: {len(body)}"))
    for byte in body:
        await exchange.send(bytes([byte]))
        await asyncio.sleep(0.002)


async def miscoded(exchange: Exchange, coding: str) -> None:
    """`/miscoded/gzip`: a page that claims to be compressed and is not."""
    await exchange.reply(200, html().encode(), _HTML, f"Content-Encoding: {_said(coding)}")


async def cut_coded(exchange: Exchange, coding: str) -> None:
    """`/cut-coded/gzip`: a compressed page whose last half is missing, though its length is right."""
    whole = compress(html(text="两个视图。" * 50).encode(), coding)
    await exchange.reply(200, whole[: len(whole) // 2], _HTML, f"Content-Encoding: {_said(coding)}")


async def bombs(exchange: Exchange, coding: str) -> None:
    """`/bomb/gzip`, `/bomb/gzip,gzip`: a gigabyte of zeros in few bytes, once or twice compressed."""
    await exchange.reply(200, bomb(coding), _HTML, f"Content-Encoding: {_said(coding)}")


async def endless(exchange: Exchange, framing: str = "close") -> None:
    """`/endless/close`, `/endless/chunked`: a body that never ends, framed by nothing or in chunks."""
    piece = b"<p>" + b"text" * 4000 + b"</p>\n"
    chunk = b"%x\r\n%b\r\n" % (len(piece), piece)
    chunked = framing == "chunked"
    await exchange.send(head(200, _HTML, "Transfer-Encoding: chunked" if chunked else "Connection: close"))
    await exchange.stream(_for_ever(chunk if chunked else piece))


async def _for_ever(piece: bytes) -> AsyncIterator[bytes]:
    while True:
        yield piece


def _said(coding: str) -> str:
    return coding.replace("raw-", "").replace(",", ", ")


BODIES: Mapping[str, Callable[..., Awaitable[None]]] = {
    "coded": coded,
    "long": long,
    "parts": parts,
    "crumbs": crumbs,
    "bytewise": bytewise,
    "miscoded": miscoded,
    "cut-coded": cut_coded,
    "bomb": bombs,
    "endless": endless,
}
