"""One GET over aiohttp: the only place that opens connections to the hosts of a catalogue."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Mapping
from functools import cached_property, partial
from http import HTTPStatus
from time import perf_counter
from typing import Self
from urllib.request import getproxies_environment, proxy_bypass_environment  # type: ignore[attr-defined]  # is there

import aiohttp
from yarl import URL

from pinakes import HOME, __version__
from pinakes.fetch.answer import Answer
from pinakes.fetch.body import ENCODINGS, Body, read_body
from pinakes.fetch.failures import EXPECTED, PROXY_WANTS_CREDENTIALS, failure_of
from pinakes.fetch.guard import GuardedResolver, refusal
from pinakes.fetch.job import Job, url_of
from pinakes.fetch.observation import Failure
from pinakes.fetch.robots import Robots
from pinakes.model import FetchPolicy

logging.getLogger("aiohttp").addHandler(logging.NullHandler())  # a host's odd cookies are no news for people

_KEPT_HEADERS = """
    content-type content-language content-location etag last-modified retry-after date location link server
    cf-mitigated x-amzn-waf-action x-vercel-mitigated x-robots-tag
    """.split()
_NO_HEADERS: Mapping[str, str] = {}
_MOST_HEADERS = 256
_LONGEST_HEADER = 65_536
_FAREWELL = 0.05
"""Seconds for connections under TLS to be closed from both sides; aiohttp waits for those that stand open alone."""
_KEEP_ALIVE = 15  # seconds; a connection that waits longer is rarely used again


class Client:
    """Connections, kept open between requests, for one event loop; an asynchronous context manager.

    Args:
        policy: Time-outs, bounds, what is let in, the contact.
        proxy: A proxy for all requests; without it the environment says (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`).
    """

    def __init__(self, policy: FetchPolicy, proxy: str | None = None) -> None:
        self._policy = policy
        self._proxies = {"http": proxy, "https": proxy} if proxy else getproxies_environment()
        self._forced = proxy is not None
        self._own_headers = _headers_from_environment(policy)
        self._session: aiohttp.ClientSession | None = None
        self._was_secure = False
        self._robots = Robots(partial(self._ask, robots=None)) if policy.robots else None

    async def __aenter__(self) -> Self:
        timeout = self._policy.timeout
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=0,  # the limits are the scheduler's
                ssl=_tls_context(),
                resolver=GuardedResolver(self._policy.allow),
                ttl_dns_cache=300,
                keepalive_timeout=_KEEP_ALIVE,
            ),
            headers=self._common_headers,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            timeout=aiohttp.ClientTimeout(
                total=timeout.total or None, sock_connect=timeout.connect or None, sock_read=timeout.read or None
            ),
            max_line_size=_LONGEST_HEADER,
            max_field_size=_LONGEST_HEADER,
            max_headers=_MOST_HEADERS,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._session is not None:
            await self._session.close()
            await asyncio.sleep(_FAREWELL if self._was_secure else 0)

    async def get(self, job: Job) -> Answer:
        """Ask for what a job is about now; what goes wrong is part of the answer."""
        return await self._ask(job, self._robots)

    async def _ask(self, job: Job, robots: Robots | None) -> Answer:
        try:
            url = job.url = job.url or url_of(job.request.url)
        except ValueError as error:
            return Answer(failure=Failure("refused", f"a URL that cannot be read: {error}"))
        proxy = self._proxy_of(url)
        refused = refusal(url, self._policy.allow, behind_proxy=proxy is not None)
        if not refused and robots is not None:
            refused = await robots.refusal(url)
        if refused:
            return Answer(failure=Failure("refused", refused))
        return await self._get(url, proxy, job)

    async def _get(self, url: URL, proxy: str | None, job: Job) -> Answer:
        assert self._session is not None, "used outside of `async with`"
        self._was_secure = self._was_secure or url.scheme == "https"
        start, first_byte = perf_counter(), None
        status, kept, body = None, _NO_HEADERS, None
        failure, cookies = None, job.cookies
        try:
            headers = self._headers_for(url, job)
            async with self._session.get(url, allow_redirects=False, proxy=proxy, headers=headers) as response:
                first_byte = perf_counter() - start
                status, kept = response.status, _kept(response.headers)
                cookies = _with_new(cookies, response)
                body = Body(response.headers.get("Content-Encoding", ""), self._policy.max_body, job.request.enough)
                await read_body(response, body)
        except asyncio.CancelledError:
            raise
        except EXPECTED as error:
            failure = failure_of(error, has_begun=first_byte is not None, behind_proxy=proxy is not None)
        if proxy is not None and status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
            return Answer(failure=PROXY_WANTS_CREDENTIALS)
        return Answer(
            status,
            kept,
            body.content() if body else b"",
            failure is None and (body is None or body.is_whole),
            failure,
            first_byte,
            perf_counter() - start,
            cookies,
        )

    @cached_property
    def _common_headers(self) -> Mapping[str, str]:
        contact = self._policy.contact or HOME
        return {
            "User-Agent": f"Mozilla/5.0 (compatible; pinakes/{__version__}; +{contact})",
            "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.8",
            "Accept-Encoding": ENCODINGS,
        }

    def _headers_for(self, url: URL, job: Job) -> Mapping[str, str]:
        """Give the headers of one request beyond the common ones."""
        headers: dict[str, str] = {}
        if job.cookies is not None:
            sent = job.cookies.filter_cookies(url).output(header="", sep=";", attrs=[]).strip()
            if sent:
                headers["Cookie"] = sent
        if not job.hops:
            if job.request.etag:
                headers["If-None-Match"] = job.request.etag
            if job.request.last_modified:
                headers["If-Modified-Since"] = job.request.last_modified
        own = self._own_headers.get(url.host or "")
        return {**headers, **own} if own else headers

    def _proxy_of(self, url: URL) -> str | None:
        if not self._proxies:
            return None
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        if not proxy or (not self._forced and proxy_bypass_environment(f"{url.host}:{url.port}", self._proxies)):
            return None
        return proxy if "://" in proxy else f"http://{proxy}"


def _headers_from_environment(policy: FetchPolicy) -> Mapping[str, Mapping[str, str]]:
    """Read the hosts' own headers; a variable that is not set leaves its header out."""
    return {
        host: {name: os.environ[variable] for name, variable in headers.items() if variable in os.environ}
        for host, headers in policy.headers.items()
    }


def _tls_context() -> ssl.SSLContext:
    """Trust what the system trusts, or what SSL_CERT_FILE and SSL_CERT_DIR name (OpenSSL reads them itself)."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"] and not os.environ.get("SSL_CERT_FILE"):
        import certifi  # noqa: PLC0415  # a Python that came without the system's store

        context.load_verify_locations(certifi.where())
    return context


def _kept(headers: Mapping[str, str]) -> Mapping[str, str]:
    return {name: headers[name] for name in _KEPT_HEADERS if name in headers}


def _with_new(cookies: aiohttp.CookieJar | None, response: aiohttp.ClientResponse) -> aiohttp.CookieJar | None:
    """Add what a redirect sets to the chain's cookies; other answers end the chain."""
    if not 300 <= response.status < 400 or "Set-Cookie" not in response.headers:
        return cookies
    jar = cookies or aiohttp.CookieJar(unsafe=True)  # as a browser, for hosts that are addresses too
    jar.update_cookies(response.cookies, response.url)
    return jar
