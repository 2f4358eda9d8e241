"""Papers and code that a text names or links to."""

from __future__ import annotations

import pytest

from pinakes.metadata.mentions import code_of, names_of, papers_of, unwrap
from pinakes.model import Paper

NAMES = {
    "SimCLR": "simclr",
    "MoCo": "moco",
    "MoCo v2": "moco-v2",
    "CLIP": "clip",
    "Dino": "dino",
    "自监督": "ssl",
    "arxiv:2002.05709": "simclr",
}


@pytest.mark.parametrize(
    ("link", "paper"),
    [
        ("https://arxiv.org/abs/1911.05722v3", "arxiv:1911.05722"),
        ("http://arxiv.org/pdf/1911.05722.pdf", "arxiv:1911.05722"),
        ("https://export.arxiv.org/abs/cs/0501001", "arxiv:cs/0501001"),
        ("https://arxiv.org/abs/math.GT/0309136", "arxiv:math/0309136"),
        ("https://ar5iv.labs.arxiv.org/html/1911.05722", "arxiv:1911.05722"),
        ("https://huggingface.co/papers/1911.05722", "arxiv:1911.05722"),
        ("https://doi.org/10.48550/arXiv.1911.05722", "arxiv:1911.05722"),
        ("https://link.zhihu.com/?target=https%3A//arxiv.org/abs/1911.05722", "arxiv:1911.05722"),
        ("https://doi.org/10.1109/CVPR42600.2020.00975", "doi:10.1109/cvpr42600.2020.00975"),
        ("https://openreview.net/forum?id=rkgz2aEKDr", "openreview:rkgz2aEKDr"),
        ("https://openreview.net/pdf?id=rkgz2aEKDr", "openreview:rkgz2aEKDr"),
        ("https://aclanthology.org/N19-1423/", "acl:N19-1423"),
        ("https://www.aclweb.org/anthology/2020.acl-main.703.pdf", "acl:2020.acl-main.703"),
        ("https://proceedings.mlr.press/v119/chen20j.html", "pmlr:v119/chen20j"),
        ("https://proceedings.mlr.press/v119/chen20j/chen20j.pdf", "pmlr:v119/chen20j"),
        (
            "https://openaccess.thecvf.com/content_CVPR_2020/html/He_Momentum_Contrast_CVPR_2020_paper.html",
            "cvf:He_Momentum_Contrast_CVPR_2020",
        ),
        ("https://arxiv.org/abs/2002.05709", "simclr"),
    ],
)
def test_a_link_names_a_paper(link, paper):
    assert papers_of("", (unwrap(link),), NAMES) == (paper,)


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("见 arXiv:1911.05722v2。", ("arxiv:1911.05722",)),
        ("arXiv preprint arXiv:1911.05722, 2019", ("arxiv:1911.05722",)),
        ("(https://arxiv.org/abs/1911.05722)", ("arxiv:1911.05722",)),
        ("doi:10.1038/s41586-020-2649-2，见上", ("doi:10.1038/s41586-020-2649-2",)),
        ("图解SimCLR框架", ("simclr",)),
        ("the simclr loss", ("simclr",)),
        ("MoCo v2 is better than MoCo", ("moco-v2", "moco")),
        ("SimCLRv2 and xSimCLR and SimCLR_2", ()),
        ("a clip of a dino", ()),
        ("CLIP和Dino", ("clip", "dino")),
        ("自监督学习", ("ssl",)),
        ("call 1911.05722 or version 2020.12345", ()),
    ],
)
def test_a_text_names_papers(text, papers):
    assert papers_of(text, (), NAMES) == papers


def test_a_paper_is_known_by_all_its_names():
    paper = Paper(
        title={"zh": "框架", "en": "A Simple Framework"},
        authors=("A",),
        year=2020,
        names=("SimCLR",),
        arxiv="2002.05709",
        doi="10.1/X",
    )
    object.__setattr__(paper, "key", "simclr")
    assert set(names_of([paper])) == {"SimCLR", "框架", "A Simple Framework", "arxiv:2002.05709", "doi:10.1/x"}


def test_code_is_a_repository_and_not_what_lies_around_it():
    links = (
        "https://github.com/google-research/simclr/tree/master/tf2",
        "https://github.com/google-research/simclr#readme",
        "https://github.com/facebookresearch/moco.git",
        "https://huggingface.co/google/vit-base",
        "https://huggingface.co/datasets/cifar/ten",
        "https://github.com/features/actions",
        "https://github.com/torvalds",
        "https://huggingface.co/papers/1911.05722",
        "https://example.org/github.com/a/b",
    )
    assert code_of(links) == (
        "https://github.com/google-research/simclr",
        "https://github.com/facebookresearch/moco",
        "https://huggingface.co/google/vit-base",
        "https://huggingface.co/datasets/cifar/ten",
    )


@pytest.mark.parametrize(
    "url", ["https://[broken/?target=x", "https://link.zhihu.com/", "https://link.zhihu.com/?a=b", "", "mailto:a@b"]
)
def test_what_is_not_wrapped_stays(url):
    assert unwrap(url) == url
