"""Chinese hosts: what their pages say is found where each keeps it, and not where they mislead."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pinakes.fetch.observation import Observation
from pinakes.metadata.extract import extract

PAGES = Path(__file__).parents[2] / "data" / "metadata"
HOSTS = (
    "bilibili.com",
    "cnblogs.com",
    "csdn.net",
    "jianshu.com",
    "juejin.cn",
    "mp.weixin.qq.com",
    "oschina.net",
    "segmentfault.com",
    "zhihu.com",
)
SAVED = sorted(file.with_suffix("") for host in HOSTS for file in (PAGES / host).glob("*.json"))
SHORT = "https://mp.weixin.qq.com/s/abcdefghij_KLMNOPQR-12"
LONG = "https://mp.weixin.qq.com/s?__biz=MzA3==&mid=22&idx=1&sn=ab12"


def record_of(url, body):
    """Read a page that a host sends without saying its encoding."""
    return extract(
        Observation(url=url, at=0.0, final_url=url, status=200, body=body, headers={"content-type": "text/html"})
    )


@pytest.mark.parametrize("page", SAVED, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_a_page_says_what_its_site_knows(page):
    expected = json.loads(page.with_suffix(".json").read_bytes())
    record = record_of(expected.pop("url"), page.with_suffix(".html").read_bytes())
    for field, value in expected.items():
        found = getattr(record, field)
        assert (list(found) if isinstance(found, tuple) else found) == value, (field, record.provenance.get(field))


@pytest.mark.parametrize("host", HOSTS)
def test_each_host_has_saved_pages(host):
    assert list((PAGES / host).glob("*.html"))


@pytest.mark.parametrize(
    ("page", "field", "rule"),
    [
        ("mp.weixin.qq.com/article", "published", "mp.weixin.qq.com: var ct"),
        ("mp.weixin.qq.com/images", "published", "mp.weixin.qq.com: ori_create_time"),
        ("mp.weixin.qq.com/reprint", "authors", "mp.weixin.qq.com: reprinted from"),
        ("zhihu.com/article", "published", "zhihu.com: article created"),
        ("zhihu.com/article-without-data", "published", "zhihu.com: 发布于"),
        ("cnblogs.com/post", "authors", "cnblogs.com: #blog_nav_contact"),
        ("csdn.net/post", "published", "csdn.net: var postTime"),
        ("bilibili.com/video", "published", "bilibili.com: videoData.pubdate"),
    ],
)
def test_a_field_tells_where_it_was_found(page, field, rule):
    url = json.loads((PAGES / f"{page}.json").read_bytes())["url"]
    assert record_of(url, (PAGES / f"{page}.html").read_bytes()).provenance[field].rule == rule


def weixin(head="", script="", article=""):
    body = f"""<html><head><meta charset="utf-8"><title></title>{head}</head><body>
    <div id="js_article"><div id="js_content">{article or "<p>对比学习把两个视图拉近。</p>"}</div></div>
    <script>{script}</script></body></html>"""
    return record_of(SHORT, body.encode())


@pytest.mark.parametrize(
    "script",
    [
        'var ct = "1586363400";',
        "window.ct = '1586363400';",
        "ori_create_time: '1586363400' * 1,",
        "ori_create_time: xml ? getXmlValue('ori_create_time.DATA') : '1586363400' * 1,",
        "create_time: JsDecode('2020-04-09 00:30'),",
        "var createTime = '2020-04-09 00:30';",
        "var ct = new V; var ct = '' || ''; var ct = \"1586363400\";",
    ],
)
def test_wechats_date_is_chinas_in_whatever_variable(script):
    assert weixin(script="var svr_time = '1762900000';" + script).published == "2020-04-09"


@pytest.mark.parametrize(
    "script",
    ['var svr_time = "1762900000";', 'var product = "1600000000";', "function f(a){a.ct=new V}", 'var ct = "158636";'],
)
def test_a_wechat_page_without_its_date_gets_none(script):
    head = '<link rel="icon" href="https://res.wx.qq.com/shop/public/2024-09-26/2f1b2a.svg">'
    assert weixin(head, script, '<p>2021年7月1日的讲座</p><em id="publish_time"></em>').published is None


@pytest.mark.parametrize(
    "script",
    [
        r"var msg_title = '读懂 \x26quot;温度\x26quot; \x26amp;amp; 队列'.html(false);",
        'var msg_title = htmlDecode("读懂 &quot;温度&quot; &amp; 队列");',
        r"msg_title: JsDecode('\u8bfb\u61c2 \x22温度\x22 \x26 队列\x0a第二行'),",
    ],
)
def test_wechats_title_stands_in_a_script_where_the_tag_is_missing(script):
    assert weixin(script=script).title == '读懂 "温度" & 队列'


@pytest.mark.parametrize(
    ("script", "account"),
    [
        ('var nickname = htmlDecode("机器 &amp; 之心");', "机器 & 之心"),
        (r"nick_name: JsDecode('PaperWeekly'), ", "PaperWeekly"),
        ('var nickname = ""; var nickname = "量子位";', "量子位"),
    ],
)
def test_wechats_account_stands_in_a_script_where_nothing_shows_it(script, account):
    head = '<meta property="og:site_name" content="微信公众平台"><meta property="og:title" content="标题在此">'
    assert weixin(head, script).site == account


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        (f"{SHORT}?scene=1#rd", SHORT),
        (f"{LONG}&amp;chksm=ff&amp;scene=21#wechat_redirect", LONG),
        (
            LONG.replace("https", "http")
            .replace("mid=", "appmsgid=")
            .replace("idx=", "itemidx=")
            .replace("sn=", "sign="),
            LONG,
        ),
        ("https://mp.weixin.qq.com/s?src=11&amp;timestamp=1586363400&amp;ver=2&amp;signature=ab", None),
        ("https://evil.example/s/abcdefghij_KLMNOPQR-12", None),
        ("javascript:alert(1)", None),
    ],
)
def test_wechats_permanent_address_is_the_canonical_one(given, canonical):
    head = f'<meta property="og:title" content="标题在此"><meta property="og:url" content="{given}">'
    rule = weixin(head).provenance.get("canonical")
    found = weixin(head).canonical if rule and rule.rule.startswith("mp.weixin") else None
    assert found == canonical


@pytest.mark.parametrize(
    "broken",
    [
        "",
        '<script id="js-initialData" type="text/json">{"initialState":{"entities":{"articles":[1]}}}</script>',
        '<script id="js-initialData" type="text/json">{"initialState":{"entities":{"articles":{"7":{"title":7,"created":"x",\
"author":[],"topics":{"a":1},"titleImage":"javascript:alert(1)"}}}}}</script>',
        '<script id="js-initialData" type="text/json">{"initialState"</script>',
        '<a id="blog_nav_contact" href="http://[x">1</a><meta property="og:url" content="http://[x"><val data-name="shareUrl" data-value="http://[x"></val>',
        '<div data-zop="{"></div><div data-zop="[]"></div><div data-zop></div>',
        '<script>window.__INITIAL_STATE__={"videoData":{"title":[],"pubdate":1e99,"owner":"x","staff":[7],"pic":{}}};</script>',
        '<script>window.__INITIAL_STATE__={"detail":{"modules":[7,{"module_type":"MODULE_TYPE_TITLE","module_title":7}]}};</script>',
        '<script id="__NEXT_DATA__" type="application/json">{"props":{"initialState":{"note":{"data":[]}}}}</script>',
        '<script id="__NEXT_DATA__" type="application/json">[{"url":"/p/7","user":{}}]</script>',
        '<article itemscope><meta itemprop="datePublished" content="yesterday"><meta itemprop="url" content="javascript:1"></article>',
    ],
)
@pytest.mark.parametrize(
    "url",
    [
        "https://zhuanlan.zhihu.com/p/7",
        "https://www.zhihu.com/question/7",
        "https://www.zhihu.com/question/7/answer/7",
        "https://www.bilibili.com/video/BV17",
        "https://www.bilibili.com/read/cv7",
        "https://www.bilibili.com/opus/7",
        "https://www.jianshu.com/p/7",
        "https://segmentfault.com/p/7",
        "https://juejin.cn/post/7",
        "https://www.cnblogs.com/a/p/7.html",
        "https://blog.csdn.net/a/article/details/7",
        "https://my.oschina.net/u/7/blog/7",
        SHORT,
    ],
)
def test_data_of_another_form_gives_nothing(url, broken):
    filling = "<p>" + "对比学习把同一张图片的两个视图拉近。" * 9 + "</p>"
    record = record_of(url, f"<html><head><title>标题在此</title></head><body>{filling}{broken}</body></html>".encode())
    assert (record.published, record.modified, record.authors, record.image) == (None, None, (), None)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("https://zhuanlan.zhihu.com/p/7", "(99+ 封私信 / 87 条消息) 标题 - 副题 - 知乎"),
        ("https://www.zhihu.com/question/7/answer/8", "标题 - 副题 - 苏小剑 的回答 - 知乎"),
        ("https://www.cnblogs.com/a/p/7.html", "标题 - 副题 - 博客园"),
        ("https://blog.csdn.net/a/article/details/7", "标题 - 副题_三更的博客-CSDN博客"),
        ("https://www.jianshu.com/p/7", "标题 - 副题 - 简书"),
        ("https://juejin.cn/post/7", "标题 - 副题 - 掘金"),
        ("https://www.bilibili.com/video/BV17", "标题 - 副题_哔哩哔哩_bilibili"),
        ("https://segmentfault.com/a/7", "标题 - 副题 - 个人文章 - SegmentFault 思否"),
        ("https://my.oschina.net/u/7/blog/7", "标题 - 副题 - 阿泽的个人空间 - OSCHINA - 中文开源技术交流社区"),
    ],
)
def test_a_title_is_rid_of_what_the_site_puts_around_it(url, title):
    filling = "<p>" + "对比学习把同一张图片的两个视图拉近。" * 9 + "</p>"
    assert (
        record_of(url, f"<html><head><title>{title}</title></head><body>{filling}</body></html>".encode()).title
        == "标题 - 副题"
    )


@pytest.mark.parametrize(
    ("description", "expected"),
    [
        ("文章浏览阅读1.2k次，点赞3次，收藏9次。温度系数的作用。它很小_infonce 温度", "温度系数的作用。它很小"),
        ("文章浏览阅读8次。snake_case 与 camelCase", "snake_case 与 camelCase"),
        ("温度系数的作用_它很小", "温度系数的作用_它很小"),
    ],
)
def test_csdns_description_is_rid_of_readers_and_search_words(description, expected):
    page = f'<html><head><title>温度系数_infonce 温度-CSDN博客</title><meta name="description" content="{description}"></head><body><div id="article_content">一二三</div></body></html>'
    assert record_of("https://blog.csdn.net/a/article/details/7", page.encode()).description == expected
