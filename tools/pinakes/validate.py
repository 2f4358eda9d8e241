"""Validate a catalogue: load it and run the rules over it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pinakes.errors import BrokenCatalogError
from pinakes.findings import Finding
from pinakes.model import Catalog
from pinakes.project import Project
from pinakes.rules.catalog import Survey
from pinakes.rules.whole import check_catalog, settle
from pinakes.store.load import Loaded, load


@dataclass(frozen=True)
class Validated:
    """A catalogue, and what is wrong with it.

    Attributes:
        loaded: What was read.
        findings: All findings that nothing excuses, by file, line and column.
    """

    loaded: Loaded
    findings: tuple[Finding, ...]

    @property
    def catalog(self) -> Catalog:
        """The catalogue.

        Raises:
            BrokenCatalogError: A file cannot be loaded.
        """
        if self.loaded.broken:
            raise BrokenCatalogError(self.loaded.broken)
        return self.loaded.catalog


def validate(project: Project, today: date) -> Validated:
    """Run every rule over a catalogue; `today` is the day after which dates lie in the future."""
    loaded = load(project)
    return Validated(loaded, judge(project, loaded, today))


def judge(project: Project, loaded: Loaded, today: date) -> tuple[Finding, ...]:
    """Find what is wrong with a catalogue that was read."""
    survey = Survey(
        loaded.catalog,
        today,
        known_topics=_names(loaded, "catalog/topics/"),
        known_papers=_names(loaded, "catalog/papers/"),
        flawed=frozenset(finding.file for finding in loaded.findings),
        figures=frozenset(_figures(project.docs / "figures")),
    )
    findings = [*loaded.findings, *check_catalog(survey, loaded.files)]
    return tuple(settle(findings, loaded.excuses, loaded.files))


def _names(loaded: Loaded, folder: str) -> frozenset[str]:
    return frozenset(
        name.removeprefix(folder).removesuffix(".yml")
        for name in loaded.files
        if name.startswith(folder) and name.endswith(".yml")
    )


def _figures(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
