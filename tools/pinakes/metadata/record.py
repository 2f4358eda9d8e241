"""What is known of a page, field by field, and where each field was found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

from pinakes.model import Kind
from pinakes.urls import entry_id

Field = Literal[
    "title", "subtitle", "authors", "site", "published", "modified", "lang", "description", "image", "canonical",
    "kind", "characters", "keywords", "papers", "code",
]  # fmt: skip
FIELDS: tuple[Field, ...] = get_args(Field)

Source = Literal["site", "json-ld", "citation", "opengraph", "meta", "microdata", "dom", "url", "text"]
SOURCES: tuple[Source, ...] = get_args(Source)
"""Where a value can come from, the most trusted first; of two values of one field the one from the better source wins.
A value that is less sure than not (a confidence below 0.5) comes after all that are surer, wherever they are from.

site       a rule for this very site, which knows where it keeps the truth
json-ld    schema.org, as JSON-LD
citation   Highwire's `citation_*` and Dublin Core, which publishers write for Google Scholar and libraries
opengraph  `og:*`, `article:*`, Twitter's cards
meta       `<meta name=author>`, `<title>`, `<html lang>`, `<link rel=canonical>`
microdata  `itemprop`
dom        what is shown: `<time>`, `rel=author`, bylines, headings
url        a date or name in the address
text       what the text itself shows: its language, its length, the papers that it names
"""


class Candidate(NamedTuple):
    """A value that a field may have.

    Attributes:
        field: The field.
        value: A text; for `authors`, `keywords`, `papers` and `code` a tuple of texts; for `characters` a number.
        source: Where it comes from.
        rule: What found it, in a few words: `mp.weixin.qq.com: var ct`, `og:title`.
        confidence: How sure it is, from 0 to 1: of two values from the same source the surer one wins.
    """

    field: Field
    value: Any
    source: Source
    rule: str
    confidence: float = 0.8


class Provenance(NamedTuple):
    """Where a field's value was found.

    Attributes:
        rule: What found it.
        confidence: How sure it is, from 0 to 1.
    """

    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What is known of a page; a field that is not known is None or empty.

    Attributes:
        url: The page's address, as it was asked.
        title: Without the site's name.
        subtitle: What stands below it.
        authors: In the order and form of the page.
        site: The account, column or journal that it appeared in.
        published: `2020`, `2020-04` or `2020-04-09`, in the page's own time zone.
        modified: The same for its last change.
        lang: BCP 47: `zh`, `en`, `zh-Hant`.
        description: A sentence or two.
        image: Address of its picture.
        canonical: The address that the page gives itself.
        kind: What it is.
        characters: How long its text is; of Chinese each character counts, of Latin script each letter and blank.
        keywords: As the page gives them.
        papers: Papers that it names: `arxiv:2002.05709`, `doi:10.…`, `openreview:…`, or keys of the catalogue's papers.
        code: Addresses of code.
        provenance: Where each field was found.
    """

    url: str
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    site: str | None = None
    published: str | None = None
    modified: str | None = None
    lang: str | None = None
    description: str | None = None
    image: str | None = None
    canonical: str | None = None
    kind: Kind | None = None
    characters: int | None = None
    keywords: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    provenance: Mapping[str, Provenance] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Give the record in the form that the commands' JSON has: each field, and the rule that found it."""
        known = {name: getattr(self, name) for name in ("url", *FIELDS)}
        rules = {name: self.provenance[name].rule for name in FIELDS if name in self.provenance}
        return {"id": entry_id(self.url), **known, "provenance": rules}
