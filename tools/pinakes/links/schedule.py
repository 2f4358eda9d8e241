"""When a link is to be looked at next: the better it is known, the more rarely, and never not at all."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

from pinakes.links.judge import DAY, Seen, judge, may_turn_gone, negatives, turned_gone
from pinakes.links.verdict import INCONCLUSIVE
from pinakes.model import LinkPolicy
from pinakes.urls import host_of

ALIVE_LEAST, ALIVE_MOST = 7.0, 90.0
"""Days until a living link is looked at again, at least and at most.

One link in 200 dies each week (Fetterly et al. 2003, doi 10.1145/775152.775246), so more than one look a week finds
next to nothing; InternetArchiveBot waits a week as well. At that rate 6 % would die unnoticed in 90 days, but a link
that is looked at so rarely has been alive for a year.
"""
ALIVE_SHARE = 0.25
"""The share of the time for which a link is known to be alive until it is looked at again.

Of what has lived for a time T, if no more is known of it, four in five live on for T/4: 1 / (1 + 1/4), by Gott 1993
(doi 10.1038/363315a0). From a year on this is `ALIVE_MOST`.
"""
SUSPECT_DAYS = 1.0
"""Days until a suspect is looked at again: as many as lie between the two answers that make a link gone."""
BLOCKED_DAYS = (1.0, 3.0, 7.0, 14.0, 30.0)
"""Days after the first, second, … look in a row that told nothing; the last for all that follow.

A robot check is mostly over in a few days (InternetArchiveBot tries again after three); who blocks us every time wishes
to be left alone, and a look a month does no harm.
"""
GONE_DAYS = (7.0, 14.0, 30.0, 60.0, 120.0)
"""Days after the look that made a link gone, after the next one, …; the last for ever.

Many links that were marked as dead for good work again today (IMC 2022, doi 10.1145/3517745.3561451).
"""
FRAGILE_SHARE = 0.5
FRAGILE_HOSTS = ("mp.weixin.qq.com", "zhihu.com", "pan.baidu.com")
"""Hosts whose living links are looked at in half the time.

Their authors and they themselves take articles down, and shared files expire; of all top-level domains `.cn` lost its
pages fastest, twice as fast as the rest (Fetterly et al. 2003).
"""
JITTER = 0.15
"""By which share a time is longer or shorter, so that links first looked at together are not so for ever."""


def next_check(url: str, history: Sequence[Seen], now: float, policy: LinkPolicy) -> float:
    """Say when a link is due, the same for the same history on every machine.

    Args:
        url: The link, which decides on the jitter and whether its host is fragile.
        history: What was seen of it; the same as `judge` takes.
        now: In seconds since 1970 (UTC); a look that claims to be later, by a clock that was wrong, counts as of now.
        policy: When a link is judged gone.

    Returns:
        A time in seconds since 1970 (UTC); `now` for a link that was never looked at.
    """
    if not history:
        return now
    last = min(max(seen.at for seen in history), now)
    run = negatives(history)
    turned = turned_gone(run, policy)
    if turned is not None:
        looks = len({seen for seen in history if seen.at > turned})
        return last + _spread(url, _step(GONE_DAYS, looks))
    blanks = _blanks(history)
    if blanks:
        return last + _spread(url, _step(BLOCKED_DAYS, blanks - 1))
    return _after_negative(url, run, last, policy) if run else last + _spread(url, _alive_days(url, history, policy))


def _alive_days(url: str, history: Sequence[Seen], policy: LinkPolicy) -> float:
    since = judge(history, policy).since
    assert since is not None, "neither negative nor blank, so good"
    age = (max(seen.at for seen in history) - since) / DAY
    days = min(max(age * ALIVE_SHARE, ALIVE_LEAST), ALIVE_MOST)
    return days * FRAGILE_SHARE if _is_fragile(url) else days


def _after_negative(url: str, run: Sequence[Seen], last: float, policy: LinkPolicy) -> float:
    """Say when a suspect is due: an hour or more before the day is over, so that a daily run finds it due each time.

    If a look a little later would be the one that decides, it is that one: shortly before, it would be in vain.
    """
    soon = last + SUSPECT_DAYS * DAY * (1 - JITTER * (3 + _jitter(url)) / 4)
    decides = may_turn_gone(run, policy)
    return decides if decides is not None and soon < decides <= last + SUSPECT_DAYS * DAY * (1 + JITTER) else soon


def _blanks(history: Sequence[Seen]) -> int:
    """Count the looks that told nothing since the last one that did."""
    told = max((seen.at for seen in history if seen.verdict not in INCONCLUSIVE), default=float("-inf"))
    return len({seen for seen in history if seen.at > told})


def _is_fragile(url: str) -> bool:
    host = host_of(url).name
    return any(host == name or host.endswith(f".{name}") for name in FRAGILE_HOSTS)


def _step(days: Sequence[float], looks: int) -> float:
    return days[min(looks, len(days) - 1)]


def _spread(url: str, days: float) -> float:
    return days * DAY * (1 + JITTER * _jitter(url))


def _jitter(url: str) -> float:
    """Give a number from -1 to 1 that is the URL's own."""
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big") / (2**31 - 0.5) - 1
