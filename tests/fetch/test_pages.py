"""What comes back is the page: decoded, whole or as much as was wanted, with the headers that matter."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from tests.internet.fixtures import Internet
from tests.internet.pages import TITLE, TITLES

from pinakes.fetch.engine import Request

if TYPE_CHECKING:
    from tests.fetch.conftest import Ask


ENCODINGS = ("utf-8", "gb18030", "gb2312", "gbk")
ENCODINGS_THAT_MUST_BE_SAID = ("big5", "shift_jis")  # their bytes may be good GB18030 too


@pytest.mark.parametrize(
    ("encoding", "where"),
    [
        *product(ENCODINGS, ("header", "meta", "none")),
        *product(ENCODINGS_THAT_MUST_BE_SAID, ("header", "meta")),
    ],
)
def test_a_page_is_read_in_its_encoding(internet: Internet, ask: Ask, encoding: str, where: str):
    seen = ask(internet.url(f"/encoded/{encoding}/{where}"))[0]
    assert TITLES.get(encoding, TITLE) in seen.text
    assert seen.is_html


@pytest.mark.parametrize(
    "said",
    [
        "text/html", "text/html;charset=utf8", 'TEXT/HTML; Charset="UTF-8"', "text/html; charset=no-such-charset", "text/html; charset=",
        "text/html; charset=gb2312", "text/html;;;charset", ";", "nonsense", "text/html; charset=utf-7",
    ],
)  # fmt: skip
def test_a_page_is_read_whatever_its_header_says(internet: Internet, ask: Ask, said: str):
    assert TITLE in ask(internet.url(f"/said?{quote(said)}"))[0].text


def test_what_a_page_is_comes_from_its_type_or_its_first_characters(internet: Internet, ask: Ask):
    html, pdf, untyped = ask(*map(internet.url, ("/page", "/typed/application/pdf", "/untyped")))
    assert [(one.media_type, one.is_html) for one in (html, pdf, untyped)] == [
        ("text/html", True), ("application/pdf", False), ("", True),
    ]  # fmt: skip


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw-deflate", "br", "zstd", "gzip,zstd", "br,gzip"])
@pytest.mark.parametrize("framing", ["length", "chunked"])
def test_a_long_compressed_page_is_read_to_its_last_character(internet: Internet, ask: Ask, coding: str, framing: str):
    plain, coded = ask(internet.url("/long/400/none/length"), internet.url(f"/long/400/{coding}/{framing}"))
    assert coded.body == plain.body
    assert len(coded.body) > 300_000
    assert coded.is_whole


def test_a_page_is_read_no_further_than_needed(internet: Internet, ask: Ask):
    host = internet.host("127.0.0.6")
    seen = ask(Request(host.url("/big/4000/MARKER"), enough=(b"NEVER", b"MARKER")), max_body=5_000_000)[0]
    assert b"MARKER" in seen.body
    assert len(seen.body) < 1_000_000
    assert (seen.is_whole, seen.failure) == (False, None)
    whole = ask(Request(host.url("/big/4000/OTHER"), enough=(b"NEVER", b"MARKER")), max_body=5_000_000)[0]
    assert (whole.is_whole, whole.failure) == (True, None)
    assert len(whole.body) > 3_900_000


def test_a_marker_is_found_across_two_packets(internet: Internet, ask: Ask):
    seen = ask(Request(internet.url("/drip/between/0.002"), enough=("对比学习图解".encode(),)))[0]
    assert (seen.is_whole, seen.failure) == (False, None)
    assert seen.body.endswith("对比学习图解".encode())


def test_times_are_measured(internet: Internet, ask: Ask):
    quick, slow = ask(internet.url("/page"), internet.url("/slow/0.4"))
    assert quick.first_byte is not None
    assert slow.first_byte is not None
    assert 0.4 <= slow.first_byte <= slow.seconds < 2
    assert quick.first_byte < slow.first_byte


def test_the_same_page_twice_is_told_twice(internet: Internet, ask: Ask):
    seen = ask(internet.url("/page"), internet.url("/page"), internet.url("/page#part"))
    assert [one.status for one in seen] == [200] * 3
    assert {one.url for one in seen} == {internet.url("/page")}


def test_connections_are_used_again(internet: Internet, ask: Ask):
    ask(*(internet.url(f"/page/{number}") for number in range(50)), concurrency=2)
    assert len(internet.requests()) == 50
    assert internet.host().log.connections <= 4


def test_a_connection_that_the_host_closed_meanwhile_is_no_failure(internet: Internet, ask: Ask):
    urls = [internet.url(f"/raw/http-1.1-then-close?{number}") for number in range(30)]
    assert {(one.status, one.failure) for one in ask(*urls, concurrency=1)} == {(200, None)}
