"""Look at links from many machines: a Dask cluster, a host never with two workers at a time.

Hosts are dealt to lanes, and a lane's links go out in chunks, one after the other. So a host's limits hold whichever
worker has its chunk; a worker that is lost costs a chunk, which Dask gives to another; and what comes back is written
down once, here. Where links lead to other hosts, these are asked by as many workers as lead there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from time import monotonic

from pinakes.errors import PinakesError
from pinakes.links.glance import Batch, KnownHosts, Wanted
from pinakes.links.look import glances
from pinakes.links.select import spread
from pinakes.links.shares import deal
from pinakes.model import FetchPolicy
from pinakes.urls import server_of

_CHUNK = 100
"""Links that a worker is given at once: with a second between two requests to a host, less than two minutes of work."""
_LANES_A_THREAD = 2
_PATIENCE = "30s"


def glances_of_workers(
    address: str, wanted: Sequence[Wanted], policy: FetchPolicy, hosts: KnownHosts, max_seconds: float | None
) -> Iterator[Batch]:
    """Look at links with the workers of a cluster; they must have this version of Pinakes.

    Args:
        address: The scheduler's, `tcp://host:8786`.
        wanted: The links.
        policy: How they are asked for; the concurrency holds for each worker.
        hosts: What is known of hosts.
        max_seconds: No chunk is given out after so many seconds.

    Raises:
        PinakesError: There is no such scheduler, it has no workers, or a chunk was lost with several of them.
    """
    try:
        from distributed import Client, KilledWorker, as_completed  # noqa: PLC0415  # an extra
    except ImportError:
        hint = "install it: pip install 'pinakes[cluster]'"
        raise PinakesError("--scheduler needs the package `distributed`", hint=hint) from None
    try:
        client = Client(address, timeout=_PATIENCE, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise PinakesError(f"no Dask scheduler answers: {error}", place=address) from None
    end = None if max_seconds is None else monotonic() + max_seconds
    with client:
        threads = sum(worker["nthreads"] for worker in client.scheduler_info(n_workers=-1)["workers"].values())
        if not threads:
            hint = f"start some: dask worker {address}"
            raise PinakesError("the Dask scheduler has no workers", place=address, hint=hint)
        lanes = [_chunks(lane) for lane in deal(wanted, policy, threads * _LANES_A_THREAD)]
        under_way = as_completed(loop=client.loop)
        lane_of = {}

        def give_out(lane: Iterator[list[Wanted]]) -> None:
            chunk = next(lane, None) if end is None or monotonic() < end else None
            if chunk is not None:
                future = client.submit(look, chunk, policy, hosts, pure=False)
                lane_of[future] = lane
                under_way.add(future)

        for lane in lanes:
            give_out(lane)
        for future in under_way:
            try:
                yield future.result()
            except KilledWorker as error:
                raise PinakesError(f"a chunk of links was lost with {error.last_worker}", place=address) from None
            give_out(lane_of.pop(future))


def look(chunk: Sequence[Wanted], policy: FetchPolicy, hosts: KnownHosts) -> Batch:
    """Look at a chunk of links; what a worker runs.

    It ends when the next chunk of the same hosts may begin, on whichever worker.
    """
    found = asyncio.run(_look(chunk, policy, hosts))
    time.sleep(max(policy.limits_of(server_of(wanted.url)).interval for wanted in chunk))
    return found


async def _look(chunk: Sequence[Wanted], policy: FetchPolicy, hosts: KnownHosts) -> Batch:
    return [found async for batch in glances(chunk, policy, hosts) for found in batch]


def _chunks(lane: Sequence[Wanted]) -> Iterator[list[Wanted]]:
    by_url = {wanted.url: wanted for wanted in lane}
    links = (by_url[url] for url in spread(list(by_url)))
    while chunk := list(islice(links, _CHUNK)):
        yield chunk
