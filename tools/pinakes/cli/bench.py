"""`pinakes bench`: how fast it is here, beside references measured in the same run."""

from __future__ import annotations

from typing import Annotated

import typer

from pinakes.cli.app import app

bench = typer.Typer(help="Measure, beside a reference in the same run.", no_args_is_help=True)
app.add_typer(bench, name="bench")


@bench.command(epilog="Examples:  pinakes bench site  ·  pinakes bench site --entries 5000 --topics 160 --runs 1")
def site(
    entries: Annotated[int, typer.Option(min=10, help="Entries of the made-up catalogue.")] = 25_000,
    topics: Annotated[int, typer.Option(min=1, help="Topics of it.")] = 800,
    runs: Annotated[int, typer.Option(min=1, help="Runs of each; the median counts.")] = 3,
) -> None:
    """Loading, validating, building and serving a large catalogue. The targets are for 25,000 entries on two cores."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from pinakes.bench.site import measure

    typer.echo(f"{_machine()}; {entries:,} entries in {topics:,} topics, median of {runs}\n")
    typer.echo(f"{'what':<44}{'figure':>10}  {'target':>8}")
    with TemporaryDirectory(prefix="pinakes-bench-") as folder:
        for row in measure(Path(folder), entries, topics, runs):
            target = "" if row.target is None else f"≤ {row.target:g}"
            verdict = "over" if row.target is not None and row.value > row.target else ""
            typer.echo(f"{row.what:<44}{row.value:>8.2f} {row.unit:<2}  {target:<7}{verdict:<6}{row.note}".rstrip())


@bench.command("import", epilog="Example:  pinakes bench import --posts 817 --links 25000")
def import_(
    posts: Annotated[int, typer.Option(min=1, help="How many posts.")] = 817,
    links: Annotated[int, typer.Option(min=1, help="How many links in all.")] = 25_000,
) -> None:
    """Importing a folder of made-up posts into an empty catalogue. The target is a minute for 817 posts."""
    from pathlib import Path
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


def _machine() -> str:
    import os
    import platform
    from importlib.metadata import version

    versions = ", ".join(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "pyyaml"))
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, {versions}"
