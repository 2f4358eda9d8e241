"""A link on its way: what was asked, where it has been led, how often it was tried."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from yarl import URL

from pinakes.fetch.observation import Hop

if TYPE_CHECKING:
    from aiohttp import CookieJar

    from pinakes.fetch.answer import Answer


@dataclass(frozen=True, slots=True)
class Request:
    """A page to be asked for.

    Attributes:
        url: Its address; a fragment is not sent.
        key: The caller's own name for it.
        etag: The validator of what was seen before; the host then answers 304 if nothing changed (RFC 9110 §13.1).
        last_modified: The same as a date.
        enough: Markers after any of which the rest of the page need not be read.
    """

    url: str
    key: str = ""
    etag: str = ""
    last_modified: str = ""
    enough: tuple[bytes, ...] = ()


@dataclass(slots=True, eq=False)
class Job:
    """A request on its way to an observation; changes with each answer.

    Attributes:
        request: What was asked.
        url: What is to be asked next; None before the request's own URL has been read.
        at: When it was first asked, in seconds since 1970; 0 before.
        hops: The redirects until now.
        cookies: What was set on the way; lives for this chain only.
        attempts: Requests made for `url` and what led to it, hops not counted.
        seconds: Time spent asking.
        answer: The last answer; what the link comes to if its host is given up before another one.
    """

    request: Request
    url: URL | None = None
    at: float = 0.0
    hops: list[Hop] = field(default_factory=list)
    cookies: CookieJar | None = None
    attempts: int = 0
    seconds: float = 0.0
    answer: Answer | None = None


def url_of(text: str) -> URL:
    """Read a URL so that it is sent as it is written: only what cannot be sent is escaped.

    Raises:
        ValueError: It cannot be read.
    """
    url = text.partition("#")[0]
    return read_host(URL(url, encoded=url.isascii() and url.isprintable() and " " not in url))


def read_host(url: URL) -> URL:
    """Give a URL back once its host and port have been read, which yarl would put off until they are needed.

    Raises:
        ValueError: They cannot be read.
    """
    _ = url.host, url.port
    return url
