"""`pinakes check`: which links still lead to their articles."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from pinakes.cli.app import app
from pinakes.cli.options import (
    EntryOption,
    Format,
    FormatOption,
    HostOption,
    MaxTimeOption,
    NowOption,
    TopicOption,
    project_of,
    time_of,
    wants_colour,
)

if TYPE_CHECKING:
    from pinakes.links.plan import Checked, Looked
    from pinakes.links.report import Beside, Report
    from pinakes.links.select import Selection
    from pinakes.model import Catalog, Link
    from pinakes.project import Project
    from pinakes.rules.file import File


class FailOn(StrEnum):
    """What makes a run fail."""

    added = "added"
    gone = "gone"
    suspect = "suspect"
    never = "never"


@app.command(
    epilog="Examples:  pinakes check  ·  pinakes check --changed origin/main --format github  ·  "
    "pinakes check --host zhuanlan.zhihu.com --all  ·  pinakes check --apply --moved  ·  pinakes check --max-time 3000"
)
def check(  # noqa: PLR0917  # typer's options are arguments
    context: typer.Context,
    all: Annotated[
        bool, typer.Option("--all", help="Ask every link, due or not; a broken-off run is gone on with.")
    ] = False,
    changed: Annotated[
        str | None,
        typer.Option("--changed", metavar="REF", help="Only links that are new against a git ref; each is asked."),
    ] = None,
    topic: TopicOption = None,
    host: HostOption = None,
    entry: EntryOption = None,
    max_time: MaxTimeOption = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write what was concluded to catalog/records.")] = False,
    moved: Annotated[
        bool, typer.Option("--moved", help="With --apply: write new addresses to the topic files; ids stay.")
    ] = False,
    fail_on: Annotated[
        FailOn,
        typer.Option(
            "--fail-on",
            help="What makes the exit code 1. added: a link of --changed that is gone, asked twice to be sure; "
            "gone, suspect: a link that is judged so; never: nothing.",
        ),
    ] = FailOn.added,
    snapshots: Annotated[
        bool, typer.Option("--snapshots/--no-snapshots", help="Look for snapshots of links that are gone.")
    ] = True,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Let the workers of a Dask cluster ask (tcp://host:8786).")
    ] = None,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the diff that --apply would write.")] = False,
    format: FormatOption = Format.text,
    now: NowOption = None,
) -> None:
    """Ask the links that are due, and tell which are gone, have moved or show another page than before.

    A host that blocks us, and one bad night, make no link dead: `gone` takes several answers over days.
    Exits with 1 only for what --fail-on names.
    """
    from pinakes.errors import PinakesError
    from pinakes.links.changed import changed_urls
    from pinakes.links.report import report_of
    from pinakes.links.select import Selection

    if moved and not apply:
        raise PinakesError("--moved goes with --apply", hint="without --apply the report shows the new addresses")
    work = _work(context, now)
    urls = None if changed is None else changed_urls(work.project, work.catalog, changed)
    selection = Selection(topic=topic, host=host, entry=entry, changed=urls)
    checked = _check(work, selection, all=all, max_time=max_time, scheduler=scheduler)
    looked = [each for each in checked.looked if each.was_asked or urls is not None]
    links, found = _remedies(work, checked, look_up=snapshots)
    beside = _beside(work, looked, links, found, fail_on)
    report = report_of(looked, checked, beside, everything=format is Format.json)
    typer.echo(_written(work, report, format), nl=False)
    _settle(work, checked, found, apply=apply, moved=moved, verbose=verbose)
    raise typer.Exit(1 if report.summary["failing"] else 0)


class _Work(NamedTuple):
    """What a run works on.

    Attributes:
        project: The project.
        catalog: Its catalogue.
        files: The files that it was read from, by name; what else loading came to would only fill memory.
        now: The present, in seconds since 1970, if it was given.
    """

    project: Project
    catalog: Catalog
    files: Mapping[str, File]
    now: float | None


def _work(context: typer.Context, now: str | None) -> _Work:
    from pinakes.errors import BrokenCatalogError
    from pinakes.store.load import load

    project = project_of(context)
    loaded = load(project)
    if loaded.broken:
        raise BrokenCatalogError(loaded.broken)
    return _Work(project, loaded.catalog, loaded.files, None if now is None else time_of(now).timestamp())


def _check(work: _Work, selection: Selection, *, all: bool, max_time: float | None, scheduler: str | None) -> Checked:
    """Run the check, with its progress on a terminal."""
    from pinakes.cli.progress import progress
    from pinakes.garbage import collect_rarely
    from pinakes.links.check import check
    from pinakes.links.plan import Plan
    from pinakes.links.select import select

    named = selection.changed is not None or selection.entry is not None
    plan = Plan(
        everything=all or named,
        selection=None if named else str(selection),
        confirm=selection.changed is not None,
        max_seconds=max_time,
        now=work.now,
        scheduler=scheduler,
    )
    collect_rarely()
    with ExitStack() as stack:

        def begin(total: int) -> Callable[[int], None]:
            return stack.enter_context(progress("checking", total))

        links = select(work.catalog, selection)
        return check(
            work.project, work.catalog.config, links, plan, begin=begin, on_wait=_say_waiting, on_resume=_say_resuming
        )


def _say_resuming(began: float) -> None:
    from datetime import UTC, datetime

    day = datetime.fromtimestamp(began, UTC)
    typer.echo(f"pinakes: going on with the run over all that was broken off on {day:%Y-%m-%d at %H:%M} UTC", err=True)


def _say_waiting() -> None:
    typer.echo("pinakes: another check of this project is running; waiting for it", err=True)


def _remedies(work: _Work, checked: Checked, *, look_up: bool) -> tuple[Mapping[str, Link | None], Mapping[str, str]]:
    """Give what was known of each entry's link before, and the snapshots that were found now, by address."""
    from pinakes.store.records import known_link, read_records

    records = read_records(work.project)
    links = {each.link.entry.key: known_link(each.link.entry, records) for each in checked.looked}
    gone = [
        each
        for each in checked.looked
        if each.judgement.state == "gone" and not ((link := links[each.link.entry.key]) and link.archived)
    ]
    if not gone or not look_up:
        return links, {}
    from pinakes.links.lookup import find_snapshots  # requests takes 60 ms to import

    found, trouble = find_snapshots(work.project, work.catalog.config, gone)
    if trouble is not None:
        typer.echo(f"pinakes: snapshots were not all looked up: {trouble}", err=True)
    return links, found


def _beside(
    work: _Work,
    looked: Sequence[Looked],
    links: Mapping[str, Link | None],
    found: Mapping[str, str],
    fail_on: FailOn,
) -> Beside:
    from pinakes.links.conclude import gone_addresses
    from pinakes.links.remedies import mirror_of
    from pinakes.links.report import Beside

    catalog = work.catalog
    gone = gone_addresses(catalog, looked, links)
    dead = [each.link.entry for each in looked if each.judgement.state == "gone"]
    mirrors = {entry.key: mirror.url for entry in dead if (mirror := mirror_of(catalog, entry, gone))}
    archived = {key: link.archived for key, link in links.items() if link and link.archived}
    archived |= {each.link.entry.key: found[each.link.url] for each in looked if each.link.url in found}
    return Beside(catalog, partial(_place, work), links, archived, mirrors, fail_on.value)


def _place(work: _Work, looked: Looked) -> tuple[int, int]:
    """Find line and column of an address in its topic file: parsing it takes longer than asking for the link."""
    from pinakes.source import find_in_lines

    entry, url = looked.link.entry, looked.link.url
    file = work.files[work.catalog.topics[entry.topic].file]
    found = find_in_lines(file.text or "", url, entry.line)
    return found or file.source.place(file.source.index(("entries", entry.index, *looked.link.path)))


def _written(work: _Work, report: Report, format: Format) -> str:
    from pinakes.links import written as writers

    languages = work.catalog.config.languages
    if format is Format.json:
        return writers.json_document(report)
    if format is Format.text:
        return writers.text(report, languages, colour=wants_colour())
    if format is Format.markdown:
        return writers.markdown(report, languages)
    from pinakes.links.report import findings_of
    from pinakes.report import Report as Findings
    from pinakes.report import write_report

    return write_report(Findings(findings_of(report.rows), report.summary), format.value)


def _settle(
    work: _Work, checked: Checked, found: Mapping[str, str], *, apply: bool, moved: bool, verbose: bool
) -> None:
    """Write what was concluded, or say what would be written."""
    from pinakes.links.conclude import conclusions, new_addresses
    from pinakes.links.remedies import movable, rewrite_moved
    from pinakes.store.records import diff, propose_conclusions, write_changes

    if not checked.asked and not apply:
        return
    catalog = work.catalog
    addresses = movable(catalog, new_addresses(checked.looked)) if moved else {}
    topics = rewrite_moved(work.project, catalog, addresses) if addresses else []
    # What moved is concluded anew of its new address, when that has been asked.
    drawn = {key: each for key, each in conclusions(checked.looked, found).items() if key not in addresses}
    changes = [*topics, *propose_conclusions(work.project, catalog, drawn)]
    if apply:
        write_changes(work.project, changes)
    if verbose:
        typer.echo(diff(changes), err=True, nl=False)
    if changes:
        word = "written" if apply else "--apply would write"
        typer.echo(
            f"{word}: {', '.join(change.file for change in changes[:5])}"
            f"{f' and {len(changes) - 5} more' if len(changes) > 5 else ''}",
            err=True,
        )
