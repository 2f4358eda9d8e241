"""Show a change of a file to people."""

from __future__ import annotations

from difflib import unified_diff
from io import StringIO


def unified(file: str, before: str | None, after: str | None) -> str:
    """Write a change as a unified diff.

    Args:
        file: Its path below the project's folder.
        before: Its text now; None if it is new.
        after: Its text then; None if it is removed.
    """
    old, new = (
        StringIO(text or "").readlines() for text in (before, after)
    )  # splitlines would part them at U+2028 too
    source, target = ("/dev/null" if text is None else file for text in (before, after))
    lines = unified_diff(old, new, source, target)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)
