"""Hand-written pages: what lies in the project's `docs/`, and how it becomes part of the site.

`x.md` is a page in the site's first language, `x.en.md` its English twin. Both may hold markers, lines such as
`<!-- pinakes: topics -->` that something rendered takes the place of.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from pinakes.errors import PinakesError
from pinakes.site.prose import map_prose, prose_lines
from pinakes.text import guess_lang

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*\s*(?:\{[^}]*\}\s*)?$")
_INLINE_MARKS = re.compile(r"[*`]|!?\[|\]\([^)]*\)")
_TARGET = re.compile(r"(\]\(\s*<?|^\[[^\]]+\]:\s+<?)([^\s)>]+)")


@dataclass(frozen=True)
class Doc:
    """A hand-written page.

    Attributes:
        path: Its file below the language's folder, without the language: `guide/add.md`.
        lang: The language of the site that it belongs to.
        text: The file's content.
        file: The file's path below the project's folder.
    """

    path: str
    lang: str
    text: str
    file: str

    @cached_property
    def meta(self) -> Mapping[str, Any]:
        """Its front matter.

        Raises:
            PinakesError: The front matter is not a YAML mapping.
        """
        found = _FRONT_MATTER.match(self.text)
        try:
            data = yaml.safe_load(found[1] or "") if found else None
        except yaml.YAMLError as error:
            raise PinakesError("the page's front matter is not YAML", place=self.file, hint=str(error)) from None
        if data is not None and not isinstance(data, dict):
            raise PinakesError("the page's front matter is not a mapping", place=self.file, hint="write `title: …`")
        return data or {}

    @cached_property
    def body(self) -> str:
        """Its Markdown."""
        return _FRONT_MATTER.sub("", self.text, count=1)

    @cached_property
    def title(self) -> str:
        """Its title: as the front matter says, or its first heading, or the file's name."""
        heading = next((words for _, words in self._headings()), "")
        return str(self.meta.get("title") or heading or posixpath.basename(self.path).removesuffix(".md"))

    @cached_property
    def text_lang(self) -> str:
        """The language that it is written in: as the front matter says (`lang`), or as its headings look."""
        return str(self.meta.get("lang") or guess_lang(" ".join(words for _, words in self._headings()) or self.title))

    @property
    def address(self) -> str:
        """Its address below the language's folder: `guide/add/`."""
        folder, name = posixpath.split(self.path)
        stem = name.removesuffix(".md")
        return posixpath.join(folder, "" if stem in {"index", "README"} else stem, "").lstrip("/")

    def _headings(self) -> Iterator[tuple[int, str]]:
        for line in prose_lines(self.body):
            if found := _HEADING.match(line):
                yield len(found[1]), _INLINE_MARKS.sub("", found[2])


@dataclass(frozen=True)
class Docs:
    """All hand-written pages, and the files that lie beside them.

    Attributes:
        pages: By path and language.
        files: Everything else, by path below `docs/`.
    """

    pages: Mapping[tuple[str, str], Doc]
    files: Mapping[str, Path]

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all pages, whatever language they are there in; a folder's index first."""
        return tuple(sorted({path for path, _ in self.pages}, key=lambda path: path.replace("index.md", "")))

    def best(self, path: str, languages: tuple[str, ...]) -> Doc | None:
        """The page at a path in the first of the languages that it is there in."""
        return next((self.pages[path, lang] for lang in languages if (path, lang) in self.pages), None)


def read_docs(folder: Path, languages: tuple[str, ...], *, root: Path) -> Docs:
    """Read a project's hand-written pages.

    Args:
        folder: Where they lie; need not exist.
        languages: The site's languages, the first being that of pages without a language in their name.
        root: The project's folder, which places in messages are relative to.
    """
    pages, files = {}, {}
    for file in _files_below(folder):
        path = file.relative_to(folder).as_posix()
        if file.suffix != ".md":
            files[path] = file
            continue
        name, lang = _split_language(path, languages)
        pages[name, lang] = Doc(name, lang, _read(file, root), file.relative_to(root).as_posix())
    return Docs(pages, files)


def localised_body(doc: Doc, docs: Docs, prefix: str) -> str:
    """Give a page's Markdown with its relative links mended for the folder that its language's pages lie in.

    A twin in another language lies in a folder of its own, but is written as if it lay beside the original: pictures,
    and pages that are not there in its language, are up in the first language's folder.
    """
    folder = posixpath.dirname(doc.path)

    def mend(line: str) -> str:
        return _TARGET.sub(lambda found: found[1] + _mend_target(found[2], folder, doc.lang, docs, prefix), line)

    return map_prose(doc.body, mend)


def _mend_target(target: str, folder: str, lang: str, docs: Docs, prefix: str) -> str:
    path, mark, fragment = target.partition("#")
    if not path or ":" in path or path.startswith("/"):
        return target
    found = posixpath.normpath(posixpath.join(folder, path))
    neutral = found.removesuffix(f".{lang}.md") + ".md" if found.endswith(f".{lang}.md") else found
    if (neutral, lang) in docs.pages:
        return posixpath.relpath(neutral, folder or ".") + mark + fragment
    if found in docs.files or neutral in docs.paths:
        return posixpath.relpath(found, prefix + folder) + mark + fragment
    return target


def _files_below(folder: Path) -> Iterator[Path]:
    inside = folder.resolve()
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if file.is_file() and not hidden and file.resolve().is_relative_to(inside):
            yield file


def _split_language(path: str, languages: tuple[str, ...]) -> tuple[str, str]:
    stem = path.removesuffix(".md")
    for lang in languages:
        if stem.endswith(f".{lang}"):
            return f"{stem.removesuffix(f'.{lang}')}.md", lang
    return path, languages[0]


def _read(file: Path, root: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        place = file.relative_to(root).as_posix()
        raise PinakesError("the page is not UTF-8", place=place, hint=f"byte {error.start} cannot be read") from None
