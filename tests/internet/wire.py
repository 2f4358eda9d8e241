"""One request as it came, and the bare connection on which a play answers it and may break every rule."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections import Counter
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http.client import responses
from typing import NamedTuple
from urllib.parse import urlsplit

_TLS_HANDSHAKE = 0x16  # the first byte of a ClientHello, RFC 8446 §5.1


class Asked(NamedTuple):
    """One request.

    Attributes:
        at: When its head was there, in seconds of `time.monotonic`.
        connection: The number of its connection at this host, from 1.
        method: The method.
        url: The address that the client meant, absolute.
        path: Its path with the query.
        headers: Its headers by lower-case name.
    """

    at: float
    connection: int
    method: str
    url: str
    path: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Log:
    """What came to one host, or through one proxy."""

    requests: list[Asked] = field(default_factory=list)
    connections: int = 0
    in_flight: int = 0
    peak: int = 0
    bytes_sent: int = 0
    bugs: list[BaseException] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    firsts: dict[str, float] = field(default_factory=dict)

    def begin(self, asked: Asked) -> None:
        """Take down a request that is now being answered."""
        self.requests.append(asked)
        self.counts[asked.url] += 1
        self.firsts.setdefault(asked.url, asked.at)
        self.in_flight += 1
        self.peak = max(self.peak, self.in_flight)

    def end(self) -> None:
        """Take down that a request has been answered, or given up."""
        self.in_flight -= 1


class Connection(NamedTuple):
    """One connection.

    Attributes:
        reader: What the client sends.
        writer: What it gets.
        number: Its number at this host, from 1.
        log: What came to the host.
    """

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    number: int
    log: Log


class Head(NamedTuple):
    """What a request begins with; the headers by lower-case name, of several with one name the last."""

    method: str
    target: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and the connection that it came on."""

    asked: Asked
    connection: Connection

    @property
    def nth(self) -> int:
        """The how-manieth request for this very address it is, from 1."""
        return self.connection.log.counts[self.asked.url]

    @property
    def age(self) -> float:
        """Seconds since the first request for this very address."""
        return self.asked.at - self.connection.log.firsts[self.asked.url]

    @property
    def query(self) -> str:
        """What stands behind the question mark."""
        return self.asked.path.partition("?")[2]

    @property
    def cookies(self) -> Mapping[str, str]:
        """The cookies that came along."""
        pairs = self.asked.headers.get("cookie", "").split("; ")
        return {name: value for name, _, value in (pair.partition("=") for pair in pairs) if name}

    async def send(self, data: bytes) -> None:
        """Send bytes as they are, and wait until the client has taken nearly all of them."""
        self.connection.writer.write(data)
        self.connection.log.bytes_sent += len(data)
        await self.connection.writer.drain()

    async def stream(self, pieces: AsyncIterable[bytes]) -> None:
        """Send piece after piece for as long as the client is there."""
        async for piece in pieces:
            await self.send(piece)

    async def reply(self, status: int = 200, body: bytes = b"", *headers: str) -> None:
        """Send an answer that keeps all the rules: header lines as given, and the length."""
        has_body = status >= 200 and status not in {204, 304}
        length = (f"Content-Length: {len(body)}",) if has_body else ()
        await self.send(head(status, *headers, *length) + (body if has_body else b""))

    async def wait(self) -> None:
        """Say nothing more until the client leaves."""
        await self.connection.reader.read()
        self.close()

    def close(self) -> None:
        """End the connection in the ordinary way (FIN)."""
        self.connection.writer.close()

    def reset(self) -> None:
        """Tear the connection down (RST)."""
        reset(self.connection.writer)


Play = Callable[[Exchange], Awaitable[None]]
"""What answers a request."""


def head(status: int, *headers: str) -> bytes:
    """Make a status line and headers, the empty line included; what is not ASCII becomes UTF-8."""
    return "\r\n".join((f"HTTP/1.1 {status} {responses.get(status, 'Whatever')}", *headers, "", "")).encode()


def reset(writer: asyncio.StreamWriter) -> None:
    """Tear a connection down: with a linger time of 0, closing sends RST (socket(7))."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def answer(connection: Connection, play: Play, base: str, first: Head | None = None) -> None:
    """Answer the requests of one connection until one side ends it.

    Args:
        connection: The connection.
        play: What answers.
        base: Scheme and host that the path of a request is below; a request with a whole address needs none.
        first: The first request, if it has been read already.
    """
    request = first or await read_head(connection)
    while request:
        asked = _asked(request, connection.number, base)
        connection.log.begin(asked)
        try:
            await play(Exchange(asked, connection))
        finally:
            connection.log.end()
        request = None if connection.writer.is_closing() else await read_head(connection)


def _asked(request: Head, connection: int, base: str) -> Asked:
    url = request.target if "://" in request.target else base + request.target
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Asked(time.monotonic(), connection, request.method, url, path, request.headers)


async def read_head(connection: Connection) -> Head | None:
    """Read a request up to its empty line; None when there is no (further) one.

    TLS on a plain port is told off in plain text, as nginx does.
    """
    first = await connection.reader.read(1)
    if not first:
        return None
    if first[0] == _TLS_HANDSHAKE:
        connection.writer.write(head(400, "Connection: close", "Content-Length: 0"))
        connection.writer.close()
        return None
    try:
        lines = (first + await connection.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    except asyncio.LimitOverrunError:
        connection.writer.write(head(414, "Connection: close", "Content-Length: 0"))
        connection.writer.close()
        return None
    method, target, _ = lines[0].split(" ")
    pairs = (line.partition(":") for line in lines[1:] if line)
    return Head(method, target, {name.strip().lower(): value.strip() for name, _, value in pairs})
