"""Run the rules over one file, and over a catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from yaml.nodes import SequenceNode

from pinakes.findings import Finding, Path
from pinakes.rules import RULES
from pinakes.rules.catalog import Survey
from pinakes.rules.file import File, FileKind, FormError, find_form_errors
from pinakes.rules.ignore import Excuse, excuse, find_excuses
from pinakes.rules.registry import Fault, Problem, Rule, of_scope

_FILE_RULES = tuple(of_scope("file"))
_URL_RULES = tuple(of_scope("url"))
_TITLE_RULES = tuple(of_scope("title"))
_DATE_RULES = tuple(of_scope("date"))
_CATALOG_RULES = tuple(of_scope("catalog"))
_MAX_ROUNDS = 5


class Checked(NamedTuple):
    """What a file came to.

    Attributes:
        data: Its data in the form that the model asks for, without what is not; None if nothing can be made of it.
        indices: For each entry in the data, its number among the entries in the file, from 0.
        lines: For each entry in the data, its line.
        findings: What is wrong, excused or not.
        excuses: The excuses that stand in it.
        is_broken: Whether it cannot be loaded.
    """

    data: Any
    indices: tuple[int, ...]
    lines: tuple[int, ...]
    findings: tuple[Finding, ...]
    excuses: tuple[Excuse, ...]
    is_broken: bool


def check_file(file: File, allowed: tuple[str, ...]) -> Checked:
    """Read a file and run every rule that needs no other file.

    Args:
        file: The file.
        allowed: The private hosts and networks that the config lets in.
    """
    findings = [_finding(rule, file, problem) for rule in _FILE_RULES for problem in rule.check(file)]
    is_broken = any(RULES[finding.rule].fatal for finding in findings)
    data, indices = (None, ()) if is_broken else salvage(file)
    faults = _problems_of_values(file.kind, data, indices, allowed)
    findings += [_finding_of_value(rule, file, path, fault) for rule, path, fault in faults]
    lines = _entry_lines(file)
    return Checked(
        data,
        indices,
        tuple(lines[index] for index in indices),
        tuple(findings),
        tuple(find_excuses(file.text or "")),
        is_broken,
    )


def check_catalog(survey: Survey, files: Mapping[str, File]) -> list[Finding]:
    """Run every rule that looks at the whole catalogue."""
    return [_finding(rule, files[problem.file], problem) for rule in _CATALOG_RULES for problem in rule.check(survey)]


def settle(
    findings: Iterable[Finding], excuses: Mapping[str, tuple[Excuse, ...]], files: Mapping[str, File]
) -> list[Finding]:
    """Apply the excuses, tell which are idle or have no reason, and sort all by place."""
    by_file: dict[str, list[Finding]] = {name: [] for name in excuses}
    for finding in findings:
        by_file.setdefault(finding.file, []).append(finding)
    settled: list[Finding] = []
    for name, found in by_file.items():
        remaining, unused = excuse(found, excuses.get(name, ()))
        settled += remaining
        for code, subject in (("PK080", excuses.get(name, ())), ("PK081", unused)):
            settled += [_finding(RULES[code], files[name], problem) for problem in RULES[code].check(subject)]
    return sorted(settled, key=lambda finding: (finding.file, finding.line, finding.column, finding.rule))


def salvage(file: File) -> tuple[Any, tuple[int, ...]]:
    """Give a file's data without what the model does not take; the rules about form have told each loss.

    A number where a text is asked for is taken as it is written; an optional value that is wrong is left out; an
    entry that lacks its title or URL is left out whole; a topic without a title is called after its file.

    Returns:
        The data, and for each entry that is left its number among the entries of the file.
    """
    content, errors = file.content, file.form_errors
    indices = list(range(len(_entries_of(content))))
    if errors:
        content = deepcopy(content)
    for _ in range(_MAX_ROUNDS):
        if not errors:
            return content, tuple(indices)
        _mend(file, content, indices, errors)
        errors = find_form_errors(file.kind, content)
    return None, ()


def _mend(file: File, content: Any, indices: list[int], errors: Iterable[FormError]) -> None:
    """Write numbers as the texts that they should be, and take out everything else that is wrong."""
    lost: list[Path] = []
    for error in errors:
        if error.kind == "string_type" and isinstance(error.value, int | float):
            _container(content, error.path)[error.path[-1]] = _as_written(file, _path_in_file(error.path, indices))
        elif error.kind != "missing":
            lost.append(error.path)
        elif error.path == ("title",) and file.kind == "topic":
            content["title"] = PurePosixPath(file.name).stem
        else:
            lost.append(error.path[:-1])
    for path in reversed([path for path in dict.fromkeys(lost) if not _is_inside(path, lost)]):
        if path:
            del _container(content, path)[path[-1]]
        if path[:1] == ("entries",) and len(path) == 2:
            del indices[int(path[1])]


def _entries_of(content: Any) -> list[Any]:
    entries = content.get("entries") if isinstance(content, dict) else None
    return entries if isinstance(entries, list) else []


def _container(content: Any, path: Path) -> Any:
    for step in path[:-1]:
        content = content[step]
    return content


def _path_in_file(path: Path, indices: list[int]) -> Path:
    if path[:1] == ("entries",) and len(path) > 1:
        return ("entries", indices[int(path[1])], *path[2:])
    return path


def _as_written(file: File, path: Path) -> str:
    node = file.source.find(path)
    return str(node.value) if node else ""


def _is_inside(path: Path, others: list[Path]) -> bool:
    return any(len(other) < len(path) and path[: len(other)] == other for other in others)


def _entry_lines(file: File) -> tuple[int, ...]:
    node = file.source.find(("entries",)) if file.kind == "topic" else None
    return tuple(item.start_mark.line + 1 for item in node.value) if isinstance(node, SequenceNode) else ()


def _problems_of_values(
    kind: FileKind, data: Any, indices: tuple[int, ...], allowed: tuple[str, ...]
) -> Iterator[tuple[Rule, Path, Fault]]:
    """Run the rules about single values over all titles, URLs and dates of a file."""
    if not data:
        return
    if kind == "topic":
        yield from _of_text(("title",), data["title"])
        for index, entry in zip(indices, data.get("entries", ()), strict=True):
            yield from _of_entry(("entries", index), entry, allowed)
    elif kind == "paper":
        yield from _of_text(("title",), data["title"])
        codes = data.get("code", ())
        codes = {("code",): codes} if isinstance(codes, str) else {("code", n): code for n, code in enumerate(codes)}
        for path, url in ({("url",): data["url"]} if "url" in data else {} | codes).items():
            yield from _of_url(path, url, allowed)


def _of_entry(path: Path, entry: Mapping[str, Any], allowed: tuple[str, ...]) -> Iterator[tuple[Rule, Path, Fault]]:
    yield from _of_text((*path, "title"), entry["title"])
    yield from _of_url((*path, "url"), entry["url"], allowed)
    for number, mirror in enumerate(entry.get("mirrors") or ()):
        yield from _of_url((*path, "mirrors", number), mirror, allowed)
    if entry.get("published") is not None:
        yield from _of_date((*path, "published"), entry["published"])
    link = entry.get("link") or {}
    if link.get("since") is not None:
        yield from _of_date((*path, "link", "since"), link["since"])
    if link.get("archived") is not None:
        yield from _of_url((*path, "link", "archived"), link["archived"], allowed)


def _of_text(path: Path, text: str | Mapping[str, str]) -> Iterator[tuple[Rule, Path, Fault]]:
    for place, words in [(path, text)] if isinstance(text, str) else [((*path, lang), text[lang]) for lang in text]:
        for rule in _TITLE_RULES:
            fault = rule.check(words)
            if fault:
                yield rule, place, fault


def _of_url(path: Path, url: str, allowed: tuple[str, ...]) -> Iterator[tuple[Rule, Path, Fault]]:
    for rule in _URL_RULES:
        fault = rule.check(url, allowed)
        if fault:
            yield rule, path, fault


def _of_date(path: Path, value: str | int) -> Iterator[tuple[Rule, Path, Fault]]:
    for rule in _DATE_RULES:
        fault = rule.check(str(value))
        if fault:
            yield rule, path, fault


def _finding(rule: Rule, file: File, problem: Problem) -> Finding:
    if problem.part:
        return _finding_of_value(rule, file, problem.path, Fault(problem.message, problem.hint, problem.part))
    offset = file.source.index(problem.path, key=problem.key) if problem.offset is None else problem.offset
    return _finding_at(rule, file, offset, problem.message, problem.hint, problem.path)


def _finding_of_value(rule: Rule, file: File, path: Path, fault: Fault) -> Finding:
    """Point at the part of a value that is meant, if it stands in the file as it is."""
    node = file.source.find(path)
    offset = node.start_mark.index if node else 0
    if node and fault.part:
        offset = max(offset, file.source.text.find(fault.part, offset, node.end_mark.index))
    return _finding_at(rule, file, offset, fault.message, fault.hint, path)


def _finding_at(rule: Rule, file: File, offset: int, message: str, hint: str, path: Path) -> Finding:
    line, column = file.source.place(offset)
    return Finding(
        file=file.name,
        line=line,
        column=column,
        rule=rule.code,
        message=message,
        hint=hint,
        severity=rule.severity,
        path=path,
    )
