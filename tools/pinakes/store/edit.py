"""Edit a YAML file so that every other byte stays: comments, order, quoting, blank lines, line breaks.

The parser's marks tell where a value stands; the new one is written in its place and the rest is not touched. Each edit
is proved before it is returned: the new text is parsed again and must hold the old data with that one change.
(ruamel.yaml's round trip keeps comments, but writes indents, quotes and long lines its own way.)
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import lru_cache
from typing import Any

from yaml import YAMLError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pinakes.errors import EditError
from pinakes.findings import Path
from pinakes.source import Source, parse, to_data

SCHEMA_FOLDER = "build/schema"
_TRUTHS_OF_YAML_1_1 = frozenset(
    {"y", "n", "yes", "no", "on", "off"}
)  # other programs read them so; quotes keep them texts


def set_value(text: str, path: Path, value: Any) -> str:
    """Write a new value in the place of the one that a path leads to; a quoted text stays quoted.

    Raises:
        EditError: There is no such value, or it cannot be replaced without touching other bytes.
    """
    source = _parsed(text)
    node = _node(source, path)
    start, end = node.start_mark.index, _end(source, node)
    style = node.style if isinstance(node, ScalarNode) else None
    written = _in_line(value, style if style in {"'", '"'} else None)
    return _proved(text, text[:start] + written + text[end:], path, value)


def change_entry(text: str, index: int, changes: Mapping[str, Any]) -> str:
    """Change keys of one entry of a topic file.

    Args:
        text: The file's text.
        index: The entry's number in the file, from 0.
        changes: New values by key; a key that the entry does not have is added behind its last one.

    Raises:
        EditError: It cannot be done without touching other bytes.
    """
    for key, value in changes.items():
        entry = _node(_parsed(text), ("entries", index))
        has_key = isinstance(entry, MappingNode) and any(name.value == key for name, _ in entry.value)
        edit = set_value if has_key else _add_key
        text = edit(text, ("entries", index, key), value)
    return text


def append_entries(text: str, entries: Sequence[Mapping[str, Any]]) -> str:
    """Add entries behind the last one of a topic file.

    Args:
        text: The file's text.
        entries: Keys and values of each, in the order in which they are to be written.

    Raises:
        EditError: The file is no topic file, or they cannot be added without touching other bytes.
    """
    if not entries:
        return text
    source = _parsed(text)
    if not isinstance(source.root, MappingNode):
        raise EditError("not a topic file", hint="a topic file is a mapping with `title` and `entries`")
    before = to_data(source)[0].get("entries") or []
    changed = _with_entries(source, entries)
    return _proved(text, changed, ("entries",), [*before, *map(dict, entries)])


def new_topic(title: Any, about: Any = None, entries: Sequence[Mapping[str, Any]] = (), *, depth: int = 0) -> str:
    """Write a new topic file.

    Args:
        title: A text, or one for each language.
        about: Likewise, in Markdown; None if there is none.
        entries: Keys and values of each entry.
        depth: How many folders below catalog/topics the file lies, so that its first line finds the schema.
    """
    schema = f"# yaml-language-server: $schema={'../' * (depth + 2)}{SCHEMA_FOLDER}/topic.json\n"
    text = schema + f"title: {_in_line(title)}\n" + ("" if about is None else _block("about", about))
    data = {"title": title} | ({} if about is None else {"about": about})
    if entries:
        text += "entries:\n" + "".join(_item(entry, "  ", "\n") for entry in entries)
        data["entries"] = [dict(entry) for entry in entries]
    if to_data(_parsed(text))[0] != data:
        raise EditError("these values cannot be written as YAML", hint="is there a control character in them?")
    return text


@lru_cache(maxsize=1024)  # the same few keys come up with every entry
def scalar(value: str, style: str | None = None) -> str:
    """Write a text as a YAML scalar that fits in one line, also inside brackets: plain if it can be, else quoted."""
    candidates = [value, "'" + value.replace("'", "''") + "'"] if style != '"' else []
    if style == "'" or value.lower() in _TRUTHS_OF_YAML_1_1:
        candidates = candidates[1:]
    for candidate in candidates:
        if "\n" not in value and _reads_as(candidate, value):
            return candidate
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\x85", "\\N")


def _reads_as(candidate: str, value: str) -> bool:
    try:
        data, troubles = to_data(parse(f"[{candidate}]"))
        beside, _ = to_data(parse(f"k: {candidate} # x"))
    except YAMLError:
        return False
    return not troubles and data == [value] and beside == {"k": value}


def _in_line(value: Any, style: str | None = None) -> str:
    """Write any value in one line."""
    if isinstance(value, str):
        return scalar(value, style)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {_in_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_in_line, value)) + "]"
    return "null" if value is None else json.dumps(value)


def _block(key: str, value: Any) -> str:
    """Write a long text, or one for each language, as literal blocks, so that Markdown reads as it is."""
    if isinstance(value, str):
        return _literal(key, value, "")
    return f"{key}:\n" + "".join(_literal(scalar(lang), words, "  ") for lang, words in value.items())


def _literal(key: str, value: str, indent: str) -> str:
    lines = value.split("\n")
    body = "\n".join(f"{indent}  {line}" if line else "" for line in lines)
    written = f"{indent}{key}: |-\n{body}\n"
    try:
        fits = to_data(parse(written))[0] == {key: value}
    except YAMLError:
        fits = False
    return written if fits and len(lines) > 1 else f"{indent}{key}: {_in_line(value)}\n"


def _item(entry: Mapping[str, Any], indent: str, end: str) -> str:
    """Write an entry as an item of a block list, a key a line."""
    lines = [f"{scalar(key)}: {_in_line(value)}" for key, value in entry.items()]
    return indent + "- " + f"{end}{indent}  ".join(lines) + end


def _with_entries(source: Source, entries: Sequence[Mapping[str, Any]]) -> str:
    text, end = source.text, _line_break(source.text)
    node = source.find(("entries",)) if any(key.value == "entries" for key, _ in source.root.value) else None  # type: ignore[union-attr]  # append_entries has looked
    if isinstance(node, SequenceNode) and node.value and node.flow_style:
        place = _end(source, node.value[-1])
        return text[:place] + "".join(f", {_in_line(entry)}" for entry in entries) + text[place:]
    if isinstance(node, SequenceNode) and node.value:
        items = "".join(_item(entry, " " * node.start_mark.column, end) for entry in entries)
        return _insert_line(text, _end(source, node.value[-1]), items)
    items = "".join(_item(entry, "  ", end) for entry in entries)
    if node is None:
        return _insert_line(text, _end(source, source.root), f"entries:{end}{items}")  # type: ignore[arg-type]
    key = source.find(("entries",), key=True)
    assert key is not None
    colon = text.index(":", key.end_mark.index) + 1
    return _insert_line(text[:colon] + text[_end(source, node) :], colon, items)


def _add_key(text: str, path: Path, value: Any) -> str:
    source = _parsed(text)
    mapping = _node(source, path[:-1])
    if not isinstance(mapping, MappingNode) or not mapping.value:
        raise EditError(f"`{path[-1]}` has no place to be added to")
    place = _end(source, mapping.value[-1][1])
    written = f"{scalar(str(path[-1]))}: {_in_line(value)}"
    if mapping.flow_style:
        changed = text[:place] + ", " + written + text[place:]
    else:
        indent = " " * mapping.value[0][0].start_mark.column
        changed = _insert_line(text, place, indent + written + _line_break(text))
    return _proved(text, changed, path, value)


def _insert_line(text: str, place: int, lines: str) -> str:
    """Insert lines behind the line in which a character stands; what stands behind it there is a comment of its own."""
    found = re.compile(r"\r\n|\n|\r").search(text, place)
    if found:
        return text[: found.end()] + lines + text[found.end() :]
    end = _line_break(text)
    return text + end + lines.removesuffix(end)


def _end(source: Source, node: Node) -> int:
    """Give the character behind a value, without the comments and blank lines that the parser counts to it."""
    if isinstance(node, MappingNode | SequenceNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(source, last[1] if isinstance(last, tuple) else last)
    start, end = node.start_mark.index, node.end_mark.index
    if isinstance(node, ScalarNode) and node.style in {"|", ">"}:
        return int(start + len(source.text[start:end].rstrip()))
    return int(end)


def _proved(before: str, after: str, path: Path, value: Any) -> str:
    """Give the new text if it holds the old data with one change, and refuse it otherwise."""
    expected = deepcopy(to_data(_parsed(before))[0])
    holder = expected
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = _plain(value)
    try:
        found, troubles = to_data(parse(after))
    except YAMLError:
        found, troubles = None, []
    if found != expected or troubles:
        name = ".".join(map(str, path))
        raise EditError(f"`{name}` cannot be changed without touching the rest of the file", hint="change it by hand")
    return after


def _plain(value: Any) -> Any:
    """Write tuples as lists, as they come back from YAML."""
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _parsed(text: str) -> Source:
    try:
        return parse(text)
    except YAMLError as error:
        raise EditError(f"not valid YAML: {error}", hint="`pinakes validate` shows the place") from error


def _node(source: Source, path: Path) -> Node:
    holder = source.find(path[:-1]) if path else None
    node = source.find(path)
    if node is None or (path and node is holder):
        raise EditError(f"there is no `{'.'.join(map(str, path))}`")
    return node


def _line_break(text: str) -> str:
    found = re.search(r"\r\n|\n|\r", text)
    return found[0] if found else "\n"
