"""A link's state comes of its history: of enough bad news over enough time, and never of one bad night."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.links.judge import DAY, Judgement, Seen, about_to_be_gone, judge
from pinakes.links.verdict import FAILED, GONE, GOOD, INCONCLUSIVE, VERDICTS, Verdict
from pinakes.model import LinkPolicy, LinkState, Patience

POLICY = LinkPolicy()
START = 1_790_000_000  # 2026-09-21
NAMES: dict[str, Verdict] = {
    "+": "ok", ">": "moved", "x": "gone", "s": "soft_gone", "5": "error", "d": "unreachable", "b": "blocked", "r": "refused",
}  # fmt: skip


def history(*looks: str) -> list[Seen]:
    """Write a history as `x0 b1 x1.5`: what was seen, and on which day."""
    return [Seen(START + float(look[1:]) * DAY, NAMES[look[0]]) for text in looks for look in text.split()]


def day_of(judgement: Judgement) -> float | None:
    return None if judgement.since is None else (judgement.since - START) / DAY


@pytest.mark.parametrize(
    ("looks", "state", "since"),
    [
        ("", "unknown", None),
        ("b0 r1 b400", "unknown", None),
        ("+0", "alive", 0),
        ("+0 +30 +90", "alive", 0),
        (">0 >7", "moved", 0),
        ("+0 >7 >14", "moved", 7),
        (">0 +7", "alive", 7),
        ("+0 b1 b2 b400", "alive", 0),
        # One negative, however old, and however many that come too close.
        ("x0", "suspect", 0),
        ("+0 x1", "suspect", 1),
        ("x0 x0.5 s0.9", "suspect", 0),
        ("d0 d1 d2 d6.9", "suspect", 0),
        ("d0 d8", "suspect", 0),
        ("x0 b1 b2 b3 r400", "suspect", 0),
        # Two answers over a day, three failures over a week.
        ("x0 x1", "gone", 0),
        ("s0 x3", "gone", 0),
        ("d0 51 d7", "gone", 0),
        ("+0 x1 b2 r3 x4", "gone", 1),
        ("x0 x1 b2 b500", "gone", 0),
        ("x0 x1 d500", "gone", 0),
        # Each kind counts for itself.
        ("x0 d8", "suspect", 0),
        ("x0 d1 d8", "suspect", 0),
        ("d0 x1 x2", "gone", 0),
        ("d0 x1 d3 d7", "gone", 0),
        # A good answer makes up for everything.
        ("x0 x1 +2", "alive", 2),
        ("x0 x1 >2 b3", "moved", 2),
        ("x0 +0.5 x1", "suspect", 1),
        ("d0 d3 +5 d7", "suspect", 7),
        ("x0 x1 +2 x3 x4", "gone", 3),
    ],
)
def test_the_table_of_states(looks, state, since):
    found = judge(history(looks), POLICY)
    assert found.state == state
    assert day_of(found) == since
    assert found.reason.startswith(f"{state}: ")


@pytest.mark.parametrize(
    ("looks", "reason"),
    [
        ("", "unknown: never looked at"),
        ("b0 r1", "unknown: 2 looks, blocked or refused each time"),
        ("+0 +7", "alive: the article itself came back on 2026-09-28"),
        ("+0 b1", "alive: the article itself came back on 2026-09-21; 1 look since then told nothing"),
        (">0 b1 b2", "moved: a permanent redirect led to it on 2026-09-21; 2 looks since then told nothing"),
        ("+0 x1", "suspect: one negative look, on 2026-09-22, proves nothing"),
        ("x0 d0.5", "suspect: 2 negative looks over 0.5 days are not enough to be sure"),
        ("x0 x3", "gone: 2 answers over 3 days say so"),
        ("x0 b0.5 x1", "gone: 2 answers over 1 day say so"),
        ("d0 d1 53 d7.5", "gone: 4 failures over 7.5 days say so"),
    ],
)
def test_the_reason_is_said_in_words(looks, reason):
    assert judge(history(looks), POLICY).reason == reason


def test_the_day_is_told_in_utc():
    assert judge([Seen(1_790_035_199, "ok")], POLICY).since_day == "2026-09-21"
    assert judge([Seen(1_790_035_200, "ok")], POLICY).since_day == "2026-09-22"
    assert judge([], POLICY).since_day is None


def test_the_numbers_are_the_policys():
    patient = LinkPolicy(
        gone_after=Patience(observations=4, days=10), unreachable_after=Patience(observations=1, days=0)
    )
    assert judge(history("x0 x5 x10"), patient).state == "suspect"
    assert judge(history("x0 x5 x6 x9.9"), patient).state == "suspect"
    assert judge(history("x0 x5 x6 x10"), patient).state == "gone"
    assert judge(history("d0"), patient).state == "gone"


def test_the_same_observation_twice_is_one():
    hasty = LinkPolicy(gone_after=Patience(observations=2, days=0))
    assert judge(history("x0 x0"), hasty).state == "suspect"
    assert judge(history("x0 x0.001"), hasty).state == "gone"


@pytest.mark.parametrize(
    ("looks", "day", "expected"),
    [
        ("", 0, False),
        ("+0", 1, False),
        ("x0", 0.9, False),
        ("x0", 1, True),
        ("x0 b1", 2, True),
        ("x0 +1", 2, False),
        ("d0", 30, False),
        ("d0 d1", 6.9, False),
        ("d0 d1", 7, True),
        ("x0 x1", 2, False),  # it is gone already
    ],
)
def test_a_link_about_to_be_gone_is_known_beforehand(looks, day, expected):
    assert about_to_be_gone(history(looks), START + day * DAY, POLICY) is expected


times = st.integers(START, START + 400 * int(DAY)).map(float)


def some(verdicts: frozenset[Verdict] | tuple[Verdict, ...], least: int = 0) -> st.SearchStrategy[list[Seen]]:
    return st.lists(st.builds(Seen, times, st.sampled_from(sorted(verdicts))), min_size=least, max_size=12)


anything = some(VERDICTS)
blanks = some(INCONCLUSIVE)


@given(anything)
def test_any_history_has_a_state(looks):
    found = judge(looks, POLICY)
    assert found.state in get_args(LinkState)
    assert (found.since is None) == (found.state == "unknown")
    assert found.since is None or found.since in {seen.at for seen in looks}


@given(blanks, st.builds(Seen, times, st.sampled_from(sorted(GONE | FAILED))))
def test_blocked_looks_and_one_negative_never_make_a_link_gone(looks, negative):
    assert judge(looks, POLICY).state == "unknown"
    assert judge([*looks, negative], POLICY).state == "suspect"


@given(anything, st.builds(Seen, times, st.sampled_from(sorted(GONE | FAILED))))
def test_one_negative_after_a_good_one_never_does(looks, negative):
    good = Seen(max([seen.at for seen in looks], default=negative.at), "ok")
    later = Seen(good.at + 500 * DAY, negative.verdict)
    assert judge([*looks, good, later], POLICY).state == "suspect"


@given(anything, blanks)
def test_blocked_looks_anywhere_change_nothing(looks, between):
    before, after = judge(looks, POLICY), judge([*looks, *between], POLICY)
    assert (before.state, before.since) == (after.state, after.since)


@given(anything, st.sampled_from(sorted(GOOD)))
def test_a_good_answer_always_resets(looks, verdict):
    last = max([seen.at for seen in looks], default=float(START))
    expected = "moved" if verdict == "moved" else "alive"
    assert judge([*looks, Seen(last + 1, verdict)], POLICY).state == expected
    assert judge([*looks, Seen(last, verdict)], POLICY).state in {"alive", "moved"}  # even in the same second


@given(some(GONE, least=2))
def test_gone_needs_its_days(looks):
    at = [seen.at for seen in looks]
    is_long, is_often = max(at) - min(at) >= DAY, len(set(looks)) >= 2
    assert (judge(looks, POLICY).state == "gone") == (is_long and is_often)


@given(some(FAILED, least=2))
def test_unreachable_needs_its_week(looks):
    at = [seen.at for seen in looks]
    is_long, is_often = max(at) - min(at) >= 7 * DAY, len(set(looks)) >= 3
    assert (judge(looks, POLICY).state == "gone") == (is_long and is_often)


@given(anything, st.integers(-(10**8), 10**8))
def test_it_does_not_matter_when_it_all_happened(looks, shift):
    before, after = judge(looks, POLICY), judge([Seen(seen.at + shift, seen.verdict) for seen in looks], POLICY)
    assert after.state == before.state
    assert after.since == (None if before.since is None else before.since + shift)


@given(anything, st.randoms(use_true_random=False))
def test_nor_in_which_order_it_is_told(looks, random):
    shuffled = list(looks)
    random.shuffle(shuffled)
    assert judge(shuffled, POLICY) == judge(looks, POLICY)


@given(anything, some(tuple(GONE | FAILED)))
def test_more_bad_news_never_brings_a_link_back(looks, more):
    if judge(looks, POLICY).state == "gone":
        last = max(seen.at for seen in looks)
        later = [Seen(last + seen.at, seen.verdict) for seen in more]
        assert judge([*looks, *later], POLICY).state == "gone"


@given(anything, times)
def test_what_is_about_to_be_gone_can_go_and_nothing_else_does(looks, now):
    now = max([now, *(seen.at + 1 for seen in looks)])
    states = {judge([*looks, Seen(now, verdict)], POLICY).state for verdict in sorted(GONE | FAILED)}
    is_gone = judge(looks, POLICY).state == "gone"
    assert about_to_be_gone(looks, now, POLICY) == ("gone" in states and not is_gone)
