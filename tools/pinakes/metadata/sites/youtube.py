"""YouTube: a video, a short, or a list of videos."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pinakes.metadata.document import Document
from pinakes.metadata.language import language_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import all_words, embedded, inside, rows, words

_IN_PATH = re.compile(r"^/(?:shorts|live|embed|v)/([\w-]{11})(?:/|$)")
_VIDEO = re.compile(r"[\w-]{11}")
_MARKS = ("ytInitialPlayerResponse = ", 'ytInitialPlayerResponse":', 'window["ytInitialPlayerResponse"] = ')


def extract(document: Document) -> Iterator[Candidate]:
    """Give what the page of a video says.

    The player's answer in the page's script holds all but for a video that cannot be played; the microdata says title,
    channel and date as well. The page's own language is the reader's, not the video's. Sources: saved pages in public
    repositories (github.com/microlinkhq/metascraper: packages/metascraper-youtube/test/fixtures) and public clients
    that read the player's answer (`videoDetails`, `microformat.playerMicroformatRenderer`).
    """
    video = identifier(document.url)
    if not video:
        yield from _list(document)
        return
    player = next((found for mark in _MARKS if (found := embedded(document.text, mark))), None)
    details, format_ = inside(player, "videoDetails"), inside(player, "microformat", "playerMicroformatRenderer")
    title = words(inside(details, "title")) or document.meta("name") or document.meta("og:title")
    if not title:
        return
    channel = words(inside(details, "author")) or words(inside(format_, "ownerChannelName"))
    channel = channel or document.attribute("span[itemprop=author] link[itemprop=name]", "content")
    about = words(inside(details, "shortDescription"))
    yield from rows(
        SITE.name,
        ("title", title, "videoDetails.title"),
        ("authors", (channel,) if channel else (), "videoDetails.author"),
        ("published", words(inside(format_, "publishDate")), "publishDate"),
        ("published", document.meta("datepublished", "uploaddate"), "itemprop=datePublished"),
        ("description", about, "videoDetails.shortDescription"),
        ("lang", language_of(f"{title} {about}"), "title and description"),
        ("keywords", all_words(inside(details, "keywords") or []), "videoDetails.keywords"),
        ("image", _picture(details), "videoDetails.thumbnail"),
        ("canonical", f"https://www.youtube.com/watch?v={video}", "id"),
        ("kind", "video", "address"),
        ("site", "YouTube", "host"),
    )


def identifier(url: str) -> str:
    """Give the id of the video that an address of YouTube names; empty if it names none."""
    parts = urlsplit(url)
    if parts.hostname == "youtu.be":
        name = parts.path.strip("/")
    elif found := _IN_PATH.match(parts.path):
        name = found[1]
    else:
        name = parse_qs(parts.query).get("v", [""])[0]
    return name if _VIDEO.fullmatch(name) else ""


def _list(document: Document) -> Iterator[Candidate]:
    if document.path == "/playlist":
        yield from rows(
            SITE.name,
            ("title", document.meta("og:title"), "og:title"),
            ("kind", "video", "address"),
            ("site", "YouTube", "host"),
        )


def _picture(details: Any) -> str:
    """Give the address of the largest picture, which is the last."""
    pictures = inside(details, "thumbnail", "thumbnails")
    last = pictures[-1] if isinstance(pictures, list) and pictures else None
    address = words(inside(last, "url"))
    return address if address.startswith("https://") else ""


SITE = Site(
    name="youtube.com",
    hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    extract=extract,
    suffixes=(r"\s*-\s*YouTube",),
    not_authors=("YouTube",),
)
