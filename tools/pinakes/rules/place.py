"""From what a rule says to a finding with its line and column."""

from __future__ import annotations

from pinakes.findings import Finding, Path
from pinakes.rules.file import File
from pinakes.rules.registry import Fault, Problem, Rule


def finding_of(rule: Rule, file: File, problem: Problem) -> Finding:
    """Make a finding of a problem in a file."""
    if problem.part:
        return finding_of_value(rule, file, problem.path, Fault(problem.message, problem.hint, problem.part))
    offset = file.source.index(problem.path, key=problem.key) if problem.offset is None else problem.offset
    return _finding_at(rule, file, offset, problem.message, problem.hint, problem.path)


def finding_of_value(rule: Rule, file: File, path: Path, fault: Fault) -> Finding:
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
