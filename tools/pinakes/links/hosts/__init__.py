"""What is known of single hosts: tables of rules, each with its source."""

from __future__ import annotations

from functools import lru_cache

from pinakes.links.hosts.blogs import BLOGS
from pinakes.links.hosts.china import CHINA
from pinakes.links.hosts.papers import PAPERS
from pinakes.links.hosts.rule import Rule, Site, holds
from pinakes.links.hosts.social import SOCIAL
from pinakes.links.hosts.storage import STORAGE
from pinakes.links.hosts.video import VIDEO
from pinakes.links.hosts.wechat import WECHAT
from pinakes.links.hosts.zhihu import ZHIHU

__all__ = ("SITES", "Rule", "Site", "holds", "site_of")

SITES: tuple[Site, ...] = (WECHAT, ZHIHU, *CHINA, *VIDEO, *SOCIAL, *STORAGE, *PAPERS, *BLOGS)
_BY_HOST = {host: site for site in SITES for host in site.hosts}


@lru_cache(maxsize=10_000)  # half of a catalogue is on one host
def site_of(host: str) -> Site | None:
    """Give the site that a host, or one that it is a subdomain of, belongs to; None if nothing is known of it."""
    while host:
        if host in _BY_HOST:
            return _BY_HOST[host]
        host = host.partition(".")[2]
    return None
