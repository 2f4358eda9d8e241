"""A host's limits hold for whatever is asked of it, as the host itself counts it; and no host holds up another."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import aclosing
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.internet.fixtures import Internet
from tests.internet.plays import play

from pinakes.fetch.engine import Request, observe
from pinakes.model import FetchPolicy, HostPolicy

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask

JITTER = 0.08
"""Seconds that a request may come late, and the next one then too soon after it."""


def assert_spaced(times: Sequence[float], interval: float) -> None:
    """No request came before its turn, counted from the first."""
    late = [at - times[0] - number * interval for number, at in enumerate(times)]
    assert min(late) > -JITTER, [after - before for before, after in pairwise(times)]


@pytest.mark.parametrize(
    ("path", "links", "requests"),
    [("/page/{}", 8, 8), ("/chain/302/3?{}", 3, 10), ("/to/302/{}?to=/page", 5, 10), ("/once/503?{}", 5, 10)],
    ids=["pages", "a chain", "redirects", "retries"],
)
def test_the_interval_is_kept(internet: Internet, ask: Ask, path: str, links: int, requests: int):
    urls = [internet.url(path.format(number)) for number in range(links)]
    seen = ask(*urls, per_host=HostPolicy(concurrency=4, interval=0.1), retries=1)
    assert {one.status for one in seen} == {200}
    times = internet.times()
    assert len(times) >= requests
    assert_spaced(times, 0.1)


def test_redirects_from_elsewhere_keep_it_too(internet: Internet, ask: Ask):
    target = internet.host("127.0.0.9")
    lures = [internet.host(f"127.0.2.{n}").url(f"/to/302?to={target.url(f'/page/{n}')}") for n in range(1, 8)]
    ask(*lures, hosts={"127.0.0.9": HostPolicy(concurrency=4, interval=0.1)})
    assert len(target.times()) == 7
    assert_spaced(target.times(), 0.1)


def test_after_a_pause_a_burst_makes_up_for_it_and_no_more(internet: Internet, ask: Ask):
    urls = [internet.url(f"/page/{number}") for number in range(7)]
    ask(*urls, per_host=HostPolicy(concurrency=4, interval=0.2, burst=3))
    times = internet.times()
    assert times[2] - times[0] < 0.1
    assert_spaced(times[2:], 0.2)


def test_a_host_has_its_own_limits_by_name_or_with_its_port(internet: Internet, ask: Ask):
    six, seven, eight = (internet.host(f"127.0.0.{number}") for number in (6, 7, 8))
    hosts = {"127.0.0.6": HostPolicy(interval=0.2), f"127.0.0.7:{seven.port}": HostPolicy(interval=0.2)}
    ask(*(host.url(f"/page/{number}") for number in range(5) for host in (six, seven, eight)), hosts=hosts)
    assert_spaced(six.times(), 0.2)
    assert_spaced(seven.times(), 0.2)
    assert eight.times()[-1] - eight.times()[0] < 0.6


@pytest.mark.parametrize("path", ["/slow/0.1/{}", "/drip/body/0.001?{}"])
def test_no_more_at_once_than_allowed_and_no_fewer(internet: Internet, ask: Ask, path: str):
    urls = [internet.url(path.format(number)) for number in range(7)]
    ask(*urls, per_host=HostPolicy(concurrency=3, interval=0))
    assert internet.host().log.peak == 3


def test_no_more_at_once_than_allowed_in_all(internet: Internet, ask: Ask):
    hosts = [internet.host(f"127.0.2.{number}") for number in range(1, 11)]
    ask(*(host.url(f"/slow/0.1?{number}") for host in hosts for number in range(3)), concurrency=5)
    starts = sorted(at for host in hosts for at in host.times())
    at_once = [sum(start - 0.09 < earlier <= start for earlier in starts) for start in starts]
    assert max(at_once) == 5


def test_a_slow_host_with_half_of_the_links_holds_nobody_up(internet: Internet, ask: Ask):
    slow, quick = internet.host("127.0.0.9"), [internet.host(f"127.0.2.{number}") for number in range(1, 16)]
    urls = [slow.url(f"/slow/0.1?{number}") for number in range(15)] + [host.url("/page") for host in quick]
    ask(*urls, concurrency=4, hosts={"127.0.0.9": HostPolicy(concurrency=1, interval=0)})
    begin, end = slow.times()[0], slow.times()[-1]
    assert end - begin > 1.3
    assert max(at for host in quick for at in host.times()) - begin < 0.7
    assert slow.log.peak == 1
    gaps = [after - before for before, after in pairwise(slow.times())]
    assert max(gaps) < 0.3  # and the slow one is never left idle


def test_through_a_proxy_the_limits_are_those_of_the_hosts_behind_it(
    internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch
):
    proxy = internet.proxy({"a.example": play, "b.example": play})
    for name, value in proxy.env().items():
        monkeypatch.setenv(name, value)
    urls = [f"{scheme}://{name}.example/page/{n}" for n in range(4) for name in "ab" for scheme in ("http", "https")]
    ask(*urls, per_host=HostPolicy(interval=0.1), allow=())
    times = {name: proxy.times(host=f"{name}.example") for name in "ab"}
    for one in times.values():
        assert len(one) == 8
        assert_spaced(one, 0.1)
    assert min(times["b"]) < max(times["a"])


def test_when_time_is_up_nothing_begins_and_what_has_begun_ends(internet: Internet, ask: Ask):
    urls = [internet.url(f"/slow/0.2?{number}") for number in range(40)]
    start = time.monotonic()
    seen = ask(*urls, concurrency=4, options={"max_seconds": 0.5})
    assert time.monotonic() - start < 1.5
    assert 4 <= len(seen) < 20
    assert {one.status for one in seen} == {200}
    assert len(internet.requests()) == len(seen)


def test_who_stops_listening_leaves_nothing_behind(internet: Internet):
    policy = FetchPolicy(allow=("127.0.0.0/8",), per_host=HostPolicy(interval=0))
    requests = (Request(internet.url(f"/slow/0.05?{number}")) for number in range(10_000))

    async def first() -> int | None:
        async with aclosing(observe(requests, policy)) as coming:
            _, seen = await anext(coming)
        assert len(asyncio.all_tasks()) == 1
        return seen.status

    assert asyncio.run(first()) == 200
    assert len(internet.requests()) < 1000
