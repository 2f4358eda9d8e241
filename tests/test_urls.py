"""What a URL is written as, and which URLs are the same article."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.urls import entry_id, host_of, identity, normalize

WECHAT = "https://mp.weixin.qq.com/s?__biz=MzA&mid=1&idx=1&sn=ab"
WORDS = """
    http https :// example.org EXAMPLE.org / .. . a %7e %e4 % ? & = # :80 :443 : @ [ ] ::1 utm_source=x b=2 中 \\
    www. wechat_redirect //
"""
pieces = st.sampled_from([*WORDS.split(), " ", "\x00"])
anything = st.lists(pieces, max_size=12).map("".join) | st.text(max_size=40)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTPS://Example.ORG:443/a/../b/%7Ec?x=%e4#y", "https://example.org/b/~c?x=%E4#y"),
        ("http://example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/a?utm_source=x&b=2&fbclid=3&a=1", "https://example.org/a?b=2&a=1"),
        (f"{WECHAT}&chksm=12&scene=21#wechat_redirect", WECHAT),
        ("https://mp.weixin.qq.com/s/abc#rd", "https://mp.weixin.qq.com/s/abc"),
        ("https://www.bilibili.com/video/BV1?spm_id_from=3&vd_source=4&p=2", "https://www.bilibili.com/video/BV1?p=2"),
        ("https://example.org/a#section", "https://example.org/a#section"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("https://zh.wikipedia.org/wiki/自动微分", "https://zh.wikipedia.org/wiki/自动微分"),
        ("not a url", "not a url"),
        ("http://[", "http://["),
    ],
)
def test_the_form_that_is_written(url, expected):
    assert normalize(url) == expected


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?a=1&b=2"),
        (WECHAT, "http://mp.weixin.qq.com/s?sn=ab&idx=1&mid=1&__biz=MzA&chksm=1#wechat_redirect"),
        ("https://arxiv.org/abs/2002.05709", "http://arxiv.org/pdf/2002.05709v3.pdf"),
        ("https://m.bilibili.com/video/BV1", "https://www.bilibili.com/video/BV1/"),
        ("https://youtu.be/abcdefghijk?si=x", "https://www.youtube.com/watch?v=abcdefghijk"),
        ("https://例え.jp/路径", "https://xn--r8jz45g.jp/%E8%B7%AF%E5%BE%84"),
    ],
)
def test_the_same_article(first, second):
    assert identity(first) == identity(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a?id=1", "https://example.org/a?id=2"),
        ("https://example.org/book#one", "https://example.org/book#two"),
        ("https://zhuanlan.zhihu.com/p/1", "https://www.zhihu.com/question/1"),
        ("https://a.example.org/", "https://b.example.org/"),
    ],
)
def test_other_articles(first, second):
    assert identity(first) != identity(second)


@given(anything)
def test_the_form_is_final_and_the_article_stays_the_same(url):
    written = normalize(url)
    assert normalize(written) == written
    assert identity(written) == identity(url)
    assert entry_id(written) == entry_id(url)


@given(anything)
def test_an_id_can_be_an_address(url):
    assert re.fullmatch(r"[a-z2-7]{8}", entry_id(url))


def test_ids_stay_as_they_are():
    """They are permalinks: whoever changes how they are made breaks every link to an entry."""
    assert entry_id("https://zhuanlan.zhihu.com/p/346686467") == "7l2flzwa"
    assert entry_id("https://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA") == "dgsvqm3g"


@given(anything)
def test_asking_for_the_host_never_fails(url):
    host_of(url)
