"""The address that cannot exist, and how much two pages resemble each other."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.fetch.observation import Hop, Observation
from pinakes.links.classify import classify, fragment_is_missing, has_changed, probe_url, wants_probe
from pinakes.links.page import Page
from pinakes.links.shingles import resemblance
from pinakes.links.verdict import VERDICTS


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        ("https://example.org/papers/contrast.html", r"https://example\.org/papers/[a-z]{25}"),
        ("https://example.org/papers/contrast/", r"https://example\.org/papers/[a-z]{25}"),
        ("https://example.org/", r"https://example\.org/[a-z]{25}"),
        ("https://example.org", r"https://example\.org/[a-z]{25}"),
        ("http://example.org:8080/a/b?x=1#y", r"http://example\.org:8080/a/[a-z]{25}"),
        ("https://example.org/文章/一", r"https://example\.org/文章/[a-z]{25}"),
    ],
)
def test_the_address_of_a_probe_is_a_sibling_that_cannot_exist(url, pattern):
    assert re.fullmatch(pattern, probe_url(url))
    assert probe_url(url) == probe_url(url)


def test_each_link_has_a_probe_of_its_own():
    assert len({probe_url(f"https://example.org/a/{n}") for n in range(1_000)}) == 1_000


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("", "", 1, 1),
        ("a few words", "", 0, 0),
        ("a few words", "A few WORDS!", 1, 1),
        ("对比学习把两个视图拉近", "对比学习，把两个视图拉近。", 1, 1),
        ("对比学习把两个视图拉近", "变分推断给出证据的下界", 0, 0),
        ("one two three four five six seven", "one two three four five six eight", 0.4, 0.6),
    ],
)
def test_texts_resemble_each_other_by_their_runs_of_words(one, other, least, most):
    assert least <= resemblance(one, other) <= most
    assert resemblance(one, other) == resemblance(other, one)


PIECES = st.sampled_from(
    [
        b"<title>", b"</title>", b"<h1>", b"</h1>", b"<script>", b"</script>", b"<!--", b"-->", b"<p", b">", b"<", b"&amp;", b"&#0;", b"\0",
        b'id="js_content"', b'class="weui-msg__title warn"', "该内容已被发布者删除".encode(), "页面不存在".encode("gbk"), b"404 Not Found",
        b'"playabilityStatus":{"status":"', b"window.__INITIAL_STATE__={", b"<meta charset=gbk>", b"<meta charset=nonsense>", b"\xff\xfe", b"\x1b$B",
        b'<div id="app"></div>', b"captcha-delivery.com", b"https://sedoparking.com/", b'{"error":{', b"<svg><title>", b"<base href=//x>",
    ]
)  # fmt: skip
BODIES = st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=24).map(b"".join)
URLS = st.sampled_from(
    [
        "https://mp.weixin.qq.com/s/abc", "https://zhuanlan.zhihu.com/p/1", "https://www.youtube.com/watch?v=a", "https://www.bilibili.com/video/BV1",
        "https://pan.baidu.com/s/1", "https://blog.example.org/a/b", "http://127.0.0.1:8000/a", "http://[::1]/a", "https://例子.测试/文章",
    ]
)  # fmt: skip
TYPES = st.sampled_from(
    ["", "text/html", "text/html; charset=gb2312", "text/html; charset=x-unknown", "application/json", "image/png"]
)


@given(url=URLS, final=URLS, body=BODIES, other=BODIES, status=st.integers(100, 999), kind=TYPES)
def test_no_answer_is_too_odd(url, final, body, other, status, kind):
    hops = (Hop(url, 301, final),) if url != final else ()
    page, probe = (
        Observation(
            url=url, at=0.0, final_url=final, status=status, hops=hops, headers={"content-type": kind}, body=content
        )
        for content in (body, other)
    )
    for found in (classify(page), classify(page, probe)):
        assert found.verdict in VERDICTS
        assert found.reason
        assert isinstance(wants_probe(page, found), bool)
    fragment_is_missing(page, "a")


@given(st.text(max_size=40), st.text(max_size=40))
def test_a_title_has_not_changed_into_itself_or_into_nothing(before, now):
    assert has_changed(before, now) == has_changed(now, before)
    assert not has_changed(before, before)
    assert not has_changed(before, "")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16", "shift_jis", "iso2022_jp"]
)
def test_a_title_is_read_in_its_encoding(encoding):
    title = "日本" if "j" in encoding else "页面" if encoding != "big5" else "頁面"
    body = f"<html><head><title>{title}</title></head><body><p>{title * 30}</p></body></html>".encode(encoding)
    charset = encoding.replace("iso2022_jp", "iso-2022-jp").replace("utf-8-sig", "utf-8")
    observation = Observation(
        url="https://example.org/a", at=0.0, final_url="https://example.org/a", status=200, body=body,
        headers={"content-type": f"text/html; charset={charset}"},
    )  # fmt: skip
    assert Page(observation).title == title


def test_elements_are_found_only_where_they_are_elements():
    body = b"""<html><body><!-- <div id="commented"> --><script>var a = '<div id="scripted">';</script>
    <p>id="said" and class="said"</p><pre>&lt;div id="shown"&gt;</pre><DIV class='one two' id=there></DIV></body></html>"""
    page = Page(
        Observation(url="https://example.org/a", at=0.0, final_url="https://example.org/a", status=200, body=body)
    )
    found = {
        name
        for name in ("#commented", "#scripted", "#said", ".said", "#shown", "#there", ".one", ".two", ".tw")
        if page.has(name)
    }
    assert found == {"#there", ".one", ".two"}
