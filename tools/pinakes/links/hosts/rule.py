"""The form of a rule about one host's pages, and whether it holds for a page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pinakes.links.page import Page
from pinakes.links.verdict import Verdict

UNSOURCED = "seen on the site; no public source found"
"""What stands for a source where none could be looked up."""

_AFTER = 600
"""Characters after a marker in a script's data that its rule may look at: YouTube's reason is within 300."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """What a page of one host looks like, and what that says of the article.

    Every condition that is given must hold; patterns must match the whole text. A rule never looks for words in the
    body at large: an article may quote every message there is.

    Attributes:
        name: In a few words, for `Classified.rule`.
        verdict: What it says.
        reason: One sentence without a full stop, for people.
        source: Where the marker can be seen in public, or `UNSOURCED`.
        url: A pattern for where the page was in the end, without scheme and fragment.
        title: A pattern for its title, the site's name included.
        element: Selectors, of which one must be there.
        says: A pattern for what one of these elements says.
        without: Selectors of which none may be there.
        data: Text that only the page's own script data can hold: quoted in data or in an attribute, its `"` would
            be escaped.
        then: A pattern for what follows the data, matched from its end.
        script: A pattern that one script begins with.
        json: A pattern that the body begins with, if it is JSON.
    """

    name: str
    verdict: Verdict
    reason: str
    source: str
    url: str = ""
    title: str = ""
    element: tuple[str, ...] = ()
    says: str = ""
    without: tuple[str, ...] = ()
    data: str = ""
    then: str = ""
    script: str = ""
    json: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """The rules of one site; the first that holds decides.

    Attributes:
        name: What the site is called in `Classified.rule`, its main host.
        hosts: Its hosts; their subdomains are meant as well.
        rules: The rules, in order.
        enough: What only a living page holds, so that reading may stop there.
    """

    name: str
    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]
    enough: tuple[bytes, ...] = ()


def holds(rule: Rule, page: Page, address: str) -> bool:
    """Say whether a rule holds for a page.

    Args:
        rule: The rule. One that says `ok` holds only for a status of 2xx, and one that says `soft_gone` also for 404
            and 410: a page that comes with a refusal or an error says nothing of the article.
        page: The page.
        address: Where it was in the end, without scheme and fragment.
    """
    status = page.observation.status or 0
    if rule.verdict in {"ok", "soft_gone"} and not (200 <= status < 300 or _is_gone(rule, status)):
        return False
    if rule.url and not _pattern(rule.url).fullmatch(address):
        return False
    return all(is_met(rule, page) for is_met in _CONDITIONS)


def _is_gone(rule: Rule, status: int) -> bool:
    return rule.verdict == "soft_gone" and status in {404, 410}


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """Compile a pattern when it is first needed: all of them would take 50 ms."""
    return re.compile(text, re.IGNORECASE | re.DOTALL)


def _has_title(rule: Rule, page: Page) -> bool:
    return not rule.title or bool(_pattern(rule.title).fullmatch(page.title))


def _has_data(rule: Rule, page: Page) -> bool:
    data = rule.data.encode()
    at = page.body.find(data) if data else 0
    if at < 0 or not rule.then:
        return at >= 0
    rest = page.body[at + len(data) : at + len(data) + 4 * _AFTER].decode("utf-8", "replace")
    return bool(_pattern(rule.then).match(rest[:_AFTER]))


def _is_json(rule: Rule, page: Page) -> bool:
    if not rule.json:
        return True
    start = page.body[:2_000].lstrip()
    return start[:1] == b"{" and bool(_pattern(rule.json).match(start.decode("utf-8", "replace")))


def _has_element(rule: Rule, page: Page) -> bool:
    if not rule.says:
        return not rule.element or any(page.has(selector) for selector in rule.element)
    says = _pattern(rule.says)
    found = (element for selector in rule.element for element in page.find(selector))
    return any(says.fullmatch(page.say(element)) for element in found)


def _has_script(rule: Rule, page: Page) -> bool:
    return not rule.script or any(_pattern(rule.script).match(script) for script in page.scripts)


def _lacks(rule: Rule, page: Page) -> bool:
    return not any(page.has(selector) for selector in rule.without)


_CONDITIONS = (_has_title, _has_data, _is_json, _has_element, _has_script, _lacks)
"""In the order of what they cost."""
