"""Drive Zensical, which builds the same site from the same `mkdocs.yml`: in a process of its own, always the whole."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

from pinakes.errors import PinakesError

_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_WARNING = re.compile(r"^Warning: (.+)\n\s*╭─\[ (.+?):(\d+):(\d+) \]", re.MULTILINE)
_LAST_LINES = 5


def build_by_zensical(config_file: Path) -> dict[str, tuple[str, ...]]:
    """Build a site from nothing.

    Args:
        config_file: `mkdocs.yml`; paths in it are relative to its folder.

    Returns:
        What Zensical warned of, by page (its file below `build/docs`).

    Raises:
        PinakesError: Zensical is not installed, or failed.
    """
    if importlib.util.find_spec("zensical") is None:
        raise PinakesError("Zensical is not installed", hint="`pip install 'pinakes[zensical]'`, or build with MkDocs")
    done = subprocess.run(  # noqa: S603  # our own interpreter, and a path of the project
        [sys.executable, "-m", "zensical", "build", "--clean", "--config-file", config_file],
        cwd=config_file.parent, env=os.environ | {"NO_COLOR": "1"}, stdin=subprocess.DEVNULL,
        capture_output=True, encoding="utf-8", errors="replace", check=False,
    )  # fmt: skip
    said = _COLOUR.sub("", done.stdout + done.stderr)
    if done.returncode != 0:
        last = "\n".join(said.strip().splitlines()[-_LAST_LINES:])
        raise PinakesError(f"Zensical failed: {last}", place=config_file.name)
    return _warnings(said)


def _warnings(said: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for message, page, line, column in _WARNING.findall(said):
        found[page] = (*found.get(page, ()), f"{page}:{line}:{column}: {message}")
    if not found and "issues found" in said.replace("No issues found", ""):
        found[""] = (said.strip(),)
    return found
