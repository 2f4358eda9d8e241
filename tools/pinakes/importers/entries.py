"""Tell what one line of text is: a link with its title, a bare link, words, a picture.

A line that holds a link is an entry if little but the link and its title is in it; a sentence that holds a link stays a
sentence, and the link stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pinakes.importers.blocks import Address, Article, Aside, Numbers
from pinakes.importers.inline import Definition, Link, Picture, Piece, Words, read_inline, to_prose
from pinakes.importers.marks import Marked, clean_title, inline_maths, unmark, visible
from pinakes.importers.regions import Row

_SEPARATORS = r"\s,，、;；|/·•‣\-–—―:：()（）\[\]【】<>《》“”\"'.。&+*_~→⇒>!！=#\\"
_GLUE = re.compile(rf"(?:[{_SEPARATORS}]|\band\b|和|与|及|或)*", re.IGNORECASE)
_HOLLOW = re.compile(
    # Words that point to a link and say nothing about it.
    rf"[{_SEPARATORS}]*(?:"
    r"[详请]?见|参[见考阅]|参考(?:链接|资料|文献)|[来出]自|转载?自|摘自|来源|出处|(?:原文|文章|网页)?(?:地址|链接|网址)|原文"
    r"|传送门|戳(?:这里|我)|点(?:击)?(?:这里|此处|我)|这里|此处|备[份用]|镜像"
    r"|here|see(?: also)?|via|from|source|(?:the )?links?|urls?|ref(?:erence)?s?|read more|mirror|click here|original"
    rf")[{_SEPARATORS}]*",
    re.IGNORECASE,
)
_KIND_WORDS: Mapping[str, str] = {
    **dict.fromkeys(("paper", "论文", "arxiv", "pdf"), "paper"),
    **dict.fromkeys(("code", "代码", "源码", "github", "repo"), "code"),
    **dict.fromkeys(("video", "视频"), "video"),
    **dict.fromkeys(("slides", "ppt", "幻灯片"), "slides"),
}
_LEADS_ON = re.compile(
    r"(?:[参详请可]见|[查观点]看|见|参考|参阅|[来出转]自|看到|位于|访问|是|的|和|与|以及|对|把|在"
    r"|\b(?:see|at|from|in|on|by|of|the|to|is|are|and|visit|via|with|for))\s*[<(（“\"]*$",
    re.IGNORECASE,
)
_STOPS = re.compile(r"[。；]|[.!?]\s+\S")
_COMMAND = re.compile(
    r"(?:[$%>#]\s|>>>|sudo\b|git clone\b|wget\b|curl\b|pip3? |conda\b|npm\b|apt(?:-get)?\b|docker\b|import\s)"
)
_LABEL = re.compile(r".{0,30}[:：]\s*[*_]*\s*[\[【(（<“\"]?$")
_NOTE = re.compile(r"\s*[-–—―:：,，|｜(（\[【~/·•]")
_NOTE_MARKS = re.compile(r"^[\s\-–—―:：,，|｜~/·•]+|[\s,，、;；:：|｜]+$")
_SHORT = 40
_LONG = 80


@dataclass(frozen=True, slots=True)
class Urls:
    """A line of nothing but URLs; the title, if there is one, stands near by."""

    numbers: Numbers
    urls: tuple[str, ...]
    starts_item: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line of words: a title, a label, or prose.

    Attributes:
        text: As prose, in Markdown.
        title: As a title.
        is_quoted: It stands in a quotation.
        is_sentence: It is prose for certain.
        reason: What the report should say of it if it is prose.
    """

    numbers: Numbers
    text: str
    title: str
    starts_item: bool = False
    is_quoted: bool = False
    is_sentence: bool = False
    reason: str = ""


Found = Urls | Phrase | Article | Aside


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with its pieces parted: the links, and the words before, between and after them."""

    row: Row
    marked: Marked
    pieces: tuple[Piece, ...]
    links: tuple[Link, ...]
    gaps: tuple[str, ...]


def read_text(row: Row, definitions: Mapping[str, Definition]) -> list[Found]:
    """Tell what a row of text is."""
    line = _parse(row, definitions)
    if not line.links:
        return [_without_link(line)]
    for shape in (_bare_links, _one_title, _titled_links):
        if found := shape(line):
            return found
    return [_phrase(line, is_sentence=True)]


def _parse(row: Row, definitions: Mapping[str, Definition]) -> _Line:
    marked = unmark(row.text)
    pieces = read_inline(marked.text, definitions)
    links, gaps = [], [""]
    for piece in pieces:
        if isinstance(piece, Link) and piece.is_web:
            links.append(piece)
            gaps.append("")
        else:
            gaps[-1] += _words_of(piece)
    return _Line(row, marked, pieces, tuple(links), tuple(gaps))


def _words_of(piece: Piece) -> str:
    match piece:
        case Words():
            return piece.text
        case Link():
            return piece.title or ""
        case Picture():
            return ""


def _without_link(line: _Line) -> Found:
    local = [piece.url for piece in line.pieces if isinstance(piece, Link)]
    pictures = [piece.source for piece in line.pieces if isinstance(piece, Picture)]
    rest = "".join(_words_of(piece) for piece in line.pieces if not isinstance(piece, Link))
    if not _is_glue(visible(rest)):
        return _phrase(line)
    if pictures or any(piece.has_picture for piece in line.pieces if isinstance(piece, Link)):
        return Aside(line.row.numbers, "figure", f"picture not imported: {', '.join(pictures or local)}")
    if local:
        return Aside(line.row.numbers, "left_out", f"link without a host: {', '.join(local)}")
    return _phrase(line)


def _phrase(line: _Line, *, is_sentence: bool = False) -> Phrase:
    marked = line.marked
    return Phrase(
        line.row.numbers,
        inline_maths(visible(_kept_prefix(marked) + to_prose(line.pieces))),
        clean_title("".join(map(_words_of, line.pieces))),
        marked.has_marker,
        marked.is_quoted,
        is_sentence or bool(_COMMAND.match(marked.text)),
        _reason(line),
    )


def _kept_prefix(marked: Marked) -> str:
    return marked.prefix if marked.prefix.strip() else ""


def _reason(line: _Line) -> str:
    said = [f"the link stays in the text: {link.url}" for link in line.links]
    said += [f"link without a host: {each.url}" for each in line.pieces if isinstance(each, Link) and not each.is_web]
    said += [f"picture not imported: {each.source}" for each in line.pieces if isinstance(each, Picture)]
    return "; ".join(said)


def _bare_links(line: _Line) -> list[Found] | None:
    """Nothing but URLs, or words that only point at them (`原文链接：https://…`)."""
    if all(map(_is_mirror, line.links)) and all(_is_glue(gap) or _is_hollow(gap) for gap in line.gaps):
        return [Urls(line.row.numbers, _urls(line.links), line.marked.has_marker)]
    return None


def _titled_links(line: _Line) -> list[Found] | None:
    """Links with titles of their own, with labels before them and a note after them at most."""
    if _is_mirror(line.links[0]) or _COMMAND.match(line.marked.text) or not _frames_links(line):
        return None
    articles: list[Article] = []
    for index, link in enumerate(line.links):
        label, after = line.gaps[index], line.gaps[index + 1] if index + 1 == len(line.links) else ""
        if articles and _is_mirror(link):
            mirror = Address(link.url, line.row.numbers)
            articles[-1] = replace(articles[-1], addresses=(*articles[-1].addresses, mirror))
        else:
            articles.append(_article(line, link, articles[-1].title if articles else "", label, after))
    return list(articles)


def _article(line: _Line, link: Link, above: str, label: str, after: str) -> Article:
    """Make an entry of a titled link; one called just `code` has the title of the link that it stands beside."""
    title = clean_title(link.title or "")
    kind = _kind_word(link)
    takes_title = bool(kind and above and above.lower() not in _KIND_WORDS)
    hover = link.hover if link.hover != link.title else ""
    notes = [_note(label), title if takes_title else "", _note(hover), _note(after)]
    addresses = (Address(link.url, line.row.numbers),)
    return Article(addresses, above if takes_title else title, line.row.numbers, " · ".join(filter(None, notes)), kind)


def _frames_links(line: _Line) -> bool:
    first, *between, last = line.gaps
    may_precede = _is_aside(first) or (line.marked.has_marker and len(first) <= _SHORT and not _is_sentence(first))
    return may_precede and all(map(_is_aside, between)) and _may_follow(last, line)


def _is_aside(gap: str) -> bool:
    says_nothing = _is_glue(gap) or _is_hollow(gap)
    return says_nothing or bool(_LABEL.fullmatch(gap)) or (len(gap) <= _SHORT and _is_bracketed(gap))


def _may_follow(gap: str, line: _Line) -> bool:
    """A note may follow a link: set off by a mark, or short; in a list it may be anything."""
    if _is_glue(gap) or _NOTE.match(gap):
        return True
    begins_item = line.marked.has_marker and _is_glue(line.gaps[0])
    return begins_item or (len(gap) <= _SHORT and not _STOPS.search(gap))


def _one_title(line: _Line) -> list[Found] | None:
    """`title url`, `title: url`, `url title`: words on one side, one or more URLs on the other."""
    if not all(map(_is_bare, line.links)) or not all(_is_glue(gap) or _is_hollow(gap) for gap in line.gaps[1:-1]):
        return None
    before, after = line.gaps[0], line.gaps[-1]
    if all(_is_glue(gap) or _is_hollow(gap) for gap in (before, after)):
        return None
    stops = "。" in after and _is_glue(after)
    if _is_glue(before) or _is_hollow(before):
        title, note = after, ""
        is_prose = _is_sentence(_NOTE_MARKS.sub("", title))
    else:
        title, note = before, "" if _is_glue(after) else after
        is_prose = _is_sentence(title, leads=True, stops=stops) or bool(note and not _is_bracketed(note))
    if is_prose or _COMMAND.match(line.marked.text):
        return None
    return list(_with_kinds(line, clean_title(_title_of(title)), _note(note)))


def _title_of(words: str) -> str:
    words = _NOTE_MARKS.sub("", words)
    # An opening bracket whose URL is gone: `title（https://…）`
    return re.sub(r"[\s(（\[【<“\"]+$", "", re.sub(r"^[\s)）\]】>”\"。]+", "", words))


def _with_kinds(line: _Line, title: str, note: str) -> list[Article]:
    """Part URLs that have words of their own (`[paper](…) [code](…)`) from those that are just more addresses."""
    numbers = line.row.numbers
    mirrors = tuple(Address(link.url, numbers) for link in line.links if not _kind_word(link))
    articles = [Article(mirrors, title, numbers, note)] if mirrors else []
    return articles + [
        Article((Address(link.url, numbers),), title, numbers, clean_title(link.title or ""), _kind_word(link))
        for link in line.links
        if _kind_word(link)
    ]


def _kind_word(link: Link) -> str:
    return _KIND_WORDS.get(clean_title(link.title or "").lower(), "")


def _is_bare(link: Link) -> bool:
    """Whether a link has no title to speak of: none, its own address, or a word such as `link` or `paper`."""
    title = clean_title(link.title or "")
    return _is_glue(title) or _is_hollow(title) or "://" in title or title.lower() in _KIND_WORDS


def _is_mirror(link: Link) -> bool:
    return _is_bare(link) and not _kind_word(link)


def _urls(links: Sequence[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.url for link in links))


def _is_glue(gap: str) -> bool:
    return bool(_GLUE.fullmatch(gap))


def _is_hollow(gap: str) -> bool:
    return bool(_HOLLOW.fullmatch(gap))


def _is_bracketed(gap: str) -> bool:
    return bool(re.fullmatch(r"\s*[(（\[【].*[)）\]】][\s,，.。]*", gap))


def _is_sentence(words: str, *, leads: bool = False, stops: bool = False) -> bool:
    """Tell a sentence from a title: by its stops, its length, or a word at its end that leads on to the link."""
    words = words.strip()
    if re.search(r"[:：]\s*[<(（“\"]*$", words):
        return len(words) > _LONG
    is_long = len(words) > _LONG or bool(_STOPS.search(words))
    return is_long or (leads and bool(_LEADS_ON.search(words))) or (stops and "，" in words)


def _note(words: str) -> str:
    note = visible(_NOTE_MARKS.sub("", words))
    inner = re.fullmatch(r"[(（]([^()（）]*)[)）][.。]?", note)
    note = inner[1] if inner else note
    return "" if _is_glue(note) or _is_hollow(note) else note
