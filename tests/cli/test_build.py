"""`pinakes build`, `render`, `serve` and `init` as commands."""

from __future__ import annotations

import pytest

COMMANDS = ("build", "render", "serve", "init")


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_examples(cli, tmp_path, command):
    done = cli(command, "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert f"pinakes {command}" in done.stdout.split("Examples:")[1]


@pytest.mark.parametrize("command", COMMANDS[:-1])
def test_outside_of_a_project_the_way_out_is_told(cli, tmp_path, command):
    done = cli(command, cwd=tmp_path)
    assert done.returncode == 2
    assert "pinakes init" in done.stderr


def test_build_works_from_anywhere_inside_and_from_outside(cli, make_project, tmp_path):
    project = make_project(
        {"catalog/topics/a.yml": "title: 甲\nentries:\n  - {title: 文, url: 'https://example.org/a'}\n"}
    )
    assert "pages built" in cli("build", cwd=project.catalog / "topics").stdout
    assert "nothing to do" in cli("-C", project.root, "build", cwd=tmp_path).stdout


def test_an_unknown_builder_is_a_usage_error(cli, make_project):
    done = cli("build", "--builder", "hugo", cwd=make_project({}).root)
    assert done.returncode == 2
    assert "zensical" in done.stderr


def test_a_catalogue_without_topics_builds(cli, make_project):
    project = make_project({})
    assert cli("build", cwd=project.root).returncode == 0
    assert (project.build / "site" / "index.html").is_file()


def test_dates_are_judged_by_the_day_that_now_says(cli, make_project):
    entry = "title: 甲\nentries:\n  - {title: 文, url: 'https://example.org/a', published: 2030-01-01}\n"
    project = make_project({"catalog/topics/a.yml": entry})
    assert cli("build", "--strict", "--now", "2029-12-31", cwd=project.root).returncode == 1
    assert cli("build", "--strict", "--now", "2030-01-01", cwd=project.root).returncode == 0


@pytest.mark.skipif("os.geteuid() == 0", reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_an_error_with_its_place(cli, make_project):
    project = make_project({})
    project.root.chmod(0o500)
    done = cli("build", cwd=project.root)
    project.root.chmod(0o700)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_file_in_the_place_of_a_folder_is_an_error_with_its_place(cli, make_project):
    project = make_project({"build": "a file"})
    done = cli("build", cwd=project.root)
    assert done.returncode == 2
    assert "build" in done.stderr
    assert "Traceback" not in done.stderr


def test_render_lists_what_changed(cli, make_project):
    topic = "title: 甲\nentries:\n  - {title: 文, url: 'https://example.org/a'}\n"
    project = make_project({"catalog/topics/a.yml": topic, "catalog/topics/b.yml": topic.replace("/a", "/b")})
    first = cli("render", cwd=project.root)
    assert "written build/docs/topics/a/index.md\n" in first.stdout
    assert cli("render", cwd=project.root).stdout.count("\n") == 1
    (project.catalog / "topics" / "b.yml").unlink()
    assert "removed build/docs/topics/b/index.md\n" in cli("render", cwd=project.root).stdout
    assert not (project.build / "site").exists()


def test_init_makes_a_project_that_builds_without_a_word(cli, tmp_path):
    assert cli("init", "books/mine", cwd=tmp_path).returncode == 0
    done = cli("-C", "books/mine", "build", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    site = tmp_path / "books" / "mine" / "build" / "site"
    assert "我的书单" in (site / "index.html").read_text(encoding="utf-8")
    assert 'class="katex"' in (site / "en" / "topics" / "autodiff" / "index.html").read_text(encoding="utf-8")
    ignored = (tmp_path / "books" / "mine" / ".gitignore").read_text().split()
    made = {path.name for path in (tmp_path / "books" / "mine").iterdir()}
    assert made - {name.strip("/") for name in ignored} == {"catalog", "docs", "mkdocs.yml", ".gitignore"}


def test_init_changes_no_file_that_is_there(cli, tmp_path):
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Mine\n")
    done = cli("init", cwd=tmp_path)
    assert done.returncode == 0
    assert "kept" in done.stderr
    assert (tmp_path / "docs" / "index.md").read_text() == "# Mine\n"
    again = cli("init", cwd=tmp_path)
    assert again.returncode == 2
    assert "already" in again.stderr
