"""What a process took is its own, and what it said when it failed is told."""

from __future__ import annotations

import sys

import pytest

from pinakes.bench.process import run, told
from pinakes.errors import PinakesError


def test_a_process_is_not_charged_with_the_memory_of_the_one_that_started_it(tmp_path):
    held = b"x" * 200_000_000
    assert run([sys.executable, "-c", "pass"], tmp_path).megabytes < 100
    assert run([sys.executable, "-c", "b'x' * 150_000_000"], tmp_path).megabytes > 150
    assert len(held) == 200_000_000


def test_seconds_are_those_of_the_process_or_those_that_it_tells(tmp_path):
    waiting = [sys.executable, "-c", "import time; time.sleep(0.2); print('took', 12.5)"]
    assert 0.2 < run(waiting, tmp_path).seconds < 10
    assert told(waiting, tmp_path).seconds == 12.5


def test_a_process_that_fails_has_the_last_word(tmp_path):
    with pytest.raises(PinakesError, match="no such luck"):
        run([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path)
