"""Import texts as the command does, without its files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from pinakes.importers.names import NO_NAMES, Names
from pinakes.importers.plan import Plan, plan
from pinakes.importers.posts import read
from pinakes.model import Catalog, Config

Import = Callable[..., Plan]
EntriesOf = Callable[[str], list[dict[str, Any]]]


@pytest.fixture
def import_posts() -> Import:
    """Plan the import of posts, given as `name=text`, into a catalogue: an empty one unless given."""

    def run(
        posts: Mapping[str, str], *, catalog: Catalog | None = None, names: Names = NO_NAMES, under: str = ""
    ) -> Plan:
        read_posts = [read(text, name) for name, text in posts.items()]
        return plan(read_posts, catalog or Catalog(Config(), {}, {}), names, under)

    return run


@pytest.fixture
def entries_of(import_posts: Import) -> EntriesOf:
    """Give the entries that come of one post."""

    def run(text: str) -> list[dict[str, Any]]:
        return [dict(entry) for addition in import_posts({"post.md": text}).additions for entry in addition.entries]

    return run
