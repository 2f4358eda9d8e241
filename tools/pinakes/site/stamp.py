"""What the last build left behind: enough to know that nothing is to be done, or which pages are.

A stamp is written after a build has succeeded and taken away before the next one touches the site, so a build that was
killed is never taken for a finished one. It says nothing by itself: it holds only while the files are as it says.
"""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import orjson

import pinakes
from pinakes.findings import Finding
from pinakes.project import Project

Tree = Mapping[str, list[int]]
"""The files below a folder: path to size in bytes and time of change in nanoseconds."""

_BUILDERS = ("mkdocs", "mkdocs-material", "markdown", "pymdown-extensions", "jinja2", "zensical", "pyyaml", "pydantic")
_DIGEST_BYTES = 16


@dataclass(frozen=True, kw_only=True)
class Stamp:
    """A finished build.

    Attributes:
        sources: A digest of all that people wrote, and of `setting`.
        setting: A digest of what every page depends on: the configuration, the theme, the builder, the program.
        docs: What lay in `build/docs`.
        site: What then lay in `build/site`.
        warnings: What the builder warned of, by page; what concerns no page is below `""`.
        is_whole: Whether every page was built in one go, so that no warning is missing.
        problems: What could not be rendered as it is meant.
        findings: What is wrong with the catalogue.
    """

    sources: str
    setting: str
    docs: Tree
    site: Tree
    warnings: Mapping[str, tuple[str, ...]]
    is_whole: bool
    problems: tuple[str, ...]
    findings: tuple[Finding, ...]


def read_stamp(project: Project) -> Stamp | None:
    """Read the stamp; None if there is none or it cannot be read."""
    try:
        data = orjson.loads(_place(project).read_bytes())
        findings = tuple(Finding(**{**found, "path": tuple(found["path"])}) for found in data.pop("findings"))
        warnings = {page: tuple(texts) for page, texts in data.pop("warnings").items()}
        return Stamp(findings=findings, warnings=warnings, **data)
    except (OSError, orjson.JSONDecodeError, KeyError, TypeError, AttributeError):
        return None


def write_stamp(project: Project, stamp: Stamp) -> None:
    """Write the stamp, whole or not at all."""
    place = _place(project)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    fresh.write_bytes(orjson.dumps(asdict(stamp)))
    fresh.replace(place)


def remove_stamp(project: Project) -> None:
    """Take the stamp away: the site is about to change."""
    _place(project).unlink(missing_ok=True)


def tree_of(folder: Path) -> Tree:
    """List the files below a folder; empty if it is not there."""
    found: dict[str, list[int]] = {}
    pending = [""]
    while pending:
        below = pending.pop()
        try:
            with os.scandir(folder / below) as items:
                for item in items:
                    if item.is_dir(follow_symlinks=False):
                        pending.append(f"{below}{item.name}/")
                    else:
                        status = item.stat()
                        found[below + item.name] = [status.st_size, status.st_mtime_ns]
        except FileNotFoundError:
            continue
    return found


def digest_of(*parts: str | bytes) -> str:
    """Digest texts and bytes so that no two lists of them have the same digest."""
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()


def digest_of_files(paths: Iterable[Path]) -> str:
    """Digest the names and bytes of files, and of all files below folders; what is not there counts as such."""
    parts: list[str | bytes] = []
    for path in paths:
        for file in sorted(path / name for name in tree_of(path)) if path.is_dir() else [path]:
            parts += [str(file), file.read_bytes() if file.is_file() else b"not there"]
    return digest_of(*parts)


@cache
def program() -> str:
    """A digest of what makes a site of a catalogue: our package as it lies on the disk, Python, the libraries."""
    tree = tree_of(Path(pinakes.__file__).parent)
    code = {name: marks for name, marks in tree.items() if "__pycache__" not in name}
    return digest_of(
        orjson.dumps(code, option=orjson.OPT_SORT_KEYS), platform.python_version(), *map(_version, _BUILDERS)
    )


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _place(project: Project) -> Path:
    return project.state / "built.json"
