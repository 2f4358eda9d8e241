"""Check many files on several cores."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import Any

import orjson

from pinakes.rules import check as _check  # noqa: F401  # loaded here once, and not in each process
from pinakes.rules.file import File
from pinakes.rules.forms import validator
from pinakes.store.load import check

_SHARES = 4
"""How many pieces of work each process gets, so that none waits long for the other."""


def check_in_parallel(files: Sequence[File], allowed: tuple[str, ...], processes: int) -> Iterator[Any]:
    """Check files in processes forked off this one, which must have one thread only.

    Returns:
        What each file came to, in the order of the files.
    """
    validator("topic")
    size = -(-len(files) // (processes * _SHARES))
    shares = [files[start : start + size] for start in range(0, len(files), size)]
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("fork")) as pool:
        for results in pool.map(_check_share, shares, repeat(allowed)):
            yield from orjson.loads(results)


def _check_share(files: Sequence[File], allowed: tuple[str, ...]) -> bytes:
    """Check some files; JSON is ten times as quick to pass between processes as the objects."""
    return orjson.dumps([check(file, allowed) for file in files])
