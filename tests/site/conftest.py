"""A small catalogue with everything that a page can go wrong with, and the site that each builder makes of it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from pinakes.model import Catalog
from pinakes.project import Project
from pinakes.site.config import mkdocs_yml
from pinakes.site.render import Rendered, render
from pinakes.store.load import load_catalog

HOSTILE = (
    "<script>document.title = 'stolen'</script>",
    "*not* _emphasis_ | a | b",
    "{{ config.site_name }} {% raw %} {# gone #}",
    "[x](javascript:alert(1)) ![y](javascript:alert(2))",
    "\"double\" & 'single' &amp; &lt;b&gt;",
    "--> </a></li></ol></article> <!-- pinakes: topics -->",
    "<!-- /pinakes:html --> # no heading",
    '--- " onmouseover="document.title = 1',
    "`code` \\*escaped\\* $x$ 100% #}",
)
"""Titles that must show as they are written."""

_QUOTED = [title.replace("'", "''") for title in HOSTILE]

FILES = {
    "catalog/config.yml": "name: {zh: 书目 {{ 7 }}, en: Pinakes & Co}\n".replace("书目 {{ 7 }}", "'书目 {{ 7 }}'"),
    "catalog/topics/a.yml": """
title: {zh: 甲主题, en: Topic A}
about:
  zh: |
    第一段，公式 $x' = f_{prompt}(x)$，<b>不是粗体</b>，[坏](javascript:alert(1))，[乙](topics/a/b)，[丢](nowhere.html)。

    ![两个视图](figures/two.svg) ![外图](https://example.org/x.png)

    $$\\frac{1$$
entries:
  - title: 第一篇
    url: https://mp.weixin.qq.com/s/first
    papers: [simclr, nobody]
    published: 2020-04-09
    authors: [甲, 乙]
    kind: survey
    note: {zh: "看 $\\\\tau$ 的**作用**", en: About *tau*}
    mirrors: [https://zhuanlan.zhihu.com/p/1, "javascript:alert(3)"]
    link: {state: alive}
  - title: {zh: 会消失的, en: Vanishing}
    url: https://www.zhihu.com/question/2
    link: {state: gone, since: 2024-03-02, archived: "https://web.archive.org/web/20220501120000/https://x.example/"}
  - {title: An English piece, url: "https://github.com/a/b", link: {state: suspect}}
  - {title: 不能点的, url: "javascript:alert(4)"}
  - {title: 搬走的, url: "https://someone.cnblogs.com/p/5.html", link: {state: moved}}
""",
    "catalog/topics/a/b.yml": "title: {zh: 乙主题, en: Topic B}\nrequires: [c]\n"
    "entries:\n  - {title: 乙的一篇, url: https://blog.example.org/b}\n",
    "catalog/topics/c.yml": "title: {zh: 只有中文}\nabout: {zh: 没有英文。}\n"
    "entries:\n  - {title: 丙的一篇, url: https://example.org/c, site: 某站}\n",
    "catalog/topics/hostile.yml": f"title: '{_QUOTED[0]}'\nabout: '{_QUOTED[2]} {_QUOTED[6]}'\nentries:\n"
    + "".join(
        f"  - {{title: '{title}', url: 'https://example.org/hostile/{place}?a=\"&b=<c>', site: '{title}'}}\n"
        for place, title in enumerate(_QUOTED)
    ),
    "catalog/papers/simclr.yml": "title: A Simple Framework\nauthors: [T. Chen, G. Hinton]\nyear: 2020\n"
    'arxiv: "2002.05709"\nnames: [SimCLR]\nfollows: [cpc]\n',
    "catalog/papers/cpc.yml": "title: Predictive Coding\nauthors: [A. Oord]\nyear: 2018\ncode: https://github.com/x/cpc\n",
    "docs/index.md": "# 首页\n\n见[指南](guide/add.md)。\n\n<!-- pinakes: topics -->\n\n```\n<!-- pinakes: topics -->\n```\n",
    "docs/guide/add.md": "# 添加\n\n公式 $a_{1}*b*c$，`$not$`。\n\n![图](../figures/two.svg) [英文没有](only-zh.md)\n\n"
    '## 写进文件\n\n| 键 | 值 |\n| --- | --- |\n| `title` | 标题 |\n\n!!! note "注意"\n    话。\n\n'
    '```yaml title="a.yml"\ntitle: 甲 # 一行长得在手机上放不下的注释，要横着滚动才读得完\n```\n',
    "docs/guide/add.en.md": "# Add\n\nSee [the Chinese one](only-zh.md#节) and ![a figure](../figures/two.svg).\n\n## Into the file\n\nText.\n",
    "docs/guide/only-zh.md": "# 只有中文的页\n\n## 节\n\n正文。\n",
    "docs/design.md": "# Design\n\nEnglish at the root.\n\n## Rules\n\nTwo.\n",
    "docs/figures/two.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 5h10"/></svg>',
    "docs/.hidden.md": "# Hidden\n",
}
"""The project's files; its `mkdocs.yml` is added."""

NAV = """
nav:
  - 首页: index.md
  - 指南:
      - guide/add.md
      - guide/only-zh.md
  - 设计: design.md
"""


@dataclass(frozen=True)
class BuiltSite:
    """A project, what it holds, and the folder that a builder put its site in."""

    project: Project
    catalog: Catalog
    rendered: Rendered
    folder: Path

    def html(self, path: str) -> Any:
        """Parse a page of the site."""
        return lxml.html.fromstring((self.folder / path / "index.html").read_bytes())

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Every page but the one for lost readers, parsed, by its address."""
        files = sorted(self.folder.rglob("index.html"))
        return {
            f"{file.parent.relative_to(self.folder).as_posix()}/".removeprefix("./"): self._parse(file)
            for file in files
        }

    @staticmethod
    def _parse(file: Path) -> Any:
        return lxml.html.fromstring(file.read_bytes())

    def entries(self) -> Iterator[tuple[str, str, str]]:
        """Each entry's topic, key and title as the Chinese site shows it."""
        for entry in self.catalog.entries():
            yield entry.topic, entry.key, entry.title if isinstance(entry.title, str) else entry.title["zh"]


def render_project(project: Project) -> tuple[Catalog, Rendered]:
    """Load and render a project that has a `mkdocs.yml` of the usual form."""
    catalog = load_catalog(project)
    (project.root / "mkdocs.yml").write_text(mkdocs_yml(catalog.config) + NAV, encoding="utf-8")
    return catalog, render(project, catalog)


def build_project(project: Project, builder: str) -> BuiltSite:
    """Render a project and have one of the builders make its site, in a process of its own as users do."""
    catalog, rendered = render_project(project)
    command = [sys.executable, "-m", builder, "build", *(["--strict"] if builder == "mkdocs" else [])]
    env = os.environ | {"NO_MKDOCS_2_WARNING": "1", "NO_COLOR": "1"}
    done = subprocess.run(
        command, cwd=project.root, env=env, capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return BuiltSite(project, catalog, rendered, project.build / "site")


@pytest.fixture(scope="session", params=["mkdocs", "zensical"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The site of the small catalogue, made by each builder in turn."""
    return build_project(_write_project(tmp_path_factory.mktemp(request.param)), request.param)


@pytest.fixture(scope="session")
def mkdocs_site(tmp_path_factory: pytest.TempPathFactory) -> BuiltSite:
    """The same, made by MkDocs alone: for what cannot differ between builders."""
    return build_project(_write_project(tmp_path_factory.mktemp("look")), "mkdocs")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The small catalogue's project, to render and change."""
    return _write_project(tmp_path)


@pytest.fixture
def render_again() -> Callable[[Project], tuple[Catalog, Rendered]]:
    """Load and render a project."""
    return render_project


@pytest.fixture(scope="session")
def hostile_titles() -> tuple[str, ...]:
    """Titles that must show as they are written."""
    return HOSTILE


def _write_project(root: Path) -> Project:
    for name, text in FILES.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return Project(root.resolve())
