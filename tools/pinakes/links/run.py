"""A check under way: what was known before it, whom it asks, and what it writes down."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from time import monotonic, time

from pinakes.errors import PinakesError
from pinakes.links.glance import Batch, Glance, KnownHosts, Wanted
from pinakes.links.judge import DAY, Seen, about_to_be_gone, judge
from pinakes.links.plan import Looked, Plan
from pinakes.links.schedule import next_check
from pinakes.links.select import Link, spread
from pinakes.links.state import Known, State
from pinakes.links.verdict import FAILED, GONE, GOOD
from pinakes.model import Config
from pinakes.urls import host_of

_STALE_RUN = 7 * DAY
"""A run over everything that was broken off longer ago is begun anew."""
_HOST_KNOWN_FOR = 30 * DAY
_OFFLINE_HOSTS = 5
"""If so many hosts failed and none answered, it is our own network that is down."""


class Run:
    """What was known before, and what has been found since."""

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
