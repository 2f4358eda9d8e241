"""The one `mkdocs.yml` that MkDocs and Zensical both build the site by."""

from __future__ import annotations

import json

from pinakes.model import Config
from pinakes.text import choose

_TEMPLATE = """\
site_name: {name}
docs_dir: {build}docs
site_dir: {build}site
use_directory_urls: true

theme:
  name: material
  variant: classic
  custom_dir: {build}theme
  language: en
  font: false

# The search is our own; and what a plugin adds, Zensical would not know of.
plugins: []

markdown_extensions:
  - pinakes.site.passthrough
  - abbr
  - admonition
  - attr_list
  - def_list
  - footnotes
  - md_in_html
  - tables
  - toc:
      permalink: "#"
      slugify: !!python/object/apply:pymdownx.slugs.slugify {{kwds: {{case: lower}}}}
  - pymdownx.details
  - pymdownx.highlight
  - pymdownx.inlinehilite
  - pymdownx.keys
  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true

# Rendered pages have their own navigation; listing them all here would cost more than building them.
validation:
  nav:
    omitted_files: ignore
  links:
    unrecognized_links: ignore
"""


def mkdocs_yml(config: Config, build: str = "build/") -> str:
    """Write the configuration for a catalogue; `build` is the folder of the output, seen from the file's own.

    The navigation of hand-written pages (`nav:`) may follow; without it they are listed as they lie in `docs/`.
    """
    name, _ = choose(config.name, config.languages)
    return _TEMPLATE.format(build=build, name=json.dumps(name, ensure_ascii=False))
