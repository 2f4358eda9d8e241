"""Every line that is not blank is accounted for exactly once, and a second import adds nothing."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pinakes.importers.decode import split_lines
from pinakes.importers.plan import Plan, plan
from pinakes.importers.posts import read
from pinakes.importers.proposal import propose
from pinakes.model import Catalog, Config
from pinakes.project import Project
from pinakes.store.load import load_catalog
from pinakes.urls import identity

EMPTY = Catalog(Config(), {}, {})

WORDS = st.sampled_from(
    [
        "自动微分技术", "什么是对比学习？", "A tour of autodiff", "图解SimCLR（上）", "代码：", "参考：", "这是一句话。它很长，也不是标题。",
        "令$$x$$为输入，得到$$f(x)$$。", "**重点**", "1. 第一项", "- 一项", "> 引用", "[X]的位置", "a | b", "`code`", "   ", "\u200b",
    ]
)  # fmt: skip
ADDRESSES = (
    "https://example.com/a",
    "https://example.com/b?utm_source=x",
    "http://example.org/wiki/A_(b)",
    "https://arxiv.org/abs/1706.03762",
    "https://zh.example.org/wiki/自动微分",
    "https://github.com/someone/something",
    "https://www.zhihu.com/question/1",
    "https://example.com/c/",
)
URLS = st.sampled_from(ADDRESSES)
CONSTRUCTS = (
    "{url}", "{words}", "<{url}>", "[{words}]({url})", "- [{words}]({url}) — {words}", "* {words}: {url}", "{words} {url}", "{url} {words}",
    "{url}。", "（{url}）", "见{url}，{words}", "# {words}", "## {words}（续）", "### [{words}]({url}) ###", "{words}\n=====", "{words}\n---",
    "## 参考", "**参考资料**", "![{words}]({url})", "![](/images/a.png)", "[![{words}](a.png)]({url})", "```\n{url}\n```", "~~~\n{words}",
    "```", "$$", "$$\n{words}\n$$", "$$x$$", "{{% highlight c %}}\n{url}\n{{% endhighlight %}}", "{{% include {words} %}}", "{{:toc}}", "* toc",
    "<!-- {url} -->", "<!--\n{words}\n-->", "<!-- {words}", '<a href="{url}">{words}</a>', '<a href="{url}">\n{words}\n</a>', '<a href="{url}">',
    "<p>{words}</p>", '<p align="center"><img src="a.png"></p>', '<iframe src="{url}"></iframe>', "<pre>\n{url}\n</pre>", "<script>\n{url}",
    "<table>\n<tr><td>{words}</td>\n<td><a href='{url}'>{words}</a></td></tr>\n</table>", "| {words} | {url} |\n|---|---|\n| {words} | {url} |",
    "| {words} | [{words}]({url}) |", "[{words}][r]\n\n[r]: {url}", '[r]: {url} "{words}"', "[^1]: {url}", "---", "***", "> {url}", "    {url}",
    "[{words}\n]({url})", "{url}\n{url}\n{words}", "{words}\r\n{url}\r\n", "\ufeff{words}", "---\ntitle: {words}\n---", "{words}\n{words}",
)  # fmt: skip


@st.composite
def posts(draw: st.DrawFn) -> str:
    """Posts made of everything that the importer knows, in any order, with junk between."""
    pieces = draw(st.lists(st.sampled_from(CONSTRUCTS) | st.none(), max_size=12))
    texts = [
        draw(st.text(max_size=20)) if piece is None else piece.format(words=draw(WORDS), url=draw(URLS))
        for piece in pieces
    ]
    ends = [draw(st.sampled_from(["\n", "\n\n", "\n\n", "\r\n"])) for _ in texts]
    return "".join(text + end for text, end in zip(texts, ends, strict=True))


def import_texts(texts: list[str], catalog: Catalog = EMPTY) -> Plan:
    return plan([read(text, f"post-{index}.md") for index, text in enumerate(texts)], catalog)


def assert_accounted(text: str, result: Plan) -> None:
    expected = [number for number, line in enumerate(split_lines(text), 1) if line.strip()]
    assert [line.number for line in result.lines] == expected
    assert all(line.reason for line in result.lines if line.kind == "left_out")


@given(st.text())
@settings(deadline=None)
def test_any_text_is_accounted_for(text: str) -> None:
    assert_accounted(text, import_texts([text]))


@given(posts())
@settings(max_examples=300, deadline=None)
def test_any_mixture_is_accounted_for(text: str) -> None:
    assert_accounted(text, import_texts([text]))


@given(posts())
@settings(max_examples=150, deadline=None)
def test_no_address_is_lost(text: str) -> None:
    """An address in a line that was not left out is in one entry, or in a text, or named as a picture."""
    result = import_texts([text])
    entries = [entry for each in result.additions for entry in each.entries]
    found = [identity(url) for entry in entries for url in [entry["url"], *entry.get("mirrors", ())]]
    texts = "".join([each.about or "" for each in result.additions] + [entry.get("note", "") for entry in entries])
    assert len(found) == len(set(found))
    for line in result.lines:
        for url in ADDRESSES:
            if url in line.text and line.kind != "left_out":
                assert identity(url) in found or url in texts or url in line.reason.partition("picture")[2]


@given(st.lists(posts(), min_size=1, max_size=3))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_a_second_import_adds_nothing(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project(Path(folder).resolve())
        project.catalog.mkdir()
        (project.catalog / "config.yml").touch()
        for change in propose(import_texts(texts), {}):
            path = project.root / change.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change.after, encoding="utf-8", newline="")
        assert import_texts(texts, load_catalog(project)).additions == ()


@pytest.mark.parametrize(
    "opening", ["```", "<!--", "<script>", "{% highlight c %}", "{% comment %}", "$$", "---\ntitle: x"]
)
def test_what_is_never_closed_swallows_nothing(opening: str) -> None:
    result = import_texts([f"{opening}\n\nhttps://example.com/a\n\nA title\n"])
    assert [entry["url"] for each in result.additions for entry in each.entries] == ["https://example.com/a"]
