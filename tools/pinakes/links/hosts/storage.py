"""Shared files and documents: an expired share answers 200."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_LATE = "https://github.com/0voice/linux_kernel_wiki/issues/5"

_BAIDU = Site(
    name="pan.baidu.com",
    hosts=("pan.baidu.com", "yun.baidu.com"),
    rules=(
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Baidu wants to see a person first",
            source="https://github.com/dropod/issues/issues/17873",
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
    ),
)
_DRIVE = Site(
    name="drive.google.com",
    hosts=("drive.google.com", "docs.google.com"),
    rules=(
        Rule(
            name="access denied",
            verdict="blocked",
            reason="its owner has to give access",
            source="https://support.google.com/docs/answer/6211862",
            title=r"(?:Google (?:Drive|Docs|Sheets|Slides)[:：]? ?-? ?)?"
            r"(?:You need access|Request access)",
        ),
        Rule(
            name="access denied",
            verdict="blocked",
            reason="its owner has to give access",
            source=UNSOURCED,
            title=r"Google (?:Drive|Docs|Sheets|Slides): Access Denied|You need permission",
        ),
        Rule(
            name="file gone",
            verdict="soft_gone",
            reason="Google says that there is no such file",
            source="https://github.com/XgTu/2DASL/issues/30",
            element=(".errorMessage", "#af-error-container"),
            says=r"(?:404\.?\s*)?(?:That’s an error\.\s*)?Sorry, the file you have requested"
            r" does not exist\..*",
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
            source="https://github.com/stephenou/fruitionsite, worker.js",
            title=r"Notion(?: [-–|].*)?|",
            element=("#notion-app",),
        ),
    ),
)
STORAGE = (_BAIDU, _DRIVE, _NOTION)
