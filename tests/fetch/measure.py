"""Run in a process of its own: ask for what stands on stdin, and print what came and how much memory it took."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from pinakes.fetch.engine import Request, observe
from pinakes.model import FetchPolicy, HostPolicy, Timeouts


def megabytes() -> float:
    """The most memory that this process has held until now (Linux)."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


async def ask(urls: Iterator[str], max_body: int, total: float) -> list[tuple[int | None, int]]:
    """Ask for all, and give each one's status and size; the bodies themselves are let go, as the program does."""
    policy = FetchPolicy(
        allow=("127.0.0.0/8",),
        per_host=HostPolicy(concurrency=50, interval=0),
        timeout=Timeouts(connect=5, read=5, total=total),
        retries=0,
        max_body=max_body,
    )
    return [(seen.status, len(seen.body)) async for _, seen in observe(map(Request, urls), policy)]


def main() -> None:
    """Take `{"urls", "times", "max_body", "total"}`; a warm-up with the first URL is not counted."""
    order = json.load(sys.stdin)
    warm_up = [order["warm_up"]] * 20
    asyncio.run(ask(iter(warm_up), order["max_body"], order["total"]))
    before = megabytes()
    urls = (url for _ in range(order["times"]) for url in order["urls"])
    seen = asyncio.run(ask(urls, order["max_body"], order["total"]))
    print(json.dumps({"grown": megabytes() - before, "seen": sorted(seen, key=str)}))  # noqa: T201  # the test that starts this process reads it


if __name__ == "__main__":
    main()
