"""`pinakes add`: an address and nothing else becomes an entry."""

from __future__ import annotations

import json

import pytest
from tests.internet.fixtures import authority, backstage, internet
from tests.internet.wire import Exchange
from tests.metadata.test_scrape import CONFIG, blog

from pinakes.metadata.place import suggest_topics
from pinakes.store.load import load_catalog

__all__ = ["authority", "backstage", "internet"]

TOPICS = {
    "catalog/topics/contrastive.yml": (
        "title: {zh: 对比学习, en: Contrastive learning}\n"
        "entries:   # in the order of reading\n"
        "  - title: 对比学习综述\n    url: https://example.org/survey   # begin here\n"
        "  - {title: 'SimCLR: a framework for contrastive learning', url: https://example.org/simclr}\n"
    ),
    "catalog/topics/autodiff.yml": (
        "title: {zh: 自动微分, en: Automatic differentiation}\n"
        "entries:\n  - title: 矩阵求导术\n    url: https://example.org/matrix\n"
    ),
}


@pytest.fixture
def project(make_project):
    return make_project({"catalog/config.yml": CONFIG, **TOPICS})


@pytest.fixture
def add(cli, project):
    """Run `pinakes add --format json`; gives its exit code and its additions."""

    def run(*args, **options):
        done = cli("add", "--format", "json", *args, cwd=project.root, **options)
        assert done.returncode in {0, 1}, done.stderr
        return done.returncode, json.loads(done.stdout)["additions"]

    return run


def test_an_address_alone_becomes_a_complete_entry(internet, project, add, cli):
    url = internet.new_host(play=blog).url("/post/1")
    file = project.root / "catalog/topics/contrastive.yml"
    before = file.read_text()
    code, (addition,) = add(url, "--yes")
    assert (code, addition["topic"]) == (0, "contrastive")
    assert addition["entry"] == {"title": "图解对比学习", "url": url}
    assert addition["suggestions"][0]["topic"] == "contrastive"
    assert file.read_text() == before + f"  - title: 图解对比学习\n    url: {url}\n"
    (record,) = map(json.loads, (project.root / "catalog/records/contrastive.jsonl").read_text().splitlines())
    assert (record["authors"], record["site"], record["published"]) == (["张三"], "某某博客", "2020-04-09")
    assert cli("validate", cwd=project.root).returncode == 0
    cli("build", cwd=project.root)
    assert "张三" in (project.build / "site/topics/contrastive/index.html").read_text()


def test_without_yes_the_lines_are_shown_and_nothing_is_written(internet, project, cli):
    url = internet.new_host(play=blog).url("/post/1?utm_source=feed")
    done = cli("add", url, cwd=project.root, stdin="")
    assert f"+    url: {url.partition('?')[0]}" in done.stdout
    assert "--yes writes it" in done.stdout
    assert (project.root / "catalog/topics/contrastive.yml").read_text() == TOPICS["catalog/topics/contrastive.yml"]
    assert not (project.root / "catalog/records").exists()


@pytest.mark.parametrize("url", ["http://www.example.org/matrix/?utm_source=x", "https://example.org/matrix"])
def test_what_is_there_already_is_told_with_its_place_and_not_asked_for(add, url):
    code, (addition,) = add(url, "--yes")
    assert code == 1
    assert addition["trouble"].endswith("catalog/topics/autodiff.yml:3")
    assert addition["record"] is None


def test_the_same_title_elsewhere_is_there_already(internet, add):
    url = internet.new_host(play=blog).url("/post/1")
    add(url, "--yes")
    code, (addition,) = add(internet.new_host(play=blog).url("/reposted"), "--yes")
    assert code == 1
    assert addition["present"]["how"] == "title"


def test_a_page_that_does_not_come_back_can_be_added_by_its_title(internet, project, add):
    url = internet.url("/status/403/a")
    code, (addition,) = add(url, "--topic", "autodiff", "--yes")
    assert code == 1
    assert "--title" in addition["trouble"]
    code, (addition,) = add(url, "--topic", "autodiff", "--title", "反向传播", "--yes")
    assert code == 0
    assert "title: 反向传播" in (project.root / "catalog/topics/autodiff.yml").read_text()


def test_many_come_from_stdin_each_once(internet, project, add):
    async def numbered(exchange: Exchange) -> None:
        number = exchange.asked.path.rpartition("/")[2]
        page = (
            f"<html><head><title>对比学习笔记 {number}</title></head><body><h1>对比学习笔记 {number}</h1></body></html>"
        )
        await exchange.reply(200, page.encode(), "Content-Type: text/html; charset=utf-8")

    host = internet.new_host(play=numbered)
    urls = [host.url(f"/post/{number}") for number in (1, 2, 3, 2)]
    code, additions = add("-", "--yes", stdin="\n".join(urls) + "\n\n")
    assert code == 0
    assert [addition["url"] for addition in additions] == urls[:3]
    entries = [entry for entry in load_catalog(project).entries() if entry.topic == "contrastive"]
    assert [entry.url for entry in entries[2:]] == urls[:3]


def test_wrong_words_are_told(project, cli):
    done = cli("add", "https://example.org/x", "--topic", "nowhere", cwd=project.root)
    assert done.returncode == 2
    assert "contrastive" in done.stderr
    assert cli("add", "a", "b", "--title", "x", cwd=project.root).returncode == 2


def test_topics_are_suggested_by_what_titles_share(project):
    catalog = load_catalog(project)
    assert suggest_topics(catalog, "再谈对比学习的损失函数")[0].topic == "contrastive"
    assert suggest_topics(catalog, "Reverse-mode automatic differentiation, by hand")[0].topic == "autodiff"
    assert suggest_topics(catalog, "矩阵求导的两个恒等式")[0].topic == "autodiff"
