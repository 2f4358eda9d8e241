"""`pinakes show` and `pinakes stats`."""

from __future__ import annotations

import json

import pytest

TOPIC = """\
title: 甲
entries:
  - title: 图解对比学习
    url: https://mp.weixin.qq.com/s/abc
    authors: [李四]
  - title: 综述
    url: https://zhuanlan.zhihu.com/p/1
"""
RECORD = {
    "id": "wechat01",
    "url": "https://mp.weixin.qq.com/s/abc",
    "authors": ["张三"],
    "site": "某某号",
    "published": "2020-04-09",
    "provenance": {
        "authors": "meta author",
        "site": "mp.weixin.qq.com: nickname",
        "published": "mp.weixin.qq.com: var ct",
    },
    "link": {"state": "gone", "since": "2026-11-01", "archived": "https://web.archive.org/web/2024/x"},
}


@pytest.fixture
def project(make_project):
    topic = TOPIC.replace("    authors", "    id: wechat01\n    authors")
    return make_project({"catalog/topics/a.yml": topic, "catalog/records/a.jsonl": json.dumps(RECORD) + "\n"})


def test_an_entry_is_shown_with_who_said_so(project, cli):
    for name in ("wechat01", "http://mp.weixin.qq.com/s/abc?scene=1"):
        shown = cli("show", name, cwd=project.root).stdout
        assert "authors      李四  (curator)" in shown
        assert "the page says: 张三" in shown
        assert "published    2020-04-09  (mp.weixin.qq.com: var ct)" in shown
        assert "gone since 2026-11-01, archived at https://web.archive.org/web/2024/x" in shown
        assert "catalog/topics/a.yml:3" in shown


def test_the_json_has_the_same(project, cli):
    shown = json.loads(cli("show", "wechat01", "--format", "json", cwd=project.root).stdout)
    facts = {fact["field"]: fact for fact in shown["facts"]}
    assert facts["authors"] == {"field": "authors", "value": ["李四"], "source": "curator", "other": ["张三"]}
    assert shown["link"]["state"] == "gone"


def test_an_entry_that_is_not_there_is_told(project, cli):
    done = cli("show", "wechat02", cwd=project.root)
    assert done.returncode == 2
    assert "did you mean `wechat01`?" in done.stderr


def test_coverage_is_told_by_field_and_host(project, cli):
    shown = json.loads(cli("stats", "--format", "json", cwd=project.root).stdout)
    hosts = {host["host"]: host for host in shown["hosts"]}
    assert hosts[""]["entries"] == 2
    assert hosts[""]["fields"] == {"title": 2, "authors": 1, "site": 1, "published": 1, "link": 1}
    assert hosts["zhuanlan.zhihu.com"]["fields"] == {"title": 1}
    text = cli("stats", cwd=project.root).stdout
    assert "50%" in next(line for line in text.splitlines() if line.startswith("all"))


def test_an_empty_catalogue_has_no_coverage_and_no_trouble(make_project, cli):
    done = cli("stats", cwd=make_project({}, "empty").root)
    assert done.returncode == 0
