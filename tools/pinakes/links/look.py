"""Look at links: ask for each, and say what its answer means; nothing is remembered here.

What comes of it is small; the pages themselves go no further than this.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator

from pinakes.fetch.engine import Request, observe_in_batches
from pinakes.fetch.observation import Observation
from pinakes.links.classify import classify, enough_for, fragment_is_missing, probe_url, wants_probe
from pinakes.links.glance import Batch, Glance, HostAnswer, KnownHosts, Wanted
from pinakes.links.hosts import site_of
from pinakes.links.probe import SAME_PAGE
from pinakes.links.verdict import GOOD, Classified
from pinakes.model import FetchPolicy
from pinakes.urls import server_of

_PROBE = "probe of "


async def glances(
    wanted: Iterable[Wanted],
    policy: FetchPolicy,
    hosts: KnownHosts,
    *,
    proxy: str | None = None,
    max_seconds: float | None = None,
) -> AsyncIterator[Batch]:
    """Look at links, in the order in which their answers come; what comes at the same time comes together.

    A host without rules of its own is first asked for an address that cannot exist, so that its error page is known
    when it answers 200 with it. A link may be told of twice, with the same time: the later one counts.

    Args:
        wanted: The links.
        policy: How they are asked for.
        hosts: What is known of hosts.
        proxy: A proxy for all of them, in place of the environment's.
        max_seconds: No request begins after so many seconds; links that would have been asked then are left out.
    """
    desk = _Desk(hosts)
    async for batch in observe_in_batches(desk.requests(wanted), policy, proxy=proxy, max_seconds=max_seconds):
        found = [glance for request, observation in batch for glance in desk.take(request, observation)]
        if found:
            yield found
    rest = list(desk.rest())
    if rest:
        yield rest


class _Desk:
    """Where answers wait until their host's error page is known, and are seen again when that means something else."""

    def __init__(self, hosts: KnownHosts) -> None:
        self._probes: dict[str, Observation | None] = dict.fromkeys(hosts.honest)
        self._varied = set(hosts.varied)
        self._waiting: dict[str, list[tuple[Request, Observation]]] = {}
        self._alike: dict[str, list[Glance]] = {}

    def requests(self, wanted: Iterable[Wanted]) -> Iterator[Request]:
        """Make the requests, a host's probe before its first link."""
        for url, etag, last_modified in wanted:
            host = server_of(url)
            is_new = host not in self._probes and host not in self._waiting
            if is_new and site_of(host.partition(":")[0]) is None:
                self._waiting[host] = []
                yield Request(probe_url(url), _PROBE + host)
            yield Request(url, url, etag, last_modified, enough_for(url))

    def take(self, request: Request, observation: Observation) -> Iterator[Glance | HostAnswer]:
        """Take an answer in, and give what can be said by now."""
        if request.key.startswith(_PROBE):
            yield from self._take_probe(request.key.removeprefix(_PROBE), observation)
            return
        host = server_of(request.url)
        if host in self._waiting and wants_probe(observation, classify(observation)):
            self._waiting[host].append((request, observation))
        else:
            yield from self._judge(host, request, observation)

    def _take_probe(self, host: str, observation: Observation) -> Iterator[Glance | HostAnswer]:
        is_honest = observation.failure is None and not 200 <= (observation.status or 0) < 300
        self._probes[host] = None if is_honest or observation.failure else observation
        if observation.failure is None:
            yield HostAnswer(host, observation.at, is_honest, host in self._varied)
        for request, waiting in self._waiting.pop(host):
            yield from self._judge(host, request, waiting)

    def _judge(self, host: str, request: Request, observation: Observation) -> Iterator[Glance | HostAnswer]:
        """Judge a page beside its host's error page.

        A page that is the same as that one, and does not say that anything is missing, is the article as long as the
        host was never seen to have another page; as soon as it is, all that were taken for articles are seen again.
        """
        probe = self._probes.get(host)
        classified = classify(observation, probe)
        if classified.rule == SAME_PAGE and host not in self._varied:
            self._alike.setdefault(host, []).append(_glance(request, observation, classified))
            classified = classify(observation)
        elif probe is not None and host not in self._varied and wants_probe(observation, classified):
            self._varied.add(host)
            yield HostAnswer(host, observation.at, is_honest=False, is_varied=True)
            yield from self._alike.pop(host, ())
        yield _glance(request, observation, classified)

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
