"""JSON Schema for editors: what stands in each kind of file, with the model's own words for help."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from pinakes import model
from pinakes.project import Project
from pinakes.rules.forms import FORMS, FileKind, adapter
from pinakes.store.files import write_text

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(kind: FileKind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file."""
    made = adapter(kind).json_schema()
    definitions = made.get("$defs", {})
    for definition in (made, *definitions.values()):
        _tidy(definition, _help_texts().get(definition.get("title", ""), {}))
    return {"$schema": DIALECT} | made | {"title": f"Pinakes: {kind}"}


def _tidy(definition: dict[str, Any], texts: Mapping[str, str]) -> None:
    """Take out the fields that no file holds, and give the others their help texts."""
    properties = definition.get("properties", {})
    for name in list(properties):
        if name in texts:
            properties[name]["description"] = texts[name]
            properties[name].pop("title", None)
        else:
            del properties[name]


@cache
def _help_texts() -> Mapping[str, Mapping[str, str]]:
    """Read the text below each field of each class of the model; what has none is derived and stands in no file.

    (pydantic's `use_attribute_docstrings` does the same whenever a file is checked, which takes 60 ms.)
    """
    tree = ast.parse(inspect.getsource(model))
    return {node.name: dict(_texts_of(node.body)) for node in tree.body if isinstance(node, ast.ClassDef)}


def _texts_of(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for field, text in pairwise(body):
        if isinstance(field, ast.AnnAssign) and isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant):
            assert isinstance(field.target, ast.Name)
            yield field.target.id, inspect.cleandoc(str(text.value.value))


def write_schemas(project: Project) -> list[str]:
    """Write the schema of each kind of file below build/schema, where the files' first lines look for it.

    Returns:
        The paths below the project's folder.
    """
    from orjson import OPT_INDENT_2, dumps  # noqa: PLC0415

    written = []
    for kind in FORMS:
        path = project.build / "schema" / f"{kind}.json"
        text = dumps(schema(kind), option=OPT_INDENT_2).decode() + "\n"
        if not path.is_file() or path.read_text("utf-8") != text:
            write_text(path, text)
        written.append(project.relative(path))
    return written
