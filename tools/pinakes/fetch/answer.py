"""What one request came to, before redirects and retries make an observation of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pinakes.fetch.observation import Failure

if TYPE_CHECKING:
    from aiohttp import CookieJar


@dataclass(frozen=True, slots=True)
class Answer:
    """What one request, without its redirects, came to.

    Attributes:
        status: None if no answer had one.
        headers: Those that matter, by lower-case name.
        body: As much of it as was read.
        is_whole: Whether that is all.
        failure: Why there is no whole answer; None if all went well.
        first_byte: Seconds until the headers had come; None if they did not.
        seconds: Seconds altogether.
        cookies: What it set, if it is a redirect that did.
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    is_whole: bool = True
    failure: Failure | None = None
    first_byte: float | None = None
    seconds: float = 0.0
    cookies: CookieJar | None = None

    @property
    def is_redirect(self) -> bool:
        """Whether it leads elsewhere, if only it says where to (RFC 9110 §15.4)."""
        return self.status in {301, 302, 303, 307, 308}

    @property
    def leads_on(self) -> str:
        """Where a redirect leads, as its header says; empty for any other answer."""
        return self.headers.get("location", "") if self.is_redirect else ""
