"""One file of a catalogue as the rules see it: bytes, then text, then nodes, then data, each on demand."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from pinakes.findings import Path
from pinakes.rules.forms import FileKind, validator

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails
    from yaml import YAMLError

    from pinakes.source import Source, Trouble


class FormError(NamedTuple):
    """A place where a file's data are not of the form that the model asks for.

    Attributes:
        kind: pydantic's name of the error, `missing`, `string_type`.
        path: To the value, or to where a missing key should be.
        value: What stands there.
        expected: What may stand there, if it is one of a few words; else pydantic's message.
    """

    kind: str
    path: Path
    value: Any
    expected: str


@dataclass(frozen=True)
class File:
    """One file of a catalogue.

    Attributes:
        name: Path below the project's folder.
        kind: What the file is about.
        data: Its bytes; empty if they could not be read.
        trouble: Why they could not be read; empty if they could.
    """

    name: str
    kind: FileKind
    data: bytes
    trouble: str = ""

    @cached_property
    def text(self) -> str | None:
        """The text without a byte order mark; None if the bytes are not UTF-8."""
        try:
            return self.data.removeprefix(codecs.BOM_UTF8).decode("utf-8")
        except UnicodeDecodeError:
            return None

    @cached_property
    def parsed(self) -> Source | YAMLError | None:
        """The nodes, or why the text is not YAML; None if there is no text."""
        if self.text is None or self.trouble:
            return None
        from yaml import YAMLError  # noqa: PLC0415  # 30 ms that a file from the cache need not cost

        from pinakes.source import parse  # noqa: PLC0415

        try:
            return parse(self.text)
        except YAMLError as error:
            return error

    @cached_property
    def source(self) -> Source:
        """The nodes; none, with the text as far as it is one, where it cannot be parsed."""
        from pinakes.source import Source  # noqa: PLC0415

        if isinstance(self.parsed, Source):
            return self.parsed
        return Source(self.data.decode("utf-8", "replace") if self.text is None else self.text, None)

    @cached_property
    def _converted(self) -> tuple[Any, list[Trouble]]:
        from pinakes.source import to_data  # noqa: PLC0415

        return to_data(self.source)

    @property
    def content(self) -> Any:
        """The data as they stand in the file."""
        empty: Any = {} if self.kind == "config" else [] if self.kind == "terms" else None
        return empty if self._converted[0] is None else self._converted[0]

    @property
    def troubles(self) -> list[Trouble]:
        """What cannot stand in the YAML, though the parser took it."""
        return self._converted[1]

    @cached_property
    def form_errors(self) -> tuple[FormError, ...]:
        """Where the data are not of the form that the model asks for; of a file cut short nothing is asked."""
        if any(trouble.kind in {"nesting", "aliases"} for trouble in self.troubles):
            return ()
        return find_form_errors(self.kind, self.content)


def find_form_errors(kind: FileKind, content: Any) -> tuple[FormError, ...]:
    """Check data against the model.

    Returns:
        One error for each place, in the order of the places.
    """
    from pydantic_core import ValidationError  # noqa: PLC0415

    try:
        validator(kind).validate_python(content)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        return tuple(_one_a_place([_form_error(detail, content) for detail in details]))
    return ()


def _form_error(detail: ErrorDetails, content: Any) -> FormError:
    context = detail.get("ctx", {})
    expected = str(context.get("expected", f"at least {context['ge']}" if "ge" in context else detail["msg"]))
    path = _path_in(content, detail["loc"])
    if detail["type"] == "missing":
        path = (*path, detail["loc"][-1])
    return FormError(detail["type"], path, detail["input"], expected)


def _path_in(content: Any, location: tuple[int | str, ...]) -> Path:
    """Take pydantic's names of union branches out of a location, so that it is a path in the file."""
    path: list[int | str] = []
    for step in location:
        is_key = isinstance(content, dict) and step in content
        is_index = isinstance(content, list) and isinstance(step, int) and step < len(content)
        if is_key or is_index:
            path.append(step)
            content = content[step]
    return tuple(path)


def _one_a_place(errors: list[FormError]) -> Iterator[FormError]:
    """Keep one error for each place: a union gives one for each of its branches, and those inside say more."""
    chosen: dict[Path, FormError] = {}
    for error in errors:
        chosen.setdefault(error.path, error)
    for path, error in chosen.items():
        has_inner = any(len(other) > len(path) and other[: len(path)] == path for other in chosen)
        if not has_inner or error.kind == "unexpected_keyword_argument":
            yield error
