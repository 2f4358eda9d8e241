"""Deal links to several that ask side by side, all links of a host to the same one."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heapify, heapreplace

from pinakes.links.glance import Wanted
from pinakes.model import FetchPolicy
from pinakes.urls import server_of

_LEAST = 0.01
"""Seconds that a link takes at least, where nothing limits how quickly its host is asked."""


def deal(wanted: Sequence[Wanted], policy: FetchPolicy, shares: int) -> list[list[Wanted]]:
    """Deal links to shares, so that all take about as long and no host is in two of them.

    The hosts that take longest come first, each to the share with the least to do (LPT, Graham 1969).

    Returns:
        As many shares as were asked for, or as there are hosts.
    """
    by_host: dict[str, list[Wanted]] = {}
    for each in wanted:
        by_host.setdefault(server_of(each.url), []).append(each)
    seconds = {host: len(links) * max(policy.limits_of(host).interval, _LEAST) for host, links in by_host.items()}
    dealt: list[list[Wanted]] = [[] for _ in range(min(shares, len(by_host)))]
    loads = [(0.0, number) for number in range(len(dealt))]
    heapify(loads)
    for host in sorted(by_host, key=lambda host: -seconds[host]):
        load, number = loads[0]
        heapreplace(loads, (load + seconds[host], number))
        dealt[number] += by_host[host]
    return dealt
