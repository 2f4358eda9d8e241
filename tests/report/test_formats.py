"""Findings as people and programs get them."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

TOPIC = """\
title: {zh: 自动微分, en: Autodiff}
entries:
  - title: 自动微分<b>技术</b>
    url: http://arxiv.org/abs/1502.05767?utm_source=x
"""


@pytest.fixture
def report(make_project, cli):
    project = make_project({"catalog/topics/autodiff.yml": TOPIC})

    def run(form: str) -> str:
        done = cli("validate", "--format", form, cwd=project.root)
        assert done.returncode == 1
        assert done.stderr == ""
        return done.stdout

    return run


def test_text_points_at_the_place_below_wide_characters(report):
    assert report("text") == (
        "catalog/topics/autodiff.yml:3:16: PK062 markup in a title: `<b>`\n"
        "      - title: 自动微分<b>技术</b>\n"
        "                       ^\n"
        "    hint: titles are plain text\n"
        "\n"
        "catalog/topics/autodiff.yml:4:10: PK036 `arxiv.org` answers by https\n"
        "        url: http://arxiv.org/abs/1502.05767?utm_source=x\n"
        "             ^\n"
        "    hint: write https://arxiv.org/abs/1502.05767?utm_source=x\n"
        "\n"
        "catalog/topics/autodiff.yml:4:41: PK031 a URL with tracking parameters\n"
        "        url: http://arxiv.org/abs/1502.05767?utm_source=x\n"
        "                                            ^\n"
        "    hint: it works without: http://arxiv.org/abs/1502.05767\n"
        "\n"
        "3 findings in 1 entry in 2 files; `pinakes validate --fix` mends 2.\n"
    )


def test_json_has_the_documented_form(report):
    document = json.loads(report("json"))
    assert document["schema"] == 1
    assert document["summary"]["findings"] == 3
    assert document["findings"][1] == {
        "rule": "PK036",
        "severity": "warning",
        "file": "catalog/topics/autodiff.yml",
        "line": 4,
        "column": 10,
        "message": "`arxiv.org` answers by https",
        "hint": "write https://arxiv.org/abs/1502.05767?utm_source=x",
    }


def test_github_annotations_stand_at_the_line(report):
    first = report("github").splitlines()[0]
    assert first.startswith("::warning file=catalog/topics/autodiff.yml,line=3,col=16,title=PK062 title-markup::markup")
    assert first.endswith("%0Atitles are plain text")


def test_junit_is_xml_with_a_failure_a_file(report):
    suite = ET.fromstring(report("junit").encode())[0]
    assert (suite.get("tests"), suite.get("failures")) == ("1", "1")
    assert "PK036" in (suite[0][0].text or "")


def test_sarif_names_rule_place_and_text(report):
    run = json.loads(report("sarif"))["runs"][0]
    result = run["results"][2]
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == "PK031"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "catalog/topics/autodiff.yml"
    assert place["region"] == {"startLine": 4, "startColumn": 41}


def test_markdown_is_a_table_whose_cells_hold_no_markup(report):
    rows = report("markdown").splitlines()
    assert len(rows) == 5
    assert "`\\<b\\>`" in rows[2]


def test_a_clean_catalogue_says_so(make_project, cli):
    project = make_project({"catalog/topics/a.yml": "title: A\nentries:\n  - {title: b, url: https://example.org/b}\n"})
    done = cli("validate", cwd=project.root)
    assert (done.returncode, done.stdout) == (0, "No findings: 1 entry in 2 files.\n")
    for form in ("json", "junit", "sarif", "markdown", "github"):
        assert cli("validate", "--format", form, cwd=project.root).returncode == 0


def test_fix_mends_and_keeps_every_other_byte(make_project, cli):
    text = "# mine\n" + TOPIC.replace("autodiff", "x").replace("entries:", "entries:   # two\n\n")
    project = make_project({"catalog/topics/autodiff.yml": text})
    done = cli("validate", "--fix", cwd=project.root)
    assert done.stderr == "mended 2 finding(s)\n"
    changed = (project.root / "catalog/topics/autodiff.yml").read_text("utf-8")
    assert changed == text.replace("http://arxiv.org/abs/1502.05767?utm_source=x", "https://arxiv.org/abs/1502.05767")
    assert "PK062" in done.stdout


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["-C", "nowhere", "validate"], "nowhere: no such folder"),
        (["validate", "--now", "soon"], "--now: `soon` is not a time"),
        (["rule", "PK999"], "there is no rule `PK999`"),
        (["validate", "--format", "yaml"], "--format"),
        (["validat"], "No such command"),
    ],
)
def test_wrong_words_are_answered_with_a_way_out(args, words, make_project, cli):
    done = cli(*args, cwd=make_project({}).root)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_outside_a_project(tmp_path, cli):
    done = cli("validate", cwd=tmp_path)
    assert done.returncode == 2
    assert "no Pinakes project here" in done.stderr
    assert "catalog/config.yml" in done.stderr


def test_from_anywhere_inside(make_project, cli):
    project = make_project({"catalog/topics/a/b.yml": TOPIC, "catalog/topics/a.yml": "title: A\n"})
    assert "autodiff" not in cli("validate", cwd=project.root / "catalog/topics/a").stderr
