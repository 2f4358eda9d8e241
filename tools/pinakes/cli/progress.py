"""Progress of long work: on stderr, only on a terminal, with rate and time left."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show how far some work is.

    Args:
        what: What is done, `fuzzing`.
        total: How many steps there are.

    Yields:
        A function to call with the number of steps done.
    """
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task(what, total=total, rate="–")

        def tell(done: int) -> None:
            shown.update(task, completed=done, rate=_rate(shown.tasks[0].speed))

        yield tell


def _rate(speed: float | None) -> str:
    """Write steps a second, or a minute where those would be none."""
    if not speed:
        return "–"
    return f"{speed:.0f}/s" if speed >= 1 else f"{speed * 60:.0f}/min"
