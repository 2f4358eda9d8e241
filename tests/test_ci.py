"""What CI runs for links: arguments reach the command as they are, and there is one pull request and one issue, never a pile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A GitHub on this machine, as far as the scripts use it: its state is a file, its git is a bare repository.
GH = """
import json, os, subprocess, sys
from pathlib import Path

file = Path(os.environ["GITHUB_STATE"])
hub = json.loads(file.read_text())
words = sys.argv[1:]
what, action = words[0], words[1]
options = {word: words[place + 1] for place, word in enumerate(words[:-1]) if word.startswith("--")}
number = words[2] if len(words) > 2 and words[2].isdecimal() else ""
hub["log"].append(f"{what} {action}")
if (what, action) == ("issue", "list"):
    found = [issue for issue in hub["issues"] if issue["label"] == options["--label"]]
    print(*[f"{issue['number']} {issue['state']}" for issue in found[-1:]], sep="")
elif (what, action) == ("issue", "create"):
    assert options["--label"] in hub["labels"]
    issue = {"number": len(hub["issues"]) + 1, "state": "OPEN", "label": options["--label"], "body": sys.stdin.read()}
    hub["issues"].append(issue)
elif (what, action) == ("label", "create"):
    hub["labels"].append(words[2])
elif what == "issue":
    issue = hub["issues"][int(number) - 1]
    if action == "view":
        print(issue["body"].replace("\\n", "\\r\\n"))
    elif action == "edit":
        issue["body"] = sys.stdin.read()
    else:
        issue["state"] = {"close": "CLOSED", "reopen": "OPEN"}[action]
elif (what, action) == ("pr", "list"):
    open_ones = [pr for pr in hub["prs"] if pr["state"] == "OPEN" and pr["head"] == options["--head"]]
    print(*[pr["number"] for pr in open_ones[:1]], sep="")
elif (what, action) == ("pr", "create"):
    pr = {"number": len(hub["prs"]) + 1, "state": "OPEN", "head": options["--head"], "base": options["--base"]}
    hub["prs"].append(pr)
elif (what, action) == ("pr", "close"):
    pr = hub["prs"][int(number) - 1]
    pr["state"] = "CLOSED"
    if "--delete-branch" in words:
        subprocess.run(["git", "push", "--quiet", "origin", f":refs/heads/{pr['head']}"], check=True)
else:
    assert (what, action) == ("auth", "setup-git"), words
file.write_text(json.dumps(hub))
"""

TOPIC = """title: A
entries:
  - {title: "One @somebody #1 [x](y) `z`", url: "https://example.org/1"}
  - {title: Two, url: "https://example.org/2"}
"""


def git(folder: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=folder, check=True, capture_output=True, encoding="utf-8").stdout


def record(number: int, state: str, **facts: str) -> str:
    url = f"https://example.org/{number}"
    from pinakes.urls import entry_id

    link = {"state": state, "since": "2024-03-02", **facts}
    return json.dumps({"id": entry_id(url), "link": link, "url": url}) + "\n"


class Repository:
    """A clone in which a check has just run, its origin, and the GitHub around it."""

    def __init__(self, folder: Path) -> None:
        self.origin, self.folder, self.hub = folder / "origin.git", folder / "clone", folder / "hub.json"
        self.hub.write_text(json.dumps({"issues": [], "prs": [], "labels": [], "log": []}))
        tools = folder / "action" / ".venv" / "bin"
        tools.mkdir(parents=True)
        for name, line in {"python": "", "pinakes": "-m pinakes "}.items():
            (tools / name).write_text(f'#!/bin/sh\nexec "{sys.executable}" {line}"$@"\n')
            (tools / name).chmod(0o755)
        (tools / "gh.py").write_text(GH)
        (tools / "gh").write_text(f'#!/bin/sh\nexec "{sys.executable}" "{tools}/gh.py" "$@"\n')
        (tools / "gh").chmod(0o755)
        self.env = os.environ | {
            "GITHUB_ACTION_PATH": str(folder / "action"),
            "GITHUB_STATE": str(self.hub),
            "PATH": f"{tools}:{os.environ['PATH']}",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.origin))
        git(folder, "clone", "--quiet", str(self.origin), str(self.folder))
        self.write({"catalog/config.yml": "", "catalog/topics/a.yml": TOPIC, ".gitignore": ".pinakes\n"})
        git(self.folder, "checkout", "--quiet", "-B", "main")
        git(self.folder, "add", "--all")
        git(self.folder, *self.me, "commit", "--quiet", "--message", "The catalogue")
        git(self.folder, "push", "--quiet", "origin", "main")

    me = ("-c", "user.name=x", "-c", "user.email=x@example.org")

    def write(self, files: dict[str, str]) -> None:
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text)

    def run(self, records: str | None) -> dict[str, Any]:
        """Begin anew from main, let a check conclude something, propose it; give GitHub's state after it."""
        git(self.folder, "fetch", "--quiet", "origin")
        git(self.folder, "checkout", "--quiet", "--force", "-B", "main", "origin/main")
        if records is not None:
            self.write({"catalog/records/a.jsonl": records})
        done = subprocess.run(
            [ROOT / ".ci" / "propose"],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return dict(json.loads(self.hub.read_text()))

    def proposed(self) -> str:
        return git(self.origin, "show", "pinakes/links:catalog/records/a.jsonl")


@pytest.fixture
def repository(tmp_path) -> Repository:
    return Repository(tmp_path)


def test_nothing_to_tell_makes_nothing(repository):
    hub = repository.run(None)
    assert (hub["issues"], hub["prs"]) == ([], [])


def test_conclusions_become_one_pull_request_that_is_brought_up_to_date(repository):
    hub = repository.run(record(1, "alive"))
    assert hub["prs"] == [{"number": 1, "state": "OPEN", "head": "pinakes/links", "base": "main"}]
    assert repository.proposed() == record(1, "alive")
    first = git(repository.origin, "rev-parse", "pinakes/links")

    assert repository.run(record(1, "alive"))["prs"] == hub["prs"]
    assert git(repository.origin, "rev-parse", "pinakes/links") == first  # nothing new, so nobody is told

    assert repository.run(record(1, "alive") + record(2, "moved"))["prs"] == hub["prs"]
    assert repository.proposed() == record(1, "alive") + record(2, "moved")
    log = git(repository.origin, "log", "--format=%an %s", "main..pinakes/links")
    assert log == "github-actions[bot] Links: what was concluded\n"


def test_a_proposal_that_has_become_needless_is_closed(repository):
    repository.run(record(1, "alive"))
    hub = repository.run(None)
    assert [pr["state"] for pr in hub["prs"]] == ["CLOSED"]
    assert "pinakes/links" not in git(repository.origin, "branch", "--list")
    assert [pr["state"] for pr in repository.run(record(1, "moved"))["prs"]] == ["CLOSED", "OPEN"]


def test_what_is_gone_is_one_issue_that_is_brought_up_to_date_and_closed(repository):
    both = record(1, "gone", archived="https://web.archive.org/web/2020/x") + record(2, "gone")
    (issue,) = repository.run(both)["issues"]
    assert issue["state"] == "OPEN"
    assert "2 links are gone" in issue["body"]
    assert "catalog/topics/a.yml:3" in issue["body"]
    assert "[a snapshot](<https://web.archive.org/web/2020/x>)" in issue["body"]

    (issue,) = repository.run(record(2, "gone"))["issues"]
    assert "1 link is gone" in issue["body"]
    hub = repository.run(record(2, "alive"))
    assert [issue["state"] for issue in hub["issues"]] == ["CLOSED"]
    hub = repository.run(record(2, "gone") + record(1, "gone"))
    assert [issue["state"] for issue in hub["issues"]] == ["OPEN"]


def test_an_issue_that_somebody_closed_stays_closed_until_the_list_changes(repository):
    hub = repository.run(record(1, "gone"))
    hub["issues"][0]["state"] = "CLOSED"
    repository.hub.write_text(json.dumps(hub))
    assert repository.run(record(1, "gone"))["issues"][0]["state"] == "CLOSED"
    assert repository.run(record(1, "gone") + record(2, "gone"))["issues"][0]["state"] == "OPEN"


def test_a_title_calls_nobody_and_breaks_no_list(repository):
    (issue,) = repository.run(record(1, "gone"))["issues"]
    assert "@somebody" not in issue["body"]
    assert "#1" not in issue["body"]
    assert r"\[x\](y) \`z\`" in issue["body"]


def test_a_list_that_is_too_long_for_an_issue_is_cut(repository):
    count = 700
    lines = "".join(f"  - {{title: {'x' * 60}, url: 'https://example.org/{number}'}}\n" for number in range(count))
    repository.write({"catalog/topics/a.yml": f"title: A\nentries:\n{lines}"})
    git(repository.folder, *repository.me, "commit", "--quiet", "--all", "--message", "Many")
    git(repository.folder, "push", "--quiet", "origin", "main")
    (issue,) = repository.run("".join(record(number, "gone") for number in range(count)))["issues"]
    assert len(issue["body"]) <= 65_536
    listed = issue["body"].count("gone since")
    assert 100 < listed < count
    assert f"… and {count - listed} more" in issue["body"]


@pytest.fixture
def action(repository: Repository, tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the action's command in the repository, or a folder of it."""
    inputs = {"COMMAND": "validate", "ARGUMENTS": "", "CHANGED": "", "FAIL_ON": "", "FORMAT": "text"}

    def run(folder: str = ".", **given: str) -> subprocess.CompletedProcess[str]:
        env = repository.env | inputs | given | {"GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
        where = repository.folder / folder
        return subprocess.run(
            [ROOT / ".ci" / "action"], cwd=where, env=env, capture_output=True, encoding="utf-8", check=False
        )

    return run


def test_the_action_fails_as_the_command_does(action, repository):
    clean = TOPIC.replace("[x](y) `z`", "xyz")
    repository.write({"catalog/topics/a.yml": clean})
    assert action().returncode == 0
    repository.write({"catalog/topics/a.yml": clean.replace("example.org/2", "example.org/2?utm_source=x")})
    assert action().returncode == 1
    assert action(COMMAND="nonsense").returncode == 2


def test_annotations_name_files_below_the_repository(action, repository):
    broken = TOPIC.replace("example.org/2", "example.org/2?utm_source=x")
    repository.write({"lists/my & own/catalog/config.yml": "", "lists/my & own/catalog/topics/a.yml": broken})
    assert "file=catalog/topics/a.yml" not in action("lists/my & own", FORMAT="github").stdout
    assert (
        "::warning file=lists/my & own/catalog/topics/a.yml,line=4" in action("lists/my & own", FORMAT="github").stdout
    )


def test_markdown_goes_into_the_jobs_summary_too(action, tmp_path):
    done = action(FORMAT="markdown")
    assert (tmp_path / "summary.md").read_text() == done.stdout != ""


@pytest.mark.parametrize("evil", ["$(touch owned)", "`touch owned`", "'; touch owned; '", "--output=owned", "-x"])
def test_a_branch_with_an_evil_name_is_a_name(action, repository, evil):
    done = action(COMMAND="check", CHANGED=evil, FORMAT="text")
    assert done.returncode == 2
    assert "git knows no" in done.stderr
    assert not list(repository.folder.rglob("owned"))
