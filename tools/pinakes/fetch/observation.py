"""What one GET came to: the only thing that links and metadata know of the network."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

FailureKind = Literal["refused", "paused", "dns", "connect", "tls", "timeout", "reset", "broken", "redirects"]
"""Why there is no answer, or only part of one.

refused    ours: a forbidden scheme or address
paused     ours: the host failed too often, or asked us to wait longer than we can; the link was not asked
dns        the host's name does not resolve
connect    no connection
tls        no trusted connection: expired, wrong name, unknown issuer, no common protocol
timeout    nothing came in time: connecting, first byte, between two bytes, or altogether
reset      the connection ended before an answer had begun
broken     an answer that breaks HTTP: no status line, broken chunks, a body cut short, headers without end
redirects  a circle, too many, or one without a usable address
"""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no whole answer.

    Attributes:
        kind: The kind of failure.
        message: One sentence without a full stop, for people: `the certificate expired on 2026-01-02`.
    """

    kind: FailureKind
    message: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect that was followed.

    Attributes:
        url: What was asked.
        status: 301, 302, 303, 307 or 308.
        location: Where it led, absolute.
    """

    url: str
    status: int
    location: str

    @property
    def is_permanent(self) -> bool:
        """Whether the host says that the article lives at the new address from now on (RFC 9110 §15.4)."""
        return self.status in {301, 308}


@dataclass(frozen=True, kw_only=True)
class Observation:
    """What one GET came to, redirects followed and passing failures asked again.

    Attributes:
        url: What was asked, without its fragment.
        at: When, in seconds since 1970 (UTC).
        final_url: What answered in the end; the same as `url` without redirects.
        status: Its status; None if no answer had one.
        hops: The redirects, in order.
        headers: The headers that matter, by lower-case name.
        body: The decompressed body, as much of it as was read.
        is_whole: Whether that is all of it; reading stops at `fetch.max_body`, or where enough was seen.
        failure: Why there is no answer or only a part; None if all went well.
        attempts: How many requests it took, hops not counted.
        first_byte: Seconds from the last request to its first byte; None if none came.
        seconds: From the first request to the end, waiting between attempts not counted.
    """

    url: str
    at: float
    final_url: str
    status: int | None = None
    hops: tuple[Hop, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_whole: bool = True
    failure: Failure | None = None
    attempts: int = 1
    first_byte: float | None = None
    seconds: float = 0.0

    @property
    def media_type(self) -> str:
        """The media type without parameters, in lower case; empty if none was said."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        """Whether the body is HTML: by its type, or, where none is said, by its first characters."""
        if self.media_type:
            return self.media_type in {"text/html", "application/xhtml+xml"}
        return self.body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")[:5].lower() in {b"<!doc", b"<html", b"<head"}

    @cached_property
    def text(self) -> str:
        """The body as text, in the encoding that it says or else shows; empty for what is no text."""
        from pinakes.fetch.encoding import decode  # noqa: PLC0415  # w3lib takes 30 ms to import

        return decode(self.body, self.headers.get("content-type", "")) if self.body else ""
