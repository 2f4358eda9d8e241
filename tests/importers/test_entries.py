"""What one line of a post comes to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pinakes.importers.posts import read

U = "https://example.com/a"
V = "https://example.com/b"
EntriesOf = Callable[[str], list[dict[str, Any]]]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (f"[自动微分]({U})", "自动微分"),
        (f"- [自动微分]({U})", "自动微分"),
        (f"* **[自动微分]({U})**", "自动微分"),
        (f"1. [**自动微分**]({U})。", "自动微分"),
        (f"- [ ] [自动微分]({U})", "自动微分"),
        (f"> [自动微分]({U})", "自动微分"),
        (f"自动微分: {U}", "自动微分"),
        (f"自动微分：{U}", "自动微分"),
        (f"自动微分 {U}", "自动微分"),
        (f"自动微分（{U}）", "自动微分"),
        (f"《自动微分》 <{U}>", "《自动微分》"),
        (f"* 自动微分: {U}", "自动微分"),
        (f"{U} 自动微分", "自动微分"),
        (f"{U}，自动微分", "自动微分"),
        (f"- {U} - 自动微分", "自动微分"),
        (f"[1] 自动微分, {U}", "自动微分"),
        (f"[^1]: 自动微分, {U}", "自动微分"),
        (f"自动微分 [链接]({U})", "自动微分"),
        (f"自动微分 [{U}]({U})", "自动微分"),
        (f"[自动微分]（{U}）", "自动微分"),
        (f'<a href="{U}">自动微分</a>', "自动微分"),
        (f'<p>1. <a href="{U}" target="_blank"><b>自动微分</b></a></p>', "自动微分"),
        (f'<a href="{U}">\n  自动微分\n</a>', "自动微分"),
        (f"[自动\n微分]({U})", "自动 微分"),
        (f"| 自动微分 | {U} |", "自动微分"),
        (f"| {U} | 自动微分 |", "自动微分"),
        (f"<table><tr><td>自动微分</td><td><a href='{U}'>这里</a></td></tr></table>", "自动微分"),
        (f"[自动微分][1]\n\n[1]: {U}", "自动微分"),
        (f"[自动微分][]\n\n[自动微分]: <{U}>", "自动微分"),
        (f"[自动微分]: {U}", "自动微分"),
        (f"[Q\\&A [2nd]]({U})", "Q&A [2nd]"),
        (f"35亿张图像！ {U}", "35亿张图像！"),
        (f"π*0 与 A*算法 {U}", "π*0 与 A*算法"),
    ],
)  # fmt: skip
def test_a_line_with_a_link_and_its_title_is_an_entry(line: str, title: str, entries_of: EntriesOf) -> None:
    assert entries_of(line) == [{"title": title, "url": U}]


@pytest.mark.parametrize(
    ("written", "url"),
    [
        (f"<{U}>", U),
        (f"{U}。", U),
        (f"（{U}）", U),
        (f"({U})", U),
        (f"{U}，", U),
        (f"“{U}”", U),
        (f"**{U}**", U),
        (f"{U};", U),
        (f"原文链接：{U}", U),
        (f"- {U}", U),
        (f"{U}\u200b", U),
        ("https://example.com/?a=1&amp;b=2", "https://example.com/?a=1&b=2"),
        ("https://example.com/wiki/Kernel_(statistics)", "https://example.com/wiki/Kernel_(statistics)"),
        ("(https://example.com/wiki/Kernel_(statistics))", "https://example.com/wiki/Kernel_(statistics)"),
        ("https://example.com/s/_3DqXB_", "https://example.com/s/_3DqXB_"),
        ("https://example.com/a?utm_source=x", "https://example.com/a"),
        ('<iframe src="//example.com/embed"></iframe>', "https://example.com/embed"),
    ],
)
def test_an_address_ends_where_the_sentence_goes_on(written: str, url: str, entries_of: EntriesOf) -> None:
    assert entries_of(f"{written}\n\n标题") == [{"title": "标题", "url": url}] or entries_of(written) == [
        {"title": url, "url": url, "tags": ["untitled"]}
    ]


def test_han_in_an_address_counts_where_a_segment_begins(entries_of: EntriesOf) -> None:
    assert entries_of("https://zh.example.org/wiki/自动微分")[0]["url"] == "https://zh.example.org/wiki/自动微分"
    assert entries_of("https://example.com/abc这是标题") == [{"title": "这是标题", "url": "https://example.com/abc"}]


def test_several_links_in_a_line(entries_of: EntriesOf) -> None:
    assert entries_of(f"- [甲]({U})、[乙]({V})") == [{"title": "甲", "url": U}, {"title": "乙", "url": V}]
    assert entries_of(f"论文：[甲]({U}) 解读：[乙]({V})") == [
        {"title": "甲", "url": U, "note": "论文"},
        {"title": "乙", "url": V, "note": "解读"},
    ]


def test_words_that_only_say_what_a_link_is(entries_of: EntriesOf) -> None:
    assert entries_of(f"SimCLR [paper]({U}) [code]({V})") == [
        {"title": "SimCLR", "url": U, "kind": "paper", "note": "paper"},
        {"title": "SimCLR", "url": V, "kind": "code", "note": "code"},
    ]
    assert entries_of(f"[SimCLR]({U}) [备份]({V})") == [{"title": "SimCLR", "url": U, "mirrors": [V]}]


@pytest.mark.parametrize(
    ("line", "note"),
    [
        (f"- [甲]({U}) — 很好的图", "很好的图"),
        (f"[甲]({U})：很好的图", "很好的图"),
        (f"[甲]({U})（很好的图）", "很好的图"),
        (f'[甲]({U} "很好的图")', "很好的图"),
        (f"| [甲]({U}) | 很好的图 |", "很好的图"),
        (f"| 甲 | {U} | 很好的图 |", "很好的图"),
    ],
)
def test_what_else_a_line_says_is_the_note(line: str, note: str, entries_of: EntriesOf) -> None:
    assert entries_of(line) == [{"title": "甲", "url": U, "note": note}]


@pytest.mark.parametrize(
    "line",
    [
        f"我们在{U}里看到，梯度是自动求出来的。",
        f"更多内容见 {U} 以及其中的参考文献。",
        f"如[这篇文章]({U})所说，梯度是自动求出来的，而且又快又准，没有人再手算了，大家都很高兴。",
        f"$ git clone {U}",
        f"wget {U}",
        f"`{U}`",
    ],
)
def test_a_sentence_with_a_link_stays_one_and_keeps_the_link(line: str, import_posts: Any) -> None:
    plan = import_posts({"post.md": f"# 标题\n\n{line}"})
    assert [each.kind for each in plan.lines] == ["heading", "prose"]
    assert U in plan.additions[0].about
    assert not plan.additions[0].entries


@pytest.mark.parametrize(
    ("line", "kind", "reason"),
    [
        ("![](/images/a.png)", "figure", "picture not imported: /images/a.png"),
        ('<p align="center"><img src="/a.png" width="50%"></p>', "figure", "picture not imported: /a.png"),
        ("[上一篇](/2019/01/01/a.html)", "left_out", "link without a host: /2019/01/01/a.html"),
        ("{% include figure.html %}", "left_out", "Liquid tag"),
        ("{:.center}", "left_out", "kramdown attributes"),
        ("***", "left_out", "rule"),
        ("[TOC]", "left_out", "table of contents marker"),
        ("<!-- https://example.com -->", "left_out", "HTML comment"),
        ("<br>", "left_out", "HTML without text"),
        ("\u200b", "left_out", "only invisible characters"),
        ("##", "left_out", "heading without words"),
    ],
)
def test_what_brings_nothing_in_says_why(line: str, kind: str, reason: str, import_posts: Any) -> None:
    (account,) = import_posts({"post.md": line}).lines
    assert (account.kind, account.reason) == (kind, reason)


@pytest.mark.parametrize(
    "code",
    [
        f"```\n{U}\n```",
        f"~~~ sh\nx\n\n{U}\n~~~",
        f"{{% highlight sh %}}\n{U}\n{{% endhighlight %}}",
        f"<pre>\n{U}\n</pre>",
    ],
)
def test_code_is_kept_as_code(code: str, import_posts: Any) -> None:
    plan = import_posts({"post.md": f"# 标题\n\n{code}\n\n{V}\n\n题目"})
    (addition,) = plan.additions
    assert [entry["url"] for entry in addition.entries] == [V]
    assert addition.about.startswith(("```", "~~~"))
    assert U in addition.about
    assert all(line.reason.startswith("code") for line in plan.lines if line.kind == "prose")


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://www.zhihu.com/question/497827630", "question"),
        ("https://github.com/someone/something", "code"),
        ("https://arxiv.org/abs/1706.03762", "paper"),
        ("https://www.bilibili.com/video/BV1xx", "video"),
        ("https://github.com/someone/something/issues/1", None),
        ("https://zhuanlan.zhihu.com/p/1", None),
        ("https://example.com/a.pdf", None),
    ],
)
def test_a_kind_is_told_only_where_the_address_leaves_no_doubt(
    url: str, kind: str | None, entries_of: EntriesOf
) -> None:
    assert entries_of(f"{url}\n\n标题")[0].get("kind") == kind


def test_jekyll_maths_becomes_topic_maths() -> None:
    post = read("令$$x$$为输入：\n\n$$y = f(x)$$\n\n$$\nz\n$$\n", "post.md")
    assert [block.text for block in post.blocks] == ["令$x$为输入：", "$$y = f(x)$$", "$$\nz\n$$"]  # type: ignore[union-attr]  # all are prose


def test_html_nested_beyond_measure(entries_of: EntriesOf) -> None:
    assert entries_of("<div>" * 3000 + f'<a href="{U}">自动微分</a>') == [{"title": "自动微分", "url": U}]
