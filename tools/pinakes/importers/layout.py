"""Tell which title belongs to which URL, where they stand on lines of their own.

A post has the title below its URL or above it, mostly the same way throughout, but sections differ, a title or a URL is
missing here and there, and text stands between. So every way of pairing a run of lines is weighed, and the cheapest one
wins: costs say how odd each choice is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pinakes.importers.blocks import Address, Article, Aside, Block, Prose
from pinakes.importers.entries import Phrase, Urls
from pinakes.importers.headings import is_wordy
from pinakes.importers.recognise import Definer, Token

Order = Literal["url first", "title first"]
Line = Urls | Phrase

_UNTITLED = 3.0  # a URL without a title
_STRAY = 2.0  # words that could be a title and are none
_STRAY_LABEL = 0.5  # words with a colon that label more than one link
_PROSE_AS_TITLE = 5.0
_LABEL_BELOW = 4.0  # words with a colon as the title of the URL above them
_OTHER_ORDER = 1.0  # a pair the other way round
_OTHER_RUN = 1.5  # a run the other way round than the post
_MIRROR = 0.2  # a second URL for one title
_OTHER_ITEM = 3.5  # a second URL that is an item of the list itself
_NEVER = 1e6  # a sentence with a link in it as a title: the link would be lost
_APART = 4.0  # a blank line inside a pair, where pairs mostly have none
_MOST_URLS = 6  # URLs of one title; more are a list
_LONG_TITLE, _SHORT_SENTENCE, _LABEL = 60, 40, 30


class _Group(NamedTuple):
    """Some lines of a run that belong together: words alone, URLs alone, or a title with its URLs."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines of words and URLs without anything between them."""

    lines: tuple[Line, ...]
    prose: tuple[float, ...]  # of each line, 0 to 1: how much it looks like prose
    gaps: tuple[bool, ...]  # before each line: a blank line, or the start of a list's item
    is_tight: bool  # some titles stand right beside their URLs, others do not


def lay_out(tokens: Sequence[Token]) -> list[Block | Definer]:
    """Pair URLs with titles; words that are no title become prose."""
    pieces = list(_pieces(tokens))
    order = _prevailing([piece for piece in pieces if isinstance(piece, _Run)])
    blocks: list[Block | Definer] = []
    for piece in pieces:
        blocks += _blocks_of(piece, _best(piece, order)) if isinstance(piece, _Run) else [piece]
    return blocks


def _pieces(tokens: Iterable[Token]) -> Iterator[_Run | Block | Definer]:
    lines: list[Line] = []
    for token in tokens:
        if isinstance(token, Line):
            lines.append(token)
            continue
        if lines:
            yield _run_of(tuple(lines))
            lines = []
        yield token
    if lines:
        yield _run_of(tuple(lines))


def _run_of(lines: tuple[Line, ...]) -> _Run:
    gaps = tuple(index == 0 or _is_apart(lines[index - 1], line) for index, line in enumerate(lines))
    prose = tuple(_proseness(lines, gaps, index) for index in range(len(lines)))
    beside = {gaps[at] for at in range(1, len(lines)) if type(lines[at]) is not type(lines[at - 1])}
    return _Run(lines, prose, gaps, len(beside) == 2)


def _is_apart(above: Line, line: Line) -> bool:
    return line.starts_item or line.numbers[0] - above.numbers[-1] > 1


def _proseness(lines: Sequence[Line], gaps: Sequence[bool], index: int) -> float:
    line = lines[index]
    if isinstance(line, Urls):
        return 0.0
    if line.is_sentence or not is_wordy(line.title):
        return 1.0
    title = line.title
    score = 0.35 * title.endswith(("。", "；", ";", "，", ","))
    score += 0.5 * ("。" in title[:-1] or "$" in title or line.is_quoted)
    score += 0.5 * (title.endswith(".") and title.count(" ") > 6)
    score += 0.2 * (len(title) > _SHORT_SENTENCE and title.endswith("。"))
    score += 0.2 * (len(title) > _LONG_TITLE) + 0.4 * (len(title) > 2 * _LONG_TITLE)
    score += 0.3 * (_in_paragraph(lines, gaps, index) or _in_paragraph(lines, gaps, index + 1))
    return min(score, 1.0)


def _in_paragraph(lines: Sequence[Line], gaps: Sequence[bool], index: int) -> bool:
    """Whether a line and the one above it are words without a blank line between."""
    inside = 0 < index < len(lines) and not gaps[index]
    return inside and isinstance(lines[index], Phrase) and isinstance(lines[index - 1], Phrase)


def _prevailing(runs: Sequence[_Run]) -> Order:
    cost = sum(_segment(run, "url first")[0] for run in runs)
    if not cost:
        return "url first"
    return "title first" if sum(_segment(run, "title first")[0] for run in runs) < cost else "url first"


def _best(run: _Run, order: Order) -> list[_Group]:
    other: Order = "title first" if order == "url first" else "url first"
    cost, groups = _segment(run, order)
    other_cost, other_groups = _segment(run, other) if cost else (0.0, groups)
    return other_groups if other_cost + _OTHER_RUN < cost else groups


def _segment(run: _Run, order: Order) -> tuple[float, list[_Group]]:
    """Find the cheapest way to part a run into groups, from its end backwards."""
    size = len(run.lines)
    best: list[tuple[float, int]] = [(0.0, size)] * (size + 1)
    for start in range(size - 1, -1, -1):
        # Of equally cheap ways the longest group wins: a pair rather than two lines alone.
        best[start] = min(((cost + best[end][0], -end) for end, cost in _choices(run, start, order)))
        best[start] = best[start][0], -best[start][1]
    groups, at = [], 0
    while at < size:
        groups.append(_Group(at, best[at][1]))
        at = best[at][1]
    return best[0][0], groups


def _choices(run: _Run, start: int, order: Order) -> Iterator[tuple[int, float]]:
    """Every group that may begin at a line: where it ends, and what it costs."""
    line = run.lines[start]
    if isinstance(line, Urls):
        yield start + 1, _UNTITLED
        yield from _urls_then_title(run, start, order)
    else:
        yield start + 1, _stray_cost(run, start)
        yield from _title_then_urls(run, start, order, line)


def _urls_then_title(run: _Run, start: int, order: Order) -> Iterator[tuple[int, float]]:
    end = _end_of_urls(run, start)
    title = run.lines[end] if end < len(run.lines) else None
    if isinstance(title, Phrase):
        cost = _title_cost(run, start, end + 1, end) + _LABEL_BELOW * _is_label(title)
        yield end + 1, cost + _OTHER_ORDER * (order == "title first")


def _title_then_urls(run: _Run, start: int, order: Order, title: Phrase) -> Iterator[tuple[int, float]]:
    stop = _end_of_urls(run, start + 1)
    for end in range(start + 2, stop + 1):
        odd = order == "url first" and not _is_label(title)
        yield end, _title_cost(run, start, end, start) + _OTHER_ORDER * odd


def _end_of_urls(run: _Run, start: int) -> int:
    end = start
    while end < len(run.lines) and isinstance(run.lines[end], Urls) and end - start < _MOST_URLS:
        end += 1
    return end


def _title_cost(run: _Run, start: int, end: int, title: int) -> float:
    words = run.lines[title]
    if isinstance(words, Phrase) and words.is_sentence:
        return _NEVER
    apart = sum(run.gaps[start + 1 : end]) if run.is_tight else 0
    urls = [line for line in run.lines[start:end] if isinstance(line, Urls)]
    mirrors = sum(_OTHER_ITEM if line.starts_item else _MIRROR for line in urls[1:])
    return _PROSE_AS_TITLE * run.prose[title] + mirrors + _APART * apart


def _stray_cost(run: _Run, index: int) -> float:
    line = run.lines[index]
    if isinstance(line, Phrase) and _is_label(line):
        return _STRAY_LABEL
    return _STRAY * (1 - run.prose[index])


def _is_label(line: Phrase) -> bool:
    return line.text.rstrip("*_ ").endswith((":", "：")) and not line.is_sentence


def _blocks_of(run: _Run, groups: Sequence[_Group]) -> Iterator[Block]:
    for group in groups:
        lines = run.lines[group.start : group.end]
        titles = [line for line in lines if isinstance(line, Phrase)]
        urls = [line for line in lines if isinstance(line, Urls)]
        if urls and titles:
            addresses = tuple(Address(url, line.numbers) for line in urls for url in line.urls)
            yield Article(addresses, titles[0].title, titles[0].numbers)
        elif urls:
            yield from (Article((Address(url, urls[0].numbers),), "", urls[0].numbers) for url in urls[0].urls)
        else:
            following = run.lines[group.end : group.end + 1]
            yield _words(titles[0], is_before_link=bool(following) and isinstance(following[0], Urls))


def _words(line: Phrase, *, is_before_link: bool) -> Block:
    if is_before_link and _is_label(line) and len(line.title) <= _LABEL:
        return Aside(line.numbers, "heading", "label of the links below it; makes no topic")
    return Prose(line.numbers, line.text, line.reason)
