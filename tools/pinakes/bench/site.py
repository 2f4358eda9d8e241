"""How long loading, validating, building and serving a large catalogue take, beside plain PyYAML and plain MkDocs."""

from __future__ import annotations

import json
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

import requests

from pinakes.bench.catalog import write_catalog
from pinakes.bench.process import median, pinakes, run, told_seconds
from pinakes.bench.row import Row
from pinakes.errors import PinakesError
from pinakes.project import Project
from pinakes.store.edit import change_entry
from pinakes.store.load import load_catalog
from pinakes.text import choose

# Each is run in a fresh process and tells its own time, imports that the work itself needs included; the interpreter's
# start is the same for both and has a row of its own (`pinakes --help`).
_PARSE = """
import sys, time, yaml
start = time.perf_counter()
for name in sys.argv[1:]:
    with open(name, "rb") as file:
        yaml.load(file, yaml.CSafeLoader)
print(time.perf_counter() - start)
"""
_VALIDATE = """
import gc, sys, time
gc.disable()  # as the command does
start = time.perf_counter()
from datetime import date
from pathlib import Path
from pinakes.project import find_project
from pinakes.validate import validate
found = validate(find_project(Path(sys.argv[1])), date.today()).findings
print(time.perf_counter() - start)
assert not found, found[:3]
"""


_PATIENCE = 60  # seconds


def measure(folder: Path, entries: int, topics: int, runs: int) -> Iterator[Row]:
    """Make a catalogue and a reference of it, and measure row by row.

    Args:
        folder: An empty folder for both.
        entries: How many entries.
        topics: In how many topics.
        runs: How many of each; the median counts.
    """
    project = Project((folder / "project").resolve())
    write_catalog(project.root, entries=entries, topics=topics)
    yield from _measure_loading(project, runs)
    yield from _measure_building(project, folder / "reference", runs)
    yield from _measure_editing(project, runs)
    help_run = median(pinakes("--help"), project.root, runs * 2)
    yield Row("pinakes --help", help_run.seconds, "s", 0.25)


def _measure_loading(project: Project, runs: int) -> Iterator[Row]:
    files = sorted(map(str, project.catalog.rglob("*.yml")))
    parse = [sys.executable, "-c", _PARSE, *files]
    validate = [sys.executable, "-c", _VALIDATE, str(project.root)]

    def forget() -> None:
        shutil.rmtree(project.state, ignore_errors=True)

    pairs = [(told_seconds(parse, project.root), told_seconds(validate, project.root, forget)) for _ in range(runs + 1)]
    parsed, cold = (statistics.median(column) for column in zip(*pairs, strict=True))
    yield Row("load and validate, cold", cold / parsed, "×", 2.5, _beside(cold, parsed))
    command = median(pinakes("validate"), project.root, runs).seconds
    warm = statistics.median(told_seconds(validate, project.root) for _ in range(runs * 2))
    yield Row("load and validate, warm", warm, "s", 0.5, f"`pinakes validate` as a whole {command:.2f} s")
    edits = _edits(project)
    command = median(pinakes("validate"), project.root, runs, lambda: next(edits)).seconds
    one = statistics.median(told_seconds(validate, project.root, lambda: next(edits)) for _ in range(runs * 2))
    yield Row("the same, one file changed", one, "s", 0.5, f"`pinakes validate` as a whole {command:.2f} s")


def _measure_building(project: Project, reference: Path, runs: int) -> Iterator[Row]:
    _write_reference(project, reference)
    plain = run([sys.executable, "-m", "mkdocs", "build", "-q"], reference)

    def clean() -> None:
        shutil.rmtree(project.build, ignore_errors=True)
        shutil.rmtree(project.state, ignore_errors=True)

    cold = median(pinakes("build"), project.root, runs, clean)
    yield Row("pinakes build, cold", cold.seconds / plain.seconds, "×", 0.35, _beside(cold.seconds, plain.seconds))
    yield Row(
        "the site", _megabytes(project.build / "site"), "MB", 40, f"reference {_megabytes(reference / 'site'):.0f} MB"
    )
    yield Row("peak memory of the build", cold.megabytes, "MB", 600, f"reference {plain.megabytes:.0f} MB")
    nothing = median(pinakes("build"), project.root, runs)
    yield Row("pinakes build, nothing changed", nothing.seconds, "s", None, "whole process")


def _measure_editing(project: Project, runs: int) -> Iterator[Row]:
    edits = _edits(project)
    one = median(pinakes("build"), project.root, runs, lambda: next(edits))
    yield Row("pinakes build, one entry edited", one.seconds, "s", None, "whole process")
    yield Row("pinakes serve, from saving to the new page", _serve_latency(project, edits, runs), "s", 1.5)


def _edits(project: Project) -> Iterator[tuple[str, str]]:
    """Change one entry's title each time, in one file after the other; give the topic's path and the new title."""
    folder = project.catalog / "topics"
    for number, path in enumerate(sorted(folder.glob("**/*.yml"))):
        title = f"An edited title, number {number} of {perf_counter():.6f}"
        path.write_text(change_entry(path.read_text("utf-8"), 0, {"title": title}), encoding="utf-8")
        yield path.relative_to(folder).with_suffix("").as_posix(), title


def _serve_latency(project: Project, edits: Iterator[tuple[str, str]], runs: int) -> float:
    """Measure the seconds from the write of a file to the reload of an open page with the change in it."""
    process = subprocess.Popen(  # noqa: S603  # our own command
        pinakes("serve", "--port", "0"), cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        address = next((found[0] for line in process.stdout if (found := re.search(r"http://\S+?/", line))), None)
        if address is None:
            raise PinakesError("`pinakes serve` did not begin to serve", place=str(project.root))
        waits = sorted(_time_to_reload(address, edits) for _ in range(runs * 2 + 1))
        return waits[len(waits) // 2]
    finally:
        process.terminate()
        process.wait(20)


def _time_to_reload(address: str, edits: Iterator[tuple[str, str]]) -> float:
    """Do what an open page does: listen, load itself again when told, and have the new title."""
    built = re.search(r'data-built="(\d+)"', _get(address))
    if built is None:
        raise PinakesError("the page does not listen for changes", place=address)
    with requests.get(f"{address}_pinakes/events?built={built[1]}", stream=True, timeout=_PATIENCE) as events:
        start = perf_counter()
        path, title = next(edits)
        told = any(line.startswith(b"event: built") for line in events.iter_lines(chunk_size=1))
        if not told or title not in _get(f"{address}topics/{path}/"):
            raise PinakesError(f"the page of `{path}` does not have the new title", place=address)
        return perf_counter() - start


def _get(address: str) -> str:
    answer = requests.get(address, timeout=_PATIENCE)
    answer.encoding = "utf-8"
    return answer.text


def _write_reference(project: Project, folder: Path) -> None:
    """Write the same entries as plain Markdown lists, all pages in the navigation, for MkDocs as it comes."""
    catalog = load_catalog(project)
    nav = ["index.md"]
    for path, topic in catalog.topics.items():
        lines = [f"# {choose(topic.title, ('zh',))[0]}", ""]
        lines += [
            f"- [{choose(entry.title, ('zh',))[0]}]({entry.url}) {entry.published or ''}" for entry in topic.entries
        ]
        file = folder / "docs" / f"{path}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        nav.append(f"{path}.md")
    (folder / "docs" / "index.md").write_text("# Reference\n", encoding="utf-8")
    config = {"site_name": "Reference", "theme": {"name": "material", "font": False}, "nav": nav}
    (folder / "mkdocs.yml").write_text(json.dumps(config), encoding="utf-8")


def _megabytes(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _beside(ours: float, reference: float) -> str:
    return f"{ours:.2f} s, reference {reference:.2f} s"
