"""JSON Schema for editors: what stands in each kind of file, with the model's own words for help."""

from __future__ import annotations

from typing import Any

from pinakes.project import Project
from pinakes.rules.file import FORMS, FileKind, adapter
from pinakes.store.files import write_text

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DERIVED = {"topic", "index", "line", "identity", "path", "file", "key"}  # the model's fields that no file holds


def schema(kind: FileKind) -> dict[str, Any]:
    """The JSON Schema (2020-12) of one kind of file."""
    made = adapter(kind).json_schema(by_alias=False)
    for definition in (made, *made.get("$defs", {}).values()):
        properties = definition.get("properties", {})
        for name in _DERIVED & set(properties):
            if properties[name].get("default") is not None:
                del properties[name]
        for value in properties.values():
            value.pop("title", None)
    return {"$schema": DIALECT, "title": f"Pinakes: {kind}"} | made


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
