"""Part a post's lines into those to read and those that stand together for something else: code, comments, formulas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from pinakes.importers.blocks import Numbers

Form = Literal["text", "code", "math", "left_out"]

_MOST_MATH_LINES = 60
_URL = re.compile(r"https?://", re.IGNORECASE)


class Row(NamedTuple):
    """One line, or several that only make sense together.

    Attributes:
        text: Without line ends, but for rows of code or formulas.
        reason: Why it is left out, if it is.
    """

    numbers: Numbers
    text: str
    form: Form = "text"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Region:
    """A kind of passage that has a beginning and an end.

    Attributes:
        opens: What its first line begins with.
        closes: Gives the pattern of its end from the match of its beginning.
        form: What its lines are.
        reason: Why they are left out, if they are.
        first: Only at the top of a post.
        inline: Its end may stand on its first line.
        most: How many lines it has at most; 0 for any number.
        holds: Says of the lines between whether they may be such a passage.
    """

    opens: re.Pattern[str]
    closes: Callable[[re.Match[str]], str]
    form: Form
    reason: str = ""
    first: bool = False
    inline: bool = True
    most: int = 0
    holds: Callable[[Sequence[str]], bool] = lambda _: True


def _is_front_matter(lines: Sequence[str]) -> bool:
    first = next((line for line in lines if line.strip()), "")
    return bool(re.match(r"[A-Za-z_][\w-]*\s*:(\s|$)", first))


def _is_math(lines: Sequence[str]) -> bool:
    return not any(_URL.search(line) for line in lines)


REGIONS = (
    Region(
        re.compile(r"---\s*$"),
        lambda _: r"^(?:---|\.\.\.)\s*$",
        "left_out",
        "front matter",
        first=True,
        inline=False,
        holds=_is_front_matter,
    ),
    Region(
        re.compile(r"(?:\s|>)*(?:[-*+]\s+|\d+[.)]\s+)?(`{3,}|~{3,})(?!.*`)"),
        lambda match: rf"^(?:\s|>)*{match[1]}{match[1][0]}*\s*$",
        "code",
        inline=False,
    ),
    Region(re.compile(r"\s*\{%-?\s*highlight\b"), lambda _: r"\{%-?\s*endhighlight\b", "code"),
    Region(re.compile(r"\s*\{%-?\s*comment\b"), lambda _: r"\{%-?\s*endcomment\b", "left_out", "Liquid comment"),
    Region(re.compile(r"\s*\{::comment\}"), lambda _: r"\{:/(?:comment)?\}", "left_out", "kramdown comment"),
    Region(re.compile(r"\s*<!--"), lambda _: r"-->", "left_out", "HTML comment"),
    Region(
        re.compile(r"\s*<(script|style)\b", re.IGNORECASE),
        lambda match: rf"(?i)</{match[1]}\s*>",
        "left_out",
        "script or style",
    ),
    Region(re.compile(r"\s*<pre\b", re.IGNORECASE), lambda _: r"(?i)</pre\s*>", "code"),
    *(
        Region(re.compile(opens), closes, "math", most=_MOST_MATH_LINES, holds=_is_math)
        for opens, closes in (
            (r"\s*\$\$(?=(?:(?!\$\$).)*(?:\$\$\s*)?$)", lambda _: r"\$\$\s*$"),
            (r"\s*\\?\\\[", lambda _: r"\\\]\s*$"),
            (r"\s*\\begin\{(\w+\*?)\}", lambda match: rf"\\end\{{{re.escape(match[1])}\}}"),
        )
    ),
)


def part(lines: Sequence[str]) -> Iterator[Row]:
    """Part lines into rows of text, one for each that is not blank, and rows of the passages between them.

    What is opened and never closed is no passage: its first line is read like any other.
    """
    hopeless: set[str] = set()
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    index = 0
    while index < len(lines):
        found = _region_at(lines, index, index == first, hopeless)
        if found is None:
            if lines[index].strip():
                yield Row((index + 1,), lines[index])
            index += 1
        else:
            region, end, rest = found
            yield _row_of(region, lines, index, end)
            if rest:
                yield Row((end,), rest)
            index = end


def _region_at(lines: Sequence[str], index: int, is_first: bool, hopeless: set[str]) -> tuple[Region, int, str] | None:
    """Find the region that begins at a line: with the index after its last line, and what follows it on that."""
    for region in REGIONS:
        opening = region.opens.match(lines[index]) if is_first or not region.first else None
        if opening is None:
            continue
        closes = region.closes(opening)
        end = None if closes in hopeless else _end_of(lines, index, opening.end(), region, closes)
        if end is None and not region.most:
            # No end from here on, so none from any later line either: without this, a file of openings takes for ever.
            hopeless.add(closes)
        elif end and region.holds(lines[index + 1 : end[0] - 1]):
            return region, *end
    return None


def _end_of(lines: Sequence[str], index: int, after: int, region: Region, closes: str) -> tuple[int, str] | None:
    pattern = re.compile(closes)
    stop = min(len(lines), index + region.most) if region.most else len(lines)
    for at in range(index if region.inline else index + 1, stop):
        if closing := pattern.search(lines[at], after if at == index else 0):
            rest = lines[at][closing.end() :].strip() if region.form == "left_out" else ""
            return at + 1, rest
    return None


def _row_of(region: Region, lines: Sequence[str], index: int, end: int) -> Row:
    numbers = tuple(number for number in range(index + 1, end + 1) if lines[number - 1].strip())
    return Row(numbers, "\n".join(lines[index:end]), region.form, region.reason)
