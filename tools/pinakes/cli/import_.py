"""`pinakes import`: posts of a blog become topics."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pinakes.cli.app import app
from pinakes.cli.options import Form, FormOption, project_of

if TYPE_CHECKING:
    from pinakes.importers.blocks import Post
    from pinakes.importers.proposal import Change
    from pinakes.model import Catalog
    from pinakes.project import Project


@app.command(
    "import",
    epilog="Examples:  pinakes import posts/  ·  pinakes import posts/ --names names.yml --apply  ·  "
    "pinakes import a.md b.md --under self-supervised  ·  pinakes import posts/ --format json",
)
def import_(
    context: typer.Context,
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Posts, or folders of them: Markdown, HTML, text.")
    ],
    under: Annotated[
        str, typer.Option("--under", metavar="TOPIC", help="Make new topics below this one (its path or title).")
    ] = "",
    names: Annotated[
        Path | None,
        typer.Option("--names", metavar="FILE", help="YAML: which path a heading means (`自动求导: autodiff`)."),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help="Write the files; without it they are only proposed.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every line and the whole diff.")] = False,
    format: FormOption = Form.text,
) -> None:
    """Read posts that list links, and add their articles to the topics that their headings name.

    Every line that is not blank is accounted for: as an entry, a heading, prose, a figure, or left out with the
    reason. What the catalogue has already is not added again. Exits with 0, also if nothing is new.
    """
    from pinakes.importers.names import NO_NAMES, read_names
    from pinakes.importers.plan import plan
    from pinakes.importers.proposal import propose
    from pinakes.importers.show import write_json, write_text

    project = project_of(context)
    catalog, texts = _load(project)
    wanted = read_names(names) if names else NO_NAMES
    result = plan(list(_read(paths)), catalog, wanted, _topic(under, catalog) if under else "")
    changes = propose(result, texts)
    if apply:
        _write(project, changes)
    if format is Form.json:
        typer.echo(write_json(result, changes, applied=apply), nl=False)
    else:
        typer.echo(write_text(result, changes, applied=apply, verbose=verbose), nl=False)


def _load(project: Project) -> tuple[Catalog, dict[str, str]]:
    """Load the catalogue, and the text of its topic files."""
    from pinakes.errors import BrokenCatalogError
    from pinakes.store.load import load

    loaded = load(project)
    if loaded.broken:
        raise BrokenCatalogError(loaded.broken)
    topics = {topic.file for topic in loaded.catalog.topics.values()}
    return loaded.catalog, {name: file.data.decode() for name, file in loaded.files.items() if name in topics}


def _read(paths: Iterable[Path]) -> Iterable[Post]:
    """Read the posts, and show how far it is on a terminal."""
    from rich.console import Console
    from rich.progress import track

    from pinakes.importers.files import find_posts
    from pinakes.importers.gather import gather

    files = find_posts(paths)
    console = Console(stderr=True)
    return track(gather(files), "Reading", len(files), console=console, disable=not console.is_terminal, transient=True)


def _topic(wanted: str, catalog: Catalog) -> str:
    """Find the topic that `--under` means, by its path or one of its titles."""
    from difflib import get_close_matches

    from pinakes.errors import PinakesError
    from pinakes.importers.headings import title_key
    from pinakes.importers.known import survey

    path = wanted.strip("/").removesuffix(".yml")
    titled = survey(catalog).paths.get(title_key(wanted), ())
    if path in catalog.topics or len(titled) == 1:
        return path if path in catalog.topics else titled[0]
    near = get_close_matches(path, catalog.topics, n=1)
    hint = f"did you mean `{near[0]}`?" if near else "a topic is named by its path below catalog/topics, or its title"
    raise PinakesError(f"--under: there is no topic `{wanted}`", hint=hint)


def _write(project: Project, changes: Iterable[Change]) -> None:
    """Write the files, each whole or not at all; their texts are all known before the first is written."""
    from pinakes.store.files import write_text

    for change in changes:
        write_text(project.root / change.file, change.after)
