"""What can be done about a link that has moved or is gone."""

from __future__ import annotations

import pytest

from pinakes.errors import EditError
from pinakes.links.remedies import mirror_of, rewrite_moved
from pinakes.store.load import load_catalog
from pinakes.store.records import diff, write_changes

FILES = {
    "catalog/topics/a.yml": (
        "title: A\n"
        "entries:\n"
        "  # the first\n"
        "  - title: 图解SimCLR框架\n"
        "    url: https://example.org/simclr   # from the author\n"
        "  - {title: MoCo, url: 'https://example.org/moco', mirrors: [https://mirror.example/moco]}\n"
        "  - title: BYOL\n"
        "    id: byol1234\n"
        "    url: https://example.org/byol\n"
    ),
    "catalog/topics/b.yml": (
        "title: B\n"
        "entries:\n"
        "  - {title: 图解simclr框架, url: 'https://example.net/simclr', link: {state: gone}}\n"
        "  - {title: 图解 SimCLR 框架, url: 'https://example.com/other'}\n"
        "  - {title: 图解ＳimCLR框架, url: 'https://example.com/simclr', mirrors: [https://mirror.example/simclr]}\n"
    ),
}


@pytest.fixture
def project(make_project):
    return make_project(FILES)


def entries_of(project):
    catalog = load_catalog(project)
    return catalog, {entry.url: entry for entry in catalog.entries()}


def test_an_entry_of_the_same_title_stands_in_unless_it_is_gone_too(project):
    catalog, entries = entries_of(project)
    entry = entries["https://example.org/simclr"]
    found = mirror_of(catalog, entry)
    assert found == ("https://example.com/simclr", entries["https://example.com/simclr"])
    found = mirror_of(catalog, entry, gone={"https://example.com/simclr"})
    assert found is not None
    assert found.url == "https://mirror.example/simclr"
    assert mirror_of(catalog, entry, gone={"https://example.com/simclr", "https://mirror.example/simclr"}) is None


def test_the_curators_own_mirror_comes_first(project):
    catalog, entries = entries_of(project)
    assert mirror_of(catalog, entries["https://example.org/moco"]) == ("https://mirror.example/moco", None)
    assert mirror_of(catalog, entries["https://example.org/byol"]) is None


def test_a_moved_entry_gets_its_new_address_and_keeps_its_id_and_comments(project):
    catalog, entries = entries_of(project)
    moved = {
        entries["https://example.org/simclr"].key: "https://blog.example/simclr?utm_source=x",
        entries["https://example.org/moco"].key: "https://blog.example/moco",
        "byol1234": "https://blog.example/byol",
    }
    changes = rewrite_moved(project, catalog, moved)
    assert (project.root / "catalog/topics/a.yml").read_text() == FILES["catalog/topics/a.yml"]
    assert "+    url: https://blog.example/simclr   # from the author" in diff(changes)
    write_changes(project, changes)
    text = (project.root / "catalog/topics/a.yml").read_text()
    assert "# the first" in text
    after = {entry.key: entry.url for entry in load_catalog(project).entries()}
    assert {key: after[key] for key in moved} == {key: url.partition("?")[0] for key, url in moved.items()}
    assert set(after) == {entry.key for entry in entries.values()}
    assert rewrite_moved(project, load_catalog(project), moved) == []


@pytest.mark.parametrize("there", ["https://example.com/other/", "http://mirror.example/moco"])
def test_an_address_that_the_catalogue_has_already_is_left_to_the_curator(project, there):
    catalog, entries = entries_of(project)
    assert rewrite_moved(project, catalog, {entries["https://example.org/simclr"].key: there}) == []


def test_a_file_that_somebody_is_editing_is_not_written_over(project):
    catalog, entries = entries_of(project)
    file = project.root / "catalog/topics/a.yml"
    file.write_text(file.read_text().replace("example.org/simclr", "example.org/changed"))
    with pytest.raises(EditError, match="has changed"):
        rewrite_moved(project, catalog, {entries["https://example.org/simclr"].key: "https://blog.example/simclr"})


def test_a_mark_at_the_files_beginning_stays(make_project):
    text = "\ufefftitle: A\r\nentries:\r\n- {title: X, url: 'https://example.org/x'}\r\n"
    project = make_project({"catalog/topics/a.yml": text})
    catalog, entries = entries_of(project)
    (change,) = rewrite_moved(project, catalog, {entries["https://example.org/x"].key: "https://example.org/y"})
    assert change.before == text
    assert change.after is not None
    assert change.after.startswith("\ufefftitle: A\r\n")
    assert "https://example.org/y" in change.after
