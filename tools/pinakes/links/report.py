"""What a run found, one row a link: for JSON, for people, and as findings for the programs that read those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from pinakes.findings import Finding, Severity
from pinakes.links.plan import Checked, Looked
from pinakes.links.verdict import GONE, INCONCLUSIVE, Verdict
from pinakes.model import LINK_STATES, Catalog, Link, LinkState, Text

FailOn = Literal["added", "gone", "suspect", "never"]
"""What makes a run fail.

added    a link that a change brought in and that seemed gone both times that it was asked
gone     a link that is judged gone
suspect  a link that is judged gone or suspect
never    nothing
"""

_FAILING: Mapping[FailOn, tuple[LinkState, ...]] = {"gone": ("gone",), "suspect": ("gone", "suspect"), "never": ()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One link of a report.

    Attributes:
        id: Its entry's id.
        url: The address.
        title: The entry's title.
        file: The topic file.
        line: Where the address stands in it, from 1.
        column: From 1.
        verdict: What the newest observation said; None if there is none.
        state: What the link is judged to be.
        since: Since which day (UTC).
        status: The HTTP status; None if there was none.
        final_url: What answered in the end; None if it was never asked.
        reason: Why, one sentence.
        checked_at: When it was last asked; None if it never was.
        archived: Address of a snapshot; None if none is known.
        mirror: Another place in the catalogue for a piece that is gone; None if there is none.
        title_before: The title that its page had before and has nothing in common with now; empty otherwise.
        lost_fragment: Whether its page does not have the place that its fragment names.
        fails: Whether it makes the run fail.
    """

    id: str
    url: str
    title: Text
    file: str
    line: int
    column: int
    verdict: Verdict | None
    state: LinkState
    since: str | None
    status: int | None
    final_url: str | None
    reason: str
    checked_at: datetime | None
    archived: str | None
    mirror: str | None
    title_before: str
    lost_fragment: bool
    fails: bool

    def to_json(self) -> dict[str, Any]:
        """The link in the form that the command's JSON has."""
        moment = self.checked_at and _moment(self.checked_at)
        names = "id url verdict state since status final_url reason file line column archived mirror fails".split()
        changed = self.title_before or None
        own = {"checked_at": moment, "title_before": changed, "lost_fragment": self.lost_fragment}
        return {name: getattr(self, name) for name in names} | own


@dataclass(frozen=True, slots=True)
class Beside:
    """What the rows need beside the run.

    Attributes:
        catalog: The catalogue.
        place: Gives line and column of an address.
        links: What is known of each entry's link by its curator and the records, by entry id.
        archived: Addresses of snapshots, by entry id.
        mirrors: Other places for pieces that are gone, by entry id.
        fail_on: What makes the run fail.
    """

    catalog: Catalog
    place: Callable[[Looked], tuple[int, int]]
    links: Mapping[str, Link | None]
    archived: Mapping[str, str]
    mirrors: Mapping[str, str]
    fail_on: FailOn


def _moment(time: datetime) -> str:
    return time.isoformat(timespec="seconds").replace("+00:00", "Z")


class Report(NamedTuple):
    """What a run is told as.

    Attributes:
        rows: Of the links that somebody should look at, or of all.
        summary: The counts of all.
    """

    rows: Sequence[Row]
    summary: Mapping[str, Any]


def report_of(looked: Sequence[Looked], checked: Checked, beside: Beside, *, everything: bool) -> Report:
    """Report on links.

    Args:
        looked: The links that the report is about.
        checked: The run.
        beside: What is needed beside it.
        everything: Whether links that are alive, and of which there is nothing to say, have a row too.
    """
    states, verdicts = Counter[LinkState](), Counter[Verdict]()
    rows = []
    for each in looked:
        state, since = _state(each, beside.links.get(each.link.entry.key))
        states[state] += 1
        if each.known:
            verdicts[each.known.verdict] += 1
        if everything or state != "alive" or _is_of_note(each):
            rows.append(_row(each, state, since, beside))
    summary = {
        "links": len(looked),
        "due": checked.due,
        "asked": checked.asked,
        "seconds": round(checked.seconds, 1),
        "next_at": None if checked.next_at is None else _moment(datetime.fromtimestamp(checked.next_at, UTC)),
        "failing": sum(row.fails for row in rows),
        "changed": sum(bool(row.title_before) for row in rows),
        "states": {state: states[state] for state in LINK_STATES},
        "verdicts": dict(sorted(verdicts.items())),
    }
    return Report(rows, summary)


def _is_of_note(looked: Looked) -> bool:
    is_blocked = looked.known is None or looked.known.verdict in INCONCLUSIVE
    return is_blocked or looked.is_confirmed or looked.lost_fragment or bool(looked.title_before)


def _row(looked: Looked, state: LinkState, since: str | None, beside: Beside) -> Row:
    entry, seen = looked.link.entry, looked.known
    line, column = beside.place(looked)
    return Row(
        id=entry.key,
        url=looked.link.url,
        title=entry.title,
        file=beside.catalog.topics[entry.topic].file,
        line=line,
        column=column,
        verdict=seen.verdict if seen else None,
        state=state,
        since=since,
        status=seen.status if seen else None,
        final_url=seen.final_url if seen else None,
        reason=seen.reason if seen else looked.judgement.reason,
        checked_at=datetime.fromtimestamp(seen.at, UTC) if seen else None,
        archived=beside.archived.get(entry.key) if not looked.link.is_mirror else None,
        mirror=beside.mirrors.get(entry.key) if state == "gone" else None,
        title_before=looked.title_before,
        lost_fragment=looked.lost_fragment,
        fails=_fails(looked, state, beside.fail_on),
    )


def _state(looked: Looked, link: Link | None) -> tuple[LinkState, str | None]:
    """Say what a link is: what its curator wrote, else what its history comes to, where that does not say less.

    A link that was found gone before stays so after a negative look, though the history of it may be lost.
    """
    judged, since = looked.judgement.state, looked.judgement.since_day
    if link is None or looked.link.is_mirror:
        return judged, since
    says_less = judged == "unknown" or (judged == "suspect" and link.state == "gone")
    if looked.link.entry.link is not None or says_less:
        return link.state, None if link.since is None else str(link.since)
    return judged, since


def _fails(looked: Looked, state: LinkState, fail_on: FailOn) -> bool:
    if fail_on == "added":
        return looked.is_confirmed
    return state in _FAILING[fail_on]


def findings_of(rows: Iterable[Row]) -> list[Finding]:
    """Turn what somebody should look at into findings; a blocked or unknown link is none."""
    found = [finding for row in rows for finding in _findings(row)]
    return sorted(found, key=lambda finding: (finding.file, finding.line, finding.column, finding.rule))


def _findings(row: Row) -> Iterable[Finding]:
    if row.fails or row.state == "gone":
        severity: Severity = "error" if row.fails else "warning"
        yield _finding(row, "link-gone", f"{_gone(row)}: {row.reason}", way_out(row), severity)
    elif row.state == "suspect":
        yield _finding(row, "link-suspect", f"the link may be gone: {row.reason}", "it is asked again", "info")
    elif row.state == "moved":
        yield _finding(row, "link-moved", f"the article has moved to {row.final_url}", way_out(row), "info")
    if row.title_before:
        words = f"the page is another one than before: its title was “{row.title_before}”"
        yield _finding(row, "link-changed", words, way_out(row), "warning")
    if row.lost_fragment:
        words = f"the page has no place `#{row.url.partition('#')[2]}`"
        yield _finding(row, "link-fragment", words, "take the fragment off, or find its new name", "info")


def _finding(row: Row, rule: str, message: str, hint: str, severity: Severity) -> Finding:
    return Finding(
        file=row.file, line=row.line, column=row.column, rule=rule, message=message, hint=hint, severity=severity
    )


def _gone(row: Row) -> str:
    if row.state == "gone":
        return f"the link is gone since {row.since}"
    return "the link is gone, asked twice" if row.verdict in GONE else "the link does not work"


def way_out(row: Row) -> str:
    """Say what can be done about a link; empty if there is nothing."""
    if row.state == "moved":
        return "`pinakes check --apply --moved` writes the new address and keeps the id"
    if row.title_before:
        return "look at it: the article may have been replaced, or the domain sold"
    if row.mirror:
        return f"the same piece stands at {row.mirror}"
    if row.archived:
        return f"a snapshot is at {row.archived}"
    return "no snapshot is known: look for the piece elsewhere, or take the entry out" if row.state == "gone" else ""
