"""What a page's fields are written with, taken off: markup, escapes, the site's name, words around an author's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from pinakes.metadata.document import clean
from pinakes.text import fold

_TAG = re.compile(
    r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|$)"
    r"|<!--.*?(?:-->|$)"
    r"|</?(?:a|abbr|audio|b|base|big|br|button|center|code|div|em|embed|font|form|h[1-6]|hr|i|iframe|img|input|li|link"
    r"|mark|meta|object|ol|p|pre|s|script|small|span|strong|style|sub|sup|svg|table|td|th|tr|u|ul|video)"
    r"(?:[\s/][^<>]*)?(?:>|$)",
    re.IGNORECASE | re.DOTALL,
)
"""Markup within a text: of named elements only, for `List<int>` is none."""
_BREAK = re.compile(
    r"\\(?:x0[9ad]|n(?!abla|e(?:q|g)?\b|ot\b|u\b)|r(?!ho|ight|angle|m\b)|t(?!au|heta|ext|imes|ilde|o\b|op\b))",
    re.IGNORECASE,
)
"""A break as a script writes it, which some pages leave in their texts; `\\nabla` and its kind are formulas."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)

_COUNTS = re.compile(r"^[(（]\s*\d+\+?\s*(?:封私信|条?消息|条未读|unread|new)?(?:\s*/\s*\d+\+?\s*条消息)?\s*[)）]\s*")
"""Unread letters and messages before a title: `(99+ 封私信 / 87 条消息)` on Zhihu, `(3)` on YouTube."""
_SEPARATOR = r"\s*[|｜_»«·•]\s*|\s+[-–—:~]{1,2}\s+|\s*——\s*"
_LAST = re.compile(rf"^(?P<rest>.+)(?:{_SEPARATOR}|\s*-\s*)(?P<name>[^|｜_»«·•]+?)$", re.DOTALL)
_FIRST = re.compile(rf"^(?P<name>[^|｜_»«·•]{{1,40}}?)(?:{_SEPARATOR}|\s*[:：]\s*)(?P<rest>.+)$", re.DOTALL)

_BY = re.compile(
    r"^(?:(?:(?:written|posted|published|story|words)\s+)?by\b\s*:?|authors?\s*[:：]|(?:原?作者|撰文|文章作者|编辑|译者?|文|来源)\s*[:：/／|丨])\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?:|www\.|\w\.(?:com|cn|net|org|io)\b|@[\w-]+\.\w", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？!?…{}<>=]|(?<!\b[^\W\d_a-z])(?<!\b[DMJS][rt])(?<!Prof)\.\s|\d{4}[-/年]\d|\w:\s")
"""What no name holds: a full stop that ends no initial (`John C. Welch`) and no title, a credit (`Foto: Jane Doe`)."""
_HAN = "\u3400-\u9fff\uf900-\ufaff"
_LISTED = re.compile(r"\s*[、；;\n]\s*|\s*[/／]\s+|\s+[/／]\s*|(?<=[" + _HAN + r"])\s*[,，/／&]\s*|\s*，\s*")
_JOINED = re.compile(rf"([{_HAN}]{{2,3}})[和与]([{_HAN}]{{2,3}})")
_AND = re.compile(r",?\s+(?:and|&|und|et|y|og|och|和|与)\s+", re.IGNORECASE)
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|mba|jr|sr|i{2,3}|esq)\.?|.*\b(?:writer|editor|reporter|correspondent|contributor)s?",
    re.IGNORECASE,
)
"""What follows a name after a comma and is none."""
_NOBODY = frozenset(
    "admin administrator anonymous author authors root unknown user username none null undefined guest editor staff "
    "作者 匿名 匿名用户 佚名 管理员 未知 编辑 小编 原创 转载 本站 网络".split()
)
_LONGEST_NAME = 40
_MOST_WORDS = 5


def plain(text: str) -> str:
    """Write a text in one line as people would read it: without markup, entities resolved that were escaped twice."""
    text = text[:4_000]
    for _ in range(3):
        if not _ENTITY.search(text):
            break
        text = unescape(text)
    return clean(_BREAK.sub(" ", _TAG.sub(" ", text)))


def clean_title(title: str, names: Iterable[str] = (), suffixes: Iterable[str] = ()) -> str:
    """Take off a title what the site puts around it.

    Args:
        title: The title, in plain text.
        names: The site's names: they go where a separator parts them from the title, at its end or its beginning.
        suffixes: Patterns of what the site adds at the end.
    """
    title = _COUNTS.sub("", title)
    for suffix in suffixes:
        title = re.sub(rf"(?:{suffix})\s*$", "", title) or title
    folded = {fold(name) for name in names if name}
    for form in (_LAST, _LAST, _LAST, _FIRST):  # `title - column - site - company`
        found = form.match(title)
        if found and fold(found["name"]) in folded:
            title = found["rest"].strip()
    return title


def without_tail(title: str) -> str:
    """Take off what follows the last separator of a `<title>`, by custom the site's name, if enough is left."""
    found = re.match(rf"^(?P<rest>.+?)(?:{_SEPARATOR})[^|｜_»«·•]{{1,40}}$", title, re.DOTALL)
    return found["rest"] if found and (len(found["rest"].split()) > 1 or len(found["rest"]) > 5) else title


def clean_authors(written: Iterable[str], not_authors: Iterable[str] = ()) -> tuple[str, ...]:
    """Give the names of authors in their order, each once, from what stands in their place.

    Args:
        written: A name, or several in one text, each with or without `By` or `作者：`.
        not_authors: What stands there and is nobody's name: the site, its slogan.
    """
    nobody = _NOBODY | {fold(name) for name in not_authors}
    names = (name.strip(" \t,，.、·|-—:：*") for text in written for name in split_authors(plain(text)))
    kept = {fold(name): name for name in reversed([*names]) if is_name(name) and fold(name) not in nobody}
    return tuple(reversed(kept.values()))


def is_name(text: str) -> bool:
    """Say whether a text can be the name of a person or an account: no address, no sentence, not long."""
    if not text or len(text) > _LONGEST_NAME or len(text.split()) > _MOST_WORDS:
        return False
    return any(map(str.isalpha, text)) and not _ADDRESS.search(text) and not _SENTENCE.search(text)


def split_authors(text: str) -> Iterator[str]:
    """Part a list of names; what may be one name (`Procter & Gamble`, `李和平`) stays whole."""
    text = _BY.sub("", text)
    for piece in _LISTED.split(text):
        if found := _JOINED.fullmatch(piece):
            yield from found.groups()
        else:
            yield from _latin_list(piece)


def first_last(name: str) -> str:
    """Write `Vaswani, Ashish` as `Ashish Vaswani`: the form of `citation_author`, in which a comma has no other use."""
    last, comma, first = name.partition(",")
    if not comma or "," in first or _DEGREE.fullmatch(first.strip()):
        return name
    return f"{first.strip()} {last.strip()}".strip()


def _latin_list(text: str) -> Iterator[str]:
    """Part names in Latin script at commas and `and`, if each part is a name of two words or more."""
    parts = [part.strip() for part in text.split(",")]
    parts = [part for part in parts if part and not _DEGREE.fullmatch(part)]
    pieces = [name for part in parts for name in _AND.split(f" {part}") if name.strip()]
    whole = [name for name in pieces if len(name.split()) > 1]
    if any(name.strip()[0].islower() for name in pieces):
        yield text
    elif len(whole) == len(pieces) or len(parts) > 2:
        yield from (name.strip() for name in pieces)
    elif len(parts) == 2 and len(parts[0].split()) > 1:
        yield from _AND.split(parts[0])  # `Jane Doe and Max Roe, Editor`
    else:
        yield ", ".join(parts)
