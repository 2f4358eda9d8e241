"""Check links: look at those that are due, write down what was seen, and judge each by its history."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from time import monotonic, time

from pinakes.errors import PinakesError
from pinakes.links.glance import Batch, Glance, KnownHosts, Wanted
from pinakes.links.judge import DAY, Judgement, Seen, about_to_be_gone, judge
from pinakes.links.schedule import next_check
from pinakes.links.select import Link, spread
from pinakes.links.state import Known, State, open_at
from pinakes.links.verdict import FAILED, GONE, GOOD
from pinakes.lock import alone
from pinakes.model import Config
from pinakes.project import Project
from pinakes.urls import host_of

_STALE_RUN = 7 * DAY
"""A run over everything that was broken off longer ago is begun anew."""
_HOST_KNOWN_FOR = 30 * DAY
_OFFLINE_HOSTS = 5
"""If so many hosts failed and none answered, it is our own network that is down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do.

    Attributes:
        everything: Whether links that are not due are asked too.
        selection: What a run over everything is about, in words that are the same for the same selection, so that one
            that was broken off is gone on with; None if each run begins anew.
        confirm: Whether links that seem gone are asked a second time in the same run.
        max_seconds: No request begins after so many seconds.
        now: The present, in seconds since 1970, if it is not the clock's.
        scheduler: The address of a Dask scheduler whose workers ask; None to ask from here.
    """

    everything: bool = False
    selection: str | None = None
    confirm: bool = False
    max_seconds: float | None = None
    now: float | None = None
    scheduler: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of a link after a run.

    Attributes:
        link: The link.
        known: Its newest observation; None if there was never one.
        judgement: What its history comes to.
        was_asked: Whether it was asked in this run.
        is_confirmed: Whether it was asked twice in this run, and seemed gone both times.
        title_before: The title that its page had before, if it has nothing in common with the one that it has now.
        lost_fragment: Whether its page does not have the place that its fragment names.
    """

    link: Link
    known: Known | None
    judgement: Judgement
    was_asked: bool = False
    is_confirmed: bool = False
    title_before: str = ""
    lost_fragment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a run came to.

    Attributes:
        looked: All links that it was about, in the catalogue's order.
        due: How many addresses were to be asked.
        asked: How many were.
        seconds: How long it took.
        next_at: When the next of them is due, in seconds since 1970; None if there are none.
    """

    looked: tuple[Looked, ...]
    due: int
    asked: int
    seconds: float
    next_at: float | None


def check(
    project: Project,
    config: Config,
    links: Sequence[Link],
    plan: Plan,
    *,
    begin: Callable[[int], Callable[[int], None]] = lambda _: lambda _: None,
    on_wait: Callable[[], None] = lambda: None,
    on_resume: Callable[[float], None] = lambda _: None,
) -> Checked:
    """Look at links and judge them; every observation is written down as it comes.

    Args:
        project: The project; what was seen is kept in its `.pinakes/state.sqlite`.
        config: Its policies.
        links: What the run is about.
        plan: What it is to do.
        begin: Called with the number of addresses to ask; gives a function to call with the number that were.
        on_wait: Called if another process is checking, and this one has to wait for it.
        on_resume: Called if this run goes on with one that was broken off, with the time when that one began.

    Raises:
        StateError: What was seen cannot be written down.
        PinakesError: No host at all can be reached, so that nothing can be said of any link.
    """
    start = monotonic()
    with alone(project.state / "check.lock", on_wait), closing(open_at(project.state / "state.sqlite")) as state:
        run = _Run(state, config, plan)
        due = run.due([link.url for link in links], on_resume)
        if due:
            run.look(due, begin(len(due)))
        seconds = monotonic() - start
        return Checked(
            looked=tuple(run.looked(link) for link in links),
            due=len(due),
            asked=len(run.asked.intersection(due)),
            seconds=seconds,
            next_at=min((row.next_at for row in run.rows(links)), default=None),
        )


class _Run:
    """A run under way: what was known before it, and what it has found."""

    def __init__(self, state: State, config: Config, plan: Plan) -> None:
        self._state, self._config, self._plan = state, config, plan
        self._offset = 0.0 if plan.now is None else plan.now - time()
        self._known = state.known()
        self._histories = state.histories()
        self._before: dict[str, str] = {}
        self._lost: set[str] = set()
        self._unproven: list[Glance] = []
        self._is_online = False
        self.asked: set[str] = set()
        self.confirmed: set[str] = set()

    def now(self) -> float:
        """The present, as the plan has it."""
        return time() + self._offset

    def due(self, urls: Iterable[str], on_resume: Callable[[float], None]) -> list[str]:
        """Say which addresses are to be asked, each once."""
        unique = dict.fromkeys(urls)
        if not self._plan.everything:
            now = self.now()
            return [url for url in unique if url not in self._known or self._known[url].next_at <= now]
        if self._plan.selection is None:
            return list(unique)
        now = self.now()
        began = self._state.begin_run(self._plan.selection, now, now - _STALE_RUN)
        if began < now:
            on_resume(began)
        return [url for url in unique if url not in self._known or self._known[url].at < began]

    def look(self, urls: Sequence[str], tell: Callable[[int], None]) -> None:
        """Ask for addresses, then again for those that seem gone where that is wished."""
        end = None if self._plan.max_seconds is None else monotonic() + self._plan.max_seconds
        self._ask(urls, end, tell)
        self._settle_unproven()
        if self._plan.confirm:
            seen_at = {url: self._known[url].at for url in urls if self._seems_gone(url)}
            self._ask(list(seen_at), end, lambda _: None)
            # One that there was no time to ask again is not confirmed.
            self.confirmed = {url for url, at in seen_at.items() if self._seems_gone(url) and self._known[url].at > at}
        if self._plan.selection is not None and self.asked.issuperset(urls):
            self._state.end_run(self._plan.selection, self.now())

    def _seems_gone(self, url: str) -> bool:
        return url in self.asked and url in self._known and self._known[url].verdict in GONE

    def looked(self, link: Link) -> Looked:
        """Say what is known of a link."""
        return Looked(
            link=link,
            known=self._known.get(link.url),
            judgement=judge(self._histories.get(link.url, ()), self._config.links),
            was_asked=link.url in self.asked,
            is_confirmed=link.url in self.confirmed,
            title_before=self._before.get(link.url, ""),
            lost_fragment=link.url in self._lost,
        )

    def rows(self, links: Iterable[Link]) -> Iterable[Known]:
        """Give what is known of links."""
        return (self._known[link.url] for link in links if link.url in self._known)

    def _ask(self, urls: Sequence[str], end: float | None, tell: Callable[[int], None]) -> None:
        seconds = None if end is None else end - monotonic()
        if not urls or (seconds is not None and seconds <= 0):
            return
        wanted = [self._wanted(url) for url in spread(urls)]
        doubtful: list[str] = []
        batches = self._batches(wanted, seconds)
        if batches is None:
            asyncio.run(self._ask_from_here(wanted, seconds, doubtful, tell))
        for batch in batches or ():
            doubtful += self._take(batch)
            tell(len(self.asked))
        if doubtful:
            asyncio.run(self._ask_second_way(doubtful, seconds))

    def _batches(self, wanted: Sequence[Wanted], seconds: float | None) -> Iterator[Batch] | None:
        """Let others ask: a cluster's workers, or processes where there is much to ask; None if we do it ourselves."""
        if self._plan.scheduler:
            from pinakes.links.cluster import glances_of_workers  # noqa: PLC0415  # an extra, that may not be installed

            return glances_of_workers(self._plan.scheduler, wanted, self._config.fetch, self._hosts(), seconds)
        from pinakes.links.processes import MANY, glances_of_processes, processes  # noqa: PLC0415

        if len(wanted) < MANY or processes() < 2:
            return None
        return glances_of_processes(wanted, self._config.fetch, self._hosts(), seconds)

    async def _ask_from_here(
        self, wanted: Sequence[Wanted], seconds: float | None, doubtful: list[str], tell: Callable[[int], None]
    ) -> None:
        from pinakes.links.look import glances  # noqa: PLC0415  # aiohttp takes 0.2 s to import

        async for batch in glances(wanted, self._config.fetch, self._hosts(), max_seconds=seconds):
            doubtful += self._take(batch)
            tell(len(self.asked))

    async def _ask_second_way(self, urls: Sequence[str], seconds: float | None) -> None:
        """Look at links about to be judged gone from the second way out; what is written down is what it says there."""
        from pinakes.links.look import glances  # noqa: PLC0415

        way = self._config.fetch.second_way
        wanted = [Wanted(url) for url in urls]
        async for batch in glances(wanted, self._config.fetch, self._hosts(), proxy=way, max_seconds=seconds):
            seen = [glance for glance in batch if isinstance(glance, Glance)]
            told = [glance for glance in seen if glance.verdict in GOOD | GONE | FAILED]
            self._write([glance._replace(reason=f"{glance.reason} (seen the second way)") for glance in told])

    def _wanted(self, url: str) -> Wanted:
        known = self._known.get(url)
        return Wanted(url, known.etag, known.last_modified) if known and known.verdict in GOOD else Wanted(url)

    def _hosts(self) -> KnownHosts:
        known = list(self._state.hosts(self.now() - _HOST_KNOWN_FOR))
        honest = (host for host, is_honest, _ in known if is_honest)
        return KnownHosts(frozenset(honest), frozenset(host for host, _, is_varied in known if is_varied))

    def _take(self, batch: Batch) -> list[str]:
        """Write a batch down, and give the addresses that are to be looked at the second way before they are."""
        seen: list[Glance] = []
        for found in batch:
            if isinstance(found, Glance):
                seen.append(found._replace(at=found.at + self._offset))
            else:
                at = found.at + self._offset
                self._state.record_host(found.host, at, is_honest=found.is_honest, is_varied=found.is_varied)
                self._is_online = True
        self.asked.update(glance.url for glance in seen)
        doubtful = [glance for glance in seen if self._is_doubtful(glance)]
        self._write_if_online([glance for glance in seen if glance not in doubtful])
        return [glance.url for glance in doubtful]

    def _is_doubtful(self, glance: Glance) -> bool:
        if not self._config.fetch.second_way or glance.verdict not in GONE | FAILED:
            return False
        return about_to_be_gone(self._histories.get(glance.url, ()), glance.at, self._config.links)

    def _write_if_online(self, seen: Sequence[Glance]) -> None:
        """Hold failures back until one host has answered: it may be our own network that is down."""
        self._is_online = self._is_online or any(glance.status is not None for glance in seen)
        if self._is_online:
            self._write([*self._unproven, *seen])
            self._unproven = []
        else:
            self._unproven += seen

    def _settle_unproven(self) -> None:
        hosts = {host_of(glance.url).name for glance in self._unproven if glance.verdict in FAILED}
        if len(hosts) >= _OFFLINE_HOSTS:
            raise PinakesError(
                f"none of {len(hosts)} hosts could be reached, so nothing was said of any link",
                hint="is the network up? Proxies are taken from HTTP_PROXY, HTTPS_PROXY and NO_PROXY",
            )
        self._write(self._unproven)
        self._unproven = []

    def _write(self, seen: Sequence[Glance]) -> None:
        if not seen:
            return
        rows = [self._known_of(glance) for glance in seen]
        self._state.record(rows)
        self._known.update((row.url, row) for row in rows)
        self._lost.update(glance.url for glance in seen if glance.lost_fragment)

    def _known_of(self, glance: Glance) -> Known:
        before = self._known.get(glance.url)
        history = self._histories.setdefault(glance.url, [])
        if history and history[-1].at == glance.at:
            history.pop()  # the same look, seen again in the light of what came later
        history.append(Seen(glance.at, glance.verdict))
        is_same = glance.status == 304
        title = before.title if before and not glance.title else glance.title
        self._note_change(glance, before)
        return Known(
            glance.url,
            next_check(glance.url, history, glance.at, self._config.links),
            glance.at,
            glance.verdict,
            glance.status,
            glance.final_url,
            glance.reason,
            title,
            before.etag if before and is_same else glance.etag,
            before.last_modified if before and is_same else glance.last_modified,
        )

    def _note_change(self, glance: Glance, before: Known | None) -> None:
        if before is None or before.title == glance.title:
            return
        from pinakes.links.classify import has_changed  # noqa: PLC0415  # the rules behind it take 50 ms to import

        if has_changed(before.title, glance.title):
            self._before[glance.url] = before.title
