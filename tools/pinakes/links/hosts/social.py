"""Social networks: most show a stranger nothing, which says nothing."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

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
            name="deleted",
            verdict="gone",
            reason="Weibo's interface says that there is no such post",
            source=UNSOURCED,
            json=r'\{(?:"ok":0,)?.{0,80}"(?:msg|message)":"(?:该微博不存在|(?:此|该)?微博已(?:被)?(?:作者)?删除)',
        ),
        Rule(
            name="hidden",
            verdict="blocked",
            reason="Weibo does not show it to strangers",
            source=UNSOURCED,
            json=r'\{(?:"ok":0,)?.{0,80}"(?:msg|message)":"(?:暂无查看权限|暂无权限)',
        ),
        Rule(
            name="deleted",
            verdict="soft_gone",
            reason="Weibo says that the post is gone",
            source=UNSOURCED,
            element=(".h5-4con", ".page_error"),
            says=r"(?:抱歉|对不起)?[,，\s]*(?:该|此|这条)?(?:微博|文章|内容|作者)(?:不存在|已被|已经被|已)(?:作者|管理员)?(?:删除|设置)?.{0,30}",
        ),
    ),
)
_X = Site(
    name="x.com",
    hosts=("x.com", "twitter.com"),
    rules=(
        Rule(
            name="login",
            verdict="blocked",
            reason="X wants a login",
            source=UNSOURCED,
            url=r"(?:mobile\.)?(?:x|twitter)\.com/(?:i/flow/login|login|account/access).*",
        ),
        Rule(
            name="app shell",
            verdict="blocked",
            reason="X shows nothing without scripts",
            source=UNSOURCED,
            element=("#react-root", ".errorContainer"),
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
            source=UNSOURCED,
            url=r"(?:[a-z]+\.)?linkedin\.com/(?:authwall|login|uas/login|checkpoint|signup).*",
        ),
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source=UNSOURCED,
            element=(".article-main__content", ".core-section-container", ".reader-article-content"),
        ),
    ),
)
SOCIAL = (_WEIBO, _X, _LINKEDIN)
