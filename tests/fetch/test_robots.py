"""robots.txt, where the config wishes it to be respected."""

from __future__ import annotations

import pytest
from tests.fetch.conftest import Ask
from tests.internet.fixtures import Internet
from tests.internet.pages import page
from tests.internet.redirects import to
from tests.internet.wire import Exchange

RULES = """\
User-agent: *
Disallow: /private

User-agent: pinakes
Disallow: /private
Disallow: /*.pdf$
"""


def host_with(internet: Internet, status: int, body: str = "", *headers: str):
    """Make a host whose robots.txt answers so, and whose other pages are all there."""

    async def play(exchange: Exchange) -> None:
        if exchange.asked.path == "/robots.txt":
            await exchange.reply(status, body.encode(), "Content-Type: text/plain", *headers)
        else:
            await page(exchange)

    return internet.new_host(play=play)


def test_what_a_host_forbids_is_not_asked_for(internet: Internet, ask: Ask):
    host = host_with(internet, 200, RULES)
    paths = ("/a", "/private/b", "/c.pdf", "/c.pdf.html")
    seen = ask(*map(host.url, paths), robots=True)
    assert [one.failure.kind if one.failure else one.status for one in seen] == [200, "refused", "refused", 200]
    assert "robots.txt" in str(seen[1].failure)
    assert {asked.path for asked in host.requests()} == {"/robots.txt", "/a", "/c.pdf.html"}
    assert len(host.requests("/robots.txt")) == 1


def test_nobody_reads_it_where_that_is_not_wished(internet: Internet, ask: Ask):
    host = host_with(internet, 200, RULES)
    assert ask(host.url("/private/b"))[0].status == 200
    assert not host.requests("/robots.txt")


@pytest.mark.parametrize(("status", "is_asked"), [(404, True), (403, True), (500, False), (503, False)])
def test_without_rules_all_is_allowed_and_a_host_that_fails_is_left_alone(internet, ask, status, is_asked):
    host = host_with(internet, status)
    assert (ask(host.url("/a"), robots=True)[0].status == 200) is is_asked


def test_a_redirect_is_judged_by_the_rules_of_the_host_that_it_leads_to(internet: Internet, ask: Ask):
    target = host_with(internet, 200, "User-agent: *\nDisallow: /\n").url("/a")
    (seen,) = ask(internet.url(to(target)), robots=True)
    assert seen.failure
    assert seen.failure.kind == "refused"


def test_rules_that_are_elsewhere_are_followed_and_odd_ones_borne(internet: Internet, ask: Ask):
    moved = host_with(internet, 301, "", f"Location: {internet.url('/page')}")
    odd = host_with(internet, 200, "\x00\xff<html>" * 1000)
    assert [seen.status for seen in ask(moved.url("/a"), odd.url("/b"), robots=True)] == [200, 200]
