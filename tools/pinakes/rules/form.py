"""Rules about a file's form: its keys and the types of its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pinakes.findings import Path
from pinakes.rules.file import File, FormError
from pinakes.rules.forms import FORMS
from pinakes.rules.registry import Problem, rule

_EXPECTED = {
    "string_type": "a text",
    "dict_type": "a mapping of keys and values",
    "mapping_type": "a mapping of keys and values",
    "dataclass_type": "a mapping of keys and values",
    "tuple_type": "a list",
    "list_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
}
_EMPTY = {"string_too_short", "too_short"}
_RANGE = {"greater_than_equal", "greater_than"}


@rule("PK010", "duplicate-key", of="file")
def duplicate_key(file: File) -> Iterator[Problem]:
    """A key stands twice in one mapping.

    Why:
        YAML allows one of each; parsers keep the first or the last, silently, and the other value is lost.

    Bad:
        title: Autodiff
        title: Automatic differentiation
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for trouble in file.troubles:
        if trouble.kind == "duplicate-key":
            first = file.source.place(trouble.first).line
            yield Problem(
                f"the key `{trouble.detail}` stands twice, first in line {first}",
                "keep one; the first counts",
                offset=trouble.offset,
            )


@rule("PK011", "unknown-key", of="file")
def unknown_key(file: File) -> Iterator[Problem]:
    """A key that means nothing here.

    Why:
        A misspelt key is a value that is lost without a word.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            tag: [python]

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            tags: [python]
    """
    for trouble in file.troubles:
        if trouble.kind == "key-type":
            yield Problem(f"a key is a text, not {trouble.detail}", "write `key: value`", offset=trouble.offset)
    for error in file.form_errors:
        if error.kind == "unexpected_keyword_argument":
            name, known = str(error.path[-1]), _keys_at(FORMS[file.kind], error.path[:-1])
            close = get_close_matches(name, known, 1, 0.6)
            hint = f"did you mean `{close[0]}`?" if close else f"known keys: {', '.join(known)}"
            yield Problem(f"unknown key `{name}`", hint, error.path, key=True)


@rule("PK012", "missing-key", of="file")
def missing_key(file: File) -> Iterator[Problem]:
    """A key that must be there is not.

    Why:
        A topic has a title; an entry has a title and a URL. Without them there is nothing to show or to open.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for error in file.form_errors:
        if error.kind == "missing":
            yield Problem(f"{_name(error.path[:-1], file)} has no `{error.path[-1]}`", "", error.path[:-1])


@rule("PK013", "wrong-type", of="file", fix=str)
def wrong_type(file: File) -> Iterator[Problem]:
    """A value of another type than the key asks for.

    Why:
        A title `2020` without quotes is a number to YAML, `1.10` even loses its zero; a single paper where a list is
        asked for is a list of letters to a program that trusts it.

    Bad:
        title: Autodiff
        entries:
          - title: 1984
            url: https://example.org/1984

    Good:
        title: Autodiff
        entries:
          - title: "1984"
            url: https://example.org/1984
    """
    for error in file.form_errors:
        if error.kind in _EXPECTED and error.value is not None:
            hint = "put it in quotes" if _is_number_for_text(error) else _list_hint(error)
            yield Problem(
                f"{_name(error.path, file)} is {_kind_of(error.value)}, not {_expected(error)}", hint, error.path
            )
    for trouble in file.troubles:
        if trouble.kind == "tag":
            tag = trouble.detail.replace("tag:yaml.org,2002:", "!!")
            yield Problem(f"the YAML tag `{tag}` is not used here", "take it out", offset=trouble.offset)


@rule("PK014", "empty-value", of="file")
def empty_value(file: File) -> Iterator[Problem]:
    """A key without a value, or with an empty one.

    Why:
        It is either forgotten or left over.

    Bad:
        title: Autodiff
        entries:
          - title: ""
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    if file.kind in {"topic", "paper"} and file.content is None and file.parsed is file.source:
        yield Problem("the file is empty", "a topic has at least a title and entries", offset=0)
        return
    for error in file.form_errors:
        if error.kind in _EMPTY or (error.kind in _EXPECTED and error.value is None and error.path):
            yield Problem(f"{_name(error.path, file)} is empty", "give it a value, or take the key out", error.path)


@rule("PK015", "unknown-value", of="file")
def unknown_value(file: File) -> Iterator[Problem]:
    """A value that is not one of those that the key may have.

    Why:
        Pages, filters and exports know these words and no others.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            kind: artcle

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
            kind: article
    """
    for error in file.form_errors:
        if error.kind == "literal_error":
            words = [word.strip("'") for word in error.expected.replace(" or ", ", ").split(", ")]
            close = get_close_matches(str(error.value), words, 1, 0.6)
            hint = f"did you mean `{close[0]}`?" if close else f"one of: {', '.join(words)}"
            yield Problem(f"{_name(error.path, file)} cannot be `{error.value}`", hint, error.path)
        elif error.kind in _RANGE:
            yield Problem(f"{_name(error.path, file)} is too small: {error.value}", error.expected, error.path)


def _name(path: Path, file: File) -> str:
    """Name a place in a file: `entries[2].url`."""
    if not path:
        return f"the {file.kind} file"
    words = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`{words.removeprefix('.')}`"


def _expected(error: FormError) -> str:
    if error.kind == "string_type" and isinstance(error.value, dict | list):
        return "a text (or one for each language)"
    return _EXPECTED[error.kind]


def _list_hint(error: FormError) -> str:
    if error.kind == "tuple_type" and isinstance(error.value, str):
        return f"write `[{error.value}]`"
    return ""


def _is_number_for_text(error: FormError) -> bool:
    return error.kind == "string_type" and isinstance(error.value, int | float)


def _kind_of(value: Any) -> str:
    if isinstance(value, bool):
        return f"the truth value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {value}"
    if isinstance(value, str):
        return "a text"
    return "a list" if isinstance(value, list) else "a mapping"


def _keys_at(form: Any, path: Path) -> list[str]:
    """Give the keys that the model knows at a path of a file."""
    for step in path:
        form = _form_of_item(form) if isinstance(step, int) else _form_of_key(form, step)
    return [field.name for field in fields(form) if field.init] if is_dataclass(form) else []


def _form_of_item(form: Any) -> Any:
    return next((part for part in _parts(form) if is_dataclass(part)), None)


def _form_of_key(form: Any, key: str) -> Any:
    from typing import get_type_hints  # noqa: PLC0415  # only when there is a finding

    if not is_dataclass(form):
        return None
    hint = get_type_hints(form).get(key)
    return hint if is_dataclass(hint) else (_form_of_item(hint) or hint)


def _parts(hint: Any) -> Iterator[Any]:
    """Walk over a type and all that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from _parts(part)
