"""Hosts as readers know them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

_NAMES: Mapping[str, Mapping[str, str]] = {
    "mp.weixin.qq.com": {"zh": "微信公众号", "en": "WeChat"},
    "zhuanlan.zhihu.com": {"zh": "知乎专栏", "en": "Zhihu column"},
    "zhihu.com": {"zh": "知乎", "en": "Zhihu"},
    "cnblogs.com": {"zh": "博客园", "en": "cnblogs"},
    "blog.csdn.net": {"zh": "CSDN 博客", "en": "CSDN"},
    "jianshu.com": {"zh": "简书", "en": "Jianshu"},
    "juejin.cn": {"zh": "掘金", "en": "Juejin"},
    "segmentfault.com": {"zh": "思否", "en": "SegmentFault"},
    "bilibili.com": {"zh": "哔哩哔哩", "en": "bilibili"},
    "jiqizhixin.com": {"zh": "机器之心", "en": "Synced"},
    "cloud.tencent.com": {"zh": "腾讯云", "en": "Tencent Cloud"},
    "tech.meituan.com": {"zh": "美团技术团队", "en": "Meituan Tech"},
    "github.com": {"zh": "GitHub", "en": "GitHub"},
    "gist.github.com": {"zh": "GitHub Gist", "en": "GitHub Gist"},
    "arxiv.org": {"zh": "arXiv", "en": "arXiv"},
    "openreview.net": {"zh": "OpenReview", "en": "OpenReview"},
    "medium.com": {"zh": "Medium", "en": "Medium"},
    "towardsdatascience.com": {"zh": "Towards Data Science", "en": "Towards Data Science"},
    "distill.pub": {"zh": "Distill", "en": "Distill"},
    "youtube.com": {"zh": "YouTube", "en": "YouTube"},
    "huggingface.co": {"zh": "Hugging Face", "en": "Hugging Face"},
    "stackoverflow.com": {"zh": "Stack Overflow", "en": "Stack Overflow"},
    "reddit.com": {"zh": "Reddit", "en": "Reddit"},
    "wikipedia.org": {"zh": "维基百科", "en": "Wikipedia"},
}


_HOST = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?(?:www\.)?([^/?#:\[]+)", re.IGNORECASE)


def host_of(url: str) -> str:
    """Give a URL's host without `www.` and port, or nothing where there is none.

    A page shows as many hosts as it has entries, and this takes a fifth of what `urllib` takes.
    """
    found = _HOST.match(url)
    return found[1].lower() if found else ""


@lru_cache(maxsize=4096)
def host_name(host: str, lang: str) -> str:
    """Name a host in a language; one that has no name of its own is called by its address.

    A language edition (`zh.wikipedia.org`) and a mobile one (`m.bilibili.com`) go by the name of the site.
    """
    names = _NAMES.get(host) or _NAMES.get(host.partition(".")[2])
    return names.get(lang, names["en"]) if names else host
