"""What a page shows around its headline: title, byline, date; and the date in its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import tzinfo
from itertools import islice
from typing import Any, NamedTuple

from lxml import etree

from pinakes.metadata.clean import clean_authors, is_name, without_tail
from pinakes.metadata.dates import read_date
from pinakes.metadata.document import Document, text_of, visible
from pinakes.metadata.record import Candidate, Field
from pinakes.text import fold

_LEVELS = 4
"""How far above its headline an article's head may reach."""
_HEAD_TEXT = 400
"""Characters after the headline in which a byline stands."""
_MOST = 200
"""Elements of a sort that are looked at."""
_AUTHOR_CLASSES = frozenset(
    "author byline author-name authorname author_name post-author entry-author article-author p-author by-author "
    "byline-name byline__name byline-author article__author post__author meta-author author-link authors "
    "username user-name nickname".split()
)
_DATE_CLASSES = frozenset(
    "date post-date entry-date publish-date pubdate pub-date post-time publish-time publishtime pubtime "
    "article-date date-published article__date timestamp post-meta-date posted-on article-time "
    "create-time time post__date entry-time".split()
)
_REL_AUTHOR = etree.XPath("//a[@rel][contains(@rel,'author')]")
_ELSEWHERE = re.compile(r"comment|related|recommend|sidebar|footer|widget|\bnav|recent|similar|more-|next|prev|reply")
_CHANGED = re.compile(r"updated|modified|edited|last|修改|更新|编辑于", re.IGNORECASE)
_SAYS_AUTHOR = re.compile(
    r"(?:作者|撰文|文)\s*[:：/|丨]\s*(?P<zh>[^\s:：|丨,，。]{2,20})"
    r"|(?:^|\s|\|)[Bb]y:?\s+(?P<en>[A-Z][\w'’.-]+"
    r"(?:\s+(?:(?!(?:in|at|on|for)\b)[a-z]{2,3}\s+)?"  # `van`, `de`; `in London` is no part of a name
    r"(?!(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d)[A-Z][\w'’.-]+){1,3})"  # nor is `March 18`
)
_SAYS_DATE = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}|[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}"
    r"|\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?\s+\d{4}"
)
_IN_ADDRESS = re.compile(r"/(?P<date>(?:19|20)\d\d([-/])\d\d(?:\2\d\d)?)(?=[-/_.]|$)|/(?P<digits>20\d{6})(?=[-/_.]|$)")


class _Head(NamedTuple):
    """The head of an article.

    Attributes:
        headline: The first `<h1>` with a text, best one in an article; None if there is none.
        after: What is shown after it, as far as a byline stands there.
        bylines: Elements that have a class of bylines, wherever they are.
        dated: Elements that have a class of dates.
    """

    headline: Any
    after: str
    bylines: Sequence[Any]
    dated: Sequence[Any]


def candidates(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give what the page shows around its headline.

    Args:
        document: The page.
        zone: Its time zone, for dates written in UTC.
    """
    headline = _headline(document)
    head = _Head(headline, _text_after(headline) if headline is not None else "", *_with_class(document))
    yield from _titles(document, head)
    yield from _authors(document, head)
    yield from _dates(document, head, zone)
    yield from _from_address(document)


def _titles(document: Document, head: _Head) -> Iterator[Candidate]:
    """Give the title in `<title>`, shorter by the site's name as far as it can be told, and the headline."""
    written = document.first("title")
    shown = text_of(head.headline) if head.headline is not None else ""
    if written and len(shown) > 3 and fold(shown) in fold(written):
        yield Candidate("title", shown, "meta", "<title>, which holds <h1>", 0.8)
    elif written:
        yield Candidate("title", without_tail(written), "meta", "<title>", 0.6)
    if shown:
        yield Candidate("title", shown, "dom", "<h1>", 0.7)


def _authors(document: Document, head: _Head) -> Iterator[Candidate]:
    """Give who the page shows to have written it: `rel=author`, elements named so, and words after its headline."""
    if linked := _named(_REL_AUTHOR(document.tree)):
        yield Candidate("authors", linked, "dom", "rel=author", 0.75)
    if names := next(filter(None, (_named([element]) for element in head.bylines)), ()):
        yield Candidate("authors", names, "dom", "class of a byline", 0.65)
    if found := _SAYS_AUTHOR.search(head.after):
        yield Candidate("authors", (found["zh"] or found["en"],), "dom", "words after the headline", 0.6)


def _dates(document: Document, head: _Head, zone: tzinfo) -> Iterator[Candidate]:
    """Give the dates that the page shows near its headline."""
    for element in _near(head.headline) or _only_time(document):
        date = read_date(element.get("datetime") or text_of(element), zone=zone)
        if not date:
            continue
        if _CHANGED.search(f"{_place(element)} {_before(element)} {text_of(element)}"):
            yield Candidate("modified", date, "dom", "<time> near the headline", 0.7)
        else:
            yield Candidate("published", date, "dom", "<time> near the headline", 0.8)
    yield from _classed_dates(head, zone)
    if (found := _SAYS_DATE.search(head.after)) and (date := read_date(found[0])):
        yield Candidate("published", date, "dom", "words after the headline", 0.55)


def _classed_dates(head: _Head, zone: tzinfo) -> Iterator[Candidate]:
    for element in head.dated:
        if _is_elsewhere(element):
            continue
        text = text_of(element)[:80]
        if date := read_date(text, zone=zone):
            field: Field = "modified" if _CHANGED.search(text) else "published"
            yield Candidate(field, date, "dom", "class of a date", 0.6)


def _from_address(document: Document) -> Iterator[Candidate]:
    """Give the date in the address, as blogs and newspapers have it: `/2020/04/09/`, `/2020-04-09-title`."""
    if (found := _IN_ADDRESS.search(document.path)) and (date := read_date(found["date"] or found["digits"])):
        yield Candidate("published", date, "url", "date in the address", 0.8)


def _headline(document: Document) -> Any:
    headlines = (*islice(document.tree.iter("h1"), _MOST), *islice(document.tree.iter("h2"), 1))
    shown = [each for each in headlines if len(text_of(each)) > 1 and not _is_elsewhere(each)]
    within = (
        each for each in shown if each.tag == "h1" and next(each.iterancestors("article", "main"), None) is not None
    )
    return next(within, next(iter(shown), None))


def _near(headline: Any) -> list[Any]:
    """Give the `<time>`s of the article's head."""
    if headline is None:
        return []
    for above in (*islice(headline.itersiblings(), _LEVELS), *_above(headline)):
        times = [each for each in above.iter("time") if not _is_elsewhere(each)]
        if times:
            return times[:3]
    return []


def _only_time(document: Document) -> list[Any]:
    """Give the page's `<time>` if there is but one."""
    times = [each for each in islice(document.tree.iter("time"), _MOST) if not _is_elsewhere(each)]
    return times if len(times) == 1 else []


def _above(element: Any) -> Iterator[Any]:
    for level, above in enumerate(element.iterancestors()):
        if level == _LEVELS or above.tag in {"body", "html"}:
            return
        yield above


def _text_after(headline: Any) -> str:
    pieces: list[str] = []
    for above in (headline, *list(_above(headline))[:2]):
        for sibling in above.itersiblings():
            pieces.extend(_first_pieces(sibling))
            if sum(map(len, pieces)) > _HEAD_TEXT:
                return " ".join(pieces)[:_HEAD_TEXT]
    return " ".join(pieces)


def _first_pieces(element: Any) -> Iterator[str]:
    length = 0
    for piece in visible(element):
        said = " ".join(piece.split())
        if said:
            yield said[:_HEAD_TEXT]
        length += len(said)
        if length > _HEAD_TEXT:
            return


def _named(elements: Sequence[Any]) -> tuple[str, ...]:
    """Give the names that elements hold, outside of comments and lists of other articles."""
    texts = (text_of(element)[:100] for element in elements[:_MOST] if not _is_elsewhere(element))
    return tuple(name for text in texts for name in clean_authors((text,)) if is_name(name))


def _with_class(document: Document) -> tuple[list[Any], list[Any]]:
    """Give the first elements that have a class of bylines, and of dates; XPath would take four times as long."""
    bylines: list[Any] = []
    dated: list[Any] = []
    for element in document.tree.iter():
        written = element.get("class")
        if not written:
            continue
        names = written.lower().split()
        if not _AUTHOR_CLASSES.isdisjoint(names):
            bylines.append(element)
        if not _DATE_CLASSES.isdisjoint(names):
            dated.append(element)
    return bylines[:_MOST], dated[:_MOST]


def _place(element: Any) -> str:
    above = element.getparent()
    return " ".join(each.get("class") or "" for each in (element, above) if each is not None)


def _before(element: Any) -> str:
    """Give the words right before an element."""
    before = element.getprevious()
    above = element.getparent()
    said = before.tail if before is not None else above.text if above is not None else ""
    return (said or "")[-30:]


def _is_elsewhere(element: Any) -> bool:
    """Say whether an element belongs to comments, other articles or the page's frame."""
    for above in (element, *element.iterancestors()):
        if above.tag in {"footer", "aside", "nav", "body"}:
            return bool(above.tag != "body")
        if _ELSEWHERE.search(f"{above.get('class') or ''} {above.get('id') or ''}".lower()):
            return True
    return False
