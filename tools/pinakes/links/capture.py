"""Ask Save Page Now for a new snapshot, and wait until it is there.

The interface is described in “Save Page Now 2 Public API Docs” (linked from web.archive.org/save; revisions of
2025-10-22 and 2026-07-22): a form with `url` and `Authorization: LOW access:secret` starts a job, whose progress is
asked for by its name, for an hour at most. A capture takes two minutes at most. An account may have 7 begun in a minute
(an older revision says 6) and 30,000 in a day, others 3 in a minute and 200 in a day, and one page 5 in a day.

Not certain is whether anything is captured for those without keys. The document demands keys and yet gives limits for
those without; public programs of 2026 tell of an answer of 401, and others of a page that names its job in a script. So
without keys the page's own form is sent, and an answer of 401 is told as what it is.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import quote, urldefrag

from pinakes.errors import PinakesError
from pinakes.links.wayback import Answer, Snapshot, Wayback, WaybackError, snapshot_of
from pinakes.urls import identity

ACCESS_KEY, SECRET_KEY = "PINAKES_ARCHIVE_ACCESS_KEY", "PINAKES_ARCHIVE_SECRET_KEY"
"""The environment variables with the keys of an account; they are never stored or shown."""

_INTERVAL_WITH_KEYS = 10.0  # 6 in a minute: right by either revision
_INTERVAL_WITHOUT = 20.0  # 3 in a minute
_RECENT = "30d"
"""A snapshot as new as that is given instead of a new one: so one that was asked for just before a crash is found."""
_POLLS = 120
"""How often a job is asked after: five minutes at the usual pace, since a busy host's captures are put off."""
_TRIES = 3
_JOB_IN_PAGE = re.compile(r'spn\.watchJob\("([\w-]+)"')
_DAY_IS_OVER = re.compile(r"captures per day", re.IGNORECASE)

_BUSY = frozenset(("error:user-session-limit", "error:session-limit"))
_ENDS_RUN = frozenset(("error:max-daily-bandwidth", "error:max-daily-bandwidth-from-ip", "error:blocked-client-ip"))
LASTING = frozenset((
    "error:bad-request", "error:blocked", "error:blocked-url", "error:filesize-limit", "error:ftp-access-denied",
    "error:http-version-not-supported", "error:invalid-host-resolution", "error:invalid-url",
    "error:invalid-url-syntax", "error:method-not-allowed", "error:network-authentication-required", "error:no-access",
    "error:not-found", "error:not-implemented", "error:too-many-redirects", "error:unauthorized", "elsewhere",
))  # fmt: skip
"""Troubles that will be the same tomorrow; any other may pass. `elsewhere` is ours, the rest are the document's."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of an account of the archive, as archive.org/account/s3.php gives them."""

    access: str = field(repr=False)
    secret: str = field(repr=False)


class Outcome(NamedTuple):
    """What a request for a snapshot came to.

    Attributes:
        snapshot: The snapshot; None if there is none.
        trouble: Why not: the archive's code, or a word of ours; empty if there is one.
        message: The same in a sentence, for people.
    """

    snapshot: Snapshot | None
    trouble: str = ""
    message: str = ""


def keys_from(environment: Mapping[str, str]) -> Keys | None:
    """Take the keys from the environment; None if there are none.

    Raises:
        PinakesError: There is only one of the two.
    """
    access, secret = environment.get(ACCESS_KEY, ""), environment.get(SECRET_KEY, "")
    if bool(access) != bool(secret):
        missing = SECRET_KEY if access else ACCESS_KEY
        raise PinakesError(f"{missing} is not set, though the other key is", hint="both, or neither")
    return Keys(access, secret) if access else None


def interval_of(configured: float | None, keys: Keys | None) -> float:
    """Say how many seconds lie between two new snapshots: those of the config, else what the archive allows."""
    return configured if configured is not None else _INTERVAL_WITH_KEYS if keys else _INTERVAL_WITHOUT


def save(wayback: Wayback, url: str, keys: Keys | None, *, moved_to: str = "") -> Outcome:
    """Ask for a snapshot of a page, and wait for it.

    Args:
        wayback: Where to ask.
        url: The page.
        keys: The account's keys, if there are any.
        moved_to: Where the page is known to lead; a snapshot of any other address shows a login or a robot check.

    Raises:
        WaybackError: There is no answer that is of use; `ends_run` if none is to be had for other pages either.
    """
    url = urldefrag(url).url
    headers = {"Accept": "application/json", "Authorization": f"LOW {keys.access}:{keys.secret}"} if keys else {}
    data = _begin(wayback, url, headers)
    if "job_id" in data:
        data = _finish(wayback, str(data["job_id"]), headers)
    if data.get("status") != "success":
        return _trouble(data)
    original = str(data.get("original_url") or url)
    if identity(original) not in {identity(url), identity(moved_to)}:
        return Outcome(None, "elsewhere", f"what was captured is {original}")
    return Outcome(snapshot_of(wayback.archive.save, str(data.get("timestamp")), original))


def _begin(wayback: Wayback, url: str, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Start a job; while too many are under way already, wait."""
    form = {"url": url, "skip_first_archive": "1", "if_not_archived_within": _RECENT}
    # The document's address has no slash at its end; the page's form does.
    address = wayback.archive.save if headers else f"{wayback.archive.save}/"
    for attempt in range(_TRIES):
        data = _started(wayback.post(address, form, headers))
        if data.get("status_ext") not in _BUSY:
            return data
        wayback.pause("save", attempt)
    raise WaybackError("the account has too many captures under way", ends_run=True)


def _started(answer: Answer) -> Mapping[str, Any]:
    if answer.status == 401:
        hint = f"{ACCESS_KEY} and {SECRET_KEY} hold the keys that archive.org/account/s3.php gives"
        raise WaybackError("Save Page Now wants the keys of an account, or other ones", hint=hint, ends_run=True)
    if _DAY_IS_OVER.search(answer.text):
        raise WaybackError("no more captures are allowed today", hint="go on tomorrow", ends_run=True)
    in_page = _JOB_IN_PAGE.search(answer.text)
    return {"job_id": in_page[1]} if in_page else _mapping(answer)


def _finish(wayback: Wayback, job: str, headers: Mapping[str, str]) -> Mapping[str, Any]:
    """Ask after a job until it has come to its end."""
    address = f"{wayback.archive.save}/status/{quote(job, safe='')}"
    for _ in range(_POLLS):
        # A parameter that changes keeps a cache from answering (the document, “User status”).
        data = _mapping(wayback.get(address, {"_t": str(time.time_ns())}, {"Accept": "application/json", **headers}))
        if data.get("status") != "pending":
            return data
    return {"status_ext": "pending", "message": "the capture did not come to its end in time"}


def _mapping(answer: Answer) -> Mapping[str, Any]:
    data = answer.data()
    if not isinstance(data, dict):
        raise WaybackError("Save Page Now answered in a form that is not its own")
    return data


def _trouble(data: Mapping[str, Any]) -> Outcome:
    """Tell why there is no snapshot.

    Raises:
        WaybackError: The reason stands against every other page too.
    """
    code = str(data.get("status_ext") or "unknown")
    message = str(data.get("message") or data.get("exception") or "no reason was given").rstrip(".")
    if code in _ENDS_RUN:
        raise WaybackError(message, hint="go on tomorrow", ends_run=True)
    return Outcome(None, code, message)
