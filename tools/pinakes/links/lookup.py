"""Look up snapshots of links that are judged gone."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime
from time import monotonic, time

from pinakes.links.plan import Looked
from pinakes.links.snapshots import Kept, keep, snapshots
from pinakes.links.state import State, open_at
from pinakes.links.wayback import Wayback, WaybackError, closest
from pinakes.model import Config
from pinakes.project import Project

_AGAIN_AFTER = 30 * 86_400.0
"""Seconds after which a page without a snapshot is looked up again: what is gone hardly gets one any more."""
_LONGEST = 120.0
"""Seconds that a run spends on look-ups at most; the others are left for the next one."""


def find_snapshots(
    project: Project, config: Config, gone: Iterable[Looked]
) -> tuple[dict[str, str], WaybackError | None]:
    """Find snapshots from before links began to fail; each answer is kept before the next is asked for.

    Args:
        project: Where answers are kept.
        config: Where and how gently to ask.
        gone: The links.

    Returns:
        The snapshots' addresses, by the page's; and why the archive was not asked for all, if it was not.
    """
    found: dict[str, str] = {}
    wayback = Wayback(config.archive, config.fetch, until=monotonic() + _LONGEST)
    with closing(open_at(project.state / "state.sqlite")) as state, closing(wayback):
        known = snapshots(state)
        for each in gone:
            kept = known.get(each.link.url)
            try:
                if not _is_of_use(kept, each.judgement.since):
                    kept = _look_up(state, wayback, each)
            except WaybackError as error:
                return found, error
            if kept and kept.address:
                found[each.link.url] = kept.address
    return found, None


def _is_of_use(kept: Kept | None, since: float | None) -> bool:
    """Say whether what is known of a page's snapshots is as good as asking again."""
    if kept is None:
        return False
    if kept.taken_at is not None:
        return since is None or kept.taken_at < since
    return time() - kept.asked_at < _AGAIN_AFTER


def _look_up(state: State, wayback: Wayback, looked: Looked) -> Kept:
    since = looked.judgement.since
    found = closest(wayback, looked.link.url, None if since is None else datetime.fromtimestamp(since, UTC))
    taken = None if found is None else found.taken.timestamp()
    kept = Kept(looked.link.url, time(), taken, found.url if found else "", "" if found else "none: there is none")
    keep(state, kept)
    return kept
