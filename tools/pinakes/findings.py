"""A finding: one thing that is wrong at one place of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Finding:
    """One thing that is wrong, and where.

    Attributes:
        file: Path below the project's folder, with `/`.
        line: From 1.
        column: From 1, in characters.
        rule: The rule's code, `PK012`.
        message: What is wrong, one sentence without a full stop.
        hint: What to do about it; may be empty.
        severity: How bad it is. All count for the exit code.
        path: Keys and indices from the file's root to the value that is meant.
    """

    file: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    severity: Severity = "error"
    path: Path = ()

    def to_json(self) -> dict[str, str | int]:
        """The finding in the form that every command's JSON has."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }
