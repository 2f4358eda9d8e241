"""Posts merged into topics, beside what the catalogue has already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from pinakes.errors import PinakesError
from pinakes.importers.names import read_names
from pinakes.importers.plan import Plan
from pinakes.importers.proposal import propose
from pinakes.project import Project
from pinakes.store.load import load_catalog

Import = Callable[..., Plan]
MakeProject = Callable[[Mapping[str, str]], Project]


def link(number: int | str) -> str:
    return f"https://example.com/{number}\n\n文章{number}\n\n"


def topics(plan: Plan) -> dict[str, list[str]]:
    return {each.path: [entry["title"] for entry in each.entries] for each in plan.additions}


def reasons(plan: Plan, kind: str = "left_out") -> list[str]:
    return [line.reason for line in plan.lines if line.kind == kind]


def test_headings_become_a_tree_of_topics(import_posts: Import) -> None:
    plan = import_posts(
        {"a.md": f"# 甲\n\n{link(1)}## 乙\n\n{link(2)}### 丙\n\n{link(3)}## 丁\n\n{link(4)}# 戊\n\n{link(5)}"}
    )
    assert topics(plan) == {
        "jia": ["文章1"],
        "jia/yi": ["文章2"],
        "jia/yi/bing": ["文章3"],
        "jia/ding": ["文章4"],
        "wu": ["文章5"],
    }


def test_a_topic_above_another_gets_a_file_without_entries(import_posts: Import) -> None:
    assert topics(import_posts({"a.md": f"# 甲\n\n## 乙\n\n{link(1)}"})) == {"jia": [], "jia/yi": ["文章1"]}


@pytest.mark.parametrize("again", ["甲", "甲（续）", "甲（2）", "甲 Part 2", "甲 2"])
def test_a_heading_in_another_post_is_the_same_topic(again: str, import_posts: Import) -> None:
    plan = import_posts({"a.md": f"# 甲\n\n{link(1)}", "b.md": f"# {again}\n\n{link(2)}"})
    assert topics(plan) == {"jia": ["文章1", "文章2"]}


def test_a_continued_heading_finds_its_topic_at_any_level_and_in_any_order(import_posts: Import) -> None:
    plan = import_posts({"a.md": f"# 乙（续）\n\n{link(2)}", "b.md": f"# 甲\n\n## 乙\n\n{link(1)}"})
    assert topics(plan) == {"jia": [], "jia/yi": ["文章2", "文章1"]}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"# 甲\n\n{link(1)}## 参考\n\n{link(2)}", {"jia": ["文章1", "文章2"]}),
        (f"# 甲\n\n{link(1)}# References\n\n{link(2)}", {"jia": ["文章1", "文章2"]}),
        (f"# 甲\n\n## 乙\n\n{link(1)}## 参考资料\n\n{link(2)}", {"jia": ["文章2"], "jia/yi": ["文章1"]}),
        (f"# 甲\n\n## 乙\n\n### 参考\n\n{link(1)}参考：\n\n{link(2)}", {"jia": [], "jia/yi": ["文章1", "文章2"]}),
        (f"---\ntitle: 甲\n---\n# 参考\n\n{link(1)}", {"jia": ["文章1"]}),
    ],
)
def test_references_belong_to_the_topic_above(text: str, expected: object, import_posts: Import) -> None:
    assert topics(import_posts({"a.md": text})) == expected


def test_what_stands_before_any_heading_belongs_to_the_posts_title(import_posts: Import) -> None:
    text = f"---\ntitle: '系列（三）——甲（1）'\n---\n\n{link(1)}# 乙\n\n{link(2)}"
    assert topics(import_posts({"a.md": text})) == {"jia": ["文章1"], "yi": ["文章2"]}
    assert list(topics(import_posts({"2019-01-02-some-post.md": link(1)}))) == ["some-post"]


def test_a_heading_that_says_nothing_alone_is_below_the_posts_title(import_posts: Import) -> None:
    posts = {f"{name}.md": f"---\ntitle: {name}\n---\n# 概述\n\n{link(name)}" for name in ("甲", "乙")}
    assert topics(import_posts(posts)) == {"jia": [], "jia/gai-shu": ["文章甲"], "yi": [], "yi/gai-shu": ["文章乙"]}


def test_two_titles_of_one_sound_get_two_files(import_posts: Import) -> None:
    plan = import_posts({"a.md": f"# 实验\n\n{link(1)}# 试验\n\n{link(2)}"})
    assert topics(plan) == {"shi-yan": ["文章1"], "shi-yan-2": ["文章2"]}


def test_prose_goes_into_the_text_about_the_topic(import_posts: Import) -> None:
    text = f"# 甲\n\n第一段。\n第二行。\n\n- 一\n- 二\n\n{link(1)}## 乙\n\n只有文字。\n\n# 丙\n\n也只有文字。\n"
    plan = import_posts({"a.md": text})
    assert topics(plan) == {"bing": [], "jia": ["文章1"]}
    assert plan.additions[1].about == "第一段。\n第二行。\n\n- 一\n- 二\n\n### 乙\n\n只有文字。"
    assert plan.additions[0].about == "也只有文字。"
    assert "a section of the text about jia" in reasons(plan, "heading")


def test_the_same_address_comes_in_once(import_posts: Import) -> None:
    plan = import_posts(
        {"a.md": f"# 甲\n\n{link(1)}http://www.example.com/1/?utm_source=x\n\n又一次\n\n", "b.md": f"# 乙\n\n{link(1)}"}
    )
    assert topics(plan) == {"jia": ["文章1"]}
    assert reasons(plan) == ["duplicate: of a.md:3"] * 4


def test_a_second_address_is_a_mirror_and_a_second_title_helps_an_untitled_entry(import_posts: Import) -> None:
    first = "https://example.com/1\n\n# 乙\n\n"
    plan = import_posts({"a.md": f"# 甲\n\n{first}https://example.com/1\nhttps://example.org/1\n标题"})
    (addition,) = plan.additions
    assert addition.entries == (
        {"title": "标题", "url": "https://example.com/1", "mirrors": ["https://example.org/1"]},
    )


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project(
        {
            "catalog/topics/autodiff.yml": "title: {zh: 自动求导, en: Autodiff}   # two languages\n"
            "about: {zh: 文字}\nentries:\n  - title: 旧文\n    url: https://example.com/old   # a comment\n",
            "catalog/topics/vision/detection.yml": "title: {zh: 目标检测}\nentries:\n"
            + "".join(f"  - {{title: 旧{number}, url: 'https://example.com/d{number}'}}\n" for number in range(4)),
        }
    )


@pytest.mark.parametrize("heading", ["自动求导", "自动求导（续）", "autodiff", "AUTODIFF"])
def test_a_topic_with_that_title_in_any_language_gets_the_entries(
    heading: str, import_posts: Import, project: Project
) -> None:
    plan = import_posts({"a.md": f"# {heading}\n\n一段文字。\n\n{link('old')}{link(1)}"}, catalog=load_catalog(project))
    assert topics(plan) == {"autodiff": ["文章1"]}
    assert reasons(plan)[0].startswith("text: the topic is there already")
    assert reasons(plan)[1:] == ["duplicate: of catalog/topics/autodiff.yml:4"] * 2
    (change,) = propose(plan, {"catalog/topics/autodiff.yml": (project.catalog / "topics/autodiff.yml").read_text()})
    assert change.before is not None
    assert change.after.startswith(change.before)


def test_a_topic_is_found_below_others_and_by_its_articles(import_posts: Import, project: Project) -> None:
    catalog = load_catalog(project)
    assert topics(import_posts({"a.md": f"# 目标检测\n\n{link(1)}"}, catalog=catalog)) == {
        "vision/detection": ["文章1"]
    }
    renamed = f"# 检测\n\n{link('d1')}{link('d2')}{link('d3')}{link(1)}"
    assert topics(import_posts({"a.md": renamed}, catalog=catalog)) == {"vision/detection": ["文章1"]}


def test_an_english_heading_is_the_topic_with_that_file_name(import_posts: Import, make_project: MakeProject) -> None:
    project = make_project({"catalog/topics/prompt-learning.yml": "title: 提示学习\n"})
    plan = import_posts({"a.md": f"# Prompt Learning\n\n{link(1)}"}, catalog=load_catalog(project))
    assert topics(plan) == {"prompt-learning": ["文章1"]}


def test_new_topics_go_below_the_one_asked_for(import_posts: Import, project: Project) -> None:
    plan = import_posts({"a.md": f"# 甲\n\n{link(1)}"}, catalog=load_catalog(project), under="autodiff")
    assert topics(plan) == {"autodiff/jia": ["文章1"]}


def test_names_say_which_path_a_heading_means(import_posts: Import, tmp_path: Path) -> None:
    file = tmp_path / "names.yml"
    file.write_text("甲: first\n乙: deep/second\n甲 > 概述: first/overview\n丁: nobody\n", encoding="utf-8")
    text = f"# 甲（续）\n\n{link(1)}## 乙\n\n{link(2)}## 概述\n\n{link(3)}## 丙\n\n{link(4)}"
    plan = import_posts({"a.md": text}, names=read_names(file))
    assert topics(plan) == {
        "deep": [], "deep/second": ["文章2"], "first": ["文章1"], "first/bing": ["文章4"], "first/overview": ["文章3"],
    }  # fmt: skip
    assert plan.unused_names == ("丁",)


@pytest.mark.parametrize(
    "content", ["甲: ../x\n", "甲: Self Supervised\n", "- 甲\n", "甲: [x]\n", "甲: a\n甲: b\n", "{\n"]
)
def test_names_that_cannot_be_meant_are_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "names.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(PinakesError, match=r"names\.yml"):
        read_names(file)
