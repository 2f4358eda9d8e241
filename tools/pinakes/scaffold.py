"""A new project: the least that is a site, and shows how to go on."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from pinakes.errors import PinakesError

_CONFIG = """\
# yaml-language-server: $schema=../build/schema/config.json
name: {zh: 我的书单, en: My reading list}
about: {zh: 读过并且愿意推荐的。, en: 'Read, and recommended.'}
languages: [zh, en]
"""

_TOPIC = """\
# yaml-language-server: $schema=../../build/schema/topic.json
title: {zh: 自动微分, en: Automatic differentiation}
about:                      # Markdown, with formulas between $; optional
  zh: 链式法则 $(f\\circ g)' = (f'\\circ g)\\,g'$ 一步一步地用在程序上。
  en: The chain rule $(f\\circ g)' = (f'\\circ g)\\,g'$, applied to a program step by step.
entries:                    # in the order in which they should be read
  - title: 'Automatic differentiation in machine learning: a survey'
    url: https://arxiv.org/abs/1502.05767
    kind: survey            # article (default) question paper survey slides video course code book
    note: {zh: 从这里读起。, en: Begin here.}
"""

_HOME = """\
# 我的书单

每个主题一个文件：`catalog/topics/` 里的 YAML。改好存盘，`pinakes serve` 开着的网页就会更新。

<!-- pinakes: topics -->
"""

_HOME_EN = """\
# My reading list

Each topic is a file in `catalog/topics/`. Save one, and the page that `pinakes serve` shows is up to date.

<!-- pinakes: topics -->
"""

_GITIGNORE = """\
/build/
/.cache/
/.pinakes/
"""


class Scaffolded(NamedTuple):
    """What was made of a folder, by path below it.

    Attributes:
        written: New files.
        kept: Files that were there before, and are as they were.
    """

    written: tuple[str, ...]
    kept: tuple[str, ...]


def make_project(folder: Path) -> Scaffolded:
    """Make a folder a project; what is there stays as it is.

    Raises:
        PinakesError: The folder is a project already, or cannot be written to.
    """
    if (folder / "catalog" / "config.yml").exists():
        raise PinakesError("there is a project already", place=str(folder), hint="`pinakes serve` shows its site")
    files = _files()
    try:
        written = tuple(path for path, text in files.items() if _write_new(folder / path, text))
    except OSError as error:
        raise PinakesError(f"{error.strerror}", place=str(error.filename)) from None
    return Scaffolded(written, tuple(path for path in files if path not in written))


def _files() -> dict[str, str]:
    from pinakes.model import Config  # noqa: PLC0415
    from pinakes.site.config import mkdocs_yml  # noqa: PLC0415

    return {
        "catalog/config.yml": _CONFIG,
        "catalog/topics/autodiff.yml": _TOPIC,
        "docs/index.md": _HOME,
        "docs/index.en.md": _HOME_EN,
        "mkdocs.yml": mkdocs_yml(Config(name="我的书单")),
        ".gitignore": _GITIGNORE,
    }


def _write_new(file: Path, text: str) -> bool:
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with file.open("x", encoding="utf-8", newline="\n") as new:
            new.write(text)
    except FileExistsError:
        return False
    return True
