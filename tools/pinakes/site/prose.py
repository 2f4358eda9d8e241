"""What of a Markdown file is prose, and what is code that must stay as it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FENCE = re.compile(r"\s*(?:[>*+-]\s+)*(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)")


def prose_lines(text: str) -> Iterator[str]:
    """Give the lines that do not lie in a fenced block."""
    return (line for line, is_prose in _lines(text) if is_prose)


def map_prose(text: str, change: Callable[[str], str]) -> str:
    """Change the prose of a Markdown text, line by line, and leave fenced blocks and code spans alone."""
    return "\n".join(_outside_spans(line, change) if is_prose else line for line, is_prose in _lines(text))


def map_lines(text: str, change: Callable[[str], str]) -> str:
    """Change whole lines that do not lie in a fenced block."""
    return "\n".join(change(line) if is_prose else line for line, is_prose in _lines(text))


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            yield line, False
            if found and found[1].startswith(fence) and not line.strip(" \t`~>*+-"):
                fence = ""
        else:
            fence = found[1] if found else ""
            yield line, not fence


def _outside_spans(line: str, change: Callable[[str], str]) -> str:
    pieces, end = [], 0
    for span in _CODE_SPAN.finditer(line):
        pieces += [change(line[end : span.start()]), span[0]]
        end = span.end()
    return "".join([*pieces, change(line[end:])])
