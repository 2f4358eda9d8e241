"""From rendered pages to the site: hand MkDocs or Zensical what changed since the site was last built."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pinakes.project import Project
from pinakes.site.stamp import Stamp, Tree, remove_stamp, tree_of

if TYPE_CHECKING:
    from pinakes.site.mkdocs_build import MkDocsSite

Builder = Literal["mkdocs", "zensical"]


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


@dataclass(frozen=True, slots=True)
class Task:
    """What to build.

    Attributes:
        project: The project; its pages are rendered.
        config_file: The builder's configuration.
        setting: A digest of what every page depends on.
        before: The build that the site is of; None if there is none, or it had another setting.
    """

    project: Project
    config_file: Path
    setting: str
    before: Stamp | None


@dataclass(frozen=True, slots=True)
class Made:
    """What a builder did.

    Attributes:
        docs: What lay in `build/docs`.
        warnings: What the builder warns of, by page; what concerns no page is below `""`.
        is_whole: Whether every page was built in one go, so that no warning is missing.
        built: How many pages were built.
        is_changed: Whether any file of the site was written or removed.
    """

    docs: Tree
    warnings: Mapping[str, tuple[str, ...]]
    is_whole: bool
    built: int
    is_changed: bool = True


@dataclass(slots=True)
class WarmSite:
    """The site as MkDocs knew it at the last build of this process, if nothing but pages has changed since.

    Attributes:
        site: The site.
        setting: A digest of what every page depends on.
        files: The files in `build/docs`.
    """

    site: MkDocsSite | None = None
    setting: str = ""
    files: frozenset[str] = frozenset()

    def open(self, task: Task, files: Collection[str]) -> MkDocsSite:
        """Give the site, read anew if it has changed."""
        from pinakes.site.mkdocs_build import open_site  # noqa: PLC0415  # 0.2 s, and not for Zensical

        if self.site is None or self.setting != task.setting or self.files != files:
            self.site = open_site(task.config_file, task.project.state / "templates")
            self.setting, self.files = task.setting, frozenset(files)
        return self.site


def make_site(task: Task, order: Order, warm: WarmSite) -> Made:
    """Bring `build/site` up to date with `build/docs`; nothing is touched where nothing changed.

    Raises:
        PinakesError: The builder failed, or is not installed.
    """
    docs, before = tree_of(task.project.build / "docs"), task.before
    if before and before.docs == docs and (before.is_whole or not order.strict):
        return Made(docs, before.warnings, before.is_whole, 0, is_changed=False)
    remove_stamp(task.project)
    if order.builder == "zensical":
        return _by_zensical(task, docs)
    site = warm.open(task, docs.keys())
    if before is None or order.strict or not site.pages_are_independent:
        from pinakes.site.mkdocs_build import build_whole  # noqa: PLC0415

        return Made(docs, build_whole(site, processes=order.processes), True, len(site.docs))
    return _changed_pages(task.project, site, docs, before)


def _changed_pages(project: Project, site: MkDocsSite, docs: Tree, before: Stamp) -> Made:
    from pinakes.site.mkdocs_build import build_some, outputs  # noqa: PLC0415

    # A page that was warned of may be right by now: the one that it links to has come.
    changed = {path for path, marks in docs.items() if before.docs.get(path) != marks} | (before.warnings.keys() & docs)
    moved = before.docs.keys() ^ docs.keys()
    warnings = build_some(site, changed, pages_came_or_went=any(map(_is_page, moved)))
    if moved:
        _remove_all_but(project.build / "site", outputs(site))
    kept = {page: texts for page, texts in before.warnings.items() if page not in changed and page in docs}
    return Made(docs, kept | dict(warnings), is_whole=False, built=sum(map(_is_page, changed)))


def _by_zensical(task: Task, docs: Tree) -> Made:
    from pinakes.site.zensical_build import build_by_zensical  # noqa: PLC0415

    _remove_all_but(task.project.build / "site", frozenset())
    return Made(docs, build_by_zensical(task.config_file), is_whole=True, built=sum(map(_is_page, docs)))


def _is_page(path: str) -> bool:
    return path.endswith(".md")


def _remove_all_but(folder: Path, kept: Collection[str]) -> None:
    for path in tree_of(folder):
        if path not in kept:
            (folder / path).unlink()
            _remove_empty(folder, (folder / path).parent)


def _remove_empty(top: Path, folder: Path) -> None:
    while folder != top and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent
