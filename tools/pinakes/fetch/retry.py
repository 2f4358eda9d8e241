"""Which answers are asked for again, and when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import random

from pinakes.fetch.observation import Failure, FailureKind

_PASSING_FAILURES = frozenset[FailureKind](("dns", "connect", "timeout", "reset", "broken"))
_PASSING_STATUSES = frozenset((408, 425, 429))
_FIRST_DELAY = 0.5  # seconds
_LONGEST_DELAY = 20.0


def is_passing(status: int | None, failure: Failure | None) -> bool:
    """Say whether an answer may be another one a moment later.

    These are failed connections and time-outs, 408, 425 (RFC 8470), 429 (RFC 6585) and 5xx.
    """
    if failure is not None:
        return failure.kind in _PASSING_FAILURES
    return status is not None and (status in _PASSING_STATUSES or 500 <= status <= 599)


def delay_before(attempt: int) -> float:
    """Give the seconds to wait before an attempt (2 is the second): doubled each time, and spread by half."""
    return float(min(_FIRST_DELAY * 2 ** (attempt - 2), _LONGEST_DELAY) * (0.75 + random() / 2))  # noqa: S311


def retry_after(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """Read `Retry-After` (RFC 9110 §10.2.3): seconds, or a date; None where there is none that can be read.

    A date is compared with the host's own clock (`Date`), where it tells it: that clock may be wrong by hours.
    """
    text = headers.get("retry-after", "").strip()
    if not text:
        return None
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return float(text)
    until = _date(text)
    if until is None:
        return None
    return max(0.0, (until - (_date(headers.get("date", "")) or now or datetime.now(UTC))).total_seconds())


def _date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
