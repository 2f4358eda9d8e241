"""What any page says about itself, whatever site it is of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, tzinfo
from functools import partial

from pinakes.importers.kinds import guess_kind
from pinakes.metadata import any_date, schema_org, shown, tags
from pinakes.metadata.body import Body, body_of
from pinakes.metadata.dates import CHINA
from pinakes.metadata.document import Document
from pinakes.metadata.language import language_of, tag_of
from pinakes.metadata.mentions import code_of, papers_of
from pinakes.metadata.record import Candidate
from pinakes.model import Kind

_FEW = 200
"""Characters of text below which a page with a place for its script's output has not been drawn."""
_MOUNTS = "#app, #root, #__next, #__nuxt, app-root"
"""Where React, Vue, Next, Nuxt and Angular put what their scripts draw, as their project templates name it."""
_UNSURE = 0.3
_ADDRESSES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"https?://(?:www\.)?(?:speakerdeck\.com/.+/.|slideshare\.net/.+/.)"), "slides"),
    (re.compile(r"https?://(?:www\.)?(?:vimeo\.com/\d|youtu\.be/)"), "video"),
    (re.compile(r"https?://(?:www\.)?(?:aclanthology\.org/.+\d|openaccess\.thecvf\.com/.+paper)"), "paper"),
    (re.compile(r"https?://(?:www\.)?coursera\.org/learn/"), "course"),
)
_QUESTION = re.compile(r"[/?&]questions?[/=]\d")


def candidates(document: Document, names: Mapping[str, str], *, is_known: bool = False) -> Iterator[Candidate]:
    """Give all that a page says of itself where sites in general say it.

    Args:
        document: The page.
        names: Keys of the catalogue's papers, by what texts call them.
        is_known: Whether its site has rules of its own: then a date is not looked for where none is said.
    """
    body = body_of(document)
    lang = language_of(body.text) or language_of(document.first("title"))
    zone = CHINA if lang == "zh" else UTC
    is_dated = is_known
    for each in _said(document, body, lang, zone, names):
        is_dated = is_dated or each.field == "published"
        yield each
    if not is_dated:
        yield from any_date.candidates(document, zone)


def _said(document: Document, body: Body, lang: str, zone: tzinfo, names: Mapping[str, str]) -> Iterator[Candidate]:
    yield from schema_org.json_ld(document, zone)
    yield from tags.citation(document, zone)
    yield from tags.opengraph(document, zone)
    yield from map(partial(_against_text, lang), tags.meta(document, zone))
    yield from schema_org.microdata(document, zone)
    yield from shown.candidates(document, zone)
    yield from _of_text(document, body, lang, names)
    if kind := _kind_of(document.url):
        yield Candidate("kind", kind, "url", "its address", 0.9)


def _of_text(document: Document, body: Body, lang: str, names: Mapping[str, str]) -> Iterator[Candidate]:
    """Give what the text itself shows."""
    if lang:
        yield Candidate("lang", lang, "text", "script of the text", 0.7)
    if len(body.text) < _FEW and document.find(_MOUNTS):
        yield Candidate("characters", 0, "text", "none: the page's text comes by script", _UNSURE)
    elif body.text:
        yield Candidate("characters", len(body.text), "text", "main text", 0.7)
    title = document.meta("og:title") or document.first("title")
    if papers := papers_of(f"{title}\n{body.text}", body.links, names):
        yield Candidate("papers", papers, "text", "names and links in the text", 0.7)
    if code := code_of(body.links):
        yield Candidate("code", code, "text", "links in the text", 0.7)


def _against_text(lang: str, candidate: Candidate) -> Candidate:
    """Doubt a language tag that the text contradicts: a template's `<html lang=en>` around a Chinese article."""
    if candidate.field != "lang" or not lang or tag_of(candidate.value)[:2] == lang[:2]:
        return candidate
    return candidate._replace(confidence=_UNSURE)


def _kind_of(url: str) -> str:
    """Say what is at an address if the address leaves no doubt; empty otherwise."""
    kind = guess_kind(url) or next((kind for pattern, kind in _ADDRESSES if pattern.match(url)), "")
    return kind or ("question" if _QUESTION.search(url) else "")
