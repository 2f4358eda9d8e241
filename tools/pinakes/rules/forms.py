"""What checks the form of a file's data: pydantic's core, with the schema that pydantic makes of the model.

Importing pydantic and making a schema take 0.1 s, which is longer than checking a file. So a schema is plain JSON here,
which `store` keeps in its cache: only the core is imported where the schema is known.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pinakes import model

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import SchemaValidator

FileKind = Literal["config", "topic", "paper", "terms"]
FORMS: dict[FileKind, Any] = {
    "config": model.Config,
    "topic": model.Topic,
    "paper": model.Paper,
    "terms": tuple[model.Term, ...],
}

_known: dict[str, Any] = {}


def take_schemas(schemas: Mapping[str, Any]) -> None:
    """Take over what `known_schemas` gave to an earlier process of the same program."""
    _known.update(schemas)


def known_schemas() -> Mapping[str, Any]:
    """The schemas that were made or taken over until now, by kind of file: plain JSON."""
    return dict(_known)


@cache
def validator(kind: FileKind) -> SchemaValidator:
    """The checker of a kind of file; checks only, what it gives back has no defaults."""
    from pydantic_core import SchemaValidator  # noqa: PLC0415

    if kind not in _known:
        _known[kind] = _plain(adapter(kind).core_schema)
    return SchemaValidator(_with_classes(_known[kind]))


def adapter(kind: FileKind) -> TypeAdapter[Any]:
    """Make pydantic's own view of a kind of file."""
    # Looking for plugins reads the metadata of every package that is installed: 30 ms, and none is wanted.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    from pydantic import TypeAdapter  # noqa: PLC0415

    return TypeAdapter(FORMS[kind])


def _plain(schema: Any) -> Any:
    """Write classes by name, and leave out the defaults: they may be any object, and nothing checks them."""
    if isinstance(schema, Mapping):
        plain = {key: _plain(value) for key, value in schema.items() if key not in {"default", "default_factory"}}
        return plain | {"default": None} if schema.get("type") == "default" else plain
    if isinstance(schema, list | tuple):
        return [_plain(value) for value in schema]
    return schema.__name__ if isinstance(schema, type) else schema


def _with_classes(schema: Any) -> Any:
    if isinstance(schema, list):
        return [_with_classes(value) for value in schema]
    if isinstance(schema, dict):
        return {key: getattr(model, value) if key == "cls" else _with_classes(value) for key, value in schema.items()}
    return schema
