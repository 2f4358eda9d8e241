"""Shared files and documents: an expired share answers 200."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_LATE = "https://github.com/0voice/linux_kernel_wiki/issues/5"

_BAIDU = Site(
    name="pan.baidu.com",
    hosts=("pan.baidu.com", "yun.baidu.com"),
    rules=(
        Rule(
            name="not found",
            verdict="soft_gone",
            reason="Baidu Pan led to its error page",
            source=UNSOURCED,
            url=r"(?:pan|yun)\.baidu\.com/error/.*",
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Baidu wants to see a person first",
            source=UNSOURCED,
            title=r"百度安全验证",
        ),
        Rule(
            name="share ended",
            verdict="soft_gone",
            reason="the share has been deleted, cancelled or has expired",
            source=_LATE,
            element=("#share_nofound_des", ".share-error-left"),
            says=r"(?:啊哦)?[,，！!]*\s*(?:(?:你)?来晚了.*|链接错误没找到文件.*|此链接分享内容(?:可能因为涉及|暂时不可访问).*"
            r"|(?:该|此)?(?:分享)?(?:链接|文件)(?:不存在|已过期|已失效|已取消|已被取消|已被删除).*|分享已取消.*|由于访问次数过多.*)",
        ),
        Rule(
            name="share ended",
            verdict="soft_gone",
            reason="the share has been deleted, cancelled or has expired",
            source=UNSOURCED,
            title=r"百度网盘[-_ ]*链接不存在|链接不存在(?:[-_ ]*百度网盘)?|页面不存在(?:[-_ ]*百度网盘)?",
        ),
        Rule(
            name="the share is there",
            verdict="ok",
            reason="the share is there, behind its code",
            source=UNSOURCED,
            title=r"百度网盘[-_ ]*请输入提取码",
        ),
        Rule(
            name="the share is there",
            verdict="ok",
            reason="the share is there",
            source=UNSOURCED,
            element=(".slide-show-left", "#accessCode"),
        ),
    ),
)
_DRIVE = Site(
    name="drive.google.com",
    hosts=("drive.google.com", "docs.google.com", "accounts.google.com"),
    rules=(
        Rule(
            name="login",
            verdict="blocked",
            reason="Google wants a login",
            source=UNSOURCED,
            url=r"accounts\.google\.com/.*",
        ),
        Rule(
            name="access denied",
            verdict="blocked",
            reason="its owner has to give access",
            source=UNSOURCED,
            title=r"(?:Google (?:Drive|Docs|Sheets|Slides)[:：]? ?-? ?)?"
            r"(?:Access Denied|You need (?:access|permission)|Request access)",
        ),
        Rule(
            name="file gone",
            verdict="soft_gone",
            reason="Google says that there is no such file",
            source=UNSOURCED,
            title=r"(?:Google Drive|Google Docs)? ?[-–]? ?(?:\(?Page Not Found\)?|File not found|Error)",
        ),
        Rule(
            name="file gone",
            verdict="soft_gone",
            reason="Google says that there is no such file",
            source=UNSOURCED,
            element=(".errorMessage", "#af-error-container"),
            says=r"(?:404\.?\s*)?(?:That’s an error\.\s*)?Sorry, the file you have requested"
            r" (?:does not exist|has been deleted)\..*",
        ),
    ),
)
_NOTION = Site(
    name="notion.so",
    hosts=("notion.so", "notion.site"),
    rules=(
        Rule(
            name="app shell",
            verdict="blocked",
            reason="Notion shows nothing without scripts",
            source=UNSOURCED,
            title=r"Notion(?: [-–|].*)?|",
            element=("#notion-app",),
        ),
        Rule(
            name="the page is there",
            verdict="ok",
            reason="Notion knows the page by its title",
            source=UNSOURCED,
            element=("#notion-app",),
        ),
    ),
)
STORAGE = (_BAIDU, _DRIVE, _NOTION)
