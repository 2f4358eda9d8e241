"""What may pass is asked again, later each time; what a host says about when is kept to the second."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from tests.internet.fixtures import Internet

from pinakes.fetch.observation import Observation
from pinakes.model import HostPolicy

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask

PASSING = (408, 425, 429, 500, 501, 502, 503, 504, 507, 520, 522, 599)
FINAL = (202, 204, 400, 401, 402, 404, 405, 406, 410, 418, 451, 999)


def test_a_status_that_passes_is_asked_about_once_more(internet: Internet, ask: Ask):
    hosts = [internet.host(f"127.0.3.{number}") for number, _ in enumerate((*PASSING, 403), 1)]
    urls = [host.url(f"/once/{code}") for host, code in zip(hosts, (*PASSING, 403), strict=True)]
    seen = ask(*urls, retries=2)
    assert [(one.status, one.attempts) for one in seen] == [(200, 2)] * len(urls)


def test_any_other_status_is_an_answer(internet: Internet, ask: Ask):
    seen = ask(*(internet.url(f"/once/{code}") for code in FINAL), retries=2)
    assert [(one.status, one.attempts) for one in seen] == [(code, 1) for code in FINAL]
    assert len(internet.requests()) == len(FINAL)


def test_each_wait_is_longer_and_there_is_an_end(internet: Internet, ask: Ask):
    seen = ask(internet.url("/status/503"), retries=2)[0]
    assert (seen.status, seen.attempts, seen.failure) == (503, 3, None)
    first, second = (after - before for before, after in pairwise(internet.times()))
    assert 0.3 < first < 0.9
    assert 0.7 < second < 1.8
    assert seen.seconds < 0.5  # waiting is not counted


@pytest.mark.parametrize(("retries", "attempts"), [(0, 1), (1, 2)])
def test_how_often_is_the_configs_to_say(internet: Internet, ask: Ask, retries: int, attempts: int):
    assert ask(internet.url("/status/500"), retries=retries)[0].attempts == attempts
    assert len(internet.requests()) == attempts


@pytest.mark.parametrize("fault", ["reset", "close"])
def test_a_flapping_host_is_asked_until_it_answers(internet: Internet, ask: Ask, fault: str):
    host = internet.new_host("127.0.0.6", welcome=lambda number: fault if number % 2 else "serve")
    urls = [host.url(f"/raw/http-1.1-then-close?{number}") for number in range(6)]
    seen = ask(*urls, retries=6, per_host=HostPolicy(concurrency=1, interval=0), max_wait=0.2)
    assert {one.status for one in seen} == {200}


def test_a_page_behind_redirects_is_asked_again_without_them(internet: Internet, ask: Ask):
    seen = ask(internet.url("/to/301?to=/once/503"), retries=1)[0]
    assert (seen.status, seen.attempts, len(seen.hops)) == (200, 2, 1)
    assert [asked.path for asked in internet.requests()] == ["/to/301?to=/once/503", "/once/503", "/once/503"]


@pytest.mark.parametrize("form", ["seconds", "date"])
@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_says_when_is_left_alone_until_then(internet: Internet, ask: Ask, status: int, form: str):
    """Good answers, of requests that were on their way already, make the wait no shorter."""
    held, other = internet.host("127.0.0.6"), internet.host("127.0.0.7")
    urls = [held.url(f"/later/{status}/1/{form}"), *(held.url(f"/slow/{wait}") for wait in (0.3, 0.5))]
    urls += [held.url(f"/page/{number}") for number in range(10)]
    seen = ask(*urls, *(other.url(f"/slow/0.1/{number}") for number in range(10)), retries=2,
               per_host=HostPolicy(concurrency=3, interval=0))  # fmt: skip
    assert {one.status for one in seen} == {200}
    assert [one.attempts for one in seen[:3]] == [2, 1, 1]
    said = held.times("/later")[0]
    assert [at - said for at in held.times() if said + 0.2 < at < said + 0.98] == []
    assert [at for at in other.times() if said + 0.2 < at < said + 0.98]  # others are none of its business


def test_a_storm_of_429_is_sat_out(internet: Internet, ask: Ask):
    urls = [internet.url(f"/crowded/5/{number}") for number in range(12)]
    seen = ask(*urls, retries=2, per_host=HostPolicy(concurrency=4, interval=0))
    assert {one.status for one in seen} == {200}
    assert len(internet.requests()) < 12 + 10


def test_429_without_a_time_holds_the_host_too(internet: Internet, ask: Ask):
    urls = [internet.url("/once/429"), *(internet.url(f"/page/{number}") for number in range(10))]
    seen = ask(*urls, retries=2, per_host=HostPolicy(concurrency=1, interval=0))
    assert {one.status for one in seen} == {200}
    first, second = internet.times()[:2]
    assert second - first > 0.3


def kinds(seen: list[Observation]) -> list[str | None]:
    return [one.failure.kind if one.failure else None for one in seen]


def test_a_host_that_wants_us_to_wait_too_long_is_left_for_another_run(internet: Internet, ask: Ask):
    urls = [internet.url("/later/429/3600"), *(internet.url(f"/page/{number}") for number in range(10))]
    seen = ask(*urls, retries=2, max_wait=5.0, per_host=HostPolicy(concurrency=1, interval=0))
    assert (seen[0].status, seen[0].failure) == (429, None)
    assert kinds(seen[1:]) == ["paused"] * 10
    assert seen[1].failure
    assert "3,600 s" in seen[1].failure.message
    assert seen[1].attempts == 0
    assert len(internet.requests()) == 1


NONSENSE = (
    "",
    "soon",
    "-5",
    "1e9",
    "0",
    "0.2",
    "９",
    "1,2",
    "Fri, 99 Foo 2026 99:99:99 GMT",
    "Thu, 01 Jan 1970 00:00:00 GMT",
)
TOO_LONG = ("9" * 400, "99999999", "Fri, 31 Dec 9999 23:59:59 GMT")


def test_whatever_stands_for_a_time_is_borne(internet: Internet, ask: Ask):
    hosts = [internet.host(f"127.0.3.{number}") for number, _ in enumerate(NONSENSE + TOO_LONG, 1)]
    urls = [
        host.url(f"/nonsense?{text.replace(' ', '%20')}") for host, text in zip(hosts, NONSENSE + TOO_LONG, strict=True)
    ]
    seen = ask(*urls, retries=1)
    assert [one.status for one in seen] == [200] * len(NONSENSE) + [503] * len(TOO_LONG)


def test_a_host_that_keeps_failing_is_spared_and_its_links_are_not_called_dead(internet: Internet, ask: Ask):
    dead = internet.new_host("127.0.0.6", welcome=lambda _: "reset")
    urls = [dead.url(f"/page/{number}") for number in range(30)]
    seen = ask(*urls, pause_after=3, max_wait=0.2, per_host=HostPolicy(concurrency=2, interval=0))
    assert set(kinds(seen)) <= {"reset", "connect", "paused"}
    assert kinds(seen).count("paused") >= 20
    assert dead.log.connections <= 10


def test_a_host_that_recovers_in_the_pause_is_asked_on(internet: Internet, ask: Ask):
    host = internet.new_host("127.0.0.6", welcome=lambda number: "reset" if number <= 3 else "serve")
    urls = [host.url(f"/page/{number}") for number in range(20)]
    seen = ask(*urls, pause_after=3, max_wait=0.3, retries=2, per_host=HostPolicy(concurrency=1, interval=0))
    assert {one.status for one in seen} == {200}
    assert len(host.requests()) == 20


def test_failures_of_one_host_are_no_others(internet: Internet, ask: Ask):
    dead = internet.nobody("127.0.0.6")
    urls = [url for number in range(20) for url in (dead.url(f"/page/{number}"), internet.url(f"/page/{number}"))]
    seen = ask(*urls, pause_after=2, max_wait=0.1)
    assert {one.status for one in seen[1::2]} == {200}
    assert not {one.status for one in seen[::2]} - {None}


def test_a_link_that_was_asked_keeps_its_answer_when_its_host_is_given_up(internet: Internet, ask: Ask):
    nobody = internet.nobody()
    seen = ask(
        *(nobody.url(f"/{number}") for number in range(20)),
        pause_after=3, max_wait=0.2, retries=1, per_host=HostPolicy(concurrency=1, interval=0),
    )  # fmt: skip
    found = kinds(seen)
    assert len(found) == 20
    assert found.count("connect") >= 4, "three until the pause, and the one that was tried after it"
    assert found.count("paused") >= 10
    assert all(one.attempts == 0 for one in seen if one.failure and one.failure.kind == "paused")


def test_a_host_that_blocks_all_is_asked_once_for_each_link(internet: Internet, ask: Ask):
    seen = ask(
        *(internet.url(f"/status/403/{number}") for number in range(30)),
        retries=2, per_host=HostPolicy(concurrency=1, interval=0),
    )  # fmt: skip
    assert [one.status for one in seen] == [403] * 30
    assert len(internet.requests("/status/403")) <= 32, "the first two are given a second chance"
