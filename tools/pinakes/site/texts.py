"""Catalogue texts: Markdown with formulas becomes HTML that can do no harm.

HTML in a text is shown as it is written. A link goes to the web, to a figure, or to a topic or paper of the catalogue;
one that leads elsewhere is mere text. A picture from another host becomes a link to it, since a page asks no other host
for anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html import escape
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin

from pinakes.site.figures import Size
from pinakes.site.html import is_web

_PLAIN = re.compile(r"[^\\`*_\[\]<>&!$~|\"'#+=:\n\r\t-]*")
_LIST_START = re.compile(r"\s|\d+[.)]")


class Formula(NamedTuple):
    """A formula as it is written.

    Attributes:
        tex: Its source.
        display: It stands on a line of its own.
    """

    tex: str
    display: bool


Formulas = Mapping[Formula, str]
"""What each formula looks like, as HTML."""


class Target(NamedTuple):
    """Where an address in a text leads, seen from the page.

    Attributes:
        address: A relative one, or one on the web.
        size: How large the figure there is, if it is one and known.
    """

    address: str
    size: Size | None = None


Resolve = Callable[[str], Target | None]
"""Turns a relative address in a text into one that works on the page, or None where it leads nowhere."""


def to_html(text: str, *, formulas: Formulas, resolve: Resolve) -> str:
    """Render a text.

    Args:
        text: Markdown with `$math$`.
        formulas: The HTML of every formula in it; one that is not there is shown as its source.
        resolve: Where relative addresses lead.
    """
    if _PLAIN.fullmatch(text) and not _LIST_START.match(text):
        return f"<p>{escape(text)}</p>"
    rendered: str = _markdown().render(text, {"formulas": formulas, "resolve": resolve})
    return rendered.strip()


def formulas_in(text: str) -> Iterator[Formula]:
    """Find the formulas of a text, in their order."""
    if "$" not in text:
        return
    for token in _markdown().parse(text):
        for inner in (token, *(token.children or ())):
            if inner.type.startswith("math_"):
                yield _formula(inner)


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    dollarmath_plugin(markdown, allow_labels=False, allow_space=False, allow_blank_lines=False, double_inline=True)
    for name in ("math_inline", "math_inline_double", "math_block"):
        markdown.add_render_rule(name, _render_formula)
    markdown.add_render_rule("link_open", _render_link_open)
    markdown.add_render_rule("link_close", _render_link_close)
    markdown.add_render_rule("image", _render_image)
    return markdown


def _formula(token: Token) -> Formula:
    return Formula(token.content.strip(), token.type != "math_inline")


def _render_formula(_self: RendererHTML, tokens: list[Token], index: int, _options: Any, env: Any) -> str:
    formula = _formula(tokens[index])
    shown: str = env["formulas"].get(formula) or formula_source(formula)
    return f"<p>{shown}</p>\n" if tokens[index].type == "math_block" else shown


def formula_source(formula: Formula) -> str:
    """Show a formula as it is written."""
    return f'<code class="pk-tex">{escape(formula.tex)}</code>'


def _render_link_open(_self: RendererHTML, tokens: list[Token], index: int, _options: Any, env: Any) -> str:
    target = _target(str(tokens[index].attrs["href"]), env["resolve"])
    tokens[index].meta["target"] = target
    if target is None:
        return "<span>"
    rel = ' rel="external"' if is_web(target.address) else ""
    return f'<a href="{escape(target.address)}"{rel}>'


def _render_link_close(_self: RendererHTML, tokens: list[Token], index: int, _options: Any, _env: Any) -> str:
    opened = next(token for token in reversed(tokens[:index]) if token.type == "link_open")
    return "</a>" if opened.meta["target"] else "</span>"


def _render_image(self: RendererHTML, tokens: list[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    source = str(token.attrs["src"])
    label = escape(self.renderInlineAsText(token.children or [], options, env))
    target = _target(source, env["resolve"])
    if target is None:
        return f"<span>{label}</span>"
    address = escape(target.address)
    if is_web(target.address):
        return f'<a href="{address}" rel="external">{label or address}</a>'
    size = f' width="{target.size.width}" height="{target.size.height}"' if target.size else ""
    return f'<img src="{address}" alt="{label}"{size} loading="lazy">'


def _target(address: str, resolve: Resolve) -> Target | None:
    if is_web(address) or address.startswith(("mailto:", "#")):
        return Target(address)
    return resolve(address)
