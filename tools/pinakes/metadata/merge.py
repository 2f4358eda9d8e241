"""Of all that a page says, one value for each field: the most trusted that holds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from pinakes.metadata.clean import clean_authors, clean_title, plain
from pinakes.metadata.dates import read_date
from pinakes.metadata.language import tag_of
from pinakes.metadata.record import FIELDS, SOURCES, Candidate, Field, Provenance, Record
from pinakes.metadata.sites.site import Site
from pinakes.model import KINDS
from pinakes.text import fold
from pinakes.urls import normalize

_LONGEST_TITLE = 300
"""Characters: what is longer is a text and no title."""
_LONGEST_SITE = 200
_LONGEST_ADDRESS = 1_999
_LESS_SURE = 0.5
_MOST_AUTHORS = 500
"""Of one page; the largest collaborations' papers name more, and nobody reads all of those."""
_MOST_KEYWORDS = 30


@dataclass(frozen=True, slots=True)
class _Page:
    """What a page's values are judged by.

    Attributes:
        url: Its address.
        names: What its site is called.
        suffixes: Patterns of what its site adds to titles.
        not_authors: What stands where an author would and is none.
        papers: Keys of the catalogue's papers, by name.
    """

    url: str
    names: frozenset[str]
    suffixes: tuple[str, ...]
    not_authors: tuple[str, ...]
    papers: Mapping[str, str]


def merge(url: str, found: Iterable[Candidate], site: Site | None, papers: Mapping[str, str], final_url: str) -> Record:
    """Choose for each field the first value that holds up, in the order of `rank`.

    Papers and code are put together from all that is found, since one place rarely names all of them. What does not
    hold up is a title that is the site's name, an author who is an address or a sentence, an address that is none of
    the web's, another page's canonical address, a date that cannot be.

    Args:
        url: The address that was asked.
        found: What extractors found.
        site: What is known of its site; None if nothing is.
        papers: Keys of the catalogue's papers, by what texts call them.
        final_url: The address that answered.
    """
    ranked = sorted(found, key=rank)
    page = _page(final_url, ranked, site, papers)
    values: dict[str, Any] = {}
    provenance: dict[str, Provenance] = {}
    for field in FIELDS:
        fitting = [(each, value) for each in ranked if each.field == field and (value := _value(each, page))]
        if not fitting:
            continue
        best, values[field] = fitting[0]
        if field in {"papers", "code"}:
            values[field] = tuple(dict.fromkeys(one for _, several in fitting for one in several))
        elif field in {"published", "modified"}:
            best, values[field] = _most_exact(fitting)
        provenance[field] = Provenance(best.rule, best.confidence)
    return _checked(url, values, provenance, ranked)


def rank(candidate: Candidate) -> tuple[bool, int, float]:
    """Order candidates, the most trusted first: less sure than not goes last, then the source counts, then how sure."""
    return candidate.confidence < _LESS_SURE, SOURCES.index(candidate.source), -candidate.confidence


def _page(url: str, ranked: Sequence[Candidate], site: Site | None, papers: Mapping[str, str]) -> _Page:
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    said = (plain(str(each.value)) for each in ranked if each.field == "site")
    names = frozenset(fold(name) for name in (*said, host, host.split(".")[0], *host.split(".")[-2:-1]) if name)
    return _Page(url, names, site.suffixes if site else (), site.not_authors if site else (), papers)


def _value(candidate: Candidate, page: _Page) -> Any:
    """Give a candidate's value in the form of its field; None or empty if it does not hold up."""
    form = _FORMS.get(candidate.field)
    return form(candidate.value, page) if form else plain(candidate.value)


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(each for each in value if isinstance(each, str))


def _title(written: str, page: _Page) -> str | None:
    title = clean_title(plain(written), page.names, page.suffixes)
    return title if len(title) <= _LONGEST_TITLE and fold(title) not in page.names else None


def _authors(written: Any, page: _Page) -> tuple[str, ...]:
    return clean_authors(_texts(written)[:_MOST_AUTHORS], page.not_authors)[:_MOST_AUTHORS]


def _site_name(written: str, _page: _Page) -> str | None:
    name = plain(written)
    return name if len(name) <= _LONGEST_SITE and "://" not in name else None


def _keywords(written: Any, _page: _Page) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(plain, _texts(written)[:_MOST_KEYWORDS]))))[:_MOST_KEYWORDS]


def _address(written: str) -> str | None:
    """Give an address of the web; None for any other, such as `javascript:` and `data:`."""
    if not written.startswith(("https://", "http://")) or len(written) > _LONGEST_ADDRESS:
        return None
    return None if not written.isprintable() or set(written) & set(' <>"') else written


def _canonical(written: str, page: _Page) -> str | None:
    """Give a canonical address; None for a home page's where the page is none, a template's mistake."""
    address = _address(written)
    if address is None:
        return None
    try:
        is_home = urlsplit(address).path in {"", "/"} and not urlsplit(address).query
        return None if is_home and urlsplit(page.url).path not in {"", "/"} else normalize(address)
    except ValueError:
        return None


def _most_exact(fitting: Sequence[tuple[Candidate, str]]) -> tuple[Candidate, str]:
    """Take of the dates that say the same as the best one the one that says it most exactly: `2020-04-09` of `2020`."""
    return max((each for each in fitting if each[1].startswith(fitting[0][1])), key=lambda each: len(each[1]))


def _checked(
    url: str, values: dict[str, Any], provenance: dict[str, Provenance], ranked: Sequence[Candidate]
) -> Record:
    """Make the record, without what its fields show to be wrong together."""
    published, modified = values.get("published"), values.get("modified")
    if published and modified and modified < published[: len(modified)]:
        del values["modified"], provenance["modified"]
    if not values.get("characters"):
        unseen = next((each for each in ranked if each.field == "characters"), None)
        if unseen:
            provenance["characters"] = Provenance(unseen.rule, unseen.confidence)
    return Record(url=url, provenance=provenance, **values)


_FORMS: Mapping[Field, Callable[[Any, _Page], Any]] = {
    "title": _title,
    "authors": _authors,
    "site": _site_name,
    "published": lambda written, _: read_date(written),
    "modified": lambda written, _: read_date(written),
    "lang": lambda written, _: tag_of(plain(written)),
    "image": lambda written, _: _address(written),
    "canonical": _canonical,
    "kind": lambda written, _: written if written in KINDS else None,
    "characters": lambda counted, _: counted,
    "keywords": _keywords,
    "papers": lambda named, page: tuple(page.papers.get(name, name) for name in _texts(named) if name.isprintable()),
    "code": lambda linked, _: tuple(filter(None, map(_address, _texts(linked)))),
}
"""What makes a value of each field of what is written; texts of other fields are only made plain."""
