"""Which files a catalogue has, and how one is written."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pinakes.project import Project
from pinakes.rules.file import File
from pinakes.rules.forms import FileKind

MAX_BYTES = 10_000_000
"""The largest file that is read; 25,000 entries in one topic would be half of it."""


def catalog_files(project: Project) -> Iterator[File]:
    """Read every file that people write: the config first, then terms, papers and topics by path.

    A file that must not or cannot be read comes without its bytes and with the reason.
    """
    yield _read(project, project.catalog / "config.yml", "config")
    if (project.catalog / "terms.yml").exists():
        yield _read(project, project.catalog / "terms.yml", "terms")
    for path in _yaml_files(project.catalog / "papers"):
        yield _read(project, path, "paper")
    for path in _yaml_files(project.catalog / "topics"):
        yield _read(project, path, "topic")


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all: to a new file beside it, which then takes its place.

    The new bytes are on the disk before the name changes, and the file keeps its permissions.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o644)  # noqa: PTH101  # a name, no Path
        os.replace(name, path)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def trouble_with(project: Project, path: Path) -> str:
    """Say why a file must not be opened; empty if nothing speaks against it."""
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(project.catalog.resolve()):
            return "a symbolic link that leads out of the catalogue"
        status = path.stat()
    except (OSError, RuntimeError) as error:
        return f"it cannot be read: {getattr(error, 'strerror', None) or error}"
    if not stat.S_ISREG(status.st_mode):
        return "not a file"
    if status.st_size > MAX_BYTES:
        return f"a file of {status.st_size / 1e6:,.0f} MB; the largest that is read has {MAX_BYTES / 1e6:.0f} MB"
    return ""


def _yaml_files(folder: Path) -> Iterator[Path]:
    """Find the YAML files below a folder; a topic comes before the topics below it."""
    found = []
    for base, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(base, name) for name in names if name.endswith((".yml", ".yaml")) and not name.startswith(".")]
    return iter(sorted(found, key=lambda path: path.with_suffix("").parts))


def _read(project: Project, path: Path, kind: FileKind) -> File:
    name = project.relative(path)
    trouble = trouble_with(project, path)
    if trouble:
        return File(name, kind, b"", trouble)
    try:
        return File(name, kind, path.read_bytes())
    except OSError as error:
        return File(name, kind, b"", f"it cannot be read: {error.strerror}")
