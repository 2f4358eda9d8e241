"""Nobody leads the program into a network that is not the internet: by an address, a name, a redirect, or a proxy."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest
from tests.internet.fixtures import Internet
from tests.internet.plays import play
from tests.internet.proxy import proxy_env
from tests.internet.redirects import to

from pinakes.fetch.observation import Observation

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask

PRIVATE = {
    "loopback": "127.0.0.1",
    "all of loopback": "127.255.255.254",
    "this host": "0.0.0.0",
    "private, class A": "10.0.0.1",
    "private, class B": "172.16.0.1",
    "private, class C": "192.168.1.1",
    "link-local, and the clouds' metadata": "169.254.169.254",
    "carrier-grade NAT": "100.64.0.1",
    "Alibaba's metadata": "100.100.100.200",
    "Oracle's metadata": "192.0.0.192",
    "benchmarks": "198.18.0.1",
    "documentation": "203.0.113.7",
    "multicast": "224.0.0.1",
    "relays of 6to4": "192.88.99.1",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "[::1]",
    "IPv6 unspecified": "[::]",
    "IPv6 link-local": "[fe80::1]",
    "IPv6 unique local": "[fd00::2]",
    "Amazon's metadata by IPv6": "[fd00:ec2::254]",
    "IPv6 site-local": "[fec0::1]",
    "IPv6 multicast": "[ff02::1]",
    "IPv4 mapped": "[::ffff:127.0.0.1]",
    "IPv4 mapped, in hexadecimal": "[::ffff:7f00:1]",
    "IPv4 mapped metadata": "[::ffff:169.254.169.254]",
    "IPv4 compatible": "[::127.0.0.1]",
    "IPv4 translated": "[::ffff:0:127.0.0.1]",
    "NAT64": "[64:ff9b::127.0.0.1]",
    "NAT64 metadata": "[64:ff9b::a9fe:a9fe]",
    "local NAT64": "[64:ff9b:1::10.0.0.1]",
    "6to4": "[2002:7f00:1::1]",
    "Teredo": "[2001:0:4136:e378:8000:63bf:80ff:fffe]",
    "one number": "2130706433",
    "one hexadecimal number": "0x7f000001",
    "hexadecimal parts": "0x7f.1",
    "octal parts": "0177.0.0.1",
    "two parts": "127.1",
    "metadata as one number": "2852039166",
    "zero": "0",
    "full-width digits": "１２７.０.０.１",
    "circled digits": "①②⑦.⓪.⓪.①",
    "ideographic full stops": "127。0。0。1",
    "a final dot": "127.0.0.1.",
    "IPv6 documentation": "[2001:db8::1]",
    "IPv6 documentation, the newer": "[3fff::1]",
    "segment routing": "[5f00::1]",
    "a zone": "[fe80::1%25eth0]",
    "localhost": "localhost",
    "LOCALHOST": "LOCALHOST",
    "localhost and a dot": "localhost.",
    "below localhost": "mp.localhost",
}


FORMS = ("http://{}/", "https://{}:8443/path", "HTTP://name:word@{}:80/?query#fragment")


def kinds(names: Iterable[str], seen: list[Observation]) -> dict[str, str | None]:
    """Give the kind of failure of each."""
    return {name: one.failure.kind if one.failure else None for name, one in zip(names, seen, strict=True)}


@pytest.mark.parametrize("form", FORMS)
def test_private_addresses_are_refused_in_every_spelling(ask: Ask, form: str):
    seen = ask(*map(form.format, PRIVATE.values()), allow=(), retries=2)
    assert kinds(PRIVATE, seen) == dict.fromkeys(PRIVATE, "refused")
    assert {one.status for one in seen} == {None}


@pytest.mark.parametrize("form", FORMS)
def test_they_are_refused_behind_a_proxy_too_and_the_proxy_is_not_asked(
    internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch, form: str
):
    proxy = internet.proxy({})
    for name, value in proxy.env().items():
        monkeypatch.setenv(name, value)
    seen = ask(*map(form.format, PRIVATE.values()), allow=(), retries=2)
    assert kinds(PRIVATE, seen) == dict.fromkeys(PRIVATE, "refused")
    assert proxy.log.connections == 0


@pytest.mark.parametrize(
    "host", ["printer.local", "intranet", "wiki.corp", "db.internal", "router.lan", "nas.home.arpa"]
)
def test_names_of_a_network_of_its_own_are_refused_behind_a_proxy(
    internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch, host: str
):
    for name, value in internet.proxy({host: play}).env().items():
        monkeypatch.setenv(name, value)
    refused, allowed = ask(f"http://{host}/", allow=())[0], ask(f"http://{host}/", allow=(host,))[0]
    assert refused.failure
    assert refused.failure.kind == "refused"
    assert allowed.status == 200


def test_a_name_that_resolves_to_a_private_address_is_refused(internet: Internet, ask: Ask):
    name = socket.gethostname()
    try:
        socket.getaddrinfo(name, 80)
    except OSError:
        pytest.skip("this machine does not know itself")
    seen = ask(internet.url("/page", name=name), allow=())[0]
    assert seen.failure
    assert seen.failure.kind == "refused"
    assert name in seen.failure.message
    assert internet.requests() == []


@pytest.mark.parametrize("scheme", ["ftp", "file", "gopher", "data", "javascript", "ws", "mailto"])
def test_only_http_is_asked(ask: Ask, scheme: str):
    seen = ask(f"{scheme}://example.org/", f"{scheme}:whatever")
    assert [one.failure.kind for one in seen if one.failure] == ["refused", "refused"]


@pytest.mark.parametrize(
    "url", ["", "http://", "http:///path", "//example.org/", "example.org", "http://[::1", "http://a b/"]
)
def test_what_is_no_url_is_refused(ask: Ask, url: str):
    seen = ask(url)[0]
    assert seen.failure
    assert seen.failure.kind in {"refused", "dns"}


def test_a_redirect_leads_to_none_of_them(internet: Internet, ask: Ask):
    lures = [internet.host("127.0.0.5").url(to(f"http://{host}/", 301)) for host in PRIVATE.values()]
    seen = ask(*lures, allow=("127.0.0.5",))
    assert kinds(PRIVATE, seen) == dict.fromkeys(PRIVATE, "refused")
    assert {(one.status, len(one.hops)) for one in seen} == {(None, 1)}


def test_a_redirect_to_a_living_host_on_loopback_never_reaches_it(internet: Internet, ask: Ask):
    secret = internet.new_host("127.0.0.1")
    lures = [secret.url("/page", name=name) for name in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1")]
    seen = ask(*(internet.host("127.0.0.5").url(to(lure)) for lure in lures), allow=("127.0.0.5",))
    assert {one.failure.kind for one in seen if one.failure} == {"refused"}
    assert secret.log.connections == 0


@pytest.mark.parametrize("allow", ["127.0.0.1", "127.0.0.0/8", "127.0.0.0/30"])
def test_an_address_is_let_in_by_itself_or_its_network(internet: Internet, ask: Ask, allow: str):
    assert ask(internet.url("/page"), allow=(allow,))[0].status == 200
    assert ask(internet.host("127.1.0.1").url("/page"), allow=("127.0.0.1", "127.0.0.0/30"))[0].status is None


def test_a_name_is_let_in_by_itself_or_with_its_port(internet: Internet, ask: Ask):
    url, port = internet.url("/page", name="localhost"), internet.host().port
    for allow in ("localhost", f"localhost:{port}"):
        assert ask(url, allow=(allow,))[0].status == 200, allow
    for allow in ("example.org", f"localhost:{port + 1}", "10.0.0.0/8"):
        assert ask(url, allow=(allow,))[0].status is None, allow


def test_what_is_let_in_is_no_way_further(internet: Internet, ask: Ask):
    lure = internet.host("127.0.0.5").url(to(internet.host("127.0.0.6").url("/page")))
    assert ask(lure, allow=("127.0.0.5",))[0].status is None
    assert ask(lure, allow=("127.0.0.5", "127.0.0.6"))[0].status == 200


def test_a_proxy_on_loopback_may_be_used(internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    for name, value in internet.proxy({"example.org": play}).env().items():
        monkeypatch.setenv(name, value)
    assert ask("http://example.org/page", allow=())[0].status == 200


def test_a_redirect_is_checked_behind_a_proxy(internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    proxy = internet.proxy({"example.org": play})
    for name, value in proxy.env().items():
        monkeypatch.setenv(name, value)
    lures = [to(f"http://{host}/") for host in ("169.254.169.254", "[::ffff:10.0.0.1]", "localhost", "LocalHost:80")]
    seen = ask(*(f"http://example.org{lure}" for lure in lures), allow=())
    assert {one.failure.kind for one in seen if one.failure} == {"refused"}
    assert {asked.url.split("/")[2] for asked in proxy.requests()} == {"example.org"}


def test_no_proxy_does_not_open_a_way_in(internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    for name, value in proxy_env("http://127.0.0.1:9", exempt="127.0.0.1,localhost").items():
        monkeypatch.setenv(name, value)
    seen = ask(internet.url("/page"), internet.url("/page", name="localhost"), allow=())
    assert {one.failure.kind for one in seen if one.failure} == {"refused"}
    assert internet.requests() == []
