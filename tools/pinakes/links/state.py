"""What was seen of each link, between runs: `.pinakes/state.sqlite`.

All of it can be deleted at any time with nothing lost but history. One process writes at a time; every observation is
written as soon as it is there, so that a run that is killed loses only the requests in flight.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pinakes.errors import PinakesError
from pinakes.links.judge import Seen
from pinakes.links.verdict import Verdict

_MIGRATIONS = (
    """
    CREATE TABLE links (
        id INTEGER PRIMARY KEY,
        url TEXT NOT NULL UNIQUE,
        next_at REAL NOT NULL,
        at REAL NOT NULL,
        verdict TEXT NOT NULL,
        status INTEGER,
        final_url TEXT NOT NULL,
        reason TEXT NOT NULL,
        title TEXT NOT NULL,
        etag TEXT NOT NULL,
        last_modified TEXT NOT NULL
    );
    CREATE TABLE observations (
        link INTEGER NOT NULL REFERENCES links (id),
        at REAL NOT NULL,
        verdict TEXT NOT NULL,
        status INTEGER,
        PRIMARY KEY (link, at)
    ) WITHOUT ROWID;
    CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        selection TEXT NOT NULL,
        began_at REAL NOT NULL,
        ended_at REAL
    );
    CREATE TABLE hosts (
        host TEXT PRIMARY KEY,
        at REAL NOT NULL,
        is_honest INTEGER NOT NULL,
        is_varied INTEGER NOT NULL
    );
    """,
    """
    CREATE TABLE snapshots (
        url TEXT PRIMARY KEY,
        asked_at REAL NOT NULL,
        taken_at REAL,
        address TEXT NOT NULL,
        trouble TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
)
"""One script a version of the schema, in order; a database of an older version gets those that it lacks."""

_DISK_TROUBLES = frozenset(
    (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY)
)


class StateError(PinakesError):
    """The database cannot be read or written."""


class Known(NamedTuple):
    """What is known of a link: its newest observation, and what the next one needs.

    Attributes:
        url: Its address, as the catalogue has it.
        next_at: When it is to be asked again; this and other times are in seconds since 1970.
        at: When it was last asked.
        verdict: What that said.
        status: The HTTP status; None if there was none.
        final_url: What answered in the end.
        reason: Why the verdict is what it is.
        title: The title of the page when it last came back; empty if it had none.
        etag: What the host named that page's version, for a conditional request; empty if it did not.
        last_modified: The same as a date.
    """

    url: str
    next_at: float
    at: float
    verdict: Verdict
    status: int | None
    final_url: str
    reason: str
    title: str = ""
    etag: str = ""
    last_modified: str = ""


class State:
    """The open database; made by `open_state`."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self._path = path

    def known(self) -> dict[str, Known]:
        """Give what is known of all links, by their addresses."""
        query = f"SELECT {', '.join(Known._fields)} FROM links"  # noqa: S608  # our own names
        with self.errors():
            return {row[0]: Known._make(row) for row in self.connection.execute(query)}

    def history(self, url: str) -> list[Seen]:
        """Give what was seen of a link, the oldest first."""
        query = "SELECT o.at, o.verdict FROM observations o JOIN links l ON l.id = o.link WHERE l.url = ? ORDER BY o.at"
        with self.errors():
            return [Seen._make(row) for row in self.connection.execute(query, (url,))]

    def histories(self) -> dict[str, list[Seen]]:
        """Give what was seen of each link, the oldest first."""
        query = "SELECT l.url, o.at, o.verdict FROM observations o JOIN links l ON l.id = o.link ORDER BY o.link, o.at"
        found: dict[str, list[Seen]] = {}
        with self.errors():
            for url, at, verdict in self.connection.execute(query):
                found.setdefault(url, []).append(Seen(at, verdict))
        return found

    def record(self, seen: Sequence[Known]) -> None:
        """Write observations down, all or none; each is the newest of its link then."""
        names = ", ".join(Known._fields)
        places = ", ".join("?" * len(Known._fields))
        changes = ", ".join(f"{name} = excluded.{name}" for name in Known._fields[1:])
        with self.errors(), self.connection:
            self.connection.executemany(
                f"INSERT INTO links ({names}) VALUES ({places}) ON CONFLICT (url) DO UPDATE SET {changes}",  # noqa: S608
                seen,
            )
            self.connection.executemany(
                "INSERT OR REPLACE INTO observations SELECT id, ?, ?, ? FROM links WHERE url = ?",
                [(row.at, row.verdict, row.status, row.url) for row in seen],
            )

    def hosts(self, not_before: float) -> Iterator[tuple[str, bool, bool]]:
        """Give what was learned of hosts lately: the host, and whether it is honest and varied (see `HostAnswer`)."""
        query = "SELECT host, is_honest, is_varied FROM hosts WHERE at >= ?"
        with self.errors():
            for host, is_honest, is_varied in self.connection.execute(query, (not_before,)):
                yield host, bool(is_honest), bool(is_varied)

    def record_host(self, host: str, at: float, *, is_honest: bool, is_varied: bool) -> None:
        """Write down what was learned of a host."""
        with self.errors(), self.connection:
            query = "INSERT OR REPLACE INTO hosts VALUES (?, ?, ?, ?)"
            self.connection.execute(query, (host, at, is_honest, is_varied))

    def begin_run(self, selection: str, now: float, not_before: float) -> float:
        """Begin a run over all of a selection, or go on with one that was broken off; give when it began.

        Args:
            selection: What the run is about, in words that are the same for the same selection.
            now: The present.
            not_before: A run that began earlier is not gone on with.
        """
        query = "SELECT began_at FROM runs WHERE selection = ? AND ended_at IS NULL AND began_at BETWEEN ? AND ?"
        with self.errors(), self.connection:
            found = self.connection.execute(query, (selection, not_before, now)).fetchone()
            if found is not None:
                return float(found[0])
            self.connection.execute("INSERT INTO runs (selection, began_at) VALUES (?, ?)", (selection, now))
            return now

    def end_run(self, selection: str, now: float) -> None:
        """Say that a run has come to its end."""
        with self.errors(), self.connection:
            self.connection.execute(
                "UPDATE runs SET ended_at = ? WHERE selection = ? AND ended_at IS NULL", (now, selection)
            )

    def close(self) -> None:
        """Close the database."""
        self.connection.close()

    @contextmanager
    def errors(self) -> Iterator[None]:
        """Turn SQLite's errors into ones that say what can be done.

        Raises:
            StateError: The database is damaged, or the disk is full or cannot be written.
        """
        try:
            yield
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorcode & 0xFF in _DISK_TROUBLES:
                hint = "what was written before is kept: make room (or the folder writable) and run the same again"
                raise StateError(f"cannot be written: {error}", place=str(self._path), hint=hint) from error
            hint = "delete the file: only history is lost, not one conclusion"
            raise StateError(f"is damaged: {error}", place=str(self._path), hint=hint) from error


def open_at(path: Path) -> State:
    """Open a database, and make or bring it up to date if it must be.

    Raises:
        StateError: It is damaged, of a newer version of the program, or cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # `check` reads while it writes, from one thread; a reader elsewhere (`show`, `stats`) never waits: WAL.
        connection = sqlite3.connect(path, timeout=30, isolation_level="DEFERRED")
    except (OSError, sqlite3.OperationalError) as error:
        raise StateError(f"cannot be opened: {error}", place=str(path)) from error
    state = State(connection, path)
    with state.errors():
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # a crash of the system may cost the last seconds, never more
        _migrate(connection, path)
    return state


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(_MIGRATIONS):
        raise StateError(
            "was written by a newer version of Pinakes",
            place=str(path),
            hint="update Pinakes, or delete the file: only history is lost",
        )
    for number, script in enumerate(_MIGRATIONS[version:], version + 1):
        connection.executescript(f"BEGIN; {script}; PRAGMA user_version = {number}; COMMIT;")
