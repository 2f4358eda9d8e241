"""Links are looked at again: the dying soon, the living rarely, the dead and the blocked ever more rarely but for ever."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.links.judge import DAY, Seen, judge
from pinakes.links.schedule import JITTER, next_check
from pinakes.links.verdict import VERDICTS, Verdict
from pinakes.model import LinkPolicy, Patience

POLICY = LinkPolicy()
START = 1_790_000_000.0
URLS = [f"https://blog{number}.example.org/post" for number in range(200)]
WECHAT = [f"https://mp.weixin.qq.com/s/{number}" for number in range(200)]


def follow(url: str, verdicts: Sequence[Verdict], policy: LinkPolicy = POLICY) -> Iterator[float]:
    """Look at a link whenever it is due, see one verdict after the other, and give the days between the looks."""
    history: list[Seen] = []
    now = START
    for verdict in verdicts:
        history.append(Seen(now, verdict))
        due = next_check(url, history, now, policy)
        yield (due - now) / DAY
        now = due


def around(days: float) -> object:
    return pytest.approx(days, rel=JITTER)


def test_what_was_never_looked_at_is_due_now():
    assert next_check(URLS[0], [], START, POLICY) == START


@pytest.mark.parametrize("verdict", ["ok", "moved"])
def test_a_living_link_is_looked_at_ever_more_rarely(verdict):
    for url in URLS[:20]:
        days = list(follow(url, [verdict] * 20))
        assert days[0] == around(7)
        assert days == sorted(days)
        assert days[-2:] == [around(90)] * 2


def test_a_link_alive_for_a_year_is_looked_at_four_times_a_year():
    history = [Seen(START - 365 * DAY, "ok"), Seen(START, "ok")]
    assert [(next_check(url, history, START, POLICY) - START) / DAY for url in URLS] == [around(90)] * len(URLS)


def test_the_links_of_fragile_hosts_are_looked_at_sooner():
    for url in [*WECHAT[:20], "https://zhuanlan.zhihu.com/p/1", "https://www.zhihu.com/question/2"]:
        assert next(follow(url, ["ok"])) == around(3.5)
        assert list(follow(url, ["ok"] * 40))[-1] == around(45)
    assert next(follow("https://notzhihu.com/p/1", ["ok"])) == around(7)


def test_a_suspect_is_looked_at_daily_and_is_gone_as_soon_as_the_policy_lets_it():
    for url in URLS:
        assert list(follow(url, ["gone"])) == [1]  # to the second: a look before would be in vain, one later is late
        days = list(follow(url, ["unreachable"] * 8))
        assert all(0.8 <= day <= 1.15 for day in days[:7])
        looks = [Seen(START + sum(days[:number]) * DAY, "unreachable") for number in range(9)]
        turned = next(number for number in range(9) if judge(looks[: number + 1], POLICY).state == "gone")
        assert 7 <= (looks[turned].at - START) / DAY < 8


@pytest.mark.parametrize(("observations", "days"), [(2, 0), (2, 3), (5, 1), (3, 0.5), (4, 20)])
def test_any_patience_comes_to_an_end(observations, days):
    policy = LinkPolicy(gone_after=Patience(observations=observations, days=days))
    for url in URLS[:20]:
        history = [Seen(START, "gone")]
        while judge(history, policy).state == "suspect":
            now = next_check(url, history, history[-1].at, policy)
            history.append(Seen(now, "gone"))
        assert (history[-1].at - START) / DAY <= max(days, observations - 1) + 1


def test_a_daily_run_looks_at_a_suspect_daily():
    for url in URLS:
        history = [Seen(START, "unreachable")]
        for day in range(1, 7):
            now = START + day * DAY - day * 600  # it does not begin at the same second each day
            assert next_check(url, history, now, POLICY) <= now
            history.append(Seen(now, "unreachable"))


@pytest.mark.parametrize("verdict", ["blocked", "refused"])
def test_who_blocks_us_is_asked_ever_more_rarely(verdict: Verdict) -> None:
    expected = [around(days) for days in (1, 3, 7, 14, 30, 30, 30)]
    assert list(follow(URLS[0], [verdict] * 7)) == expected
    assert list(follow(URLS[0], ["ok", *[verdict] * 7]))[1:] == expected
    assert list(follow(URLS[0], ["gone", *[verdict] * 7]))[1:] == expected
    assert list(follow(URLS[0], [verdict] * 7 + ["ok"]))[-1] == around(7)


def test_the_dead_are_asked_for_ever():
    expected = [around(days) for days in (7, 14, 30, 60, 120, 120, 120)]
    mixed: list[Verdict] = ["gone", "gone", "blocked", "gone", "unreachable", "blocked"]
    for url in URLS[:20]:
        assert list(follow(url, ["gone"] * 8))[1:] == expected
        assert list(follow(url, mixed))[1:] == expected[:5]
        days = list(follow(url, ["unreachable"] * 20))
        turned = next(number for number, day in enumerate(days) if day > 2)
        assert days[turned : turned + 7] == expected


def test_one_that_comes_back_begins_anew():
    back: list[Verdict] = ["gone", "gone", "gone", "ok"]
    away: list[Verdict] = ["ok", "ok", "ok", "gone"]
    assert list(follow(URLS[0], back))[-1] == around(7)
    assert list(follow(URLS[0], away))[-1] == pytest.approx(1)


def test_links_first_looked_at_together_drift_apart():
    days = [next(follow(url, ["ok"])) for url in URLS]
    assert len({round(day, 3) for day in days}) > 150
    assert min(days) < 6.2
    assert max(days) > 7.8
    assert days == [next(follow(url, ["ok"])) for url in URLS]


def test_a_clock_that_was_wrong_once_does_not_put_a_link_off_for_years():
    history = [Seen(START + 3_000 * DAY, "ok")]
    assert next_check(URLS[0], history, START, POLICY) <= START + 9 * DAY


@given(
    st.lists(st.builds(Seen, st.floats(START, START + 500 * DAY), st.sampled_from(VERDICTS)), max_size=10),
    st.sampled_from([*URLS, *WECHAT, "", "not a url", "https://[", "https://例子.测试/\ud800"]),
)
def test_every_link_is_due_some_day_and_none_at_once_again(history, url):
    now = max([seen.at for seen in history], default=START)
    due = next_check(url, history, now, POLICY)
    assert due <= now + 120 * DAY * (1 + JITTER)
    assert due >= now + 0.8 * DAY or not history
