"""A topic's page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pinakes.model import Topic
from pinakes.site.entries import entry_list
from pinakes.site.frame import framed
from pinakes.site.html import items
from pinakes.site.page import Page
from pinakes.site.tree import other_title, topic_row, topic_tree
from pinakes.site.view import Place, View
from pinakes.text import choose

NEIGHBOURS = 12
"""How many topics beside this one the local navigation lists; a link to all of them stands for the rest."""

LONG_ABOUT = 2000
"""Characters of HTML from which on an introduction fills a screen, so that the page offers a way past it."""


def topic_pages(view: View) -> Iterator[Page]:
    """Make the page of every topic and the one that lists them all."""
    yield _index_page(view)
    for topic in view.site.catalog.topics.values():
        yield topic_page(view, topic)


def topic_page(view: View, topic: Topic) -> Page:
    """Make a topic's page."""
    place = Place(view, f"topics/{topic.path}/")
    return framed(
        place,
        choose(topic.title, view.languages)[0],
        _article(place, topic),
        breadcrumb=breadcrumb(place, topic),
        aside=_aside(place, topic),
        of=("topic", topic.path),
    )


def breadcrumb(place: Place, topic: Topic) -> str:
    """The way down from the list of all topics."""
    words = place.view.words
    above = [f'<a href="{place.to("topics/")}">{words.topics}</a>']
    path = place.view.site.parent(topic.path)
    while path:
        above.insert(1, place.topic_link(path))
        path = place.view.site.parent(path)
    return f'<nav class="pk-crumbs" aria-label="{words.path}">{"<i>/</i>".join(above)}</nav>'


def _article(place: Place, topic: Topic) -> Iterator[str]:
    title, lang = place.view.titles[topic.path]
    yield f'<h1><span lang="{lang}">{title}</span>{other_title(place, topic)}</h1>'
    if topic.about is not None:
        about, lang = place.text(topic.about)
        if len(about) > LONG_ABOUT:
            yield _jumps(place, topic)
        yield f'<div class="pk-about md-typeset" lang="{lang}">{about}</div>'
    below = place.view.site.children.get(topic.path, ())
    words = place.view.words
    if below:
        yield f'<h2 id="topics">{words.sub_topics} <span>{len(below)}</span></h2>'
        yield f'<ul class="pk-tree">{"".join(f"<li>{topic_row(place, child)}</li>" for child in below)}</ul>'
    if topic.entries:
        yield f'<h2 id="entries">{words.entries} <span>{len(topic.entries)}</span></h2>'
        yield _entries(place, topic)
    yield _turn_page(place, topic)


def _jumps(place: Place, topic: Topic) -> str:
    """Ways past a long introduction, for those who come for the links."""
    words, below = place.view.words, place.view.site.children.get(topic.path, ())
    counted = (("topics", words.sub_topics, len(below)), ("entries", words.entries, len(topic.entries)))
    jumps = "".join(f'<b><a href="#{anchor}">{name} {count}</a></b>' for anchor, name, count in counted if count)
    return f'<p class="pk-facts">{jumps}</p>' if jumps else ""


def _entries(place: Place, topic: Topic) -> str:
    site, lang = place.view.site, place.view.lang
    records = tuple(site.records.get(entry.key) for entry in topic.entries)
    known = site.memory.recall(lang, topic, records)
    return known or site.memory.keep(lang, topic, records, entry_list(topic.entries, place))


def _turn_page(place: Place, topic: Topic) -> str:
    words, order = place.view.words, place.view.site.order
    here = place.view.site.places[topic.path]
    links = ""
    if here > 0:
        links += f"<div><span>{words.previous}</span>{place.topic_link(order[here - 1], ' rel=prev')}</div>"
    if here + 1 < len(order):
        links += f"<div><span>{words.next}</span>{place.topic_link(order[here + 1], ' rel=next')}</div>"
    return f'<nav class="pk-turn" aria-label="{words.previous} / {words.next}">{links}</nav>' if links else ""


def _aside(place: Place, topic: Topic) -> Iterator[str]:
    site, words = place.view.site, place.view.words
    yield _siblings(place, topic)
    if required := [path for path in topic.requires if path in site.catalog.topics]:
        yield _links(place, words.requires, required)
    if dependants := site.required_by.get(topic.path):
        yield _links(place, words.read_on, dependants[:NEIGHBOURS])


def _links(place: Place, heading: str, paths: Iterable[str]) -> str:
    return f"<section><h2>{heading}</h2><ul>{items(place.topic_link(path) for path in paths)}</ul></section>"


def _siblings(place: Place, topic: Topic) -> str:
    """The topics beside this one: those of its parent, around it if they are many."""
    site, words = place.view.site, place.view.words
    parent = site.parent(topic.path)
    beside = site.children[parent]
    start = max(0, min(site.ranks[topic.path] - NEIGHBOURS // 2, len(beside) - NEIGHBOURS))
    rows = [_aside_row(place, sibling, current=sibling is topic) for sibling in beside[start : start + NEIGHBOURS]]
    if parent:
        heading = f'<span lang="{place.view.titles[parent][1]}">{place.view.titles[parent][0]}</span>'
        rows.insert(
            0, _counted(f'<a href="{place.to(f"topics/{parent}/")}">{words.overview}</a>', _count(place, parent))
        )
    else:
        heading = words.topics
    if len(beside) > NEIGHBOURS:
        above = f"topics/{parent}/" if parent else "topics/"
        rows.append(f'<li><a href="{place.to(above)}">{words.all_of.format(count=len(beside))}</a></li>')
    return f"<nav aria-labelledby=pk-beside><h2 id=pk-beside>{heading}</h2><ul>{''.join(rows)}</ul></nav>"


def _aside_row(place: Place, topic: Topic, *, current: bool) -> str:
    return _counted(place.topic_link(topic.path, " aria-current=page" if current else ""), _count(place, topic.path))


def _counted(link: str, count: int) -> str:
    return f"<li>{link} <span>{count}</span></li>"


def _count(place: Place, path: str) -> int:
    return place.view.site.catalog.entry_counts[path]


def _index_page(view: View) -> Page:
    place, words = Place(view, "topics/"), view.words
    heading = f"<h1>{words.topics} <span>{len(view.site.catalog.topics)}</span></h1>"
    return framed(place, words.topics, (heading, topic_tree(place)))
