"""Findings for programs: JSON, GitHub's annotations, JUnit XML, SARIF, and Markdown for a job's summary."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from pinakes import __version__
from pinakes.findings import Finding
from pinakes.report import Report
from pinakes.rules.all import RULES

SCHEMA = 1
_GITHUB_WORDS = {"error": "error", "warning": "warning", "info": "notice"}
_SARIF_WORDS = {"error": "error", "warning": "warning", "info": "note"}


def json_document(report: Report) -> str:
    """The project's own JSON: `{"schema": 1, "summary": {…}, "findings": […]}`."""
    document = {
        "schema": SCHEMA,
        "summary": {"findings": len(report.findings), **report.summary},
        "findings": [finding.to_json() for finding in report.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def github(report: Report) -> str:
    """Workflow commands, which GitHub shows beside the very line of a pull request.

    Source: docs.github.com, "Workflow commands for GitHub Actions", with its escapes.
    """
    return "".join(_annotation(finding) + "\n" for finding in report.findings)


def _annotation(finding: Finding) -> str:
    place = {
        "file": finding.file,
        "line": finding.line,
        "col": finding.column,
        "title": f"{finding.rule} {RULES[finding.rule].name}" if finding.rule in RULES else finding.rule,
    }
    properties = ",".join(f"{key}={_escape(str(value), ':,')}" for key, value in place.items())
    message = finding.message + (f"\n{finding.hint}" if finding.hint else "")
    return f"::{_GITHUB_WORDS[finding.severity]} {properties}::{_escape(message)}"


def _escape(value: str, also: str = "") -> str:
    for character in "%\r\n" + also:
        value = value.replace(character, f"%{ord(character):02X}")
    return value


def junit(report: Report) -> str:
    """JUnit XML: a file is a test case, its findings are its failures."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        by_file.setdefault(finding.file, []).append(finding)
    suite = ET.Element("testsuite", name="pinakes", tests=str(max(1, len(by_file))), failures=str(len(by_file)))
    for name, findings in by_file.items():
        case = ET.SubElement(suite, "testcase", name=name, classname="pinakes", file=name, line=str(findings[0].line))
        failure = ET.SubElement(case, "failure", message=f"{len(findings)} finding(s)", type=findings[0].rule)
        failure.text = "\n".join(map(_plain, findings))
    if not by_file:
        ET.SubElement(suite, "testcase", name="catalogue", classname="pinakes")
    suites = ET.Element("testsuites")
    suites.append(suite)
    ET.indent(suites)
    return ET.tostring(suites, encoding="unicode", xml_declaration=True) + "\n"


def _plain(finding: Finding) -> str:
    words = f"{finding.file}:{finding.line}:{finding.column}: {finding.rule} {finding.message}"
    return "".join(character if character.isprintable() else "\ufffd" for character in words)


def sarif(report: Report) -> str:
    """SARIF 2.1.0 (OASIS), which GitHub's code scanning and many editors read."""
    codes = sorted({finding.rule for finding in report.findings} | set(RULES))
    run = {
        "tool": {
            "driver": {
                "name": "pinakes",
                "semanticVersion": __version__,
                "rules": [_sarif_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "the project's folder"}}},
        "results": [_sarif_result(finding, codes.index(finding.rule)) for finding in report.findings],
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _sarif_rule(code: str) -> dict[str, Any]:
    rule = RULES.get(code)
    if rule is None:
        return {"id": code}
    return {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.why},
        "defaultConfiguration": {"level": _SARIF_WORDS[rule.severity]},
    }


def _sarif_result(finding: Finding, rule_index: int) -> dict[str, Any]:
    message = finding.message + (f". {finding.hint}" if finding.hint else "")
    uri = {"uri": quote(finding.file), "uriBaseId": "%SRCROOT%"}
    region = {"startLine": finding.line, "startColumn": finding.column}
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _SARIF_WORDS[finding.severity],
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": uri, "region": region}}],
    }


def markdown(report: Report) -> str:
    """A table for a job's summary or a comment."""
    if not report.findings:
        return "No findings.\n"
    rows = [
        f"| `{f.file}:{f.line}:{f.column}` | {f.rule} | {cell(f.message)} | {cell(f.hint)} |" for f in report.findings
    ]
    return "\n".join(["| place | rule | finding | hint |", "| --- | --- | --- | --- |", *rows]) + "\n"


def cell(words: str) -> str:
    """Write words so that they stand in a cell of a Markdown table as they are."""
    for character in "\\|<>[]*_":
        words = words.replace(character, "\\" + character)
    return words.replace("\n", " ")
