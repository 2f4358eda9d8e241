"""`pinakes archive`: living links get a snapshot before they die."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app, print_error
from pinakes.cli.options import (
    EntryOption,
    Form,
    FormOption,
    HostOption,
    MaxTimeOption,
    NowOption,
    TopicOption,
    project_of,
    time_of,
)

if TYPE_CHECKING:
    from pinakes.links.archive import Candidate, Done, Plan
    from pinakes.links.capture import Keys
    from pinakes.links.select import Selection
    from pinakes.links.state import State
    from pinakes.links.wayback import WaybackError
    from pinakes.model import Catalog
    from pinakes.project import Project


@app.command(
    epilog="Examples:  pinakes archive  ·  pinakes archive --apply --max-time 3000  ·  "
    "pinakes archive --host mp.weixin.qq.com --limit 20 --apply  ·  pinakes archive --format json"
)
def archive(
    context: typer.Context,
    *,
    topic: TopicOption = None,
    host: HostOption = None,
    entry: EntryOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, metavar="N", help="At most so many links.")] = None,
    max_time: MaxTimeOption = None,
    apply: Annotated[
        bool, typer.Option("--apply", help="Ask for the snapshots, and write down where they are.")
    ] = False,
    format: FormOption = Form.text,
    now: NowOption = None,
) -> None:
    """Ask the Wayback Machine for snapshots of living links that have none, the most fragile hosts and oldest first.

    Only links that `pinakes check` found alive are asked for. Without --apply nothing is asked: the plan is shown.
    A run may be broken off at any time, and the next one goes on.
    PINAKES_ARCHIVE_ACCESS_KEY and PINAKES_ARCHIVE_SECRET_KEY hold the keys of an account, if you have one.
    Exits with 1 if the archive refuses to go on.
    """
    import os

    from pinakes.links.archive_report import Report, write_json, write_text
    from pinakes.links.capture import interval_of, keys_from
    from pinakes.links.select import Selection
    from pinakes.links.state import open_at
    from pinakes.lock import alone
    from pinakes.store.load import load_catalog

    project = project_of(context)
    catalog = load_catalog(project)
    keys = keys_from(os.environ)
    selection = Selection(topic=topic, host=host, entry=entry)
    with (
        alone(project.state / "archive.lock", _say_waiting),
        closing(open_at(project.state / "state.sqlite")) as state,
    ):
        chosen, plan = _plan(project, catalog, state, selection, limit, time_of(now).timestamp())
        done, stop = _ask(catalog, state, plan, keys, max_time, now) if apply else ([], None)
        files = _write(project, catalog, chosen, state) if apply else 0
    policy = catalog.config.archive
    seconds = len(plan.wanted) * (interval_of(policy.interval, keys) + 2 * policy.lookup_interval)
    topics = {topic.path: topic.file for topic in catalog.topics.values()}
    report = Report(plan, done, apply, files, topics, seconds)
    typer.echo((write_json if format is Form.json else write_text)(report), nl=False)
    if stop:
        print_error(stop)
    raise typer.Exit(1 if stop else 0)


def _say_waiting() -> None:
    typer.echo("pinakes: another run archives links of this project; waiting for it", err=True)


def _plan(
    project: Project, catalog: Catalog, state: State, selection: Selection, limit: int | None, now: float
) -> tuple[list[Candidate], Plan]:
    """Give the links in question, and what is to be asked for of them."""
    from dataclasses import replace

    from pinakes.links.archive import plan, survey
    from pinakes.links.select import links_of, select
    from pinakes.links.snapshots import snapshots
    from pinakes.store.records import read_records

    moves = {url: known.final_url for url, known in state.known().items() if known.verdict == "moved"}
    facts = (read_records(project), state.histories(), moves, snapshots(state), catalog.config.links)
    chosen = survey(select(catalog, selection), *facts)
    planned = plan(chosen, survey(links_of(catalog), *facts), now)
    return chosen, replace(planned, wanted=planned.wanted[:limit])


def _ask(
    catalog: Catalog, state: State, plan: Plan, keys: Keys | None, max_time: float | None, now: str | None
) -> tuple[list[Done], WaybackError | None]:
    """Ask for what is planned; also give why it ended early, if it was not the time."""
    from time import monotonic

    from pinakes.cli.progress import progress
    from pinakes.links.archive import archive as run
    from pinakes.links.capture import interval_of
    from pinakes.links.wayback import TimeIsUpError, Wayback, WaybackError

    config = catalog.config
    interval = interval_of(config.archive.interval, keys)
    until = None if max_time is None else monotonic() + max_time
    done: list[Done] = []
    wayback = Wayback(config.archive, config.fetch, save_interval=interval, until=until)
    with closing(wayback), progress("archiving", len(plan.wanted)) as tell:
        try:
            for one in run(plan.wanted, state, wayback, keys, lambda: time_of(now).timestamp()):
                done.append(one)
                tell(len(done))
        except TimeIsUpError:
            pass
        except WaybackError as error:
            return done, error
    return done, None


def _write(project: Project, catalog: Catalog, chosen: list[Candidate], state: State) -> int:
    """Write the snapshots that are known into the records; also those that an earlier run found and could not write."""
    from pinakes.links.archive import conclusions
    from pinakes.links.snapshots import snapshots
    from pinakes.store.records import propose_conclusions, write_changes

    changes = propose_conclusions(project, catalog, conclusions(chosen, snapshots(state)))
    write_changes(project, changes)
    return len(changes)
