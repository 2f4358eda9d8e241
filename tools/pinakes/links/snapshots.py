"""What is known of each page's snapshots, between runs: a table of `.pinakes/state.sqlite`."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.links.state import State


class Kept(NamedTuple):
    """The newest that was heard of a page's snapshot.

    Attributes:
        url: The page, as the catalogue has it.
        asked_at: When the archive was asked; this and the other time are in seconds since 1970 (UTC).
        taken_at: When the snapshot was taken; None if there is none.
        address: Where to read it; empty if there is none.
        trouble: Why there is none, a code and a sentence: `error:not-found: there is no such page`; empty if there is.
    """

    url: str
    asked_at: float
    taken_at: float | None = None
    address: str = ""
    trouble: str = ""

    @property
    def code(self) -> str:
        """The code of the trouble."""
        return self.trouble.partition(": ")[0]


def snapshots(state: State) -> dict[str, Kept]:
    """Give what is known of every page that was asked about, by its URL."""
    with state.errors():
        rows = state.connection.execute(f"SELECT {', '.join(Kept._fields)} FROM snapshots")  # noqa: S608  # our own names
        return {row[0]: Kept._make(row) for row in rows}


def keep(state: State, kept: Kept) -> None:
    """Write down what was heard of one page, at once and for good; a snapshot that was known stays."""
    changes = ", ".join(f"{name} = excluded.{name}" for name in Kept._fields[1:])
    query = (
        f"INSERT INTO snapshots ({', '.join(Kept._fields)}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608  # our own names
        f" ON CONFLICT (url) DO UPDATE SET {changes} WHERE excluded.address != '' OR address = ''"
    )
    with state.errors(), state.connection:
        state.connection.execute(query, kept)
