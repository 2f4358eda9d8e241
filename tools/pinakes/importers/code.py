"""Code in a post, in whichever way it was marked, becomes a fenced block."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup

from pinakes.importers.marks import visible

_LIQUID = re.compile(r"\s*\{%-?\s*highlight\s*([\w+#-]*)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}.*", re.DOTALL)
_PRE = re.compile(r"\s*<pre\b", re.IGNORECASE)


def fenced(text: str) -> str:
    """Write a passage of code as a fenced block of Markdown; what is one already stays as it is."""
    if liquid := _LIQUID.fullmatch(text):
        return _fence(liquid[2], liquid[1])
    if _PRE.match(text):
        return _fence(BeautifulSoup(text, "html.parser").get_text())
    return "\n".join(map(_clean, text.split("\n")))


def _fence(code: str, language: str = "") -> str:
    longest = max((len(ticks) for ticks in re.findall(r"`{3,}", code)), default=2)
    fence = "`" * (longest + 1)
    lines = "\n".join(map(_clean, code.strip("\n").split("\n")))
    return f"{fence}{language}\n{lines}\n{fence}"


def _clean(line: str) -> str:
    """Take out what no catalogue file may hold, and keep the indent."""
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    return indent + visible(line)
