"""An entry in a list: its title, one quiet line of facts, and the state of its link at the edge."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape

from pinakes.model import Entry, Link
from pinakes.site.hosts import host_name, host_of
from pinakes.site.html import is_web, lang_tag, link
from pinakes.site.view import Place
from pinakes.store.records import facts_of, known_link
from pinakes.text import choose, guess_lang

_SNAPSHOT_TIME = re.compile(r"/web/(\d{4})(\d{2})\d*")


def entry_list(entries: Iterable[Entry], place: Place) -> str:
    """List entries on a page."""
    return f'<ol class="pk-entries">{"".join([entry_item(entry, place) for entry in entries])}</ol>'


def entry_item(entry: Entry, place: Place) -> str:
    """Render one entry as an item of a list, with the attributes that scripts and permalinks go by."""
    key = escape(entry.key)
    known = known_link(entry, place.view.site.records)
    state = known.state if known else "unknown"
    title, lang = (
        (entry.title, entry.lang) if isinstance(entry.title, str) else choose(entry.title, place.view.languages)
    )
    lang = lang or guess_lang(title)
    facts = "".join(_facts(entry, known, lang, place))
    attributes = f' class=pk-t lang="{lang_tag(lang)}"'
    return (
        f'<li id="e-{key}" data-entry="{key}" data-state="{state}">{link(entry.url, escape(title), attributes)}'
        f"<span class=pk-s>{place.view.words.states[state]}</span>"
        f"<div class=pk-f>{facts}</div>{_note(entry, place)}</li>"
    )


def year_of(published: str | int | None) -> str:
    """Give the year of a partial date, or nothing."""
    return str(published or "")[:4]


def _facts(entry: Entry, known: Link | None, lang: str, place: Place) -> Iterator[str]:
    words = place.view.words
    told = facts_of(entry, place.view.site.records)
    if site := told.site or host_name(host_of(entry.url), place.view.lang):
        yield f"<b>{escape(site)}</b>"
    if told.authors:
        yield f"<b>{escape(words.comma.join(told.authors))}</b>"
    if told.published:
        yield f'<b><time datetime="{escape(told.published)}">{escape(year_of(told.published))}</time></b>'
    if entry.kind != "article":
        yield f"<b>{words.kinds[entry.kind]}</b>"
    if lang != place.view.lang:
        yield f"<b>{escape(words.languages.get(lang, lang))}</b>"
    if not is_web(entry.url):
        yield f"<code>{escape(entry.url)}</code>"
    if known:
        yield from _link_facts(entry, known, place)
    for mirror in entry.mirrors:
        host = host_name(host_of(mirror), place.view.lang) or mirror
        yield f"<b>{link(mirror, escape(words.mirror.format(host=host)))}</b>"
    yield from _chips(entry, place)


def _link_facts(entry: Entry, known: Link, place: Place) -> Iterator[str]:
    words = place.view.words
    # Since when a link is alive is no news to readers, unless its curator wrote it down.
    if known.since and (entry.link or known.state in {"suspect", "gone"}):
        yield f"<b>{escape(words.since.format(date=known.since))}</b>"
    if known.archived and is_web(known.archived):
        taken = _SNAPSHOT_TIME.search(known.archived)
        when = f" {taken[1]}-{taken[2]}" if taken else ""
        yield f"<b>{link(known.archived, f'{words.archived}{when} →', ' data-archived')}</b>"


def _chips(entry: Entry, place: Place) -> Iterator[str]:
    papers = place.view.site.catalog.papers
    for key in entry.papers:
        paper = papers.get(key)
        if paper is None:
            yield f"<span class=pk-chip>{escape(key)}</span>"
        else:
            name = escape(paper.names[0] if paper.names else key)
            yield f'<a class=pk-chip href="{place.to(f"papers/{key}/")}">{name}</a>'


def _note(entry: Entry, place: Place) -> str:
    if entry.note is None:
        return ""
    note, lang = place.text(entry.note)
    return f'<div class="pk-note" lang="{lang}">{note}</div>'
