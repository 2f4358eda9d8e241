"""`pinakes check --scheduler`: many processes ask, a host never two at a time; one of them is killed."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter

import pytest
from tests.links.conftest import CONFIG, topic

from pinakes.links.glance import Wanted
from pinakes.links.shares import deal
from pinakes.model import FetchPolicy, HostPolicy
from pinakes.urls import server_of

HOSTS = [f"127.0.0.{number}" for number in range(1, 7)]
pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture
def cluster(tmp_path):
    """A scheduler and three workers, each a process of its own; gives the address and the workers."""
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
         "--no-dashboard", "--scheduler-file", str(tmp_path / "scheduler.json")],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = _address(tmp_path / "scheduler.json")
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny",
             "--no-dashboard", "--host", "127.0.0.1", "--local-directory", str(tmp_path / f"worker{number}")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        for number in range(3)
    ]  # fmt: skip
    yield address, workers
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def _address(file):
    for _ in range(200):
        if file.exists() and file.read_text():
            return json.loads(file.read_text())["address"]
        time.sleep(0.1)
    raise AssertionError("the scheduler does not start")


def test_a_lost_worker_costs_nothing(internet, make_project, cluster):
    address, workers = cluster
    urls = [internet.host(HOSTS[number % 6]).url(f"/slow/0.05/{number}") for number in range(600)]
    config = CONFIG.replace("{concurrency: 20, interval: 0}", "{concurrency: 2, interval: 0.02}")
    project = make_project({"catalog/config.yml": config, "catalog/topics/a.yml": topic(urls)})
    run = subprocess.Popen(
        [sys.executable, "-m", "pinakes", "check", "--no-snapshots", "--scheduler", address, "--format", "json"],
        cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while run.poll() is None and sum(len(internet.host(host).requests("/slow")) for host in HOSTS) < 100:
        time.sleep(0.05)
    os.kill(workers[0].pid, signal.SIGKILL)
    output, errors = run.communicate(timeout=90)
    assert run.returncode == 0, errors
    links = json.loads(output)["links"]
    assert Counter((link["url"], link["verdict"]) for link in links) == dict.fromkeys(((url, "ok") for url in urls), 1)
    with sqlite3.connect(project.state / "state.sqlite") as database:
        assert database.execute("SELECT count(*) FROM observations").fetchone() == (600,)
    for host in HOSTS:
        times = sorted(asked.at for asked in internet.host(host).requests("/slow"))
        starts = Counter(int((at - times[0]) / 0.5) for at in times)
        assert max(starts.values()) <= 0.5 / 0.02 * 1.3, "the workers together keep to the host's interval"


def test_what_is_wrong_with_the_cluster_is_told(internet, make_links, cli):
    project = make_links(internet.url("/page"))
    done = cli("check", "--scheduler", "nonsense://x", cwd=project.root)
    assert done.returncode == 2
    assert "no Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_host_is_dealt_to_one_lane_and_the_lanes_are_even():
    counts = {"a.org": 500, "b.org": 130, "c.org": 120, "d.org": 110, "e.org": 100}
    wanted = [Wanted(f"https://{host}/{number}") for host, count in counts.items() for number in range(count)]
    lanes = deal(wanted, FetchPolicy(per_host=HostPolicy(interval=1)), 2)
    hosts = [Counter(server_of(link.url) for link in lane) for lane in lanes]
    assert sorted(map(len, lanes)) == [460, 500]
    assert hosts[0].keys().isdisjoint(hosts[1])
