"""Drive MkDocs page by page: with our theme and without plugins, no page depends on another.

That is what lets several processes share a build, and what lets one edited page be built alone. `mkdocs build` makes
the same site of the same files, only slower; and where a project's own `mkdocs.yml` brings a plugin, a hook or
another theme, so do we.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemBytecodeCache

# Private names, but of a program that has stopped changing: MkDocs 1.6.1 is the last of its line.
from mkdocs.commands.build import _build_extra_template, _build_theme_template, _populate_page
from mkdocs.commands.build import _build_page as _write_page
from mkdocs.commands.build import build as build_by_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.structure.files import File, Files, InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import Navigation, get_navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

from pinakes.errors import PinakesError

WORTH_A_PROCESS = 150
"""Pages from which on a second process pays: starting one and compiling the templates in it takes 0.3 s."""
SHARE = 50
"""Pages that a process is given at a time."""

Warnings = Mapping[str, tuple[str, ...]]
"""What MkDocs warned of, by page (its file below `build/docs`); what concerns no page is below `""`."""


@dataclass(frozen=True)
class MkDocsSite:
    """A site as MkDocs knows it before it has read any page.

    Attributes:
        config: `mkdocs.yml`.
        files: What lies in `build/docs` and in the theme.
        nav: The navigation, which our theme does not show.
        env: The theme's templates.
        docs: Those of the files that are pages.
        warnings: What MkDocs warned of so far.
    """

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    docs: Sequence[File]
    warnings: tuple[str, ...]

    @property
    def pages_are_independent(self) -> bool:
        """Whether building one page never needs another: there is no plugin and no hook, and the theme is ours."""
        return not self.config.plugins and (Path(self.config.theme.dirs[0]) / "partials" / "pinakes.html").is_file()


class PageReport(NamedTuple):
    """What building one page brought to light.

    Attributes:
        page: Its file below `build/docs`.
        warnings: What MkDocs warned of.
        anchors: The anchors on it.
        links: The anchors that it links to: file, anchor, link as written.
    """

    page: str
    warnings: tuple[str, ...]
    anchors: frozenset[str]
    links: tuple[tuple[str, str, str], ...]


def open_site(config_file: Path, templates: Path) -> MkDocsSite:
    """Read a site's configuration and list its files.

    Args:
        config_file: `mkdocs.yml`.
        templates: A folder to keep the compiled templates in.

    Raises:
        PinakesError: The configuration is not as MkDocs wants it.
    """
    # The theme's package prints its thoughts on MkDocs' future when it is loaded.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    with _listening() as messages, _as_ours(config_file.name, messages):
        config = load_config(str(config_file))
        config = config.plugins.on_config(config)
        files, env = get_files(config), config.theme.get_env()
        files.add_files_from_theme(env, config)
        set_exclusions(files, config)
        nav = get_navigation(files, config)
        docs = files.documentation_pages()
        for file in docs:
            if file.page is None:
                Page(None, file, config)
    templates.mkdir(parents=True, exist_ok=True)
    env.bytecode_cache = FileSystemBytecodeCache(str(templates))
    return MkDocsSite(config, files, nav, env, docs, tuple(messages))


def build_whole(site: MkDocsSite, *, processes: int = 1) -> Warnings:
    """Build a site from nothing.

    Raises:
        PinakesError: MkDocs, the theme or a Markdown extension failed.
    """
    if not site.pages_are_independent:
        return _build_by_mkdocs(site)
    clean_directory(site.config.site_dir)
    with _listening() as messages:
        site.files.copy_static_files()
        _build_templates(site)
    reports = _build_in_shares(site, processes)
    return _warnings([*site.warnings, *messages, *_lost_anchors(site, reports)], reports)


def build_some(site: MkDocsSite, changed: Collection[str], *, pages_came_or_went: bool) -> Warnings:
    """Build some pages of a site whose pages are independent, and copy other files.

    Args:
        site: The site.
        changed: New and changed files below `build/docs`.
        pages_came_or_went: Whether the site has other pages than before; its site map is then made anew.

    Raises:
        PinakesError: MkDocs, the theme or a Markdown extension failed.
    """
    files = [file for file in site.files if file.src_uri in changed]
    with _listening() as messages:
        for file in files:
            if not file.is_documentation_page():
                file.copy_file()
        if pages_came_or_went:
            _build_templates(site)
    reports = [_build_page(site, file) for file in files if file.is_documentation_page()]
    return _warnings([*site.warnings, *messages], reports)


def outputs(site: MkDocsSite) -> frozenset[str]:
    """Say which files a built site whose pages are independent consists of, by path below `build/site`."""
    templates = {*site.config.theme.static_templates, *site.config.extra_templates}
    zipped = {"sitemap.xml.gz"} if "sitemap.xml" in templates else set()
    included = {file.dest_uri for file in site.files if file.inclusion.value >= InclusionLevel.NOT_IN_NAV.value}
    return frozenset(included | templates | zipped)


def _build_by_mkdocs(site: MkDocsSite) -> Warnings:
    config_file = site.config.config_file_path
    with _listening() as messages, _as_ours(Path(config_file).name, messages):
        # A configuration is good for one build: plugins keep what they saw.
        build_by_mkdocs(load_config(config_file))
    return {"": tuple(messages)} if messages else {}


def _build_templates(site: MkDocsSite) -> None:
    for name in site.config.theme.static_templates:
        _build_theme_template(name, site.env, site.files, site.config, site.nav)
    for name in site.config.extra_templates:
        _build_extra_template(name, site.files, site.config, site.nav)


def _build_in_shares(site: MkDocsSite, processes: int) -> list[PageReport]:
    pages = [file.src_uri for file in site.docs]
    # Elsewhere a process does not begin as a copy of this one, or (macOS) is not safe to go on as one.
    if processes < 2 or len(pages) < WORTH_A_PROCESS or not sys.platform.startswith("linux"):
        return [_build_page(site, file) for file in site.docs]
    _build_page(site, site.docs[0])  # compiles the templates, once for all
    shares = [pages[start : start + SHARE] for start in range(0, len(pages), SHARE)]
    forked = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(processes, mp_context=forked, initializer=_take_over, initargs=(site,)) as pool:
        try:
            return [report for reports in pool.map(_build_share, shares) for report in reports]
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


_SITE: list[MkDocsSite] = []
"""In a process that shares a build: the site, as it was when the process was forked off."""


def _take_over(site: MkDocsSite) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; one is to answer it
    _SITE[:] = [site]


def _build_share(pages: Sequence[str]) -> list[PageReport]:
    (site,) = _SITE
    return [_build_page(site, site.files.src_uris[page]) for page in pages]


def _build_page(site: MkDocsSite, file: File) -> PageReport:
    page = file.page
    assert page is not None
    with _listening() as messages, _as_ours(f"docs/{file.src_uri}", messages):
        _populate_page(page, site.config, site.files)
        _write_page(page, site.config, site.docs, site.nav, site.env)
    links = [
        (to.src_uri, anchor, link)
        for to, found in (page.links_to_anchors or {}).items()
        for anchor, link in found.items()
    ]
    page.content = page.markdown = None
    return PageReport(file.src_uri, tuple(messages), frozenset(page.present_anchor_ids or ()), tuple(links))


def _lost_anchors(site: MkDocsSite, reports: Sequence[PageReport]) -> list[str]:
    """Have MkDocs judge the links to anchors, which it can only when every page has been read."""
    for report in reports:
        page = site.files.src_uris[report.page].page
        assert page is not None
        page.present_anchor_ids, page.links_to_anchors = set(report.anchors), {}
        for target, anchor, link in report.links:
            page.links_to_anchors.setdefault(site.files.src_uris[target], {})[anchor] = link
    with _listening() as messages:
        for file in site.docs:
            assert file.page is not None
            file.page.validate_anchor_links(files=site.files, log_level=site.config.validation.links.anchors)
    return messages


def _warnings(general: Sequence[str], reports: Sequence[PageReport]) -> Warnings:
    found = {report.page: report.warnings for report in reports if report.warnings}
    return {"": tuple(general), **found} if general else found


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collect what MkDocs warns of meanwhile."""
    messages: list[str] = []
    collector = logging.Handler(logging.WARNING)
    collector.emit = lambda record: messages.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        yield messages
    finally:
        logger.removeHandler(collector)


@contextmanager
def _as_ours(place: str, messages: Sequence[str]) -> Iterator[None]:
    """Make an error of MkDocs, of a template or of a Markdown extension one of ours, with what was said before it."""
    try:
        yield
    except MkDocsException as error:
        raise PinakesError("; ".join([*messages, error.format_message()]), place=place) from error
    except Exception as error:
        raise PinakesError(f"MkDocs failed: {type(error).__name__}: {error}", place=place) from error
