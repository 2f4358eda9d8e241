"""The probe: what the host answers for an address that cannot exist, and what that says of a page."""

from __future__ import annotations

from hashlib import blake2b
from string import ascii_lowercase
from urllib.parse import unquote, urlsplit, urlunsplit

from pinakes.links.page import Page
from pinakes.links.phrases import is_not_found, names_missing, plain
from pinakes.links.shingles import resemblance
from pinakes.links.verdict import Classified
from pinakes.urls import identity

LETTERS = 25
"""Random letters of a path that cannot exist; the number is that of Bar-Yossef et al., Sic Transit Gloria Telae
(WWW 2004)."""

ALIKE = 0.9
"""Resemblance from which two pages are the same. github.com/benhoyt/soft404, made after the paper of Bar-Yossef et al.,
wants them almost identical. In the pairs of `tests/data/pages/probe`, what is the same page reaches 1 and what is not
0.36; the room between is for a date or a number of visitors."""

SAME_PAGE = "probe: same page"
"""The rule of a page that is an error page only if its host has other pages too: some have one for all addresses."""


def probe_url(url: str) -> str:
    """Give a sibling of a URL that cannot exist: its last path component is replaced by random letters.

    The letters are derived from the URL, so that the same is asked in every run.
    """
    parts = urlsplit(url)
    folder, _, _ = parts.path.rstrip("/").rpartition("/")
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{_letters(url)}", "", ""))


def by_probe(page: Page, probe: Page) -> Classified | None:
    """Judge a page by what the host answered for an address that cannot exist; None if the page can be trusted.

    Args:
        page: A page with a status of 2xx, and nothing else against it.
        probe: The answer for `probe_url`.
    """
    if not _is_answer(probe):
        return None
    if _is_same_place(page, probe):
        return _by_same_place(page)
    if not _is_alike(page, probe):
        return None
    if is_not_found(page.title) or names_missing(page.text):
        return Classified("soft_gone", "the host shows its error page, with a status of success", "probe: error page")
    if page.is_shell or _is_form(page):
        return Classified("blocked", "the host shows the same empty page for any address", "probe: empty page")
    return Classified("soft_gone", "the host shows the same page for any wrong address", SAME_PAGE)


def _by_same_place(page: Page) -> Classified:
    """A host that sends every address to one place for good has no articles; for now, it may ask for a country."""
    if all(hop.is_permanent for hop in page.observation.hops):
        return Classified("soft_gone", "it leads where any wrong address leads", "probe: same redirect")
    return Classified("blocked", "it leads where any address leads at the moment", "probe: same redirect")


def _letters(url: str) -> str:
    digest = blake2b(url.encode("utf-8", "surrogatepass"), digest_size=LETTERS).digest()
    return "".join(ascii_lowercase[byte % 26] for byte in digest)


def _is_answer(probe: Page) -> bool:
    observation = probe.observation
    return observation.failure is None and 200 <= (observation.status or 0) < 300 and observation.is_html


def _is_same_place(page: Page, probe: Page) -> bool:
    mine, yours = page.observation, probe.observation
    return bool(mine.hops and yours.hops) and identity(mine.final_url) == identity(yours.final_url)


def _is_alike(page: Page, probe: Page) -> bool:
    """Whether two pages are the same but for the addresses that they repeat; a title of its own shows an article."""
    if page.observation.body == probe.observation.body:
        return True
    mine, yours = _without_address(page, page.title), _without_address(probe, probe.title)
    if plain(mine) != plain(yours):
        return False
    return resemblance(_without_address(page, page.text), _without_address(probe, probe.text)) >= ALIKE


def _without_address(page: Page, text: str) -> str:
    for url in (page.observation.url, page.observation.final_url):
        path = unquote(urlsplit(url).path)
        for part in (url, path, path.rstrip("/").rpartition("/")[2]):
            text = text.replace(part, " ") if len(part) > 3 else text
    return text


def _is_form(page: Page) -> bool:
    return page.has("[type=password]")
