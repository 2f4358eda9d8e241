"""From the catalogue to the site: validate, render, then MkDocs or Zensical, each only as far as there is need."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pinakes.errors import BrokenCatalogError, PinakesError
from pinakes.findings import Finding
from pinakes.lock import alone
from pinakes.model import Config
from pinakes.project import Project
from pinakes.site import stamp as stamps
from pinakes.site.builders import Builder, Made, Order, Task, WarmSite, make_site
from pinakes.site.memory import Memory
from pinakes.site.stamp import Stamp, tree_of
from pinakes.store.load import Loaded, load


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A site, and what came to light while it was built.

    Attributes:
        files: How many files the site has.
        built: How many of its pages were built this time.
        is_changed: Whether any of its files was written or removed.
        findings: What is wrong with the catalogue.
        warnings: What could not be shown as it is meant, and what the builder warned of, in sentences.
    """

    files: int
    built: int
    is_changed: bool
    findings: tuple[Finding, ...]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class Warm:
    """What a process that builds again and again keeps from one build to the next.

    Attributes:
        loaded: The catalogue.
        memory: Parts of pages.
        site: The site as MkDocs knows it.
    """

    loaded: Loaded | None = None
    memory: Memory = field(default_factory=Memory)
    site: WarmSite = field(default_factory=WarmSite)


Publish = Callable[[Callable[[], Made]], Made]
"""Runs the step that writes the site; who serves it does so when nobody reads, and then tells those who look on."""


def _publish(make: Callable[[], Made]) -> Made:
    return make()


def build(
    project: Project, today: date, order: Order, *, warm: Warm | None = None, publish: Publish = _publish
) -> Built:
    """Bring the site up to date with the catalogue.

    Args:
        project: The project; `build/docs`, `build/theme` and `build/site` are written.
        today: The day after which dates lie in the future.
        order: How to build.
        warm: What is left of the build before, if it was in this process.
        publish: Runs the step that writes the site.

    Raises:
        BrokenCatalogError: A file of the catalogue cannot be loaded; nothing was written.
        PinakesError: A hand-written page, the configuration or the theme is such that no site can be made of it.
    """
    with _disk_trouble_as_ours(), alone(project.state / "build.lock"):
        sources = _digest_sources(project, today, order.builder)
        last = stamps.read_stamp(project)
        if last and last.sources == sources and _still_there(project, last) and (last.is_whole or not order.strict):
            return _built(last, Made(last.docs, last.warnings, last.is_whole, built=0, is_changed=False))
        stamp, made = _build(_Wanted(project, today, order, sources, last), warm or Warm(), publish)
        stamps.write_stamp(project, stamp)
        return _built(stamp, made)


def warm_up(project: Project, order: Order, warm: Warm) -> None:
    """Do beforehand what the first build of a process has to do and later ones have not; for a site that is built.

    Raises:
        PinakesError: Something has been broken since.
    """
    from pinakes.site.render import render  # noqa: PLC0415

    with _disk_trouble_as_ours(), alone(project.state / "build.lock"):
        catalog = _load(project, warm).catalog
        render(project, catalog, warm.memory)
        config_file = _config_file(project, catalog.config)
        task = Task(project, config_file, _digest_setting(project, config_file, order.builder), None)
        warm.site.open(task, tree_of(project.build / "docs").keys())


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A build that is needed."""

    project: Project
    today: date
    order: Order
    sources: str
    last: Stamp | None


def _build(wanted: _Wanted, warm: Warm, publish: Publish) -> tuple[Stamp, Made]:
    from pinakes.site.render import render  # noqa: PLC0415  # not needed where nothing changed
    from pinakes.validate import judge  # noqa: PLC0415

    project, last = wanted.project, wanted.last
    loaded = _load(project, warm)
    rendered = render(project, loaded.catalog, warm.memory)
    config_file = _config_file(project, loaded.catalog.config)
    setting = _digest_setting(project, config_file, wanted.order.builder)
    is_of_last = last and last.setting == setting and last.site == tree_of(project.build / "site")
    task = Task(project, config_file, setting, last if is_of_last else None)
    made = publish(lambda: make_site(task, wanted.order, warm.site))
    stamp = Stamp(
        sources=wanted.sources,
        setting=setting,
        docs=made.docs,
        site=tree_of(project.build / "site"),
        warnings=made.warnings,
        is_whole=made.is_whole,
        problems=rendered.problems,
        findings=judge(project, loaded, wanted.today),  # after the site, for which somebody may be waiting
    )
    return stamp, made


def _load(project: Project, warm: Warm) -> Loaded:
    warm.loaded = load(project, warm.loaded)
    if warm.loaded.broken:
        raise BrokenCatalogError(warm.loaded.broken)
    return warm.loaded


def _built(stamp: Stamp, made: Made) -> Built:
    said = (text for texts in stamp.warnings.values() for text in texts)
    return Built(
        files=len(stamp.site),
        built=made.built,
        is_changed=made.is_changed,
        findings=stamp.findings,
        warnings=(*stamp.problems, *said),
    )


def _still_there(project: Project, stamp: Stamp) -> bool:
    return tree_of(project.build / "docs") == stamp.docs and tree_of(project.build / "site") == stamp.site


def _digest_sources(project: Project, today: date, builder: Builder) -> str:
    config_file = project.root / "mkdocs.yml"
    written = stamps.digest_of_files([project.catalog, project.docs, config_file])
    return stamps.digest_of(stamps.program(), builder, today.isoformat(), written, *_environment(config_file))


def _digest_setting(project: Project, config_file: Path, builder: Builder) -> str:
    files = stamps.digest_of_files([config_file, project.build / "theme"])
    return stamps.digest_of(stamps.program(), builder, files, *_environment(config_file))


def _environment(config_file: Path) -> Iterator[str]:
    """Give the values of the variables that a configuration takes by `!ENV`."""
    text = config_file.read_text(encoding="utf-8", errors="replace") if config_file.is_file() else ""
    for names in re.findall(r"!ENV\s+(.*)", text):
        for name in re.findall(r"\w+", names):
            yield f"{name}={os.environ.get(name)}"


def _config_file(project: Project, config: Config) -> Path:
    """The project's own `mkdocs.yml`, or else one that is written for it."""
    own = project.root / "mkdocs.yml"
    if own.is_file():
        return own
    from pinakes.site.config import mkdocs_yml  # noqa: PLC0415

    file = project.build / "mkdocs.yml"
    file.write_text(mkdocs_yml(config, build=""), encoding="utf-8")
    return file


@contextmanager
def _disk_trouble_as_ours() -> Iterator[None]:
    """Make a full disk or a file that may not be written an error with a place."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise PinakesError(f"{error.strerror}", place=str(error.filename)) from error
