"""An edit changes one value, and every other byte stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.errors import EditError
from pinakes.source import parse, to_data
from pinakes.store.edit import append_entries, change_entry, new_topic, scalar, set_value

TOPIC = """\
# a comment at the top
title: {zh: 对比学习, en: "Contrastive learning"}   # beside the title

entries:
  # before the first
  - title: 'It''s SimCLR'   # quoted
    url: http://example.org/?utm_source=x
    tags:
      - vision

      # a comment at the end of the list

  - {title: MoCo, url: "http://example.org/moco"}   # in braces
  - url: https://example.org/byol
    note: >-
      folded
      text
    title: BYOL
# between
about: |
  Literal.

    indented
"""

# The lines of each value that the file has.
LINES = {
    (0, "title"): {6},
    (0, "url"): {7},
    (0, "tags"): {8, 9},
    **{(1, key): {13} for key in ("title", "url", "note", "tags", "id")},
    (2, "url"): {14},
    (2, "note"): {15, 16, 17},
    (2, "title"): {18},
}

texts = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t'\"#:-{}[],&*!|>%@`"), max_size=30
)
values = texts | st.lists(texts, max_size=3) | st.integers(-999, 9999)


def data_of(text: str):
    data, troubles = to_data(parse(text))
    assert not troubles
    return data


def test_a_value_changes_and_its_line_keeps_its_quotes_and_comment():
    changed = change_entry(TOPIC, 0, {"title": "It's fine", "url": "https://example.org/"})
    assert changed == TOPIC.replace("It''s SimCLR", "It''s fine").replace(
        "http://example.org/?utm_source=x", "https://example.org/"
    )


def test_a_key_is_added_behind_the_last_one():
    changed = change_entry(TOPIC, 0, {"id": "abcd"})
    assert changed == TOPIC.replace("      - vision\n", "      - vision\n    id: abcd\n")
    changed = change_entry(TOPIC, 1, {"id": "abcd"})
    assert changed == TOPIC.replace('/moco"}', '/moco", id: abcd}')


def test_entries_are_added_behind_the_last_one_before_its_comments():
    changed = append_entries(TOPIC, [{"title": "no: yes", "url": "https://example.org/new", "papers": ["a", "b"]}])
    added = "  - title: 'no: yes'\n    url: https://example.org/new\n    papers: [a, b]\n"
    assert changed == TOPIC.replace("# between\n", added + "# between\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: x", "title: x\nentries:\n  - title: new\n    url: u"),
        ("title: x\nentries:\n", "title: x\nentries:\n  - title: new\n    url: u\n"),
        ("title: x\nentries: [] # none\n", "title: x\nentries: # none\n  - title: new\n    url: u\n"),
        ("title: x\r\nentries:\r\n", "title: x\r\nentries:\r\n  - title: new\r\n    url: u\r\n"),
        (
            "title: x\nentries:\n- url: a\n  title: b",
            "title: x\nentries:\n- url: a\n  title: b\n- title: new\n  url: u",
        ),
        (
            "{title: x, entries: [{title: a, url: b}]}",
            "{title: x, entries: [{title: a, url: b}, {title: new, url: u}]}",
        ),
    ],
)
def test_entries_are_added_in_the_manner_of_the_file(before, after):
    assert append_entries(before, [{"title": "new", "url": "u"}]) == after


@given(index=st.integers(0, 2), key=st.sampled_from(["title", "url", "note", "tags", "id"]), value=values)
def test_any_edit_keeps_every_other_byte(index, key, value):
    before = data_of(TOPIC)
    try:
        changed = change_entry(TOPIC, index, {key: value})
    except EditError:
        return
    before["entries"][index][key] = value
    assert data_of(changed) == before
    # Every line but those of the value itself is still there, in its order.
    rest = iter(changed.split("\n"))
    kept = [line for number, line in enumerate(TOPIC.split("\n"), 1) if number not in LINES.get((index, key), ())]
    assert all(line in rest for line in kept)


@given(path=st.sampled_from([("title", "zh"), ("title", "en"), ("about",), ("entries", 0, "tags", 0)]), value=texts)
def test_any_text_can_be_written_anywhere(path, value):
    changed = set_value(TOPIC, path, value)
    found = data_of(changed)
    for step in path:
        found = found[step]
    assert found == value


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_a_scalar_reads_back(value):
    assert data_of(f"[{scalar(value)}]") == [value]


@given(
    title=texts.filter(bool),
    about=texts.filter(bool),
    entries=st.lists(st.fixed_dictionaries({"title": texts, "url": texts})),
)
def test_a_new_topic_reads_back(title, about, entries):
    text = new_topic({"zh": title}, {"en": about}, entries, depth=1)
    assert text.startswith("# yaml-language-server: $schema=../../../build/schema/topic.json\n")
    expected = {"title": {"zh": title}, "about": {"en": about}} | ({"entries": entries} if entries else {})
    assert data_of(text) == expected


@pytest.mark.parametrize("text", ["title: [", "- a\n- b\n", "just words", ""])
def test_what_is_no_topic_file_is_refused(text):
    with pytest.raises(EditError):
        append_entries(text, [{"title": "n", "url": "u"}])


def test_a_place_that_is_not_there_is_refused():
    with pytest.raises(EditError, match=r"entries\.9"):
        change_entry(TOPIC, 9, {"title": "x"})
