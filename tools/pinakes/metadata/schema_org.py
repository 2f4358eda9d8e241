"""What a page says of itself in the words of schema.org: as JSON-LD, and as microdata."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import tzinfo
from typing import Any

from lxml import etree

from pinakes.metadata.dates import read_date
from pinakes.metadata.document import Document, text_of
from pinakes.metadata.record import Candidate, Field
from pinakes.model import Kind
from pinakes.text import fold

_KINDS: dict[str, Kind | None] = {
    "Article": "article", "NewsArticle": "article", "BlogPosting": "article", "TechArticle": "article",
    "Report": "article", "OpinionNewsArticle": "article", "AnalysisNewsArticle": "article",
    "ReportageNewsArticle": "article", "SocialMediaPosting": "article", "LiveBlogPosting": "article",
    "AdvertiserContentArticle": "article", "ScholarlyArticle": "paper",
    "MedicalScholarlyArticle": "paper", "VideoObject": "video", "SoftwareSourceCode": "code",
    "SoftwareApplication": "code", "Book": "book", "Course": "course", "QAPage": "question", "Question": "question",
    "PresentationDigitalDocument": "slides", "CreativeWork": None, "WebPage": None, "Dataset": None,
}  # fmt: skip
"""Types whose fields are those of the page, and the kind that each means (schema.org, Full Hierarchy)."""
_VAGUE = frozenset(("CreativeWork", "WebPage", "VideoObject", "Dataset", "Question"))
"""Types that a page may hold beside what it is: a film in an article, the frame around it."""
_DATES: tuple[tuple[str, Field, float], ...] = (
    ("datePublished", "published", 0.9),
    ("uploadDate", "published", 0.85),
    ("dateCreated", "published", 0.7),
    ("dateModified", "modified", 0.9),
)
_MOST_OBJECTS = 2_000
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_WRAPPED = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>);?\s*$")
_ITEMS = etree.XPath("//*[@itemprop]")


def json_ld(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give what the page's JSON-LD says of the page: of articles and their like, and not of the site around them.

    Args:
        document: The page.
        zone: Its time zone, for dates written in UTC.
    """
    shown = fold(f"{document.first('title')} {document.meta('og:title')}")
    for item, kinds in _works(document):
        sure = 0.4 if kinds <= _VAGUE else 0.9
        rule = f"JSON-LD {min(kinds)}"
        for name in ("headline", "name"):
            if title := _text(item.get(name)):
                doubt = 0 if fold(title) in shown else 0.05  # Wikipedia's headline is a description
                yield Candidate("title", title, "json-ld", f"{rule}: {name}", sure - doubt)
        if names := tuple(_people(item.get("author") or item.get("creator"))):
            yield Candidate("authors", names, "json-ld", f"{rule}: author", sure)
        if companies := tuple(_names_of(item.get("author"), "Organization")):
            yield Candidate("authors", companies, "json-ld", f"{rule}: author, an organisation", 0.3)
        for name, field, confidence in _DATES:
            if date := read_date(_text(item.get(name)), zone=zone):
                yield Candidate(field, date, "json-ld", f"{rule}: {name}", min(sure, confidence))
        yield from _rest(document, item, rule, sure)
        if kind := next(filter(None, (_KINDS[each] for each in sorted(kinds))), None):
            yield Candidate("kind", kind, "json-ld", rule, sure)


def microdata(document: Document, zone: tzinfo) -> Iterator[Candidate]:
    """Give what the page's microdata says, outside of comments and lists of other articles.

    Args:
        document: The page.
        zone: Its time zone, for dates written in UTC.
    """
    seen: set[str] = set()
    authors: list[str] = []
    for element in _ITEMS(document.tree)[:_MOST_OBJECTS] if "itemprop" in document.text else ():
        name = element.get("itemprop").split()[0] if element.get("itemprop").strip() else ""
        if name in seen or name not in _READ_ITEMS or _is_of_another(element):
            continue
        value = element.get("content") or element.get("datetime") or text_of(element)
        if name == "author":
            authors.append(_author_item(element) or value)
            continue
        if found := _item(name, value, zone):
            seen.add(name)
            yield found
    if authors:
        yield Candidate("authors", tuple(authors), "microdata", "itemprop=author", 0.7)


_READ_ITEMS = frozenset(("headline", "datePublished", "dateCreated", "uploadDate", "dateModified", "author"))


def _item(name: str, value: str, zone: tzinfo) -> Candidate | None:
    if name == "headline":
        return Candidate("title", value, "microdata", "itemprop=headline", 0.7) if value else None
    field: Field = "modified" if name == "dateModified" else "published"
    date = read_date(value, zone=zone)
    return Candidate(field, date, "microdata", f"itemprop={name}", 0.7) if date else None


def _author_item(element: Any) -> str:
    """Give the name within an author's item; empty where the element is the name itself."""
    for each in element.iter():
        if each is not element and "name" in (each.get("itemprop") or "").split():
            return each.get("content") or text_of(each)
    return ""


def _is_of_another(element: Any) -> bool:
    """Say whether an element belongs to a comment or to another article that the page shows."""
    for above in element.iterancestors():
        kind = above.get("itemtype") or ""
        place = f"{above.get('class') or ''} {above.get('id') or ''} {above.get('itemprop') or ''}".lower()
        if kind.endswith(("Comment", "UserComments", "Answer")) or "comment" in place or "related" in place:
            return True
    return False


def _works(document: Document) -> list[tuple[dict[str, Any], frozenset[str]]]:
    """Give the objects of the page's JSON-LD that can be what the page is, with their types; the surest first."""
    works: list[tuple[dict[str, Any], frozenset[str]]] = []
    for element in document.find('script[type*="ld+json"]'):
        for item in _objects(_lenient(element.text or "")):
            kinds = frozenset(_types(item)) & _KINDS.keys()
            if kinds:
                works.append((item, kinds))
    return sorted(works, key=lambda work: work[1] <= _VAGUE)


def _lenient(text: str) -> Any:
    """Read JSON as templates make it: with control characters, wrapped as a comment, a semicolon at its end."""
    for attempt in (text, _CONTROLS.sub(" ", _WRAPPED.sub("", text)).strip().rstrip(";")):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Give the top objects of JSON-LD: one, several in a list, or in `@graph`; and what a page says to be about."""
    waiting = [data]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        each = waiting.pop(0)
        if isinstance(each, list):
            waiting.extend(each)
        elif isinstance(each, dict):
            yield each
            waiting.extend(each[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in each)


def _types(item: dict[str, Any]) -> Iterator[str]:
    kinds = item.get("@type")
    for kind in kinds if isinstance(kinds, list) else [kinds]:
        if isinstance(kind, str):
            yield kind.rpartition("/")[2].rpartition(":")[2]


def _rest(document: Document, item: dict[str, Any], rule: str, sure: float) -> Iterator[Candidate]:
    if description := _text(item.get("description")):
        yield Candidate("description", description, "json-ld", f"{rule}: description", sure)
    if image := document.joined(_address(item.get("image"))):
        yield Candidate("image", image, "json-ld", f"{rule}: image", sure)
    publisher = next(_names_of(item.get("publisher"), ""), "")
    if publisher:
        yield Candidate("site", publisher, "json-ld", f"{rule}: publisher", min(sure, 0.7))
    keywords = item.get("keywords")
    words = [_text(each) for each in keywords] if isinstance(keywords, list) else _text(keywords).split(",")
    if any(words):
        yield Candidate("keywords", tuple(filter(None, words)), "json-ld", f"{rule}: keywords", sure)
    if lang := _text(item.get("inLanguage")):
        yield Candidate("lang", lang, "json-ld", f"{rule}: inLanguage", min(sure, 0.6))


def _people(author: Any) -> Iterator[str]:
    """Give the names of authors who are not said to be organisations."""
    for each in author if isinstance(author, list) else [author]:
        if not isinstance(each, dict) or not any(kind.endswith("Organization") for kind in _types(each)):
            yield from _names_of(each, "")


def _names_of(thing: Any, kind: str) -> Iterator[str]:
    """Give the names of objects of a type, or of any; a text is a name where any type will do."""
    for each in thing if isinstance(thing, list) else [thing]:
        if isinstance(each, str) and not kind:
            yield each
        elif isinstance(each, dict) and (not kind or kind in _types(each)):
            names = each.get("name")
            yield from (name for name in (names if isinstance(names, list) else [names]) if isinstance(name, str))


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _address(value: Any) -> str:
    if isinstance(value, list):
        value = next(iter(value), "")
    if isinstance(value, dict):
        value = value.get("url") or value.get("contentUrl") or value.get("@id")
    return value if isinstance(value, str) else ""
