"""From a file's data, already checked, to the model; without pydantic, which takes longer to import than all this."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pinakes.model import (
    ArchivePolicy,
    Config,
    Entry,
    FetchPolicy,
    HostPolicy,
    Link,
    LinkPolicy,
    Paper,
    Patience,
    Term,
    Timeouts,
    Topic,
)

_LISTS = frozenset(("papers", "authors", "tags", "mirrors"))


def config_from(data: Mapping[str, Any] | None) -> Config:
    """Build the config from its file's data; the defaults where it has none."""
    values = _tuples(data or {})
    if "fetch" in values:
        values["fetch"] = _fetch_policy(values["fetch"])
    if "links" in values:
        values["links"] = LinkPolicy(**{key: Patience(**value) for key, value in values["links"].items()})
    if "archive" in values:
        values["archive"] = ArchivePolicy(**_tuples(values["archive"]))
    return Config(**values)


def _fetch_policy(data: Mapping[str, Any]) -> FetchPolicy:
    values = _tuples(data)
    of_all = data.get("per_host") or {}
    values["per_host"] = HostPolicy(**of_all)
    # What a host's own limits leave open is as for all hosts.
    values["hosts"] = {name: HostPolicy(**of_all | policy) for name, policy in (data.get("hosts") or {}).items()}
    if "timeout" in values:
        values["timeout"] = Timeouts(**values["timeout"])
    return FetchPolicy(**values)


def topic_from(path: str, file: str, result: Mapping[str, Any]) -> Topic:
    """Build a topic from what its file came to."""
    data = dict(result["data"])
    entries = data.pop("entries", None) or ()
    derived = zip(result["indices"], result["lines"], result["identities"], result["title_keys"], strict=True)
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


def term_from(data: Mapping[str, Any]) -> Term:
    """Build a term from its item in the file."""
    return Term(**_tuples(data))


def _entry(topic: str, data: dict[str, Any], index: int, line: int, same: str, title_key: str) -> Entry:
    values = data if _LISTS.isdisjoint(data) else _tuples(data)
    link = values.get("link")
    entry = Entry(**(values if link is None else values | {"link": Link(**link)}))
    derive = object.__setattr__  # the class is frozen; here it is made
    derive(entry, "topic", topic)
    derive(entry, "index", index)
    derive(entry, "line", line)
    derive(entry, "identity", same)
    derive(entry, "title_key", title_key)
    return entry


def _tuples(data: Mapping[str, Any]) -> dict[str, Any]:
    """Copy data with tuples for lists, and without keys that have no value."""
    return {key: tuple(value) if type(value) is list else value for key, value in data.items() if value is not None}
