"""One page as classification sees it: bytes first, parsed only where they leave a doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import unescape
from typing import Any, NamedTuple

from pinakes.fetch.observation import Observation
from pinakes.links.phrases import may_be_message

_SAMPLE = 262_144
"""Bytes by which it is told whether a page is in UTF-8; to look through 4 MB would take 4 ms."""
_HEAD = 1_000_000
"""Bytes in which the title is looked for; a living WeChat page has scripts of 100 KB before it."""
_MUCH = 300_000
"""Bytes that no page without an article has: a robot gate has up to 30 KB, a WeChat page with a message 38 KB."""
_WORDY = 25
"""Paragraphs and broken lines that no robot gate or error page has: those in `tests/data/pages` have 4 at most."""
_LONGEST = 4_000
"""Bytes of a title or heading, with what is in it."""
_MOUNTS = ("#root", "#app", "#__next", "#__nuxt", "#react-root", "app-root", "#notion-app")
"""Where React, Vue, Next, Nuxt and Angular put what their scripts draw, as their project templates name it."""
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "iframe", "object"))
_FURNITURE = _UNSEEN | frozenset(("a", "nav", "header", "footer", "aside", "button", "select", "form"))
_TAG = re.compile(rb"<[^>]*>")
_CONTENT = re.compile(rb"""\bcontent\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SITE = re.compile(r"(?:\s*[|｜·»_]\s*|\s+[-–—]\s+|(?<=\w)-(?=CSDN))[^|｜·»_]{1,40}$")
_SELECTOR = re.compile(
    r"(?P<tag>[\w-]*)(?:(?P<mark>[#.])(?P<name>[\w-]+)|\[(?P<attribute>[\w:-]+)\*?=(?P<value>[^\]]+)\])?"
)


class Selector(NamedTuple):
    """Which elements are meant, in a small part of the language of CSS.

    Attributes:
        hint: Bytes that the page must hold if it has such an element.
        tag: A pattern for the bytes of its opening tag.
        xpath: The same for a parsed page.
    """

    hint: bytes
    tag: re.Pattern[bytes]
    xpath: str


@cache
def selector(text: str) -> Selector:
    """Read `tag`, `#id`, `.class`, `tag.class`, `[attribute=value]` or `[attribute*=part of a value]`.

    Raises:
        ValueError: It is none of these.
    """
    found = _SELECTOR.fullmatch(text)
    if not found:
        raise ValueError(f"no selector that is understood here: {text}")
    tag, name, value = found["tag"] or "", found["name"], found["value"]
    start = rf"<{re.escape(tag)}\b[^>]*?" if tag else r"<[a-zA-Z][^>]*?"
    path = f"//{tag or '*'}"
    if name and found["mark"] == "#":
        return _selector(name, rf"{start}\sid\s*=\s*[\"']?{name}(?=[\"'\s>])", f"{path}[@id='{name}']")
    if name:
        test = f"{path}[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
        return _selector(name, rf"{start}\sclass\s*=\s*[\"']?(?:[^\"'>]*\s)?{name}(?=[\"'\s>])", test)
    if value and "*=" in text:
        attribute = found["attribute"]
        pattern = rf"{start}\s{attribute}\s*=\s*[\"']?[^\"'>]*{re.escape(value)}"
        return _selector(value, pattern, f"{path}[contains(@{attribute}, '{value}')]")
    if value:
        pattern = rf"{start}\s{found['attribute']}\s*=\s*[\"']?{re.escape(value)}(?=[\"'\s>])"
        return _selector(value, pattern, f"{path}[@*[name()='{found['attribute']}']='{value}']")
    return _selector(f"<{tag}", rf"<{tag}\b", path)


def _selector(hint: str, tag: str, xpath: str) -> Selector:
    return Selector(hint.encode(), re.compile(tag.encode()), xpath)


@dataclass(frozen=True)
class Page:
    """A page that came back; everything is read when it is first asked for, and then kept.

    Attributes:
        observation: What came back.
    """

    observation: Observation

    @cached_property
    def body(self) -> bytes:
        """The body in UTF-8: as it came where it is that already."""
        raw = self.observation.body
        return raw if _is_utf8(raw[:_SAMPLE]) else self.observation.text.encode("utf-8", "replace")

    @cached_property
    def title(self) -> str:
        """What stands in `<title>`, or where that is empty (as in WeChat's articles) in `og:title`."""
        return self._first(b"title") or self._meta(b"og:title")

    @cached_property
    def own_title(self) -> str:
        """The title without what follows its last separator, by custom the site's name."""
        title = self.title
        for _ in range(2):  # `title - column - site`
            shorter = _SITE.sub("", title)
            if len(shorter) < 2 or shorter == title:
                break
            title = shorter
        return title

    @cached_property
    def headings(self) -> tuple[str, ...]:
        """The first heading of each of the two highest levels."""
        return tuple(filter(None, (self._first(b"h1"), self._first(b"h2"))))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Its title and headings, as far as they may be a message in place of an article."""
        return tuple(name for name in (self.title, *self.headings) if may_be_message(name))

    @cached_property
    def is_wordy(self) -> bool:
        """Whether it has more paragraphs, or broken lines, than a page that only says why the article isn't there."""
        return self.body.count(b"</p>", 0, _MUCH) + self.body.count(b"<br", 0, _MUCH) > _WORDY

    @property
    def is_much(self) -> bool:
        """Whether it is too much, or too wordy, to be a robot gate or a parking page."""
        return len(self.body) > _MUCH or self.is_wordy

    @cached_property
    def is_dated(self) -> bool:
        """Whether it says when it was published, by Open Graph or schema.org: an error page never does."""
        return b"article:published_time" in self.body or b'"datePublished"' in self.body

    @cached_property
    def tree(self) -> Any:
        """The parsed page; None where there is nothing to parse."""
        from lxml import etree, html  # noqa: PLC0415  # 30 ms to import, and most pages need no parsing

        parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        try:
            return html.document_fromstring(self.body.replace(b"\0", b""), parser=parser)
        except etree.ParserError:
            return None

    @cached_property
    def text(self) -> str:
        """What a reader without scripts sees, whitespace collapsed."""
        return _squeeze(" ".join(self._texts(_UNSEEN)))

    @cached_property
    def prose(self) -> str:
        """What a reader sees outside of links, menus and forms."""
        return _squeeze(" ".join(self._texts(_FURNITURE)))

    @cached_property
    def scripts(self) -> tuple[str, ...]:
        """The text of each script."""
        if self.tree is None:
            return ()
        return tuple(script.text.strip() for script in self.tree.iter("script") if script.text)

    @cached_property
    def is_shell(self) -> bool:
        """Whether scripts must draw it first: the element that they draw into is empty."""
        return any(not self.say(found) for mount in _MOUNTS for found in self.find(mount))

    def holds_any(self, hints: Iterable[bytes]) -> bool:
        """Say whether any of some bytes is in the body, wherever: a first question that costs next to nothing."""
        return any(map(self.body.__contains__, hints))

    def has(self, wanted: str) -> bool:
        """Say whether an element is there, outside of scripts and comments, without parsing the page.

        Args:
            wanted: A selector.
        """
        hint, tag, _ = selector(wanted)
        at = self.body.find(hint)
        while at >= 0:
            start = self.body.rfind(b"<", 0, at + 1)
            if start >= 0 and tag.match(self.body, start) and not self._is_hidden(start):
                return True
            at = self.body.find(hint, at + len(hint))
        return False

    def find(self, wanted: str) -> list[Any]:
        """Give the elements that a selector means; the page is parsed only if its bytes may hold one."""
        hint, _, xpath = selector(wanted)
        if hint not in self.body or self.tree is None:
            return []
        return list(self.tree.xpath(xpath))

    def say(self, element: Any) -> str:
        """Give what an element says, whitespace collapsed."""
        return _squeeze(element.text_content())

    def _first(self, tag: bytes) -> str:
        """Give what the first element of a kind says, if it is near the beginning."""
        body = self.body
        start = body.find(b"<" + tag, 0, _HEAD)
        if start < 0:
            tag = tag.upper()
            start = body.find(b"<" + tag, 0, _HEAD)
        inside = body.find(b">", start) + 1 if start >= 0 else 0
        end = body.find(b"</" + tag, inside, inside + _LONGEST) if inside else -1
        return _read(body[inside:end]) if end >= 0 else ""

    def _meta(self, name: bytes) -> str:
        at = self.body.find(b'"' + name + b'"', 0, _HEAD)
        if at < 0:
            return ""
        tag = self.body[self.body.rfind(b"<", 0, at) : self.body.find(b">", at)]
        found = _CONTENT.search(tag)
        return _read(found[1] or found[2] or b"") if found else ""

    def _is_hidden(self, at: int) -> bool:
        """Whether a place is within a script or a comment."""
        body = self.body
        return body.rfind(b"<script", 0, at) > body.rfind(b"</script", 0, at) or (
            body.rfind(b"<!--", 0, at) > body.rfind(b"-->", 0, at)
        )

    def _texts(self, skipped: frozenset[str]) -> Iterator[str]:
        from lxml import etree  # noqa: PLC0415  # as above

        if self.tree is None:
            return
        walk = etree.iterwalk(self.tree, events=("start", "end"))
        for event, element in walk:
            if event == "end":
                yield element.tail or ""
            elif element.tag in skipped or element.get("hidden") is not None or _is_unseen(element.get("style")):
                walk.skip_subtree()
            else:
                yield element.text or ""


def _is_unseen(style: str | None) -> bool:
    return bool(style) and "display:none" in str(style).replace(" ", "").lower()


def _is_utf8(sample: bytes) -> bool:
    if b"\0" in sample or b"\x1b$" in sample:  # UTF-16 and ISO-2022 are made of bytes that UTF-8 has too
        return False
    try:
        sample.decode()
    except UnicodeDecodeError as error:
        return len(sample) == _SAMPLE and error.start > _SAMPLE - 4  # cut off within a character
    return True


def _read(piece: bytes) -> str:
    """Give what a piece of HTML says."""
    text = (_TAG.sub(b" ", piece) if b"<" in piece else piece).decode("utf-8", "replace")
    return _squeeze(unescape(text) if "&" in text else text)


def _squeeze(text: str) -> str:
    return " ".join(text.split())
