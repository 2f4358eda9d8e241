"""Judge a link by the history of what was seen of it: one bad night is no death, and a blocked look is no look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from pinakes.links.verdict import FAILED, GONE, GOOD, INCONCLUSIVE, Verdict
from pinakes.model import LinkPolicy, LinkState, Patience

DAY = 86_400.0
"""Seconds of a day."""


class Seen(NamedTuple):
    """What one observation said of a link.

    Attributes:
        at: When, in seconds since 1970 (UTC).
        verdict: What it said.
    """

    at: float
    verdict: Verdict


class Judgement(NamedTuple):
    """What a history comes to.

    Attributes:
        state: The link's state.
        since: When its evidence began, in seconds since 1970 (UTC): for `alive` and `moved` the first of the newest
            good observations that say so, for `suspect` and `gone` the first negative one after the last good one; None
            for `unknown`.
        reason: One sentence without a full stop, for people: `gone: 2 answers over 3 days say so`.
    """

    state: LinkState
    since: float | None
    reason: str

    @property
    def since_day(self) -> str | None:
        """The day of `since` (UTC): `2026-11-24`."""
        return None if self.since is None else _day(self.since)


class _Evidence(NamedTuple):
    """A kind of negative observations, each kind with a patience of its own.

    Attributes:
        verdicts: What belongs to it.
        patience: Takes its patience out of the policy.
        one: What one of them is called.
    """

    verdicts: frozenset[Verdict]
    patience: Callable[[LinkPolicy], Patience]
    one: str

    def among(self, run: Sequence[Seen]) -> list[float]:
        """The times of those observations that belong to it."""
        return [seen.at for seen in run if seen.verdict in self.verdicts]


_EVIDENCE = (
    _Evidence(GONE, lambda policy: policy.gone_after, "answer"),
    _Evidence(FAILED, lambda policy: policy.unreachable_after, "failure"),
)


def judge(history: Sequence[Seen], policy: LinkPolicy) -> Judgement:
    """Judge a link.

    `blocked` and `refused` say nothing of the article, so they are passed over: they neither count nor reset, and a
    link that was alive stays so while its host blocks us. A good observation makes up for all that came before it.

    Args:
        history: What was seen, in any order: at least the last good observation and all that came after it, and for
            `since` also those before it. Of two at the same moment the better one counts as the later.
        policy: How many negative observations, over how many days, make a link gone.
    """
    looks = _in_order(history)
    run = negatives(looks)
    if run:
        return _of_negatives(run, policy)
    newest = next((seen for seen in reversed(looks) if seen.verdict in GOOD), None)
    if newest is None:
        return Judgement("unknown", None, _why_unknown(looks))
    return _of_good(looks, newest)


def about_to_be_gone(history: Sequence[Seen], now: float, policy: LinkPolicy) -> bool:
    """Say whether one more negative observation at `now` would make the link gone; False if it is gone already."""
    if judge(history, policy).state == "gone":
        return False
    verdicts: tuple[Verdict, ...] = ("gone", "unreachable")
    return any(judge([*history, Seen(now, verdict)], policy).state == "gone" for verdict in verdicts)


def negatives(history: Sequence[Seen]) -> list[Seen]:
    """Give the negative observations after the last good one, in the order of time."""
    run: list[Seen] = []
    for seen in reversed(_in_order(history)):
        if seen.verdict in GOOD:
            break
        if seen.verdict not in INCONCLUSIVE:
            run.append(seen)
    return run[::-1]


def turned_gone(run: Sequence[Seen], policy: LinkPolicy) -> float | None:
    """Say when there was enough evidence that a link is gone; None if there never was.

    Args:
        run: What `negatives` gave.
        policy: How much is enough.
    """
    times = [
        at for evidence in _EVIDENCE if (at := _enough(evidence.among(run), evidence.patience(policy))) is not None
    ]
    return min(times, default=None)


def may_turn_gone(run: Sequence[Seen], policy: LinkPolicy) -> float | None:
    """Say from when on one more observation, like those before, would be enough; None if one alone cannot be.

    Args:
        run: What `negatives` gave.
        policy: How much is enough.
    """
    found = ((evidence.among(run), evidence.patience(policy)) for evidence in _EVIDENCE)
    near = (at[0] + patience.days * DAY for at, patience in found if at and len(at) + 1 >= patience.observations)
    return min(near, default=None)


def _in_order(history: Sequence[Seen]) -> list[Seen]:
    """Sort a history by time; what is in it twice counts once."""
    return sorted(set(history), key=lambda seen: (seen.at, seen.verdict in GOOD, seen.verdict))


def _enough(times: Sequence[float], patience: Patience) -> float | None:
    late = (at for at in times[patience.observations - 1 :] if at - times[0] >= patience.days * DAY)
    return next(late, None)


def _of_negatives(run: Sequence[Seen], policy: LinkPolicy) -> Judgement:
    for evidence in _EVIDENCE:
        times = evidence.among(run)
        if _enough(times, evidence.patience(policy)) is not None:
            return Judgement("gone", run[0].at, f"gone: {_count(len(times), evidence.one)} over {_span(times)} say so")
    if len(run) == 1:
        return Judgement("suspect", run[0].at, f"suspect: one negative look, on {_day(run[0].at)}, proves nothing")
    looks = f"{_count(len(run), 'negative look')} over {_span([seen.at for seen in run])}"
    return Judgement("suspect", run[0].at, f"suspect: {looks} are not enough to be sure")


def _of_good(looks: Sequence[Seen], newest: Seen) -> Judgement:
    since = newest.at
    for seen in reversed([seen for seen in looks if seen.verdict not in INCONCLUSIVE]):
        if seen.verdict != newest.verdict:
            break
        since = seen.at
    state: LinkState = "moved" if newest.verdict == "moved" else "alive"
    how = "a permanent redirect led to it" if state == "moved" else "the article itself came back"
    blocked = sum(seen.at > newest.at for seen in looks)
    later = f"; {_count(blocked, 'look')} since then told nothing" if blocked else ""
    return Judgement(state, since, f"{state}: {how} on {_day(newest.at)}{later}")


def _why_unknown(looks: Sequence[Seen]) -> str:
    if not looks:
        return "unknown: never looked at"
    return f"unknown: {_count(len(looks), 'look')}, blocked or refused each time"


def _count(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"


def _span(times: Sequence[float]) -> str:
    days = f"{(times[-1] - times[0]) / DAY:.1f}".removesuffix(".0")
    return f"{days} day{'' if days == '1' else 's'}"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()
