"""What `pinakes archive` says: for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import orjson

from pinakes.links.archive import Candidate, Done, Plan
from pinakes.links.snapshots import Kept

_MOST = 60
"""Links of a plan that are listed; the rest is counted."""


class Report(NamedTuple):
    """A plan, and what became of it.

    Attributes:
        plan: What was to be asked for.
        done: What was asked for, in order; empty if the plan was only shown.
        applied: Whether it was more than shown.
        files: How many files of records were written.
        topic_files: The file of each topic, by its path.
        seconds: How long the plan takes at least.
    """

    plan: Plan
    done: Sequence[Done]
    applied: bool
    files: int
    topic_files: Mapping[str, str]
    seconds: float


def write_text(report: Report) -> str:
    """Write the report for people."""
    lines = _done(report) if report.applied else _planned(report)
    return "".join(f"{line}\n" for line in lines)


def write_json(report: Report) -> str:
    """Write the report for programs."""
    rows = ((done.candidate, done.kept) for done in report.done)
    planned = ((candidate, candidate.kept) for candidate in report.plan.wanted)
    links = [_json(report, candidate, kept) for candidate, kept in (rows if report.applied else planned)]
    document = {"schema": 1, "summary": _summary(report), "links": links, "findings": []}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def _summary(report: Report) -> dict[str, Any]:
    new, found = (
        sum(bool(done.kept.address) and done.is_new == is_new for done in report.done) for is_new in (True, False)
    )
    return {
        "living": report.plan.living,
        "archived": report.plan.archived,
        "wanted": len(report.plan.wanted),
        "later": len(report.plan.later),
        "found": found,
        "saved": new,
        "failed": len(report.done) - found - new,
        "left": len(report.plan.wanted) - len(report.done),
        "files": report.files,
        "applied": report.applied,
    }


def _planned(report: Report) -> Iterator[str]:
    plan = report.plan
    yield _head(plan)
    for candidate in plan.wanted[:_MOST]:
        before = f"  in vain on {_day(candidate.kept.asked_at)}: {candidate.kept.trouble}" if candidate.kept else ""
        yield f"  {_place(report, candidate)}  {candidate.link.url}{before}"
    if len(plan.wanted) > _MOST:
        yield f"  … and {len(plan.wanted) - _MOST:,} more"
    if plan.wanted:
        yield f"nothing is asked yet: --apply does, and takes {_span(report.seconds)} or longer"


def _head(plan: Plan) -> str:
    if not plan.living:
        return "no link is known to live: `pinakes check` finds out which do"
    later = f"; {len(plan.later):,} asked for in vain lately" if plan.later else ""
    return (
        f"{plan.living:,} living links, {plan.archived:,} with a snapshot, {len(plan.wanted):,} to be asked for{later}"
    )


def _done(report: Report) -> Iterator[str]:
    for done in report.done:
        place = _place(report, done.candidate)
        yield f"{place}  {_outcome(done)}"
    summary = _summary(report)
    yield (
        f"{len(report.done):,} asked for: {summary['found']:,} had a snapshot, {summary['saved']:,} got one, "
        f"{summary['failed']:,} in vain; {summary['left']:,} left"
    )
    if report.files:
        yield f"wrote {report.files} file{'' if report.files == 1 else 's'} of records"


def _outcome(done: Done) -> str:
    if not done.kept.address:
        return f"in vain  {done.kept.trouble}"
    assert done.kept.taken_at is not None, "a snapshot has its time"
    return f"{'new' if done.is_new else 'found'}  {_day(done.kept.taken_at)}  {done.kept.address}"


def _json(report: Report, candidate: Candidate, kept: Kept | None) -> dict[str, Any]:
    entry = candidate.link.entry
    return {
        "id": entry.key,
        "url": candidate.link.url,
        "state": candidate.state,
        "file": report.topic_files[entry.topic],
        "line": entry.line,
        "asked_at": _time(kept.asked_at if kept else None),
        "archived": (kept.address if kept else "") or None,
        "taken_at": _time(kept.taken_at if kept else None),
        "trouble": (kept.trouble if kept else "") or None,
    }


def _place(report: Report, candidate: Candidate) -> str:
    return f"{report.topic_files[candidate.link.entry.topic]}:{candidate.link.entry.line}"


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def _time(at: float | None) -> str | None:
    return None if at is None else datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _span(seconds: float) -> str:
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.1f} h"
