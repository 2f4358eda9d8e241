"""Have living links archived before they die: which ones, in which order, and one after the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pinakes import model
from pinakes.links.capture import LASTING, Keys, save
from pinakes.links.judge import DAY, Seen, judge
from pinakes.links.schedule import FRAGILE_HOSTS
from pinakes.links.select import Link
from pinakes.links.snapshots import Kept, keep
from pinakes.links.state import State
from pinakes.links.wayback import Snapshot, Wayback, WaybackError, closest
from pinakes.model import LinkPolicy, LinkState
from pinakes.store.records import Conclusion, Record, known_link
from pinakes.urls import host_of

_AGAIN_AFTER, _AGAIN_AFTER_LASTING = 1.0, 30.0
"""Days after which a page that could not be archived is asked for again: the archive's limits are those of a day, and a
page that it may not have today it may have after a change of its host or of its rules."""
_MOST_FAILURES = 5
"""After so many look-ups or requests in a row that came to nothing, the archive itself must be in trouble."""
_CAUTION = 2
"""Links that each host is thought to have besides its own, all alive: one dead link of one proves little."""


class Candidate(NamedTuple):
    """A link that may be archived.

    Attributes:
        link: Its entry and address.
        state: Its state.
        moved_to: Where it is known to lead; empty if nowhere else.
        kept: What is known of its snapshots; None if nobody has asked.
        archived: Address of the snapshot that is known; empty if there is none.
    """

    link: Link
    state: LinkState
    moved_to: str
    kept: Kept | None
    archived: str

    @property
    def lives(self) -> bool:
        """Whether it leads to its article."""
        return self.state in {"alive", "moved"}

    @property
    def is_wanted(self) -> bool:
        """Whether it lives and nobody knows of a snapshot."""
        return self.lives and not self.archived


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be asked for.

    Attributes:
        wanted: The living links without a snapshot, in the order in which they are asked for.
        later: Those that were asked for in vain so lately that they are not asked for again yet.
        living: How many links live.
        archived: How many of these have a snapshot.
    """

    wanted: tuple[Candidate, ...]
    later: tuple[Candidate, ...]
    living: int
    archived: int


class Done(NamedTuple):
    """One link that was asked for.

    Attributes:
        candidate: The link, as it was before.
        kept: What it came to.
        is_new: Whether the snapshot was made just now.
    """

    candidate: Candidate
    kept: Kept
    is_new: bool


def survey(
    links: Iterable[Link],
    records: Mapping[str, Record],
    histories: Mapping[str, Sequence[Seen]],
    moves: Mapping[str, str],
    known: Mapping[str, Kept],
    policy: LinkPolicy,
) -> list[Candidate]:
    """Put together what is known of each entry's own link, mirrors left out.

    Args:
        links: The links, in any order.
        records: What was concluded, by the id of the entry; counts where this machine has seen nothing itself.
        histories: What was seen of each address.
        moves: Where addresses that have moved lead.
        known: What is known of snapshots, by address.
        policy: When a link is judged gone.
    """
    return [
        _candidate(
            link,
            known_link(link.entry, records),
            judge(histories.get(link.url, ()), policy).state,
            moves.get(link.url, ""),
            known.get(link.url),
        )
        for link in links
        if not link.is_mirror
    ]


def _candidate(link: Link, told: model.Link | None, judged: LinkState, moved_to: str, kept: Kept | None) -> Candidate:
    is_told = told is not None and (judged == "unknown" or link.entry.link is not None)
    state = told.state if told is not None and is_told else judged
    archived = (told.archived if told else None) or (kept.address if kept else "")
    return Candidate(link, state, moved_to, kept, archived)


def plan(candidates: Sequence[Candidate], all_of_them: Sequence[Candidate], now: float) -> Plan:
    """Decide what to ask for, the most fragile hosts first, and on each host the oldest articles first.

    Args:
        candidates: The links in question.
        all_of_them: Those of the whole catalogue, which tell how fragile their hosts are.
        now: In seconds since 1970 (UTC).
    """
    living = [candidate for candidate in candidates if candidate.lives]
    wanted = [candidate for candidate in living if candidate.is_wanted]
    rates = _gone_rates(all_of_them)
    due = [candidate for candidate in wanted if _is_due(candidate.kept, now)]
    later = [candidate for candidate in wanted if not _is_due(candidate.kept, now)]
    due.sort(key=lambda candidate: _urgency(candidate, rates))
    return Plan(tuple(due), tuple(later), len(living), len(living) - len(wanted))


def _is_due(kept: Kept | None, now: float) -> bool:
    if kept is None:
        return True
    days = _AGAIN_AFTER_LASTING if kept.code in LASTING else _AGAIN_AFTER
    return now - kept.asked_at >= days * DAY


def _gone_rates(candidates: Iterable[Candidate]) -> Mapping[str, float]:
    """Say for each host which share of its links is gone, as far as their states are known."""
    known, gone = Counter[str](), Counter[str]()
    for candidate in candidates:
        host = host_of(candidate.link.url).name
        known[host] += candidate.state != "unknown"
        gone[host] += candidate.state == "gone"
    return {host: gone[host] / (known[host] + _CAUTION) for host in known}


def _urgency(candidate: Candidate, rates: Mapping[str, float]) -> tuple[int, float, str]:
    host = host_of(candidate.link.url).name
    belongs = (rank for rank, name in enumerate(FRAGILE_HOSTS) if host == name or host.endswith(f".{name}"))
    # An article without a date is taken for a new one.
    return next(belongs, len(FRAGILE_HOSTS)), -rates[host], str(candidate.link.entry.published or "9999")


def archive(
    wanted: Iterable[Candidate], state: State, wayback: Wayback, keys: Keys | None, clock: Callable[[], float]
) -> Iterator[Done]:
    """Look for a snapshot of each link, and have one made where there is none; each answer is kept before the next.

    Args:
        wanted: The links, in order.
        state: Where the answers are kept.
        wayback: Where to ask.
        keys: The account's keys, if there are any.
        clock: The present, in seconds since 1970 (UTC).

    Yields:
        Each link that there was an answer about.

    Raises:
        WaybackError: There is no sense in asking for more.
    """
    failures = 0
    for candidate in wanted:
        done = _archived(candidate, wayback, keys, clock)
        keep(state, done.kept)
        yield done
        failures = failures + 1 if done.kept.code == "no answer" else 0
        if failures == _MOST_FAILURES:
            raise WaybackError(f"no answer for {failures} links in a row: {done.kept.trouble}", ends_run=True)


def _archived(candidate: Candidate, wayback: Wayback, keys: Keys | None, clock: Callable[[], float]) -> Done:
    url = candidate.link.url
    try:
        found = closest(wayback, url)
        if found:
            return Done(candidate, _kept(url, clock(), found), is_new=False)
        outcome = save(wayback, url, keys, moved_to=candidate.moved_to)
    except WaybackError as error:
        if error.ends_run:
            raise
        return Done(candidate, Kept(url, clock(), trouble=f"no answer: {error.message}"), is_new=False)
    if outcome.snapshot is None:
        return Done(candidate, Kept(url, clock(), trouble=f"{outcome.trouble}: {outcome.message}"), is_new=False)
    return Done(candidate, _kept(url, clock(), outcome.snapshot), is_new=True)


def _kept(url: str, now: float, snapshot: Snapshot) -> Kept:
    return Kept(url, now, snapshot.taken.timestamp(), snapshot.url)


def conclusions(candidates: Iterable[Candidate], known: Mapping[str, Kept]) -> Mapping[str, Conclusion]:
    """Conclude which snapshot each living link has; of its state nothing is said, so that the known one stays.

    Which snapshot of a dead link is from before its death is for `pinakes check` to say.
    """
    found = ((candidate.link, known.get(candidate.link.url)) for candidate in candidates if candidate.lives)
    return {
        link.entry.key: Conclusion("unknown", archived=kept.address) for link, kept in found if kept and kept.address
    }
