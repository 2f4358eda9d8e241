"""HTML in a post becomes Markdown, so that one set of rules reads both."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from bs4 import BeautifulSoup
from bs4.element import NavigableString, PageElement, PreformattedString, Tag

_NAMES = (
    "a|abbr|article|aside|audio|b|blockquote|body|br|button|center|cite|code|col|colgroup|dd|del|details|div|dl|dt|em|embed"
    "|figcaption|figure|font|footer|form|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|kbd|label|li|link|main|mark|meta"
    "|nav|object|ol|option|p|param|picture|q|s|samp|section|select|small|source|span|strike|strong|sub|summary|sup|svg"
    "|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr"
)
_TAG = re.compile(rf"<!--|</?(?:{_NAMES})(?=[\s/>])[^<>]*>|<!doctype\b[^>]*>", re.IGNORECASE)
_CODE = re.compile(r"`[^`]*`")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]+)>", re.IGNORECASE)
_OPEN_TAG = re.compile(rf"<(?:{_NAMES})\s[^<>]*$", re.IGNORECASE)
_PAIRED = re.compile(r"<(/?)(a|h[1-6]|tr|iframe|video|audio|object)(?=[\s/>])", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t]*\n\s*")
_BRACKET = re.compile(r"[\[\]]")

_BLOCKS = frozenset(
    """
    address article aside blockquote body center dd details div dl dt figcaption figure footer form head header hr html
    main nav ol p section summary table tbody tfoot thead title ul
    """.split()
)
_SILENT = frozenset(("script", "style", "svg", "head"))


def has_html(text: str) -> bool:
    """Say whether a line holds tags of HTML; those inside code do not count."""
    return "<" in text and bool(_TAG.search(_CODE.sub("", text)))


def is_open(text: str) -> bool:
    """Say whether a line ends inside a tag, or an element whose parts belong together: a link, a table's row."""
    if "<" not in text:
        return False
    depth: dict[str, int] = {}
    for closing, name in _PAIRED.findall(text):
        depth[name.lower()] = depth.get(name.lower(), 0) + (-1 if closing else 1)
    return any(open_ > 0 for open_ in depth.values()) or bool(_OPEN_TAG.search(text))


def to_markdown(html: str) -> list[str]:
    """Turn HTML, which may hold Markdown, into lines of Markdown; none if it shows nothing."""
    soup = BeautifulSoup(_AUTOLINK.sub(r"&lt;\1&gt;", html), "html.parser")
    try:
        text = _inside(soup)
    except RecursionError:
        text = _flat(soup)
    return [line for line in map(str.strip, text.split("\n")) if line]


def _flat(soup: BeautifulSoup) -> str:
    """Write HTML that is nested deeper than Python goes: its links and pictures, and its text."""
    for tag in soup.find_all(["a", "img"]):
        words = tag.get_text(" ", strip=True)
        tag.replace_with(_image(tag) if tag.name == "img" else f"[{words}]({_destination(str(tag.get('href') or ''))})")
    return soup.get_text("\n")


def _inside(tag: Tag) -> str:
    return "".join(map(_write, tag.children))


def _write(node: PageElement) -> str:
    if isinstance(node, PreformattedString):
        return ""
    if isinstance(node, NavigableString):
        return _BLANKS.sub(" ", str(node))
    assert isinstance(node, Tag)
    if node.name in _SILENT:
        return ""
    if node.name in _BLOCKS:
        return f"\n{_inside(node)}\n"
    return _WRITERS.get(node.name, _inside)(node)


def _link(tag: Tag) -> str:
    address = str(tag.get("href") or "").strip()
    words = _one_line(tag)
    if not address:
        return words
    return f"[{words if tag.find('img') else _BRACKET.sub(_escape, words)}]({_destination(address)})"


def _image(tag: Tag) -> str:
    source = str(tag.get("data-src") or tag.get("src") or "").strip()
    return f"![{_BRACKET.sub(_escape, str(tag.get('alt') or ''))}]({_destination(source)})" if source else ""


def _frame(tag: Tag) -> str:
    source = str(tag.get("src") or tag.get("data") or "").strip()
    title = _BRACKET.sub(_escape, str(tag.get("title") or "").strip())
    return f"\n[{title}]({_destination(source)})\n" if source else _inside(tag)


def _heading(tag: Tag) -> str:
    return f"\n{'#' * int(tag.name[1])} {_one_line(tag)}\n"


def _row(tag: Tag) -> str:
    cells = [_one_line(cell) for cell in tag.find_all(["td", "th"])]
    return f"\n| {' | '.join(cells)} |\n" if len(cells) > 1 else f"\n{''.join(cells)}\n"


def _one_line(tag: Tag) -> str:
    return " ".join(_inside(tag).split())


def _destination(address: str) -> str:
    if address.startswith("//"):
        address = f"https:{address}"
    # Markdown's <…> form lets parentheses stand; a space it allows there too, a line break it does not.
    return f"<{' '.join(address.split())}>" if re.search(r"[\s()]", address) else address


def _escape(match: re.Match[str]) -> str:
    return f"\\{match[0]}"


_WRITERS: Mapping[str, Callable[[Tag], str]] = {
    "a": _link,
    "img": _image,
    **dict.fromkeys(("iframe", "embed", "video", "audio", "object", "source"), _frame),
    **{f"h{level}": _heading for level in range(1, 7)},
    "tr": _row,
    "td": lambda tag: f"{_one_line(tag)} ",
    "th": lambda tag: f"{_one_line(tag)} ",
    "li": lambda tag: f"\n- {_inside(tag).strip()}\n",
    "br": lambda _: "\n",
    "code": lambda tag: f"`{_one_line(tag)}`",
}
