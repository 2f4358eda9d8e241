"""Social networks: most show a stranger nothing, which says nothing."""

from __future__ import annotations

from pinakes.links.hosts.rule import Rule, Site

_VISITOR = "https://github.com/dropod/issues/issues/17696"

_WEIBO = Site(
    name="weibo.com",
    hosts=("weibo.com", "weibo.cn"),
    rules=(
        Rule(
            name="visitor wall",
            verdict="blocked",
            reason="Weibo lets no stranger in",
            source=_VISITOR,
            url=r"(?:visitor\.)?passport\.weibo\.(?:com|cn)/.*|weibo\.com/(?:newlogin|login\.php).*",
        ),
        Rule(
            name="visitor wall",
            verdict="blocked",
            reason="Weibo lets no stranger in",
            source=_VISITOR,
            title=r"Sina Visitor System",
        ),
        Rule(
            name="gone or hidden",
            verdict="blocked",
            reason="Weibo says only that the post is gone or that strangers may not see it",
            source="https://github.com/dropod/issues/issues/21914",
            title=r"微博-出错了",
        ),
        Rule(
            name="gone or hidden",
            verdict="blocked",
            reason="Weibo tells strangers that there is no such page, also where there is one",
            source="https://github.com/DIYgod/RSSHub/issues/1284",
            url=r"(?:www\.)?weibo\.com/sorry\?pagenotfound.*",
        ),
    ),
)
_X = Site(
    name="x.com",
    hosts=("x.com", "twitter.com"),
    rules=(
        Rule(
            name="app shell",
            verdict="blocked",
            reason="X shows nothing without scripts",
            source="https://github.com/Astalaseven/twitter-rss/issues/28",
            element=("#react-root",),
        ),
    ),
)
_LINKEDIN = Site(
    name="linkedin.com",
    hosts=("linkedin.com",),
    rules=(
        Rule(
            name="login",
            verdict="blocked",
            reason="LinkedIn wants a login",
            source="https://github.com/linkedtales/scrapedin/pull/136",
            url=r"(?:[a-z]+\.)?linkedin\.com/(?:authwall|checkpoint).*",
        ),
    ),
)
SOCIAL = (_WEIBO, _X, _LINKEDIN)
