"""Zhihu: columns, questions and answers; much is behind a robot check, and 403 says nothing."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_BARREN = "https://github.com/dropod/issues/issues/20225"
_ARTICLE = (".Post-RichTextContainer", ".Post-Title", ".QuestionHeader-title", ".RichContent-inner", ".PinItem")

ZHIHU = Site(
    name="zhihu.com",
    hosts=("zhihu.com",),
    enough=(b'class="Post-Title"',),
    rules=(
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Zhihu wants to see a person first",
            source="https://github.com/frostming/fxzhihu/issues/43",
            url=r"(?:www\.)?zhihu\.com/account/unhuman.*",
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Zhihu refuses robots",
            source="https://github.com/frostming/fxzhihu/issues/44",
            json=r'\{"error":\{.*?"code":\s*403\d\d\b',
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Zhihu wants a script to be run first",
            source="https://github.com/DIYgod/RSSHub, lib/routes/zhihu/utils.ts",
            element=("#zh-zse-ck", "script[src*=/zse-ck/]"),
            without=_ARTICLE,
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="Zhihu wants to see a person first",
            source="https://github.com/JimmyLv/reading/issues/4775",
            title=r"安全验证(?: - 知乎)?",
            without=_ARTICLE,
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Zhihu wants a login",
            source="https://github.com/mtianyan/FunpySpiderSearchEngine/issues/14",
            url=r"(?:www\.)?zhihu\.com/(?:signin|signup)\b.*",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Zhihu wants a login",
            source=UNSOURCED,
            element=(".SignContainer-content", ".SignFlowHomepage"),
            without=_ARTICLE,
        ),
        Rule(
            name="not found",
            verdict="gone",
            reason="Zhihu's interface says that there is no such thing",
            source="https://github.com/hAcKlyc/zhihu_image_crawler/issues/1",
            json=r'\{"error":\{.*?(?:"code":\s*404\d?\b|"name":\s*"\w*NotFound\w*")',
        ),
        Rule(
            name="answer deleted",
            verdict="soft_gone",
            reason="the answer has been deleted",
            source=UNSOURCED,
            url=r"(?:www\.)?zhihu\.com/question/\d+/answer/\d+.*",
            element=(".AnswerItem-statusContent",),
            says=r"(?:该|此)?回答已被(?:作者|管理员)?删除.{0,30}|(?:该|此)?回答已删除.{0,30}",
        ),
        Rule(
            name="answer withheld",
            verdict="soft_gone",
            reason="Zhihu hides the answer until its author changes it",
            source=UNSOURCED,
            url=r"(?:www\.)?zhihu\.com/question/\d+/answer/\d+.*",
            element=(".AnswerItem-statusContent",),
            says=r"(?:回答)?(?:被)?建议修改.{0,60}",
        ),
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source="https://github.com/suqingdong/web_article, web_article/selectors.py",
            element=_ARTICLE,
        ),
        Rule(
            name="deleted",
            verdict="soft_gone",
            reason="Zhihu says that there is nothing",
            source=_BARREN,
            title=r"404 - 知乎|你似乎来到了没有知识存在的荒原(?: - 知乎)?",
        ),
        Rule(
            name="deleted",
            verdict="soft_gone",
            reason="Zhihu says that there is nothing",
            source=_BARREN,
            element=(".ErrorPage-errorText", ".ErrorPage-text"),
            says=r"(?:404)?\s*你似乎来到了没有知识存在的荒原.{0,40}",
        ),
        Rule(
            name="login",
            verdict="blocked",
            reason="Zhihu wants a login",
            source="https://github.com/ykpkp/ykpkp.github.io, source/_posts/python3爬虫(五)--requests库的基本使用.md",
            element=(".SignFlowHomepage",),
            without=_ARTICLE,
        ),
    ),
)
