"""`pinakes import`, as a curator runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from pinakes.project import Project

Cli = Callable[..., subprocess.CompletedProcess[str]]
MakeProject = Callable[[Mapping[str, str | bytes]], Project]


@pytest.fixture
def project(make_project: MakeProject) -> Project:
    return make_project({})


@pytest.fixture
def posts(repository: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(repository / "tests/data/posts", tmp_path / "posts"))


def topics(project: Project) -> dict[str, Any]:
    files = sorted((project.catalog / "topics").rglob("*.yml"), key=lambda file: file.with_suffix("").parts)
    return {
        file.relative_to(project.catalog / "topics").as_posix(): yaml.safe_load(file.read_bytes()) for file in files
    }


def urls(topic: Mapping[str, Any]) -> list[str]:
    return [entry["url"].removeprefix("https://example.com/") for entry in topic["entries"]]


def test_a_folder_of_posts_becomes_topics(cli: Cli, project: Project, posts: Path) -> None:
    done = cli("import", posts, "--apply", cwd=project.root)
    assert (done.returncode, done.stderr) == (0, "")
    made = topics(project)
    assert {name: topic["title"] for name, topic in made.items()} == {
        "ti-du-xia-jiang.yml": "梯度下降",
        "ti-du-xia-jiang/dong-liang-fa.yml": "动量法",
        "zi-shi-ying-xue-xi-lv.yml": "自适应学习率",
    }
    descent = made["ti-du-xia-jiang.yml"]
    assert urls(descent) == ["descent-1", "descent-2", "reference-1", "reference-2", "descent-3"]
    assert descent["entries"][3]["mirrors"] == ["https://example.org/reference-2"]
    assert "步长记作$\\eta$" in descent["about"]
    assert "\n\n$$x_{t+1} = x_t - \\eta \\nabla f(x_t)$$" in descent["about"]
    steps = made["zi-shi-ying-xue-xi-lv.yml"]
    assert [entry["title"] for entry in steps["entries"]] == [
        "Adam 的直观解释", "AdaGrad 与 RMSProp 的关系", "官网", "Adam 的收敛性问题", "代码", "AdamW", "一小时讲完优化方法",
        "https://example.com/nameless",
    ]  # fmt: skip
    assert steps["entries"][-1]["tags"] == ["untitled"]


def test_what_is_imported_is_a_valid_catalogue_but_for_what_has_no_title(
    cli: Cli, project: Project, posts: Path
) -> None:
    cli("import", posts, "--apply", cwd=project.root)
    findings = json.loads(cli("validate", "--format", "json", cwd=project.root).stdout)["findings"]
    assert {finding["rule"] for finding in findings} == {"PK060"}


def test_a_second_import_writes_nothing(cli: Cli, project: Project, posts: Path) -> None:
    cli("import", posts, "--apply", cwd=project.root)
    before = {path: path.read_bytes() for path in project.catalog.rglob("*.yml")}
    again = cli("import", posts, "--apply", cwd=project.root)
    assert "nothing new" in again.stdout
    assert {path: path.read_bytes() for path in project.catalog.rglob("*.yml")} == before


def test_without_apply_it_only_proposes(cli: Cli, project: Project, posts: Path) -> None:
    done = cli("import", posts, cwd=project.root)
    assert done.returncode == 0
    assert "14 new entries in 3 topics" in done.stdout.splitlines()[0]
    assert "+++ catalog/topics/ti-du-xia-jiang.yml" in done.stdout
    assert "+    url: https://example.com/descent-1" in done.stdout
    assert f"{posts}/2020-04-01-optimisers-2.md:12" in done.stdout
    assert "duplicate: of" in done.stdout
    assert "without a title: 1 line" in done.stdout
    assert topics(project) == {}


def test_json_accounts_for_every_line(cli: Cli, project: Project, posts: Path) -> None:
    document = json.loads(cli("import", posts, "--format", "json", cwd=project.root).stdout)
    assert document["schema"] == 1
    assert document["findings"] == []
    assert document["summary"]["entries"] == 14
    assert document["files"][0]["file"] == "catalog/topics/ti-du-xia-jiang.yml"
    for path in sorted(posts.iterdir()):
        lines = [line for line in document["lines"] if line["file"] == str(path)]
        source = path.read_text(encoding="utf-8").split("\n")
        assert {line["line"]: line["text"] for line in lines} == {
            number: text.strip() for number, text in enumerate(source, 1) if text.strip()
        }
        assert {line["kind"] for line in lines} <= {"entry", "heading", "prose", "figure", "left_out"}
        assert all(line["reason"] for line in lines if line["kind"] == "left_out")
    figures = [line for line in document["lines"] if line["kind"] == "figure"]
    assert [figure["reason"] for figure in figures] == ["picture not imported: /images/descent.png"]


def test_names_and_under(cli: Cli, project: Project, posts: Path, tmp_path: Path) -> None:
    names = tmp_path / "names.yml"
    names.write_text("梯度下降: descent\n动量法: descent/momentum\n", encoding="utf-8")
    cli("import", posts / "2020-03-01-optimisers-1.md", "--names", names, "--apply", cwd=project.root)
    assert list(topics(project)) == ["descent.yml", "descent/momentum.yml"]
    cli("import", posts, "--under", "梯度下降", "--apply", cwd=project.root)
    assert list(topics(project)) == ["descent.yml", "descent/momentum.yml", "descent/zi-shi-ying-xue-xi-lv.yml"]
    assert urls(topics(project)["descent.yml"])[-1] == "descent-3"
    wrong = cli("import", posts, "--under", "descnt", cwd=project.root)
    assert (wrong.returncode, "did you mean `descent`?" in wrong.stderr) == (2, True)


def test_encodings_and_line_ends(cli: Cli, project: Project, posts: Path) -> None:
    first, second = sorted(posts.iterdir())
    first.write_bytes(first.read_text(encoding="utf-8").replace("\n", "\r\n").encode("gb18030"))
    second.write_bytes(b"\xef\xbb\xbf" + second.read_bytes())
    assert "14 new entries in 3 topics" in cli("import", posts, cwd=project.root).stdout


def test_only_posts_of_the_folder_are_read(cli: Cli, project: Project, posts: Path, tmp_path: Path) -> None:
    for name in ("outside.md", "posts/.hidden.md", "posts/.git/x.md", "posts/notes.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("https://example.com/stray\n", encoding="utf-8")
    (posts / "link.md").symlink_to(tmp_path / "outside.md")
    (posts / "loop").symlink_to(posts)
    assert cli("import", posts, cwd=project.root).stdout.startswith("2 posts, ")


@pytest.mark.parametrize(
    ("files", "argument", "message"),
    [
        ({}, "nowhere", "nowhere: no such file or folder"),
        ({"empty/notes.py": b""}, "empty", "nothing to import"),
        ({"in/a.md": b"\x89PNG\r\n\x1a\n\0\0"}, "in", "in/a.md: not a text"),
        ({"in/a.md": b"\0", "in/b.md": b"\0\0\0"}, "in", "2 files cannot be read"),
    ],
)
def test_what_cannot_be_imported_is_told(
    files: Mapping[str, bytes], argument: str, message: str, cli: Cli, make_project: MakeProject
) -> None:
    project = make_project(files)
    done = cli("import", argument, "--apply", cwd=project.root)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_catalogue_is_refused(cli: Cli, make_project: MakeProject, posts: Path) -> None:
    project = make_project({"catalog/topics/broken.yml": "title: [\n"})
    done = cli("import", posts, "--apply", cwd=project.root)
    assert done.returncode == 2
    assert "catalog/topics/broken.yml:" in done.stderr
    assert [path.name for path in (project.catalog / "topics").rglob("*.yml")] == ["broken.yml"]
