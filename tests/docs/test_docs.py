"""The hand-written pages say what is so: both languages are there, links lead somewhere, no key or command is missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer

from pinakes import model
from pinakes.cli.app import app
from pinakes.site.render import MARKERS

if TYPE_CHECKING:
    from tests.conftest import Cli, MakeProject

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
IN_ONE_LANGUAGE = {"design.md"}
FORMAT_PAGES = [DOCS / "reference/catalogue-format.md", DOCS / "reference/catalogue-format.en.md"]
FORMS: dict[str, type[Any]] = {
    "topic": model.Topic,
    "entry": model.Entry,
    "link": model.Link,
    "paper": model.Paper,
    "term": model.Term,
    "config": model.Config,
    "fetch": model.FetchPolicy,
    "host": model.HostPolicy,
    "timeout": model.Timeouts,
    "links": model.LinkPolicy,
    "patience": model.Patience,
    "archive": model.ArchivePolicy,
}


def name_of(page: Path) -> str:
    return page.relative_to(DOCS).as_posix()


def test_the_pages_are_there() -> None:
    wanted = {
        "index",
        "guide/add-an-entry",
        "guide/your-own-catalogue",
        "guide/import",
        "guide/builders",
        "guide/links",
    }
    wanted |= {f"reference/{name}" for name in ("catalogue-format", "rules", "commands", "json")}
    assert {f"{name}.md" for name in wanted} <= {name_of(page) for page in PAGES}


def test_each_page_is_there_in_both_languages() -> None:
    names = {name_of(page) for page in PAGES} - IN_ONE_LANGUAGE
    chinese = {name for name in names if not name.endswith(".en.md")}
    assert names - chinese == {name.replace(".md", ".en.md") for name in chinese}


def test_both_languages_of_a_page_have_the_same_parts() -> None:
    for page in PAGES:
        if (twin := page.with_suffix(".en.md")).is_file():
            assert outline(page) == outline(twin), name_of(page)


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_links_lead_to_files(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, _ = target.partition("#")
        if not target.startswith(("http://", "https://")) and path:
            assert (page.parent / path).exists(), target


def test_anchors_that_are_linked_to_exist() -> None:
    for page in PAGES:
        for path, anchor in re.findall(r"\]\(([^)\s#:]*)#([^)\s]+)\)", prose(page)):
            assert f"{{#{anchor}}}" in (page.parent / path if path else page).read_text("utf-8")


def test_markers_stand_on_the_pages_that_need_them() -> None:
    for name, marker in (("index", "topics"), ("reference/rules", "rules"), ("reference/commands", "commands")):
        for suffix in (".md", ".en.md"):
            lines = (DOCS / f"{name}{suffix}").read_text("utf-8").splitlines()
            assert f"<!-- pinakes: {marker} -->" in lines


def test_every_marker_stands_for_something() -> None:
    for page in PAGES:
        assert set(re.findall(r"^<!-- pinakes: (\w+) -->$", page.read_text("utf-8"), re.MULTILINE)) <= set(MARKERS)


@pytest.mark.parametrize("page", FORMAT_PAGES, ids=lambda page: page.name)
def test_the_format_page_has_exactly_the_keys_of_the_model(page: Path) -> None:
    described = {anchor: keys for anchor, keys in tables(page.read_text("utf-8")) if keys}
    assert described == {name: [field.name for field in fields(form) if field.init] for name, form in FORMS.items()}


@pytest.mark.parametrize("page", FORMAT_PAGES, ids=lambda page: page.name)
def test_the_format_page_names_the_words_that_a_key_may_have(page: Path) -> None:
    text = page.read_text("utf-8")
    for word in (*model.KINDS, *model.LINK_STATES):
        assert f"`{word}`" in text


def test_defaults_on_the_format_page_are_those_of_the_model() -> None:
    for page in FORMAT_PAGES:
        rows = dict(
            re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", page.read_text("utf-8").partition("{#fetch}")[2], re.MULTILINE)
        )
        policy, timeout, host = model.FetchPolicy(), model.Timeouts(), model.HostPolicy()
        assert float(rows["max_body"]) == policy.max_body
        assert float(rows["retries"]) == policy.retries
        assert {name: float(rows[name]) for name in ("connect", "read", "total")} == {
            name: getattr(timeout, name) for name in ("connect", "read", "total")
        }
        assert float(rows["interval"]) == host.interval


@pytest.mark.parametrize("page", ["json.md", "json.en.md"])
def test_the_json_page_has_every_key_of_the_documents(page: str, cli: Cli, make_project: MakeProject) -> None:
    topic = "title: Autodiff\nentries:\n  - {title: Tape, url: 'https://example.org/tape?utm_source=x'}\n"
    root = make_project(
        {"catalog/topics/autodiff.yml": topic, "post.md": "# Autodiff\n\nhttps://example.org/dual\n\nDual\n"}
    ).root
    text = (DOCS / "reference" / page).read_text("utf-8")
    checked = json.loads(cli("validate", "--format", "json", cwd=root).stdout)
    imported = json.loads(cli("import", "post.md", "--format", "json", cwd=root).stdout)
    for known in (checked["summary"], checked["findings"][0], imported["summary"], imported["summary"]["lines"]):
        assert {key for key in known if f"`{key}`" not in text and f'"{key}"' not in text} == set()
    for known in (imported["files"][0], imported["lines"][0]):
        assert {key for key in known if f"`{key}`" not in text} == set()


def test_the_readme_lists_every_command_and_no_other() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| `pinakes ([a-z]+)", text, re.MULTILINE)) == commands()


def test_the_readme_lists_the_exit_codes() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    assert set(re.findall(r"^\| (\d+) \|", text, re.MULTILINE)) == {"0", "1", "2", "130"}


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=lambda page: page.name)
def test_make_has_the_targets_that_pages_name(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    text = re.sub(r"\s+#.*$", "", page.read_text("utf-8"), flags=re.MULTILINE)
    for named in re.findall(r"(?:`|\$ )make ([a-z ]+?)(?:`|$)", text, re.MULTILINE):
        assert set(named.split()) <= targets, named


def test_the_design_names_the_commands_that_are_there_and_those_that_are_to_come() -> None:
    text = (DOCS / "design.md").read_text("utf-8")
    found = re.search(r"There are `pinakes ([^`]+)`,\s+and there will be `([^`]+)` ◦", text)
    assert found
    there, to_come = (set(re.split(r"\s*\|\s*", names.strip())) for names in found.groups())
    assert there == commands()
    assert not to_come & commands()


def test_the_layout_in_the_design_is_the_layout_of_the_repository() -> None:
    text = (DOCS / "design.md").read_text("utf-8")
    layout = text.partition("## Layout")[2].partition("```text\n")[2].partition("```")[0]
    top, _, tree = layout.partition("catalog/")
    for name in top.split():
        assert (ROOT / name).exists(), name
    folder = ROOT
    for line in f"catalog/{tree}".splitlines():
        name, _, words = re.match(r"( *\S+)(\s*)(.*)", line).groups()  # type: ignore[union-attr]
        base = folder if name.startswith(" ") else ROOT
        path = name.strip().partition("*")[0]
        assert (base / path).exists() or words.startswith("◦"), line
        folder = ROOT / path if not name.startswith(" ") else folder


def test_each_part_of_the_package_is_in_the_design() -> None:
    text = (DOCS / "design.md").read_text("utf-8")
    stations = text.partition("station by station:")[2].partition("Dependencies point")[0]
    package = ROOT / "tools/pinakes"
    parts = {path.stem for path in package.glob("*.py")} | {path.parent.name for path in package.glob("*/*.py")}
    unlisted = {"__init__", "__main__", "errors", "findings", "project"}
    named = {name.rstrip("/") for name in re.findall(r"`([a-z]+/?)`", stations)}
    assert parts - unlisted <= named


def commands() -> set[str]:
    group = typer.main.get_command(app)
    return set(group.commands)  # type: ignore[attr-defined]


def prose(page: Path) -> str:
    """A page without its code."""
    return re.sub(r"```.*?```|`[^`\n]+`", "", page.read_text("utf-8"), flags=re.DOTALL)


def outline(page: Path) -> list[tuple[int, int]]:
    """For each heading its level and how many code blocks, list items and table rows follow it."""
    parts = re.split(r"^(#+) ", re.sub(r"^#.*: .*$", "", page.read_text("utf-8")), flags=re.MULTILINE)
    return [
        (len(level), len(re.findall(r"^(?:```|- |\d\. |\|)", body, re.MULTILINE)))
        for level, body in zip(parts[1::2], parts[2::2], strict=True)
    ]


def tables(text: str) -> Iterator[tuple[str, list[str]]]:
    """The keys in the first column of each section's table."""
    for section in re.split(r"^#{2,} ", text, flags=re.MULTILINE)[1:]:
        heading = section.partition("\n")[0]
        anchor = re.search(r"\{#([a-z]+)\}", heading)
        yield (anchor[1] if anchor else ""), re.findall(r"^\| `(\w+)`", section, re.MULTILINE)
