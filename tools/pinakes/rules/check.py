"""Run the rules over one file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from yaml.nodes import SequenceNode

from pinakes.findings import Finding, Path
from pinakes.rules.all import RULES
from pinakes.rules.file import File
from pinakes.rules.forms import FileKind
from pinakes.rules.ignore import Excuse, find_excuses
from pinakes.rules.place import finding_of, finding_of_value
from pinakes.rules.registry import Fault, Rule, of_scope
from pinakes.rules.salvage import salvage

_FILE_RULES = of_scope("file")
_URL_RULES = of_scope("url")
_TITLE_RULES = of_scope("title")
_DATE_RULES = of_scope("date")


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
    findings = [finding_of(rule, file, problem) for rule in _FILE_RULES for problem in rule.check(file)]
    is_broken = any(RULES[finding.rule].fatal for finding in findings)
    data, indices = (None, ()) if is_broken else salvage(file)
    faults = _problems_of_values(file.kind, data, indices, allowed)
    findings += [finding_of_value(rule, file, path, fault) for rule, path, fault in faults]
    lines = _entry_lines(file)
    return Checked(
        data,
        indices,
        tuple(lines[index] for index in indices),
        tuple(findings),
        tuple(find_excuses(file.text or "")),
        is_broken,
    )


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
