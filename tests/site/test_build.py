"""`pinakes build`: the site is right, whichever way it came about, and only as much work is done as is needed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from pinakes.errors import PinakesError
from pinakes.project import Project
from pinakes.site.build import Warm
from pinakes.site.build import build as run_build
from pinakes.site.builders import Order
from pinakes.site.config import mkdocs_yml
from pinakes.site.zensical_build import build_by_zensical
from pinakes.store.load import load_catalog

TOPIC = """
title: {zh: 自动微分, en: Autodiff}
entries:
  - title: 一文读懂自动微分
    url: https://example.org/autodiff
  - title: Autodiff in sixty lines
    url: https://example.com/sixty
"""
FILES = {
    "catalog/config.yml": "name: {zh: 书单, en: List}\n",
    "catalog/topics/autodiff.yml": TOPIC,
    "catalog/topics/ssl.yml": TOPIC.replace("autodiff", "ssl").replace("sixty", "seventy").replace("一文", "两文"),
    "docs/index.md": "# 书单\n\n[指南](guide.md)\n\n<!-- pinakes: topics -->\n",
    "docs/guide.md": "# 指南\n\n怎样读。\n",
}
ON_ONE_DAY = {"SOURCE_DATE_EPOCH": "1800000000"}  # the site map names the day of the build


@pytest.fixture
def project(make_project):
    return make_project(FILES)


@pytest.fixture
def build(cli, project):
    def run(*options: str, at: Project = project, **env: str) -> CompletedProcess[str]:
        return cli("build", *options, cwd=at.root, env=ON_ONE_DAY | env)

    return run


def site_of(project: Project) -> dict[str, bytes]:
    site = project.build / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def times_of(project: Project) -> dict[str, int]:
    site = project.build / "site"
    return {path.relative_to(site).as_posix(): path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_site_holds_every_entry(build, project):
    done = build("--strict")
    assert (done.returncode, done.stderr) == (0, "")
    page = (project.build / "site" / "topics" / "autodiff" / "index.html").read_text(encoding="utf-8")
    assert "一文读懂自动微分" in page
    assert 'href="https://example.com/sixty"' in page
    assert (project.build / "site" / "en" / "topics" / "ssl" / "index.html").is_file()


def test_nothing_is_done_where_nothing_changed(build, project):
    build()
    before = times_of(project)
    again = build(PYTHONPROFILEIMPORTTIME="1")
    assert "nothing to do" in again.stdout
    assert times_of(project) == before
    assert not re.search(r"\| +(mkdocs|jinja2|markdown)\b", again.stderr)


def test_an_edited_entry_changes_only_its_pages(build, project):
    build()
    before = times_of(project)
    edit(project.catalog / "topics" / "autodiff.yml", "in sixty lines", "in 60 lines")
    done = build()
    after = times_of(project)
    assert {path for path in after if before[path] != after[path]} == {
        "topics/autodiff/index.html",
        "en/topics/autodiff/index.html",
    }
    assert "2 pages built" in done.stdout
    assert "Autodiff in 60 lines" in (project.build / "site/topics/autodiff/index.html").read_text(encoding="utf-8")


def test_a_comment_changes_no_page(build, project):
    build()
    before = times_of(project)
    edit(project.catalog / "topics" / "autodiff.yml", "entries:", "entries: # in order")
    assert "nothing to do" in build().stdout
    assert times_of(project) == before


def test_a_site_that_grew_step_by_step_is_the_one_built_from_nothing(build, project, make_project):
    build()
    topics = project.catalog / "topics"
    edit(topics / "autodiff.yml", "in sixty lines", "in 60 lines")
    build()
    (topics / "new.yml").write_text("title: 新\nentries:\n  - {title: 新文, url: 'https://example.org/new'}\n", "utf-8")
    (project.docs / "figures").mkdir()
    (project.docs / "figures" / "a.svg").write_text("<svg/>")
    build()
    (topics / "ssl.yml").unlink()
    (project.docs / "guide.md").rename(project.docs / "handbook.md")
    edit(project.docs / "index.md", "guide.md", "handbook.md")
    build()
    files = {path.relative_to(project.root).as_posix(): path.read_bytes() for path in _written(project)}
    afresh = make_project(files, name="afresh")
    build(at=afresh)
    assert site_of(project) == site_of(afresh)
    assert not any("ssl" in path or path.startswith("guide") for path in site_of(project))
    assert "figures/a.svg" in site_of(project)


def test_a_process_that_builds_again_and_again_makes_the_site_of_one_that_begins(
    project, build, make_project, monkeypatch
):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", ON_ONE_DAY["SOURCE_DATE_EPOCH"])
    warm, today = Warm(), date(2027, 1, 15)
    topics = project.catalog / "topics"
    run_build(project, today, Order(), warm=warm)
    edit(topics / "autodiff.yml", "in sixty lines", "in 60 lines")
    run_build(project, today, Order(), warm=warm)
    (topics / "ssl.yml").rename(topics / "other.yml")
    (topics / "new.yml").write_text("title: 新\nentries:\n  - {title: 新文, url: 'https://example.org/new'}\n", "utf-8")
    run_build(project, today, Order(), warm=warm)
    edit(topics / "new.yml", "新文", "旧文")
    edit(project.catalog / "config.yml", "书单", "书目")
    run_build(project, today, Order(), warm=warm)
    files = {path.relative_to(project.root).as_posix(): path.read_bytes() for path in _written(project)}
    afresh = make_project(files, name="afresh")
    build(at=afresh)
    assert site_of(project) == site_of(afresh)


def _written(project: Project) -> list[Path]:
    return [path for folder in (project.catalog, project.docs) for path in folder.rglob("*") if path.is_file()]


def test_mkdocs_makes_the_same_site_by_itself(build, make_project):
    topics = {f"catalog/topics/t{number}.yml": TOPIC.replace("org/", f"org/{number}/") for number in range(80)}
    project = make_project(FILES | topics, name="large")
    (project.root / "mkdocs.yml").write_text(mkdocs_yml(load_catalog(project).config), encoding="utf-8")
    build(at=project)
    ours = site_of(project)
    assert len(ours) > 160  # enough for several processes
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"],
        cwd=project.root, check=True, env=os.environ | ON_ONE_DAY | {"NO_MKDOCS_2_WARNING": "1"},
    )  # fmt: skip
    assert site_of(project) == ours


def test_a_project_of_its_own_configuration_builds_by_hand_with_both_builders(cli, project):
    (project.root / "mkdocs.yml").write_text(mkdocs_yml(load_catalog(project).config), encoding="utf-8")
    assert cli("render", cwd=project.root).returncode == 0
    for builder in ("mkdocs", "zensical"):
        subprocess.run(
            [sys.executable, "-m", builder, "build", "--strict"], cwd=project.root, check=True, capture_output=True
        )
        page = (project.build / "site" / "en" / "topics" / "ssl" / "index.html").read_text(encoding="utf-8")
        assert "两文读懂自动微分" in page


def test_zensical_makes_a_site_too_and_switching_builds_all(build, project):
    build()
    done = build("--builder", "zensical", "--strict")
    assert (done.returncode, done.stderr) == (0, "")
    assert "一文读懂自动微分" in (project.build / "site/topics/autodiff/index.html").read_text(encoding="utf-8")
    assert "nothing to do" in build("--builder", "zensical").stdout
    (project.catalog / "topics" / "ssl.yml").unlink()
    build("--builder", "zensical")
    assert not (project.build / "site" / "topics" / "ssl").exists()
    assert "pages built" in build().stdout


def test_without_zensical_the_way_out_is_told(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "zensical", None)
    with pytest.raises(PinakesError, match="not installed") as caught:
        build_by_zensical(tmp_path / "mkdocs.yml")
    assert "pip install" in caught.value.hint


@pytest.mark.parametrize("harm", ["remove", "change", "add"])
def test_a_site_that_was_tampered_with_is_built_again(build, project, harm):
    build()
    whole = site_of(project)
    page = project.build / "site" / "topics" / "autodiff" / "index.html"
    if harm == "remove":
        page.unlink()
    elif harm == "change":
        page.write_text("gone")
    else:
        (page.parent / "stray.html").write_text("stray")
    build()
    assert site_of(project) == whole


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"findings": 3}', b"\xff" * 99])
def test_a_damaged_memory_of_the_last_build_costs_only_time(build, project, content):
    build()
    whole = site_of(project)
    (project.state / "built.json").write_bytes(content)
    assert build().returncode == 0
    assert site_of(project) == whole


def test_findings_are_told_and_the_site_is_built_all_the_same(build, project):
    edit(project.catalog / "topics" / "autodiff.yml", "https://example.com/sixty", "https://example.org/autodiff")
    for _ in range(2):  # told again although nothing is done
        done = build()
        assert done.returncode == 0
        assert re.search(r"^catalog/topics/autodiff\.yml:\d+:\d+: PK\d{3} ", done.stderr, re.MULTILINE)
        assert "Autodiff in sixty lines" in (project.build / "site/topics/autodiff/index.html").read_text("utf-8")
    assert build("--strict").returncode == 1


def test_a_catalogue_that_cannot_be_loaded_is_refused_and_the_site_stays(build, project):
    build()
    before = times_of(project)
    edit(project.catalog / "topics" / "autodiff.yml", "entries:", "entries: [")
    done = build()
    assert done.returncode == 2
    assert "catalog/topics/autodiff.yml:" in done.stderr
    assert "Traceback" not in done.stderr
    assert times_of(project) == before


def test_a_warning_of_the_builder_is_told_until_it_is_mended(build, project):
    edit(project.docs / "guide.md", "怎样读。", "[更多](more.md)")
    for _ in range(2):
        done = build("--strict")
        assert done.returncode == 1
        assert "more.md" in done.stderr
    (project.docs / "more.md").write_text("# 更多\n", encoding="utf-8")
    done = build()
    assert (done.returncode, done.stderr) == (0, "")
    assert 'href="../more/"' in (project.build / "site" / "guide" / "index.html").read_text(encoding="utf-8")


def test_strict_finds_a_link_whose_target_has_gone(build, project):
    edit(project.docs / "guide.md", "怎样读。", "[更多](more.md)")
    (project.docs / "more.md").write_text("# 更多\n", encoding="utf-8")
    assert build("--strict").returncode == 0
    (project.docs / "more.md").unlink()
    build()
    assert build("--strict").returncode == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("plugins: []", "plugins: [no-such-plugin]"),
        ("docs_dir: build/docs", "docs_dir: build/nowhere"),
        ("  - abbr", "  - no.such.extension"),
        ("site_name:", "site_name: ["),
    ],
)
@pytest.mark.parametrize("builder", ["mkdocs", "zensical"])
def test_a_configuration_that_is_wrong_is_told_without_a_traceback(build, project, builder, old, new):
    config = project.root / "mkdocs.yml"
    config.write_text(mkdocs_yml(load_catalog(project).config), encoding="utf-8")
    edit(config, old, new)
    done = build("--builder", builder)
    if builder == "mkdocs" or "plugin" not in new:  # Zensical does not read plugins that it does not know
        assert done.returncode == 2
        assert "mkdocs.yml" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_plugin_of_the_projects_own_is_used(build, project):
    config = project.root / "mkdocs.yml"
    config.write_text(mkdocs_yml(load_catalog(project).config), encoding="utf-8")
    edit(config, "plugins: []", "plugins: [search]")
    build()
    edit(project.docs / "guide.md", "怎样读。", "慢慢读。")
    build()
    site = site_of(project)
    assert "慢慢读" in str(json.loads(site["search/search_index.json"]))
    assert "慢慢读" in site["guide/index.html"].decode()


def test_the_environment_that_a_configuration_reads_counts(build, project):
    text = mkdocs_yml(load_catalog(project).config) + "site_url: !ENV [SITE_URL, '']\n"
    (project.root / "mkdocs.yml").write_text(text, encoding="utf-8")
    build()
    build(SITE_URL="https://example.org/books/")
    assert 'href="https://example.org/books/guide/"' in (project.build / "site/guide/index.html").read_text("utf-8")


def test_two_builds_at_once_leave_a_whole_site(project, build):
    run = [sys.executable, "-m", "pinakes", "build"]
    options: dict[str, Any] = {"cwd": project.root, "env": os.environ | ON_ONE_DAY, "stdout": subprocess.DEVNULL}
    both = [subprocess.Popen(run, **options) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    at_once = site_of(project)
    (project.state / "built.json").unlink()
    build()
    assert site_of(project) == at_once
