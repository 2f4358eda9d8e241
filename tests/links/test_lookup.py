"""`pinakes check` names snapshots of links that are gone, from before they began to fail."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from tests.links.archive_server import DOWN, LoopbackArchive, Reply, loopback_archive
from tests.links.conftest import CONFIG

DAY1, DAY3, DAY9 = "2026-11-01T08:00Z", "2026-11-04T09:00Z", "2026-11-09T09:00Z"


@pytest.fixture
def archive() -> Iterator[LoopbackArchive]:
    with loopback_archive() as running:
        yield running


@pytest.fixture
def dead(internet, make_links, archive, check):
    """A project whose one link is gone on the third day; gives it and the link."""
    url = internet.url("/status/404/a")
    asking = CONFIG.replace("  retries: 0\n", "  retries: 0\n  max_wait: 0.3\n").partition("archive:")[0]
    project = make_links(url, config=asking + archive.config().partition("\n")[2])
    check(project, "--all", "--now", DAY1)
    return project, url


def look(cli, project, *args):
    done = cli("check", "--all", "--format", "json", *args, cwd=project.root)
    assert done.returncode == 0, done.stderr
    (link,) = json.loads(done.stdout)["links"]
    return link, done


def test_the_newest_snapshot_from_before_the_death_is_told_and_recorded(dead, archive, cli):
    project, url = dead
    archive.has[url] = ["20200101000000", "20240601000000", "20261103000000"]
    link, _ = look(cli, project, "--apply", "--now", DAY3)
    assert link["state"] == "gone"
    assert "/web/20240601000000/" in link["archived"], "the one of the third of November shows the error page"
    (record,) = map(json.loads, (project.root / "catalog/records/a.jsonl").read_text().splitlines())
    assert record["link"]["archived"] == link["archived"]
    assert link["archived"] in cli("check", "--all", "--now", DAY9, cwd=project.root).stdout


def test_what_is_known_is_not_asked_again(dead, archive, cli):
    project, _ = dead
    assert look(cli, project, "--now", DAY3)[0]["archived"] is None
    asked = len(archive.asked)
    assert asked
    look(cli, project, "--now", DAY9)
    assert len(archive.asked) == asked


def test_an_archive_that_is_down_costs_a_line_and_no_more(dead, archive, cli):
    project, _ = dead
    for path in ("available", "cdx"):
        archive.next[path].extend([Reply(DOWN, 503)] * 20)
    link, done = look(cli, project, "--now", DAY3)
    assert link["state"] == "gone"
    assert "snapshots were not all looked up" in done.stderr


def test_nobody_is_asked_where_that_is_not_wished(dead, archive, cli):
    project, _ = dead
    look(cli, project, "--no-snapshots", "--now", DAY3)
    assert not archive.asked
