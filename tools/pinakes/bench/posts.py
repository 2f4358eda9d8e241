"""Make up a folder of posts that list links, in all the ways in which such posts do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

_HOSTS = ("https://mp.weixin.qq.com/s/", "https://zhuanlan.zhihu.com/p/", "https://www.cnblogs.com/someone/p/")
_WEIGHTS = (50, 35, 15)
_SUBJECTS = "卷积 注意力 图神经网络 强化学习 对比学习 自动微分 语音识别 目标检测 推荐系统 知识蒸馏 扩散模型".split()
_FORMS = "一文读懂{} {}的数学原理 从零实现{} {}最新综述 {}：原理与代码 深入浅出{} {}面试题精选 图解{}".split()
_SENTENCE = "这里先说明{}的基本思路，公式$$f(x)$$的含义后面会用到。"


def write_posts(folder: Path, *, posts: int = 817, links: int = 25_000, seed: int = 1) -> None:
    """Write posts into a folder: the same ones for the same seed.

    Args:
        folder: Is made if it does not exist.
        posts: How many.
        links: How many in all; a fiftieth of them are repeated from earlier posts.
        seed: Of the random choices.
    """
    folder.mkdir(parents=True, exist_ok=True)
    random = Random(seed)  # noqa: S311  # made-up data, no secret
    urls: list[str] = []
    for index in range(posts):
        count = links * (index + 1) // posts - links * index // posts
        text = _post(random, index, count, urls)
        (folder / f"2019-{index % 12 + 1:02}-{index % 28 + 1:02}-post-{index}.md").write_text(text, encoding="utf-8")


def _post(random: Random, index: int, count: int, urls: list[str]) -> str:
    subject = random.choice(_SUBJECTS)
    layout = random.choices(_LAYOUTS, (60, 15, 15, 10))[0]
    text = f"---\nlayout: post\ntitle: 深度学习（{index}）——{subject}（1）\ncategory: DL\n---\n\n* toc\n{{:toc}}\n"
    while count > 0:
        section = min(count, random.randint(4, 20))
        heading = f"{random.choice(_SUBJECTS)}{random.randint(1, 60)}号"
        text += f"\n{random.choice(('#', '##'))} {heading}{random.choice(('', '', '（续）'))}\n"
        text += f"\n{_SENTENCE.format(subject)}\n" if random.random() < 0.4 else ""
        text += "".join(layout(_title(random), _url(random, urls)) for _ in range(section))
        count -= section
    return text


def _title(random: Random) -> str:
    return f"{random.choice(_FORMS).format(random.choice(_SUBJECTS))}（{random.randint(1, 9999)}）"


def _url(random: Random, urls: list[str]) -> str:
    if urls and random.random() < 0.02:
        return random.choice(urls)
    urls.append(f"{random.choices(_HOSTS, _WEIGHTS)[0]}{random.getrandbits(64):016x}")
    return urls[-1]


_LAYOUTS: tuple[Callable[[str, str], str], ...] = (
    "\n{1}\n\n{0}\n".format,
    "\n{0}\n\n{1}\n".format,
    "\n- [{0}]({1})".format,
    "\n{1}\n{0}\n".format,
)
