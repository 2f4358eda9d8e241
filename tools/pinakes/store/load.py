"""Load a catalogue: read its files, check each that is new, and build the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import orjson

from pinakes.errors import BrokenCatalogError
from pinakes.findings import Finding
from pinakes.model import Catalog, Config, Entry, Link, Paper, Term, Topic
from pinakes.project import Project
from pinakes.rules.file import File
from pinakes.rules.ignore import Excuse
from pinakes.store import cache
from pinakes.store.files import catalog_files
from pinakes.urls import entry_id, identity


@dataclass(frozen=True)
class Loaded:
    """A catalogue as it was read.

    Attributes:
        catalog: All that could be loaded.
        files: What was read, by name.
        findings: What is wrong in single files, excused or not.
        excuses: The excuses of each file that has some.
        broken: The findings for which a file could not be loaded.
    """

    catalog: Catalog
    files: Mapping[str, File]
    findings: tuple[Finding, ...]
    excuses: Mapping[str, tuple[Excuse, ...]]
    broken: tuple[Finding, ...]


def load_catalog(project: Project) -> Catalog:
    """Load a catalogue for work that needs all of it.

    Raises:
        BrokenCatalogError: A file cannot be loaded.
    """
    loaded = load(project)
    if loaded.broken:
        raise BrokenCatalogError(loaded.broken)
    return loaded.catalog


def load(project: Project) -> Loaded:
    """Load a catalogue as far as it can be; files that did not change since the last time cost next to nothing."""
    files = {file.name: file for file in catalog_files(project)}
    known = cache.read(project.state / "cache")
    config_file = files["catalog/config.yml"]
    results: dict[str, Any] = {}
    keys = {"catalog/config.yml": _key(config_file, b"")}
    results["catalog/config.yml"] = known.get(keys["catalog/config.yml"]) or _check(config_file, ())
    config = config_from(results["catalog/config.yml"]["data"])
    allowed = config.fetch.allow
    for name, file in files.items():
        if name not in keys:
            keys[name] = _key(file, repr(allowed).encode())
            results[name] = known.get(keys[name]) or _check(file, allowed)
    if set(keys.values()) != set(known):
        cache.write(project.state / "cache", {keys[name]: result for name, result in results.items()})
    return _loaded(config, files, results)


def _loaded(config: Config, files: Mapping[str, File], results: Mapping[str, Any]) -> Loaded:
    findings = tuple(
        Finding(**{**found, "path": tuple(found["path"])})
        for result in results.values()
        for found in result["findings"]
    )
    broken_files = {name for name, result in results.items() if result["is_broken"]}
    return Loaded(
        _catalog(config, files, results),
        files,
        findings,
        {name: tuple(Excuse(line, index, tuple(codes), reason) for line, index, codes, reason in result["excuses"])
         for name, result in results.items() if result["excuses"]},
        tuple(finding for finding in findings if finding.file in broken_files),
    )  # fmt: skip


def _key(file: File, allowed: bytes) -> str:
    return cache.key_of(file.name.encode("utf-8", "surrogateescape"), file.trouble.encode(), file.data, allowed)


def _check(file: File, allowed: tuple[str, ...]) -> Any:
    """Check a file, and give the result as it stands in the cache."""
    from pinakes.rules.check import check_file  # noqa: PLC0415  # the rules are needed only for a file that is new

    result = check_file(file, allowed)._asdict()
    entries = result["data"].get("entries", ()) if file.kind == "topic" and result["data"] else ()
    for entry in entries:
        entry.setdefault("id", entry_id(entry["url"]))
    result["identities"] = [identity(entry["url"]) for entry in entries]
    # Through JSON, so that a first run and a later one build from the very same data.
    return orjson.loads(orjson.dumps(result, default=list))


def config_from(data: Mapping[str, Any] | None) -> Config:
    """Build the config from a file's data; the defaults where it has none."""
    if not data:
        return Config()
    from pinakes.rules.file import adapter  # noqa: PLC0415

    built: Config = adapter("config").validate_python(data)
    return built


def _catalog(config: Config, files: Mapping[str, File], results: Mapping[str, Any]) -> Catalog:
    topics: dict[str, Topic] = {}
    papers: dict[str, Paper] = {}
    terms: tuple[Term, ...] = ()
    for name, file in files.items():
        data = results[name]["data"]
        if not data:
            continue
        if file.kind == "topic" and name.endswith(".yml"):
            path = name.removeprefix("catalog/topics/").removesuffix(".yml")
            topics[path] = topic_from(path, name, results[name])
        elif file.kind == "paper" and name.endswith(".yml"):
            key = PurePosixPath(name).stem
            papers[key] = paper_from(key, name, data)
        elif file.kind == "terms":
            terms = tuple(Term(**_tuples(term)) for term in data)
    return Catalog(config, topics, papers, terms)


def topic_from(path: str, file: str, result: Mapping[str, Any]) -> Topic:
    """Build a topic from what its file came to."""
    data = dict(result["data"])
    entries = data.pop("entries", None) or ()
    derived = zip(result["indices"], result["lines"], result["identities"], strict=True)
    entries = tuple(_entry(path, entry, *values) for entry, values in zip(entries, derived, strict=True))
    topic = Topic(entries=entries, **_tuples(data))
    object.__setattr__(topic, "path", path)
    object.__setattr__(topic, "file", file)
    return topic


def paper_from(key: str, file: str, data: Mapping[str, Any]) -> Paper:
    """Build a paper from its file's data."""
    paper = Paper(**_tuples(data))
    object.__setattr__(paper, "key", key)
    object.__setattr__(paper, "file", file)
    return paper


def _entry(topic: str, data: dict[str, Any], index: int, line: int, same: str) -> Entry:
    values = _tuples(data)
    link = values.get("link")
    entry = Entry(**(values if link is None else values | {"link": Link(**link)}))
    derive = object.__setattr__  # the class is frozen; here it is made
    derive(entry, "topic", topic)
    derive(entry, "index", index)
    derive(entry, "line", line)
    derive(entry, "identity", same)
    return entry


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    """Copy data with tuples for lists, and without keys that have no value."""
    return {key: tuple(value) if type(value) is list else value for key, value in data.items() if value is not None}
