"""Run a command as a whole process and measure it as the operating system saw it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from pinakes.bench import launch
from pinakes.errors import PinakesError


class Run(NamedTuple):
    """One finished process.

    Attributes:
        seconds: From its start to its end.
        megabytes: The most memory that it, or one of the processes that it waited for, held at once.
    """

    seconds: float
    megabytes: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end.

    Raises:
        PinakesError: It failed; its own words follow.
    """
    return _run(command, folder)[0]


def told_seconds(command: Sequence[str], folder: Path, before: Callable[[], object] = lambda: None) -> float:
    """Run a command, with something to do before it, and give the seconds that it printed last."""
    before()
    return told(command, folder).seconds


def told(command: Sequence[str], folder: Path) -> Run:
    """Run a command that prints as its last word the seconds that its work took, and give these and its memory."""
    done, output = _run(command, folder)
    return Run(float(output.split()[-1]), done.megabytes)


def _run(command: Sequence[str], folder: Path) -> tuple[Run, str]:
    proxies = {name for name in os.environ if name.lower().endswith("_proxy")}  # what is asked here is on loopback
    environment = {name: os.environ[name] for name in os.environ.keys() - proxies} | {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(  # noqa: S603  # our own commands
        [sys.executable, "-IS", launch.__file__, *command],
        cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    output, _, figures = done.stdout.decode(errors="replace").rstrip("\n").rpartition("\n")
    if done.returncode:
        raise PinakesError(f"`{' '.join(command)}` failed", place=str(folder), hint=output[-2000:])
    seconds, kilobytes = figures.split()
    return Run(float(seconds), int(kilobytes) / 1024), output


def median(command: Sequence[str], folder: Path, runs: int, before: Callable[[], object] = lambda: None) -> Run:
    """Run a command several times, with something to do before each, and give the median of each figure."""
    done = []
    for _ in range(runs):
        before()
        done.append(run(command, folder))
    return Run(statistics.median(one.seconds for one in done), max(one.megabytes for one in done))


def pinakes(*args: str) -> list[str]:
    """The command that runs this very program."""
    return [sys.executable, "-m", "pinakes", *args]
