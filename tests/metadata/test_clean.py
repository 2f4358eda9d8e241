"""Titles and names without what sites put around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.metadata.clean import clean_authors, clean_title, first_last, plain


@pytest.mark.parametrize(
    ("written", "names", "title"),
    [
        ("对比学习入门 - 知乎", ["知乎"], "对比学习入门"),
        ("(99+ 封私信 / 87 条消息) 如何看待 SimCLR？ - 知乎", ["知乎"], "如何看待 SimCLR？"),
        ("对比学习_CSDN博客", ["CSDN博客"], "对比学习"),
        ("(3) What is attention? - YouTube", ["YouTube"], "What is attention?"),
        ("Contrastive Learning | Lil'Log", ["lil'log"], "Contrastive Learning"),
        ("Lil'Log | Contrastive Learning", ["lil'log"], "Contrastive Learning"),
        ("Post - Column - Company", ["company", "column"], "Post"),
        ("Self-training: a survey - part 2", ["example"], "Self-training: a survey - part 2"),
        ("知乎", ["知乎"], "知乎"),
    ],
)
def test_the_site_is_taken_off_a_title(written, names, title):
    assert clean_title(written, names) == title


def test_a_sites_own_suffix_is_taken_off():
    assert clean_title("对比学习 - 掘金", suffixes=(r"\s*-\s*掘金",)) == "对比学习"


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        (["作者：张三、李四"], ("张三", "李四")),
        (["张三，李四；王五"], ("张三", "李四", "王五")),
        (["张三和李四"], ("张三", "李四")),
        (["李和平"], ("李和平",)),
        (["文/张三"], ("张三",)),
        (["By Jane Doe and John Smith"], ("Jane Doe", "John Smith")),
        (["Jane Doe, John Smith & Max Muster"], ("Jane Doe", "John Smith", "Max Muster")),
        (["Jane Doe, PhD"], ("Jane Doe",)),
        (["Jane Doe, Staff Writer"], ("Jane Doe",)),
        (["Procter & Gamble"], ("Procter & Gamble",)),
        (["机器之心 / 王五"], ("机器之心", "王五")),
        (["Jane Doe", "jane doe", "Max"], ("Jane Doe", "Max")),
        (["https://example.org/jane"], ()),
        (["jane@example.org"], ()),
        (["成就一亿技术人！"], ()),
        (["admin"], ()),
        (["We write about machine learning and other things"], ()),
        (["2020-04-09"], ()),
    ],
)
def test_names_are_found_in_what_stands_in_an_authors_place(written, authors):
    assert clean_authors(written) == authors


def test_a_sites_slogan_is_nobody():
    assert clean_authors(["人人都是产品经理", "张三"], ["人人都是产品经理"]) == ("张三",)


@pytest.mark.parametrize(
    ("written", "name"),
    [("Vaswani, Ashish", "Ashish Vaswani"), ("Ashish Vaswani", "Ashish Vaswani"), ("King, Jr.", "King, Jr.")],
)
def test_the_last_name_does_not_come_first(written, name):
    assert first_last(written) == name


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("Q&amp;amp;A", "Q&A"),
        ("a &lt;b&gt;bold&lt;/b&gt; word", "a bold word"),
        ("x<script>alert(1)</script>y", "x y"),
        ("<img src=x onerror=alert(1)>title", "title"),
        ("List<int> and Map<String, int>", "List<int> and Map<String, int>"),
        ("line\\none\\x0atwo", "line one two"),
        (r"$\nabla f$ and $\rho\tau$\nnext", r"$\nabla f$ and $\rho\tau$ next"),
        ("evil\u202etitle\u200b\x00", "eviltitle"),
        ("👩\u200d💻 codes x\u200dy", "👩\u200d💻 codes xy"),
        ("\ud800half", "half"),
        ("a\u3000 b\n\tc", "a b c"),
    ],
)
def test_a_text_is_plain(written, text):
    assert plain(written) == text


@given(st.text(max_size=2_000))
def test_a_plain_text_is_one_line_that_shows_all_of_itself(written):
    text = plain(written)
    assert text == " ".join(text.split())
    assert len(text) <= 500
    assert "<script" not in text.lower()
    text.encode()


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("John C. Welch", ("John C. Welch",)),
        ("Dana A. Ford and Tom Watkins", ("Dana A. Ford", "Tom Watkins")),
        ("Dr. Max Kolter", ("Dr. Max Kolter",)),
        ("Felix Schröder und Jörg Soldwisch", ("Felix Schröder", "Jörg Soldwisch")),
        ("Anna Martel und Lea Wagner, Nairobi", ("Anna Martel", "Lea Wagner")),
        ("Santiago Ramón y Cajal", ("Santiago Ramón y Cajal",)),
        ("Foto: Mads Rasmussen", ()),
        ("(Image: Getty Images)", ()),
        ("d.meier@boersen-blatt.example", ()),
        ("A story was told. It was long", ()),
    ],
)
def test_initials_and_titles_are_of_a_name_and_credits_are_none(written, names):
    assert clean_authors((written,)) == names
