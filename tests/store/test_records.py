"""The records: read with places, changed as little as can be, never lost for want of news."""

from __future__ import annotations

import json
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.errors import PinakesError
from pinakes.model import LINK_STATES
from pinakes.project import Project
from pinakes.store.load import load_catalog
from pinakes.store.records import Conclusion, diff, known_link, propose_conclusions, read_records, write_changes

TOPICS = {
    "catalog/topics/a.yml": """
title: 甲
entries:
  - {title: 一, url: 'https://example.org/1', id: one}
  - {title: 二, url: 'https://example.org/2', id: two}
""",
    "catalog/topics/a/b.yml": "title: 乙\nentries:\n  - {title: 三, url: 'https://example.org/3', id: three}\n",
    "catalog/topics/c.yml": "title: 丙\nentries:\n  - {title: 四, url: 'https://example.org/4', id: four}\n",
}
A, B, C = (f"catalog/records/{path}.jsonl" for path in ("a", "a/b", "c"))
GONE = Conclusion("gone", "2026-11-20")
ALIVE = Conclusion("alive", "2026-11-01")


@pytest.fixture
def project(make_project):
    return make_project(TOPICS)


def apply(project, conclusions):
    changes = propose_conclusions(project, load_catalog(project), conclusions)
    write_changes(project, changes)
    return [change.file for change in changes]


def put(project, file, *lines):
    path = project.root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def lines(project, file):
    return [json.loads(line) for line in (project.root / file).read_text(encoding="utf-8").splitlines()]


def edit(project, file, old, new):
    path = project.root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_without_records_there_are_none(project):
    assert read_records(project) == {}
    assert apply(project, {}) == []
    assert not (project.catalog / "records").exists()


def test_conclusions_go_into_a_file_beside_their_topic(project):
    conclusions = {
        "two": Conclusion("moved", "2026-11-01", moved_to="https://例.org/二"),
        "one": Conclusion("gone", "2026-11-20", archived="https://web.archive.org/web/2020/https://example.org/1"),
        "three": ALIVE,
        "nobody": GONE,
    }
    assert apply(project, conclusions) == [A, B]
    assert (project.root / A).read_text(encoding="utf-8") == (
        '{"id":"one","link":{"archived":"https://web.archive.org/web/2020/https://example.org/1",'
        '"since":"2026-11-20","state":"gone"},"url":"https://example.org/1"}\n'
        '{"id":"two","link":{"moved_to":"https://例.org/二","since":"2026-11-01","state":"moved"},'
        '"url":"https://example.org/2"}\n'
    )
    records = read_records(project)
    assert {key: record.link for key, record in records.items()} == {
        key: conclusion for key, conclusion in conclusions.items() if key != "nobody"
    }
    assert (records["three"].topic, records["three"].url) == ("a/b", "https://example.org/3")


def test_writing_twice_changes_nothing(project):
    conclusions = {"one": GONE, "three": ALIVE}
    apply(project, conclusions)
    before = {path: path.stat().st_mtime_ns for path in project.catalog.rglob("*.jsonl")}
    assert apply(project, conclusions) == []
    assert apply(project, {}) == []
    assert {path: path.stat().st_mtime_ns for path in project.catalog.rglob("*.jsonl")} == before


def test_only_the_topics_concerned_are_touched(project):
    apply(project, {"one": ALIVE, "three": ALIVE, "four": ALIVE})
    written_by_hand = (
        '{ "url": "https://example.org/4", "id": "four", "link": {"state": "alive", "since": "2026-11-01"} }'
    )
    put(project, C, written_by_hand)
    assert apply(project, {"one": GONE, "four": ALIVE}) == [A]
    assert (project.root / C).read_text(encoding="utf-8") == f"{written_by_hand}\n"


def test_what_the_program_does_not_know_is_kept(project):
    put(project, A, '{"id":"one","title":"一","z":{"y":[1,2.5,null],"a":true},"url":"https://example.org/1"}')
    apply(project, {"one": GONE})
    assert lines(project, A) == [
        {
            "id": "one",
            "link": {"since": "2026-11-20", "state": "gone"},
            "title": "一",
            "url": "https://example.org/1",
            "z": {"a": True, "y": [1, 2.5, None]},
        }
    ]
    assert read_records(project)["one"].data["title"] == "一"


def test_an_entry_of_which_nothing_is_concluded_has_no_line(project):
    assert apply(project, {"one": Conclusion("unknown"), "two": Conclusion("unknown", archived="https://a.org/2")}) == [
        A
    ]
    assert lines(project, A) == [
        {"id": "two", "link": {"archived": "https://a.org/2", "state": "unknown"}, "url": "https://example.org/2"}
    ]


def test_an_entry_that_left_the_catalogue_loses_its_line(project):
    apply(project, {"one": ALIVE, "two": ALIVE, "three": ALIVE})
    edit(project, "catalog/topics/a.yml", "  - {title: 一, url: 'https://example.org/1', id: one}\n", "")
    (project.catalog / "topics/a/b.yml").unlink()
    assert apply(project, {}) == [A, B]
    assert [line["id"] for line in lines(project, A)] == ["two"]
    assert not (project.root / B).exists()
    assert not (project.root / B).parent.exists()


def test_an_entry_that_moved_takes_its_line_along(project):
    put(project, A, '{"id":"one","link":{"state":"alive"},"title":"一","url":"https://example.org/1"}')
    line = "  - {title: 一, url: 'https://example.org/1', id: one}\n"
    edit(project, "catalog/topics/a.yml", line, "")
    edit(project, "catalog/topics/c.yml", "entries:\n", f"entries:\n{line}")
    assert apply(project, {}) == [A, C]
    assert not (project.root / A).exists()
    assert lines(project, C)[0]["title"] == "一"
    assert apply(project, {}) == []


def test_an_entry_that_a_merge_left_in_two_files_ends_up_in_one(project):
    put(project, A, '{"id":"one","link":{"state":"alive"},"url":"https://example.org/1"}')
    put(project, C, '{"id":"one","link":{"state":"alive"},"url":"https://example.org/1"}')
    assert apply(project, {}) == [C]
    assert list(read_records(project)) == ["one"]


@pytest.mark.parametrize(
    ("before", "now", "after"),
    [
        (ALIVE, GONE, GONE),
        (GONE, ALIVE, ALIVE),
        # A history that was lost begins later; that is no other conclusion.
        (ALIVE, Conclusion("alive", "2026-12-24"), ALIVE),
        (Conclusion("alive", "2026-12-24"), ALIVE, ALIVE),
        (Conclusion("alive"), ALIVE, ALIVE),
        (GONE, Conclusion("unknown"), GONE),
        (
            Conclusion("gone", "2026-11-20", archived="https://a.org/1"),
            ALIVE,
            Conclusion("alive", "2026-11-01", archived="https://a.org/1"),
        ),
        (Conclusion("moved", "2026-11-20", "https://b.org/1"), Conclusion("moved"), Conclusion("moved", "2026-11-20", "https://b.org/1")),
        (Conclusion("moved", "2026-11-20", "https://b.org/1"), GONE, GONE),
        (Conclusion("moved", None, "https://b.org/1"), Conclusion("moved", None, "https://c.org/1"), Conclusion("moved", None, "https://c.org/1")),
        (Conclusion("gone", None, None, "https://a.org/1"), Conclusion("gone", None, None, "https://a.org/2"), Conclusion("gone", None, None, "https://a.org/2")),
    ],
)  # fmt: skip
def test_a_conclusion_takes_back_only_what_it_knows(project, before, now, after):
    apply(project, {"one": before})
    apply(project, {"one": now})
    assert read_records(project)["one"].link == after


def test_a_conclusion_about_another_address_counts_no_more(project):
    apply(project, {"one": Conclusion("gone", "2026-11-20", archived="https://a.org/1")})
    edit(project, "catalog/topics/a.yml", "https://example.org/1", "https://example.org/new")
    entry = load_catalog(project).topics["a"].entries[0]
    assert known_link(entry, read_records(project)) is None
    assert apply(project, {"two": ALIVE}) == [A]  # what is not looked at yet stays as it was
    assert read_records(project)["one"].link == Conclusion("gone", "2026-11-20", archived="https://a.org/1")
    apply(project, {"one": ALIVE})
    assert lines(project, A)[0]["url"] == "https://example.org/new"
    assert read_records(project)["one"].link == ALIVE


def test_the_same_address_may_be_written_otherwise(project):
    apply(project, {"one": GONE})
    edit(project, "catalog/topics/a.yml", "https://example.org/1", "https://EXAMPLE.org/1?utm_source=x")
    entry = load_catalog(project).topics["a"].entries[0]
    link = known_link(entry, read_records(project))
    assert link is not None
    assert link.state == "gone"


def test_what_a_curator_wrote_wins(project):
    apply(project, {"one": Conclusion("gone", "2026-11-20", archived="https://a.org/1"), "two": GONE})
    edit(project, "catalog/topics/a.yml", "id: one", "id: one, link: {state: alive}")
    edit(
        project,
        "catalog/topics/a.yml",
        "id: two",
        "id: two, link: {state: moved, since: 2020, archived: 'https://own.org/'}",
    )
    links = [known_link(entry, read_records(project)) for entry in load_catalog(project).topics["a"].entries]
    assert [(link.state, link.since, link.archived) for link in links if link] == [
        ("alive", None, "https://a.org/1"),
        ("moved", 2020, "https://own.org/"),
    ]


def test_a_change_is_shown_as_a_diff(project):
    apply(project, {"one": ALIVE, "three": ALIVE})
    (project.catalog / "topics/a/b.yml").unlink()
    changes = propose_conclusions(project, load_catalog(project), {"one": GONE, "four": ALIVE})
    assert diff(changes) == (
        f"--- {A}\n+++ {A}\n@@ -1 +1 @@\n"
        '-{"id":"one","link":{"since":"2026-11-01","state":"alive"},"url":"https://example.org/1"}\n'
        '+{"id":"one","link":{"since":"2026-11-20","state":"gone"},"url":"https://example.org/1"}\n'
        f"--- {B}\n+++ /dev/null\n@@ -1 +0,0 @@\n"
        '-{"id":"three","link":{"since":"2026-11-01","state":"alive"},"url":"https://example.org/3"}\n'
        f"--- /dev/null\n+++ {C}\n@@ -0,0 +1 @@\n"
        '+{"id":"four","link":{"since":"2026-11-01","state":"alive"},"url":"https://example.org/4"}\n'
    )


def test_a_line_is_one_line_of_the_diff_whatever_stands_in_it(project):
    put(project, A, '{"id":"one","title":"a\u2028b\x85c","url":"https://example.org/1"}')
    changes = propose_conclusions(project, load_catalog(project), {"one": GONE})
    assert diff(changes).count("\n") == 5


GOOD = '{"id":"one","url":"https://example.org/1"}'


@pytest.mark.parametrize(
    ("line", "column", "words"),
    [
        ('{"id":"一" x}', 11, "not JSON"),
        ('{"id":"one",', 13, "not JSON"),
        ("[1]", 1, "`id` and `url`"),
        ('{"id":"one"}', 1, "`id` and `url`"),
        ('{"id":1,"url":"https://example.org/1"}', 1, "`id` and `url`"),
        ('{"id":"一","url":"u","link":{"state":"dead"}}', 21, "`state` (alive, moved,"),
        ('{"id":"一","link":"gone","url":"u"}', 11, "`state` (alive, moved,"),
        ('{"id":"a","link":{"state":"gone","since":2020},"url":"u"}', 11, "no conclusion"),
        ('{"id":"a","link":{"state":["gone"]},"url":"u"}', 11, "no conclusion"),
        ("<<<<<<< HEAD", 1, "merge conflict"),
        ("=======", 1, "merge conflict"),
        (">>>>>>> other", 1, "merge conflict"),
    ],
)
def test_a_broken_line_is_told_with_its_place(project, line, column, words):
    put(project, B, GOOD, "", line)
    with pytest.raises(PinakesError) as caught:
        read_records(project)
    assert caught.value.place == f"{B}:3:{column}"
    assert words in caught.value.message
    assert "delete the file" in caught.value.hint


def test_bytes_that_are_no_text_are_told_likewise(project):
    put(project, A, GOOD)
    (project.root / A).write_bytes('{"id":"一\xff'.encode("latin-1", "replace") + b'\xff","url":"u"}\n')
    with pytest.raises(PinakesError, match=r"a\.jsonl:1:9: not UTF-8"):
        read_records(project)


def test_line_breaks_of_windows_and_blank_lines_are_no_trouble(project):
    put(project, A, f"{GOOD}\r", "\r", "")
    assert list(read_records(project)) == ["one"]


def test_a_file_that_leads_out_of_the_catalogue_is_not_read(project, tmp_path):
    put(project, B, GOOD)
    (tmp_path / "outside.jsonl").write_text(GOOD)
    (project.root / A).symlink_to(tmp_path / "outside.jsonl")
    with pytest.raises(PinakesError, match="leads out of the catalogue"):
        read_records(project)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(project):
    put(project, B, GOOD)
    os.mkfifo(project.root / A)
    with pytest.raises(PinakesError, match="not a file"):
        read_records(project)


def test_files_of_editors_and_others_are_passed_over(project):
    put(project, A, GOOD)
    put(project, "catalog/records/.a.jsonl.swp", "x")
    put(project, "catalog/records/.hidden/a.jsonl", "x")
    put(project, "catalog/records/README.md", "x")
    assert list(read_records(project)) == ["one"]


texts = st.none() | st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
days = st.none() | st.dates().map(str)
conclusions = st.builds(Conclusion, st.sampled_from(LINK_STATES), days, texts, texts)
some = st.dictionaries(st.sampled_from(["one", "two", "three", "four"]), conclusions)


@settings(max_examples=40, deadline=None)
@given(st.lists(some, max_size=3))
def test_whatever_is_concluded_comes_back_and_settles_at_once(tmp_path_factory, runs):
    project = Project(tmp_path_factory.mktemp("records"))
    put(project, "catalog/config.yml")
    for file, text in TOPICS.items():
        put(project, file, text)
    catalog = load_catalog(project)
    for run in runs:
        gone = {key for key, record in read_records(project).items() if record.link and record.link.state == "gone"}
        write_changes(project, propose_conclusions(project, catalog, run))
        assert propose_conclusions(project, catalog, run) == []
        records = read_records(project)
        for key, conclusion in run.items():
            link = records[key].link if key in records else None
            if conclusion.state != "unknown":
                assert link is not None
                stays = conclusion.state == "suspect" and key in gone  # nothing good was seen since
                assert link.state == ("gone" if stays else conclusion.state)
            assert (link and link.archived) or not conclusion.archived
    for path in project.catalog.rglob("*.jsonl"):
        keys = [json.loads(line)["id"] for line in path.read_text("utf-8").split("\n")[:-1]]
        assert keys == sorted(keys) != []
