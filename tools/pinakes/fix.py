"""Mend the findings whose rule knows how, and leave every other byte."""

from __future__ import annotations

from collections.abc import Iterable

from yaml import YAMLError
from yaml.nodes import ScalarNode

from pinakes.errors import EditError
from pinakes.findings import Finding
from pinakes.project import Project
from pinakes.rules.all import RULES
from pinakes.rules.file import File
from pinakes.source import parse
from pinakes.store.edit import set_value
from pinakes.store.files import write_text
from pinakes.store.load import Loaded

_MARK = "\ufeff"


def mend(project: Project, loaded: Loaded, findings: Iterable[Finding]) -> int:
    """Mend what is safe to mend, and write the files.

    Returns:
        How many findings were mended.
    """
    count = 0
    for name, found in _by_file(findings).items():
        text, mended = mend_text(loaded.files[name], found)
        if mended:
            write_text(project.root / name, text)
        count += len(mended)
    return count


def fixable(loaded: Loaded, findings: Iterable[Finding]) -> int:
    """Count the findings that `mend` would mend."""
    return sum(len(mend_text(loaded.files[name], found)[1]) for name, found in _by_file(findings).items())


def mend_text(file: File, findings: Iterable[Finding]) -> tuple[str, list[Finding]]:
    """Mend findings of one file.

    Returns:
        The new text, and the findings that were mended; one that cannot be mended without touching other bytes is not.
    """
    has_mark = file.data.startswith(_MARK.encode())
    text, mended = file.text or "", []
    for finding in findings:
        if finding.rule == "PK003":
            has_mark = False
            mended.append(finding)
            continue
        changed = _mended(text, finding)
        if changed != text:
            mended.append(finding)
            text = changed
    return _MARK * has_mark + text, mended


def _mended(text: str, finding: Finding) -> str:
    """Give the text with one finding mended; as it was if that cannot be done."""
    fix = RULES[finding.rule].fix
    assert fix is not None
    try:
        if not finding.path:
            changed = fix(text)
            parse(changed)
            return changed
        node = parse(text).find(finding.path)
        return set_value(text, finding.path, fix(node.value)) if isinstance(node, ScalarNode) else text
    except (EditError, YAMLError):
        return text


def _by_file(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if RULES[finding.rule].fix:
            by_file.setdefault(finding.file, []).append(finding)
    return by_file
