"""Articles of WeChat's official accounts: deleted ones answer 200 with a message."""

from __future__ import annotations

from pinakes.links.hosts.rule import Rule, Site
from pinakes.links.verdict import Verdict

_EXTRACT = "https://github.com/airyland/we-extract, index.js and errors.js"
_EXPORTER = "https://github.com/wechat-article/wechat-article-exporter, shared/utils/html.ts"
_MESSAGE = (".weui-msg__title", ".weui-msg__desc", ".mesg-block", ".global_error_msg", ".page_msg", ".tips")
_ARTICLE = ("#js_content", "#js_article", "#js_share_content", "#js_image_content")
_END = r"[\s,，。.：:].*|"


def _message(name: str, reason: str, says: str, source: str = _EXTRACT, verdict: Verdict = "soft_gone") -> Rule:
    """Make a rule about what the message of a page without an article says; more may follow it."""
    return Rule(
        name=name,
        verdict=verdict,
        reason=reason,
        source=source,
        element=_MESSAGE,
        says=f"(?:{says})(?:{_END})",
        without=_ARTICLE,
    )


WECHAT = Site(
    name="mp.weixin.qq.com",
    hosts=("mp.weixin.qq.com",),
    enough=(b'id="js_content"', b'id="js_article"'),
    rules=(
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source=_EXPORTER,
            element=_ARTICLE,
        ),
        Rule(
            name="verification",
            verdict="blocked",
            reason="WeChat wants to see a person first",
            source="https://github.com/DIYgod/RSSHub, lib/utils/wechat-mp.ts",
            url=r"mp\.weixin\.qq\.com/[^?]*captcha.*",
        ),
        Rule(
            name="verification",
            verdict="blocked",
            reason="WeChat wants to see a person first",
            source="https://github.com/huanjuedadehen/wechat-article-parser, src/wechat_article_parser/parser.py",
            element=("script[src*=secitptpage/template/verify]",),
        ),
        _message(
            "verification",
            "WeChat wants to see a person first",
            r"(?:当前)?环境异常|完成验证后即可继续访问|去验证",
            "https://github.com/cooderl/wewe-rss/issues/388",
            "blocked",
        ),
        _message("too many requests", "WeChat is asked too often", r"访问过于频繁|操作过于频繁", verdict="blocked"),
        _message("deleted by its author", "the author has deleted it", r"该内容已被(?:发布者|作者)删除"),
        _message(
            "deleted by its author",
            "the author has deleted it",
            r"The content has been deleted by the author",
            "https://github.com/dropod/issues/issues/10143",
        ),
        _message(
            "violation",
            "WeChat has taken it down: it violates the rules",
            r"(?:此|该)内容因(?:涉嫌)?违规(?:无法查看|已删除|已被删除)|(?:此|该)内容(?:已)?因违规.{0,10}",
        ),
        _message(
            "violation",
            "WeChat has taken it down: it violates the rules",
            r"Unable to view this content because it violates regulations",
            "https://github.com/dropod/issues/issues/374",
        ),
        _message(
            "complaint",
            "WeChat has taken it down after a complaint",
            r"(?:此|该)内容被投诉且经审核.{0,40}|(?:此|该)内容由用户投诉并经平台审核.{0,60}|由用户投诉并经平台审核.{0,60}"
            r"|接(?:到)?相关投诉.{0,3}此内容违反.{0,60}|此内容被多人投诉.{0,40}",
        ),
        _message(
            "failed to send",
            "WeChat has refused to publish it",
            r"(?:此|该)内容(?:因涉嫌违反相关法律法规和政策)?发送失败.{0,20}",
        ),
        _message(
            "account moved",
            "its account has moved to another, and the article not with it",
            r"(?:该|此)(?:公众号|[帐账]号)已(?:申请[帐账]号)?迁移.{0,30}",
        ),
        _message(
            "account blocked", "WeChat has blocked its account", r"(?:此|该)[帐账]号已被(?:屏蔽|封禁|停用).{0,20}"
        ),
        _message(
            "account closed",
            "its account has been closed",
            r"(?:此|该)[帐账]号已(?:自主|系统)?(?:注销|被系统回收|冻结).{0,20}",
        ),
        _message(
            "account on the move",
            "its account is being moved to another",
            r"(?:此|该)[帐账]号(?:处于[帐账]号迁移流程中|已申请公众号[帐账]号迁移流程).{0,40}",
            verdict="error",
        ),
        _message(
            "link expired",
            "the link was a temporary one and has expired",
            r"链接已过期",
            "https://github.com/airyland/we-extract, links/expire.html",
        ),
        _message("wrong parameters", "the link is wrong: WeChat knows no such article", r"参数错误|链接不正确"),
        Rule(
            name="rumour",
            verdict="soft_gone",
            reason="WeChat has replaced it by a notice that it is untrue",
            source=_EXTRACT,
            element=("body.page_rumor", ".page_rumor"),
            without=_ARTICLE,
        ),
        _message("rumour", "WeChat has taken it down: it is untrue", r"(?:此|该)(?:文章|内容)已被.{0,12}辟谣"),
        _message("trouble", "WeChat says that something went wrong", r"系统(?:出错|繁忙|错误).{0,20}", verdict="error"),
        _message(
            "not to be seen now",
            "WeChat does not show it at the moment",
            r"(?:该|此)?内容(?:审核中|暂时无法查看).{0,20}",
            "https://github.com/rachelos/we-mp-rss/issues/118 and "
            "https://github.com/tmwgsicp/wechat-download-api, CONTENT_TYPES.md",
            "error",
        ),
        Rule(
            name="another message",
            verdict="error",
            reason="WeChat shows a message in place of the article",
            source=_EXPORTER,
            element=(".weui-msg", ".mesg-block", ".global_error_msg"),
            without=_ARTICLE,
        ),
    ),
)
