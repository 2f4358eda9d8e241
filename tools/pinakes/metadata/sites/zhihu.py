"""Zhihu: columns, answers and questions; the page brings its data along as JSON.

Sources: `initialState.entities` as in MediaCrawler, media_platform/zhihu/help.py, and on saved pages of 2025; the
elements as in l0o0/translators_CN, Zhihu.js. What is shown is often the date of the last edit (`编辑于`), where
`created` is older; a title saved by a reader may begin with the number of their private letters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.scripts import day, linked, single
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import inside, rows, words

_NAME = "zhihu.com"
_ARTICLE = re.compile(r"/(?:p|art)/([0-9]+)")
_ANSWER = re.compile(r"/answer/([0-9]+)")
_QUESTION = re.compile(r"/question/([0-9]+)")
_LETTERS = re.compile(r"^\([0-9+]+ ?封私信[^)]*\)\s*")
_FIRST = re.compile(r"发布于\s*(.+)")
_EMPHASIS = re.compile(r"</?(?:a|b|em|i|strong|u)\b[^<>]{0,300}>")
_EDITED = re.compile(r"编辑于\s*(.+)")


def _extract(document: Document) -> Iterator[Candidate]:
    entities = inside(document.data("script#js-initialData"), "initialState", "entities")
    if found := _ARTICLE.search(document.path):
        yield from _of_article(document, entities, found[1])
    elif found := _ANSWER.search(document.path):
        yield from _of_answer(document, entities, found[1])
    elif found := _QUESTION.search(document.path):
        yield from _of_question(document, entities, found[1])
    yield from rows(
        _NAME,
        ("title", document.first("h1.Post-Title, h1.QuestionHeader-title"), "h1"),
        ("title", _LETTERS.sub("", document.first("title")), "title"),
        ("site", "知乎", "its name"),
        confidence=0.95,
    )


def _of_article(document: Document, entities: Any, number: str) -> Iterator[Candidate]:
    article = inside(entities, "articles", number)
    column = inside(entities, "columns", str(inside(article, "column", "id")))
    yield from rows(
        _NAME,
        ("title", words(inside(article, "title")), "article title"),
        ("authors", single(words(inside(article, "author", "name"))), "article author"),
        ("site", words(inside(article, "column", "title") or inside(column, "title")), "column"),
        ("published", day(inside(article, "created")), "article created"),
        ("modified", _change(article, "created", "updated"), "article updated"),
        ("description", _prose(inside(article, "excerpt")), "article excerpt"),
        ("image", linked(document, words(inside(article, "titleImage"))), "article titleImage"),
        ("image", linked(document, words(inside(article, "imageUrl"))), "article imageUrl"),
        ("keywords", _topics(article), "article topics"),
        ("canonical", f"https://zhuanlan.zhihu.com/p/{number}" if article else "", "article"),
    )
    yield from _shown(_own_item(document, number), document.tree)


def _of_answer(document: Document, entities: Any, number: str) -> Iterator[Candidate]:
    answer = inside(entities, "answers", number)
    asked = str(inside(answer, "question", "id") or "")
    question = inside(entities, "questions", asked)
    yield from rows(
        _NAME,
        ("title", words(inside(question, "title") or inside(answer, "question", "title")), "question title"),
        ("authors", single(words(inside(answer, "author", "name"))), "answer author"),
        ("published", day(inside(answer, "createdTime")), "answer createdTime"),
        ("modified", _change(answer, "createdTime", "updatedTime"), "answer updatedTime"),
        ("description", _prose(inside(answer, "excerpt")), "answer excerpt"),
        ("keywords", _topics(question), "question topics"),
        ("canonical", f"https://www.zhihu.com/question/{asked}/answer/{number}" if asked else "", "answer question.id"),
        ("kind", "question", "address"),
    )
    item = _own_item(document, number)
    if item is not None:
        yield from _shown(item, item)


def _of_question(document: Document, entities: Any, number: str) -> Iterator[Candidate]:
    """Give what is known of a question; its answers are by many, so that the page is by nobody."""
    question = inside(entities, "questions", number)
    yield from rows(
        _NAME,
        ("title", words(inside(question, "title")), "question title"),
        ("published", day(inside(question, "created")), "question created"),
        ("published", day(document.meta("datecreated")), "dateCreated"),
        ("modified", _change(question, "created", "updatedTime"), "question updatedTime"),
        ("description", _prose(inside(question, "excerpt") or inside(question, "detail")), "question excerpt"),
        ("keywords", _topics(question), "question topics"),
        ("canonical", f"https://www.zhihu.com/question/{number}" if question else "", "question"),
        ("kind", "question", "address"),
    )


def _change(entity: Any, created: str, updated: str) -> str:
    """Give the date of the last change; of what was never changed Zhihu says that it was when it was written."""
    changed = inside(entity, updated)
    return "" if changed == inside(entity, created) else day(changed)


def _prose(said: Any) -> str:
    """Write an excerpt in one line; emphasis within a Chinese sentence leaves no blank."""
    return words(_EMPHASIS.sub("", said)) if isinstance(said, str) else ""


def _topics(entity: Any) -> tuple[str, ...]:
    topics = inside(entity, "topics")
    found = (words(inside(topic, "name")) for topic in topics[:50]) if isinstance(topics, list) else ()
    return tuple(dict.fromkeys(name for name in found if name))


def _own_item(document: Document, number: str) -> Any:
    """Give the element of the article or answer with a number; None on a page without it."""
    return next((item for item in document.find("[data-zop]") if str(_zop(item, "itemId")) == number), None)


def _zop(item: Any, key: str) -> Any:
    try:
        return inside(json.loads(item.get("data-zop")), key)
    except (ValueError, RecursionError):
        return None


def _shown(item: Any, area: Any) -> Iterator[Candidate]:
    """Give what stands in an article's or answer's own part of the page, where the JSON may be missing."""
    author = words(_zop(item, "authorName")) if item is not None else ""
    inherited = (meta.get("content") or "" for meta in area.cssselect(".AuthorInfo > meta[itemprop=name]"))
    times = tuple(_times(area))
    yield from rows(
        _NAME,
        ("authors", single(author), "data-zop"),
        ("authors", single(next(inherited, "")), ".AuthorInfo"),
        ("published", _dated(times, _FIRST), "发布于"),
        ("modified", _dated(times, _EDITED), "编辑于"),
        confidence=0.95,
    )


def _times(area: Any) -> Iterator[str]:
    for time in area.cssselect(".ContentItem-time")[:1]:
        yield text_of(time)
        yield from (element.get("data-tooltip") for element in time.cssselect("[data-tooltip]"))


def _dated(times: tuple[str, ...], form: re.Pattern[str]) -> str:
    return next((day(found[1]) for text in times if (found := form.match(text))), "")


SITE = Site(
    name=_NAME,
    hosts=(_NAME,),
    extract=_extract,
    suffixes=(r"(?:\s+-\s+\S{1,40} ?的回答)?\s*-\s*知乎(?:专栏)?",),
    not_authors=("匿名用户", "知乎用户", "知乎", "[已重置]", "[已注销]"),
)
