"""Files that browsers get beside the pages: our own style sheet and script, and what npm's packages bring."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

from pinakes.errors import PinakesError

HERE = Path(__file__).parent
STATIC = HERE / "static"
"""Written by us."""
THEME = HERE / "theme"
"""Templates, written by us."""
ASSETS = HERE / "assets"
"""Made of npm packages when the package is installed, see `hatch_build.py`."""
PLACE = "assets/pinakes/"
"""Where they lie in the site."""


@cache
def assets_version() -> str:
    """Tell which state of `tools/web` the built assets are of.

    Raises:
        PinakesError: They were never built.
    """
    try:
        return (ASSETS / "VERSION").read_text(encoding="ascii")
    except FileNotFoundError:
        hint = (
            "they are made when the package is installed: `pip install -e .`, or `python hatch_build.py` in a checkout"
        )
        raise PinakesError("the browser assets are not built", place=str(ASSETS), hint=hint) from None


def static_files(*, with_maths: bool) -> Iterator[tuple[str, Path]]:
    """List the files to copy, each with its place in the site."""
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            yield PLACE + file.relative_to(STATIC).as_posix(), file
    if with_maths:
        assets_version()
        for file in sorted((ASSETS / "katex").rglob("*")):
            if file.suffix in {".css", ".woff2"}:
                yield f"{PLACE}katex/{file.relative_to(ASSETS / 'katex').as_posix()}", file


def versioned(path: str) -> str:
    """Give the address of a static file with a mark of its content, so that browsers never keep an old one."""
    file = ASSETS / path if path.startswith("katex/") else STATIC / path
    mark = blake2b(file.read_bytes(), digest_size=4).hexdigest() if file.is_file() else ""
    return f"{PLACE}{path}?v={mark}"
