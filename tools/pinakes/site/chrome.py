"""What the theme's templates need to know of the site: names, words and navigation in each language."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import quote

from pinakes.site.docs import Docs
from pinakes.site.html import is_web, lang_tag, words_in
from pinakes.site.nav import NavItem
from pinakes.site.view import Site, View
from pinakes.site.words import own_name

DATA_FILE = "partials/pinakes.html"
"""The template that holds it, below the theme's folder."""


@dataclass(frozen=True)
class Chrome:
    """What stands around the pages.

    Attributes:
        site: The catalogue as a site.
        docs: The hand-written pages.
        nav: Their order.
    """

    site: Site
    docs: Docs
    nav: tuple[NavItem, ...]

    def section_of(self, path: str) -> str:
        """The part of the navigation that a hand-written page belongs to; empty if none."""
        return next((f"n{place}" for place, item in enumerate(self.nav) if path in item.pages()), "")


def data_template(chrome: Chrome, files: Mapping[str, str]) -> str:
    """Write the templates' data as a template of assignments, which both builders can import.

    Nothing that changes with every entry may stand in it: when a template changes, all pages have to be built anew.

    Args:
        chrome: What stands around the pages.
        files: The addresses of style sheets and scripts, by the names that the templates know them by.
    """
    languages = chrome.site.catalog.config.languages
    site = {lang: _of_language(chrome, View(chrome.site, lang)) for lang in languages}
    return "".join(
        f"{{% set {name} = {_literal(value)} %}}\n"
        for name, value in (("first", languages[0]), ("files", files), ("site", site))
    )


def _literal(value: Any) -> str:
    """Write a value so that neither builder's template language finds a tag of its own in it."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)}: {_literal(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(inner) for inner in value) + "]"
    text = str(value).replace("{", "&#123;").replace("}", "&#125;").replace("%", "&#37;").replace("#}", "&#35;}")
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _of_language(chrome: Chrome, view: View) -> dict[str, Any]:
    words = view.words
    name, _ = words_in(chrome.site.catalog.config.name, view.languages)
    return {
        "tag": lang_tag(view.lang),
        "name": name.removesuffix("."),
        "prefix": view.prefix,
        "home": view.prefix or ".",
        "words": {
            field: escape(getattr(words, field))
            for field in (
                "skip",
                "navigation",
                "theme",
                "topics",
                "on_this_page",
                "more_pages",
                "not_found",
                "not_found_hint",
                "copy_code",
                "copied",
            )
        },
        "others": [_other(chrome, lang) for lang in view.languages[1:]],
        "nav": list(_header_links(chrome, view)),
        "sections": {f"n{place}": _section(chrome, view, item) for place, item in enumerate(chrome.nav)},
    }


def _other(chrome: Chrome, lang: str) -> dict[str, str]:
    prefix = View(chrome.site, lang).prefix
    return {
        "lang": escape(lang),
        "tag": lang_tag(lang),
        "mark": f"|{lang}|",
        "prefix": prefix,
        "name": escape(own_name(lang)),
    }


def _header_links(chrome: Chrome, view: View) -> Iterator[dict[str, str]]:
    yield {"id": "topics", "title": view.words.topics, "url": f"{view.prefix}topics/"}
    if chrome.site.catalog.papers:
        yield {"id": "papers", "title": view.words.papers, "url": f"{view.prefix}papers/"}
    for place, item in enumerate(chrome.nav):
        if shown := _link(chrome, view, NavItem(item.title, next(item.pages(), ""))):
            title = {"title": _section_title(chrome, view, item), "lang": ""} if item.items else {}
            yield {"id": f"n{place}", **shown, **title}


def _section(chrome: Chrome, view: View, item: NavItem) -> dict[str, Any]:
    if not item.items:
        return {"pages": []}
    title = _section_title(chrome, view, item)
    pages = list(_section_pages(chrome, view, item.items, depth=0))
    # A section's own first page is often called as the section is.
    named = [{**page, "title": escape(view.words.overview)} if page["title"] == title else page for page in pages]
    return {"title": title, "pages": named if len(pages) > 1 else []}


def _section_pages(chrome: Chrome, view: View, items: tuple[NavItem, ...], *, depth: int) -> Iterator[dict[str, str]]:
    for item in items:
        if item.items:
            yield {"title": _section_title(chrome, view, item), "depth": "1" if depth else "", "url": "", "here": "-"}
            yield from _section_pages(chrome, view, item.items, depth=depth + 1)
        elif shown := _link(chrome, view, item):
            yield {**shown, "depth": "1" if depth else ""}


def _section_title(chrome: Chrome, view: View, item: NavItem) -> str:
    """A section's title: as the navigation says (in the first language); else its index page's, or its folder's."""
    if item.title and not view.prefix:
        return escape(item.title)
    leading = chrome.docs.best(next(item.pages(), ""), view.languages)
    if leading is None:
        return escape(item.title)
    folder = leading.path.partition("/")[0]
    if leading.path == f"{folder}/index.md":
        return escape(leading.title)
    return escape(view.words.sections.get(folder) or folder.replace("-", " ").capitalize())


def _link(chrome: Chrome, view: View, item: NavItem) -> dict[str, str] | None:
    """A link to a hand-written page in this language, or else in one that it is there in; None if it is nowhere."""
    if is_web(item.target):
        return {"title": escape(item.title or item.target), "lang": "", "url": escape(item.target), "here": "-"}
    doc = chrome.docs.best(item.target, view.languages)
    if doc is None:
        return None
    is_named = bool(item.title) and not view.prefix
    lang = "" if is_named or doc.text_lang == view.lang else lang_tag(doc.text_lang)
    address = quote(View(chrome.site, doc.lang).prefix + doc.address)
    title = escape(item.title if is_named else doc.title)
    return {"title": title, "lang": lang, "url": escape(address) or ".", "here": quote(doc.address)}
