"""Chinese blogs and news sites: mostly where the article stands, so that its words are not mistaken for a message."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site


def _there(*element: str, source: str = UNSOURCED) -> Rule:
    return Rule(
        name="the article is there",
        verdict="ok",
        reason="the article is there",
        source=source,
        element=element,
    )


def _gone(title: str, source: str = UNSOURCED, reason: str = "the site says that there is no such article") -> Rule:
    return Rule(name="not found", verdict="soft_gone", reason=reason, source=source, title=title)


def _message(says: str, *element: str, source: str = UNSOURCED, reason: str = "the site says that it is gone") -> Rule:
    return Rule(name="deleted", verdict="soft_gone", reason=reason, source=source, element=element, says=says)


_DELETED = r"(?:抱歉|对不起|非常抱歉)?[,，。！!\s]*(?:您|你)?(?:所)?(?:访问|查看|浏览|要找)?的?(?:该|此)?(?:文章|博文|博客|内容|帖子|页面|问题|专栏)(?:可能)?(?:已被|已经被|已|被)?(?:作者|管理员)?(?:不存在|删除|下架|锁定|移除|屏蔽|隐藏).{0,40}"

_CNBLOGS = Site(
    name="cnblogs.com",
    hosts=("cnblogs.com",),
    enough=(b'id="cnblogs_post_body"',),
    rules=(
        _there("#cnblogs_post_body", ".blogpost-body"),
        Rule(
            name="password",
            verdict="blocked",
            reason="it is behind a password",
            source=UNSOURCED,
            element=("form[action*=EnterPassword]", "#password_form", ".password-protected"),
        ),
        _gone(r"404_页面不存在 - 博客园|(?:404|页面不存在|博文不存在|博客不存在)(?:.{0,6})? - 博客园"),
        _message(_DELETED, ".error-message", ".errorpage-text", ".error_msg"),
    ),
)
_CSDN = Site(
    name="csdn.net",
    hosts=("csdn.net",),
    enough=(b'id="content_views"',),
    rules=(
        _there("#content_views", "#article_content"),
        Rule(
            name="under review",
            verdict="error",
            reason="the site does not show it while it is reviewed",
            source=UNSOURCED,
            title=r"(?:文章|博客|内容)(?:正在)?(?:审核中|待审核)(?:.{0,20})?",
        ),
        _gone(r"(?:404|页面找不到了|页面不存在|文章已下架|文章已被删除|抱歉.{0,30})(?:\s*[-_|].{0,20})?"),
        _message(_DELETED, ".error-text", ".error_text", ".tip404", ".article-404", ".new_404"),
    ),
)
_JIANSHU = Site(
    name="jianshu.com",
    hosts=("jianshu.com",),
    rules=(
        _there("._2rhmJa", ".show-content-free", ".show-content"),
        Rule(
            name="robots refused",
            verdict="blocked",
            reason="the site refuses robots",
            source="https://github.com/wangwei39120157028/BadUSB/issues/3",
            title=r"403 Forbidden|denied by UA ACL.{0,20}",
        ),
        _gone(r"(?:404|您要找的页面不存在|页面不存在|文章不存在|文章已被锁定)(?: - 简书)?"),
        _message(_DELETED, ".error-block", ".main-error", ".not-found"),
    ),
)
_JUEJIN = Site(
    name="juejin.cn",
    hosts=("juejin.cn", "juejin.im"),
    enough=(b'id="article-root"',),
    rules=(
        _there("#article-root", ".article-viewer"),
        _gone(r"(?:404|找不到页面|文章不存在|页面不存在)(?: - (?:稀土)?掘金)?"),
        _message(_DELETED, ".error-page", ".not-found", ".error-text"),
    ),
)
_SEGMENTFAULT = Site(
    name="segmentfault.com",
    hosts=("segmentfault.com",),
    rules=(
        _there("article.article", ".article-content", ".question-content"),
        _gone(r"(?:404|页面不存在|找不到页面|内容不存在)(?:.{0,12})? - SegmentFault(?: 思否)?"),
        _message(_DELETED, ".error-content", ".text-404", ".h3"),
    ),
)
_OSCHINA = Site(
    name="oschina.net",
    hosts=("oschina.net",),
    rules=(
        _there("#articleContent", ".article-detail", ".news-content"),
        _gone(r"(?:404|页面不存在|页面未找到|找不到页面)(?:.{0,12})?(?: - (?:OSCHINA|开源中国).*)?"),
        _message(_DELETED, ".error-message", ".error-content", ".message"),
    ),
)
_DOUBAN = Site(
    name="douban.com",
    hosts=("douban.com",),
    rules=(
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Douban wants to see a person first",
            source=UNSOURCED,
            url=r"(?:sec|accounts)\.douban\.com/.*",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Douban has seen too many requests and wants a login",
            source="https://github.com/dropod/issues/issues/7230",
            title=r"豆瓣 - 登录跳转页|登录豆瓣|禁止访问豆瓣|禁止访问",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Douban has seen too many requests and wants a login",
            source="https://github.com/Libitum/jellyfin-plugin-douban/issues/12",
            element=("body",),
            says=r"(?:豆瓣 douban )?(?:检测到)?有异常请求从你的 IP 发出.{0,60}",
        ),
        _there("#link-report", ".note-container", ".review-content", ".topic-content"),
        _gone(
            r"404 Oops\.\.\. - 豆瓣|页面不存在(?: - 豆瓣)?|条目不存在",
            "https://github.com/dropod/issues/issues/1011",
        ),
    ),
)
_TENCENT = Site(
    name="cloud.tencent.com",
    hosts=("cloud.tencent.com",),
    rules=(
        _there(".mod-content__markdown", ".J-articleContent", ".rno-markdown"),
        _gone(r"(?:404|页面不存在|文章不存在|内容不存在)(?:.{0,12})?(?: ?- ?腾讯云.*)?"),
        _message(_DELETED, ".error-main", ".c-error-text", ".not-found-text"),
    ),
)
_TOUTIAO = Site(
    name="toutiao.com",
    hosts=("toutiao.com",),
    rules=(
        _there(".article-content", ".syl-article-base"),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Toutiao wants a script to be run first",
            source="https://github.com/AndrewAndrea/spider_demo/issues/1",
            element=("script[src*=acrawler]",),
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Toutiao wants a script to be run first",
            source="https://github.com/AndrewAndrea/spider_demo/issues/1",
            script=r".{0,4000}window\.byted_acrawler",
        ),
        _gone(r"(?:404|页面不存在|文章不存在|内容已删除)(?:.{0,8})?(?: - 今日头条)?"),
    ),
)
_SOHU = Site(
    name="sohu.com",
    hosts=("sohu.com",),
    rules=(
        _there("#mp-editor", ".article-text"),
        _gone(r"404[,，]?\s*您访问的页面已经不存在.{0,20}|(?:文章|内容)(?:已被|不)?(?:删除|存在).{0,4}(?:[_-]搜狐.*)?"),
        _message(_DELETED, ".err-text", ".error-tip", ".error_text"),
    ),
)
_NETEASE = Site(
    name="163.com",
    hosts=("163.com",),
    rules=(
        Rule(
            name="not found",
            verdict="soft_gone",
            reason="the site led to its error page",
            source=UNSOURCED,
            url=r"www\.163\.com/special/(?:0077jt/)?error_\w+\.html.*",
        ),
        _there(".post_body", "#endText"),
        _gone(r"(?:404|网易-404|页面不存在|文章已被删除)(?:.{0,8})?(?:[_-]网易.*)?"),
    ),
)
_SINA = Site(
    name="sina.com.cn",
    hosts=("sina.com.cn", "sina.cn"),
    rules=(
        _there("#artibody", "#articleContent", "#article", "#sina_keyword_ad_area2"),
        _gone(r"(?:新浪网?\s*[-_|]?\s*)?(?:页面没有找到|404).{0,40}"),
        _message(_DELETED, ".errorBody", ".error-text", ".errTitle"),
    ),
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
