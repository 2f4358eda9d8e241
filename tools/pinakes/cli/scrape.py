"""`pinakes scrape`: what the entries' pages say about themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import EntryOption, Form, FormOption, HostOption, MaxTimeOption, TopicOption, project_of

if TYPE_CHECKING:
    from pinakes.links.select import Selection
    from pinakes.metadata.scrape import Scraped
    from pinakes.model import Catalog, Entry
    from pinakes.project import Project
    from pinakes.store.records import Change


@app.command(
    epilog="Examples:  pinakes scrape  ·  pinakes scrape --apply  ·  pinakes scrape --topic autodiff --all  ·  "
    "pinakes scrape --entry a1b2c3d4 --format json"
)
def scrape(  # noqa: PLR0917  # typer's options are arguments
    context: typer.Context,
    all: Annotated[
        bool, typer.Option("--all", help="Ask for every page, also of entries of which much is known.")
    ] = False,
    topic: TopicOption = None,
    host: HostOption = None,
    entry: EntryOption = None,
    max_time: MaxTimeOption = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write what was found to catalog/records.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show the diff that --apply would write.")] = False,
    format: FormOption = Form.text,
) -> None:
    """Ask for pages of which nothing is known yet, and read their titles, authors, dates and more.

    What a curator wrote always wins; where a page says something else, that is told and nothing is overwritten.
    A page that does not come back takes nothing away.
    """
    from pinakes.links.select import Selection
    from pinakes.store.load import load_catalog
    from pinakes.store.records import diff, propose_facts, write_changes

    project = project_of(context)
    catalog = load_catalog(project)
    selection = Selection(topic=topic, host=host, entry=entry)
    wanted = _wanted(project, catalog, selection, everything=all or entry is not None)
    scraped = _scrape(catalog, wanted, max_time)
    changes = propose_facts(project, catalog, {each.entry.key: each.facts for each in scraped if each.facts})
    if apply:
        write_changes(project, changes)
    if verbose:
        typer.echo(diff(changes), err=True, nl=False)
    _report(scraped, len(wanted), changes, format, applied=apply)


def _wanted(project: Project, catalog: Catalog, selection: Selection, *, everything: bool) -> list[Entry]:
    from pinakes.links.select import select
    from pinakes.metadata.scrape import is_due
    from pinakes.store.records import read_records

    known = read_records(project)
    entries = (link.entry for link in select(catalog, selection) if not link.is_mirror)
    return [entry for entry in entries if everything or is_due(entry, known)]


def _scrape(catalog: Catalog, wanted: Sequence[Entry], max_seconds: float | None) -> list[Scraped]:
    """Ask for pages, with progress on a terminal; they come back in the catalogue's order."""
    import asyncio

    from pinakes.cli.progress import progress
    from pinakes.garbage import collect_rarely
    from pinakes.metadata.mentions import names_of
    from pinakes.metadata.scrape import scrape

    found: dict[str, Scraped] = {}
    collect_rarely()

    async def run() -> None:
        names = names_of(catalog.papers.values())
        with progress("reading", len(wanted)) as tell:
            async for each in scrape(wanted, catalog.config.fetch, names, max_seconds):
                found[each.entry.key] = each
                tell(len(found))

    if wanted and max_seconds != 0:
        asyncio.run(run())
    return [found[entry.key] for entry in wanted if entry.key in found]


def _report(scraped: Sequence[Scraped], due: int, changes: Sequence[Change], format: Form, *, applied: bool) -> None:
    if format is Form.json:
        import orjson

        summary = {"due": due, "asked": len(scraped), "files": [change.file for change in changes], "applied": applied}
        document = {"schema": 1, "summary": summary, "records": [_json(each) for each in scraped]}
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
        return
    for line in _lines(scraped):
        typer.echo(line)
    word = "written" if applied else "--apply would write"
    files = f"; {word} {len(changes)} file{'' if len(changes) == 1 else 's'} of records" if changes else ""
    came = sum(bool(each.facts) for each in scraped)
    typer.echo(f"{len(scraped):,} of {due:,} pages asked for, {came:,} read{files}.")


def _json(each: Scraped) -> Mapping[str, object]:
    told = {"verdict": each.classified.verdict, "reason": each.classified.reason, "differs": each.differences}
    return {**each.record.to_json(), "id": each.entry.key, **told}


def _lines(scraped: Sequence[Scraped]) -> Iterator[str]:
    """Tell what pages say otherwise than their curator, and which did not come back."""
    for each in scraped:
        if not each.facts:
            yield f"{each.entry.key}  {each.entry.url}\n    {each.classified.verdict}: {each.classified.reason}"
        for name, (mine, told) in each.differences.items():
            words = f"{name}: you wrote {_said(mine)}, the page says {_said(told)}"
            yield f"{each.entry.key}  {each.entry.url}\n    {words}"


def _said(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
