"""`pinakes scrape`: pages tell about themselves, curators have the last word, nothing known is lost."""

from __future__ import annotations

import json

import pytest
from tests.internet.fixtures import authority, backstage, internet
from tests.internet.wire import Exchange

__all__ = ["authority", "backstage", "internet"]

CONFIG = """\
fetch:
  allow: [127.0.0.0/8]
  per_host: {concurrency: 20, interval: 0}
  timeout: {connect: 1, read: 1, total: 3}
  retries: 0
"""
PAGE = """\
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>图解对比学习 - 某某博客</title>
<meta property="og:title" content="图解对比学习"><meta property="og:site_name" content="某某博客">
<meta name="author" content="张三"><meta property="article:published_time" content="2020-04-09T08:00:00+08:00">
</head><body><article><h1>图解对比学习</h1><p>两个视图。</p></article></body></html>
"""


async def blog(exchange: Exchange) -> None:
    await exchange.reply(200, PAGE.encode(), "Content-Type: text/html; charset=utf-8")


@pytest.fixture
def scrape(cli):
    """Run `pinakes scrape --format json`; gives its records by URL."""

    def run(project, *args):
        done = cli("scrape", "--format", "json", *args, cwd=project.root)
        assert done.returncode == 0, done.stderr
        return {record["url"]: record for record in json.loads(done.stdout)["records"]}

    return run


def lines_of(project):
    lines = (project.root / "catalog/records/a.jsonl").read_text().splitlines()
    return {line["url"]: line for line in map(json.loads, lines)}


def test_what_pages_say_is_proposed_written_and_shown(internet, make_project, scrape, cli):
    url = internet.new_host(play=blog).url("/post/1")
    topic = f"title: 甲\nentries:\n  - title: 图解对比学习\n    url: {url}\n"
    project = make_project({"catalog/config.yml": CONFIG, "catalog/topics/a.yml": topic})
    record = scrape(project)[url]
    assert (record["title"], record["authors"], record["site"]) == ("图解对比学习", ["张三"], "某某博客")
    assert (record["published"], record["verdict"], record["differs"]) == ("2020-04-09", "ok", {})
    assert not (project.root / "catalog/records").exists()
    scrape(project, "--apply")
    line = lines_of(project)[url]
    assert line["published"] == "2020-04-09"
    assert line["provenance"]["authors"]
    assert scrape(project) == {}, "it is known now"
    before = (project.root / "catalog/records/a.jsonl").read_bytes()
    scrape(project, "--all", "--apply")
    assert (project.root / "catalog/records/a.jsonl").read_bytes() == before
    assert cli("build", cwd=project.root).returncode == 0
    page = (project.build / "site/topics/a/index.html").read_text()
    assert "张三" in page
    assert '<time datetime="2020-04-09">2020</time>' in page


def test_what_a_curator_wrote_wins_and_a_difference_is_told(internet, make_project, scrape, cli):
    url = internet.new_host(play=blog).url("/post/1")
    entry = f"title: 甲\nentries:\n  - {{title: 另一篇, url: '{url}', published: 2019, authors: [李四]}}\n"
    project = make_project({"catalog/config.yml": CONFIG, "catalog/topics/a.yml": entry})
    differs = scrape(project, "--apply")[url]["differs"]
    assert differs == {
        "title": ["另一篇", "图解对比学习"],
        "authors": [["李四"], ["张三"]],
        "published": [2019, "2020-04-09"],
    }
    assert "you wrote 李四, the page says 张三" in cli("scrape", "--all", cwd=project.root).stdout
    cli("build", cwd=project.root)
    page = (project.build / "site/topics/a/index.html").read_text()
    assert "李四" in page
    assert "张三" not in page


def test_a_page_that_does_not_come_back_takes_nothing_away(internet, make_project, scrape):
    async def once(exchange: Exchange) -> None:
        await (blog(exchange) if exchange.nth == 1 else exchange.reply(403))

    url = internet.new_host(play=once).url("/post/1")
    topic = f"title: 甲\nentries:\n  - title: 图解对比学习\n    url: {url}\n"
    project = make_project({"catalog/config.yml": CONFIG, "catalog/topics/a.yml": topic})
    scrape(project, "--apply")
    before = lines_of(project)
    record = scrape(project, "--all", "--apply")[url]
    assert (record["verdict"], record["title"]) == ("blocked", None)
    assert lines_of(project) == before


def test_conclusions_about_the_link_and_facts_about_the_page_share_a_line(internet, make_project, scrape, cli):
    url = internet.new_host(play=blog).url("/post/1")
    topic = f"title: 甲\nentries:\n  - title: 图解对比学习\n    url: {url}\n"
    project = make_project({"catalog/config.yml": CONFIG, "catalog/topics/a.yml": topic})
    cli("check", "--apply", "--no-snapshots", cwd=project.root)
    scrape(project, "--apply")
    cli("check", "--all", "--apply", "--no-snapshots", cwd=project.root)
    line = lines_of(project)[url]
    assert line["link"]["state"] == "alive"
    assert line["authors"] == ["张三"]
