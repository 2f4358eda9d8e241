"""Look at links: ask for each, and say what its answer means; nothing is remembered here.

What comes of it is small and can be sent between processes; the pages themselves go no further than this.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from typing import NamedTuple

from pinakes.fetch.engine import Request, observe_in_batches
from pinakes.fetch.job import authority_of
from pinakes.fetch.observation import Observation
from pinakes.links.classify import classify, enough_for, fragment_is_missing, probe_url, wants_probe
from pinakes.links.hosts import has_rules
from pinakes.links.verdict import GOOD, Classified, Verdict
from pinakes.model import FetchPolicy

_PROBE = "probe of "


class Glance(NamedTuple):
    """What one look at a link came to.

    Attributes:
        url: The link, as the catalogue has it.
        at: When, in seconds since 1970 (UTC).
        verdict: What the answer says.
        reason: Why, one sentence.
        rule: Which rule decided.
        status: The HTTP status; None if there was none.
        final_url: What answered in the end.
        title: The page's title; empty if it has none or did not come back.
        etag: What the host named the page's version, if the page came back from the very address that was asked.
        last_modified: The same as a date.
        lost_fragment: Whether the page does not have the place that the link's fragment names.
    """

    url: str
    at: float
    verdict: Verdict
    reason: str
    rule: str
    status: int | None
    final_url: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    lost_fragment: bool = False


class HostAnswer(NamedTuple):
    """What a host answers for an address that cannot exist.

    Attributes:
        host: The host, with the port where it is not the usual one.
        at: When it was asked.
        is_honest: Whether it says so, and not 2xx.
    """

    host: str
    at: float
    is_honest: bool


class Wanted(NamedTuple):
    """A link to be looked at.

    Attributes:
        url: Its address.
        etag: What its page's version was named when it last came back.
        last_modified: The same as a date.
    """

    url: str
    etag: str = ""
    last_modified: str = ""


async def glances(
    wanted: Iterable[Wanted],
    policy: FetchPolicy,
    honest: frozenset[str],
    *,
    proxy: str | None = None,
    max_seconds: float | None = None,
) -> AsyncIterator[Sequence[Glance | HostAnswer]]:
    """Look at links, in the order in which their answers come; what comes at the same time comes together.

    A host without rules of its own is first asked for an address that cannot exist, so that its error page is known
    when it answers 200 with it.

    Args:
        wanted: The links.
        policy: How they are asked for.
        honest: Hosts of which it is known that they do not answer 2xx for what does not exist.
        proxy: A proxy for all of them, in place of the environment's.
        max_seconds: No request begins after so many seconds; links that would have been asked then are left out.
    """
    desk = _Desk(honest)
    async for batch in observe_in_batches(desk.requests(wanted), policy, proxy=proxy, max_seconds=max_seconds):
        found = [glance for request, observation in batch for glance in desk.take(request, observation)]
        if found:
            yield found
    rest = list(desk.rest())
    if rest:
        yield rest


class _Desk:
    """Where answers wait until their host's error page is known."""

    def __init__(self, honest: frozenset[str]) -> None:
        self._probes: dict[str, Observation | None] = dict.fromkeys(honest)
        self._waiting: dict[str, list[tuple[Request, Observation]]] = {}

    def requests(self, wanted: Iterable[Wanted]) -> Iterator[Request]:
        """Make the requests, a host's probe before its first link."""
        for url, etag, last_modified in wanted:
            host = authority_of(url)
            if host not in self._probes and host not in self._waiting and not has_rules(url):
                self._waiting[host] = []
                yield Request(probe_url(url), _PROBE + host)
            yield Request(url, url, etag, last_modified, enough_for(url))

    def take(self, request: Request, observation: Observation) -> Iterator[Glance | HostAnswer]:
        """Take an answer in, and give what can be said by now."""
        if request.key.startswith(_PROBE):
            yield from self._take_probe(request.key.removeprefix(_PROBE), observation)
            return
        host = authority_of(request.url)
        classified = classify(observation, self._probes.get(host))
        waiting = self._waiting.get(host)
        if waiting is not None and wants_probe(observation, classified):
            waiting.append((request, observation))
        else:
            yield _glance(request, observation, classified)

    def _take_probe(self, host: str, observation: Observation) -> Iterator[Glance | HostAnswer]:
        is_honest = observation.failure is None and not 200 <= (observation.status or 0) < 300
        self._probes[host] = None if is_honest or observation.failure else observation
        if observation.failure is None:
            yield HostAnswer(host, observation.at, is_honest)
        for request, waiting in self._waiting.pop(host):
            yield _glance(request, waiting, classify(waiting, self._probes[host]))

    def rest(self) -> Iterator[Glance]:
        """Give those that waited for a probe that never came."""
        for waiting in self._waiting.values():
            for request, observation in waiting:
                yield _glance(request, observation, classify(observation))


def _glance(request: Request, observation: Observation, classified: Classified) -> Glance:
    came_back = classified.verdict in GOOD
    is_own = came_back and not observation.hops
    return Glance(
        request.key,
        observation.at,
        classified.verdict,
        classified.reason,
        classified.rule,
        observation.status,
        observation.final_url,
        classified.title if came_back else "",
        observation.headers.get("etag", "") if is_own else "",
        observation.headers.get("last-modified", "") if is_own else "",
        came_back and _has_lost(request.key, observation),
    )


def _has_lost(url: str, observation: Observation) -> bool:
    fragment = url.partition("#")[2]
    return bool(fragment) and fragment_is_missing(observation, fragment)
