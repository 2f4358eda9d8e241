"""Writing a tree of files so that only what changed is touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

Content = str | bytes | Path
"""A file's content, or the file to copy."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a run changed, by path below the tree's root, sorted.

    Attributes:
        written: New files and files whose bytes changed.
        removed: Files that nothing makes any more.
        total: How many files the tree has.
    """

    written: tuple[str, ...]
    removed: tuple[str, ...]
    total: int


def write_tree(root: Path, files: Iterable[tuple[str, Content]], *, folders: tuple[str, ...]) -> Written:
    """Make a tree hold these files and no others.

    Args:
        root: The tree's folder; made if it is not there.
        files: Path below the root, and content. A later file of the same path takes the place of an earlier one.
        folders: The folders below the root that are ours: what else lies in them is removed.
    """
    wanted = dict(files)
    written = [path for path, content in wanted.items() if _write_if_changed(root / path, content)]
    removed = [path for path in _existing(root, folders) if path not in wanted]
    for path in removed:
        (root / path).unlink()
    _remove_empty_folders(root, removed)
    return Written(tuple(sorted(written)), tuple(sorted(removed)), len(wanted))


def _write_if_changed(file: Path, content: Content) -> bool:
    data = (
        content.read_bytes() if isinstance(content, Path) else content.encode() if isinstance(content, str) else content
    )
    try:
        with file.open("rb") as old:
            # Comparing sizes first spares reading a file that differs anyway.
            if os.fstat(old.fileno()).st_size == len(data) and old.read() == data:
                return False
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    except IsADirectoryError:
        file.rmdir()
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_bytes(data)
    fresh.replace(file)
    return True


def _existing(root: Path, folders: tuple[str, ...]) -> Iterator[str]:
    for folder in folders:
        for base, _, names in os.walk(root / folder):
            prefix = os.path.relpath(base, root).replace(os.sep, "/")
            yield from [f"{prefix}/{name}" for name in names]


def _remove_empty_folders(root: Path, removed: Iterable[str]) -> None:
    for path in removed:
        for folder in Path(path).parents:
            if folder == Path() or any((root / folder).iterdir()):
                break
            (root / folder).rmdir()
