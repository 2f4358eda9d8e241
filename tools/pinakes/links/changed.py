"""Which addresses a change brought in: compared with a git ref by what the files mean, not by their lines."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

from pinakes.errors import PinakesError
from pinakes.model import Catalog
from pinakes.project import Project
from pinakes.rules.file import File
from pinakes.store.load import check

_TOPICS = "catalog/topics"


def changed_urls(project: Project, catalog: Catalog, ref: str) -> frozenset[str]:
    """Find the addresses that are in the catalogue now and were not where the present branch left a ref.

    An entry that only moved to another file or place, or whose other facts changed, brings none in.

    Args:
        project: The project; it must lie in a git work tree.
        catalog: The catalogue as it is now.
        ref: A branch, tag or commit.

    Raises:
        PinakesError: There is no git here, or no such ref.
    """
    base = _merge_base(project, ref)
    files = _changed_files(project, base)
    before = {url for name in files for url in _urls_at(project, base, name, catalog)}
    now = (topic for topic in catalog.topics.values() if topic.file in files)
    urls = (url for topic in now for entry in topic.entries for url in (entry.url, *entry.mirrors))
    return frozenset(url for url in urls if url not in before)


def _merge_base(project: Project, ref: str) -> str:
    """Where the present branch left another, so that what came into the other since is not taken for a change here."""
    commit = _git(project, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
    if commit is None:
        raise PinakesError(
            f"--changed: git knows no `{ref}` here",
            place=str(project.root),
            hint="name a branch, tag or commit of this repository; in CI it must be fetched first (fetch-depth: 0)",
        )
    base = _git(project, "merge-base", "--end-of-options", commit.strip(), "HEAD")
    return (base or commit).strip()


def _changed_files(project: Project, base: str) -> frozenset[str]:
    changed = _git(project, "diff", "--name-only", "--no-renames", "--relative", "-z", base, "--", _TOPICS) or ""
    untracked = _git(project, "ls-files", "--others", "--exclude-standard", "-z", "--", _TOPICS) or ""
    return frozenset(filter(None, (changed + untracked).split("\0")))


def _urls_at(project: Project, base: str, name: str, catalog: Catalog) -> Iterator[str]:
    """Read the addresses that a topic file had; none where it was not there or could not be read."""
    text = _git(project, "show", f"{base}:./{name}")
    if text is None or not name.endswith(".yml"):
        return
    data = check(File(name, "topic", text.encode()), catalog.config.fetch.allow)["data"] or {}
    for entry in data.get("entries", ()):
        yield entry["url"]
        yield from entry.get("mirrors", ())


def _git(project: Project, *arguments: str) -> str | None:
    """Run git in the project's folder; None if it fails."""
    try:
        done = subprocess.run(  # noqa: S603  # no shell, and a ref cannot be taken for an option
            ["git", "-c", "core.quotePath=false", *arguments],  # noqa: S607  # the user's own git
            cwd=project.root,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
    except FileNotFoundError:
        raise PinakesError("--changed: git is not installed", hint="it is what tells what has changed") from None
    return done.stdout if done.returncode == 0 else None
