"""Ask for many pages: each request, led along redirects and tried again where that may help, becomes an observation.

Retries, redirects and first requests all pass through the same schedule (`hosts`), so that a host's limits hold for
whatever is asked of it, from wherever it came.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from time import time

from pinakes.fetch.answer import Answer
from pinakes.fetch.client import Client
from pinakes.fetch.hosts import Hosts, Turn
from pinakes.fetch.job import Job, Request
from pinakes.fetch.observation import Failure, Observation
from pinakes.fetch.redirects import follow, trouble_with
from pinakes.fetch.retry import delay_before, is_passing, retry_after
from pinakes.model import FetchPolicy

__all__ = ["Observed", "Request", "observe", "observe_in_batches"]

Observed = tuple[Request, Observation]
_BLOCKS_ALL = 3
"""403s in a row from which on a host seems to block whatever we ask."""
_LATENCY_WEIGHT = 0.2


async def observe(
    requests: Iterable[Request], policy: FetchPolicy, *, proxy: str | None = None, max_seconds: float | None = None
) -> AsyncGenerator[Observed, None]:
    """Ask for pages and give what each came to, in the order in which they come.

    Args:
        requests: What to ask for; taken as they are needed, so it may be endless.
        policy: Limits, time-outs, what is let in.
        proxy: A proxy for all of them, in place of the environment's.
        max_seconds: No request begins after so many seconds; those that would have are not given.
    """
    batches = observe_in_batches(requests, policy, proxy=proxy, max_seconds=max_seconds)
    async with aclosing(batches):  # who stops listening to us stops the batches too
        async for batch in batches:
            for observed in batch:
                yield observed


async def observe_in_batches(
    requests: Iterable[Request], policy: FetchPolicy, *, proxy: str | None = None, max_seconds: float | None = None
) -> AsyncGenerator[list[Observed], None]:
    """Do the same, and give together what came at the same time: what is written down at once costs less."""
    loop = asyncio.get_running_loop()
    hosts = Hosts(policy, iter(requests))
    done: list[Observed] = []
    news = asyncio.Event()
    end = None if max_seconds is None else loop.call_later(max_seconds, hosts.close)
    async with Client(policy, proxy) as client:
        workers = [asyncio.create_task(_work(hosts, client, policy, done, news)) for _ in range(policy.concurrency)]
        try:
            for worker in workers:
                worker.add_done_callback(lambda _: news.set())
            while done or not all(worker.done() for worker in workers):
                await news.wait()
                news.clear()
                batch, done[:] = list(done), []
                if batch:
                    yield batch
                for worker in filter(asyncio.Task.done, workers):
                    worker.result()  # a defect of ours ends the run, and is not passed over
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)
            if end is not None:
                end.cancel()


async def _work(hosts: Hosts, client: Client, policy: FetchPolicy, done: list[Observed], news: asyncio.Event) -> None:
    """Take one turn after the other until there are none."""
    while (turn := await hosts.take()) is not None:
        job = turn.job
        job.at = job.at or time()
        if turn.given_up:
            answer = job.answer or Answer(failure=Failure("paused", turn.given_up))
        else:
            answer = job.answer = await client.get(job)
            job.attempts += 1
            job.seconds += answer.seconds
        delay = _next_delay(hosts, turn, answer, policy)
        if delay is None:
            done.append((job.request, _observation(job, answer)))
            news.set()
            hosts.finish()
        else:
            hosts.put_back(job, delay)
        hosts.release(turn.host)


def _next_delay(hosts: Hosts, turn: Turn, answer: Answer, policy: FetchPolicy) -> float | None:
    """Decide how a job goes on: the seconds after which it is asked again, or None if this answer is its last.

    What the answer says of its host is taken note of on the way.
    """
    job, host = turn.job, turn.host
    if answer.first_byte is not None:
        host.latency += _LATENCY_WEIGHT * (answer.seconds - host.latency)
    if turn.given_up:
        return None
    wait = retry_after(answer.headers) if answer.status in {429, 503} else None
    _note(hosts, turn, answer, wait, policy)
    if answer.failure is None and answer.leads_on:
        return 0.0 if follow(job, answer) else None
    if job.attempts > policy.retries or host.given_up:
        return None
    if is_passing(answer.status, answer.failure):
        return delay_before(job.attempts + 1) if wait is None else wait
    # Some gates let the second request pass; where a host blocks all, one question each is enough.
    if answer.status == 403 and job.attempts == 1 and host.blocks < _BLOCKS_ALL:
        return delay_before(2)
    return None


def _note(hosts: Hosts, turn: Turn, answer: Answer, wait: float | None, policy: FetchPolicy) -> None:
    """Let the host be asked later, or not at all, where an answer says so."""
    host = turn.host
    kind = answer.failure.kind if answer.failure else None
    if kind in {"refused", "dns"}:
        return  # neither says anything about the host's strength
    if answer.status is not None:
        host.blocks = host.blocks + 1 if answer.status == 403 else 0
    is_busy = answer.status == 429
    failed = is_busy or (kind in {"connect", "timeout", "reset"} and answer.first_byte is None)
    reason = answer.failure.message if answer.failure else "it answers 429, too many requests"
    if not failed or turn.job.attempts == 1 or host.trials:  # a link that fails again says nothing new of its host
        hosts.count(host, failed=failed, reason=reason)
    if wait is not None and wait > policy.max_wait:
        hosts.give_up(host, f"{host.name} asks us to wait for {wait:,.0f} s")
    elif wait is not None or is_busy:
        hosts.hold(host, delay_before(turn.job.attempts + 1) if wait is None else wait)


def _observation(job: Job, answer: Answer) -> Observation:
    failure = answer.failure
    if failure is None and answer.is_redirect:
        failure = Failure("redirects", trouble_with(job, answer))
    elif answer.status == 304 and not (job.request.etag or job.request.last_modified):
        failure = Failure("broken", "the host says that nothing changed, though it was not asked that (304)")
    return Observation(
        url=job.request.url.partition("#")[0],
        at=job.at,
        final_url=str(job.url) if job.url is not None else job.request.url,
        status=answer.status,
        hops=tuple(job.hops),
        headers=answer.headers,
        body=answer.body,
        is_whole=answer.is_whole,
        failure=failure,
        attempts=job.attempts,
        first_byte=answer.first_byte,
        seconds=job.seconds,
    )
