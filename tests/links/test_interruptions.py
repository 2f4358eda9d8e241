"""Whatever happens to a run, what was seen is kept, and nothing is asked for twice without need."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing

import pytest
from tests.links.conftest import CONFIG, topic

PATIENT = CONFIG.replace("concurrency: 20", "concurrency: 4")
HOSTS = [f"127.0.0.{number}" for number in range(1, 11)]


def start(project, *args):
    """Start a check in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pinakes", "check", "--no-snapshots", *args],
        cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def observed(project):
    with closing(sqlite3.connect(project.state / "state.sqlite")) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return Counter(url for (url,) in database.execute("SELECT url FROM links JOIN observations ON link = id"))


def test_a_run_killed_twenty_times_asks_nothing_twice_but_what_was_in_flight(internet, make_project):
    urls = [internet.host(HOSTS[number % 10]).url(f"/slow/0.1/{number}") for number in range(2000)]
    project = make_project({"catalog/config.yml": PATIENT, "catalog/topics/a.yml": topic(urls)})
    rng = random.Random(20261124)
    for _ in range(20):
        run = start(project)
        time.sleep(rng.uniform(0.3, 1.5))
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
    run = start(project)
    _, errors = run.communicate(timeout=120)
    assert run.returncode == 0, errors
    assert observed(project) == dict.fromkeys(urls, 1)
    asked = Counter(asked.url for address in HOSTS for asked in internet.host(address).requests("/slow"))
    again = sum(count - 1 for url, count in asked.items() if url in set(urls))
    assert again <= 20 * 4 * len(HOSTS), "no more than four requests to a host are in flight"
    assert max(asked[url] for url in urls) <= 21


def test_ctrl_c_ends_a_run_at_once_and_keeps_what_was_seen(internet, make_links, check):
    urls = [internet.url(f"/slow/0.2/{number}") for number in range(100)]
    project = make_links(*urls, config=PATIENT)
    run = start(project)
    while run.poll() is None and len(internet.requests("/slow")) < 12:
        time.sleep(0.05)
    run.send_signal(signal.SIGINT)
    _, errors = run.communicate(timeout=10)
    assert run.returncode == 130
    assert b"Traceback" not in errors
    before = observed(project)
    assert len(before) >= 4
    assert before.keys().isdisjoint(check(project)[1])


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="a small disk can be mounted by root on Linux only"
)
def test_a_full_disk_is_told_and_harms_nothing(internet, make_links, cli, check):
    urls = [internet.url(f"/page/{number:03}-{'x' * 400}") for number in range(600)]
    project = make_links(*urls)
    project.state.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "tmpfs", project.state], check=False).returncode:
        pytest.skip("this container may not mount anything")
    try:
        done = cli("check", "--no-snapshots", cwd=project.root)
        assert done.returncode == 2
        assert "make room" in done.stderr
        assert "Traceback" not in done.stderr
        before = observed(project)
        assert 0 < len(before) < 600
        subprocess.run(["mount", "-o", "remount,size=20m", project.state], check=True)
        assert check(project)[0] == 0
        assert observed(project) == dict.fromkeys(urls, 1)
    finally:
        subprocess.run(["umount", project.state], check=True)


def test_a_file_that_may_not_grow_is_told_and_harms_nothing(internet, make_links, check):
    urls = [internet.url(f"/page/{number:03}-{'x' * 400}") for number in range(600)]
    project = make_links(*urls)
    command = f"ulimit -f 200; exec {sys.executable} -m pinakes check --no-snapshots"
    done = subprocess.run(
        ["bash", "-c", command], cwd=project.root, capture_output=True, encoding="utf-8", check=False, timeout=60
    )
    assert done.returncode == 2, done.stderr
    assert "make room" in done.stderr
    assert len(observed(project)) < 600
    assert check(project)[0] == 0
    assert observed(project) == dict.fromkeys(urls, 1)


@pytest.mark.parametrize("damage", ["noise", "cut", "empty"])
def test_a_damaged_history_says_what_to_do(internet, make_links, cli, check, damage):
    project = make_links(internet.url("/page"))
    check(project)
    file = project.state / "state.sqlite"
    content = file.read_bytes()
    file.write_bytes({"noise": b"no database " * 999, "cut": content[: len(content) // 2 + 7], "empty": b""}[damage])
    done = cli("check", "--no-snapshots", cwd=project.root)
    if damage == "empty":
        assert done.returncode == 0, "an empty file is a new database"
    else:
        assert done.returncode == 2
        assert "delete the file: only history is lost" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_history_of_a_newer_program_is_left_alone(internet, make_links, cli, check):
    project = make_links(internet.url("/page"))
    check(project)
    with sqlite3.connect(project.state / "state.sqlite") as database:
        database.execute("PRAGMA user_version = 999")
    done = cli("check", "--no-snapshots", cwd=project.root)
    assert done.returncode == 2
    assert "newer version" in done.stderr
