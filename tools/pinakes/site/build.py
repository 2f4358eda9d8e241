"""From the catalogue to the site: validate, render, then MkDocs or Zensical, each only as far as there is need."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pinakes.errors import PinakesError
from pinakes.findings import Finding
from pinakes.model import Config
from pinakes.project import Project
from pinakes.site import stamp as stamps
from pinakes.site.stamp import Stamp, Tree, tree_of

Builder = Literal["mkdocs", "zensical"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """How to build.

    Attributes:
        builder: What makes the site of the rendered pages.
        strict: Whether to look at every page again if any has changed: building only those that changed misses a
            link that another page has to one that is gone.
        processes: How many processes MkDocs' work is shared by; more than one only where no other thread runs.
    """

    builder: Builder = "mkdocs"
    strict: bool = False
    processes: int = 1


def build(project: Project, today: date, order: Order = Order()) -> Built:
    """Bring the site up to date with the catalogue.

    Args:
        project: The project; `build/docs`, `build/theme` and `build/site` are written.
        today: The day after which dates lie in the future.
        order: How to build.

    Raises:
        BrokenCatalogError: A file of the catalogue cannot be loaded; nothing was written.
        PinakesError: A hand-written page, the configuration or the theme is such that no site can be made of it.
    """
    with _disk_trouble_as_ours(), _alone(project):
        sources = _digest_sources(project, today, order.builder)
        last = stamps.read_stamp(project)
        if last and last.sources == sources and _still_there(project, last) and (last.is_whole or not order.strict):
            return _built(last, _Made(last.docs, last.warnings, last.is_whole, 0, is_changed=False))
        return _build(project, today, order, sources, last)


def _build(project: Project, today: date, order: Order, sources: str, last: Stamp | None) -> Built:
    from pinakes.site.render import render  # noqa: PLC0415  # not needed where nothing changed
    from pinakes.validate import validate  # noqa: PLC0415

    validated = validate(project, today)
    rendered = render(project, validated.catalog)
    config_file = _config_file(project, validated.catalog.config)
    setting = _digest_setting(project, config_file, order.builder)
    before = last if last and last.setting == setting and tree_of(project.build / "site") == last.site else None
    made = _make_site(project, order, config_file, before)
    stamp = Stamp(
        sources=sources,
        setting=setting,
        docs=made.docs,
        site=tree_of(project.build / "site"),
        warnings=made.warnings,
        is_whole=made.is_whole,
        problems=rendered.problems,
        findings=validated.findings,
    )
    stamps.write_stamp(project, stamp)
    return _built(stamp, made)


@dataclass(frozen=True, slots=True)
class _Made:
    """What a builder did."""

    docs: Tree
    warnings: Mapping[str, tuple[str, ...]]
    is_whole: bool
    built: int
    is_changed: bool = True


def _make_site(project: Project, order: Order, config_file: Path, before: Stamp | None) -> _Made:
    docs = tree_of(project.build / "docs")
    if before and before.docs == docs and (before.is_whole or not order.strict):
        return _Made(docs, before.warnings, before.is_whole, 0, is_changed=False)
    stamps.remove_stamp(project)
    if order.builder == "zensical":
        return _whole_by_zensical(project, config_file, docs)
    from pinakes.site import mkdocs_build as by_mkdocs  # noqa: PLC0415  # 0.2 s

    site = by_mkdocs.open_site(config_file, project.state / "templates")
    if before is None or order.strict or not site.pages_are_independent:
        return _Made(docs, by_mkdocs.build_whole(site, processes=order.processes), True, len(site.docs))
    changed = {path for path, marks in docs.items() if before.docs.get(path) != marks} | (before.warnings.keys() & docs)
    moved = before.docs.keys() ^ docs.keys()
    warnings = by_mkdocs.build_some(site, changed, pages_came_or_went=any(path.endswith(".md") for path in moved))
    _remove_all_but(project.build / "site", by_mkdocs.outputs(site))
    kept = {page: texts for page, texts in before.warnings.items() if page not in changed and page in docs}
    return _Made(docs, kept | dict(warnings), is_whole=False, built=sum(path.endswith(".md") for path in changed))


def _whole_by_zensical(project: Project, config_file: Path, docs: Tree) -> _Made:
    from pinakes.site.zensical_build import build_by_zensical  # noqa: PLC0415

    _remove_all_but(project.build / "site", frozenset())
    return _Made(docs, build_by_zensical(config_file), True, sum(path.endswith(".md") for path in docs))


def _built(stamp: Stamp, made: _Made) -> Built:
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
    written = stamps.digest_of_files([project.catalog, project.docs, project.root / "mkdocs.yml"])
    return stamps.digest_of(stamps.program(), builder, today.isoformat(), written)


def _digest_setting(project: Project, config_file: Path, builder: Builder) -> str:
    files = stamps.digest_of_files([config_file, project.build / "theme"])
    return stamps.digest_of(stamps.program(), builder, str(project.root), files)


def _config_file(project: Project, config: Config) -> Path:
    """The project's own `mkdocs.yml`, or else one that is written for it."""
    own = project.root / "mkdocs.yml"
    if own.is_file():
        return own
    from pinakes.site.config import mkdocs_yml  # noqa: PLC0415

    file = project.build / "mkdocs.yml"
    file.write_text(mkdocs_yml(config, build=""), encoding="utf-8")
    return file


def _remove_all_but(folder: Path, kept: Collection[str]) -> None:
    for path in tree_of(folder):
        if path not in kept:
            (folder / path).unlink()
            _remove_empty(folder, (folder / path).parent)


def _remove_empty(top: Path, folder: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


@contextmanager
def _alone(project: Project) -> Iterator[None]:
    """Let only one process at a time build a project; the others wait."""
    try:
        import fcntl  # noqa: PLC0415  # not there on Windows, where people have to take turns themselves
    except ImportError:
        yield
        return
    project.state.mkdir(parents=True, exist_ok=True)
    with (project.state / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _disk_trouble_as_ours() -> Iterator[None]:
    """Make a full disk or a file that may not be written an error with a place."""
    try:
        yield
    except OSError as error:
        if error.filename is None:
            raise
        raise PinakesError(f"{error.strerror}", place=str(error.filename)) from error
