"""Whose turn it is: hosts interleaved, each within its limits, the one with the most work left never kept waiting.

Starts on a host keep its interval by the generic cell rate algorithm (ITU-T I.371): one that comes late may be made up
for, as far as `burst` says, so that the rate in the long run is what the config says. A hold (`Retry-After`, back-off)
only ever grows: a good answer elsewhere on the host never shortens it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count
from math import inf
from typing import NamedTuple

from pinakes.fetch.job import Job, Request
from pinakes.model import FetchPolicy, HostPolicy
from pinakes.urls import server_of

LOOK_AHEAD = 20_000
"""Requests that wait here at most; the rest stay with the caller, so that memory does not grow with their number."""
_NEVER, _READY = inf, -inf
PAUSE = 20.0
"""Seconds that a host which failed too often is left alone before it is tried once more."""


class Turn(NamedTuple):
    """A job whose turn it is.

    Attributes:
        job: The job.
        host: Its host, to be given back with `Hosts.release`.
        given_up: Why it is not to be asked; empty if it is.
    """

    job: Job
    host: Host
    given_up: str = ""


@dataclass(slots=True, eq=False)
class Host:
    """One host, and what waits for it.

    Attributes:
        name: Host, with the port where it is not the usual one.
        policy: Its limits.
        waiting: New requests, in order.
        returning: Jobs to be asked again, by the time from when on.
        in_flight: Requests that are being asked.
        next_start: When the next start is due by the interval alone.
        held_until: Before this nothing is asked.
        failures: Failures in a row.
        blocks: 403s in a row.
        trials: Pauses that it was given after too many of them.
        latency: Seconds that an answer takes, as it has lately been.
        listed: The start for which it stands among the hosts whose turn comes; one that is ready has none.
        given_up: Why its links are not asked any more in this run; empty while they are.
    """

    name: str
    policy: HostPolicy
    waiting: deque[Request] = field(default_factory=deque)
    returning: list[tuple[float, int, Job]] = field(default_factory=list)
    in_flight: int = 0
    next_start: float = 0.0
    held_until: float = 0.0
    failures: int = 0
    blocks: int = 0
    trials: int = 0
    latency: float = 0.1
    listed: float = _NEVER
    given_up: str = ""

    @property
    def work(self) -> int:
        """How many links still wait for it."""
        return len(self.waiting) + len(self.returning)

    @property
    def has_room(self) -> bool:
        """Whether one more request may be in flight; a host that failed too often is tried with a single one."""
        limit = 1 if self.trials else self.policy.concurrency
        return bool(self.given_up) or self.in_flight < limit

    def earliest(self) -> float:
        """From when on a request may start."""
        if self.given_up:
            return 0.0
        start = max(self.next_start - (self.policy.burst - 1) * self.policy.interval, self.held_until)
        return start if self.waiting else max(start, self.returning[0][0])

    def own_time(self, global_limit: int) -> float:
        """Estimate the seconds that its remaining work takes at least; 0 where it has no limits of its own."""
        slots = self.policy.concurrency
        each = max(self.policy.interval, self.latency / slots if slots < global_limit else 0.0)
        return self.work * each


class Hosts:
    """All hosts, and the requests that wait for them.

    One event loop's: nothing here is safe for threads.
    """

    def __init__(self, policy: FetchPolicy, requests: Iterator[Request]) -> None:
        self._policy = policy
        self._requests: Iterator[Request] | None = requests
        self._hosts: dict[str, Host] = {}
        self._ready: list[tuple[float, int, Host]] = []
        self._later: list[tuple[float, int, Host]] = []
        self._numbers = count()
        self._sleepers: deque[asyncio.Future[None]] = deque()
        self._timer: asyncio.TimerHandle | None = None
        self._loop = asyncio.get_running_loop()
        self._waiting = 0
        self._unfinished = 0

    async def take(self) -> Turn | None:
        """Give the next job as soon as one may start; None when all work is done."""
        while True:
            turn = self._turn()
            if turn is not None:
                if self._ready:
                    self._wake()  # one that was woken wakes the next, as long as there is something to do
                self._set_timer()
                return turn
            if self._unfinished == 0 and self._requests is None:
                self._wake_all()
                return None
            sleeper = self._loop.create_future()
            self._sleepers.append(sleeper)
            self._set_timer()
            await sleeper

    def release(self, host: Host) -> None:
        """Say that a request to a host has ended."""
        host.in_flight -= 1
        self._list(host)

    def finish(self) -> None:
        """Say that a job has come to its end."""
        self._unfinished -= 1
        if self._unfinished == 0:
            self._wake_all()

    def put_back(self, job: Job, delay: float) -> None:
        """Let a job wait for its host again: for its next hop, or to be asked once more after some seconds."""
        host = self._host(server_of(str(job.url)))
        heappush(host.returning, (self._loop.time() + delay, next(self._numbers), job))
        self._list(host)

    def hold(self, host: Host, seconds: float) -> None:
        """Ask nothing of a host for some seconds; a longer hold stays."""
        host.held_until = max(host.held_until, self._loop.time() + seconds)

    def count(self, host: Host, *, failed: bool, reason: str) -> None:
        """Count an answer of a host; after too many failures in a row it is paused once, and then given up."""
        if not failed:
            host.failures = host.trials = 0
            return
        host.failures += 1
        if host.failures < self._policy.pause_after or host.held_until > self._loop.time():
            return
        if host.trials:
            self.give_up(host, f"{host.name} failed {host.failures} times in a row: {reason}")
        else:
            host.trials += 1
            self.hold(host, min(PAUSE, self._policy.max_wait))

    def give_up(self, host: Host, reason: str) -> None:
        """Ask nothing of a host any more in this run; what waits for it is given out to be told so."""
        host.given_up = reason
        self._list(host)

    def close(self) -> None:
        """Take no new requests: what is in flight comes to its end, and nothing else begins."""
        self._requests = None
        for host in self._hosts.values():
            self._unfinished -= host.work
            host.waiting.clear()
            host.returning.clear()
        self._waiting = 0
        if self._timer is not None:
            self._timer.cancel()
        self._wake_all()

    def _host(self, name: str) -> Host:
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = Host(name, self._policy.limits_of(name))
        return host

    def _fill(self) -> None:
        """Take requests from the caller until enough of them wait."""
        while self._requests is not None and self._waiting < LOOK_AHEAD:
            request = next(self._requests, None)
            if request is None:
                self._requests = None
                return
            self._add(request)

    def _add(self, request: Request) -> None:
        host = self._host(server_of(request.url))
        host.waiting.append(request)
        self._waiting += 1
        self._unfinished += 1
        self._list(host)

    def _turn(self) -> Turn | None:
        if self._waiting < LOOK_AHEAD // 2:
            self._fill()
        now = self._loop.time()
        while self._later and self._later[0][0] <= now:
            start, _, host = heappop(self._later)
            if host.listed == start:  # otherwise it has been listed anew since
                host.listed = _NEVER
                self._list(host)
        while self._ready:
            host = heappop(self._ready)[2]
            host.listed = _NEVER
            if host.work and host.earliest() <= now:
                return self._start(host, now)
            self._list(host)
        return None

    def _start(self, host: Host, now: float) -> Turn:
        if host.returning and (host.returning[0][0] <= now or host.given_up):
            job = heappop(host.returning)[2]
        else:
            request = host.waiting.popleft()
            self._waiting -= 1
            job = Job(request)
        host.in_flight += 1
        if not host.given_up:
            host.next_start = max(host.next_start, now) + host.policy.interval
        self._list(host)
        return Turn(job, host, host.given_up)

    def _list(self, host: Host) -> None:
        """Let a host stand where its next start says: among the ready ones or, by time, among the others."""
        if not host.work or not host.has_room:
            return
        start = host.earliest()
        if start <= self._loop.time():
            if host.listed != _READY:
                host.listed = _READY
                heappush(self._ready, (-host.own_time(self._policy.concurrency), next(self._numbers), host))
                self._wake()
        elif start < host.listed:
            host.listed = start
            heappush(self._later, (start, next(self._numbers), host))
            self._set_timer()

    def _wake(self) -> None:
        while self._sleepers:
            sleeper = self._sleepers.popleft()
            if not sleeper.done():
                sleeper.set_result(None)
                return

    def _wake_all(self) -> None:
        while self._sleepers:
            self._wake()

    def _set_timer(self) -> None:
        """Wake a sleeper when the first of the waiting hosts may start."""
        if not self._later or not self._sleepers:
            return
        when = self._later[0][0]
        if self._timer is not None:
            if self._timer.when() <= when:
                return
            self._timer.cancel()
        self._timer = self._loop.call_at(when, self._ring)

    def _ring(self) -> None:
        self._timer = None
        self._wake()
