"""Which site a host belongs to: its module is imported when a page of it is read, and the others are not."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from itertools import chain
from types import ModuleType

from pinakes.metadata.sites.site import Site

MODULES: Mapping[str, tuple[str, ...]] = {
    "acl": (
        "aclanthology.org",
        "aclweb.org",
    ),
    "arxiv": ("arxiv.org",),
    "bilibili": ("bilibili.com",),
    "cnblogs": ("cnblogs.com",),
    "csdn": ("csdn.net",),
    "cvf": (
        "openaccess.thecvf.com",
        "ecva.net",
    ),
    "distill": ("distill.pub",),
    "github": ("github.com",),
    "huggingface": (
        "huggingface.co",
        "hf.co",
    ),
    "jianshu": ("jianshu.com",),
    "juejin": (
        "juejin.cn",
        "juejin.im",
    ),
    "medium": ("medium.com",),
    "neurips": (
        "proceedings.neurips.cc",
        "papers.nips.cc",
        "papers.neurips.cc",
    ),
    "openreview": ("openreview.net",),
    "oschina": ("oschina.net",),
    "pmlr": ("proceedings.mlr.press",),
    "segmentfault": ("segmentfault.com",),
    "wechat": ("mp.weixin.qq.com",),
    "youtube": (
        "youtube.com",
        "youtu.be",
        "youtube-nocookie.com",
    ),
    "zhihu": ("zhihu.com",),
}
"""The hosts that each module knows: those of its `SITE` or `SITES`."""
_BY_HOST = dict(chain.from_iterable(((host, module) for host in hosts) for module, hosts in MODULES.items()))


@lru_cache(maxsize=10_000)  # half of a catalogue is on one host
def site_of(host: str) -> Site | None:
    """Give the site that a host, or one that it is a subdomain of, belongs to; None if nothing is known of it."""
    while host:
        if host in _BY_HOST:
            module = import_module(f"pinakes.metadata.sites.{_BY_HOST[host]}")
            return next(site for site in sites_in(module) if host in site.hosts)
        host = host.partition(".")[2]
    return None


def sites_in(module: ModuleType) -> tuple[Site, ...]:
    """Give the sites that a module describes."""
    sites: tuple[Site, ...] = getattr(module, "SITES", ())
    return sites or (module.SITE,)
