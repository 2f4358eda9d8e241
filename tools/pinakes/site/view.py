"""The catalogue as a site: which pages there are, in which language, and how they lead to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote, unquote

from pinakes.model import Catalog, Entry, Text, Topic
from pinakes.site.figures import Size
from pinakes.site.html import lang_tag, words_in
from pinakes.site.memory import Memory
from pinakes.site.texts import Formulas, Target, to_html
from pinakes.site.words import Words, words_for
from pinakes.store.records import Record
from pinakes.text import choose


@dataclass(frozen=True)
class Site:
    """All that pages are made of.

    Attributes:
        catalog: What people wrote.
        formulas: The HTML of every formula in the catalogue's texts.
        figures: The files in `docs/`, by their path below it, that texts may show, and how large they are.
        memory: What the last rendering left.
        records: What the tools concluded, by the entries' ids.
    """

    catalog: Catalog
    formulas: Formulas = field(default_factory=dict)
    figures: Mapping[str, Size | None] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)
    records: Mapping[str, Record] = field(default_factory=dict)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The topics' paths in reading order: each before those below it."""
        found: list[str] = []
        waiting = [topic.path for topic in reversed(self.children.get("", ()))]
        while waiting:
            path = waiting.pop()
            found.append(path)
            waiting += [topic.path for topic in reversed(self.children.get(path, ()))]
        return tuple(found)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each topic stands in the reading order."""
        return {path: place for place, path in enumerate(self.order)}

    @cached_property
    def children(self) -> Mapping[str, tuple[Topic, ...]]:
        """The topics below each topic, and at the top below `""`; a folder without a topic file is passed over."""
        below: dict[str, list[Topic]] = {}
        for topic in self.catalog.topics.values():
            below.setdefault(self.parent(topic.path), []).append(topic)
        return {path: tuple(topics) for path, topics in below.items()}

    @cached_property
    def ranks(self) -> Mapping[str, int]:
        """Where each topic stands among those of the same parent."""
        return {topic.path: rank for beside in self.children.values() for rank, topic in enumerate(beside)}

    def parent(self, path: str) -> str:
        """Give the nearest topic above one; empty at the top."""
        while path:
            path = path.rpartition("/")[0]
            if path in self.catalog.topics:
                return path
        return ""

    @cached_property
    def required_by(self) -> Mapping[str, tuple[str, ...]]:
        """The topics that ask for each topic to be read before them."""
        asked: dict[str, list[str]] = {}
        for path in self.order:
            for needed in self.catalog.topics[path].requires:
                asked.setdefault(needed, []).append(path)
        return {path: tuple(askers) for path, askers in asked.items()}

    @cached_property
    def explanations(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries that explain each paper, in reading order."""
        found: dict[str, list[Entry]] = {}
        for path in self.order:
            for entry in self.catalog.topics[path].entries:
                for key in entry.papers:
                    found.setdefault(key, []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}


@dataclass(frozen=True)
class View:
    """A site as the readers of one language see it.

    Attributes:
        site: The site.
        lang: Their language.
    """

    site: Site
    lang: str

    @cached_property
    def words(self) -> Words:
        """The interface's words."""
        return words_for(self.lang)

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The site's languages, this one first: the order in which a text's translations are tried."""
        return (self.lang, *(lang for lang in self.site.catalog.config.languages if lang != self.lang))

    @cached_property
    def prefix(self) -> str:
        """The folder of this language's pages: empty for the first language, else `en/`."""
        return "" if self.lang == self.site.catalog.config.languages[0] else f"{self.lang}/"

    @cached_property
    def titles(self) -> Mapping[str, tuple[str, str]]:
        """Every topic's title and its language, ready for HTML."""
        return {path: words_in(topic.title, self.languages) for path, topic in self.site.catalog.topics.items()}


@dataclass(frozen=True)
class Place:
    """Where a page stands, and so how it links to others: always relatively, so that the site works from any folder.

    Attributes:
        view: The site in the page's language.
        path: The page's address below the language's folder: `topics/autodiff/`; empty for the home page.
    """

    view: View
    path: str

    @cached_property
    def root(self) -> str:
        """The way up to the language's home page: `../../`."""
        return "../" * self.path.count("/")

    @cached_property
    def site_root(self) -> str:
        """The way up to where pictures and styles lie."""
        return self.root + "../" * self.view.prefix.count("/")

    def to(self, path: str) -> str:
        """The way to another page of the same language, as an address."""
        return (self.root + quote(path)) or "./"

    def topic_link(self, path: str, attributes: str = "") -> str:
        """A link to a topic, with its title in its language."""
        title, lang = self.view.titles[path]
        return f'<a href="{self.to(f"topics/{path}/")}" lang="{lang}"{attributes}>{title}</a>'

    def text(self, text: Text) -> tuple[str, str]:
        """Render a text, and say in which language it is (as a tag for HTML)."""
        words, lang = choose(text, self.view.languages)
        return to_html(words, formulas=self.view.site.formulas, resolve=self._resolve), lang_tag(lang)

    def _resolve(self, address: str) -> Target | None:
        path = unquote(address).removeprefix("./").lstrip("/")
        catalog, figures = self.view.site.catalog, self.view.site.figures
        for figure in (path, f"figures/{path}"):
            if figure in figures:
                return Target(self.site_root + quote(figure), figures[figure])
        page = path.rstrip("/")
        if page.removeprefix("topics/") in catalog.topics and page.startswith("topics/"):
            return Target(self.to(f"{page}/"))
        if page.removeprefix("papers/") in catalog.papers and page.startswith("papers/"):
            return Target(self.to(f"{page}/"))
        return None
