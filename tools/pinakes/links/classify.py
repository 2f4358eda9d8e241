"""What one observation says of its link: host rules first, then the status, then what any page shows by itself."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote

from pinakes.fetch.observation import FailureKind, Observation
from pinakes.links import general
from pinakes.links.hosts import holds, site_of
from pinakes.links.page import Page
from pinakes.links.probe import by_probe, probe_url
from pinakes.links.verdict import GOOD, Classified, Verdict
from pinakes.urls import host_of, identity, strip_tracking

__all__ = ("classify", "enough_for", "fragment_is_missing", "has_changed", "probe_url", "wants_probe")

_FAILURES: Mapping[FailureKind, Verdict] = {
    "refused": "refused",
    "paused": "refused",
    "dns": "unreachable",
    "connect": "unreachable",
    "tls": "unreachable",
    "timeout": "unreachable",
    "reset": "unreachable",
    "broken": "error",
    "redirects": "error",
}
_GONE = frozenset((404, 410))
_REFUSALS = frozenset(
    (401, 402, 403, 405, 406, 407, 418, 421, 423, 425, 426, 428, 429, 431, 451, *range(494, 500), 999)
)
"""Statuses that refuse us and not the article: RFC 9110 and 6585, nginx's own (494 to 499), LinkedIn's 999. A 405
answers a GET: it is a gate's (AWS WAF asks for a CAPTCHA with it)."""
_NO_PLACE = re.compile(r"^[/!]|^top$|:~:|=|^L\d+(?:C\d+)?(?:-L\d+(?:C\d+)?)?$", re.IGNORECASE)
_TRUSTED = "status"
_MOVED = "permanent redirect"
_STOP = frozenset("the a an of in on to for and is are with by from at how what why 的 了 和 与 在 是".split())
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+|[^\W_]+")


def classify(observation: Observation, probe: Observation | None = None) -> Classified:
    """Say what an observation says of its link, and why.

    Args:
        observation: What came of the link.
        probe: What came of `probe_url`, where `wants_probe` asked for it.
    """
    if observation.failure is not None:
        kind = observation.failure.kind
        return Classified(_FAILURES[kind], observation.failure.message, f"failure: {kind}")
    page = Page(observation)
    found = _by_host(page) or general.by_headers(page) or _by_status(page) or general.by_redirect(page)
    is_html = observation.is_html
    if found is None and is_html:
        found = _by_page(page) or (by_probe(page, Page(probe)) if probe else None)
    found = _moved(found or _trusted(observation), observation)
    return found._replace(title=page.own_title) if is_html and observation.body else found


def wants_probe(observation: Observation, classified: Classified) -> bool:
    """Say whether the answer for an address that cannot exist would settle it.

    That is so for an HTML page that only its status of 2xx speaks for, unless it is a home page, which any site has.
    """
    return (
        classified.verdict in GOOD
        and classified.rule in {_TRUSTED, _MOVED}
        and 200 <= (observation.status or 0) < 300
        and observation.is_html
        and not general.is_home(observation.url)
    )


def enough_for(url: str) -> tuple[bytes, ...]:
    """Give the bytes after any of which reading may stop, because only a living page of this host holds them."""
    site = site_of(host_of(url).name)
    return site.enough if site else ()


def has_changed(before: str, now: str) -> bool:
    """Say whether two titles of one page have nothing in common, so that it was replaced or hijacked.

    Args:
        before: The title that was seen there.
        now: The title that is there; if either is empty, nothing can be said.
    """
    mine, yours = _features(before), _features(now)
    return bool(mine and yours) and not mine & yours


def fragment_is_missing(observation: Observation, fragment: str) -> bool:
    """Say whether a page has no place of a fragment's name.

    It can be said only of a whole page of HTML that has ids and isn't drawn by scripts. What is no name of a place
    never counts: empty, `top` (HTML Living Standard §7.4.6.3), `:~:text=`, `/route`, `!route`, `key=value`, `L10`.

    Args:
        observation: What came of the link.
        fragment: What stands after `#`, percent-encoded or not.
    """
    name = unquote(fragment)
    if not name or _NO_PLACE.search(name) or "#" not in strip_tracking(f"{observation.url}#{fragment}"):
        return False
    if not (observation.is_html and observation.is_whole and 200 <= (observation.status or 0) < 300):
        return False
    page = Page(observation)
    ids = _ids(page)
    return bool(ids) and not page.is_shell and not {name, fragment, f"user-content-{name}"} & ids


def _by_host(page: Page) -> Classified | None:
    final = page.observation.final_url
    site = site_of(host_of(final).name)
    if site is None:
        return None
    address = final.partition("://")[2].partition("#")[0]
    rule = next((rule for rule in site.rules if holds(rule, page, address)), None)
    if rule is None:
        return None
    verdict = "gone" if rule.verdict == "soft_gone" and page.observation.status in _GONE else rule.verdict
    return Classified(verdict, rule.reason, f"{site.name}: {rule.name}")


def _by_status(page: Page) -> Classified | None:
    """Judge a status that decides by itself; None for 2xx and 304, which do not."""
    status = page.observation.status or 0
    if status in _GONE:
        return Classified("gone", f"the host answers {status}", _TRUSTED)
    if status in _REFUSALS:
        return Classified("blocked", f"the host refuses us ({status})", _TRUSTED)
    if status == 202:
        return Classified("blocked", "the host answers 202, as robot gates do", _TRUSTED)
    if status == 304 or 200 <= status < 300:
        return None
    if status == 408:
        return Classified("unreachable", "the host waited too long for us (408)", _TRUSTED)
    return general.by_gate(page) or Classified("error", f"the host answers {status}", _TRUSTED)


def _by_page(page: Page) -> Classified | None:
    checks = (general.by_script, general.by_gate, general.by_parking, general.by_message, general.by_login)
    return next((found for check in checks if (found := check(page))), None)


def _trusted(observation: Observation) -> Classified:
    if observation.status == 304:
        return Classified("ok", "unchanged since it was good", _TRUSTED)
    return Classified("ok", f"the host answers {observation.status}", _TRUSTED)


def _moved(found: Classified, observation: Observation) -> Classified:
    """Say that a good answer came from elsewhere, if every redirect said for good, and it is another address indeed."""
    hops, final = observation.hops, observation.final_url
    if found.verdict != "ok" or not hops or not all(hop.is_permanent for hop in hops):
        return found
    if identity(observation.url) == identity(final):
        return found
    if general.is_home(final) and not general.is_home(observation.url):
        return found  # the article isn't there, and nobody wants the link to be rewritten to a home page
    rule = _MOVED if found.rule == _TRUSTED else found.rule
    return found._replace(verdict="moved", reason=f"it has moved to {final}", rule=rule)


def _features(title: str) -> frozenset[str]:
    """Give a title's words, and the pairs of characters of its Chinese; one character alone is a word."""
    features: set[str] = set()
    for found in _WORD.finditer(unicodedata.normalize("NFKC", title).casefold()):
        word = found[0]
        if word[0] < "\u3040" or len(word) == 1:
            features.add(word)
        else:
            features.update(word[at : at + 2] for at in range(len(word) - 1))
    return frozenset(features - _STOP)


def _ids(page: Page) -> frozenset[str]:
    if page.tree is None:
        return frozenset()
    return frozenset(str(name) for name in page.tree.xpath("//@id | //a/@name"))
