"""Check a made-up catalogue's links against the tests' own internet, with the real command."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from tests.internet.fixtures import authority, backstage, internet, shared_internet

from pinakes.project import Project

__all__ = ["authority", "backstage", "internet", "shared_internet"]

CONFIG = """\
fetch:
  allow: [127.0.0.0/8]
  per_host: {concurrency: 20, interval: 0}
  timeout: {connect: 1, read: 1, total: 3}
  retries: 0
archive: {lookup_interval: 0}
"""

Links = Mapping[str, dict[str, Any]]
Check = Callable[..., tuple[int, Links]]
MakeLinks = Callable[..., Project]


def topic(urls: Sequence[str]) -> str:
    """Write a topic of links, each with a title of its own."""
    entries = "".join(f"  - title: 第{number}篇\n    url: {url}\n" for number, url in enumerate(urls, 1))
    return f"title: 甲\nentries:\n{entries}"


@pytest.fixture
def make_links(make_project) -> MakeLinks:
    """Make a project whose one topic lists the URLs given."""

    def make(*urls: str, config: str = CONFIG, **more: str) -> Project:
        return make_project({"catalog/config.yml": config, "catalog/topics/a.yml": topic(urls), **more})

    return make


@pytest.fixture
def check(cli) -> Check:
    """Run `pinakes check --format json`, and give its exit code and the links by their URL."""

    def run(project: Project, *args: str, **options: Any) -> tuple[int, Links]:
        done = cli("check", "--no-snapshots", "--format", "json", *args, cwd=project.root, **options)
        assert done.returncode in {0, 1}, done.stderr
        return done.returncode, {link["url"]: link for link in json.loads(done.stdout)["links"]}

    return run
