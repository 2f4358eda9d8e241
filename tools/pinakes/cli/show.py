"""`pinakes show` and `pinakes stats`: all that is known of an entry, and of how many how much is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import Form, FormOption, project_of

if TYPE_CHECKING:
    from pinakes.links.judge import Seen
    from pinakes.metadata.known import Coverage, Fact
    from pinakes.model import Catalog, Entry, Link
    from pinakes.project import Project

_LATEST = 10


@app.command(
    epilog="Examples:  pinakes show a1b2c3d4  ·  pinakes show https://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA"
)
def show(
    context: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="ENTRY", help="An entry's id, or its address.")],
    format: FormOption = Form.text,
) -> None:
    """Show everything that is known of an entry: each field with who said so, its link's state, the latest looks."""
    from pinakes.metadata.known import facts
    from pinakes.store.load import load_catalog
    from pinakes.store.records import known_link, read_records

    project = project_of(context)
    catalog = load_catalog(project)
    found = _find(catalog, entry)
    records = read_records(project)
    known, link = facts(found, records.get(found.key)), known_link(found, records)
    seen = _seen(project, found)
    if format is Form.json:
        typer.echo(_show_json(catalog, found, known, link, seen))
        return
    for line in _show_text(catalog, found, known, link, seen):
        typer.echo(line)


@app.command(epilog="Examples:  pinakes stats  ·  pinakes stats --format json")
def stats(context: typer.Context, format: FormOption = Form.text) -> None:
    """Tell of how many entries each field is known, in all and host by host."""
    from pinakes.metadata.known import coverage
    from pinakes.store.load import load_catalog
    from pinakes.store.records import read_records

    project = project_of(context)
    catalog = load_catalog(project)
    found = coverage(catalog.entries(), read_records(project))
    if format is Form.json:
        import orjson

        hosts = [{"host": host, "entries": each.entries, "fields": each.fields} for host, each in found.items()]
        summary = {"entries": found[""].entries if "" in found else 0}
        typer.echo(orjson.dumps({"schema": 1, "summary": summary, "hosts": hosts}, option=orjson.OPT_INDENT_2).decode())
        return
    for line in _stats_text(found):
        typer.echo(line)


def _find(catalog: Catalog, wanted: str) -> Entry:
    """Find an entry by its id, its address or one of its mirrors.

    Raises:
        PinakesError: There is none.
    """
    from difflib import get_close_matches

    from pinakes.errors import PinakesError
    from pinakes.urls import identity

    same = identity(wanted)
    for entry in catalog.entries():
        if wanted == entry.key or same == entry.identity or same in map(identity, entry.mirrors):
            return entry
    near = get_close_matches(wanted, [entry.key for entry in catalog.entries()], n=1)
    hint = f"did you mean `{near[0]}`?" if near else "an entry is named by its id or its address"
    raise PinakesError(f"the catalogue has no entry `{wanted}`", hint=hint)


def _seen(project: Project, entry: Entry) -> list[Seen]:
    """Give the latest observations of an entry's link; none where nobody has looked yet."""
    path = project.state / "state.sqlite"
    if not path.exists():
        return []
    from contextlib import closing

    from pinakes.links.state import open_at

    with closing(open_at(path)) as state:
        return state.history(entry.url)[-_LATEST:]


def _show_json(catalog: Catalog, entry: Entry, known: list[Fact], link: Link | None, seen: list[Seen]) -> str:
    import orjson

    document = {
        "schema": 1,
        "entry": {"id": entry.key, "url": entry.url, "file": catalog.topics[entry.topic].file, "line": entry.line},
        "facts": [fact._asdict() for fact in known],
        "link": link and {"state": link.state, "since": link.since, "archived": link.archived},
        "observations": [{"at": _moment(each.at), "verdict": each.verdict} for each in seen],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode()


def _show_text(catalog: Catalog, entry: Entry, known: list[Fact], link: Link | None, seen: list[Seen]) -> Iterator[str]:
    yield f"{entry.key}  {entry.url}"
    yield f"  {catalog.topics[entry.topic].file}:{entry.line}"
    for fact in known:
        yield f"  {fact.field:<12} {_said(fact.value)}  ({fact.source})"
        if fact.other is not None:
            yield f"  {'':<12} the page says: {_said(fact.other)}"
    if link:
        since = f" since {link.since}" if link.since else ""
        yield f"  {'link':<12} {link.state}{since}{f', archived at {link.archived}' if link.archived else ''}"
    for each in seen:
        yield f"  {'':<12} {_moment(each.at)}  {each.verdict}"


def _stats_text(found: Mapping[str, Coverage]) -> Iterator[str]:
    names = [name for name, _ in sorted(found[""].fields.items(), key=lambda item: -item[1])] if "" in found else []
    width = max((len(host) for host in found), default=0) + 2
    yield f"{'':<{width}}{'entries':>8}  " + "  ".join(f"{name:>10}" for name in names)
    for host, each in found.items():
        shares = "  ".join(f"{each.fields.get(name, 0) / each.entries:>10.0%}" for name in names)
        yield f"{host or 'all':<{width}}{each.entries:>8,}  {shares}"


def _said(value: object) -> str:
    if isinstance(value, Mapping):
        return " / ".join(map(str, value.values()))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _moment(at: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(at, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
