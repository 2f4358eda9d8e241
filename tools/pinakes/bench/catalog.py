"""Make up a catalogue: seeded, in Chinese and English, half of it on one host, the rest Zipf-like over hundreds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random
from string import ascii_letters, digits

from pinakes.store.edit import new_topic

_ZH_SUBJECTS = """
    自动微分 对比学习 自监督学习 半监督学习 弱监督学习 提示学习 图神经网络 强化学习 目标检测 语义分割 知识蒸馏
    扩散模型 词向量 注意力机制 卷积网络 语音识别 推荐系统 元学习 联邦学习 模型压缩 生成对抗网络 机器翻译
    """.split()
_ZH_FORMS = """
    一文读懂{0} {0}的数学原理 从零实现{0} {0}最新综述 {0}：原理与代码 深入浅出{0} 图解{0} {0}与{1}有什么关系？
    {0}在{1}中的应用 论文解读：{0} 用{0}改进{1}的三种办法 {0}入门（附代码） 如何理解{0}？ {0}近期进展梳理
    """.split()
_EN_SUBJECTS = """
    automatic differentiation|contrastive learning|self-supervision|pseudo-labels|weak supervision|prompting
    |graph networks|policy gradients|object detection|segmentation|distillation|diffusion models|word vectors
    |attention|convolutions|speech|recommendation|meta-learning|federated learning|pruning|GANs|translation
    """.replace("\n    ", "").split("|")
_EN_FORMS = """
    {0} from scratch|A gentle introduction to {0}|{0}: theory and code|Why {0} works|A survey of {0}|{0} meets {1}
    |Notes on {0} and {1}|What I learned from reproducing {0}|{0} in sixty lines
    """.replace("\n    ", "").split("|")
_NAMES = "SimCLR MoCo BYOL SimSiam BERT GPT-2 ViT ResNet YOLOv3 FixMatch DINO CLIP word2vec U-Net PyTorch JAX".split()
_KINDS = ("article", "question", "survey", "slides", "code")
_IDENTIFIER = ascii_letters + digits + "_-"
_MAIN_HOST = "mp.weixin.qq.com"
_OTHER_HOSTS = 400


def write_catalog(folder: Path, *, entries: int = 25_000, topics: int = 800, seed: int = 1) -> None:
    """Write a project with a catalogue into a folder: the same one for the same seed.

    Args:
        folder: The project's folder; made if it does not exist.
        entries: How many in all.
        topics: How many files; every fifth is a topic at the top, with the next four below it.
        seed: Of the random choices.
    """
    random = Random(seed)  # noqa: S311  # made-up data, no secret
    hosts = list(_hosts())
    (folder / "catalog").mkdir(parents=True, exist_ok=True)
    (folder / "catalog" / "config.yml").write_text("name: {zh: 书目, en: Catalogue}\n", encoding="utf-8")
    above = ""
    for number in range(topics):
        count = entries * (number + 1) // topics - entries * number // topics
        above = f"topic-{number}" if number % 5 == 0 else above
        path = above if number % 5 == 0 else f"{above}/part-{number}"
        file = folder / "catalog" / "topics" / f"{path}.yml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_topic(random, number, count, hosts, depth=path.count("/")), encoding="utf-8")


def _hosts() -> Iterator[tuple[str, float]]:
    """Give hosts with their weights: half for the first, the rest by Zipf's law with exponent 1."""
    harmonic = sum(1 / rank for rank in range(1, _OTHER_HOSTS + 1))
    yield _MAIN_HOST, 0.5
    for rank in range(1, _OTHER_HOSTS + 1):
        yield f"blog{rank}.example.org", 0.5 / harmonic / rank


def _topic(random: Random, number: int, count: int, hosts: list[tuple[str, float]], *, depth: int) -> str:
    subject = random.randrange(len(_EN_SUBJECTS))
    title = {"zh": f"{_ZH_SUBJECTS[subject]} {number}", "en": f"{_EN_SUBJECTS[subject].capitalize()} {number}"}
    about = {
        "zh": f"{_ZH_SUBJECTS[subject]}的基本思路与常见误解。",
        "en": f"What {_EN_SUBJECTS[subject]} is about, and what is often misunderstood.",
    }
    names, weights = zip(*hosts, strict=True)
    of_entries = random.choices(names, weights, k=count)
    entries = [_entry(random, f"{number}-{index}", host) for index, host in enumerate(of_entries)]
    return new_topic(title, about, entries, depth=depth)


def _entry(random: Random, number: str, host: str) -> dict[str, str]:
    is_chinese = random.random() < 0.8
    subjects, forms = (_ZH_SUBJECTS, _ZH_FORMS) if is_chinese else (_EN_SUBJECTS, _EN_FORMS)
    title = random.choice(forms).format(*random.sample(subjects, 2))
    name = random.choice(_NAMES)
    entry = {
        "title": f"{name}：{title}（{number}）" if is_chinese else f"{name}, {title} ({number})",
        "url": f"https://{host}/s/" + "".join(random.choices(_IDENTIFIER, k=22)),
    }
    if random.random() < 0.3:
        entry["published"] = f"{random.randrange(2014, 2026)}-{random.randrange(1, 13):02}"
    if random.random() < 0.2:
        entry["kind"] = random.choice(_KINDS)
    return entry
