"""Pages of any site, written for the tests, and what came of their address."""

from __future__ import annotations

from pinakes.fetch.observation import Observation
from pinakes.metadata.extract import extract
from pinakes.metadata.record import Record

URL = "https://blog.example.org/posts/contrast"
PARAGRAPHS = "<p>Two views of one sample are pulled together and the others are pushed away.</p>" * 8


def page(head: str = "", body: str = PARAGRAPHS, *, html: str = "<html>") -> str:
    """Write a page."""
    return f"<!doctype html>{html}<head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


def seen(content: str | bytes, url: str = URL, *, status: int = 200, media_type: str = "text/html") -> Observation:
    """Give what came of an address."""
    body = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return Observation(url=url, at=0.0, final_url=url, status=status, body=body, headers={"content-type": media_type})


def read(content: str | bytes, url: str = URL, **names: str) -> Record:
    """Give the record of a page that is an article."""
    return extract(seen(content, url), names, verdict="ok")
