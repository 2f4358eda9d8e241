"""Ask for pages as the program does, with short time-outs and no politeness towards ourselves."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.internet.fixtures import authority, backstage, internet, shared_internet

from pinakes.fetch.engine import Request, observe
from pinakes.fetch.observation import Observation
from pinakes.model import FetchPolicy, HostPolicy, Timeouts

__all__ = ["authority", "backstage", "internet", "shared_internet"]

Ask = Callable[..., list[Observation]]

POLICY = FetchPolicy(
    allow=("127.0.0.0/8",),
    per_host=HostPolicy(concurrency=1000, interval=0),
    timeout=Timeouts(connect=1, read=1, total=3),
    retries=0,
    max_body=500_000,
)


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Ask for URLs or requests, with changes to a hasty policy, and give what each came to, in the order asked.

    `ask(url, retries=2, per_host=HostPolicy(interval=0.2))`; what `observe` takes beside the policy goes as `options`.
    """

    def run(*asked: str | Request, options: dict[str, Any] | None = None, **changes: Any) -> list[Observation]:
        requests = [Request(one) if isinstance(one, str) else one for one in asked]
        numbered = [replace(request, key=str(number)) for number, request in enumerate(requests)]
        return asyncio.run(_observe(numbered, replace(POLICY, **changes), options or {}))

    return run


async def _observe(requests: list[Request], policy: FetchPolicy, options: dict[str, Any]) -> list[Observation]:
    found = {request.key: seen async for request, seen in observe(requests, policy, **options)}
    return [found[request.key] for request in requests if request.key in found]
