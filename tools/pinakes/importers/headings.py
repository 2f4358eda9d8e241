"""What headings say: a topic's title, that it goes on from another post, or that only references follow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pinakes.importers.inline import Link, Piece, Words
from pinakes.importers.marks import clean_title

_CLOSERS = re.compile(r"(?:\s*\{[:#][^{}]*\}|\s+#+)\s*$")
_ORDINAL = re.compile(
    r"(?:第\s*[\d一二三四五六七八九十百]+\s*[章节讲课]\s*[:：、.]?\s*"
    r"|[（(][\d一二三四五六七八九十]{1,3}[)）]\s*"
    r"|[一二三四五六七八九十]{1,3}\s*[、.．]\s*"
    r"|(?:\d{1,2}\.)*\d{1,2}\s*[、.．)）](?!\d)\s*"
    r"|(?:\d{1,2}\.)+\d{1,2}\s+"
    r"|(?:chapter|section)\s+\d+\s*[:.]?\s*)(?=\S)",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\s*(?:[（(\[【]\s*(?:[续終终完上中下]|\d{1,2}|[一二三四五六七八九十]{1,3}|[续之]\s*[\d一二三四五六七八九十]{1,3}"
    r"|cont(?:inued|'?d|\.)?|part\s*\d{1,2}|[ivx]{1,4})\s*[)）\]】]"
    r"|[\s,，:：\-–—]+(?:part\s*(?:\d{1,2}|[ivx]{1,4})|cont(?:inued|'d|\.)|第\s*[\d一二三四五六七八九十]{1,3}\s*部分)"
    r"|(?<=[^\W\d_])[\s\-—]+续)\s*$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<=\S)\s+(\d{1,2})$")
_SERIES = re.compile(r".*?[（(][\d一二三四五六七八九十百]+[)）]\s*[—–-]+\s*(?=\S)")
_REFERENCE = re.compile(
    r"(?:(?:参考|相关|推荐|延伸|扩展|拓展|更多|进一步)(?:的)?(?:资料|文献|链接|文章|阅读|资源|网址|博客)?|参考资料与链接|资料|链接|外部链接"
    r"|references?|bibliography|see also|(?:further|more|related|recommended) (?:reading|links|articles|resources)"
    r"|(?:external )?links|resources|read more)",
    re.IGNORECASE,
)
_ALONE = frozenset(("相关", "推荐", "延伸", "扩展", "拓展", "更多", "进一步"))
_GENERIC = re.compile(
    r"(?:概述|简介|介绍|引言|背景|综述|总结|小结|结论|应用|其他|其它|杂项|数据集|代码|工具|论文|教程|安装|实现|实战|示例|资源|视频|课程|书籍|基础"
    r"|overview|introduction|background|summary|conclusions?|applications?|misc(?:ellaneous)?|others?|datasets?|code|tools?|papers?"
    r"|tutorials?|installation|implementations?|examples?|videos?|courses?|books?|basics)",
    re.IGNORECASE,
)


class Part(NamedTuple):
    """A heading's title without what makes it one part of several.

    Attributes:
        is_part: It said that it is one.
    """

    title: str
    is_part: bool


def clean_heading(text: str, pieces: Iterable[Piece]) -> str:
    """Take from a heading its closing marks, anchor, ordinal, emphasis, and the addresses of its links."""
    shown = "".join(_shown(piece) for piece in pieces)
    if _CLOSERS.search(shown):
        shown = _strip(_CLOSERS, shown)
    title = clean_title(shown.strip("# \t") if set(text.strip()) <= {"#"} else shown)
    bare = _ORDINAL.sub("", title, count=1) if _ORDINAL.match(title) else title
    return bare if is_wordy(bare) else title if is_wordy(title) else ""


def without_part(title: str, stems: Iterable[str] = ()) -> Part:
    """Take off `（续）`, `（二）`, `(1)`, `Part 2`; and a bare number at the end if the rest is a known heading.

    Args:
        title: A heading.
        stems: Keys of headings of which a numbered one may be a part: `TensorFlow 2` may be a thing of its own.
    """
    bare = _strip(_PART, title)
    if not is_wordy(bare):
        return Part(title, is_part=False)
    number = _NUMBER.search(bare)
    if number and title_key(bare[: number.start()]) in stems:
        bare = bare[: number.start()]
    return Part(bare, bare != title)


def numbered_stems(titles: Sequence[str]) -> frozenset[str]:
    """Find the headings that others number: those that stand there themselves, and those counted from 1 on."""
    keys = frozenset(map(title_key, titles))
    counted: dict[str, set[int]] = {}
    for title in titles:
        if number := _NUMBER.search(title):
            counted.setdefault(title_key(title[: number.start()]), set()).add(int(number[1]))
    return frozenset(stem for stem, numbers in counted.items() if stem in keys or {1, 2} <= numbers)


def topic_of_post(title: str) -> str:
    """Say what a post is about by its title: without `Series (12) ——` and without its part."""
    rest = _SERIES.sub("", title, count=1)
    return without_part(clean_title(rest)).title


def is_reference(title: str) -> bool:
    """Whether a heading only says that references follow: they belong to the topic above it."""
    return bool(_REFERENCE.fullmatch(title)) and title not in _ALONE


def is_generic(title: str) -> bool:
    """Whether a heading says nothing without the one above it, so that two of the same name are two topics."""
    return bool(_GENERIC.fullmatch(title))


def title_key(title: str) -> str:
    """Give what two spellings of one title share: case, width, spaces and hyphens do not tell them apart."""
    return re.sub(r"[\s_-]+", "", unicodedata.normalize("NFKC", title).casefold()) or title


def is_wordy(title: str) -> bool:
    """Whether there is a letter or a digit in it."""
    return any(map(str.isalnum, title))


def _strip(pattern: re.Pattern[str], text: str) -> str:
    while (stripped := pattern.sub("", text)) != text:
        text = stripped
    return text.strip()


def _shown(piece: Piece) -> str:
    match piece:
        case Words():
            return piece.raw
        case Link():
            return piece.title or ""
        case _:
            return ""
