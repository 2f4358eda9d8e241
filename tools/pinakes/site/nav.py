"""The navigation of hand-written pages: as `mkdocs.yml` orders them, or as they lie in `docs/`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pinakes.errors import PinakesError
from pinakes.site.docs import Docs


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page, a link elsewhere, or a section of such.

    Attributes:
        title: As the navigation says; empty where the page's own title is to be taken.
        target: A page's path below `docs/`, or an address on the web; empty for a section.
        items: What a section holds.
    """

    title: str
    target: str = ""
    items: tuple[NavItem, ...] = ()

    def pages(self) -> Iterator[str]:
        """The paths of all pages in it."""
        if self.target:
            yield self.target
        for item in self.items:
            yield from item.pages()


class _Loader(yaml.SafeLoader):
    """YAML's safe loader, which takes the tags that MkDocs configurations hold for nothing."""


_Loader.add_multi_constructor("", lambda _loader, _suffix, _node: None)


def read_nav(mkdocs_yml: Path, docs: Docs) -> tuple[NavItem, ...]:
    """Read the navigation.

    Raises:
        PinakesError: The configuration is not YAML.
    """
    try:
        config = yaml.load(mkdocs_yml.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506  # derived from SafeLoader
    except FileNotFoundError:
        config = None
    except yaml.YAMLError as error:
        raise PinakesError("mkdocs.yml is not YAML", place=str(mkdocs_yml.name), hint=str(error)) from None
    written = config.get("nav") if isinstance(config, dict) else None
    items = tuple(_item(node) for node in written) if isinstance(written, list) else _as_they_lie(docs)
    return tuple(item for item in items if item.target not in {"index.md", "README.md"})


def _item(node: Any) -> NavItem:
    if not isinstance(node, dict):
        return NavItem("", str(node))
    title, value = next(iter(node.items()))
    if isinstance(value, list):
        return NavItem(str(title), items=tuple(_item(child) for child in value))
    return NavItem(str(title), str(value))


def _as_they_lie(docs: Docs) -> tuple[NavItem, ...]:
    folders: dict[str, list[NavItem]] = {}
    for path in docs.paths:
        folder = path.partition("/")[0] if "/" in path else ""
        folders.setdefault(folder, []).append(NavItem("", path))
    top = folders.pop("", [])
    return (*(NavItem("", items=tuple(items)) for items in folders.values()), *top)
