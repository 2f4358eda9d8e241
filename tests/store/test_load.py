"""What loading gives, and that the cache is never wrong."""

from __future__ import annotations

import random
from datetime import date

import pytest

from pinakes.errors import BrokenCatalogError
from pinakes.store.load import load, load_catalog
from pinakes.validate import validate

TODAY = date(2026, 11, 24)
FILES = {
    "catalog/topics/b.yml": "title: B\nentries:\n  - title: one\n    url: https://example.org/1\n",
    "catalog/topics/a.yml": "title: {zh: 甲, en: A}\nentries:\n  - {title: two, url: https://example.org/2, papers: [p]}\n",
    "catalog/topics/a/c.yml": "title: C\nentries:\n  - title: three\n    url: https://example.org/3\n    published: 2020\n",
    "catalog/papers/p.yml": "title: P\nauthors: [X, Y]\nyear: 2020\nnames: [Pee]\n",
    "catalog/terms.yml": "- {zh: 甲, en: a, abbr: [A]}\n",
}


def test_a_catalogue_is_what_its_files_say(make_project):
    catalog = load_catalog(make_project(FILES))
    assert list(catalog.topics) == ["a", "a/c", "b"]
    assert [entry.title for entry in catalog.entries()] == ["two", "three", "one"]
    assert catalog.entry_counts == {"a": 2, "a/c": 1, "b": 1}
    assert [topic.path for topic in catalog.children["a"]] == ["a/c"]
    assert catalog.papers["p"].authors == ("X", "Y")
    assert catalog.terms[0].abbr == ("A",)
    entry = catalog.topics["a/c"].entries[0]
    assert (entry.topic, entry.index, entry.line) == ("a/c", 0, 3)


def test_an_id_comes_of_the_url_unless_it_is_written(make_project):
    text = "title: A\nentries:\n  - {title: a, url: https://example.org/a}\n  - {title: b, url: https://example.org/b, id: bee}\n"
    first, second = load_catalog(make_project({"catalog/topics/a.yml": text})).entries()
    assert len(first.key) == 8
    assert second.key == "bee"


def test_a_warm_load_gives_the_same(make_project):
    project = make_project(FILES)
    assert load(project).catalog == load(project).catalog


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_cache_is_not_believed(make_project, seed):
    project = make_project(FILES)
    expected = load(project).catalog
    cache = project.state / "cache"
    content = bytearray(cache.read_bytes())
    rng = random.Random(seed)
    damage = rng.choice(["flip", "cut", "empty", "noise"])
    if damage == "flip":
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
    elif damage == "noise":
        content = bytearray(rng.randbytes(len(content)))
    cache.write_bytes(
        content[: rng.randrange(len(content))] if damage == "cut" else b"" if damage == "empty" else content
    )
    assert load(project).catalog == expected
    assert load(project).catalog == expected


def test_an_append_cut_off_costs_only_itself(make_project):
    project = make_project(FILES)
    load(project)
    cache = project.state / "cache"
    whole = cache.read_bytes()
    for number in range(3):
        (project.root / "catalog/topics/d.yml").write_text(f"title: D {number}\n")
        load(project)
        assert cache.read_bytes().startswith(whole)
        cache.write_bytes(cache.read_bytes()[:-5])
    assert load(project).catalog.topics["d"].title == "D 2"
    assert load(project).catalog == load(project).catalog


def test_the_cache_does_not_grow_with_every_edit(make_project):
    project = make_project(FILES)
    load(project)
    once = (project.state / "cache").stat().st_size
    for number in range(100):
        (project.root / "catalog/topics/d.yml").write_text(f"title: D {number}\n")
        load(project)
    assert (project.state / "cache").stat().st_size < once + 100 * 300


def test_a_cache_that_is_a_folder_is_passed_over(make_project):
    project = make_project(FILES)
    (project.state / "cache").mkdir(parents=True)
    assert len(list(load(project).catalog.entries())) == 3


def test_a_changed_file_and_a_changed_config_are_read_again(make_project):
    project = make_project(
        FILES | {"catalog/topics/d.yml": "title: D\nentries:\n  - {title: d, url: http://10.0.0.1/}\n"}
    )
    assert [finding.rule for finding in validate(project, TODAY).findings] == ["PK035"]
    (project.root / "catalog/config.yml").write_text("fetch: {allow: [10.0.0.0/8]}\n")
    assert validate(project, TODAY).findings == ()
    (project.root / "catalog/topics/d.yml").write_text("title: D\nentries:\n  - {title: d, url: ftp://example.org/}\n")
    assert [finding.rule for finding in validate(project, TODAY).findings] == ["PK030"]


def test_what_is_wrong_in_one_entry_costs_no_other(make_project):
    text = "title: A\nentries:\n  - {title: 1984, url: https://example.org/a, kind: nonsense}\n  - {url: https://example.org/b}\n  - {title: c, url: https://example.org/c}\n"
    first, last = load(make_project({"catalog/topics/a.yml": text})).catalog.entries()
    assert (first.title, first.kind) == ("1984", "article")
    assert (last.title, last.index, last.line) == ("c", 2, 5)


def test_a_file_that_cannot_be_loaded_stops_work_that_needs_all(make_project):
    project = make_project(FILES | {"catalog/topics/d.yml": "title: [\n"})
    with pytest.raises(BrokenCatalogError, match=r"catalog/topics/d\.yml"):
        load_catalog(project)
