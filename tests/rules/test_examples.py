"""Every rule's own bad example gives its finding, and its good one gives none: the reference cannot lie."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pinakes.project import Project
from pinakes.rules.all import RULES
from pinakes.validate import validate

TODAY = date(2026, 11, 24)
BYTES = {"PK002", "PK003", "PK005", "PK006"}  # their examples hold \u and \x escapes for what cannot be shown
CASES = [pytest.param(rule, id=f"{rule.code}-{rule.name}") for rule in RULES.values() if rule.code != "PK004"]


def files_of(example: str, *, escapes: bool) -> dict[str, bytes]:
    """Split an example into files at its lines `# catalog/…`."""
    parts = re.split(r"(?m)^# (catalog/\S+)\n", example)
    texts = dict(zip(parts[1::2], parts[2::2], strict=True)) or {"catalog/topics/example.yml": example}
    return {name: decode(text) if escapes else text.encode() for name, text in texts.items()}


def decode(text: str) -> bytes:
    text = re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)
    return re.sub(rb"\\x([0-9a-f]{2})", lambda found: bytes([int(found[1], 16)]), text.encode())


def codes_of(project: Project) -> set[str]:
    return {finding.rule for finding in validate(project, TODAY).findings}


@pytest.mark.parametrize("rule", CASES)
def test_bad_example_is_found(rule, make_project):
    project = make_project(files_of(rule.bad, escapes=rule.code in BYTES))
    assert rule.code in codes_of(project)


@pytest.mark.parametrize("rule", CASES)
def test_good_example_is_clean(rule, make_project):
    project = make_project(files_of(rule.good, escapes=rule.code in BYTES))
    assert codes_of(project) == set()


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.code) for rule in RULES.values() if rule.fix])
def test_fix_mends_the_bad_example_or_leaves_it(rule, make_project, cli):
    project = make_project(files_of(rule.bad, escapes=rule.code in BYTES))
    before = codes_of(project)
    cli("validate", "--fix", cwd=project.root)
    assert codes_of(project) <= before - {rule.code} or rule.code == "PK033"


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.code)
def test_every_rule_is_documented(rule):
    assert re.fullmatch(r"PK\d{3}", rule.code)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)
    assert rule.summary
    assert len(rule.why.split()) >= 5
