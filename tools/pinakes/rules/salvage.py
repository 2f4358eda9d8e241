"""Make the most of a file whose data are not all of the form that the model asks for."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any

from pinakes.findings import Path
from pinakes.rules.file import File, FormError, find_form_errors

_MAX_ROUNDS = 5


def salvage(file: File) -> tuple[Any, tuple[int, ...]]:
    """Give a file's data without what the model does not take; the rules about form have told each loss.

    A number where a text is asked for is taken as it is written; an optional value that is wrong is left out; an
    entry that lacks its title or URL is left out whole; a topic without a title is called after its file.

    Returns:
        The data, and for each entry that is left its number among the entries of the file.
    """
    content, errors = file.content, file.form_errors
    indices = list(range(len(_entries_of(content))))
    if errors:
        content = deepcopy(content)
    for _ in range(_MAX_ROUNDS):
        if not errors:
            return content, tuple(indices)
        _mend(file, content, indices, errors)
        errors = find_form_errors(file.kind, content)
    return None, ()


def _mend(file: File, content: Any, indices: list[int], errors: Iterable[FormError]) -> None:
    """Write numbers as the texts that they should be, and take out everything else that is wrong."""
    lost: list[Path] = []
    for error in errors:
        if error.kind == "string_type" and isinstance(error.value, int | float):
            _container(content, error.path)[error.path[-1]] = _as_written(file, _path_in_file(error.path, indices))
        elif error.kind != "missing":
            lost.append(error.path)
        elif error.path == ("title",) and file.kind == "topic":
            content["title"] = PurePosixPath(file.name).stem
        else:
            lost.append(error.path[:-1])
    for path in reversed([path for path in dict.fromkeys(lost) if not _is_inside(path, lost)]):
        if path:
            del _container(content, path)[path[-1]]
        if path[:1] == ("entries",) and len(path) == 2:
            del indices[int(path[1])]


def _entries_of(content: Any) -> list[Any]:
    entries = content.get("entries") if isinstance(content, dict) else None
    return entries if isinstance(entries, list) else []


def _container(content: Any, path: Path) -> Any:
    for step in path[:-1]:
        content = content[step]
    return content


def _path_in_file(path: Path, indices: list[int]) -> Path:
    if path[:1] == ("entries",) and len(path) > 1:
        return ("entries", indices[int(path[1])], *path[2:])
    return path


def _as_written(file: File, path: Path) -> str:
    node = file.source.find(path)
    return str(node.value) if node else ""


def _is_inside(path: Path, others: list[Path]) -> bool:
    return any(len(other) < len(path) and path[: len(other)] == other for other in others)
