"""Redirects are followed as browsers do: the chain is kept, cookies live in it alone, addresses arrive as they were meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.internet.fixtures import Internet
from tests.internet.pages import ETAG, LAST_MODIFIED
from tests.internet.plays import play
from tests.internet.redirects import COOKIE, to, to_with_cookie

from pinakes.fetch.engine import Request

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_chain_is_kept_with_its_statuses(internet: Internet, ask: Ask, status: int):
    start = internet.url(f"/chain/{status}/3")
    seen = ask(start)[0]
    assert (seen.status, seen.url, seen.final_url) == (200, start, internet.url("/page"))
    assert [(hop.url, hop.status, hop.location) for hop in seen.hops] == [
        (start, status, internet.url(f"/chain/{status}/2")),
        (internet.url(f"/chain/{status}/2"), status, internet.url(f"/chain/{status}/1")),
        (internet.url(f"/chain/{status}/1"), status, internet.url("/page")),
    ]
    assert {hop.is_permanent for hop in seen.hops} == {status in {301, 308}}
    assert seen.attempts == 1


def test_twenty_hops_are_followed_and_no_more(internet: Internet, ask: Ask):
    most, more = ask(internet.url("/chain/302/20"), internet.url("/chain/302/21"))
    assert (most.status, len(most.hops)) == (200, 20)
    assert more.failure
    assert more.failure.kind == "redirects"
    assert len(internet.requests("/spiral")) == 0
    ask(internet.url("/spiral"))
    assert len(internet.requests("/spiral")) == 21


def test_a_circle_is_left_after_one_round(internet: Internet, ask: Ask):
    seen = ask(internet.url("/circle/3"))[0]
    assert seen.failure
    assert seen.failure.kind == "redirects"
    assert "circle" in seen.failure.message
    assert len(internet.requests("/circle/3")) <= 5


@pytest.mark.parametrize(
    ("location", "asked"),
    [
        ("page", "/to/page"),
        ("./page", "/to/page"),
        ("../page", "/page"),
        ("/page?a=1&b=%E5%9B%BE", "/page?a=1&b=%E5%9B%BE"),
        ("?page", "/to/302?page"),
        ("/page#part", "/page"),
        ("/page/图解", "/page/%E5%9B%BE%E8%A7%A3"),
        ("/page/a b", "/page/a%20b"),
        ("/page/%zz", "/page/%zz"),
        ("/page/[x]|{y}", "/page/[x]%7C%7By%7D"),
        ("  /page  ", "/page"),
        ("/page;jsessionid=1,2", "/page;jsessionid=1,2"),
        ("/page/a/../b/./c", "/page/b/c"),
        ("/page//twice", "/page//twice"),
    ],
)
def test_a_location_is_asked_as_it_was_meant(internet: Internet, ask: Ask, location: str, asked: str):
    seen = ask(internet.url(to(location)))[0]
    assert internet.requests()[1].path == asked
    assert seen.hops[0].location == internet.url(asked)


def test_a_location_may_leave_out_the_scheme_or_bring_credentials(internet: Internet, ask: Ask):
    other = internet.host("127.0.0.6")
    bare, named = ask(
        internet.url(to(f"//127.0.0.6:{other.port}/page/bare")),
        internet.url(to(f"http://name:word@127.0.0.6:{other.port}/page/named")),
    )
    assert (bare.status, named.status) == (200, 200)
    assert [asked.path for asked in other.requests()] == ["/page/bare", "/page/named"]


def test_a_location_may_name_a_host_in_its_own_script(internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    proxy = internet.proxy({"example.org": play, "xn--fsqu00a.xn--0zwm56d": play})
    for name, value in proxy.env().items():
        monkeypatch.setenv(name, value)
    paths = [to("http://例子.测试/page/图解"), to("//例子.测试/page")]
    seen = ask(*(f"http://example.org{path}" for path in paths), "http://例子.测试/page/图解")
    assert [one.status for one in seen] == [200] * 3
    assert {asked.url for asked in proxy.requests("/page")} == {
        "http://xn--fsqu00a.xn--0zwm56d/page/%E5%9B%BE%E8%A7%A3",
        "http://xn--fsqu00a.xn--0zwm56d/page",
    }


def test_a_url_is_asked_as_it_is_written(internet: Internet, ask: Ask):
    paths = [
        "/page/%7Eme",
        "/page/a%2Fb",
        "/page?q=a+b",
        "/page?q=%E5%9B%BE",
        "/page?empty=",
        "/page?a&b",
        "/page/!$&'()*+,;=:@",
    ]
    ask(*(internet.url(f"{path}#fragment") for path in paths))
    assert sorted(asked.path for asked in internet.requests()) == sorted(paths)


def test_a_url_cannot_smuggle_in_a_header_or_a_second_request(internet: Internet, ask: Ask):
    evil = ("\r\nX-Evil: 1", " HTTP/1.1\r\nX-Evil: 1\r\n\r\nGET /evil", "\nX-Evil: 1", "%0d%0aX-Evil: 1", "\tX", "\0")
    ask(*(internet.url(f"/page{text}") for text in evil), *(internet.url(to(f"/page{text}")) for text in evil))
    assert all("x-evil" not in asked.headers for asked in internet.requests())
    assert internet.requests("/evil") == []


def test_a_url_longer_than_any_host_takes_is_borne(internet: Internet, ask: Ask):
    short, long = ask(internet.url("/page?" + "a" * 8_000), internet.url("/page?" + "a" * 1_000_000))
    assert short.status == 200
    assert long.status == 414 or long.failure  # it may answer while we still send


def test_a_chain_takes_its_cookies_along(internet: Internet, ask: Ask):
    seen = ask(internet.url("/cookie/set"), internet.url("/cookie/need/first"))
    assert [one.status for one in seen] == [200, 200]
    assert [asked.headers.get("cookie") for asked in internet.requests("/cookie/set")] == [None, None]
    assert [asked.headers.get("cookie") for asked in internet.requests("/cookie/need")].count(COOKIE) == 2


def test_cookies_do_not_leak_to_other_chains_or_hosts(internet: Internet, ask: Ask):
    other = internet.host("127.0.0.6")
    ask(
        *(internet.url(f"/cookie/set/{number}") for number in range(5)),
        internet.url(to_with_cookie(other.url("/page/away"))),
        *(internet.url(f"/page/{number}") for number in range(20)),
        concurrency=2,
    )
    with_cookies = [asked.path for asked in internet.requests() if "cookie" in asked.headers]
    assert sorted(with_cookies) == [f"/cookie/need/{number}" for number in range(5)]
    assert [asked.headers.get("cookie") for asked in other.requests()] == [None]


def test_a_cookie_comes_back_with_its_chain(internet: Internet, ask: Ask):
    other = internet.host("127.0.0.6")
    back = other.url(to(internet.url("/cookie/need")))
    assert ask(internet.url(to_with_cookie(back)))[0].status == 200
    assert "cookie" not in other.requests()[0].headers


def test_whatever_is_called_a_cookie_is_borne_and_none_goes_where_it_must_not(internet: Internet, ask: Ask):
    other = internet.host("127.0.0.6")
    seen = ask(internet.url("/cookie/odd"), other.url("/page"))
    assert [(one.status, one.failure) for one in seen] == [(200, None)] * 2
    sent = internet.requests("/page/odd")[0].headers.get("cookie", "")
    assert "fine=1" in sent
    assert not [name for name in ("expired", "other", "secure") if f"{name}=" in sent]
    assert "cookie" not in other.requests()[0].headers


@pytest.mark.parametrize("by", ["etag", "date"])
def test_an_unchanged_page_is_not_sent_again(internet: Internet, ask: Ask, by: str):
    url = internet.url(f"/known/{by}")
    first = ask(url)[0]
    etag, date = first.headers.get("etag", ""), first.headers.get("last-modified", "")
    assert (etag, date) == ((ETAG, "") if by == "etag" else ("", LAST_MODIFIED))
    again = ask(Request(url, etag=etag, last_modified=date))[0]
    assert (again.status, again.body, again.failure) == (304, b"", None)
    changed = ask(Request(url, etag='"another"', last_modified="Thu, 01 Jan 1970 00:00:00 GMT"))[0]
    assert (changed.status, bool(changed.body)) == (200, True)


def test_validators_are_for_the_page_itself_and_go_along_no_redirect(internet: Internet, ask: Ask):
    ask(Request(internet.url("/chain/301/1"), etag=ETAG))
    assert [asked.headers.get("if-none-match") for asked in internet.requests()] == [ETAG, None]


def test_own_headers_go_to_their_host_alone(internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TOKEN_OF_SIX", "secret-word")
    six, seven = internet.host("127.0.0.6"), internet.host("127.0.0.7")
    headers = {"127.0.0.6": {"Authorization": "TOKEN_OF_SIX", "X-Not-Set": "NO_SUCH_VARIABLE"}}
    seen = ask(
        six.url(to(seven.url("/page/away"))), seven.url("/page"), seven.url(to(six.url("/page/in"))), headers=headers
    )
    assert [asked.headers.get("authorization") for asked in six.requests()] == ["secret-word"] * 2
    assert [asked.headers.get("authorization") for asked in seven.requests()] == [None] * 3
    assert all("x-not-set" not in asked.headers for asked in six.requests())
    assert "secret-word" not in repr(seen)


def test_the_program_says_who_asks(internet: Internet, ask: Ask):
    ask(internet.url("/page"), contact="mailto:librarian@example.org")
    sent = internet.requests()[0].headers
    assert "pinakes" in sent["user-agent"]
    assert "librarian@example.org" in sent["user-agent"]
    assert "zstd" in sent["accept-encoding"]
    assert "referer" not in sent
