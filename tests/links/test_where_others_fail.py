"""The answers that the best-known link checkers get wrong: lychee 0.24, LinkChecker 10.6, linkinator 7.6."""

from __future__ import annotations

from tests.internet.pages import html, page
from tests.internet.redirects import to
from tests.internet.wire import Exchange
from tests.links.conftest import CONFIG

ONCE = (500, 502, 503, 408, 403, 429)
LATER = 2  # seconds


async def soft(exchange: Exchange) -> None:
    """A host that answers 200 for what it does not have."""
    if exchange.asked.path == "/articles/simclr":
        await page(exchange)
    else:
        body = html("Page not found", "Sorry, there is nothing here.").encode()
        await exchange.reply(200, body, "Content-Type: text/html; charset=utf-8")


def test_all_of_them_are_right(internet, make_links, check):
    patient = CONFIG.replace("retries: 0", "retries: 2")
    host, busy, soft_host = internet.host(), internet.host("127.0.0.2"), internet.new_host(play=soft)
    wanted = {
        **{host.url(f"/once/{code}/a"): "ok" for code in ONCE},
        host.url("/status/403/a"): "blocked",
        host.url("/status/999/a"): "blocked",
        host.url("/status/202/a"): "blocked",
        host.url("/status/404/a"): "gone",
        host.url(to("/")): "soft_gone",
        busy.url(f"/later/429/{LATER}/seconds"): "ok",
        **{busy.url(f"/page/{number}"): "ok" for number in range(20)},
        soft_host.url("/articles/moco"): "soft_gone",
        soft_host.url("/articles/simclr"): "ok",
    }
    code, links = check(make_links(*wanted, config=patient))
    assert code == 0
    assert {url: links[url]["verdict"] for url in wanted} == wanted
    first, *others = busy.times(f"/later/429/{LATER}/seconds")
    assert all(at >= first + LATER - 0.05 for at in others), "2xx beside it do not shorten what the host asked for"


def test_every_status_has_a_verdict_that_blames_the_right_one(internet, make_links, check):
    codes = range(100, 1000)
    hosts = [internet.host(f"127.0.1.{number}") for number in range(1, 31)]
    urls = {code: hosts[code % 30].url(f"/status/{code}/a") for code in codes}
    _, links = check(make_links(*urls.values()))
    verdicts = {code: links[url]["verdict"] for code, url in urls.items()}
    assert {code for code in codes if verdicts[code] == "gone"} == {404, 410}
    assert {code for code in codes if verdicts[code] == "ok"} == set(range(200, 300)) - {202}
    assert {202, 401, 403, 407, 429, 451, 999} <= {code for code in codes if verdicts[code] == "blocked"}
    assert {code for code in codes if verdicts[code] == "error"} >= {*range(500, 600), 400, 304, 300}
    assert not {"soft_gone", "moved", "refused"} & set(verdicts.values())
