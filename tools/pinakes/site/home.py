"""The home page and the other hand-written pages, with what their markers stand for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

import yaml

from pinakes.model import Config
from pinakes.site.chrome import Chrome
from pinakes.site.doc_maths import with_formulas
from pinakes.site.docs import Doc, localised_body
from pinakes.site.html import lang_tag, words_in
from pinakes.site.page import Page, has_maths, html_block
from pinakes.site.prose import map_lines
from pinakes.site.tree import topic_tree
from pinakes.site.view import Place, View
from pinakes.text import choose

Marker = Callable[[Place], str]
"""Gives the Markdown (or a block of HTML, see `html_block`) that stands where the marker stood."""

_MARKER = re.compile(r"\s*<!--\s*pinakes:\s*([a-z-]+)\s*-->\s*")
_OURS = frozenset({"title", "lang", "here", "section", "layout", "maths", "missing", "text_lang"})


def doc_pages(view: View, chrome: Chrome, markers: Mapping[str, Marker]) -> Iterator[Page]:
    """Make the hand-written pages of one language; its home page is made up if nobody has written one."""
    for doc in chrome.docs.pages.values():
        if doc.lang == view.lang:
            yield _doc_page(view, chrome, doc, markers)
    if chrome.docs.best("index.md", (view.lang,)) is None:
        yield _default_home(view)


def topics_marker(place: Place) -> str:
    """`<!-- pinakes: topics -->`: the topic tree with counts."""
    return html_block(topic_tree(place))


def in_english(markdown: str) -> str:
    """Mark what the program says about itself as English, on whatever page it stands."""
    return f'<div lang="en" markdown="1">\n\n{markdown}\n</div>'


def _doc_page(view: View, chrome: Chrome, doc: Doc, markers: Mapping[str, Marker]) -> Page:
    place = Place(view, doc.address)
    localised = localised_body(doc, chrome.docs, view.prefix) if view.prefix else doc.body
    body = with_formulas(localised, view.site.formulas)
    return Page(
        path=doc.address,
        prefix=view.prefix,
        lang=view.lang,
        title=doc.title,
        body=map_lines(body, lambda line: _fill(line, place, markers)),
        section=chrome.section_of(doc.path),
        layout="doc" if doc.address else "home",
        source=doc.path,
        maths=has_maths(body),
        missing=_missing(view, chrome, doc),
        more=_front_matter(doc),
    )


def _fill(line: str, place: Place, markers: Mapping[str, Marker]) -> str:
    found = _MARKER.fullmatch(line)
    return markers[found[1]](place) if found and found[1] in markers else line


def _missing(view: View, chrome: Chrome, doc: Doc) -> tuple[str, ...]:
    if not doc.address:
        return ()
    return tuple(lang for lang in view.languages if chrome.docs.best(doc.path, (lang,)) is None)


def _front_matter(doc: Doc) -> str:
    kept = {key: value for key, value in doc.meta.items() if key not in _OURS}
    lines = yaml.safe_dump(kept, allow_unicode=True, sort_keys=False) if kept else ""
    return lines if doc.text_lang == doc.lang else f"text_lang: {lang_tag(doc.text_lang)}\n{lines}"


def _default_home(view: View) -> Page:
    place, config = Place(view, ""), view.site.catalog.config
    name, lang = words_in(config.name, view.languages)
    html = (
        f'<div class="pk-page pk-home"><article class="pk-main"><h1 lang="{lang}">{name}</h1>'
        f"{_about(place, config)}<h2>{escape(view.words.topics)}</h2>{topic_tree(place)}</article></div>"
    )
    title = choose(config.name, view.languages)[0]
    return Page(path="", prefix=view.prefix, lang=view.lang, title=title, body=html_block(html), maths=has_maths(html))


def _about(place: Place, config: Config) -> str:
    if config.about is None:
        return ""
    about, lang = place.text(config.about)
    return f'<div class="pk-about md-typeset" lang="{lang}">{about}</div>'
