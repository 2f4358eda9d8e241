"""`pinakes add`: an address becomes an entry."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pinakes.cli.app import app
from pinakes.cli.options import Form, FormOption, project_of

if TYPE_CHECKING:
    from pinakes.metadata.add import Addition
    from pinakes.model import Catalog
    from pinakes.project import Project
    from pinakes.store.records import Change


@app.command(
    epilog="Examples:  pinakes add https://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA  ·  "
    "pinakes add URL --topic autodiff --yes  ·  pinakes add - --yes < urls.txt"
)
def add(
    context: typer.Context,
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="Addresses; with `-` a line each on stdin.")],
    topic: Annotated[
        str | None, typer.Option(metavar="T", help="The topic's path; without it the nearest one is suggested.")
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="S", help="The title, where the page's own is wrong or cannot be read.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    format: FormOption = Form.text,
) -> None:
    """Add articles: the page tells its title, the catalogue the nearest topic and whether it is there already.

    Shows the lines that would be written, and writes them if you say yes. All other bytes of the file stay.
    What else the page says (authors, date, account) goes to catalog/records. Exits with 1 if an address was not added.
    """
    from pinakes.errors import PinakesError
    from pinakes.store.load import load_catalog

    project = project_of(context)
    catalog = load_catalog(project)
    if topic is not None and topic not in catalog.topics:
        raise PinakesError(f"--topic: there is no topic `{topic}`", hint=f"topics: {', '.join(catalog.topics)[:200]}")
    asked = list(_asked(urls))
    if title is not None and len(asked) > 1:
        raise PinakesError("--title goes with one address")
    additions = _additions(catalog, asked, topic or "", title or "")
    changes = _changes(project, catalog, additions)
    applied = bool(changes) and (yes or _agreed(changes, format))
    if applied:
        _write(project, changes, additions)
    _report(additions, changes, format, applied=applied)
    raise typer.Exit(1 if any(addition.trouble for addition in additions) else 0)


def _asked(urls: Sequence[str]) -> Iterator[str]:
    for url in urls:
        yield from (line.strip() for line in sys.stdin if line.strip()) if url == "-" else (url,)


def _additions(catalog: Catalog, urls: Sequence[str], topic: str, title: str) -> list[Addition]:
    """Say what is to be done for each address; what is there already is not asked for."""
    import asyncio

    from pinakes.metadata.add import Addition, candidate, decide, unique, where
    from pinakes.metadata.mentions import names_of
    from pinakes.metadata.place import find_present
    from pinakes.metadata.scrape import scrape

    entries = {entry.url: entry for entry in map(candidate, urls)}
    present = {url: known for url in entries if (known := find_present(catalog, (url,)))}
    new = [entry for url, entry in entries.items() if url not in present]
    found: dict[str, Addition] = {}

    async def run() -> None:
        async for each in scrape(new, catalog.config.fetch, names_of(catalog.papers.values())):
            found[each.entry.url] = decide(catalog, each, topic=topic, title=title)

    if new:
        asyncio.run(run())
    for url, there in present.items():
        found[url] = Addition(url=url, present=there, data={}, trouble=where(catalog, there))
    return unique([found[url] for url in entries])


def _changes(project: Project, catalog: Catalog, additions: Sequence[Addition]) -> list[Change]:
    from pinakes.store.edit import append_entries
    from pinakes.store.records import Change

    by_topic: dict[str, list[Mapping[str, Any]]] = {}
    for addition in additions:
        if addition.data:
            by_topic.setdefault(addition.topic, []).append(addition.data)
    changes = []
    for path, entries in by_topic.items():
        file = catalog.topics[path].file
        before = (project.root / file).read_bytes().decode()
        mark = "\ufeff" if before.startswith("\ufeff") else ""
        changes.append(Change(file, before, mark + append_entries(before.removeprefix(mark), entries)))
    return changes


def _agreed(changes: Sequence[Change], format: Form) -> bool:
    """Show what would be written, and ask, if there is somebody to ask."""
    from pinakes.store.records import diff

    if format is Form.json:
        return False
    typer.echo(diff(changes), nl=False)
    return sys.stdin.isatty() and typer.confirm("Write this?")


def _write(project: Project, changes: Sequence[Change], additions: Sequence[Addition]) -> None:
    """Write the entries, then what is known of them, which needs the catalogue as it is then."""
    from pinakes.store.load import load_catalog
    from pinakes.store.records import propose_facts, write_changes
    from pinakes.urls import entry_id

    write_changes(project, changes)
    facts = {
        entry_id(addition.url): addition.scraped.facts
        for addition in additions
        if addition.data and addition.scraped and addition.scraped.facts
    }
    write_changes(project, propose_facts(project, load_catalog(project), facts))


def _report(additions: Sequence[Addition], changes: Sequence[Change], format: Form, *, applied: bool) -> None:
    if format is Form.json:
        import orjson

        summary = {"asked": len(additions), "files": [change.file for change in changes], "applied": applied}
        document = {"schema": 1, "summary": summary, "additions": [_json(each) for each in additions]}
        typer.echo(orjson.dumps(document, option=orjson.OPT_INDENT_2).decode())
        return
    for each in additions:
        for line in _lines(each, applied=applied):
            typer.echo(line)
    if changes and not applied:
        typer.echo("Nothing was written; --yes writes it.")


def _lines(addition: Addition, *, applied: bool) -> Iterator[str]:
    if addition.trouble:
        yield f"not added: {addition.url}\n    {addition.trouble}"
    else:
        yield f"{'added' if applied else 'new'}: {addition.data['title']} → {addition.topic}"
    if addition.suggestions:
        near = ", ".join(f"{each.topic} ({each.score:.2f})" for each in addition.suggestions)
        yield f"    nearest topics: {near}"
    scraped = addition.scraped
    if scraped and not addition.trouble and not scraped.facts:
        yield f"    nothing else is known of it: {scraped.classified.reason}"


def _json(addition: Addition) -> Mapping[str, object]:
    scraped, present = addition.scraped, addition.present
    return {
        "url": addition.url,
        "topic": addition.topic or None,
        "entry": addition.data or None,
        "present": present and {"id": present.entry.key, "how": present.how},
        "suggestions": [each._asdict() for each in addition.suggestions],
        "record": scraped.record.to_json() if scraped else None,
        "verdict": scraped.classified.verdict if scraped else None,
        "trouble": addition.trouble or None,
    }
