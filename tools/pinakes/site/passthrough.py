"""A Python-Markdown extension that lets finished HTML through untouched.

Python-Markdown and MkDocs each read every tag of a page with a parser written in Python: 25,000 entries take them
15 s. What stands between the lines `<!-- pinakes:html -->` and `<!-- /pinakes:html -->` is stashed before they see it,
and put back at the end. Within a line the same marks keep a piece of HTML as it is. Without the extension the same page
comes out, only slower.
"""

from __future__ import annotations

import re

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from pinakes.site.page import BEGIN, END

_PRIORITY = 29
"""After white space is normalised (30); before code fences (25), MkDocs' search for anchors (21), HTML blocks (20)."""
_INLINE = re.compile(f"{re.escape(BEGIN)}(.*?){re.escape(END)}")


class PassthroughPreprocessor(Preprocessor):
    """Stashes finished HTML."""

    def run(self, lines: list[str]) -> list[str]:
        """Replace each piece of finished HTML by a placeholder."""
        kept: list[str] = []
        held: list[str] | None = None
        for line in lines:
            if line == BEGIN and held is None:
                held = []
            elif line == END and held is not None:
                kept += ["", self._store("\n".join(held)), ""]
                held = None
            elif held is not None:
                held.append(line)
            else:
                kept.append(_INLINE.sub(lambda found: self._store(found[1]), line) if BEGIN in line else line)
        return kept if held is None else [*kept, BEGIN, *held]

    def _store(self, html: str) -> str:
        placeholder: str = self.md.htmlStash.store(html)
        return placeholder


class PassthroughExtension(Extension):
    """Adds the preprocessor."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # the name that Python-Markdown calls
        """Register with a Markdown instance."""
        md.preprocessors.register(PassthroughPreprocessor(md), "pinakes_passthrough", _PRIORITY)


def makeExtension(**options: object) -> PassthroughExtension:  # noqa: N802  # the name that Python-Markdown calls
    """Make the extension; it has no options."""
    return PassthroughExtension(**options)
