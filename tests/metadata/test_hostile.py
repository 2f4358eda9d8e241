"""Pages that mean harm, or were harmed: clean fields or none."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.metadata.pages import PARAGRAPHS, page, read, seen

from pinakes.metadata.extract import extract
from pinakes.metadata.record import Record

SCRIPT = "window.secret = 'no field may hold this';"
WHOLE = page(
    '<title>Contrast</title><meta property="og:title" content="Contrast"><meta name="author" content="Jane Doe">'
    '<script type="application/ld+json">{"@type": "Article", "headline": "Contrast", "author": {"name": "Jane Doe"}}</script>'
    f"<style>.secret {{}}</style><script>{SCRIPT}</script>",
    f'<article><h1>Contrast</h1><p class="byline">By Jane Doe</p><time datetime="2020-04-09">April 9, 2020</time>{PARAGRAPHS}'
    f"<script>{SCRIPT}</script><noscript>secret</noscript></article>",
).encode()


def texts_of(record: Record) -> list[str]:
    fields = (record.title, record.subtitle, record.site, record.description, *record.authors, *record.keywords)
    return [field for field in fields if field]


def assert_clean(record: Record) -> None:
    for text in texts_of(record):
        assert text.isprintable() or "\u200d" in text
        assert len(text) <= 500
        assert not re.search(r"<script[\s/>]", text.lower())
    for address in (record.image, record.canonical, *record.code):
        assert address is None or address.startswith(("https://", "http://"))


HOSTILE = "</title><script>alert(1)</script>\u202egnirts \x07"
EVERYWHERE = page(
    "".join(
        f'<meta {key}="{name}" content="&lt;script&gt;alert(1)&lt;/script&gt;\u202eevil\u200b&#7; &amp;lt;script&amp;gt;">'
        for key, name in (
            ("property", "og:title"), ("name", "author"), ("name", "description"), ("property", "og:site_name"),
            ("name", "keywords"), ("name", "citation_author"), ("name", "citation_title"), ("property", "og:locale"),
        )
    )
    + '<meta property="og:image" content="javascript:alert(1)"><link rel="canonical" href="javascript:alert(1)">'
    '<meta property="og:url" content="data:text/html,x"><meta property="og:type" content="evil">'
    '<script type="application/ld+json">{"@type": "Article", "headline": "\\ud800<script>x</scr", "image": "https://a/\\ud800", '
    '"author": "\\u202ea<b>b</b>", "datePublished": "9999-99-99"}</script>'
)  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        EVERYWHERE,
        f"<title>{HOSTILE}",
        f"<title>{'long ' * 200_000}</title>",
        f"<meta property=og:title content='{'x' * 1_000_000}'>",
        f"<h1>{'long ' * 200_000}</h1>",
        "<div>" * 100_000 + "<h1>deep</h1>",
        "<b><i>" * 50_000 + "<p>text",
        "<p>" * 100_000,
        "<span class=author>a</span>" * 50_000,
        "<h1><time datetime=x>" * 20_000,
        "<time datetime=2020-01-01>" * 20_000,
        '<i itemprop="author" itemscope>' * 20_000,
        "<meta name=author content=a>" * 50_000,
        "<a href=https://arxiv.org/abs/1911.05722>x</a>" * 50_000,
        "<p>" + "arXiv: " * 100_000,
        "<p>" + "doi:10.1000/" + "a." * 200_000,
        "<p>" + "作者：" * 100_000,
        "<title>" + " - " * 100_000,
        "<title>" + "a|" * 200 + "</title>",
        "<meta name=author content='" + ", " * 100_000 + "'>",
        "<meta name=author content='" + "&amp;" * 100_000 + "'>",
        "<meta name=date content='" + "2020-" * 100_000 + "'>",
        "<script type=application/ld+json>" + '{"@graph":[' * 50_000,
        "<script type=application/ld+json>[" + '{"@type":"Article"},' * 50_000 + "{}]</script>",
        "<!DOCTYPE html [<!ENTITY a '" + "x" * 1000 + "'><!ENTITY b '&a;&a;&a;'>]><title>&b;</title>",
        "<!--" * 100_000,
        "\0" * 100_000 + "<title>x",
        "<",
        " ",
    ],
    ids=range(29),
)  # fmt: skip
def test_a_hostile_page_gives_clean_fields_or_none(content):
    assert_clean(read(content, SimCLR="simclr"))


def test_no_field_holds_a_scripts_text():
    record = read(WHOLE)
    assert record.title == "Contrast"
    assert "secret" not in repr(record)


def test_a_title_of_a_megabyte_is_none():
    assert read(f"<meta property=og:title content='{'x' * 1_000_000}'><h1>Contrast</h1>").title == "Contrast"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(max_size=3)), max_size=40))
def test_flipped_bytes_do_no_harm(changes):
    body = bytearray(WHOLE)
    for at, replacement in changes:
        body[at : at + len(replacement)] = replacement
    assert_clean(extract(seen(bytes(body)), {"SimCLR": "simclr"}))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, len(WHOLE)), min_size=2, max_size=10), st.randoms(use_true_random=False))
def test_shuffled_pieces_do_no_harm(cuts, random):
    ends = sorted({0, len(WHOLE), *cuts})
    pieces = [WHOLE[start:end] for start, end in pairwise(ends)]
    random.shuffle(pieces)
    record = extract(seen(b"".join(pieces)), {})
    assert_clean(record)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from(["text/html", "application/pdf", "", "image/png"]))
def test_any_bytes_do_no_harm(body, media_type):
    assert_clean(extract(seen(body, media_type=media_type), {}))
