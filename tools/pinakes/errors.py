"""What a user can have caused, and what they can do about it.

PinakesError            anything below; the command line prints it and exits with 2
├── ProjectError        not inside a project, or its folder is not as it must be
├── BrokenCatalogError  a catalogue file that cannot be loaded; carries its findings
└── EditError           an edit that cannot be made without touching other bytes
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pinakes.findings import Finding


class PinakesError(Exception):
    """An error with a place and a way out, never shown as a traceback.

    Attributes:
        message: What is wrong, in one sentence.
        place: Where: a path, or `path:line:column`; empty if there is none.
        hint: What to do about it; empty if there is nothing to say.
    """

    def __init__(self, message: str, *, place: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message, self.place, self.hint = message, place, hint

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head}\n  hint: {self.hint}" if self.hint else head


class ProjectError(PinakesError):
    """No project here, or its folder is not as it must be."""


class EditError(PinakesError):
    """An edit that cannot be made without touching other bytes."""


class BrokenCatalogError(PinakesError):
    """A catalogue with files that cannot be loaded.

    Attributes:
        findings: Why, one or more for each file.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        files = sorted({finding.file for finding in findings})
        super().__init__(
            f"{len(files)} catalogue file(s) cannot be loaded: {', '.join(files[:5])}",
            hint="`pinakes validate` shows each place; nothing was written",
        )
        self.findings = tuple(findings)
