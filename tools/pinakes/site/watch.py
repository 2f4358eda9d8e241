"""Notice when something that people write has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from time import monotonic

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from pinakes.project import Project

_QUIET = 0.05
"""Seconds without a change after which a save is taken as finished: editors write, rename and touch in a row."""
_PATIENCE = 0.5
"""Seconds after which a build begins although changes keep coming in, as when a branch is checked out."""
_LOOK_UP = 0.5
"""Seconds after which a wait is begun anew."""
# To open or to read a file is an event too, and a build reads them all: told of that, it would take twice as long.
_WRITES: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]


class _Listener(FileSystemEventHandler):
    def __init__(self, watch: Watch) -> None:
        self.watch = watch

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what concerns us."""
        if self.watch.concerns(event):
            self.watch.noticed.put(True)


class Watch:
    """Watches a project's `catalog/`, `docs/` and `mkdocs.yml`.

    Attributes:
        project: The project.
        noticed: True for each change, False for the wish to stop. A signal may come while the queue is read, and a
            `SimpleQueue` alone can be written to even then.
    """

    def __init__(self, project: Project, observer: BaseObserver) -> None:
        self.project, self.noticed = project, SimpleQueue[bool]()
        self._observer, self._folders = observer, set[str]()
        self._listener = _Listener(self)
        observer.schedule(self._listener, str(project.root), event_filter=_WRITES)
        self._watch_folders()

    def wait(self) -> bool:
        """Wait for a change, and then until what belongs to it is there as well; False if `stop` was called."""
        goes_on = self._next()
        latest = monotonic() + _PATIENCE
        try:
            while goes_on and (left := latest - monotonic()) > 0:
                goes_on = self.noticed.get(timeout=min(_QUIET, left))
        except Empty:
            pass
        self._watch_folders()
        return goes_on

    def _next(self) -> bool:
        # A signal that comes just before the wait begins does not end it, and its handler runs only after it.
        while True:
            with suppress(Empty):
                return self.noticed.get(timeout=_LOOK_UP)

    def stop(self) -> None:
        """Have `wait` return at once; may be called by a signal's handler."""
        self.noticed.put(False)

    def concerns(self, event: FileSystemEvent) -> bool:
        """Whether an event is about what people write, and not about `build/` beside it."""
        own = (self.project.catalog, self.project.docs, self.project.root / "mkdocs.yml")
        paths = [str(path) for path in (event.src_path, event.dest_path) if path]
        return any(path == str(place) or path.startswith(f"{place}/") for path in paths for place in own)

    def _watch_folders(self) -> None:
        """Watch the folders that are there; `docs/` may come later."""
        for folder in (self.project.catalog, self.project.docs):
            if folder.is_dir() and str(folder) not in self._folders:
                self._observer.schedule(self._listener, str(folder), recursive=True, event_filter=_WRITES)
                self._folders.add(str(folder))


@contextmanager
def watching(project: Project) -> Iterator[Watch]:
    """Watch a project; by looking again and again where the system has no more watches to give."""
    observer: BaseObserver = Observer()
    observer.start()
    try:
        watch = Watch(project, observer)
    except OSError:
        observer.stop()
        observer = PollingObserver()
        observer.start()
        watch = Watch(project, observer)
    try:
        yield watch
    finally:
        observer.stop()
        observer.join()
