"""Clients of the bench's internet: two references, and the engine alone; each asks for all URLs of a file.

Run in a fresh process, `python -m pinakes.bench.clients NAME FILE LIMITS`, each prints the seconds that it took, the
import of what it is made of not counted. All read every body to its end, and fail at an answer that
is not 200.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

_TIMEOUT = 60  # seconds


class Limits(NamedTuple):
    """How much may be asked at once, and how soon again; of these the references know only `total`.

    Attributes:
        total: Requests in flight, all hosts together.
        per_host: The same for one host.
        interval: Seconds between two starts on one host.
        burst: Starts on one host that may follow at once upon each other where earlier ones came late.
    """

    total: int
    per_host: int
    interval: float = 0
    burst: int = 1


Client = Callable[[Iterator[str], Limits], Callable[[], None]]
"""Imports what it needs, and gives the function that asks."""


def _engine(urls: Iterator[str], limits: Limits) -> Callable[[], None]:
    from pinakes.fetch.engine import Request, observe  # noqa: PLC0415  # each client pays for its own imports only
    from pinakes.model import FetchPolicy, HostPolicy  # noqa: PLC0415

    per_host = HostPolicy(concurrency=limits.per_host, interval=limits.interval, burst=limits.burst)
    policy = FetchPolicy(concurrency=limits.total, per_host=per_host, allow=("127.0.0.0/8",))

    async def ask() -> None:
        async for _, observation in observe(map(Request, urls), policy):
            assert observation.status == 200 and observation.body, observation.failure  # noqa: PT018

    return lambda: asyncio.run(ask())


def _aiohttp(urls: Iterator[str], limits: Limits) -> Callable[[], None]:
    """A bare aiohttp loop: one session, as many workers as may be in flight, and no logic at all."""
    import aiohttp  # noqa: PLC0415

    async def work(session: aiohttp.ClientSession) -> None:
        for url in urls:
            async with session.get(url) as answer:
                answer.raise_for_status()
                await answer.read()

    async def ask() -> None:
        connector, timeout = aiohttp.TCPConnector(limit=limits.total), aiohttp.ClientTimeout(total=_TIMEOUT)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            await asyncio.gather(*(work(session) for _ in range(limits.total)))

    return lambda: asyncio.run(ask())


def _requests(urls: Iterator[str], limits: Limits) -> Callable[[], None]:
    """As many threads as may be in flight, with a session each."""
    import requests  # noqa: PLC0415

    def work(mine: list[str]) -> None:
        with requests.Session() as session:
            for url in mine:
                session.get(url, timeout=_TIMEOUT).raise_for_status()

    def ask() -> None:
        everything = list(urls)
        with ThreadPoolExecutor(limits.total) as pool:
            list(pool.map(work, (everything[first :: limits.total] for first in range(limits.total))))

    return ask


CLIENTS: Mapping[str, Client] = {"engine": _engine, "aiohttp": _aiohttp, "requests": _requests}


def main() -> None:
    """Run the client that the command line names."""
    name, file, limits = sys.argv[1:]
    with Path(file).open(encoding="utf-8") as lines:
        ask = CLIENTS[name](map(str.rstrip, lines), Limits(**json.loads(limits)))
        start = perf_counter()
        ask()
        sys.stdout.write(f"{perf_counter() - start}\n")


if __name__ == "__main__":
    main()
