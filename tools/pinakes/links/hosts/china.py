"""Chinese blogs and news sites: mostly where the article stands, so that its words are never taken for a message."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_SELECTORS = "https://github.com/suqingdong/web_article, web_article/selectors.py"
_MARKDOWN = "https://github.com/kscript/markdown-download, src/websites"
_RSSHUB = "https://github.com/DIYgod/RSSHub, lib/routes"


def _there(*element: str, source: str) -> Rule:
    return Rule(
        name="the article is there",
        verdict="ok",
        reason="the article is there",
        source=source,
        element=element,
    )


_CNBLOGS = Site(
    name="cnblogs.com",
    hosts=("cnblogs.com",),
    enough=(b'id="cnblogs_post_body"',),
    rules=(
        _there("#cnblogs_post_body", source=f"{_MARKDOWN}/cnblogs.js"),
        Rule(
            name="password",
            verdict="blocked",
            reason="it is behind a password",
            source=UNSOURCED,
            url=r"www\.cnblogs\.com/[^/]+/protected/p/.*",
        ),
    ),
)
_CSDN = Site(
    name="csdn.net",
    hosts=("csdn.net",),
    enough=(b'id="content_views"',),
    rules=(_there("#content_views", "#article_content", source=_SELECTORS),),
)
_JIANSHU = Site(
    name="jianshu.com",
    hosts=("jianshu.com",),
    rules=(
        _there("._1RuRku", "._2rhmJa", ".show-content-free", ".show-content", source=_SELECTORS),
        Rule(
            name="robots refused",
            verdict="blocked",
            reason="the site refuses robots",
            source="https://github.com/wangwei39120157028/BadUSB/issues/3",
            title=r"403 Forbidden",
        ),
    ),
)
_JUEJIN = Site(
    name="juejin.cn",
    hosts=("juejin.cn", "juejin.im"),
    enough=(b'id="article-root"',),
    rules=(_there("#article-root", ".markdown-body", source=_SELECTORS),),
)
_SEGMENTFAULT = Site(
    name="segmentfault.com",
    hosts=("segmentfault.com",),
    rules=(_there("article.article-content", source=f"{_MARKDOWN}/segmentfault.js"),),
)
_OSCHINA = Site(
    name="oschina.net",
    hosts=("oschina.net",),
    rules=(_there(".article-detail", source=f"{_RSSHUB}/oschina/news.ts"),),
)
_DOUBAN = Site(
    name="douban.com",
    hosts=("douban.com",),
    rules=(
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Douban wants to see a person first, or a login",
            source=(
                "https://github.com/cxfksword/jellyfin-plugin-metashark,"
                " Jellyfin.Plugin.MetaShark.Test/DoubanApiCookieParsingTest.cs"
            ),
            url=r"(?:sec|accounts)\.douban\.com/.*",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Douban has seen too many requests and wants a login",
            source="https://github.com/dropod/issues/issues/7230",
            title=r"豆瓣 - 登录跳转页|登录豆瓣|禁止访问(?:豆瓣)?",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Douban has seen too many requests and wants a login",
            source="https://github.com/Libitum/jellyfin-plugin-douban/issues/12",
            element=("body",),
            says=r"(?:豆瓣 douban )?(?:检测到)?有异常请求从你的 IP 发出.{0,60}",
        ),
        _there("#link-report", source="https://github.com/l0o0/translators_CN, Douban.js"),
        _there(".topic-content", source=f"{_RSSHUB}/douban/other/group-topic.ts"),
        Rule(
            name="not found",
            verdict="soft_gone",
            reason="Douban says that there is no such page, or that it isn't public",
            source="https://github.com/dropod/issues/issues/1011",
            title=r"404 Oops\.\.\. - 豆瓣",
        ),
    ),
)
_TENCENT = Site(
    name="cloud.tencent.com",
    hosts=("cloud.tencent.com",),
    rules=(_there(".rno-markdown", ".mod-content__markdown", ".J-articleContent", source=_SELECTORS),),
)
_TOUTIAO = Site(
    name="toutiao.com",
    hosts=("toutiao.com",),
    rules=(
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Toutiao wants a script to be run first",
            source="https://github.com/AndrewAndrea/spider_demo/issues/1",
            element=("script[src*=acrawler]",),
        ),
    ),
)
_SOHU = Site(
    name="sohu.com",
    hosts=("sohu.com",),
    rules=(_there("#mp-editor", source="https://github.com/ss22219/SimpleSpider, SimpleSpider/test.ss"),),
)
_NETEASE = Site(
    name="163.com",
    hosts=("163.com",),
    rules=(_there(".post_body", "#endText", source=_SELECTORS),),
)
_SINA = Site(
    name="sina.com.cn",
    hosts=("sina.com.cn", "sina.cn"),
    rules=(_there("#artibody", "#article", source=f"{_RSSHUB}/sina/utils.tsx"),),
)
CHINA = (
    _CNBLOGS,
    _CSDN,
    _JIANSHU,
    _JUEJIN,
    _SEGMENTFAULT,
    _OSCHINA,
    _DOUBAN,
    _TENCENT,
    _TOUTIAO,
    _SOHU,
    _NETEASE,
    _SINA,
)
