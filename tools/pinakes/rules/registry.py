"""The list of rules, and how a function becomes one.

A rule is one function; its docstring is its page in the reference:

    One line: what is wrong.

    Why:
        Why it matters.

    Bad:
        A file that breaks the rule.

    Good:
        The same file, mended.

An example is a topic file unless its first line names another, `# catalog/papers/moco.yml`; further such lines begin
further files. A test checks that each bad example gives the rule's finding, and that the good one gives none at all.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, ParamSpec, TypeVar

from pinakes.findings import Path, Severity

Scope = Literal["file", "url", "title", "date", "catalog", "run"]
P = ParamSpec("P")
R = TypeVar("R")


class Problem(NamedTuple):
    """What a rule about a file or the whole catalogue yields.

    Attributes:
        message: What is wrong: one sentence without a full stop.
        hint: What to do about it.
        path: Keys and indices to the value that is meant.
        key: Whether the last key itself is meant, and not its value.
        offset: The character that is meant, in place of a path.
        file: The file that is meant, if the rule is about the whole catalogue.
        part: The part of the value that is meant, to point at; empty for the whole.
    """

    message: str
    hint: str = ""
    path: Path = ()
    key: bool = False
    offset: int | None = None
    file: str = ""
    part: str = ""


class Fault(NamedTuple):
    """What a rule about one value (a URL, a title, a date) returns; None if nothing is wrong.

    Attributes:
        message: What is wrong.
        hint: What to do about it.
        part: The part of the value that is meant, to point at; empty for the whole.
    """

    message: str
    hint: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule with its documentation.

    Attributes:
        code: `PK` and three digits; never reused.
        name: A few words with hyphens.
        severity: All count for the exit code.
        scope: What the check is given: a file, a value of one kind, or the catalogue.
        fatal: A file with this finding cannot be loaded.
        fix: Mends a value, if that is safe; `--fix` applies it.
        check: The function.
        summary: What is wrong, one line.
        why: Why it matters.
        bad: A file that breaks the rule.
        good: The same file, mended.
    """

    code: str
    name: str
    severity: Severity
    scope: Scope
    fatal: bool
    fix: Callable[[str], str] | None
    check: Callable[..., Any]
    summary: str
    why: str
    bad: str
    good: str


RULES: dict[str, Rule] = {}
"""Every rule by its code."""


def rule(
    code: str,
    name: str,
    *,
    of: Scope,
    severity: Severity = "error",
    fatal: bool = False,
    fix: Callable[[str], str] | None = None,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function a rule: enter it in `RULES` with what its docstring says."""

    def enter(check: Callable[P, R]) -> Callable[P, R]:
        summary, sections = _read_docstring(inspect.getdoc(check) or "")
        assert code not in RULES, f"{code} is taken"
        RULES[code] = Rule(
            code=code,
            name=name,
            severity=severity,
            scope=of,
            fatal=fatal,
            fix=fix,
            check=check,
            summary=summary.rstrip("."),
            why=" ".join(sections["Why"].split()),
            bad=sections["Bad"],
            good=sections["Good"],
        )
        return check

    return enter


def of_scope(scope: Scope) -> tuple[Rule, ...]:
    """Every rule that is given a certain thing."""
    return tuple(rule for rule in RULES.values() if rule.scope == scope)


def _read_docstring(text: str) -> tuple[str, dict[str, str]]:
    """Split a rule's docstring into its summary and its sections, each without its indent."""
    summary, _, rest = text.partition("\n")
    parts = re.split(r"(?m)^(Why|Bad|Good):\n", rest)
    return summary, {name: inspect.cleandoc("\n" + body) for name, body in zip(parts[1::2], parts[2::2], strict=True)}
