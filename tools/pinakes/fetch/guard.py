"""The guard against being led into a network that is not the internet (server-side request forgery).

A URL's host is checked before anything is asked, a name's addresses when it is resolved, and the connection goes to the
very addresses that were checked; each redirect is a new request and so checked again. Behind a proxy names are resolved
by the proxy, so there only literal addresses and local names can be refused.
"""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from ipaddress import ip_address

from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from pinakes.addresses import Allowed, any_address_of, is_allowed, is_local_name, is_public

_LOOKUPS = 32
"""Names that are looked up at once; the system's resolver blocks a thread for each."""


class RefusedAddressError(OSError):
    """A name that resolves to an address that must not be asked."""


def refusal(url: URL, allowed: Allowed, *, behind_proxy: bool) -> str:
    """Say why a URL must not be asked; empty if nothing speaks against it so far."""
    if url.scheme not in {"http", "https"}:
        return f"`{url.scheme}:` is not fetched, only http and https are"
    return _refusal_of_host((url.host or "").rstrip("."), url.port, allowed, behind_proxy)


@lru_cache(maxsize=10_000)  # half of all links may be on one host
def _refusal_of_host(name: str, port: int | None, allowed: Allowed, behind_proxy: bool) -> str:
    if not name:
        return "a URL without a host"
    address = any_address_of(name)
    if is_allowed(name, port, address, allowed):
        return ""
    if address is not None:
        return "" if is_public(address) else f"{name} is not an address of the internet; `fetch.allow` lets it in"
    is_local = is_local_name(name) and (behind_proxy or name.endswith("localhost"))
    return f"`{name}` is a host of its own network only; `fetch.allow` lets it in" if is_local else ""


class GuardedResolver(AbstractResolver):
    """Resolve names by the system's resolver, and refuse a name with any address that is not the internet's."""

    def __init__(self, allowed: Allowed) -> None:
        self._allowed = allowed
        self._threads = ThreadPoolExecutor(_LOOKUPS, thread_name_prefix="resolve")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Look a name up.

        Raises:
            RefusedAddressError: One of its addresses must not be asked.
            OSError: The name does not resolve.
        """
        loop = asyncio.get_running_loop()
        options = (host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
        try:
            found = await loop.run_in_executor(self._threads, socket.getaddrinfo, *options)
        except UnicodeError as error:
            raise socket.gaierror(socket.EAI_NONAME, "a part of the name is empty or too long") from error
        results = [_result(host, port, kind, str(place[0])) for kind, _, _, _, place in found]
        for result in results:
            self._check(host, port, result["host"])
        return results

    def _check(self, name: str, port: int, text: str) -> None:
        address = ip_address(text.partition("%")[0])
        if not is_public(address) and not is_allowed(name.rstrip("."), port, address, self._allowed):
            raise RefusedAddressError(f"`{name}` resolves to {address}, which is not an address of the internet")

    async def close(self) -> None:
        """Let go of the threads; one that waits for an answer ends by itself."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _result(host: str, port: int, family: int, address: str) -> ResolveResult:
    numeric = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV
    return {"hostname": host, "host": address, "port": port, "family": family, "proto": 0, "flags": numeric}
