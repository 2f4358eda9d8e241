"""Memory stays bounded, whatever a host sends and however many links there are; measured in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.internet.fixtures import Internet

MAX_BODY = 2_000_000
MEASURE = Path(__file__).with_name("measure.py")

pytestmark = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")


def measure(internet: Internet, *paths: str, times: int = 1, total: float = 3.0) -> dict[str, Any]:
    order = {
        "urls": [internet.url(path) for path in paths],
        "warm_up": internet.url("/page"),
        "times": times,
        "max_body": MAX_BODY,
        "total": total,
    }
    done = subprocess.run(
        [sys.executable, MEASURE],
        input=json.dumps(order),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "gzip,gzip", "zstd,br", "br,gzip"])
def test_a_bomb_takes_no_more_than_the_cap_and_a_window(internet: Internet, coding: str):
    result = measure(internet, f"/bomb/{coding}")
    assert result["seen"] == [[200, MAX_BODY]]
    assert result["grown"] < 40  # the cap twice, and the window of 16 MB that a decompressor may need


@pytest.mark.parametrize("path", ["/endless/close", "/endless/chunked"])
def test_an_endless_body_takes_no_more_than_the_cap(internet: Internet, path: str):
    result = measure(internet, path)
    assert result["seen"] == [[200, MAX_BODY]]
    assert result["grown"] < 20
    assert internet.host().log.bytes_sent < MAX_BODY + 20_000_000  # what waits in the sockets


@pytest.mark.parametrize(
    "path", ["/heads/one", "/heads/many", "/heads/endless", "/early/endless", "/raw/chunk-size-endless"]
)
def test_a_head_without_end_takes_nearly_nothing(internet: Internet, path: str):
    result = measure(internet, path, total=1.5)
    assert result["grown"] < 20


def test_nothing_that_a_host_sends_is_told_to_people_by_a_library(internet: Internet):
    paths = (
        "/cookie/odd",
        "/raw/garbage",
        "/torn/body",
        "/cut/chunk",
        "/raw/length-too-short",
        "/surplus/a",
        "/miscoded/br",
    )
    assert len(measure(internet, *paths)["seen"]) == len(paths)


def test_many_links_take_no_more_than_few(internet: Internet):
    few = measure(internet, *(f"/page/{number}" for number in range(10)), times=50)
    many = measure(internet, *(f"/page/{number}" for number in range(10)), times=200)
    assert (len(few["seen"]), len(many["seen"])) == (500, 2000)
    assert many["grown"] < few["grown"] + 10
