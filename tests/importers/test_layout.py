"""Which title belongs to which URL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

EntriesOf = Callable[[str], list[dict[str, Any]]]
URL = "https://example.com/{}".format


def pairs(entries: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [(entry["title"], entry["url"], *entry.get("mirrors", ())) for entry in entries]


def three(*texts: str) -> str:
    return "".join(text.format(u=URL(number), t=f"标题{number}") for text in texts for number in (1, 2, 3))


EXPECTED = [("标题1", URL(1)), ("标题2", URL(2)), ("标题3", URL(3))]


@pytest.mark.parametrize(
    "form",
    [
        "{u}\n\n{t}\n\n", "{u}\n{t}\n\n", "{u}\n{t}\n", "{u}\r\n\r\n{t}\r\n\r\n",  # the URL first
        "{t}\n\n{u}\n\n", "{t}\n{u}\n\n", "{t}\n{u}\n", "- {t}\n  {u}\n", "1. {t}\n\n   {u}\n\n", "{t}：\n\n{u}\n\n",
        "{t}\n链接：{u}\n\n", "**{t}**\n\n<{u}>\n\n", "> {u}\n\n{t}\n\n",
    ],
)  # fmt: skip
def test_both_layouts(form: str, entries_of: EntriesOf) -> None:
    assert pairs(entries_of(three(form))) == EXPECTED


@pytest.mark.parametrize("form", ["{u}\n\n{t}\n\n", "{t}\n\n{u}\n\n"])
def test_prose_before_and_after_is_no_title(form: str, entries_of: EntriesOf) -> None:
    prose = "这里先说明一下背景，后面会用到。梯度是自动求出来的。\n\n"
    assert pairs(entries_of(prose + three(form) + prose)) == EXPECTED


@pytest.mark.parametrize("form", ["{u}\n\n{t}\n\n", "{t}\n\n{u}\n\n"])
def test_a_label_of_the_whole_list_is_no_title(form: str, entries_of: EntriesOf) -> None:
    assert pairs(entries_of("参考：\n\n" + three(form))) == EXPECTED
    assert pairs(entries_of("![](a.png)\n\n其他教程：\n\n" + three("{u}\n\n{t}\n\n"))) == EXPECTED


def test_a_label_before_a_url_among_titles_after_urls(entries_of: EntriesOf) -> None:
    text = "官网：\n\nhttps://example.com/1\n\n代码：\n\nhttps://example.com/2\n\nhttps://example.com/3\n\n标题\n"
    assert pairs(entries_of(text)) == [("官网", URL(1)), ("代码", URL(2)), ("标题", URL(3))]


def test_sections_of_one_post_may_differ(entries_of: EntriesOf) -> None:
    second = "".join(f"甲{number}\n\nhttps://example.com/y{number}\n\n" for number in range(6))
    entries = entries_of(three("{u}\n\n{t}\n\n") + "## 二\n\n" + second)
    assert sorted(pairs(entries)) == sorted([*EXPECTED, *((f"甲{number}", URL(f"y{number}")) for number in range(6))])


def test_several_urls_for_one_title_are_mirrors(entries_of: EntriesOf) -> None:
    text = "{}\n\n{}\n\n标题一\n\n{}\n\n标题二\n".format(*map(URL, range(3)))
    assert pairs(entries_of(text)) == [("标题一", URL(0), URL(1)), ("标题二", URL(2))]
    text = "标题一\n{}\n{}\n\n标题二\n{}\n".format(*map(URL, range(3)))
    assert pairs(entries_of(text)) == [("标题一", URL(0), URL(1)), ("标题二", URL(2))]


def test_a_url_without_a_title_is_kept_and_flagged(entries_of: EntriesOf) -> None:
    entries = entries_of("{}\n\n标题\n\n{}\n\n## 下一节\n\n{}\n\n标题二".format(*map(URL, range(3))))
    assert pairs(entries) == [("标题", URL(0)), (URL(1), URL(1)), ("标题二", URL(2))]
    assert [entry.get("tags") for entry in entries] == [None, ["untitled"], None]


def test_a_url_apart_from_pairs_that_stand_together_has_no_title(entries_of: EntriesOf) -> None:
    assert pairs(entries_of("{}\n甲\n\n{}\n\n{}\n乙\n".format(*map(URL, range(3))))) == [
        ("甲", URL(0)), (URL(1), URL(1)), ("乙", URL(2)),
    ]  # fmt: skip


def test_items_of_a_list_of_urls_are_not_mirrors(entries_of: EntriesOf) -> None:
    assert len(entries_of("- {}\n- {}\n- {}\n".format(*map(URL, range(3))))) == 3


def test_the_seeds_form_comes_in_whole(entries_of: EntriesOf, repository: Any) -> None:
    import json

    topics = json.loads((repository / "tests/data/seed.json").read_text(encoding="utf-8"))
    articles = [tuple(article) for articles in topics.values() for article in articles]
    assert len(articles) == 85
    entries = entries_of("\n\n".join(f"{url}\n\n{title}" for url, title in articles))
    assert [(entry["url"], entry["title"]) for entry in entries] == articles


def test_a_long_list_of_bare_urls_is_no_single_article(entries_of: EntriesOf) -> None:
    entries = entries_of("\n".join(map(URL, range(20))) + "\n标题\n")
    assert sum(entry.get("tags") == ["untitled"] for entry in entries) == 14
    assert entries[-1]["title"] == "标题"
