"""Every fault of a host or of the wire is told for what it is, in bounded time, and disturbs no other link."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import pytest
from tests.internet.fixtures import Internet
from tests.internet.pages import TITLE
from tests.internet.redirects import to

from pinakes.fetch.observation import Observation

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask

NO_ANSWER = None
CONNECT, READ, TOTAL = 1.0, 1.0, 3.0  # the policy's time-outs
SLACK = 1.5
"""Seconds that a busy machine may add."""
MAX_BODY = 500_000


class Fault(NamedTuple):
    """A row of the table.

    Attributes:
        where: The path, or what makes the URL of an internet and an address.
        kinds: The kinds of failure that tell it right; none if all is well.
        status: The status.
        seconds: How long it may take, beside the slack.
        is_whole: Whether the body is all there.
        has: What the text must have.
    """

    where: str | Callable[[Internet, str], str]
    kinds: str = ""
    status: int | None = 200
    seconds: float = 0.0
    is_whole: bool = True
    has: str = ""


def broken(where: str, kinds: str = "broken", status: int | None = NO_ANSWER, seconds: float = 0.0) -> Fault:
    return Fault(where, kinds, status, seconds, is_whole=False)


def cut_off(where: str, kinds: str = "broken", seconds: float = 0.0) -> Fault:
    return Fault(where, kinds, 200, seconds, is_whole=False)


def capped(where: str) -> Fault:
    return Fault(where, is_whole=False, seconds=TOTAL)


def refused(where: str) -> Fault:
    return Fault(where, "refused", NO_ANSWER, is_whole=False)


def fine(where: str, status: int = 200, has: str = "") -> Fault:
    return Fault(where, status=status, has=has)


def connection(kinds: str, url: Callable[[Internet, str], str], seconds: float = 0.0) -> Fault:
    return Fault(url, kinds, NO_ANSWER, seconds, is_whole=False)


FAULTS: Mapping[str, Fault] = {
    # the connection
    "refused": connection("connect", lambda net, at: net.nobody(at).url()),
    "never comes about": connection("timeout", lambda net, at: net.nobody(at, lost=True).url(), CONNECT),
    "reset when accepted": connection("reset connect", lambda net, at: net.new_host(at, welcome=lambda _: "reset").url()),
    "closed when accepted": connection("reset", lambda net, at: net.new_host(at, welcome=lambda _: "close").url()),
    "silent when accepted": connection("timeout", lambda net, at: net.new_host(at, welcome=lambda _: "stall").url(), READ),
    "silent under TLS": connection(
        "timeout", lambda net, at: net.new_host(at, welcome=lambda _: "stall").url(scheme="https"), CONNECT
    ),
    "reset under TLS": connection(
        "reset connect tls", lambda net, at: net.new_host(at, welcome=lambda _: "reset").url(scheme="https")
    ),
    "no such name": connection("dns", lambda *_: "http://no-such-host.invalid/"),
    "no address": connection("dns refused", lambda *_: "http://exa mple/"),
    "empty label": connection("dns refused", lambda *_: "http://example..invalid/"),
    "long label": connection("dns refused", lambda *_: f"http://{'a' * 80}.invalid/"),
    "port too high": connection("refused", lambda *_: "http://example.invalid:99999/"),
    # each stage of an answer
    "cut before the answer": broken("/cut/request", "reset"),
    "cut in the status line": broken("/cut/status", "reset broken"),
    "cut in the headers": broken("/cut/headers", "reset broken"),
    "cut before the body": cut_off("/cut/between"),
    "cut in the body": cut_off("/cut/body"),
    "cut in a chunk": cut_off("/cut/chunk"),
    "cut between chunks": cut_off("/cut/chunks"),
    "torn before the answer": broken("/torn/request", "reset"),
    "torn in the status line": broken("/torn/status", "reset broken"),
    "torn in the headers": broken("/torn/headers", "reset broken"),
    "torn before the body": cut_off("/torn/between"),
    "torn in the body": cut_off("/torn/body"),
    "torn in a chunk": cut_off("/torn/chunk"),
    "torn between chunks": cut_off("/torn/chunks"),
    "silent before the answer": broken("/stall/request", "timeout", seconds=READ),
    "silent in the status line": broken("/stall/status", "timeout", seconds=READ),
    "silent in the headers": broken("/stall/headers", "timeout", seconds=READ),
    "silent before the body": cut_off("/stall/between", "timeout", READ),
    "silent in the body": cut_off("/stall/body", "timeout", READ),
    "silent in a chunk": cut_off("/stall/chunk", "timeout", READ),
    "silent between chunks": cut_off("/stall/chunks", "timeout", READ),
    "a drip from the beginning": broken("/drip/request", "timeout", seconds=TOTAL),
    "a drip of headers": broken("/drip/headers", "timeout", seconds=TOTAL),
    "a drip of the body": cut_off("/drip/body", "timeout", TOTAL),
    "slow, but in time": Fault("/slow/0.7", seconds=0.7, has=TITLE),
    # without end
    "endless body": capped("/endless/close"),
    "endless chunks": capped("/endless/chunked"),
    "endless headers": broken("/heads/endless", seconds=TOTAL),
    "one huge header": broken("/heads/one", seconds=TOTAL),
    "100,000 headers": broken("/heads/many", seconds=TOTAL),
    "endless interim answers": broken("/early/endless", "broken timeout", seconds=TOTAL),
    # compression
    **{f"{coding} body": fine(f"/coded/{coding}", has=TITLE) for coding in ("gzip", "x-gzip", "deflate", "raw-deflate", "br", "zstd")},
    **{
        f"{coding} body, byte by byte": Fault(f"/bytewise/{coding}", has=TITLE, seconds=1)
        for coding in ("gzip", "deflate", "raw-deflate", "br", "zstd")
    },
    "gzip in two members": fine("/parts/gzip", has=TITLE),
    "zstd in two frames": fine("/parts/zstd", has=TITLE),
    "gzip in 20,000 members": cut_off("/crumbs/gzip"),
    "zstd in 20,000 frames": cut_off("/crumbs/zstd"),
    "gzip twice": fine("/coded/gzip,gzip", has=TITLE),
    "br in gzip in zstd": fine("/coded/br,gzip,zstd", has=TITLE),
    **{f"{coding} bomb": capped(f"/bomb/{coding}") for coding in ("gzip", "deflate", "br", "zstd", "gzip,gzip", "zstd,br")},
    **{f"not {coding} at all": cut_off(f"/miscoded/{coding}") for coding in ("gzip", "deflate", "br", "zstd", "rot13")},
    **{f"{coding} without its end": cut_off(f"/cut-coded/{coding}") for coding in ("gzip", "deflate", "br", "zstd")},
    "five layers of compression": cut_off("/miscoded/gzip,gzip,gzip,gzip,gzip"),
    # framing
    "length too long": cut_off("/raw/length-too-long"),
    "length too short": broken("/raw/length-too-short"),
    "length below zero": broken("/raw/length-negative"),
    "length that is no number": broken("/raw/length-no-number"),
    "two lengths": broken("/raw/length-twice"),
    "chunk size that is no number": broken("/raw/chunk-size-no-number"),
    "chunk size below zero": broken("/raw/chunk-size-negative"),
    "chunk size of a zettabyte": broken("/raw/chunk-size-huge"),
    "chunk size without end": cut_off("/raw/chunk-size-endless"),
    "chunk without its end": broken("/raw/chunk-without-end"),
    "trailers": fine("/raw/chunk-trailers", has="两个视图"),
    # what is no HTTP
    **{
        name: broken(f"/raw/{name}")
        for name in (
            "garbage", "http-0.9", "http-2", "ssh", "status-no-number", "status-huge", "status-short",
            "version-unknown", "header-without-colon", "header-with-nul",
        )
    },
    # slips that browsers forgive
    **{
        name: fine(f"/raw/{name}")
        for name in ("no-phrase", "bare-newlines", "folded-header", "http-1.0", "header-not-ascii", "header-latin-1")
    },
    "early hints": fine("/early/103", has=TITLE),
    "continue that nobody asked for": fine("/early/100", has=TITLE),
    # statuses that have no body, or none of the usual meaning
    "nothing, with a length": fine("/empty/length"),
    "nothing, without a length": fine("/empty/close"),
    "no content": fine("/status/204", 204),
    "not modified that nobody asked about": Fault("/status/304", "broken", 304),
    "a status that nobody knows": fine("/status/999", 999),
    # redirects
    "to itself": Fault("/circle/1", "redirects", 302),
    "in a circle": Fault("/circle/3", "redirects", 302),
    "ever on": Fault("/spiral", "redirects", 302),
    "to nowhere": Fault("/nowhere/302", "redirects", 302),
    "to an address that is none": Fault(to("http://[:::1/"), "redirects", 302),
    "to a file": refused(to("file:///etc/passwd")),
    "to ftp": refused(to("ftp://example.org/")),
    "to a script": refused(to("javascript:alert(1)")),
    "to data": refused(to("data:text/html,hello")),
    "to the cloud's metadata": refused(to("http://169.254.169.254/latest/meta-data/")),
}  # fmt: skip


HEAVY = ("bomb", "endless", "huge", "100,000", "20,000")
"""Words of the names of those that cost much: their neighbours would have to wait for the processor."""


@pytest.fixture(scope="module")
def observations(shared_internet: Internet, ask: Ask) -> Mapping[str, Observation]:
    """All light ones at once, then all heavy ones, each on an address of its own, so that it has no one else's trouble."""
    urls = {}
    for number, (name, fault) in enumerate(FAULTS.items(), 1):
        net, address, where = shared_internet, f"127.0.1.{number}", fault.where
        urls[name] = net.host(address).url(where) if isinstance(where, str) else where(net, address)
    light = [name for name in FAULTS if not any(word in name for word in HEAVY)]
    found: dict[str, Observation] = {}
    for names in (light, [name for name in FAULTS if name not in light]):
        found |= dict(zip(names, ask(*map(urls.__getitem__, names), max_body=MAX_BODY), strict=True))
    return found


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_for_what_it_is(observations: Mapping[str, Observation], name: str):
    fault, seen = FAULTS[name], observations[name]
    assert (seen.failure is not None) == bool(fault.kinds), seen.failure
    assert seen.failure is None or seen.failure.kind in fault.kinds.split(), seen.failure
    assert seen.status == fault.status
    assert seen.is_whole == fault.is_whole or seen.status != 200
    assert seen.attempts == (0 if "paused" in fault.kinds else 1)
    assert seen.seconds <= fault.seconds + SLACK
    assert len(seen.body) <= MAX_BODY
    assert fault.has in seen.text
    if seen.failure:
        assert 5 < len(seen.failure.message) < 200
        assert not seen.failure.message.endswith(".")
        assert not re.search(r"b['\"]|\\x|Error|message=|_ssl", seen.failure.message), "words for people"


@pytest.mark.parametrize("name", [name for name, fault in FAULTS.items() if fault == capped(str(fault.where))])
def test_a_body_without_end_is_read_up_to_the_cap(observations: Mapping[str, Observation], name: str):
    assert len(observations[name].body) == MAX_BODY


def test_a_page_as_long_as_the_cap_is_whole(internet: Internet, ask: Ask):
    whole = ask(internet.url("/big/300"))[0]
    exact, short = (ask(internet.url("/big/300"), max_body=len(whole.body) - less)[0] for less in (0, 1))
    assert (exact.is_whole, short.is_whole) == (True, False)
    assert len(short.body) == len(whole.body) - 1


def test_surplus_bytes_are_not_taken_for_the_next_answer(internet: Internet, ask: Ask):
    urls = [internet.url(path) for path in ("/surplus/a", "/page/b", "/surplus/c", "/page/d", "/page/e")]
    assert [seen.status for seen in ask(*urls, concurrency=1)] == [200] * 5


def test_every_status_from_100_to_999_is_told(internet: Internet, ask: Ask):
    codes = range(100, 1000)
    seen = ask(*(internet.url(f"/status/{code}") for code in codes), pause_after=10_000)
    told = {code: one.status for code, one in zip(codes, seen, strict=True)}
    failing = {301, 302, 303, 304, 307, 308}
    assert {code: status for code, status in told.items() if status != code and code >= 200} == {}
    assert {code for code, one in zip(codes, seen, strict=True) if one.failure and code >= 200} == failing
    assert all(one.failure for code, one in zip(codes, seen, strict=True) if code < 200 and code != 101)
