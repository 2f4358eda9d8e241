"""What is wrong with a host's certificate is said in words, each kind in its own; trust comes from the environment."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from tests.internet.fixtures import Internet
from tests.internet.server import Host

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask


@pytest.fixture
def trusted(internet: Internet, monkeypatch: pytest.MonkeyPatch) -> Internet:
    """The internet, whose own authority is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(internet.authority.pem))
    return internet


MakeHost = Callable[[Internet], str]
BAD: dict[str, tuple[str, MakeHost]] = {
    "expired": ("expired", lambda net: net.secure_host(net.authority.expired).url("/page")),
    "not yet valid": ("not valid yet", lambda net: net.secure_host(net.authority.not_yet_valid).url("/page")),
    "wrong address": ("another address", lambda net: net.secure_host(net.authority.wrong_name).url("/page")),
    "wrong name": (
        "another name",
        lambda net: net.secure_host(net.authority.wrong_name).url("/page", name="localhost"),
    ),
    "unknown issuer": (
        "issuer that is not known",
        lambda net: net.secure_host(net.authority.unknown_issuer).url("/page"),
    ),
    "self-signed": ("signed by itself", lambda net: net.secure_host(net.authority.self_signed).url("/page")),
    "old protocol": (
        "protocol version",
        lambda net: net.new_host(welcome=lambda _: "old-tls").url("/page", scheme="https"),
    ),
    "no TLS at all": ("", lambda net: net.url("/page", scheme="https")),
}


def test_a_good_certificate_is_no_news(trusted: Internet, ask: Ask):
    host = trusted.secure_host(trusted.authority.good)
    seen = ask(host.url("/page"), host.url("/chain/301/2"))
    assert [(one.status, one.failure) for one in seen] == [(200, None)] * 2


def test_without_the_variable_it_is_not_trusted(internet: Internet, ask: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    seen = ask(internet.secure_host(internet.authority.good).url("/page"))[0]
    assert seen.failure
    assert seen.failure.kind == "tls"


@pytest.mark.parametrize("name", BAD)
def test_a_bad_one_is_told_in_words_and_asked_once(trusted: Internet, ask: Ask, name: str):
    words, make_url = BAD[name]
    seen = ask(make_url(trusted), allow=("127.0.0.0/8", "localhost"), retries=2)[0]
    assert seen.failure
    assert seen.failure.kind == "tls"
    assert words in seen.failure.message
    assert (seen.status, seen.attempts, seen.body) == (None, 1, b"")


def test_each_kind_has_words_of_its_own(trusted: Internet, ask: Ask):
    seen = ask(*(make_url(trusted) for _, make_url in BAD.values()), allow=("127.0.0.0/8", "localhost"))
    messages = {one.failure.message for one in seen if one.failure}
    assert len(messages) == len(BAD), messages
    assert not any("_ssl.c" in message or "SSL:" in message for message in messages)


def test_a_plain_question_to_a_host_under_tls_fails(trusted: Internet, ask: Ask):
    host = trusted.secure_host(trusted.authority.good)
    seen = ask(host.url("/page", scheme="http"))[0]
    assert seen.failure
    assert seen.failure.kind in {"reset", "broken"}


def test_a_redirect_to_a_bad_certificate_tells_both(trusted: Internet, ask: Ask):
    bad: Host = trusted.secure_host(trusted.authority.expired)
    seen = ask(trusted.url(f"/to/301?to={bad.url('/page')}"))[0]
    assert seen.failure
    assert seen.failure.kind == "tls"
    assert seen.final_url == bad.url("/page")
    assert len(seen.hops) == 1


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("/cut/request", {"reset"}),
        ("/torn/body", {"broken"}),
        ("/stall/headers", {"timeout"}),
        ("/cut/chunk", {"broken"}),
    ],
)
def test_faults_under_tls_are_the_same(trusted: Internet, ask: Ask, path: str, kinds: set[str]):
    seen = ask(trusted.secure_host(trusted.authority.good).url(path))[0]
    assert seen.failure
    assert seen.failure.kind in kinds
