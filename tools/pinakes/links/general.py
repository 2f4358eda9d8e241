"""What any host's answer shows by itself: where it led, a robot gate, a login, a parked domain, `not found`."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from pinakes.links.hosts.gates import FOR_SALE, GATE_HEADERS, GATES, PARKING, PARKING_HOSTS, Gate, Parking
from pinakes.links.page import Page
from pinakes.links.phrases import is_login, is_not_found, is_robot_check, names_missing
from pinakes.links.verdict import Classified
from pinakes.urls import host_of, identity, strip_tracking

SHORT = 500
"""Characters of prose, outside links and menus, that a page with a message has at most; one of Chinese counts as two.
In `tests/data/pages` messages have up to 140, articles about error 404 from 500 on."""
_MESSAGE = 200
"""The same for a page without a title or heading that says so."""
_MISSING_HINTS = tuple(
    word.encode()
    for word in "不存在|删除|找不到|下架|失效|过期|屏蔽|ot found|be found|no longer|deleted|removed".split("|")
)

_HOME = re.compile(
    r"/(?:(?:index|default|home|main)(?:\.\w{2,5})?)?/?"  # `/`, `/index.html`
    r"|/(?:m|mobile|wap|pc)/?"  # for phones
    r"|/(?:zh|cn|tw|hk|en|us|uk|ja|jp|ko|kr|fr|de|es|pt|it|ru)(?:[-_][a-zA-Z]{2,4})?/?"  # in a language
)
_LANGUAGE = re.compile(r"/(?!m/?$|pc/?$)[a-z]{2}(?:[-_][a-zA-Z]{2,4})?/?")
_TINY = 4_000
"""Bytes of a page that only sends its reader on."""
_SCRIPT_HINTS = (b"location", b"efresh", b"alert(")
_ALERT = re.compile(rb"""\balert\(\s*["']([^"']{2,200})["']""")
_WAY = re.compile(
    rb"""http-equiv\s*=\s*["']?refresh\b[^>]{0,80}?url\s*=\s*["']?([^"'>\s]+)"""
    rb"""|\blocation(?:\.href)?\s*=\s*["']([^"']+)["']|\blocation\.replace\(\s*["']([^"']+)["']""",
    re.IGNORECASE,
)
_LOGIN_WORDS = frozenset(
    "login signin sign-in sign_in log-in logon signup sign-up authenticate authorize authwall unhuman captcha consent"
    " wp-login.php login.php login.html login.aspx login.jsp login.action login.do signin.html age-gate agegate"
    " browser-check".split()
)
_LOGIN_FOLDERS = frozenset("passport sso account accounts auth oauth oauth2 cas splash unsupported".split())
"""Names of a first folder; further down they may be what an article is about."""
_LOGIN_HOSTS = frozenset(
    "login signin passport sso auth accounts account id oauth cas idp captcha verify consent".split()
)
_ERROR_PATH = re.compile(
    r"(?:^|/)(?:40[04]|410|error[-_]?404|404[-_]?error|page[-_]?404|errors?|err|not[-_]?found|page[-_]?not[-_]?found"
    r"|missing|deleted|errorpage|error[-_]?page|page[-_]?error|nopage|no[-_]?page|file[-_]?not[-_]?found)(?:\.\w{2,5})?/?$",
    re.IGNORECASE,
)
_SECOND_LEVEL = frozenset("com net org gov edu ac co go or ne".split())
_LANDER = re.compile(rb"""window\.location(?:\.href)?\s*=\s*["']/lander["']""")
_FOR_SALE = re.compile("|".join(FOR_SALE))
_PARKING_HINTS = tuple(parking.address.encode() for parking in PARKING)
_GATE_HINTS = tuple(gate.hint for gate in GATES)
_SCRIPTED = (b"<script", b"<SCRIPT", b"<iframe", b"<form", b"ttp-equiv", b"sec-if-cpt")
"""One of these is in every gate: asking for all the gates' marks takes longer than all else that is asked of a page."""
_LOADED = (b"src", b"SRC", b"<link", b"<LINK")
"""The same for parking pages, which load something from their service."""


class _Parts(NamedTuple):
    host: str
    path: str


def _parts(url: str) -> _Parts:
    return _Parts(host_of(url).name, urlsplit(url).path)


def by_redirect(page: Page) -> Classified | None:
    """Judge where the redirects ended; None if that says nothing.

    A login page, an error page and the home page of the same site are no article, whatever they say.
    """
    return _by_way(page.observation.url, page.observation.final_url) if page.observation.hops else None


def by_script(page: Page) -> Classified | None:
    """Judge a page that only sends its reader on, by a script or a `<meta>`: so small sites do where an article was."""
    body = page.body
    if len(body) > _TINY or b"src=" in body or not page.holds_any(_SCRIPT_HINTS):
        return None
    if _length(page.prose) > _MESSAGE:
        return None
    alert, way = _ALERT.search(body), _WAY.search(body)
    if alert and is_not_found(alert[1].decode("utf-8", "replace")):
        return Classified("soft_gone", "a script says that it isn't there", "not-found script")
    final = page.observation.final_url
    return _by_way(final, _joined(final, way[way.lastindex or 0].decode("utf-8", "replace"))) if way else None


def _by_way(url: str, final: str) -> Classified | None:
    if identity(url) == identity(final):
        return None
    asked, got = _parts(url), _parts(final)
    if _is_login(got) and not _is_login(asked):
        return Classified("blocked", "it leads to a login or a robot check", "redirect to a login")
    if got.host in PARKING_HOSTS and asked.host not in PARKING_HOSTS:
        return Classified("soft_gone", "its domain is for sale", "parked domain")
    if _ERROR_PATH.search(got.path) and not _ERROR_PATH.search(asked.path):
        return Classified("soft_gone", "it leads to the site's error page", "redirect to an error page")
    if _is_home_of(got, asked) and is_home(final) and not is_home(url):
        return Classified("soft_gone", "it leads to the site's home page", "redirect to the home page")
    return None


def by_headers(page: Page) -> Classified | None:
    """Say whether the headers tell of a robot gate."""
    for header, values, name, _ in GATE_HEADERS:
        if page.observation.headers.get(header, "").lower() in values:
            return Classified("blocked", f"{name} wants to see a person first", f"robot gate: {name}")
    return None


def by_gate(page: Page) -> Classified | None:
    """Say whether the page is a robot gate: by its title, or by what is in its scripts; either way it says little."""
    if page.is_much:
        return None
    if page.title in page.names and is_robot_check(page.title) and _says_little(page):
        return Classified("blocked", "it shows a robot check", "robot gate: title")
    if not page.holds_any(_SCRIPTED) or not page.holds_any(_GATE_HINTS):
        return None
    gate = next((gate for gate in GATES if _is_behind(page, gate)), None)
    if gate is None:
        return None
    return Classified("blocked", f"{gate.name} wants to see a person first", f"robot gate: {gate.name}")


def by_login(page: Page) -> Classified | None:
    """Say whether the page is a login and nothing else."""
    if page.is_wordy or not any(is_login(name) for name in page.names) or not _says_little(page):
        return None
    return Classified("blocked", "it shows a login", "login page")


def by_parking(page: Page) -> Classified | None:
    """Say whether the domain is parked: by where its scripts come from, or by what its title says."""
    if page.is_much:
        return None
    if len(page.body) < 1_000 and _LANDER.search(page.body):
        return Classified("soft_gone", "its domain is parked at GoDaddy", "parked domain: GoDaddy")
    has_hint = page.holds_any(_LOADED) and page.holds_any(_PARKING_HINTS)
    parking = next((one for one in PARKING if _is_at(page, one)), None) if has_hint else None
    if parking is not None and _says_little(page):
        return Classified("soft_gone", f"its domain is parked at {parking.name}", f"parked domain: {parking.name}")
    if any(_FOR_SALE.fullmatch(name.casefold()) for name in page.names) and not page.is_dated and _says_little(page):
        return Classified("soft_gone", "its domain is for sale", "parked domain: title")
    return None


def by_message(page: Page) -> Classified | None:
    """Say whether the page says `not found` and little else: in its title or first heading, or in all that it says."""
    if page.is_wordy or page.is_dated:
        return None
    named = next((name for name in page.names if is_not_found(name)), "")
    if named and _says_little(page):
        return Classified("soft_gone", f"the page says `{named}`", "not-found page")
    if not page.is_much and page.holds_any(_MISSING_HINTS) and _is_message(page):
        return Classified("soft_gone", "the page says only that it isn't there", "not-found page")
    return None


def _is_home_of(home: _Parts, asked: _Parts) -> bool:
    """Whether a home page is one of the same site; a gate that asks for the country leads to that of a language."""
    language = _LANGUAGE.fullmatch(home.path)
    return site_of_host(asked.host) == site_of_host(home.host) and (
        not language or asked.path.startswith(home.path.rstrip("/") + "/")
    )


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, unescape(address))
    except ValueError:
        return base


@lru_cache(maxsize=1_024)
def is_home(url: str) -> bool:
    """Say whether a URL names a site's home page, in any language, for a phone or not."""
    parts = urlsplit(strip_tracking(url))
    return not parts.query and bool(_HOME.fullmatch(parts.path or "/"))


@lru_cache(maxsize=1_024)
def site_of_host(host: str) -> str:
    """Give the domain that a host is registered under, near enough: `example.com`, `example.com.cn`."""
    labels = host.split(".")
    three = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3 if three else -2 :])


def _is_login(parts: _Parts) -> bool:
    words = parts.path.lower().strip("/").split("/")
    is_named = words[0] in _LOGIN_FOLDERS or not _LOGIN_WORDS.isdisjoint(words)
    return is_named or parts.host.partition(".")[0] in _LOGIN_HOSTS


def _is_behind(page: Page, gate: Gate) -> bool:
    """Whether a page is a gate's own: it holds its mark, says little, and doesn't speak of it."""
    if gate.hint not in page.body:
        return False
    return _length(page.prose) <= gate.most and gate.hint.decode() not in page.text and not is_not_found(page.title)


def _says_little(page: Page) -> bool:
    return _length(page.prose) <= SHORT


def _is_message(page: Page) -> bool:
    return _length(page.prose) <= _MESSAGE and names_missing(page.prose) and not page.is_shell


def _length(text: str) -> int:
    """Count characters; one of Chinese, Japanese or Korean says as much as two."""
    return len(text) + sum(character > "\u2e7f" for character in text)


def _is_at(page: Page, parking: Parking) -> bool:
    """Whether a script, frame, style or picture comes from a parking service; a link to it says nothing."""
    if parking.address.encode() not in page.body:
        return False
    tags = (("script", "src"), ("iframe", "src"), ("frame", "src"), ("img", "src"), ("link", "href"))
    sources = (element.get(name) or "" for tag, name in tags for element in page.find(tag))
    return any(_is_from(source, parking.address) for source in sources)


def _is_from(source: str, address: str) -> bool:
    _, slashes, rest = source.partition("//")
    host, _, path = rest.partition("/")
    wanted, _, below = address.partition("/")
    return bool(slashes) and (host == wanted or host.endswith(f".{wanted}")) and path.startswith(below)
