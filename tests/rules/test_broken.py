"""Broken catalogues, each in a folder of tests/data/broken with the findings it must give in expected.txt."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data" / "broken"
CASES = sorted(path.name for path in DATA.iterdir())


def copy_of(name: str, folder: Path) -> Path:
    shutil.copytree(DATA / name, folder / name)
    return folder / name


@pytest.mark.parametrize("name", CASES)
def test_findings_are_exactly_these(name, tmp_path, cli):
    project = copy_of(name, tmp_path)
    expected = (project / "expected.txt").read_text("utf-8").splitlines()
    for _ in ("cold", "warm"):
        done = cli("validate", "--format", "json", "--now", "2026-11-24", cwd=project)
        found = json.loads(done.stdout)["findings"]
        assert [f"{f['file']}:{f['line']}:{f['column']}: {f['rule']} {f['message']}" for f in found] == expected
        assert done.stderr == ""
        assert done.returncode == 1


@pytest.mark.parametrize("name", CASES[::9])
@pytest.mark.parametrize("form", ["text", "github", "junit", "sarif", "markdown"])
def test_every_format_tells_every_finding(name, form, tmp_path, cli):
    project = copy_of(name, tmp_path)
    done = cli("validate", "--format", form, "--now", "2026-11-24", cwd=project)
    for line in (project / "expected.txt").read_text("utf-8").splitlines():
        assert line.split()[1] in done.stdout
    assert done.stderr == ""


def test_there_are_enough_of_them():
    assert len(CASES) >= 40


def test_a_link_out_of_the_catalogue_is_not_opened(make_project, cli, tmp_path):
    secret = tmp_path / "secret.yml"
    secret.write_text("title: secret\n")
    project = make_project({"catalog/topics/a.yml": "title: a\nentries:\n  - {title: b, url: https://example.org/b}\n"})
    (project.root / "catalog/topics/x.yml").symlink_to(secret)
    done = cli("validate", cwd=project.root)
    assert "catalog/topics/x.yml:1:1: PK004 a symbolic link that leads out of the catalogue" in done.stdout
    assert "secret" not in done.stdout
    assert done.returncode == 1


def test_a_file_of_100_mb_is_not_read(make_project, cli):
    project = make_project({"catalog/topics/a.yml": "title: a\n"})
    with (project.root / "catalog/topics/huge.yml").open("wb") as file:
        file.truncate(100_000_000)
    done = cli("validate", cwd=project.root)
    assert "catalog/topics/huge.yml:1:1: PK004 a file of 100 MB" in done.stdout


def test_a_pipe_is_not_waited_for(make_project, cli):
    project = make_project({"catalog/topics/a.yml": "title: a\n"})
    os.mkfifo(project.root / "catalog/topics/pipe.yml")
    done = cli("validate", cwd=project.root, timeout=30)
    assert "pipe.yml:1:1: PK004 not a file" in done.stdout


def test_a_link_to_itself(make_project, cli):
    project = make_project({"catalog/topics/a.yml": "title: a\n"})
    (project.root / "catalog/topics/loop.yml").symlink_to("loop.yml")
    done = cli("validate", cwd=project.root)
    assert "loop.yml:1:1: PK004" in done.stdout
    assert "Traceback" not in done.stderr
