"""The words of the site's own interface, in each language it speaks."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

FALLBACK = "en"
"""The interface's language for a site whose own language has no words here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What buttons, headings and facts are called in one language."""

    language: str
    skip: str
    navigation: str
    path: str
    topics: str
    papers: str
    entries: str
    sub_topics: str
    overview: str
    requires: str
    read_on: str
    previous: str
    next: str
    all_of: str
    on_this_page: str
    more_pages: str
    explanations: str
    original: str
    follows: str
    followed_by: str
    code: str
    mirror: str
    archived: str
    since: str
    theme: str
    copy_code: str
    copied: str
    not_found: str
    not_found_hint: str
    comma: str
    states: MappingProxyType[str, str]
    sections: MappingProxyType[str, str]
    kinds: MappingProxyType[str, str]
    languages: MappingProxyType[str, str]


_ZH = Words(
    language="简体中文",
    skip="跳到正文",
    navigation="站点导航",
    path="所在位置",
    topics="主题",
    papers="论文",
    entries="文章",
    sub_topics="子主题",
    overview="总览",
    requires="先修",
    read_on="接着读",
    previous="上一个主题",
    next="下一个主题",
    all_of="全部 {count} 个",
    on_this_page="本页",
    more_pages="其他页面",
    explanations="解读",
    original="原文",
    follows="承接",
    followed_by="后续工作",
    code="代码",
    mirror="另见 {host}",
    archived="存档",
    since="{date} 起",
    theme="切换深浅色",
    copy_code="复制",
    copied="已复制",
    not_found="没有这一页",
    not_found_hint="它可能改了名字，或从未有过。从主题目录重新找起：",
    comma="、",
    states=MappingProxyType(
        {"alive": "可读", "moved": "已迁移", "suspect": "存疑", "gone": "已失效", "unknown": "未知"}
    ),
    sections=MappingProxyType({"guide": "指南", "reference": "参考"}),
    kinds=MappingProxyType(
        {
            "article": "文章",
            "question": "问答",
            "paper": "论文",
            "survey": "综述",
            "slides": "幻灯片",
            "video": "视频",
            "course": "课程",
            "code": "代码",
            "book": "书",
        }
    ),
    languages=MappingProxyType({"zh": "中文", "en": "英文", "ja": "日文", "ko": "韩文", "de": "德文", "fr": "法文"}),
)

_EN = Words(
    language="English",
    skip="Skip to content",
    navigation="Site",
    path="You are here",
    topics="Topics",
    papers="Papers",
    entries="Articles",
    sub_topics="Sub-topics",
    overview="Overview",
    requires="Read first",
    read_on="Read on",
    previous="Previous topic",
    next="Next topic",
    all_of="All {count}",
    on_this_page="On this page",
    more_pages="More pages",
    explanations="Explanations",
    original="The paper",
    follows="Builds on",
    followed_by="Built upon by",
    code="Code",
    mirror="also at {host}",
    archived="Archived",
    since="since {date}",
    theme="Light or dark",
    copy_code="Copy",
    copied="Copied",
    not_found="There is no such page",
    not_found_hint="It may have been renamed, or never was. The catalogue begins here:",
    comma=", ",
    states=MappingProxyType(
        {"alive": "Alive", "moved": "Moved", "suspect": "Suspect", "gone": "Gone", "unknown": "Unknown"}
    ),
    sections=MappingProxyType({"guide": "Guide", "reference": "Reference"}),
    kinds=MappingProxyType(
        {
            "article": "Article",
            "question": "Question",
            "paper": "Paper",
            "survey": "Survey",
            "slides": "Slides",
            "video": "Video",
            "course": "Course",
            "code": "Code",
            "book": "Book",
        }
    ),
    languages=MappingProxyType(
        {"zh": "Chinese", "en": "English", "ja": "Japanese", "ko": "Korean", "de": "German", "fr": "French"}
    ),
)

_WORDS = {"zh": _ZH, "en": _EN}
_OWN_NAMES = {"zh": "中文", "en": "English", "ja": "日本語", "ko": "한국어", "de": "Deutsch", "fr": "Français"}


def words_for(lang: str) -> Words:
    """Give the interface's words in a language (`zh`, `zh-TW`, …), in English if it is not spoken here."""
    return _WORDS.get(lang.partition("-")[0], _WORDS[FALLBACK])


def own_name(lang: str) -> str:
    """Name a language as its readers do: what a link to the page in that language says."""
    return _OWN_NAMES.get(lang, lang)
