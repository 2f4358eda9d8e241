"""The sentences that a page consists of when it isn't the article: not found, a robot check, a login."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

_LONGEST = 160
"""Characters of a title that can be such a sentence and a site's name."""

_THING = (
    "page|webpage|web page|url|file|document|resource|content|post|article|story|blog|blog post|site|website|web site"
    "|item|link|entry|topic|thread|video|question|answer|product|profile|user|account|repository|paper|address|object"
)
_ENGLISH = re.compile(
    rf"""
    (?:https?\ )?(?:status\ )?(?:error\ )?(?:code\ )?(?:404|410)(?:\ error)?(?:\ (?:{_THING}))?
        (?:\ (?:not\ found|gone|missing|error|oops|does\ not\ exist|removed|deleted))?(?:\ error)?(?:\ 1)?
  | (?:error\ )?(?:(?:{_THING})\ )?not\ found(?:\ (?:error|404|error\ 404))?
  | nothing\ (?:was\ )?found(?:\ here)?
  | (?:(?:oops|oh\ no|uh\ oh|whoops|ooops|sorry|we\ re\ sorry|we\ are\ sorry|error|404|but|hmm)\ )*
    (?:(?:the|this|that|your)\ )?(?:requested\ )?(?:{_THING})
        (?:\ (?:that\ )?you\ (?:re|are|were)\ (?:looking\ for|trying\ to\ (?:reach|access|view|visit))
          |\ (?:that\ )?you\ (?:have\ )?requested|\ requested)?
        \ (?:(?:is|was|could|can|cannot|couldn\ t|can\ t|has|had|have|may|might|does|doesn\ t|isn\ t|wasn\ t|not|no
            |been|be|longer|currently|either|or|and)\ )*
        (?:found|exists?|available|unavailable|removed|deleted|missing|gone|moved|expired|here|there)
        (?:\ (?:or|and)\ (?:(?:has|have|is|was|been|may|no|longer)\ )*
            (?:deleted|removed|moved|renamed|exists?|available))?
        (?:\ on\ this\ (?:server|site|website))?(?:\ by\ (?:the|its)\ (?:author|user|owner|publisher))?(?:\ 404)?
  | (?:(?:oops|oh\ no|uh\ oh|whoops|sorry)\ )*(?:we\ )?(?:can\ t|couldn\ t|cannot|could\ not|can\ not)
        \ (?:seem\ to\ )?find\ (?:the|that|this|your|a)\ (?:{_THING})
        (?:\ you\ (?:re|are|were)\ looking\ for|\ you\ requested)?
  | (?:this\ )?(?:{_THING})\ (?:has\ been\ |was\ )?(?:deleted|removed|unpublished)
        (?:\ by\ (?:the|its)\ (?:author|user|owner))?
  | (?:the\ )?(?:author|user|owner)\ (?:has\ )?deleted\ th(?:is|eir)\ [a-z ]{{3,30}}
  | (?:gone|page\ missing|missing\ page|dead\ link|broken\ link|does\ not\ exist)
    """,
    re.VERBOSE,
)
_SORRY = (
    r"(?:抱歉|非常抱歉|很抱歉|对不起|不好意思|很遗憾|啊哦|哎呀|哎哟|哦豁|糟糕|出错[了啦]|提示|错误|友情提示|信息提示"
    r"|系统提示|oops|sorry|error|404)*"
)
_YOURS = r"(?:您|你|我们)?(?:所|要|想|正在|当前|尝试)*"
_SEEK = r"(?:访问|查看|浏览|请求|寻找|查找|查询|找|打开|阅读|看|进入)?"
_DING = (
    "(?:页面|网页|页|文章|博文|博客|日志|内容|帖子|贴子|主题|话题|链接|连结|网址|地址|资源|视频|稿件|问题|回答|文件|档案"
    "|作品|笔记|专栏|新闻|资讯|信息|分享|微博|商品|网站|站点|账号|帐号|用户|项目|仓库|作者)"
)
_AWAY = (
    r"(?:可能|或许|也许)?(?:已经?|已被|被|已经被|已不)?(?:作者|发布者|用户|管理员|版主|楼主|系统|平台|站长)?"
    r"(?:自行|主动)?(?:不存在|未找到|未能找到|没有找到|没找到|找不到|无法找到|找不着|不见|丢失|走丢|迷路|删除|移除"
    r"|移走|移动|下架|下线|关闭|失效|过期|屏蔽|隐藏|撤回|封禁|消失|有误|无效|正在被?审核)(?:了|啦|咯)?"
)
_CHINESE = re.compile(
    rf"""
    {_SORRY}{_YOURS}{_SEEK}(?:的|了)?(?:该|此|这个|这篇|本|那个|指定的)?(?:分享的?|页面)?{_DING}{_AWAY}(?:(?:或者?|且|并)?(?:(?:该|此)?{_DING})?{_AWAY})*
        (?:404)?(?:页面|错误)?
  | {_SORRY}(?:暂时)?(?:没有|未|没|找不|无法)(?:能)?(?:找)?到(?:了)?{_YOURS}{_SEEK}(?:的|该|此|这个|任何|相关)*{_DING}
  | {_SORRY}(?:您|你)(?:似乎)?来到了(?:没有知识存在的|一个?)?(?:荒原|荒漠|未知的?(?:领域|星球|世界))
  | (?:http)?404(?:错误|页面|错误页面|错误页|页|出错|出错了|提示|notfound|error|errorpage)*
  | (?:页面|网页)(?:404|出错|出错了|错误|不见了|走丢了|丢失了|飞走了|去火星了)
    """,
    re.VERBOSE,
)
_CHECK = r"(?:验证|校验|检测|检查|认证)码?(?:页面?|中间页)?"
_ROBOT = re.compile(
    r"just a moment(?: please)?|attention required(?: cloudflare)?|access to this page has been denied"
    r"|access (?:to this (?:page|site|website) )?(?:is |has been )?(?:denied|blocked|restricted)|you have been blocked"
    r"|are you (?:a )?(?:robot|human)|robot check|robot or human|bot (?:check|verification|detection)"
    r"|captcha(?: challenge)?|(?:human|security|browser|ddos|device) (?:verification|check|checkpoint|challenge)"
    r"|pardon our interruption|(?:please )?(?:verify|confirm|checking|verifying|making sure)(?: that)?"
    r" (?:you(?: are| re)?|your browser)(?: not)?(?: an?)?(?: (?:bot|robot|human))?(?: before.*)?"
    r"|vercel security checkpoint|ddos guard|client challenge|one more step|i m not a robot"
    r"|please wait(?: for verification)?|challenge validation|403(?: forbidden)?|forbidden|too many requests"
    r"|request blocked|unusual traffic.*|sina visitor system"
    r"|(?:百度|知乎|腾讯|微博|用户|访问|网站|系统|账号)?"
    rf"(?:安全|人机|访问|滑动|滑块|拼图|身份|环境|真人|机器人|浏览器|登录){_CHECK}"
    r"|请?(?:输入|填写)?验证码(?:中间页|页面?)?|环境异常|访问(?:异常|受限|过于频繁|频繁|被拒绝|被拦截)"
    r"|禁止访问|请求(?:异常|过于频繁|被拦截)|请稍[候等]|正在(?:进行)?(?:安全|人机|浏览器)?(?:检测|检查|验证).*"
    r"|系统检测到.*异常.*"
)
_LOGIN = re.compile(
    r"(?:log|sign) ?(?:in|on|up)(?: (?:or )?(?:log|sign|register) ?(?:in|up)?)?"
    r"(?: (?:to|page|required|now)(?: .{1,30})?)?|(?:member|user|account|customer) (?:log|sign) ?in"
    r"|please (?:log|sign) ?in.{0,30}|authentication required"
    r"|(?:用户|会员|账号|帐号|统一(?:身份)?|系统|后台|扫码|手机)?(?:登录|登陆|登入)"
    r"(?:页面?|界面|系统|或?注册|与注册|中心|跳转页)?|注册登录|请先?登[录陆入].{0,12}"
    r"|统一身份认证(?:平台|系统)?|您?需要登录.{0,20}"
)
_PARTS = re.compile(r"\s*[|｜·»_]\s*|\s+[-–—]\s+|(?<=[\u4e00-\u9fff])[-–—]|(?<=404)[-–—](?=\S)")
_SIMPLER = str.maketrans(
    "頁網刪貼題鏈檔無錯誤驗證請帳號訪問該這個內專欄沒尋閱讀瀏覽對關閉過資訊頻視戶錄陸會員檢測異認註隱屏載連結見丟開處",
    "页网删贴题链档无错误验证请帐号访问该这个内专栏没寻阅读浏览对关闭过资讯频视户录陆会员检测异认注隐屏载连结见丢开处",
)
"""Traditional characters of these sentences."""
_STEMS = (
    *"403 404 410 found find miss gone exist availab remov delet expir dead broken moment attention".split(),
    *"denied deny block restrict robot human bot captcha verif check challenge interruption wait step".split(),
    *"forbidden request traffic visitor ddos login logon sign authenti sale purchase park domain".split(),
    *("log in", "log on", "log-in"),
)
_CHARACTERS = frozenset("不没未无找删失丢走移错验检认异限禁请登注域架线关屏隐撤封消来频过迷")
"""A part of each of these sentences: most titles have none, and that is told in 3 µs instead of 50."""
_NOISE = re.compile(r"[\W_]+")
_SEEN_AGAIN = re.compile(r"404|410|not ?found|不存在|找不到|删除|错误|什么|怎么|如何|为何|how|why|what")


def may_be_message(title: str) -> bool:
    """Say whether a title has a word that one of the sentences below needs."""
    small = title[:_LONGEST].lower()
    if any(map(small.__contains__, _STEMS)):
        return True
    return not small.isascii() and not _CHARACTERS.isdisjoint(small.translate(_SIMPLER))


def is_not_found(title: str) -> bool:
    """Say whether a title or heading is a sentence such as `404 Not Found` or `抱歉，您访问的页面不存在`.

    The site's name may stand before or after it, but nothing else: `404 Not Found 是什么意思` is no such sentence.
    """
    return _is_only(title, _is_missing_sentence)


def is_robot_check(title: str) -> bool:
    """Say whether a title or heading is that of a robot check, such as `Just a moment...` or `安全验证 - 知乎`."""
    return _is_only(title, lambda part: bool(_ROBOT.fullmatch(part)))


def is_login(title: str) -> bool:
    """Say whether a title or heading is that of a login page."""
    return _is_only(title, lambda part: bool(_LOGIN.fullmatch(part)))


def names_missing(text: str) -> bool:
    """Say whether one of a text's sentences says that the page is not there."""
    return any(_is_missing_sentence(plain(part)) for part in re.split(r"[。.!！?？\n]", text) if len(part) < 80)


@lru_cache(maxsize=1_024)
def plain(text: str) -> str:
    """Write a text in small letters without punctuation, and Chinese in simple characters and without spaces."""
    text = _NOISE.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip().translate(_SIMPLER)
    return re.sub(r"(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])", "", text)


def _is_missing_sentence(part: str) -> bool:
    return bool(_ENGLISH.fullmatch(part) or _CHINESE.fullmatch(part))


def _is_only(title: str, test: Callable[[str], bool]) -> bool:
    """Whether a title passes the test as a whole, or one of its parts does and the rest may be the site's name."""
    if not title or len(title) > _LONGEST:
        return False
    if test(plain(title)):
        return True
    parts = [plain(part) for part in _PARTS.split(title)]
    passed = [part for part in parts if part and test(part)]
    rest = [part for part in parts if part and part not in passed]
    return bool(passed) and not any(len(part) > 40 or _SEEN_AGAIN.search(part) for part in rest)
