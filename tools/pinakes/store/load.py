"""Load a catalogue: read its files, check each that is new, and build the model."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import orjson

from pinakes.errors import BrokenCatalogError
from pinakes.findings import Finding
from pinakes.model import Catalog, Config, Paper, Term, Topic
from pinakes.project import Project
from pinakes.rules.file import File
from pinakes.rules.forms import known_schemas, take_schemas
from pinakes.rules.ignore import Excuse
from pinakes.store import cache
from pinakes.store.files import catalog_files
from pinakes.store.forms import config_from, paper_from, term_from, topic_from
from pinakes.text import fold
from pinakes.urls import entry_id, identity

_CONFIG = "catalog/config.yml"
_FILES_A_PROCESS = 50  # fewer are checked in less time than a process takes to begin


@dataclass(frozen=True)
class Loaded:
    """A catalogue as it was read.

    Attributes:
        catalog: All that could be loaded.
        files: What was read, by name.
        findings: What is wrong in single files, excused or not.
        excuses: The excuses of each file that has some.
        broken: The findings for which a file could not be loaded.
        results: What each file came to, by name; a later load in the same process takes it over.
        kept: The same by its key in the cache.
    """

    catalog: Catalog
    files: Mapping[str, File]
    findings: tuple[Finding, ...]
    excuses: Mapping[str, tuple[Excuse, ...]]
    broken: tuple[Finding, ...]
    results: Mapping[str, Any]
    kept: Mapping[str, Any]


def load_catalog(project: Project) -> Catalog:
    """Load a catalogue for work that needs all of it.

    Raises:
        BrokenCatalogError: A file cannot be loaded.
    """
    loaded = load(project)
    if loaded.broken:
        raise BrokenCatalogError(loaded.broken)
    return loaded.catalog


def load(project: Project, before: Loaded | None = None) -> Loaded:
    """Load a catalogue as far as it can be; files that did not change since the last time cost next to nothing.

    Args:
        project: The project.
        before: What the same process loaded before; topics whose files did not change are the same objects again.
    """
    files = {file.name: file for file in catalog_files(project)}
    known = before.kept if before else cache.read(project.state / "cache")
    config_file = files.pop(_CONFIG)
    take_schemas(known.get(_schemas_key(), {}))
    key = _key(config_file, b"")
    kept = {key: known.get(key) or check(config_file, ())}
    config = config_from(kept[key]["data"])
    results = {_CONFIG: kept[key]}
    keys = {name: _key(file, repr(config.fetch.allow).encode()) for name, file in files.items()}
    new = [file for name, file in files.items() if keys[name] not in known]
    fresh = dict(zip((file.name for file in new), _check_all(new, config.fetch.allow), strict=True))
    for name, key in keys.items():
        results[name] = kept[key] = fresh[name] if name in fresh else known[key]
    kept[_schemas_key()] = known_schemas()
    cache.update(project.state / "cache", known, kept)
    catalog = _catalog(config, files, results, before)
    return _loaded(catalog, {_CONFIG: config_file, **files}, results, kept)


def _check_all(files: Sequence[File], allowed: tuple[str, ...]) -> Iterable[Any]:
    """Check files, on all cores where there are many of them."""
    processes = min(os.cpu_count() or 1, len(files) // _FILES_A_PROCESS)
    # A process that has more than one thread cannot be forked safely, and elsewhere than on Linux none can.
    if processes < 2 or sys.platform != "linux" or threading.active_count() > 1:
        return (check(file, allowed) for file in files)
    from pinakes.store.parallel import check_in_parallel  # noqa: PLC0415

    return check_in_parallel(files, allowed, processes)


def _loaded(catalog: Catalog, files: Mapping[str, File], results: Mapping[str, Any], kept: Mapping[str, Any]) -> Loaded:
    findings = tuple(
        Finding(**{**found, "path": tuple(found["path"])})
        for result in results.values()
        for found in result["findings"]
    )
    broken_files = {name for name, result in results.items() if result["is_broken"]}
    return Loaded(
        catalog,
        files,
        findings,
        {name: tuple(Excuse(line, index, tuple(codes), reason) for line, index, codes, reason in result["excuses"])
         for name, result in results.items() if result["excuses"]},
        tuple(finding for finding in findings if finding.file in broken_files),
        results,
        kept,
    )  # fmt: skip


def _schemas_key() -> str:
    return cache.key_of(b"schemas")


def _key(file: File, allowed: bytes) -> str:
    return cache.key_of(file.name.encode("utf-8", "surrogateescape"), file.trouble.encode(), file.data, allowed)


def check(file: File, allowed: tuple[str, ...]) -> Any:
    """Check a file, and give the result as it stands in the cache."""
    from pinakes.rules.check import check_file  # noqa: PLC0415  # the rules are needed only for a file that is new

    result = check_file(file, allowed)._asdict()
    entries = result["data"].get("entries", ()) if file.kind == "topic" and result["data"] else ()
    for entry in entries:
        for key in [key for key, value in entry.items() if value is None]:
            del entry[key]
        entry.setdefault("id", entry_id(entry["url"]))
    result["identities"] = [identity(entry["url"]) for entry in entries]
    result["title_keys"] = [fold(_words_of(entry["title"])) for entry in entries]
    # Through JSON, so that a first run and a later one build from the very same data.
    return orjson.loads(orjson.dumps(result, default=list))


def _words_of(title: str | Mapping[str, str]) -> str:
    return title if isinstance(title, str) else next(iter(title.values()))


def _catalog(config: Config, files: Mapping[str, File], results: Mapping[str, Any], before: Loaded | None) -> Catalog:
    topics: dict[str, Topic] = {}
    papers: dict[str, Paper] = {}
    terms: tuple[Term, ...] = ()
    for name, file in files.items():
        data = results[name]["data"]
        if not data:
            continue
        if file.kind == "topic" and name.endswith(".yml"):
            path = name.removeprefix("catalog/topics/").removesuffix(".yml")
            same = before is not None and before.results.get(name) is results[name]
            topics[path] = before.catalog.topics[path] if before and same else topic_from(path, name, results[name])
        elif file.kind == "paper" and name.endswith(".yml"):
            key = PurePosixPath(name).stem
            papers[key] = paper_from(key, name, data)
        elif file.kind == "terms":
            terms = tuple(map(term_from, data))
    return Catalog(config, topics, papers, terms)
