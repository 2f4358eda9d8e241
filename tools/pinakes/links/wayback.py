"""Look up a page's snapshots in the Wayback Machine, at a pace that it likes.

What is known of it, and from where:

- The availability API gives the snapshot closest to a time (archive.org/help/wayback_api.php). It answers soon, and now
  and then it has nothing where the index has something; so the index is asked then.
- The index (CDX) is described in internetarchive/wayback, `wayback-cdx-server/README.md`. `limit=-1` implies
  `fastLatest`, which may look at less than all; -2 does not.
- 30 searches of the index a minute are allowed, and clients are asked to stay at 80 % of it: 2.5 s apart. After a 429
  that names no time, 60 s are right. (Both as the `wayback` package of EDGI has it; no page of the archive says so.)
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Literal, NamedTuple
from urllib.parse import urldefrag, urlsplit

import orjson
import requests

from pinakes import HOME, __version__
from pinakes.errors import PinakesError
from pinakes.fetch.retry import is_passing, retry_after
from pinakes.model import ArchivePolicy, FetchPolicy

Lane = Literal["lookup", "save"]
"""What has a pace of its own: look-ups (the progress of a snapshot among them), and new snapshots."""

_MOST = 2_000_000
"""Bytes of an answer that are read at most; the ones that are of use have a few hundred."""
_PAUSE_AFTER_429 = 60.0
_PAUSE_AFTER_FAILURE = 2.0
_TITLE = re.compile(r"<title[^>]*>\s*([^<]{1,80})", re.IGNORECASE)


class WaybackError(PinakesError):
    """The Wayback Machine gave no answer that is of use.

    Attributes:
        ends_run: Whether there is no sense in asking it for anything more in this run.
    """

    def __init__(self, message: str, *, hint: str = "", ends_run: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.ends_run = ends_run


class TimeIsUpError(WaybackError):
    """The time that was given for all of it is over."""

    def __init__(self) -> None:
        super().__init__("the time is up", ends_run=True)


class Snapshot(NamedTuple):
    """One snapshot of a page.

    Attributes:
        url: Where to read it.
        taken: When it was taken, in UTC.
    """

    url: str
    taken: datetime


class Answer(NamedTuple):
    """One answer of the Wayback Machine.

    Attributes:
        status: The HTTP status.
        text: The body.
    """

    status: int
    text: str

    def data(self) -> Any:
        """Read the body as JSON.

        Raises:
            WaybackError: It is none, as when the archive shows a page of its own; the page's title is told.
        """
        try:
            return orjson.loads(self.text)
        except orjson.JSONDecodeError:
            title = _TITLE.search(self.text)
            shown = f"a page “{title[1].strip()}”" if title else f"status {self.status} and no JSON"
            raise WaybackError(f"the Wayback Machine answered with {shown}") from None


class Wayback:
    """The way to the Wayback Machine: one request at a time, each lane at its pace, refusals heeded.

    Proxies and CAs are those of the usual environment variables. One thread's.
    """

    def __init__(
        self, archive: ArchivePolicy, fetch: FetchPolicy, *, save_interval: float = 0.0, until: float | None = None
    ) -> None:
        """Make ready to ask; nothing is asked yet.

        Args:
            archive: Addresses and pace.
            fetch: Time-outs, retries, the longest wait that is worth it, and whom to contact.
            save_interval: Seconds between two new snapshots.
            until: When, by `time.monotonic`, to stop; None for no limit.
        """
        self.archive, self._fetch, self._until = archive, fetch, until
        self._intervals: Mapping[Lane, float] = {"lookup": archive.lookup_interval, "save": save_interval}
        self._free_at: dict[Lane, float] = {"lookup": 0.0, "save": 0.0}
        self._session = requests.Session()
        self._session.headers["User-Agent"] = f"pinakes/{__version__} (+{fetch.contact or HOME})"

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(self, address: str, params: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Answer:
        """Look something up.

        Raises:
            WaybackError: There is no answer, or the time is up.
        """
        return self._ask("lookup", requests.Request("GET", address, params=dict(params), headers=headers))

    def post(self, address: str, data: Mapping[str, str], headers: Mapping[str, str]) -> Answer:
        """Ask for a new snapshot.

        Raises:
            WaybackError: There is no answer, or the time is up.
        """
        return self._ask("save", requests.Request("POST", address, data=dict(data), headers=headers))

    def pause(self, lane: Lane, attempt: int = 0) -> None:
        """Let a lane rest as after a refusal that names no time; twice as long after each further one."""
        self._hold(lane, min(_PAUSE_AFTER_429 * 2**attempt, self._fetch.max_wait))

    def _ask(self, lane: Lane, request: requests.Request) -> Answer:
        """Ask, and ask again where the failure may pass."""
        ends_run = False
        for attempt in range(self._fetch.retries + 1):
            self._wait(lane)
            try:
                answer, seconds = self._send(request)
            except requests.RequestException as error:
                trouble, seconds, ends_run = _words_of(error), _PAUSE_AFTER_FAILURE * 2**attempt, True
            else:
                if not is_passing(answer.status, None):
                    return answer
                trouble = f"the Wayback Machine answered with status {answer.status}"
                ends_run = answer.status == requests.codes.too_many_requests
                if seconds is None:
                    seconds = (_PAUSE_AFTER_429 if ends_run else _PAUSE_AFTER_FAILURE) * 2**attempt
                elif seconds > self._fetch.max_wait:
                    raise WaybackError(f"{trouble} and asks to wait {seconds:.0f} s", ends_run=True)
            self._hold(lane, min(seconds, self._fetch.max_wait))
        raise WaybackError(trouble, ends_run=ends_run)

    def _send(self, request: requests.Request) -> tuple[Answer, float | None]:
        """Make one request; also give the seconds that the answer asks to wait."""
        request.auth = _as_it_is
        prepared = self._session.prepare_request(request)
        settings = self._session.merge_environment_settings(prepared.url, {}, True, None, None)
        # Requests knows only REQUESTS_CA_BUNDLE and CURL_CA_BUNDLE.
        settings["verify"] = os.environ.get("SSL_CERT_FILE") or settings["verify"]
        timeout = (self._fetch.timeout.connect, self._fetch.timeout.total)
        with self._session.send(prepared, timeout=timeout, **settings) as response:
            body = _read(response, time.monotonic() + self._fetch.timeout.total)
            return Answer(response.status_code, body.decode(errors="replace")), retry_after(response.headers)

    def _wait(self, lane: Lane) -> None:
        now = time.monotonic()
        start = max(now, self._free_at[lane])
        if self._until is not None and start > self._until:
            raise TimeIsUpError
        time.sleep(start - now)
        self._free_at[lane] = start + self._intervals[lane]

    def _hold(self, lane: Lane, seconds: float) -> None:
        self._free_at[lane] = max(self._free_at[lane], time.monotonic() + seconds)


def closest(wayback: Wayback, url: str, before: datetime | None = None) -> Snapshot | None:
    """Find the newest snapshot of a page that was there.

    Args:
        wayback: Where to ask.
        url: The page.
        before: When the link began to fail, in UTC. Only a snapshot from before that is given, because a host that
            answers 200 for an article that it has deleted will have been archived saying so. None takes any.

    Returns:
        The snapshot; None if there is none.

    Raises:
        WaybackError: There is no answer that is of use.
    """
    url = urldefrag(url).url
    try:
        found = _available(wayback, url, before)
    except WaybackError as error:
        if error.ends_run:
            raise
        found = None
    # One that is closest to the moment and lies before it is the newest before it.
    if found and (before is None or found.taken < before):
        return found
    return _indexed(wayback, url, before)


def taken_at(stamp: str) -> datetime:
    """Read a time as the Wayback Machine writes it, `20180326070330`.

    Raises:
        WaybackError: It is none.
    """
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise WaybackError(f"the Wayback Machine answered with a time that is none: {stamp[:40]!r}") from None


def snapshot_of(base: str, stamp: str, original: str) -> Snapshot:
    """Name a snapshot by its time and the address of its page; `base` is any address of the same archive."""
    parts = urlsplit(base)
    return Snapshot(f"{parts.scheme}://{parts.netloc}/web/{stamp}/{original}", taken_at(stamp))


def _available(wayback: Wayback, url: str, before: datetime | None) -> Snapshot | None:
    params = {"url": url} | ({"timestamp": _stamp(before)} if before else {})
    found = _member(_member(wayback.get(wayback.archive.availability, params).data(), "archived_snapshots"), "closest")
    address, stamp = str(_member(found, "url") or ""), str(_member(found, "timestamp") or "")
    # The status is a text there; a number would do as well.
    if not address or not _member(found, "available") or str(_member(found, "status")) != "200":
        return None
    return Snapshot(re.sub(r"^http://(?=web\.archive\.org/)", "https://", address), taken_at(stamp))


def _indexed(wayback: Wayback, url: str, before: datetime | None) -> Snapshot | None:
    params = {"url": url, "output": "json", "fl": "timestamp,original", "filter": "statuscode:200", "limit": "-2"}
    if before:
        params["to"] = _stamp(before - timedelta(seconds=1))  # the end of a range belongs to it
    answer = wayback.get(wayback.archive.cdx, params)
    if answer.status != requests.codes.ok:
        raise WaybackError(f"the Wayback Machine's index answered with status {answer.status}")
    rows = answer.data() if answer.text.strip() else []
    match rows:
        case []:
            return None
        case [["timestamp", "original"], *found]:
            pass
        case _:
            raise WaybackError("the Wayback Machine's index answered in a form that is not its own")
    match found:
        case []:
            return None
        case [*_, [str(stamp), str(original)]]:
            return snapshot_of(wayback.archive.cdx, stamp, original)
        case _:
            raise WaybackError("the Wayback Machine's index answered in a form that is not its own")


def _member(data: Any, key: str) -> Any:
    return data.get(key) if isinstance(data, dict) else None


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Sign nothing: without an `auth` of ours, requests would send what a `.netrc` has for the host."""
    return request


def _read(response: requests.Response, until: float) -> bytes:
    body = b""
    for piece in response.iter_content(65_536):
        body += piece
        if len(body) > _MOST or time.monotonic() > until:
            raise requests.exceptions.ContentDecodingError("the answer does not end")
    return body


def _words_of(error: requests.RequestException) -> str:
    """Say in a sentence why there is no answer; the libraries' own words run over many lines."""
    if isinstance(error, requests.Timeout):
        return "the Wayback Machine did not answer in time"
    if isinstance(error, requests.exceptions.SSLError):
        return "no trusted connection to the Wayback Machine"
    if isinstance(error, requests.exceptions.ProxyError):
        return "the proxy does not lead to the Wayback Machine"
    if isinstance(error, requests.ConnectionError):
        return "no connection to the Wayback Machine"
    return "the Wayback Machine's answer is broken"
