"""What pages of any site say about themselves, and which of it is believed."""

from __future__ import annotations

import json

import pytest
from tests.metadata.pages import PARAGRAPHS, URL, page, read


def ld(*objects: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in objects)


def meta(**tags: str) -> str:
    return "".join(f'<meta name="{name}" content="{content}">' for name, content in tags.items())


def og(**tags: str) -> str:
    return "".join(f'<meta property="{name.replace("__", ":")}" content="{content}">' for name, content in tags.items())


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "BlogPosting",
    "headline": "Contrast",
    "author": {"@type": "Person", "name": "Jane Doe"},
    "publisher": {"@type": "Organization", "name": "The Blog"},
    "datePublished": "2020-04-09T10:00:00+08:00",
    "dateModified": "2021-05-01",
    "image": {"@type": "ImageObject", "url": "/a.png"},
    "description": "Two views.",
    "keywords": ["vision", "contrast"],
}


def test_json_ld_gives_a_whole_record():
    record = read(page(ld(ARTICLE)))
    assert (record.title, record.authors, record.site) == ("Contrast", ("Jane Doe",), "The Blog")
    assert (record.published, record.modified) == ("2020-04-09", "2021-05-01")
    assert (record.image, record.description) == ("https://blog.example.org/a.png", "Two views.")
    assert (record.kind, record.keywords, record.lang) == ("article", ("vision", "contrast"), "en")
    assert record.provenance["published"].rule == "JSON-LD BlogPosting: datePublished"


@pytest.mark.parametrize(
    "objects",
    [
        [[ARTICLE]],
        [{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "The Blog"}, ARTICLE]}],
        [{"@type": "Organization", "name": "Company"}, ARTICLE],
        [{"@type": "WebPage", "mainEntity": ARTICLE, "name": "Page"}],
        [ARTICLE | {"@type": ["Article", "http://schema.org/BlogPosting"]}],
        [ARTICLE | {"author": [{"@type": "Person", "name": "Jane Doe"}]}],
        [ARTICLE | {"author": "Jane Doe"}],
        [ARTICLE | {"author": {"@type": ["Person", "x"], "name": ["Jane Doe"]}}],
    ],
)
def test_the_article_is_found_wherever_json_ld_has_it(objects):
    record = read(page(ld(*objects)))
    assert (record.title, record.authors, record.published) == ("Contrast", ("Jane Doe",), "2020-04-09")


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "Article", "headline": "Con\ttrast\n"}',
        '{"@type": "Article", "headline": "Con trast"};',
        '<!-- {"@type": "Article", "headline": "Con trast"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "Con trast"}\n//]]>',
    ],
)
def test_json_ld_that_templates_broke_is_read(text):
    assert read(page(f'<script type="application/ld+json">{text}</script>')).title == "Con trast"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[" * 100_000,
        "null",
        "3",
        '"x"',
        '{"@type": 3}',
        '{"@type": "Article", "headline": {"a": []}, "author": [[null]]}',
    ],
)
def test_json_ld_that_says_nothing_is_no_harm(text):
    assert read(page(f'<script type="application/ld+json">{text}</script><title>Contrast</title>')).title == "Contrast"


def test_an_organisation_is_not_the_author_of_everything():
    company = ARTICLE | {"author": {"@type": "Organization", "name": "Company"}}
    assert read(page(ld(company) + meta(author="Jane Doe"))).authors == ("Jane Doe",)
    assert read(page(ld(company))).authors == ("Company",)


def test_highwire_tags_make_a_paper():
    record = read(
        page(
            '<meta name="citation_title" content="Attention">'
            '<meta name="citation_author" content="Vaswani, Ashish"><meta name="citation_author" content="Noam Shazeer">'
            '<meta name="citation_publication_date" content="2017/06/12"><meta name="citation_journal_title" content="NeurIPS">'
            '<meta name="citation_doi" content="10.1/x">'
        )
    )
    assert (record.title, record.kind, record.site) == ("Attention", "paper", "NeurIPS")
    assert (record.authors, record.published) == (("Ashish Vaswani", "Noam Shazeer"), "2017-06-12")


def test_dublin_core_is_read():
    record = read(page(meta(**{"DC.Title": "Attention", "DC.Creator": "Doe, Jane", "DC.Date": "2017-06"})))
    assert (record.title, record.authors, record.published) == ("Attention", ("Jane Doe",), "2017-06")


def test_open_graph_is_read():
    record = read(
        page(
            og(
                og__title="Contrast - The Blog", og__site_name="The Blog", og__image="//img.example.org/a.png", og__type="article",
                article__published_time="2020-04-09T00:00:00Z", article__author="Jane Doe", article__tag="vision", og__url=URL,
            )
        )
    )  # fmt: skip
    assert (record.title, record.site, record.published, record.kind) == (
        "Contrast",
        "The Blog",
        "2020-04-09",
        "article",
    )
    assert (record.image, record.authors, record.canonical) == ("https://img.example.org/a.png", ("Jane Doe",), URL)


def test_a_facebook_page_is_no_author():
    assert read(page(og(article__author="https://www.facebook.com/jane") + meta(author="Jane Doe"))).authors == (
        "Jane Doe",
    )


def test_microdata_is_read_and_not_that_of_comments():
    body = (
        '<div itemscope itemtype="https://schema.org/Article"><h2 itemprop="headline">Contrast</h2>'
        '<span itemprop="author" itemscope><a itemprop="url" href="/j">me</a><b itemprop="name">Jane Doe</b></span>'
        '<time itemprop="datePublished" datetime="2020-04-09">x</time></div>'
        '<div class="comments"><div itemscope itemtype="https://schema.org/Comment"><b itemprop="author">Troll</b></div></div>'
    )
    record = read(page(body=body + PARAGRAPHS))
    assert (record.title, record.authors, record.published) == ("Contrast", ("Jane Doe",), "2020-04-09")


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Contrast | Some Blog</title>", "Contrast"),
        ("<title>Some Blog » Contrast</title><body><h1>Contrast</h1>", "Contrast"),
        ("<title>对比学习入门 - 某某的博客</title>", "对比学习入门"),
        ("<title>C++ - a language</title><body><h1>C++ - a language</h1>", "C++ - a language"),
        ("<title></title><body><h1>Contrast <script>x()</script></h1>", "Contrast"),
        ("<title>blog.example.org</title><body><h1>Contrast</h1>", "Contrast"),
        ("<title>Q&amp;amp;A 👩\u200d💻</title>", "Q&A 👩\u200d💻"),
    ],
)
def test_a_title_is_without_the_site(head, title):
    assert read(page(head)).title == title


@pytest.mark.parametrize(
    "body",
    [
        '<article><h1>Contrast</h1><div class="meta"><time datetime="2020-04-09">x</time> by <a rel="author" href="/j">Jane Doe</a></div>',
        '<h1>Contrast</h1><p class="byline">By Jane Doe</p><span class="post-date">April 9, 2020</span>',
        "<h1>Contrast</h1><div>By Jane Doe | 9 April 2020</div>",
        '<h1>Contrast</h1><div>updated <time datetime="2022-01-01">x</time> published <time datetime="2020-04-09">y</time></div><i class="author">Jane Doe</i>',
    ],
)
def test_the_head_of_an_article_is_read(body):
    others = '<aside><span class="author">Someone Else</span><time datetime="2024-01-01">x</time></aside>'
    record = read(page(body=body + PARAGRAPHS + others))
    assert (record.authors, record.published) == (("Jane Doe",), "2020-04-09")


def test_the_head_of_a_chinese_article_is_read():
    record = read(
        page(body="<h1>对比学习入门</h1><div>作者：张三 2020年4月9日 阅读 300</div><p>" + "我们把两个视图拉近。" * 30)
    )
    assert (record.title, record.authors, record.published, record.lang) == (
        "对比学习入门",
        ("张三",),
        "2020-04-09",
        "zh",
    )


@pytest.mark.parametrize(
    ("url", "published"),
    [
        ("https://a.example/2020/04/09/contrast/", "2020-04-09"),
        ("https://a.example/2020-04-09-contrast.html", "2020-04-09"),
        ("https://a.example/20200409/contrast", "2020-04-09"),
        ("https://a.example/2020/04/contrast", "2020-04"),
        ("https://a.example/archive/12345678", None),
        ("https://a.example/2020/99/contrast", None),
    ],
)
def test_an_address_has_a_date(url, published):
    assert read(page(), url).published == published


def test_a_more_exact_date_that_says_the_same_is_taken():
    assert read(page(meta(citation_date="2020")), "https://a.example/2020/04/09/x").published == "2020-04-09"
    assert read(page(meta(citation_date="2019")), "https://a.example/2020/04/09/x").published == "2019"


@pytest.mark.parametrize(
    ("html", "text", "lang"),
    [
        ('<html lang="en-US">', "我们把同一样本的两个视图拉近，这样网络就会学习到特征。" * 9, "zh"),
        ('<html lang="zh-TW">', "我們把同一樣本的兩個視圖拉近，這樣網絡就會學習到特徵。" * 9, "zh-Hant"),
        ("<html>", "我們把同一樣本的兩個視圖拉近，這樣網絡就會學習到特徵。" * 9, "zh-Hant"),
        ('<html lang="zh-CN">', "我们用SimCLR framework学习，loss function是InfoNCE。" * 9, "zh"),
        ("<html>", "この論文では対照学習について説明します。" * 9, "ja"),
        ("<html>", "이 논문에서는 대조 학습을 설명합니다. " * 9, "ko"),
        ("<html>", "the loss of this method is that of the other one and we " * 9, "en"),
        ('<html lang="de">', "Der Verlust dieser Methode ist derjenige der anderen. " * 9, "de"),
        ("<html>", "Der Verlust dieser Methode ist derjenige der anderen. " * 9, None),
    ],
)
def test_the_language_is_that_of_the_text(html, text, lang):
    assert read(page(body=f"<p>{text}</p>", html=html)).lang == lang


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        (f"{URL}?utm_source=x", URL),
        ("/posts/contrast", URL),
        ("https://other.example/contrast", "https://other.example/contrast"),
        ("https://other.example/", None),
        ("https://blog.example.org", None),
        ("javascript:alert(1)", None),
        ("data:text/html,x", None),
        ("https://[broken", None),
        ("https://a.example/\"'><script>", None),
    ],
)
def test_a_canonical_address_is_an_articles(canonical, expected):
    quoted = canonical.replace('"', "&quot;")
    assert read(page(f'<link rel="canonical" href="{quoted}">')).canonical == expected


def test_a_modification_before_the_publication_is_none():
    assert read(page(ld(ARTICLE | {"dateModified": "2019-01-01"}))).modified is None


def test_the_main_text_is_counted_and_the_frame_is_not():
    text = "<p>" + "word " * 100 + "</p>"
    body = f"<nav>{'<a href=/>link</a> ' * 50}</nav><div><div id=c>{text * 3}<script>var x = 'no text';</script></div></div>"
    assert read(page(body=body)).characters == 3 * 500 - 1


def test_papers_and_code_of_the_main_text_are_found():
    body = (
        "<nav><a href='https://arxiv.org/abs/1706.03762'>other</a></nav><article><h1>SimCLR</h1>"
        + PARAGRAPHS
        + "<p>SimCLR, "
        "<a href='https://link.zhihu.com/?target=https%3A//arxiv.org/abs/1911.05722'>MoCo</a>, "
        "<a href='https://github.com/google-research/simclr/tree/master'>code</a></p></article>"
    )
    record = read(page(body=body), SimCLR="simclr")
    assert record.papers == ("arxiv:1911.05722", "simclr")
    assert record.code == ("https://github.com/google-research/simclr",)


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.youtube.com/watch?v=abcdefghijk", "video"),
        ("https://stackoverflow.com/questions/1/x", "question"),
        ("https://speakerdeck.com/jane/contrast", "slides"),
        ("https://a.example/contrast", None),
    ],
)
def test_an_address_may_say_the_kind(url, kind):
    assert read(page(), url).kind == kind


def test_a_page_that_scripts_draw_says_so():
    record = read(page("<title>Contrast</title>", "<div id=app></div><script src=a.js></script>"))
    assert (record.title, record.characters) == ("Contrast", None)
    assert "script" in record.provenance["characters"].rule


def test_a_page_in_gbk_that_does_not_say_so_is_read():
    text = "<title>对比学习入门</title><p>" + "我们把两个视图拉近。" * 50
    assert read(text.encode("gbk")).title == "对比学习入门"


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Erin Cunningham March 18, 2015", "Erin Cunningham"),
        ("By Theresa May in London", "Theresa May"),
        ("By April Lopez", "April Lopez"),
    ],
)
def test_the_date_behind_a_name_is_not_of_it(line, author):
    record = read(page("<title>Contrast in the north</title>", f"<h1>Contrast in the north</h1><p>{line}</p>"))
    assert record.authors == (author,)
