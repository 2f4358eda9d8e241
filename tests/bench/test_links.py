"""The bench's internet answers as it says, and what is measured with it is what the table names."""

from __future__ import annotations

import math
import re
import statistics
import subprocess
import sys
import time

import pytest
import requests

from pinakes.bench.clients import Limits
from pinakes.bench.internet import Internet, running
from pinakes.bench.links import even_urls, own_time, uneven_counts, write_project
from pinakes.bench.row import Row
from pinakes.errors import PinakesError

ORPHAN = """
import os, sys
from pinakes.bench.internet import Internet, running
with running(Internet(hosts=2)) as internet:
    print(internet.url(1, 0), flush=True)
    sys.stdin.readline()
    os._exit(0)
"""


def is_refused(url: str, within: float) -> bool:
    end = time.monotonic() + within
    while time.monotonic() < end:
        try:
            requests.get(url, timeout=5)
        except requests.ConnectionError:
            return True
    return False


@pytest.fixture(scope="module")
def internet():
    with running(Internet(hosts=3, latency=0.02)) as started:
        yield started


def test_each_host_has_its_pages_and_nothing_else(internet):
    pages = [requests.get(internet.url(host, 7), timeout=5) for host in range(3)]
    assert {page.status_code for page in pages} == {200}
    assert all("<title>Notes on machine learning, number 7</title>" in page.text for page in pages)
    assert 2_000 < len(pages[0].content) < 4_000
    for path in ("/", "/posts/", "/posts/seven", "/robots.txt"):
        assert requests.get(f"http://{internet.host(2)}:{internet.port}{path}", timeout=5).status_code == 404


def test_it_tells_what_each_host_was_asked_and_begins_anew(internet):
    internet.counts()
    with requests.Session() as session:
        for host in (0, 2, 2):
            session.get(internet.url(host, 1), timeout=5)
    assert internet.counts() == {internet.host(0): 1, internet.host(2): 2}
    assert internet.counts() == {}


def test_an_answer_takes_its_time(internet):
    start = time.perf_counter()
    requests.get(internet.url(0, 1), timeout=5)
    assert time.perf_counter() - start >= internet.latency


def test_latencies_spread_as_said_and_the_first_host_is_the_median_one():
    spread = Internet(hosts=250, latency=0.05, spread=1)
    logarithms = [math.log(spread.latency_of(number) / 0.05) for number in range(250)]
    assert statistics.mean(logarithms) == pytest.approx(0, abs=0.05)
    assert statistics.stdev(logarithms) == pytest.approx(1, abs=0.05)
    assert logarithms[0] == pytest.approx(0)


def test_the_hosts_end_with_the_bench_however_that_ends():
    with subprocess.Popen(
        [sys.executable, "-c", ORPHAN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as bench:
        assert bench.stdout
        url = bench.stdout.readline().strip()
        assert requests.get(url, timeout=5).ok
        bench.communicate("\n", timeout=10)
    assert is_refused(url, within=10)


def test_a_port_that_is_taken_is_said(internet):
    with pytest.raises(PinakesError, match="in use"), running(internet):
        pass


def test_half_of_all_links_are_on_one_host():
    counts = uneven_counts(Internet(hosts=250), 25_000)
    assert counts[0] == 12_500
    assert sum(counts) == 25_000
    assert counts[1] == max(counts[1:]) == pytest.approx(2 * counts[2], abs=1)
    assert min(counts) > 0


@pytest.mark.parametrize(
    ("limits", "seconds"),
    [
        (Limits(total=100, per_host=100, interval=0.01), 1.0),  # 100 links of the first host, 10 ms apart
        (Limits(total=100, per_host=2, interval=0.01), 2.5),  # its 100 links, 50 ms each, two at once
        (Limits(total=2, per_host=100, interval=0.01), 5.0),  # 200 links, 50 ms each, two at once
    ],
)
def test_the_bound_is_the_longest_host_or_all_together(limits, seconds):
    assert own_time(Internet(hosts=5, latency=0.05), [100, 50, 25, 15, 10], limits) == pytest.approx(seconds)


def test_the_bench_project_is_valid(tmp_path, cli):
    urls = even_urls(Internet(hosts=7, port=8080), 210)
    assert len(set(urls)) == 210
    project = write_project(tmp_path, urls, Limits(total=9, per_host=3))
    assert cli("validate", cwd=project.root).stdout == "No findings: 210 entries in 4 files.\n"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (Row("what", 0.4, "s", 0.5), ("≤ 0.5", "")),
        (Row("what", 0.6, "s", 0.5), ("≤ 0.5", "over")),
        (Row("what", 4.2, "×", 4, more_is_better=True), ("≥ 4", "")),
        (Row("what", 3.9, "×", 4, more_is_better=True), ("≥ 4", "under")),
        (Row("what", 3.9, "×", None), ("", "")),
    ],
)
def test_a_row_says_whether_it_reaches_its_target(row, said):
    assert (row.bound, row.fault) == said


def test_the_table_has_every_row(tmp_path, cli):
    small = ("--links", "200", "--hosts", "20", "--latency", "0.01", "--many", "200", "--runs", "1")
    done = cli("bench", "links", *small, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for what in (
        "engine",
        "check --all",
        "requests",
        "its defaults",
        "without limits",
        "memory",
        "due",
        "spaced",
        "once",
    ):
        assert re.search(rf"{what}.*\d\.\d\d ", done.stdout), what
