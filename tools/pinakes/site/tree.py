"""The topic tree with counts, as a library's table of contents."""

from __future__ import annotations

from pinakes.model import Topic
from pinakes.site.html import words_in
from pinakes.site.view import Place


def topic_tree(place: Place, under: str = "") -> str:
    """List the topics below one (all, if `under` is empty), each with what lies below it in turn."""
    return f'<ul class="pk-tree">{_branches(place, under)}</ul>'


def topic_row(place: Place, topic: Topic) -> str:
    """One line: the title, its other name, and how many entries the topic and those below it have."""
    count = place.view.site.catalog.entry_counts[topic.path]
    return f'<div class="pk-row">{place.topic_link(topic.path)}{other_title(place, topic)}<span>{count}</span></div>'


def other_title(place: Place, topic: Topic) -> str:
    """The topic's title in the site's next language, small; nothing if it has no other."""
    shown = place.view.titles[topic.path]
    other = words_in(topic.title, (*place.view.languages[1:], place.view.lang))
    return "" if other == shown else f'<small lang="{other[1]}">{other[0]}</small>'


def _branches(place: Place, path: str) -> str:
    return "".join(
        f"<li>{topic_row(place, topic)}{_below(place, topic.path)}</li>"
        for topic in place.view.site.children.get(path, ())
    )


def _below(place: Place, path: str) -> str:
    branches = _branches(place, path)
    return f"<ul>{branches}</ul>" if branches else ""
