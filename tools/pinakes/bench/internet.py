"""A small internet on loopback: many hosts that answer after a latency and count what they were asked.

It runs in a process of its own (`python -m pinakes.bench.internet`), so that what is measured shares no interpreter
with it, and is as cheap as it can be: an answer is a few bytes put between two that are ready.
"""

from __future__ import annotations

import asyncio
import gc
import json
import math
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from http.client import HTTPConnection
from statistics import NormalDist

from pinakes.errors import PinakesError

_BACKLOG = 1024  # connections that a host may leave waiting: all of a client's may go to one host at once
_COUNTS = b"/counts"
_PARAGRAPH = """
<p>The gradient of a sum is the sum of the gradients, and that is all that this paragraph has to say. It stands here
so that the page is as long as a short post is, with a sentence about 对比学习 in it, and so that whoever reads it has
something to decode, to hash and to look through: a title, a description, a heading, and some lines of text.</p>
"""
_PAGE = (
    b'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n<title>Notes on machine learning, number ',
    f"""</title>
<meta name="description" content="One of many short posts.">
</head>
<body><article>
<h1>Notes</h1>{_PARAGRAPH * 7}</article></body></html>
""".encode(),
)
"""What stands before and behind the number in a page's title."""
_HEAD = b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
_LENGTH = sum(map(len, _PAGE))
_MISSING = b"<!doctype html><title>Not found</title><p>There is no such page.</p>\n"


@dataclass(frozen=True, slots=True)
class Internet:
    """Hosts that answer, and how long they take for it.

    Attributes:
        hosts: How many; each has an address of its own, all have the same port.
        latency: The median host's, in seconds: from the last byte of a request to the first of the answer.
        spread: How far the hosts' latencies lie apart: σ of their logarithm. With 0 all are the same, with 1 nineteen
            of twenty lie between a seventh and seven times the median.
        port: Where they listen; 0 for any that is free.
    """

    hosts: int = 250
    latency: float = 0.05
    spread: float = 0.0
    port: int = 0

    def host(self, number: int) -> str:
        """Give the address of a host, counted from 0: one of 127.1.0.0/16, which is loopback (RFC 6890 §2.2.2)."""
        return f"127.1.{number // 250}.{number % 250 + 1}"

    def url(self, number: int, page: int) -> str:
        """Give the address of a page; every host has one for each number, and nothing else."""
        return f"http://{self.host(number)}:{self.port}/posts/{page}"

    def latency_of(self, number: int) -> float:
        """Give a host's latency, in seconds: the hosts together are an exact sample of the lognormal distribution.

        They take its quantiles in an order that has nothing to do with how many links a host has (steps of the golden
        ratio), and the first host, which has the most, is the median one.
        """
        quantile = (0.5 + number * (math.sqrt(5) - 1) / 2) % 1
        return self.latency * math.exp(self.spread * NormalDist().inv_cdf(quantile))

    def counts(self) -> Mapping[str, int]:
        """Tell how many requests each host got since this was last asked; a host that got none is left out."""
        connection = HTTPConnection(self.host(0), self.port, timeout=10)
        try:
            connection.request("GET", _COUNTS.decode())
            counts: dict[str, int] = json.loads(connection.getresponse().read())
            return counts
        finally:
            connection.close()


@contextmanager
def running(wanted: Internet) -> Iterator[Internet]:
    """Run an internet in a process of its own.

    Yields:
        The same, with the port that it was given.

    Raises:
        PinakesError: It cannot listen here.
    """
    command = [sys.executable, "-m", "pinakes.bench.internet", json.dumps(asdict(wanted))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        told = process.stdout.readline().strip()
        if not told.isdecimal():
            raise PinakesError(
                f"the bench's hosts cannot listen: {told}",
                place=f"{wanted.host(0)} to {wanted.host(wanted.hosts - 1)}",
                hint="all of 127.0.0.0/8 is loopback on Linux; elsewhere each address must be added to the interface",
            )
        try:
            yield replace(wanted, port=int(told))
        finally:
            process.terminate()


class _Connection(asyncio.Protocol):
    """One connection: answers `GET /posts/<number>` with a page, all else with 404, in the order asked."""

    __slots__ = ("_answer_later", "_counts", "_host", "_latencies", "_latency", "_rest", "_transport")

    def __init__(self, loop: asyncio.AbstractEventLoop, latencies: Mapping[str, float], counts: Counter[str]) -> None:
        self._answer_later = loop.call_later
        self._latencies, self._counts = latencies, counts
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host = transport.get_extra_info("sockname")[0]
        self._latency = self._latencies[self._host]

    def data_received(self, data: bytes) -> None:
        *requests, self._rest = (self._rest + data).split(b"\r\n\r\n")
        for request in requests:
            path = request.split(b" ", 2)[1]
            if path == _COUNTS:
                self._tell_counts()
                continue
            self._counts[self._host] += 1
            self._answer_later(self._latency, self._transport.write, _answer(path))

    def _tell_counts(self) -> None:
        body = json.dumps(self._counts).encode()
        self._counts.clear()
        self._transport.write(_HEAD % (b"200 OK", len(body)) + body)


def _answer(path: bytes) -> bytes:
    number = path.removeprefix(b"/posts/")
    if not number.isdigit():
        return _HEAD % (b"404 Not Found", len(_MISSING)) + _MISSING
    return b"".join((_HEAD % (b"200 OK", _LENGTH + len(number)), _PAGE[0], number, _PAGE[1]))


def _listen(internet: Internet) -> list[socket.socket]:
    sockets = []
    port = internet.port
    for number in range(internet.hosts):
        sockets.append(socket.create_server((internet.host(number), port), backlog=_BACKLOG))
        port = sockets[0].getsockname()[1]
    return sockets


async def _serve(internet: Internet) -> None:
    """Answer until standard input ends: nobody but the parent holds its other end, so it ends as the parent does."""
    loop = asyncio.get_running_loop()
    latencies = {internet.host(number): internet.latency_of(number) for number in range(internet.hosts)}
    counts: Counter[str] = Counter()
    sockets = _listen(internet)
    for listening in sockets:
        await loop.create_server(lambda: _Connection(loop, latencies, counts), sock=listening, backlog=_BACKLOG)
    _tell(sockets[0].getsockname()[1])
    await loop.run_in_executor(None, sys.stdin.read)


def _tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    """Be the internet that the command line describes; tell the port, or why there is none."""
    gc.disable()  # nothing here goes in circles
    try:
        asyncio.run(_serve(Internet(**json.loads(sys.argv[1]))))
    except OSError as error:
        _tell(error)


if __name__ == "__main__":
    main()
