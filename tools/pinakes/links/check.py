"""Check links: look at those that are due, write down what was seen, and judge each by its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from time import monotonic

from pinakes.links.plan import Checked, Plan
from pinakes.links.run import Run
from pinakes.links.select import Link
from pinakes.links.state import open_at
from pinakes.lock import alone
from pinakes.model import Config
from pinakes.project import Project


def check(
    project: Project,
    config: Config,
    links: Sequence[Link],
    plan: Plan,
    *,
    begin: Callable[[int], Callable[[int], None]] = lambda _: lambda _: None,
    on_wait: Callable[[], None] = lambda: None,
    on_resume: Callable[[float], None] = lambda _: None,
) -> Checked:
    """Look at links and judge them; every observation is written down as it comes.

    Args:
        project: The project; what was seen is kept in its `.pinakes/state.sqlite`.
        config: Its policies.
        links: What the run is about.
        plan: What it is to do.
        begin: Called with the number of addresses to ask; gives a function to call with the number that were.
        on_wait: Called if another process is checking, and this one has to wait for it.
        on_resume: Called if this run goes on with one that was broken off, with the time when that one began.

    Raises:
        StateError: What was seen cannot be written down.
        PinakesError: No host at all can be reached, so that nothing can be said of any link.
    """
    start = monotonic()
    with alone(project.state / "check.lock", on_wait), closing(open_at(project.state / "state.sqlite")) as state:
        run = Run(state, config, plan)
        due = run.due([link.url for link in links], on_resume)
        if due:
            run.look(due, begin(len(due)))
        seconds = monotonic() - start
        return Checked(
            looked=tuple(run.looked(link) for link in links),
            due=len(due),
            asked=len(run.asked.intersection(due)),
            seconds=seconds,
            next_at=min((row.next_at for row in run.rows(links)), default=None),
        )
