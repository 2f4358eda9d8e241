"""What a check is to do, and what it comes to."""

from __future__ import annotations

from dataclasses import dataclass

from pinakes.links.judge import Judgement
from pinakes.links.select import Link
from pinakes.links.state import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a run is to do.

    Attributes:
        everything: Whether links that are not due are asked too.
        selection: What a run over everything is about, in words that are the same for the same selection, so that one
            that was broken off is gone on with; None if each run begins anew.
        confirm: Whether links that seem gone are asked a second time in the same run.
        max_seconds: No request begins after so many seconds.
        now: The present, in seconds since 1970, if it is not the clock's.
        scheduler: The address of a Dask scheduler whose workers ask; None to ask from here.
    """

    everything: bool = False
    selection: str | None = None
    confirm: bool = False
    max_seconds: float | None = None
    now: float | None = None
    scheduler: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What is known of a link after a run.

    Attributes:
        link: The link.
        known: Its newest observation; None if there was never one.
        judgement: What its history comes to.
        was_asked: Whether it was asked in this run.
        is_confirmed: Whether it was asked twice in this run, and seemed gone both times.
        title_before: The title that its page had before, if it has nothing in common with the one that it has now.
        lost_fragment: Whether its page does not have the place that its fragment names.
    """

    link: Link
    known: Known | None
    judgement: Judgement
    was_asked: bool = False
    is_confirmed: bool = False
    title_before: str = ""
    lost_fragment: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a run came to.

    Attributes:
        looked: All links that it was about, in the catalogue's order.
        due: How many addresses were to be asked.
        asked: How many were.
        seconds: How long it took.
        next_at: When the next of them is due, in seconds since 1970; None if there are none.
    """

    looked: tuple[Looked, ...]
    due: int
    asked: int
    seconds: float
    next_at: float | None
