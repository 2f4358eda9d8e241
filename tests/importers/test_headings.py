"""What headings say."""

from __future__ import annotations

import pytest

from pinakes.importers.headings import is_reference, numbered_stems, topic_of_post, without_part
from pinakes.importers.posts import read
from pinakes.importers.slugs import slug


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# 自动求导", "自动求导"),
        ("#自动求导", "自动求导"),
        ("## 自动求导 ##", "自动求导"),
        ("## 自动求导 {#autodiff .x}", "自动求导"),
        ("## **自动求导**：", "自动求导"),
        ("## 1.2 自动求导", "自动求导"),
        ("## 3、自动求导", "自动求导"),
        ("## 一、自动求导", "自动求导"),
        ("## 第二章 自动求导", "自动求导"),
        ("## 3D视觉", "3D视觉"),
        ("## 2.5D重建", "2.5D重建"),
        ("## C#", "C#"),
        ("## 35亿张图像", "35亿张图像"),
        ("## [自动求导](https://example.com)", "自动求导"),
        ("自动求导\n====", "自动求导"),
        ("自动求导\n---", "自动求导"),
        ("<h2 id='x'>自动求导</h2>", "自动求导"),
    ],
)
def test_headings(line: str, title: str) -> None:
    assert getattr(read(line, "post.md").blocks[0], "title", None) == title


@pytest.mark.parametrize(
    "line", ["#include <stdio.h>", "#!/bin/sh", "#1", "前一句。\n这一句没有完。\n---", "https://example.com\n---"]
)
def test_no_headings(line: str) -> None:
    assert not any(hasattr(block, "level") for block in read(line, "post.md").blocks)


@pytest.mark.parametrize(
    "title",
    [
        "自动求导（续）", "自动求导(续)", "自动求导（二）", "自动求导（1）", "自动求导 (12)", "自动求导（上）", "自动求导（续二）", "自动求导【3】",
        "自动求导 Part 2", "自动求导 - part II", "自动求导（Part 2）", "自动求导 第二部分", "自动求导 (continued)", "自动求导（二）（续）", "自动求导",
    ],
)  # fmt: skip
def test_a_part_has_the_title_of_the_whole(title: str) -> None:
    assert without_part(title) == ("自动求导", title != "自动求导")


@pytest.mark.parametrize(
    "title", ["矩阵求导术（Matrix）", "GPT-2", "Word2Vec", "YOLO (v3)", "2020（年）", "（续）", "Python 3"]
)
def test_what_is_no_part_keeps_its_title(title: str) -> None:
    assert without_part(title) == (title, False)


def test_a_bare_number_is_a_part_only_of_a_heading_that_there_is() -> None:
    assert without_part("优化 2", numbered_stems(["优化", "优化 2"])) == ("优化", True)
    assert without_part("优化 2", numbered_stems(["优化 1", "优化 2"])) == ("优化", True)
    assert without_part("Python 3", numbered_stems(["Python 2", "Python 3"])) == ("Python 3", False)


@pytest.mark.parametrize("title", ["参考", "参考资料", "参考文献", "References", "See also", "延伸阅读", "相关文章"])
def test_references(title: str) -> None:
    assert is_reference(title)
    assert not is_reference(f"{title}系统")


def test_the_topic_of_a_post() -> None:
    assert topic_of_post("深度学习（十八）——无监督/半监督/自监督深度学习（1）") == "无监督/半监督/自监督深度学习"
    assert topic_of_post("线性代数（三）") == "线性代数"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("自动求导", "zi-dong-qiu-dao"),
        ("Prompt Learning", "prompt-learning"),
        ("PyTorch入门", "pytorch-ru-men"),
        ("无监督/半监督", "wu-jian-du-ban-jian-du"),
        ("C++ & C#", "cpp-and-c-sharp"),
        ("Érdős–Rényi", "erdos-renyi"),
        ("CON", "con-topic"),
        ("word " * 30, "word-" * 11 + "word"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_title_in_another_script_has_a_stable_name() -> None:
    assert slug("глубокое обучение") == slug("глубокое обучение") != slug("обучение")
    assert slug("глубокое обучение").startswith("topic-")
