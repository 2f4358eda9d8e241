"""The internet of the tests does what it says: a fault that does not happen would make other tests pass for nothing."""

from __future__ import annotations

import gzip
import http.client
import socket
import ssl
import zlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import brotli
import pytest
from tests.internet.bodies import BOMB_MEGABYTES, bomb, compress, zstd
from tests.internet.certificates import Authority
from tests.internet.faults import ANSWERS, STAGES
from tests.internet.fixtures import Internet, authority, backstage, internet
from tests.internet.plays import play
from tests.internet.proxy import Proxy
from tests.internet.server import Host

__all__ = ["authority", "backstage", "internet"]


def raw(url: str, timeout: float = 5) -> bytes:
    """Ask with a bare socket, and give all that comes until the end of the connection."""
    parts = urlsplit(url)
    assert parts.hostname
    with socket.create_connection((parts.hostname, parts.port or 80), timeout=timeout) as client:
        client.sendall(f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        return b"".join(iter(lambda: client.recv(65_536), b""))


def test_requests_are_noted_with_their_headers_and_times(internet: Internet):
    client = http.client.HTTPConnection("127.0.0.1", internet.host().port)
    for path in ("/status/404?a", "/page", "/no-such-play"):
        client.request("GET", path, headers={"X-Name": "value"})
        client.getresponse().read()
    client.close()
    assert [asked.path for asked in internet.requests()] == ["/status/404?a", "/page", "/no-such-play"]
    assert [asked.connection for asked in internet.requests()] == [1, 1, 1]
    assert internet.requests("/page")[0].headers["x-name"] == "value"
    assert sorted(internet.times()) == internet.times()


@pytest.mark.parametrize("stage", STAGES)
def test_connections_end_are_torn_and_stall_at_every_stage(internet: Internet, stage: str):
    assert raw(internet.url(f"/cut/{stage}")) == STAGES[stage]
    with pytest.raises(ConnectionResetError):
        raw(internet.url(f"/torn/{stage}"))
    with pytest.raises(TimeoutError):
        raw(internet.url(f"/stall/{stage}"), timeout=0.2)


@pytest.mark.parametrize("name", ANSWERS)
def test_raw_answers_come_byte_by_byte(internet: Internet, name: str):
    assert raw(internet.url(f"/raw/{name}")) == ANSWERS[name]


def test_connections_can_fail_before_a_byte_is_asked(internet: Internet):
    flapping = internet.new_host(welcome=lambda number: "reset" if number % 2 else "serve")
    with pytest.raises(ConnectionResetError):
        raw(flapping.url("/cut/status"))
    assert raw(flapping.url("/cut/status")) == STAGES["status"]
    with pytest.raises(ConnectionRefusedError):
        raw(internet.nobody().url())
    with pytest.raises(TimeoutError):
        raw(internet.nobody(lost=True).url(), timeout=0.2)


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_grows_a_thousandfold(coding: str):
    assert len(bomb(coding)) * 500 < BOMB_MEGABYTES << 20
    part = len(bomb(coding)) // 64
    assert sum(map(len, decompressed(bomb(coding)[:part], coding))) > part * 500


def decompressed(data: bytes, coding: str) -> Iterator[bytes]:
    """Decompress so much at a time that little memory is needed."""
    frame: Any = {"gzip": lambda: zlib.decompressobj(31), "br": brotli.Decompressor, "zstd": zstd().ZstdDecompressor}[
        coding
    ]()
    for start in range(0, len(data), 100):
        if coding == "zstd" and frame.eof:
            return
        yield (frame.process if coding == "br" else frame.decompress)(data[start : start + 100])


def test_a_body_may_be_compressed_by_any_of_them_or_several():
    assert gzip.decompress(gzip.decompress(compress(b"text", "gzip, gzip"))) == b"text"
    assert zstd().decompress(compress(b"text", "zstd")) == b"text"
    assert zlib.decompress(compress(b"text", "deflate")) == zlib.decompress(compress(b"text", "raw-deflate"), -15)
    assert brotli.decompress(compress(b"text", "br")) == b"text"


@pytest.mark.parametrize(
    ("kind", "trouble"),
    [
        ("expired", "expired"),
        ("not_yet_valid", "not yet valid"),
        ("wrong_name", "IP address mismatch"),
        ("unknown_issuer", "unable to get local issuer"),
        ("self_signed", "self-signed certificate"),
    ],
)
def test_bad_certificates_are_bad_in_their_own_way(internet: Internet, kind: str, trouble: str):
    host = internet.secure_host(getattr(internet.authority, kind))
    with pytest.raises(ssl.SSLCertVerificationError, match=trouble):
        shake_hands(host, internet.authority)


def test_an_old_host_says_that_it_is_old(internet: Internet):
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        shake_hands(internet.new_host(welcome=lambda _: "old-tls"), internet.authority)


def shake_hands(host: Host, authority: Authority) -> None:
    """Open a trusted connection."""
    trusting = ssl.create_default_context(cafile=authority.pem)
    with socket.create_connection((host.address, host.port), timeout=5) as client:
        trusting.wrap_socket(client, server_hostname=host.address).close()


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_the_proxy_answers_for_a_host_of_the_world(internet: Internet, scheme: str):
    proxy = internet.proxy({"mp.weixin.qq.com": play})
    assert through(proxy, f"{scheme}://mp.weixin.qq.com/status/404") == 404
    assert [asked.url for asked in proxy.requests()] == [f"{scheme}://mp.weixin.qq.com/status/404"]
    assert len(proxy.tunnels) == (scheme == "https")


def test_the_proxy_wants_its_login(internet: Internet):
    assert through(internet.proxy({"example.org": play}, login="name:word"), "http://example.org/") == 407


def through(proxy: Proxy, url: str) -> int:
    """Ask through a proxy, and give the status."""
    parts = urlsplit(url)
    assert parts.hostname
    trusting = ssl.create_default_context(cafile=proxy.env()["SSL_CERT_FILE"])
    if parts.scheme == "https":
        client: http.client.HTTPConnection = http.client.HTTPSConnection(proxy.address, proxy.port, context=trusting)
        client.set_tunnel(parts.hostname, 443)
    else:
        client = http.client.HTTPConnection(proxy.address, proxy.port)
    client.request("GET", parts.path if parts.scheme == "https" else url, headers={"Host": parts.hostname})
    status = client.getresponse().status
    client.close()
    return status
