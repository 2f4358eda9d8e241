"""What the tools concluded about entries: `catalog/records/`, a file beside each topic's and a line an entry."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from pinakes.errors import PinakesError
from pinakes.model import LINK_STATES, Catalog, Entry, Link, LinkState
from pinakes.project import Project
from pinakes.store.files import trouble_with, write_text
from pinakes.urls import normalize

_FOLDER = "catalog/records"
_SUFFIX = ".jsonl"
_CONFLICT = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")  # git's marks, gitattributes(5): conflict-marker-size
_HINT = "delete the file: the tools write it again"
_TEXT_OR_NOTHING = {str, type(None)}
_FACTS = ("since", "moved_to", "archived")


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the tools concluded about a link.

    Attributes:
        state: Its state.
        since: The day from which on it is known to be so (UTC): `2026-11-24`.
        moved_to: Where the article is now, if the link has moved.
        archived: Address of a snapshot.
    """

    state: LinkState
    since: str | None = None
    moved_to: str | None = None
    archived: str | None = None


class Record(NamedTuple):
    """A line of the records.

    Attributes:
        id: The entry's.
        url: The address that it was concluded of.
        link: What was concluded about the link; None if nothing was.
        topic: The path of the topic beside whose file it stands.
        data: The whole line.
    """

    id: str
    url: str
    link: Conclusion | None
    topic: str
    data: Mapping[str, Any]


class Change(NamedTuple):
    """A file of the records that would be written.

    Attributes:
        file: Its path below the project's folder.
        before: Its text now; None if it is new.
        after: Its text then; None if it is removed.
    """

    file: str
    before: str | None
    after: str | None


class _File(NamedTuple):
    name: str
    topic: str
    data: bytes


def read_records(project: Project) -> Mapping[str, Record]:
    """Read all records, by the id of their entry.

    Raises:
        PinakesError: A file cannot be read, or a line in it is none; the place says which.
    """
    return {record.id: record for file in _files(project) for record in _records(file)}


def known_link(entry: Entry, records: Mapping[str, Record]) -> Link | None:
    """Say what is known of an entry's link: what its curator wrote, else what the tools concluded of that very address.

    A snapshot of which the curator says nothing is taken from the record all the same.
    """
    record = records.get(entry.key)
    found = _link_of(entry, record)
    if found is None:
        return entry.link
    if entry.link is None:
        return Link(state=found.state, since=found.since, archived=found.archived)
    return Link(state=entry.link.state, since=entry.link.since, archived=entry.link.archived or found.archived)


class Facts(NamedTuple):
    """Who wrote an article, where and when.

    Attributes:
        site: The account, column or journal; empty if it is not known.
        authors: In the order and form of the article.
        published: `2020`, `2020-04` or `2020-04-09`; empty if it is not known.
    """

    site: str
    authors: tuple[str, ...]
    published: str


def facts_of(entry: Entry, records: Mapping[str, Record]) -> Facts:
    """Say what is known of an entry's article: what its curator wrote, else what its page said about itself."""
    record = records.get(entry.key)
    told = record.data if record is not None and is_of(record, entry) else {}
    authors = entry.authors or tuple(map(str, told.get("authors") or ()))
    return Facts(
        entry.site or str(told.get("site") or ""), authors, str(entry.published or told.get("published") or "")
    )


def propose_conclusions(project: Project, catalog: Catalog, conclusions: Mapping[str, Conclusion]) -> list[Change]:
    """Say how the records would change, without touching any.

    A conclusion takes nothing back that it does not know: `unknown` leaves the state that an earlier one found,
    `suspect` leaves `gone` (nothing good was seen since), the same state keeps its earlier `since`, and a snapshot
    stays; so a lost history changes no line. That holds only for the same address: for a new one the old conclusion is
    dropped. Entries without a new conclusion keep their line, and take it along to another topic; the lines of entries
    that have left the catalogue go.

    Args:
        project: Where the records lie.
        catalog: The whole catalogue.
        conclusions: By the id of their entry; others than the catalogue's do not count.

    Raises:
        PinakesError: As `read_records`.
    """
    return _propose(project, catalog, lambda entry, record: _data(entry, record, conclusions.get(entry.key)))


def propose_facts(project: Project, catalog: Catalog, facts: Mapping[str, Mapping[str, Any]]) -> list[Change]:
    """Say how the records would change if they had what pages say about themselves, without touching any.

    A fact that was known and is not told now stays, with where it was found: a page that shows less than before takes
    nothing away. Facts about another address are dropped.

    Args:
        project: Where the records lie.
        catalog: The whole catalogue.
        facts: What is known of entries' pages, by the id of the entry: fields as they stand in a line.

    Raises:
        PinakesError: As `read_records`.
    """
    return _propose(project, catalog, lambda entry, record: _with_facts(entry, record, facts.get(entry.key)))


def _propose(
    project: Project, catalog: Catalog, draw: Callable[[Entry, Record | None], Mapping[str, Any] | None]
) -> list[Change]:
    files = {file.topic: file for file in _files(project)}
    present = {topic: list(_records(file)) for topic, file in files.items()}
    known = {record.id: record for records in present.values() for record in records}
    wanted = _wanted(catalog, known, draw)
    changed = [
        topic
        for topic in sorted({*present, *wanted})
        if [record.data for record in present.get(topic, ())] != wanted.get(topic, [])
    ]
    return [_change(topic, files.get(topic), wanted.get(topic, ())) for topic in changed]


def diff(changes: Sequence[Change]) -> str:
    """Write changes as a unified diff."""
    from pinakes.store.diff import unified  # noqa: PLC0415  # difflib is of no use to those who only read

    return "".join(unified(*change) for change in changes)


def write_changes(project: Project, changes: Sequence[Change]) -> None:
    """Make changes, each file whole or not at all; one without lines is removed, and so is a folder without files."""
    for change in changes:
        path = project.root / change.file
        if change.after is None:
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, project.catalog)
        else:
            write_text(path, change.after)


def _files(project: Project) -> Iterator[_File]:
    for base, folders, names in os.walk(project.root / _FOLDER):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(_SUFFIX) and not name.startswith("."):
                path = Path(base, name)
                file = project.relative(path)
                yield _File(file, file[len(_FOLDER) + 1 : -len(_SUFFIX)], _bytes(project, path))


def _bytes(project: Project, path: Path) -> bytes:
    trouble = trouble_with(project, path)
    try:
        if not trouble:
            return path.read_bytes()
    except OSError as error:
        trouble = f"it cannot be read: {error.strerror}"
    raise PinakesError(f"no file of records: {trouble}", place=project.relative(path), hint=_HINT)


def _records(file: _File) -> Iterator[Record]:
    for number, line in enumerate(file.data.split(b"\n"), 1):
        if line and not line.isspace():
            yield _record(file, number, line)


def _record(file: _File, number: int, line: bytes) -> Record:
    try:
        data = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise _not_json(file, number, line, error) from None
    if not (isinstance(data, dict) and isinstance(data.get("id"), str) and isinstance(data.get("url"), str)):
        raise _broken(file, number, 1, "no record: a record is a JSON object with `id` and `url`")
    link = data.get("link")
    conclusion = None if link is None else _conclusion(link)
    if link is not None and conclusion is None:
        raise _no_conclusion(file, number, line)
    return Record(data["id"], data["url"], conclusion, file.topic, data)


def _conclusion(link: Any) -> Conclusion | None:
    """Read a conclusion about a link; None if it is none."""
    if not isinstance(link, dict) or link.get("state") not in LINK_STATES:
        return None
    since, moved_to, archived = link.get("since"), link.get("moved_to"), link.get("archived")
    if not {type(since), type(moved_to), type(archived)} <= _TEXT_OR_NOTHING:
        return None
    return Conclusion(link["state"], since, moved_to, archived)


def _no_conclusion(file: _File, number: int, line: bytes) -> PinakesError:
    column = len(line[: line.rfind(b'"link"')].decode()) + 1
    what = f"no conclusion about a link: it is made of texts, with a `state` ({', '.join(LINK_STATES)})"
    return _broken(file, number, column, what)


def _not_json(file: _File, number: int, line: bytes, error: orjson.JSONDecodeError) -> PinakesError:
    if line.startswith(_CONFLICT):
        what = "a merge conflict that nobody has resolved"
        return _broken(file, number, 1, what, "keep either side, or " + _HINT)
    try:
        line.decode()
    except UnicodeDecodeError as fault:
        return _broken(file, number, len(line[: fault.start].decode()) + 1, "not UTF-8")
    return _broken(file, number, error.colno, f"not JSON: {error.msg}")


def _broken(file: _File, line: int, column: int, message: str, hint: str = _HINT) -> PinakesError:
    return PinakesError(message, place=f"{file.name}:{line}:{column}", hint=hint)


def _wanted(
    catalog: Catalog,
    known: Mapping[str, Record],
    draw: Callable[[Entry, Record | None], Mapping[str, Any] | None],
) -> Mapping[str, list[Mapping[str, Any]]]:
    """Give the lines of each topic, sorted by id; topics without any are left out."""
    wanted: dict[str, dict[str, Mapping[str, Any]]] = {}
    for entry in catalog.entries():
        data = draw(entry, known.get(entry.key))
        if data is not None:
            wanted.setdefault(entry.topic, {})[entry.key] = data
    return {topic: [lines[key] for key in sorted(lines)] for topic, lines in wanted.items()}


def _data(entry: Entry, record: Record | None, conclusion: Conclusion | None) -> Mapping[str, Any] | None:
    """Give an entry's line; None if there is nothing to say in it."""
    if conclusion is None:
        return record.data if record else None
    before = _link_of(entry, record)
    link = _facts(_joined(before, conclusion) if before else conclusion)
    others = {key: value for key, value in record.data.items() if key != "link"} if record else {}
    data = others | {"id": entry.key, "url": entry.url} | ({"link": link} if link else {})
    return data if len(data) > 2 else None


def _with_facts(entry: Entry, record: Record | None, facts: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Give an entry's line with what its page says about itself."""
    before = record.data if record is not None and is_of(record, entry) else {}
    if facts is None:
        return record.data if record else None
    provenance = before.get("provenance", {}) | facts.get("provenance", {})
    data = {**before, **facts, "id": entry.key, "url": entry.url, "provenance": provenance}
    return data if provenance else before or None


def is_of(record: Record, entry: Entry) -> bool:
    """Say whether a record is of the address that an entry has now."""
    return record.url == entry.url or normalize(record.url) == normalize(entry.url)


def _link_of(entry: Entry, record: Record | None) -> Conclusion | None:
    """Give the conclusion about an entry's link, if it was drawn of the address that the entry has now."""
    return record.link if record is not None and is_of(record, entry) else None


def _joined(before: Conclusion, now: Conclusion) -> Conclusion:
    archived = now.archived or before.archived
    if now.state == "unknown" or (now.state == "suspect" and before.state == "gone"):
        return Conclusion(before.state, before.since, before.moved_to, archived)
    if now.state != before.state:
        return Conclusion(now.state, now.since, now.moved_to, archived)
    since = min((day for day in (before.since, now.since) if day), default=None)
    return Conclusion(now.state, since, now.moved_to or before.moved_to, archived)


def _facts(link: Conclusion) -> Mapping[str, str]:
    facts = {fact: value for fact in _FACTS if (value := getattr(link, fact)) is not None}
    return {"state": link.state} | facts if facts or link.state != "unknown" else {}


def _change(topic: str, file: _File | None, lines: Sequence[Mapping[str, Any]]) -> Change:
    name = file.name if file else f"{_FOLDER}/{topic}{_SUFFIX}"
    after = "".join(orjson.dumps(line, option=orjson.OPT_SORT_KEYS).decode() + "\n" for line in lines)
    return Change(name, file.data.decode() if file else None, after or None)


def _remove_empty(folder: Path, top: Path) -> None:
    with suppress(OSError):  # it has files, or is gone
        while folder != top:
            folder.rmdir()
            folder = folder.parent
