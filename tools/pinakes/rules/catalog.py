"""Rules about the catalogue as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pinakes.findings import Path
from pinakes.model import Catalog, Entry, Paper, Text, Topic, folders_above
from pinakes.rules.registry import Problem, rule
from pinakes.rules.text import is_date
from pinakes.text import fold
from pinakes.urls import identity

_FIGURE = re.compile(r"(?:!\[[^\]]*\]\(\s*<?|<img[^>]*\ssrc=[\"'])([^)\s>\"']+)")
_ARXIV = re.compile(
    r"\d{4}\.\d{4,5}(?:v\d+)?|[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?"
)  # info.arxiv.org/help/arxiv_identifier
_WAYS_OUT = {"title": "if it is the same article, make one a mirror of the other", "id": "give one of them another id"}
_DOI = re.compile(r"10\.\d{4,9}/\S+")  # the form that Crossref advises


@dataclass(frozen=True)
class Survey:
    """What the rules about a whole catalogue look at.

    Attributes:
        catalog: What could be loaded.
        today: The present.
        known_topics: Every topic that has a file, loaded or not.
        known_papers: Every paper that has a file, loaded or not.
        figures: The files in docs/figures, by their path below it.
        flawed: Files with findings of their own, of which something may have been left out.
    """

    catalog: Catalog
    today: date
    known_topics: frozenset[str]
    known_papers: frozenset[str]
    figures: frozenset[str]
    flawed: frozenset[str]

    def topic_file(self, entry: Entry) -> str:
        """The file that an entry stands in."""
        return self.catalog.topics[entry.topic].file


@rule("PK016", "unknown-language", of="catalog", severity="warning")
def unknown_language(survey: Survey) -> Iterator[Problem]:
    """A text in a language that the site does not have.

    Why:
        `{zn: 对比学习}` is a Chinese title that no Chinese reader sees. The site's languages stand in the
        config.

    Bad:
        title: {zn: 自动微分, en: Automatic differentiation}
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        title: {zh: 自动微分, en: Automatic differentiation}
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    languages = survey.catalog.config.languages
    for file, path, text in _texts(survey.catalog):
        for lang in [] if isinstance(text, str) else text:
            if lang not in languages:
                hint = f"the site has {', '.join(languages)}"
                yield Problem(f"`{lang}` is not a language of the site", hint, (*path, lang), key=True, file=file)


@rule("PK040", "duplicate-article", of="catalog")
def duplicate_article(survey: Survey) -> Iterator[Problem]:
    """The same article stands in the catalogue twice.

    Why:
        It is shown twice and checked twice, and the two entries grow apart. Two URLs are the same article if they
        differ only in http or https, `www.`, tracking, the order of parameters or a slash at the end.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
          - title: Autodiff, in 60 lines
            url: http://www.example.org/autodiff/?utm_source=feed

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    seen: dict[str, Entry] = {}
    for entry in survey.catalog.entries():
        first = seen.setdefault(entry.identity, entry)
        if first is not entry:
            yield _twice("the same article", survey, first, entry, "url")
    for entry in survey.catalog.entries():
        for number, mirror in enumerate(entry.mirrors):
            first = seen.setdefault(identity(mirror), entry)
            if first is not entry:
                yield _twice("a mirror that is an entry of its own", survey, first, entry, "mirrors", number)


@rule("PK041", "duplicate-title", of="catalog", severity="warning")
def duplicate_title(survey: Survey) -> Iterator[Problem]:
    """Two entries have the same title.

    Why:
        Often it is the same article at two addresses: the second one belongs to the `mirrors` of the first.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
          - title: Autodiff in Sixty Lines
            url: https://example.net/reposted

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            mirrors: [https://example.net/reposted]
    """
    seen: dict[str, Entry] = {}
    for entry in survey.catalog.entries():
        first = seen.setdefault(entry.title_key, entry)
        if first is not entry and first.identity != entry.identity:
            yield _twice("the same title", survey, first, entry, "title")


@rule("PK042", "duplicate-id", of="catalog")
def duplicate_id(survey: Survey) -> Iterator[Problem]:
    """Two entries have the same id.

    Why:
        An id is an address on the site and the name of a record; it can mean one entry only.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            id: autodiff
          - title: Autodiff, the long story
            url: https://example.org/long
            id: autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            id: autodiff
          - title: Autodiff, the long story
            url: https://example.org/long
    """
    seen: dict[str, Entry] = {}
    for entry in survey.catalog.entries():
        first = seen.setdefault(entry.key, entry)
        if first is not entry and first.identity != entry.identity:
            yield _twice(f"the same id `{entry.key}`", survey, first, entry, "id")


@rule("PK043", "unknown-paper", of="catalog")
def unknown_paper(survey: Survey) -> Iterator[Problem]:
    """A paper that has no file in catalog/papers.

    Why:
        The entry is not shown beside the paper that it explains.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            papers: [baydin2015]

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for entry in survey.catalog.entries():
        for number, key in enumerate(entry.papers):
            if key not in survey.known_papers:
                place = ("entries", entry.index, "papers", number)
                yield _unknown("paper", key, survey.known_papers, "catalog/papers", place, survey.topic_file(entry))
    for paper in survey.catalog.papers.values():
        for number, key in enumerate(paper.follows):
            if key not in survey.known_papers:
                yield _unknown("paper", key, survey.known_papers, "catalog/papers", ("follows", number), paper.file)


@rule("PK044", "unknown-topic", of="catalog")
def unknown_topic(survey: Survey) -> Iterator[Problem]:
    """A topic that has no file in catalog/topics.

    Why:
        `requires` leads a reader to what should be read before; here it leads nowhere.

    Bad:
        title: Autodiff
        requires: [calculus]
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for topic in survey.catalog.topics.values():
        for number, path in enumerate(topic.requires):
            if path not in survey.known_topics:
                yield _unknown("topic", path, survey.known_topics, "catalog/topics", ("requires", number), topic.file)


@rule("PK045", "unknown-term", of="catalog", severity="warning")
def unknown_term(survey: Survey) -> Iterator[Problem]:
    """A tag that is not in the catalogue's vocabulary.

    Why:
        A catalogue with a catalog/terms.yml finds `contrastive learning`, 对比学习 and CL as one; a tag that is none of
        its words is found by its own spelling only. Without that file tags are free.

    Bad:
        # catalog/terms.yml
        - {zh: 自动微分, en: automatic differentiation, abbr: [AD]}
        # catalog/topics/autodiff.yml
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            tags: [automatic diferentiation]

    Good:
        # catalog/terms.yml
        - {zh: 自动微分, en: automatic differentiation, abbr: [AD]}
        # catalog/topics/autodiff.yml
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            tags: [automatic differentiation]
    """
    words = {fold(word) for term in survey.catalog.terms for word in (term.zh, term.en, *term.abbr, *term.also)}
    for entry in survey.catalog.entries() if words else ():
        for number, tag in enumerate(entry.tags):
            if fold(tag) not in words:
                place = ("entries", entry.index, "tags", number)
                yield _unknown("term", tag, frozenset(words), "catalog/terms.yml", place, survey.topic_file(entry))


@rule("PK046", "cycle", of="catalog")
def cycle(survey: Survey) -> Iterator[Problem]:
    """Papers that follow, or topics that require, each other in a circle.

    Why:
        A paper cannot build on one that builds on it, and there is no order in which to read such topics.

    Bad:
        # catalog/topics/autodiff.yml
        title: Autodiff
        requires: [gradients]
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
        # catalog/topics/gradients.yml
        title: Gradients
        requires: [autodiff]
        entries:
          - title: What a gradient is
            url: https://example.org/gradient

    Good:
        # catalog/topics/autodiff.yml
        title: Autodiff
        requires: [gradients]
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
        # catalog/topics/gradients.yml
        title: Gradients
        entries:
          - title: What a gradient is
            url: https://example.org/gradient
    """
    papers = {key: paper.follows for key, paper in survey.catalog.papers.items()}
    topics = {path: topic.requires for path, topic in survey.catalog.topics.items()}
    for circle in _circles(papers):
        file = survey.catalog.papers[circle[0]].file
        yield Problem(f"papers that follow each other: {' → '.join(circle)}", path=("follows",), file=file)
    for circle in _circles(topics):
        file = survey.catalog.topics[circle[0]].file
        yield Problem(f"topics that require each other: {' → '.join(circle)}", path=("requires",), file=file)


@rule("PK047", "missing-figure", of="catalog")
def missing_figure(survey: Survey) -> Iterator[Problem]:
    """A text shows a figure that does not exist.

    Why:
        Readers see a broken picture. Figures lie in docs/figures/ and are named `figures/name.svg`.

    Bad:
        title: Autodiff
        about: "![The tape](figures/tape.svg)"
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        about: The tape remembers each operation.
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for file, path, text in _texts(survey.catalog):
        for lang, words in [("", text)] if isinstance(text, str) else text.items():
            for target in _FIGURE.findall(words) if "](" in words or "<img" in words else ():
                if "://" not in target and target.removeprefix("figures/") not in survey.figures:
                    place = (*path, lang) if lang else path
                    hint = "figures lie in docs/figures/"
                    yield Problem(f"there is no figure `{target}`", hint, place, file=file, part=target)


@rule("PK048", "empty-topic", of="catalog", severity="warning")
def empty_topic(survey: Survey) -> Iterator[Problem]:
    """A topic with no entries and no topics below it.

    Why:
        Its page has nothing to offer.

    Bad:
        title: Autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    parents = {folder for path in survey.known_topics for folder in folders_above(path)}
    for path, topic in survey.catalog.topics.items():
        if not topic.entries and path not in parents and topic.file not in survey.flawed:
            yield Problem(
                "a topic with no entries and no topics below it", "add an entry, or remove the file", file=topic.file
            )


@rule("PK049", "missing-parent", of="catalog", severity="warning")
def missing_parent(survey: Survey) -> Iterator[Problem]:
    """A folder of topics without the topic that they belong to.

    Why:
        `x/y.yml` is a topic below `x.yml`. Without it the folder has no title, and `y` stands one level higher.

    Bad:
        # catalog/topics/calculus/autodiff.yml
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        # catalog/topics/calculus.yml
        title: Calculus
        # catalog/topics/calculus/autodiff.yml
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    told: set[str] = set()
    for topic in survey.catalog.topics.values():
        folder = topic.path.rpartition("/")[0]
        if folder and folder not in survey.known_topics and folder not in told:
            told.add(folder)
            yield Problem(
                f"there is no topic `{folder}` above this one", f"make catalog/topics/{folder}.yml", file=topic.file
            )


@rule("PK052", "future-date", of="catalog")
def future_date(survey: Survey) -> Iterator[Problem]:
    """A date that lies in the future.

    Why:
        Nothing was published tomorrow; most often day and month, or two digits of the year, are swapped.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            published: 2202-04-09

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            published: 2020-04-09
    """
    today = survey.today.isoformat()
    for entry in survey.catalog.entries():
        since = entry.link.since if entry.link else None
        for value, path in ((entry.published, ("published",)), (since, ("link", "since"))):
            # Texts are compared first: nearly all dates lie in the past, whatever their form is.
            if value and str(value) > today[: len(str(value))] and is_date(str(value)):
                place = ("entries", entry.index, *path)
                yield Problem(f"{value} lies in the future", f"today is {today}", place, file=survey.topic_file(entry))
    for paper in survey.catalog.papers.values():
        if not 1500 < paper.year <= survey.today.year:
            yield Problem(f"the year {paper.year} cannot be meant", f"today is {today}", ("year",), file=paper.file)


@rule("PK053", "malformed-identifier", of="catalog")
def malformed_identifier(survey: Survey) -> Iterator[Problem]:
    """An arXiv identifier or DOI that cannot be one.

    Why:
        Links, citations and look-ups are made of it. An arXiv identifier stands in quotes, or YAML takes it for a
        number and `2002.10010` loses its last zero.

    Bad:
        # catalog/papers/autodiff.yml
        title: Automatic differentiation in machine learning, a survey
        authors: [Atılım Güneş Baydin]
        year: 2015
        arxiv: arXiv:1502.05767

    Good:
        # catalog/papers/autodiff.yml
        title: Automatic differentiation in machine learning, a survey
        authors: [Atılım Güneş Baydin]
        year: 2015
        arxiv: "1502.05767"
    """
    for paper in survey.catalog.papers.values():
        if paper.arxiv and not _ARXIV.fullmatch(paper.arxiv):
            hint = 'write the bare identifier in quotes: "2002.05709"'
            yield Problem(f"`{paper.arxiv}` is not an arXiv identifier", hint, ("arxiv",), file=paper.file)
        if paper.doi and not _DOI.fullmatch(paper.doi):
            yield Problem(f"`{paper.doi}` is not a DOI", "it begins with 10.", ("doi",), file=paper.file)


def _texts(catalog: Catalog) -> Iterator[tuple[str, Path, Text]]:
    """Walk over all texts for readers, each with its file and path."""
    yield from _present("catalog/config.yml", ("name",), catalog.config.name)
    yield from _present("catalog/config.yml", ("about",), catalog.config.about)
    for topic in catalog.topics.values():
        yield from _texts_of_topic(topic)
    for paper in catalog.papers.values():
        yield from _texts_of_paper(paper)


def _texts_of_topic(topic: Topic) -> Iterator[tuple[str, Path, Text]]:
    yield topic.file, ("title",), topic.title
    yield from _present(topic.file, ("about",), topic.about)
    for entry in topic.entries:
        if entry.note is not None or not isinstance(entry.title, str):
            yield topic.file, ("entries", entry.index, "title"), entry.title
            yield from _present(topic.file, ("entries", entry.index, "note"), entry.note)


def _texts_of_paper(paper: Paper) -> Iterator[tuple[str, Path, Text]]:
    yield paper.file, ("title",), paper.title
    yield from _present(paper.file, ("about",), paper.about)


def _present(file: str, path: Path, text: Text | None) -> Iterator[tuple[str, Path, Text]]:
    if text is not None:
        yield file, path, text


def _twice(what: str, survey: Survey, first: Entry, second: Entry, *path: str | int) -> Problem:
    place = f"{survey.topic_file(first)}:{first.line}"
    hint = _WAYS_OUT.get(str(path[0]), "keep one of them")
    return Problem(f"{what} stands at {place}", hint, ("entries", second.index, *path), file=survey.topic_file(second))


def _unknown(what: str, name: str, known: frozenset[str], where: str, path: Path, file: str) -> Problem:
    close = get_close_matches(name, sorted(known), 1, 0.6)
    hint = f"did you mean `{close[0]}`?" if close else f"there is none of that name in {where}"
    return Problem(f"unknown {what} `{name}`", hint, path, file=file)


def _circles(graph: Mapping[str, tuple[str, ...]]) -> Iterator[list[str]]:
    """Find the circles of a graph by depth-first search, each once, from its first node on: `a, b, a`."""
    done: set[str] = set()
    for start in graph:
        way: list[str] = []
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            node, is_left = stack.pop()
            if is_left:
                done.add(way.pop())
            elif node in way:
                yield [*way[way.index(node) :], node]
            elif node in graph and node not in done:
                way.append(node)
                stack += [(node, True), *((after, False) for after in reversed(graph[node]))]
