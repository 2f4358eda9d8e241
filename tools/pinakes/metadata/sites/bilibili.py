"""Bilibili: videos, articles and what has replaced articles (`opus`), each with its data in `__INITIAL_STATE__`.

Sources: SocialSisterYi/bilibili-API-collect and l0o0/translators_CN, BiliBili.js, for videos (`videoData`; of a work
of several `staff` holds all); SDLMoe/Yabapi for articles (`readInfo`); MikuInvidious for `opus` (`detail.modules`). A
page's description in its meta tags is made of the numbers of its viewers.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, linked, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import all_words, embedded, inside, rows, words

_NAME = "bilibili.com"
_STATE = "window.__INITIAL_STATE__="
_STATISTICS = "视频播放量"


def _extract(document: Document) -> Iterator[Candidate]:
    state = embedded(document.text, _STATE)
    if document.path.startswith("/video/"):
        yield from _of_video(document, inside(state, "videoData"))
    elif document.path.startswith("/opus/") or inside(state, "detail"):
        yield from _of_opus(inside(state, "detail"))
    else:
        yield from _of_article(document, inside(state, "readInfo"))
    yield from rows(_NAME, ("site", "哔哩哔哩", "its name"))


def _of_video(document: Document, video: Any) -> Iterator[Candidate]:
    number = words(inside(video, "bvid"))
    yield from rows(
        _NAME,
        ("title", words(inside(video, "title")), "videoData.title"),
        ("title", document.first("h1.video-title"), "h1.video-title"),
        ("authors", _makers(video), "videoData.owner"),
        ("authors", single(document.meta("author")), "meta author"),
        ("published", day(inside(video, "pubdate")), "videoData.pubdate"),
        ("published", day(document.meta("datepublished", "uploaddate")), "itemprop"),
        ("description", _described(words(inside(video, "desc"))), "videoData.desc"),
        ("description", _described(document.meta("description")), "meta description"),
        ("image", linked(document, words(inside(video, "pic"))), "videoData.pic"),
        ("canonical", f"https://www.bilibili.com/video/{number}" if number else "", "videoData.bvid"),
        ("kind", "video", "address"),
    )


def _makers(video: Any) -> tuple[str, ...]:
    """Give who uploaded a video, and then who else made it."""
    staff = inside(video, "staff")
    others = [inside(one, "name") for one in staff[:50]] if isinstance(staff, list) else []
    return all_words([inside(video, "owner", "name"), *others])


def _described(text: str) -> str:
    """Give what the author says; `-` is what the site writes for nothing, and numbers of viewers may follow."""
    said = text.partition(_STATISTICS)[0].strip(" ,，")
    return "" if said == "-" else said


def _of_article(document: Document, article: Any) -> Iterator[Candidate]:
    picture = words(inside(article, "banner_url")) or next(iter(all_words(inside(article, "image_urls"))), "")
    yield from rows(
        _NAME,
        ("title", words(inside(article, "title")), "readInfo.title"),
        ("authors", single(words(inside(article, "author", "name"))), "readInfo.author"),
        ("published", day(inside(article, "publish_time")), "readInfo.publish_time"),
        ("published", day(inside(article, "ctime")), "readInfo.ctime"),
        ("description", words(inside(article, "summary")), "readInfo.summary"),
        ("image", linked(document, picture), "readInfo.banner_url"),
    )


def _of_opus(detail: Any) -> Iterator[Candidate]:
    modules = inside(detail, "modules")
    parts = {inside(module, "module_type"): module for module in modules} if isinstance(modules, list) else {}
    title = parts.get("MODULE_TYPE_TITLE")
    author = inside(parts.get("MODULE_TYPE_AUTHOR"), "module_author")
    yield from rows(
        _NAME,
        ("title", words(inside(title, "module_title", "text")), "module_title"),
        ("title", words(inside(detail, "basic", "title")).removesuffix(" - 哔哩哔哩"), "basic.title"),
        ("authors", single(words(inside(author, "name"))), "module_author"),
        ("published", day(inside(author, "pub_ts")), "module_author.pub_ts"),
    )


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"[\s_-]*哔哩哔哩(?:_bilibili)?", r"\s*_bilibili(?:_哔哩哔哩)?"),
    not_authors=("哔哩哔哩", "bilibili", "哔哩哔哩弹幕网"),
)
