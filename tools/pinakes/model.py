"""What a catalogue is made of: immutable, and free of any I/O.

The fields that curators write are the fields of these classes. `store` checks a file's data against them (pydantic
reads the annotations), `pinakes schema` writes them as JSON Schema, and the text below a field is what an editor
shows while typing. Fields that are not written but derived (`init=False`) are set by `store` when it loads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args

Kind = Literal["article", "question", "paper", "survey", "slides", "video", "course", "code", "book"]
LinkState = Literal["alive", "moved", "suspect", "gone", "unknown"]
KINDS: tuple[Kind, ...] = get_args(Kind)
LINK_STATES: tuple[LinkState, ...] = get_args(LinkState)


class _Must:
    """What pydantic is to ask of a value, in the words of its core schema; costs no import of pydantic here.

    `strict` numbers are numbers only: to pydantic `true` is 1 otherwise.
    """

    def __init__(self, **conditions: Any) -> None:
        self.conditions = conditions

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        return handler(source) | self.conditions


Filled = Annotated[str, _Must(min_length=1)]
Text = Filled | Annotated[Mapping[str, Filled], _Must(min_length=1)]
"""A text for readers: plain, or one for each language: `{zh: 对比学习, en: Contrastive learning}`."""
WholeNumber = Annotated[int, _Must(strict=True)]
PartialDate = Filled | WholeNumber
"""A year, a year and month, or a date: `2020`, `2020-04`, `2020-04-09`."""

Seconds = Annotated[float, _Must(strict=True, ge=0)]
Count = Annotated[int, _Must(strict=True, ge=1)]

_FORM: Mapping[str, Any] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What a curator knows about an entry's link; it overrides what the tools concluded."""

    __pydantic_config__: ClassVar = _FORM

    state: LinkState
    """alive, moved, suspect, gone or unknown."""
    since: PartialDate | None = None
    """Since when it has been so."""
    archived: Filled | None = None
    """Address of a snapshot of the article."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One article that a topic lists."""

    __pydantic_config__: ClassVar = _FORM

    title: Text
    """The article's title, as its author wrote it."""
    url: Filled
    """Where the article is."""
    papers: tuple[Filled, ...] = ()
    """The papers that it explains: names of files in catalog/papers."""
    kind: Kind = "article"
    """What it is; an article unless said otherwise."""
    lang: Filled | None = None
    """Its language (`zh`, `en`, …); guessed from the title if not given."""
    authors: tuple[Filled, ...] = ()
    """Who wrote it, in the order and form of the article itself."""
    site: Filled | None = None
    """The account, column or journal that it appeared in."""
    published: PartialDate | None = None
    """When it appeared: `2020`, `2020-04` or `2020-04-09`."""
    tags: tuple[Filled, ...] = ()
    """Free keywords."""
    note: Text | None = None
    """The curator's own word on it (Markdown)."""
    mirrors: tuple[Filled, ...] = ()
    """The same piece elsewhere, or its translation."""
    link: Link | None = None
    """What the curator knows about the link; it overrides the record."""
    id: Filled | None = None
    """Its permanent id; derived from the URL unless written here (tools write it down before they change the URL)."""

    topic: str = field(default="", init=False)
    index: int = field(default=0, init=False)
    line: int = field(default=1, init=False)
    identity: str = field(default="", init=False)
    title_key: str = field(default="", init=False)

    @property
    def key(self) -> str:
        """The id that pages and records know it by: `id`, which `store` fills in when the file has none."""
        assert self.id is not None, "an entry gets its id when it is loaded"
        return self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic file: a title, a text about it, and its entries."""

    __pydantic_config__: ClassVar = _FORM

    title: Text
    """The topic's name."""
    about: Text | None = None
    """What a reader should know first: Markdown, with formulas between `$`."""
    entries: tuple[Entry, ...] = ()
    """The articles, in the order in which they should be read."""
    requires: tuple[Filled, ...] = ()
    """Topics to read before this one, by their path below catalog/topics."""

    path: str = field(default="", init=False)
    file: str = field(default="", init=False)

    @property
    def parent(self) -> str:
        """The path of the topic above this one; empty at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper or method that entries explain."""

    __pydantic_config__: ClassVar = _FORM

    title: Text
    """The paper's title."""
    authors: Annotated[tuple[Filled, ...], _Must(min_length=1)]
    """Its authors, in the paper's order."""
    year: WholeNumber
    """The year in which it first appeared."""
    venue: Filled | None = None
    """The conference or journal."""
    arxiv: Filled | None = None
    """Its arXiv identifier, in quotes: `"2002.05709"`."""
    doi: Filled | None = None
    """Its DOI, without the resolver's address."""
    url: Filled | None = None
    """Where to read it, if neither arXiv nor the DOI leads there."""
    names: tuple[Filled, ...] = ()
    """Names by which texts call it: `[SimCLR]`."""
    code: tuple[Filled, ...] | Filled = ()
    """Addresses of its code."""
    follows: tuple[Filled, ...] = ()
    """Papers that it builds on: names of files in catalog/papers."""
    about: Text | None = None
    """What it contributes, in a sentence or two (Markdown)."""

    key: str = field(default="", init=False)
    file: str = field(default="", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of the field in two languages."""

    __pydantic_config__: ClassVar = _FORM

    zh: Filled
    """The Chinese term."""
    en: Filled
    """The English term."""
    abbr: tuple[Filled, ...] = ()
    """Abbreviations: `[CL]`."""
    also: tuple[Filled, ...] = ()
    """Other names, in any language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostPolicy:
    """How gently one host is asked."""

    __pydantic_config__: ClassVar = _FORM

    concurrency: Count = 4
    """Requests at once."""
    interval: Seconds = 0.5
    """Seconds between two starts; 0 lifts the limit."""
    burst: Count = 1
    """Starts that may follow at once upon each other where earlier ones came late; the rate in the long run stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """How long a request may take, in seconds."""

    __pydantic_config__: ClassVar = _FORM

    connect: Seconds = 10
    """Until the connection stands."""
    read: Seconds = 20
    """Between two pieces of an answer."""
    total: Seconds = 60
    """Altogether."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchPolicy:
    """How pages are fetched."""

    __pydantic_config__: ClassVar = _FORM

    concurrency: Count = 200
    """Requests in flight, all hosts together."""
    per_host: HostPolicy = HostPolicy()
    """The limits of a host that `hosts` does not name."""
    hosts: Mapping[str, HostPolicy] = field(default_factory=dict)
    """Limits of single hosts."""
    timeout: Timeouts = Timeouts()
    """How long a request may take."""
    max_body: Count = 5_000_000
    """Bytes of one page, after decompression, that are read at most."""
    retries: Annotated[int, _Must(strict=True, ge=0)] = 2
    """How often a request that failed for a passing reason is made again in the same run."""
    max_wait: Seconds = 120
    """The longest wait that a host may ask for (`Retry-After`) and get; beyond it its links wait for another run."""
    pause_after: Count = 10
    """After so many failures in a row a host is left alone for a while, and then for the rest of the run."""
    allow: tuple[Filled, ...] = ()
    """Private hosts or networks that may be asked all the same: test servers, an intranet."""
    robots: bool = False
    """Whether the hosts' robots.txt are respected: what they forbid programs to fetch is then not asked for."""
    headers: Mapping[str, Mapping[str, Filled]] = field(default_factory=dict)
    """Headers for single hosts, each with the name of the environment variable that holds its value."""
    second_way: Filled | None = None
    """A proxy: a link about to be judged gone is looked at from there too."""

    def limits_of(self, host: str) -> HostPolicy:
        """Give a host's limits: those of its name and port, else those of its name, else those of all hosts."""
        return self.hosts.get(host) or self.hosts.get(host.partition(":")[0]) or self.per_host

    contact: Filled | None = None
    """An address for the hosts' owners; goes into the User-Agent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How many negative observations, over how many days, make a verdict final."""

    __pydantic_config__: ClassVar = _FORM

    observations: Count
    """Observations without a good one between them."""
    days: Annotated[float, _Must(strict=True, ge=0)]
    """Days between the first and the last of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPolicy:
    """When a link is judged gone."""

    __pydantic_config__: ClassVar = _FORM

    gone_after: Patience = Patience(observations=2, days=1)
    """For answers that say that the article is gone."""
    unreachable_after: Patience = Patience(observations=3, days=7)
    """For hosts that fail or cannot be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchivePolicy:
    """How the Wayback Machine is asked for snapshots; its limits are told in `links/wayback.py`."""

    __pydantic_config__: ClassVar = _FORM

    availability: Filled = "https://archive.org/wayback/available"
    """Where the closest snapshot is looked up."""
    cdx: Filled = "https://web.archive.org/cdx/search/cdx"
    """Where the index of all snapshots is searched."""
    save: Filled = "https://web.archive.org/save"
    """Where a new snapshot is asked for."""
    interval: Seconds | None = None
    """Seconds between two new snapshots; if not given, 10 with keys and 20 without."""
    lookup_interval: Seconds = 2.5
    """Seconds between two look-ups; 0 lifts the limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """catalog/config.yml: the catalogue's name, languages and policies; every key is optional."""

    __pydantic_config__: ClassVar = _FORM

    name: Text = "Pinakes"
    """The catalogue's name."""
    about: Text | None = None
    """What the catalogue is, in a sentence or two (Markdown); stands on the home page."""
    languages: Annotated[tuple[Filled, ...], _Must(min_length=1)] = ("zh", "en")
    """The site's languages; the first is the one at the root of the site."""
    fetch: FetchPolicy = FetchPolicy()
    """How pages are fetched."""
    links: LinkPolicy = LinkPolicy()
    """When a link is judged gone."""
    archive: ArchivePolicy = ArchivePolicy()
    """How the Wayback Machine is asked for snapshots."""


@dataclass(frozen=True)
class Catalog:
    """All that people wrote, as one value.

    Attributes:
        config: `catalog/config.yml`, or the defaults.
        topics: By path (`self-supervised/contrastive-learning`), in the order in which the site shows them.
        papers: By key.
        terms: The bilingual vocabulary.
    """

    config: Config
    topics: Mapping[str, Topic]
    papers: Mapping[str, Paper]
    terms: tuple[Term, ...] = ()

    def entries(self) -> Iterator[Entry]:
        """Every entry, topic by topic, in the order of the files."""
        for topic in self.topics.values():
            yield from topic.entries

    @cached_property
    def children(self) -> Mapping[str, tuple[Topic, ...]]:
        """The topics right below each topic that has some; those at the top are below `""`.

        A topic whose folder has no topic of its own is below the nearest one above that does.
        """
        below: dict[str, list[Topic]] = {}
        for topic in self.topics.values():
            parent = next((folder for folder in folders_above(topic.path) if folder in self.topics), "")
            below.setdefault(parent, []).append(topic)
        return {path: tuple(topics) for path, topics in below.items()}

    @cached_property
    def titled(self) -> Mapping[str, tuple[Entry, ...]]:
        """The entries of each title, by its `title_key`."""
        same: dict[str, list[Entry]] = {}
        for entry in self.entries():
            same.setdefault(entry.title_key, []).append(entry)
        return {key: tuple(entries) for key, entries in same.items()}

    @cached_property
    def entry_counts(self) -> Mapping[str, int]:
        """For each topic, how many entries it and the topics below it have together."""
        counts = dict.fromkeys(self.topics, 0)
        for path, topic in self.topics.items():
            for above in (path, *folders_above(path)):
                if above in counts:
                    counts[above] += len(topic.entries)
        return counts


def folders_above(path: str) -> Iterator[str]:
    """Give the folders above a topic's path, the nearest first: of `a/b/c` these are `a/b` and `a`."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
