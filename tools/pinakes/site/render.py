"""From a catalogue to `build/docs` and `build/theme`, which MkDocs and Zensical make the site of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from pinakes import reference
from pinakes.model import Catalog, Text
from pinakes.project import Project
from pinakes.site.assets import THEME, static_files, versioned
from pinakes.site.chrome import DATA_FILE, Chrome, data_template
from pinakes.site.doc_maths import doc_formulas
from pinakes.site.docs import Docs, read_docs
from pinakes.site.figures import figure_size
from pinakes.site.home import Marker, doc_pages, in_english, topics_marker
from pinakes.site.maths import Typeset, typeset
from pinakes.site.memory import Memory
from pinakes.site.nav import read_nav
from pinakes.site.output import Content, write_tree
from pinakes.site.page import Page
from pinakes.site.papers import paper_pages
from pinakes.site.texts import Formula, formulas_in
from pinakes.site.topics import topic_pages
from pinakes.site.view import Site, View
from pinakes.store.records import read_records

MARKERS: dict[str, Marker] = {
    "topics": topics_marker,
    "rules": lambda _: in_english(reference.rules()),
    "commands": lambda _: in_english(reference.commands()),
}
"""What `<!-- pinakes: NAME -->` on a line of its own in a hand-written page stands for."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """What a rendering changed, by path below `build/`.

    Attributes:
        written: New files and files whose bytes changed.
        removed: Files that nothing makes any more.
        total: How many files there are.
        problems: What could not be shown as it is meant, in sentences.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    total: int
    problems: tuple[str, ...] = ()


def render(project: Project, catalog: Catalog, memory: Memory | None = None) -> Rendered:
    """Write the files that the builders read, and only those that changed.

    Args:
        project: Where to write: `build/docs` and `build/theme`.
        catalog: What to render.
        memory: What a process that renders again and again keeps between two renderings.

    Raises:
        PinakesError: A hand-written page or the records cannot be read, or a formula needs assets that are not there.
    """
    languages = catalog.config.languages
    records = read_records(project)
    docs = read_docs(project.docs, languages, root=project.root)
    formulas = typeset(_formulas(catalog, docs), project.state / "maths.json")
    figures = {path: figure_size(file) for path, file in docs.files.items() if path.startswith("figures/")}
    memory = memory or Memory()
    memory.begin((catalog.papers, languages, formulas.html, figures, frozenset(catalog.topics)))
    site = Site(catalog, formulas.html, figures, memory, records)
    chrome = Chrome(site, docs, read_nav(project.root / "mkdocs.yml", docs))
    files = chain(_docs_files(chrome, with_maths=bool(formulas.html)), _theme_files(chrome))
    done = write_tree(project.build, files, folders=("docs", "theme"))
    return Rendered(done.written, done.removed, done.total, tuple(_problems(formulas)))


def pages(chrome: Chrome) -> Iterator[Page]:
    """Make every page of the site, in every language; hand-written ones last, so that they win over others."""
    for lang in chrome.site.catalog.config.languages:
        view = View(chrome.site, lang)
        yield from topic_pages(view)
        yield from paper_pages(view)
        yield from doc_pages(view, chrome, MARKERS)


def _docs_files(chrome: Chrome, *, with_maths: bool) -> Iterator[tuple[str, Content]]:
    for path, file in static_files(with_maths=with_maths):
        yield f"docs/{path}", file
    for page in pages(chrome):
        yield f"docs/{page.file}", page.text()
    for path, file in chrome.docs.files.items():
        yield f"docs/{path}", file


def _theme_files(chrome: Chrome) -> Iterator[tuple[str, Content]]:
    for file in sorted(THEME.rglob("*.html")):
        yield f"theme/{file.relative_to(THEME).as_posix()}", file
    addresses = {"css": versioned("pinakes.css"), "js": versioned("pinakes.js"), "katex": versioned("katex/katex.css")}
    yield f"theme/{DATA_FILE}", data_template(chrome, addresses)


def _formulas(catalog: Catalog, docs: Docs) -> Iterator[Formula]:
    for doc in docs.pages.values():
        yield from doc_formulas(doc.body)
    for text in _texts(catalog):
        for words in [text] if isinstance(text, str) else text.values():
            yield from formulas_in(words)


def _texts(catalog: Catalog) -> Iterator[Text]:
    found: chain[Text | None] = chain(
        (catalog.config.about,),
        (topic.about for topic in catalog.topics.values()),
        (entry.note for entry in catalog.entries()),
        (paper.about for paper in catalog.papers.values()),
    )
    return (text for text in found if text is not None)


def _problems(formulas: Typeset) -> Iterator[str]:
    for formula, why in formulas.refused.items():
        yield f"KaTeX does not understand the formula `{formula.tex}`, so its source is shown: {why}"
