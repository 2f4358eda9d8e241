"""A YAML file as text, nodes and data, with the place of every key and value.

Scalars are typed as YAML 1.2's core schema says, which is what editors' YAML servers do: `no` and `2020-04-09` are
texts, `2020` is a number. PyYAML's own resolver follows YAML 1.1, where `lang: no` is false.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from yaml.cyaml import CParser  # type: ignore[attr-defined]  # the stubs do not name it
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from pinakes.findings import Path

MAX_DEPTH = 30
"""Levels of nesting that a file may have; a topic needs six."""
MAX_EXPANSION = 10
"""How many times over its own length a file's aliases may expand."""

_PLAIN, _QUOTED = "?", "!"
_TYPED_START = frozenset("0123456789+-.~tTfFnN")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INT = re.compile(r"[-+]?[0-9]{1,18}|0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,4})?")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_BREAK = re.compile(r"\r\n|\n|\r")  # what editors count; YAML 1.1 has more (U+0085, U+2028, U+2029)


class Place(NamedTuple):
    """A place in a file: line and column from 1, in characters."""

    line: int
    column: int


class Trouble(NamedTuple):
    """Something in a file's YAML that cannot stand, though the parser took it.

    Attributes:
        kind: `duplicate-key`, `tag`, `key-type`, `nesting` or `aliases`.
        offset: Where, in characters from the text's start.
        detail: The key or tag that is meant; for a duplicate key also where it stood first.
        first: For a duplicate key, the offset of the first one.
    """

    kind: str
    offset: int
    detail: str
    first: int = 0


class _Parser(CParser):
    """libyaml's parser and composer, without YAML 1.1's resolver: a third of the time of `CSafeLoader`."""

    def descend_resolver(self, _parent: object, _index: object) -> None: ...

    def ascend_resolver(self) -> None: ...

    def resolve(self, kind: type, _value: str | None, implicit: tuple[bool, bool] | bool) -> str:
        return _PLAIN if kind is ScalarNode and isinstance(implicit, tuple) and implicit[0] else _QUOTED


@dataclass(frozen=True, slots=True)
class Source:
    """A file's text and the tree of its YAML nodes.

    Attributes:
        text: Without a byte order mark.
        root: None for an empty file.
    """

    text: str
    root: Node | None

    def place(self, index: int) -> Place:
        """Say in which line and column a character stands."""
        starts = _line_starts(self.text)
        line = bisect_right(starts, index)
        return Place(line, index - starts[line - 1] + 1)

    def line(self, number: int) -> str:
        """Give a line by its number from 1, without its break; empty past the end."""
        lines = _BREAK.split(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def find(self, path: Path, *, key: bool = False) -> Node | None:
        """Find the node that a path of keys and indices leads to.

        Args:
            path: From the root.
            key: Want the node of the last key itself, not of its value.

        Returns:
            The node, or the nearest one above it where the path leads out of the file; None if the file is empty.
        """
        node = self.root
        for depth, step in enumerate(path):
            found = _step(node, step, key=key and depth == len(path) - 1)
            if found is None:
                return node
            node = found
        return node

    def index(self, path: Path, *, key: bool = False) -> int:
        """Give the character at which a value (or its key) begins; 0 in an empty file."""
        node = self.find(path, key=key)
        return node.start_mark.index if node else 0


def find_in_lines(text: str, words: str, line: int) -> Place | None:
    """Find the first place, from a line on, where words stand by themselves; None if they do not.

    A value that is quoted, or that is a part of a longer word, is not found here: `Source.index` finds it.
    """
    starts = _line_starts(text)
    at = text.find(words, starts[line - 1]) if 0 < line <= len(starts) else -1
    if at < 0 or not (text[at - 1 : at] + text[at + len(words) :][:1]).isspace():
        return None
    number = bisect_right(starts, at)
    return Place(number, at - starts[number - 1] + 1)


@lru_cache(maxsize=4)  # one file is asked about for all its places before the next
def _line_starts(text: str) -> list[int]:
    """Give the character at which each line begins."""
    return [0, *(found.end() for found in _BREAK.finditer(text))]


def parse(text: str) -> Source:
    """Parse a file's text into nodes.

    Args:
        text: Without a byte order mark.

    Raises:
        yaml.YAMLError: It is not YAML, or holds more than one document.
    """
    parser = _Parser(text)
    try:
        return Source(text, parser.get_single_node())
    finally:
        parser.dispose()


def to_data(source: Source) -> tuple[Any, list[Trouble]]:
    """Turn nodes into dicts, lists, texts, numbers, booleans and None.

    What cannot stand is left out and told: the second of two equal keys, a key that is not a text, what is nested
    too deep, and the rest of a file whose aliases multiply beyond `MAX_EXPANSION` times its length.
    """
    if source.root is None:
        return None, []
    troubles: list[Trouble] = []
    budget = len(source.text) * MAX_EXPANSION + 100

    def convert(node: Node, depth: int) -> Any:
        nonlocal budget
        budget -= 1
        if type(node) is ScalarNode:
            if node.tag == _PLAIN:
                value = node.value
                return plain_value(value) if not value or value[0] in _TYPED_START else value
            _note_tag(node, troubles)
            return node.value
        if depth > MAX_DEPTH or budget < 0:
            _note_bomb(node, troubles, too_deep=depth > MAX_DEPTH)
            return None
        _note_tag(node, troubles)
        if type(node) is SequenceNode:
            return [convert(item, depth + 1) for item in node.value]
        assert isinstance(node, MappingNode)
        data: dict[str, Any] = {}
        for key, value in node.value:
            name = key.value if type(key) is ScalarNode else None
            if name is None:
                troubles.append(Trouble("key-type", key.start_mark.index, "a list or a mapping"))
            elif name in data:
                troubles.append(Trouble("duplicate-key", key.start_mark.index, name, _first_of(node, name)))
            else:
                data[name] = convert(value, depth + 1)
        return data

    return convert(source.root, 0), troubles


def plain_value(value: str) -> str | float | bool | None:
    """Type a plain scalar by YAML 1.2's core schema (§10.3.2); numbers too long to be one stay texts."""
    if value in _NULLS:
        return None
    if value in _BOOLS:
        return _BOOLS[value]
    if _INT.fullmatch(value):
        return int(value, 0) if value[:2] in {"0o", "0x"} else int(value)
    if _FLOAT.fullmatch(value):
        return float(value)
    if _NO_NUMBER.fullmatch(value):
        return float(value.replace(".", ""))
    return value


def nodes_of(source: Source) -> Iterator[tuple[Path, Node]]:
    """Walk over every value of a file with the path to it."""
    stack: list[tuple[Path, Node]] = [((), source.root)] if source.root else []
    while stack:
        path, node = stack.pop()
        yield path, node
        if isinstance(node, MappingNode):
            stack += [((*path, key.value), value) for key, value in reversed(node.value) if isinstance(key, ScalarNode)]
        elif isinstance(node, SequenceNode):
            stack += [((*path, index), item) for index, item in reversed(list(enumerate(node.value)))]


def _step(node: Node | None, step: str | int, *, key: bool) -> Node | None:
    if isinstance(node, MappingNode):
        for name, value in node.value:
            if isinstance(name, ScalarNode) and name.value == step:
                found: Node = name if key else value
                return found
    elif isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: Node = node.value[step]
        return item
    return None


def _first_of(node: MappingNode, name: str) -> int:
    return next(key.start_mark.index for key, _ in node.value if isinstance(key, ScalarNode) and key.value == name)


def _note_tag(node: Node, troubles: list[Trouble]) -> None:
    if node.tag not in {_QUOTED, "tag:yaml.org,2002:str"}:
        troubles.append(Trouble("tag", node.start_mark.index, node.tag))


def _note_bomb(node: Node, troubles: list[Trouble], *, too_deep: bool) -> None:
    kind = "nesting" if too_deep else "aliases"
    if not any(trouble.kind == kind for trouble in troubles):
        troubles.append(Trouble(kind, node.start_mark.index, ""))
