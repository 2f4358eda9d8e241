"""Through a proxy everything is as without; its own troubles are told as its own, and its password to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.internet.fixtures import Internet
from tests.internet.plays import play
from tests.internet.proxy import Proxy, proxy_env

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask

SITES = dict.fromkeys(("mp.weixin.qq.com", "zhuanlan.zhihu.com", "example.org"), play)
LOGIN = "librarian:s3cret"


@pytest.fixture(autouse=True)
def _no_proxy_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (*proxy_env(""), "all_proxy", "ALL_PROXY", "SSL_CERT_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def through(monkeypatch: pytest.MonkeyPatch):
    """Let the environment name a proxy."""

    def name_it(proxy: Proxy, login: str = "") -> None:
        for name, value in proxy.env(login).items():
            monkeypatch.setenv(name, value)

    return name_it


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_hosts_of_the_world_are_asked_through_it(internet: Internet, ask: Ask, through, scheme: str):
    proxy = internet.proxy(SITES)
    through(proxy)
    paths = ("/page", "/status/404", "/chain/301/2", "/once/503", "/cookie/set", "/coded/br", "/known/etag")
    seen = ask(*(f"{scheme}://mp.weixin.qq.com{path}" for path in paths), allow=(), retries=1)
    assert [one.status for one in seen] == [200, 404, 200, 200, 200, 200, 200]
    assert [len(one.hops) for one in seen] == [0, 0, 2, 0, 1, 0, 0]
    assert {asked.url.split("/")[2] for asked in proxy.requests()} == {"mp.weixin.qq.com"}
    assert set(proxy.tunnels) == ({"mp.weixin.qq.com:443"} if scheme == "https" else set())


def test_the_path_goes_through_as_it_is(internet: Internet, ask: Ask, through):
    proxy = internet.proxy(SITES)
    through(proxy)
    url = "http://mp.weixin.qq.com/s?__biz=MzA3MzI4MjgzMw==&mid=1&sn=a%2Fb#wechat_redirect"
    ask(url, allow=())
    assert [asked.url for asked in proxy.requests()] == [url.partition("#")[0]]


def test_a_second_way_is_taken_in_place_of_the_environment(internet: Internet, ask: Ask, through):
    first, second = internet.proxy(SITES), internet.proxy(SITES, "127.0.0.2")
    through(first)
    seen = ask("http://example.org/page", allow=(), options={"proxy": f"http://127.0.0.2:{second.port}"})
    assert seen[0].status == 200
    assert (len(first.requests()), len(second.requests())) == (0, 1)


def test_no_proxy_is_heeded(internet: Internet, ask: Ask, through, monkeypatch: pytest.MonkeyPatch):
    proxy = internet.proxy(SITES)
    through(proxy)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "127.0.0.1,.zhihu.com")
    seen = ask(internet.url("/page"), "http://example.org/page")
    assert [one.status for one in seen] == [200, 200]
    assert [asked.url for asked in proxy.requests()] == ["http://example.org/page"]


@pytest.mark.parametrize("spelling", [str.upper, str.lower])
def test_either_spelling_of_the_variables_will_do(
    internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch, spelling
):
    proxy = internet.proxy(SITES)
    monkeypatch.setenv("SSL_CERT_FILE", str(internet.authority.pem))
    for name in ("http_proxy", "https_proxy"):
        monkeypatch.setenv(spelling(name), f"{proxy.address}:{proxy.port}")  # the scheme may be missing, as for curl
    seen = ask("http://example.org/page", "https://example.org/page", allow=())
    assert [one.status for one in seen] == [200, 200]


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_it_is_told_who_we_are_and_the_hosts_are_not(internet: Internet, ask: Ask, through, scheme: str):
    proxy = internet.proxy(SITES, login=LOGIN)
    through(proxy, LOGIN)
    seen = ask(f"{scheme}://example.org/page", allow=())[0]
    assert (seen.status, seen.failure) == (200, None)
    if scheme == "https":
        assert "proxy-authorization" not in proxy.requests()[0].headers


@pytest.mark.parametrize("login", ["", "librarian:wrong"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_does_not_let_us_in_says_nothing_of_the_link(
    internet: Internet, ask: Ask, through, scheme: str, login: str
):
    through(internet.proxy(SITES, login=LOGIN), login)
    seen = ask(f"{scheme}://example.org/page", allow=())[0]
    assert seen.failure
    assert seen.failure.kind == "refused"
    assert "407" in seen.failure.message
    assert "wrong" not in repr(seen)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("lost", [False, True], ids=["refuses", "lost"])
def test_a_proxy_that_is_down_says_nothing_of_the_link(
    internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch, scheme: str, lost: bool
):
    down = internet.nobody(lost=lost)
    for name, value in proxy_env(f"http://{LOGIN}@{down.address}:{down.port}").items():
        monkeypatch.setenv(name, value)
    seen = ask(f"{scheme}://example.org/page", allow=(), retries=1)[0]
    assert seen.failure
    assert seen.failure.kind == "refused"
    assert "proxy" in seen.failure.message
    assert "s3cret" not in repr(seen)


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("fault", ["reset", "close", "stall"])
def test_a_proxy_that_fails_hangs_nothing(
    internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch, scheme: str, fault: str
):
    host = internet.new_host(welcome=lambda _: fault)
    for name, value in proxy_env(f"http://{host.address}:{host.port}").items():
        monkeypatch.setenv(name, value)
    seen = ask(f"{scheme}://example.org/page", allow=())[0]
    assert seen.failure
    assert seen.status is None
    assert seen.seconds < 4  # the time-out altogether is 3 s


def test_a_host_that_the_proxy_does_not_find(internet: Internet, ask: Ask, through):
    through(internet.proxy(SITES))
    plain, secure = ask("http://gone.example/", "https://gone.example/", allow=())
    assert plain.status == 502
    assert secure.failure
    assert secure.failure.kind == "connect"
    assert "502" in secure.failure.message


def test_a_certificate_is_checked_within_the_tunnel_too(
    internet: Internet, ask: Ask, through, monkeypatch: pytest.MonkeyPatch
):
    through(internet.proxy(SITES))
    monkeypatch.delenv("SSL_CERT_FILE")
    seen = ask("https://example.org/page", allow=())[0]
    assert seen.failure
    assert seen.failure.kind == "tls"


def test_addresses_of_the_internet_go_through_it(internet: Internet, ask: Ask, through):
    proxy = internet.proxy({"93.184.215.14": play})
    through(proxy)
    assert ask("http://93.184.215.14/page", allow=())[0].status == 200
