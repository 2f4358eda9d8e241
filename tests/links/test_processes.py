"""Many links are asked for by several processes: nothing is lost, and none of them outlives the one that started it."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from tests.links.conftest import CONFIG, topic

from pinakes.links.processes import MANY, processes

pytestmark = pytest.mark.skipif(processes() < 2, reason="one core has one process")
HOSTS = [f"127.0.0.{number}" for number in range(1, 9)]


@pytest.fixture
def many(internet, make_project):
    """A project of more links than one process asks for; gives it, its URLs, and what begins a check of it."""
    urls = [internet.host(HOSTS[number % 8]).url(f"/status/404/{number}") for number in range(MANY)]
    project = make_project({"catalog/config.yml": CONFIG, "catalog/topics/a.yml": topic(urls)})

    def begin():
        return subprocess.Popen(
            [sys.executable, "-m", "pinakes", "check", "--no-snapshots"],
            cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    return project, urls, begin


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def wait_for_requests(internet, run, count):
    while run.poll() is None and sum(len(internet.host(host).requests("/status")) for host in HOSTS) < count:
        time.sleep(0.02)
    assert run.poll() is None


def observed(project):
    with closing(sqlite3.connect(project.state / "state.sqlite")) as database:
        return Counter(dict(database.execute("SELECT verdict, count(*) FROM links GROUP BY verdict")))


def test_all_links_are_asked_once_and_all_answers_written(internet, many):
    project, urls, begin = many
    output, errors = begin().communicate(timeout=90)
    assert f"{MANY:,} suspect" in output, errors
    assert observed(project) == {"gone": MANY}
    asked = Counter(asked.url for host in HOSTS for asked in internet.host(host).requests("/status"))
    assert {url: asked[url] for url in urls} == dict.fromkeys(urls, 1)


@pytest.mark.skipif(sys.platform != "linux", reason="children are found by /proc")
def test_nobody_asks_on_when_the_one_that_writes_is_killed(internet, many):
    project, _, begin = many
    run = begin()
    wait_for_requests(internet, run, 500)
    assert len(children_of(run.pid)) >= processes()
    run.kill()
    run.communicate()
    time.sleep(0.5)
    before = sum(len(internet.host(host).requests()) for host in HOSTS)
    time.sleep(0.5)
    assert sum(len(internet.host(host).requests()) for host in HOSTS) == before < MANY
    output, _ = begin().communicate(timeout=90)
    assert observed(project) == {"gone": MANY}, output


@pytest.mark.skipif(sys.platform != "linux", reason="children are found by /proc")
def test_a_process_that_is_killed_is_told(internet, many):
    project, _, begin = many
    run = begin()
    wait_for_requests(internet, run, 500)
    victims = [child for child in children_of(run.pid) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]
    os.kill(victims[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=60)
    assert run.returncode == 2
    assert "run the same command again" in errors
    assert "Traceback" not in errors
    assert observed(project).total() > 0
