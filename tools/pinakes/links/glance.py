"""What one look at a link comes to: small enough to be sent between processes and machines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pinakes.links.verdict import Verdict


class Glance(NamedTuple):
    """What one look at a link came to.

    Attributes:
        url: The link, as the catalogue has it.
        at: When, in seconds since 1970 (UTC).
        verdict: What the answer says.
        reason: Why, one sentence.
        rule: Which rule decided.
        status: The HTTP status; None if there was none.
        final_url: What answered in the end.
        title: The page's title; empty if it has none or did not come back.
        etag: What the host named the page's version, if the page came back from the very address that was asked.
        last_modified: The same as a date.
        lost_fragment: Whether the page does not have the place that the link's fragment names.
    """

    url: str
    at: float
    verdict: Verdict
    reason: str
    rule: str
    status: int | None
    final_url: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""
    lost_fragment: bool = False


class HostAnswer(NamedTuple):
    """What was learned of a host.

    Attributes:
        host: The host, with the port where it is not the usual one.
        at: When, in seconds since 1970 (UTC).
        is_honest: Whether it does not answer 2xx for an address that cannot exist.
        is_varied: Whether it has other pages than the one that it shows for such an address.
    """

    host: str
    at: float
    is_honest: bool
    is_varied: bool


Batch = Sequence[Glance | HostAnswer]
"""What came at the same time."""


class KnownHosts(NamedTuple):
    """What is known of hosts from earlier runs.

    Attributes:
        honest: Those that do not answer 2xx for an address that cannot exist.
        varied: Those that do, and have other pages than the one that they show there.
    """

    honest: frozenset[str] = frozenset()
    varied: frozenset[str] = frozenset()


class Wanted(NamedTuple):
    """A link to be looked at.

    Attributes:
        url: Its address.
        etag: What its page's version was named when it last came back.
        last_modified: The same as a date.
    """

    url: str
    etag: str = ""
    last_modified: str = ""
