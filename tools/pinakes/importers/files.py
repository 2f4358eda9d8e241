"""Find the posts that paths on the command line mean."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from pinakes.errors import PinakesError

SUFFIXES = frozenset((".md", ".markdown", ".txt", ".html", ".htm"))
MAX_BYTES = 20_000_000
_NUMBER = re.compile(r"(\d+)")


def find_posts(paths: Iterable[Path]) -> list[Path]:
    """Find the posts in files and folders, each once: the paths as given, a folder's files in natural order.

    A folder is walked through to its last sub-folder; hidden files, and symbolic links that lead out of it, are not
    for the import. A file that is named itself may have any suffix.

    Raises:
        PinakesError: A path does not exist, or there is no post at all.
    """
    found: dict[Path, Path] = {}
    for path in paths:
        for post in _posts_of(path):
            found.setdefault(post.resolve(), post)
    if not found:
        raise PinakesError("nothing to import", hint=f"posts are files that end in {', '.join(sorted(SUFFIXES))}")
    return list(found.values())


def read_post(path: Path) -> bytes:
    """Read a post's bytes.

    Raises:
        PinakesError: It cannot be read, or is too large to be a post.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PinakesError(f"too large for a post: over {MAX_BYTES // 1_000_000} MB", place=str(path))
        return path.read_bytes()
    except OSError as error:
        raise PinakesError(f"cannot be read: {error.strerror}", place=str(path)) from None


def _posts_of(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from sorted(_walk(path), key=_natural)
    else:
        raise PinakesError("no such file or folder", place=str(path))


def _walk(folder: Path) -> Iterator[Path]:
    root = folder.resolve()
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(where, name)
            if _is_post(name) and path.is_file() and path.resolve().is_relative_to(root):
                yield path


def _is_post(name: str) -> bool:
    return not name.startswith(".") and os.path.splitext(name)[1].lower() in SUFFIXES  # noqa: PTH122  # 25 times Path's


def _natural(path: Path) -> list[tuple[int, int, str]]:
    """Sort `part-2` before `part-10`."""
    parts = _NUMBER.split(path.as_posix())
    return [(1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts]
