"""What the hosts' robots.txt allow us (RFC 9309), where the config wishes them to be respected."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from protego import Protego
from yarl import URL

from pinakes.fetch.answer import Answer
from pinakes.fetch.job import Job, Request
from pinakes.fetch.redirects import follow

AGENT = "pinakes"
"""The name by which a robots.txt can mean us."""
_MOST_BYTES = 500 * 1024
"""RFC 9309 §2.5: what must be read of one at least."""
_ALL = "User-agent: *\nDisallow: /\n"


class Robots:
    """The rules of each host, read when it is first asked; one event loop's.

    Args:
        ask: Makes one request, whatever a robots.txt says.
    """

    def __init__(self, ask: Callable[[Job], Awaitable[Answer]]) -> None:
        self._ask = ask
        self._rules: dict[URL, asyncio.Task[Protego]] = {}

    async def refusal(self, url: URL) -> str:
        """Say why a URL must not be asked; empty if its host's robots.txt allows it, or there is none."""
        origin = url.origin()
        if origin not in self._rules:
            self._rules[origin] = asyncio.create_task(self._read(origin))
        rules = await self._rules[origin]
        return "" if rules.can_fetch(str(url), AGENT) else "the host's robots.txt does not let programs ask for it"

    async def _read(self, origin: URL) -> Protego:
        """Read a host's rules: without any, all is allowed; while the host fails to give them (5xx), nothing is."""
        job = Job(Request(str(origin / "robots.txt")))
        answer = await self._ask(job)
        while answer.leads_on and follow(job, answer):
            answer = await self._ask(job)
        if answer.failure is None and answer.status == 200:
            return Protego.parse(answer.body[:_MOST_BYTES].decode("utf-8", "replace"))
        has_failed = answer.status is not None and answer.status >= 500
        return Protego.parse(_ALL if has_failed else "")
