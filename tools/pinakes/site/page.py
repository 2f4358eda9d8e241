"""A page's file: front matter for the templates, then its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

BEGIN, END = "<!-- pinakes:html -->", "<!-- /pinakes:html -->"
"""Lines that enclose finished HTML, which `pinakes.site.passthrough` keeps from Python-Markdown's parsers."""

_UNPRINTABLE = re.compile(
    "[^\\t\\n\\x20-\\x7e\\xa0-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]|[\u2028\u2029]"
)

_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32), 127])
"""Control characters of ASCII, which HTML does not allow and Python-Markdown has uses of its own for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of the site, before it becomes a file.

    Attributes:
        path: Its address below the language's folder: `topics/autodiff/`; empty for the home page.
        prefix: The language's folder: empty or `en/`.
        lang: The language of its interface.
        title: What the browser's tab says, as plain text.
        body: Markdown.
        section: The part of the navigation that it belongs to.
        layout: `doc` or `home` if the template is to put a frame around it; generated pages bring their own.
        source: The path of its file below the language's folder, if it is not the address's `index.md`.
        more: Further front matter, lines of YAML.
        maths: It has formulas and needs their style sheet.
        missing: The languages that it is not there in.
    """

    path: str
    prefix: str
    lang: str
    title: str
    body: str
    section: str = ""
    layout: str = ""
    source: str = ""
    more: str = ""
    maths: bool = False
    missing: tuple[str, ...] = ()

    @property
    def file(self) -> str:
        """The path of its file below the docs folder."""
        return self.prefix + (self.source or f"{self.path}index.md")

    def text(self) -> str:
        """The file's content."""
        lines = [
            f"title: {yaml_text(self.title)}",
            f"lang: {yaml_text(self.lang)}",
            f"here: {yaml_text(quote(self.path))}",
        ]
        lines += [f"{name}: {value}" for name, value in (("section", self.section), ("layout", self.layout)) if value]
        if self.maths:
            lines.append("maths: true")
        if self.missing:
            lines.append(f"missing: {yaml_text('|'.join(('', *self.missing, '')))}")
        return "---\n" + "\n".join(lines) + f"\n{self.more}---\n{self.body}\n"


def html_block(html: str) -> str:
    """Enclose finished HTML so that it goes into the page as it is."""
    # By way of bytes, which is forty times as fast as a regular expression.
    clean = html.encode(errors="replace").translate(None, _CONTROLS).decode()
    return f"{BEGIN}\n{clean}\n{END}"


def has_maths(html: str) -> bool:
    """Say whether a piece of a page needs the formulas' style sheet."""
    return 'class="katex' in html


def yaml_text(text: str) -> str:
    """Quote a text as a YAML scalar on one line, whatever is in it."""
    line = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_UNPRINTABLE.sub("", line)}"'
