"""Where a project's things lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pinakes.errors import ProjectError


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with `catalog/config.yml`.

    Attributes:
        root: The folder, absolute and without symbolic links.
    """

    root: Path

    @property
    def catalog(self) -> Path:
        """What people write: config, topics, papers, terms, snippets, and the tools' records."""
        return self.root / "catalog"

    @property
    def docs(self) -> Path:
        """Hand-written pages; need not exist."""
        return self.root / "docs"

    @property
    def build(self) -> Path:
        """All output; can be deleted at any time."""
        return self.root / "build"

    @property
    def state(self) -> Path:
        """What the tools remember between runs, outside git; can be deleted at any time."""
        return self.root / ".pinakes"

    def relative(self, path: Path) -> str:
        """The path below the project's folder, with `/`: the form that findings and JSON have."""
        name = path.relative_to(self.root).as_posix()
        return name.encode("utf-8", "backslashreplace").decode("utf-8")  # a name may be any bytes


def find_project(start: Path) -> Project:
    """Find the project that a folder belongs to: the nearest one at or above it.

    Raises:
        ProjectError: There is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "catalog" / "config.yml").is_file():
            return Project(folder)
    raise ProjectError(
        "no Pinakes project here or in any folder above",
        place=str(start),
        hint="a project is a folder with catalog/config.yml (an empty file will do); `pinakes init` makes one",
    )
