"""Read one post: its text becomes blocks that account for every line of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

import yaml

from pinakes.importers.blocks import Post
from pinakes.importers.decode import split_lines
from pinakes.importers.layout import lay_out
from pinakes.importers.marks import clean_title
from pinakes.importers.recognise import recognise, settle
from pinakes.importers.regions import Row
from pinakes.importers.rows import read_rows

_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}-")
_TITLE = re.compile(r"^title\s*:(.*)$", re.MULTILINE)


def read(text: str, name: str) -> Post:
    """Read a post.

    Args:
        text: Its source.
        name: The path that the report calls it by; its title comes from it if the front matter has none.
    """
    lines = split_lines(text)
    rows = read_rows(lines)
    return Post(name, _title(rows) or _title_from(name), lines, tuple(settle(lay_out(recognise(rows)))))


def _title(rows: Sequence[Row]) -> str:
    if not rows or rows[0].reason != "front matter":
        return ""
    found = _TITLE.search(rows[0].text)
    if found is None:
        return ""
    try:
        value = yaml.safe_load(found[1])
    except yaml.YAMLError:
        # `title: Autodiff: a survey` is no YAML, but it is what people write.
        value = found[1]
    return clean_title(value if isinstance(value, str) else found[1].strip())


def _title_from(name: str) -> str:
    """Make a title of a file's name: Jekyll's begin with a date."""
    stem = _DATE.sub("", PurePath(name).stem, count=1)
    return clean_title(re.sub(r"[-_\s]+", " ", stem)) or "posts"
