"""Look at many links from several processes of this machine: a page's text keeps a core busy, and there are more."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from threading import Thread

from pinakes.errors import PinakesError
from pinakes.garbage import collect_rarely
from pinakes.links.glance import Batch, KnownHosts, Wanted
from pinakes.links.select import spread
from pinakes.links.shares import deal
from pinakes.model import FetchPolicy

MANY = 5_000
"""Links from which on several processes are worth their start (half a second) and their memory (60 MB each)."""
_MOST = 4
"""Processes at most: the one that judges and writes what they find can do no more."""

_END = None


def glances_of_processes(
    wanted: Sequence[Wanted], policy: FetchPolicy, hosts: KnownHosts, max_seconds: float | None
) -> Iterator[Batch]:
    """Look at links with a process for each core; a host is asked by one of them only.

    Args:
        wanted: The links.
        policy: How they are asked for; the processes share its `concurrency`.
        hosts: What is known of hosts.
        max_seconds: No request begins after so many seconds.

    Raises:
        PinakesError: A process came to an end before its work did.
    """
    shares = deal(wanted, policy, processes())
    part = replace(policy, concurrency=-(-policy.concurrency // len(shares)))
    with _running([(share, part, hosts, max_seconds) for share in shares]) as open_ends:
        while open_ends:
            for end in wait(open_ends):
                assert isinstance(end, Connection)
                batch = _received(end)
                if batch is _END:
                    open_ends.remove(end)
                else:
                    yield batch


def processes() -> int:
    """Say how many processes there would be."""
    return min(os.cpu_count() or 1, _MOST)


@contextmanager
def _running(works: Sequence[tuple[object, ...]]) -> Iterator[list[Connection]]:
    """Start a process for each work, and give the ends that they send to; whatever happens, none is left running."""
    context = multiprocessing.get_context("spawn")  # a process that has threads cannot be forked safely
    started: list[SpawnProcess] = []
    ends: list[Connection] = []
    try:
        for work in works:
            ours, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_look, args=(*work, theirs), daemon=True)
            process.start()
            theirs.close()  # so that its end is the only one, and we are told when it closes
            started.append(process)
            ends.append(ours)
        yield ends
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.join()


def _received(end: Connection) -> Batch | None:
    try:
        batch: Batch | None = end.recv()
    except EOFError:
        hint = "run the same command again: what was seen is kept"
        raise PinakesError("a process that asked for links was ended from outside", hint=hint) from None
    return batch


def _look(
    share: Sequence[Wanted], policy: FetchPolicy, hosts: KnownHosts, max_seconds: float | None, end: Connection
) -> None:
    """Look at a share of the links; what a process runs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one that started us ends us
    Thread(target=_end_with_parent, daemon=True).start()
    collect_rarely()
    asyncio.run(_send(share, policy, hosts, max_seconds, end))


async def _send(
    share: Sequence[Wanted], policy: FetchPolicy, hosts: KnownHosts, max_seconds: float | None, end: Connection
) -> None:
    from pinakes.links.look import glances  # noqa: PLC0415  # aiohttp: the one that starts us has no use for it

    by_url = {wanted.url: wanted for wanted in share}
    links = (by_url[url] for url in spread(list(by_url)))
    async for batch in glances(links, policy, hosts, max_seconds=max_seconds):
        end.send(list(batch))
    end.send(_END)


def _end_with_parent() -> None:
    """End at once when nobody is left to tell, even if that one was killed: no host is asked in vain."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)
