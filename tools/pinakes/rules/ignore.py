"""Excuses: `# pinakes: ignore PK031: why` at the end of a line, and the rules about them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pinakes.findings import Finding
from pinakes.rules.registry import Problem, rule

_EXCUSE = re.compile(
    r"(?:^|\s)#\s*pinakes:\s*ignore\b(?P<codes>[ \t,A-Z0-9]*)(?::[ \t]*(?P<reason>[^\n\r]*))?", re.MULTILINE
)
_CODE = re.compile(r"PK\d{3}")


class Excuse(NamedTuple):
    """A comment that excuses the findings of some rules in its line.

    Attributes:
        line: From 1.
        offset: The character at which the comment begins.
        codes: The rules' codes.
        reason: Why; empty if none is given.
    """

    line: int
    offset: int
    codes: tuple[str, ...]
    reason: str


def find_excuses(text: str) -> Iterator[Excuse]:
    """Find the excuses in a file's text."""
    if "pinakes:" not in text:
        return
    for found in _EXCUSE.finditer(text):
        index = text.index("#", found.start())
        codes = tuple(_CODE.findall(found["codes"]))
        yield Excuse(text.count("\n", 0, index) + 1, index, codes, (found["reason"] or "").strip())


def excuse(findings: Iterable[Finding], excuses: Iterable[Excuse]) -> tuple[list[Finding], list[Excuse]]:
    """Take out the findings that are excused.

    Returns:
        The findings that remain, and the excuses that excused nothing. An excuse without a reason excuses nothing.
    """
    valid = {(one.line, code): one for one in excuses if one.reason for code in one.codes}
    used: set[Excuse] = set()
    remaining: list[Finding] = []
    for finding in findings:
        one = valid.get((finding.line, finding.rule))
        if one is None:
            remaining.append(finding)
        else:
            used.add(one)
    return remaining, [one for one in excuses if one.reason and one not in used]


@rule("PK080", "ignore-without-reason", of="run")
def ignore_without_reason(excuses: Iterable[Excuse]) -> Iterator[Problem]:
    """A line is excused, but nothing says from what or why.

    Why:
        In a year nobody knows whether it may go. The form is `# pinakes: ignore PK031: the link needs it`.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff?utm_source=wechat # pinakes: ignore PK031

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff?utm_source=wechat # pinakes: ignore PK031: the page needs the parameter
    """
    for one in excuses:
        if not one.reason or not one.codes:
            missing = "no reason" if one.codes else "no rule"
            yield Problem(f"an excuse with {missing}", "write `# pinakes: ignore PK031: why`", offset=one.offset)


@rule("PK081", "unused-ignore", of="run", severity="warning")
def unused_ignore(unused: Iterable[Excuse]) -> Iterator[Problem]:
    """A line is excused from a rule that finds nothing there.

    Why:
        It hides the next finding in that line, the one that would matter.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff # pinakes: ignore PK031: the page needs the parameter

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for one in unused:
        if one.codes:
            yield Problem(f"nothing to excuse for {', '.join(one.codes)}", "take the comment out", offset=one.offset)
