"""Run the rules over a whole catalogue, and settle which findings are excused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pinakes.findings import Finding
from pinakes.rules.catalog import Survey
from pinakes.rules.file import File
from pinakes.rules.ignore import Excuse, excuse
from pinakes.rules.place import finding_of
from pinakes.rules.registry import RULES, of_scope


def check_catalog(survey: Survey, files: Mapping[str, File]) -> list[Finding]:
    """Run every rule that looks at the whole catalogue."""
    return [
        finding_of(rule, files[problem.file], problem) for rule in of_scope("catalog") for problem in rule.check(survey)
    ]


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
            settled += [finding_of(RULES[code], files[name], problem) for problem in RULES[code].check(subject)]
    return sorted(settled, key=lambda finding: (finding.file, finding.line, finding.column, finding.rule))
