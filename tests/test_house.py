"""The repository keeps its own rules: pinned, private, and true to what it says of itself."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import pinakes

ROOT = Path(__file__).resolve().parents[1]
PINS = ("requirements.txt", "requirements-dev.txt")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
ACTION = ROOT / "action.yml"
_PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Written in parts, so that this file is not found itself.
INDEX_HOSTS = ("files.python" + "hosted.org", "pypi." + "org/simple", "registry.npm" + "js.org", "deb.debian" + ".org")
MACHINE_PATHS = re.compile(r"(?:^|[\s\"'`(=:])/(?:work|root|home/\w+|tmp/[a-z]|Users/\w+|opt/\w+)/", re.MULTILINE)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def texts() -> Iterator[tuple[str, str]]:
    for path in tracked():
        data = path.read_bytes()
        if b"\0" not in data:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", errors="replace")


def pins(name: str) -> dict[str, list[str]]:
    found = re.findall(
        r"^([\w.-]+)==(\S+)(?: ;.*?)? \\\n((?:    --hash=\S+(?: \\)?\n)+)", (ROOT / name).read_text(), re.MULTILINE
    )
    return {f"{canonicalize_name(package)}=={version}": hashes.split() for package, version, hashes in found}


needs_git = pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a checkout")


@needs_git
def test_no_file_names_an_index_or_a_path_of_one_machine():
    for name, text in texts():
        assert not [host for host in INDEX_HOSTS if host in text], name
        assert not MACHINE_PATHS.findall(text), name


@needs_git
def test_nothing_that_is_made_is_tracked():
    made = {"build", "node_modules", "__pycache__", ".venv", ".pinakes", "assets"}
    assert not [path for path in tracked() if made & set(path.relative_to(ROOT).parts)]


@pytest.mark.parametrize("name", PINS)
def test_every_requirement_is_pinned_with_the_hashes_of_several_files(name):
    text = (ROOT / name).read_text()
    assert len(pins(name)) == len(re.findall(r"^[a-z]", text, re.MULTILINE)) > 10
    assert not re.findall(r"^-", text, re.MULTILINE)
    assert [pin for pin, hashes in pins(name).items() if len(set(hashes) - {"\\"}) < 2] == []


def test_the_pins_are_what_the_project_allows():
    pinned = dict(pin.split("==") for name in PINS for pin in pins(name))
    groups = [requirement for group in _PROJECT["dependency-groups"].values() for requirement in group]
    for text in [*_PROJECT["project"]["dependencies"], *_PROJECT["build-system"]["requires"], *groups]:
        wanted = Requirement(text)
        assert wanted.specifier.contains(pinned[canonicalize_name(wanted.name)]), text


def test_both_files_pin_the_same_versions():
    first, second = (dict(pin.split("==") for pin in pins(name)) for name in PINS)
    assert {name: first[name] for name in first.keys() & second} == {
        name: second[name] for name in first.keys() & second
    }


def test_the_changelog_knows_the_version():
    versions = re.findall(r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert versions[0] == "Unreleased"
    assert versions[1:2] in ([], [pinakes.__version__])


def test_make_tells_its_targets():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, check=True, encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert phony
    assert re.findall(r"^make (\w+) +\S", done.stdout, re.MULTILINE) == phony[1].split()


def test_make_says_what_it_needs_where_there_is_no_python(tmp_path):
    done = subprocess.run(
        ["make", "--dry-run", "site", "PYTHON=no-such-python", f"VENV={tmp_path}/venv"],
        cwd=ROOT, capture_output=True, check=True, encoding="utf-8",
    )  # fmt: skip
    assert "3.11" in done.stdout


@pytest.mark.parametrize("name", ["run", "chromium", "lock", "action", "propose"])
def test_scripts_can_be_run_and_read(name):
    script = ROOT / ".ci" / name
    assert os.access(script, os.X_OK)
    subprocess.run(["bash", "-n", script], check=True)


def used_actions(text: str) -> list[str]:
    """The actions of other repositories that a workflow or an action uses."""
    return [used for used in re.findall(r"uses: (.+)", text) if not used.startswith("./ ")]


@pytest.mark.parametrize("workflow", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_actions_are_pinned(workflow):
    used = used_actions(workflow.read_text(encoding="utf-8"))
    assert used
    assert [action for action in used if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", action)] == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_nothing_is_allowed_that_is_not_needed(workflow):
    text = workflow.read_text(encoding="utf-8")
    assert re.search(r"^permissions: \{\}$", text, re.MULTILINE)
    jobs = yaml.safe_load(text)["jobs"].values()
    assert all("permissions" in job and "timeout-minutes" in job for job in jobs)
    assert re.findall(r"^ +[\w-]+: write$", text, re.MULTILINE) == []  # what may be written says why
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert "secrets." not in text
    assert "pull_request_target" not in text


@pytest.mark.parametrize("workflow", [*WORKFLOWS, ACTION], ids=lambda path: path.stem)
def test_nothing_that_others_write_is_read_as_code(workflow):
    def scripts(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            yield from (value for key, value in node.items() if key == "run" and isinstance(value, str))
        for child in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from scripts(child)

    found = list(scripts(yaml.safe_load(workflow.read_text(encoding="utf-8"))))
    assert [script for script in found if "${{" in script] == []


def test_the_job_that_asks_strange_hosts_may_write_nothing():
    jobs = yaml.safe_load((ROOT / ".github/workflows/links.yml").read_text(encoding="utf-8"))["jobs"]
    assert jobs["check"]["permissions"] == {"contents": "read"}
    assert "--max-time 0 " in jobs["propose"]["steps"][-1]["with"]["arguments"]


def test_workflows_give_the_action_only_what_it_takes():
    takes = yaml.safe_load(ACTION.read_text(encoding="utf-8"))["inputs"]
    steps = [
        step
        for workflow in WORKFLOWS
        for job in yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()
        for step in job["steps"]
    ]
    given = [step["with"] for step in steps if step.get("uses") == "./"]
    assert len(given) >= 3
    assert {name for each in given for name in each} <= takes.keys()
    assert all(one["description"] and "default" in one for one in takes.values())


def test_the_hook_for_pre_commit_runs_a_command_that_is_there():
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    program, command = hook["entry"].split()
    assert program in _PROJECT["project"]["scripts"]
    done = subprocess.run([sys.executable, "-m", program, command], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0
    assert re.search(hook["files"], "catalog/topics/autodiff.yml")
    assert not hook["pass_filenames"]
