"""The words for what one observation says of its link."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

Verdict = Literal["ok", "moved", "soft_gone", "gone", "blocked", "error", "unreachable", "refused"]
"""What one observation says.

ok           the article itself came back
moved        a permanent redirect led to the same article elsewhere
soft_gone    2xx, but the page says it is deleted, is the host's error page, or is its home page
gone         404, 410, or the host's API says deleted
blocked      a login wall, a robot check, 401, 403, 429, 451, 999: says nothing about the article
error        5xx, a broken response
unreachable  DNS, TLS, connection or time-out
refused      ours: a private address, a forbidden scheme, a host that is paused, robots.txt where the config says so
"""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)

GOOD = frozenset[Verdict](("ok", "moved"))
GONE = frozenset[Verdict](("gone", "soft_gone"))
FAILED = frozenset[Verdict](("error", "unreachable"))
INCONCLUSIVE = frozenset[Verdict](("blocked", "refused"))


class Classified(NamedTuple):
    """What one observation says of its link, and why.

    Attributes:
        verdict: The verdict.
        reason: One sentence without a full stop, for people: `the author has deleted it`.
        rule: Which rule or general means decided: `mp.weixin.qq.com: deleted by its author`, `status`.
        title: The page's own title, without the site's name; empty if it has none or was not read.
    """

    verdict: Verdict
    reason: str
    rule: str
    title: str = ""
