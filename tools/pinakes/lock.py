"""Let only one process at a time do something to a project."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def alone(path: Path, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold a lock file; wait for the process that holds it. One that is killed lets go of it.

    Args:
        path: The lock's file; made if it does not exist.
        on_wait: Called once if there is another process to wait for.
    """
    try:
        import fcntl  # noqa: PLC0415  # not there on Windows, where people have to take turns themselves
    except ImportError:
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            on_wait()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
