"""What the files of a catalogue came to, remembered between runs.

One file, `.pinakes/cache`: on each line a digest and the JSON object that it is of. Each value is keyed by the bytes it
was made of, the config, and the program that made it, so an entry is either right or not found; a line whose digest is
wrong is not read. A few new values are appended as one more line; many, or a file with much that is no longer needed,
make it be written anew, atomically. So two processes at once cost each other at most the saved time.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

import pinakes

_DIGEST_BYTES = 16
_FEW = 40
"""New values that are appended at most, and values no longer needed that may stay in the file."""
_LIBRARIES = ("pydantic", "yaml", "w3lib")
_DISTRIBUTIONS = ("pydantic", "pyyaml", "w3lib")
_PARTS = ("addresses.py", "findings.py", "model.py", "source.py", "text.py", "urls.py", "rules", "store")


@cache
def program() -> bytes:
    """A digest of all that decides what a file comes to: our code, Python's version, the libraries'."""
    folder = Path(pinakes.__file__).parent
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in _PARTS:
        path = folder / part
        for file in sorted(path.glob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    digest.update(repr(_versions()).encode())
    digest.update(sys.version.encode())
    return digest.digest()


def _versions() -> list[str]:
    """Name the libraries' versions by their folders: `importlib.metadata` would take 20 ms to say the same."""
    names: set[str] = set()
    for library in _LIBRARIES:
        spec = find_spec(library)
        if spec and spec.origin:
            names |= {path.name for path in Path(spec.origin).parent.parent.iterdir()}
    return sorted(name for name in names if name.lower().startswith(_DISTRIBUTIONS) and name.endswith("-info"))


def key_of(*parts: bytes) -> str:
    """Make a key of what a value depends on; the program is added."""
    digest = blake2b(program(), digest_size=_DIGEST_BYTES)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def read(path: Path) -> Mapping[str, Any]:
    """Read the cache; empty if there is none, and without the lines that something is wrong about."""
    content: dict[str, Any] = {}
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError:
        return content
    for line in lines:
        digest, _, body = line.partition(b" ")
        if body and _digest(body) == digest:
            content |= orjson.loads(body)
    return content


def update(path: Path, known: Mapping[str, Any], needed: Mapping[str, Any]) -> None:
    """Bring the cache up to date; a disk that is full or read-only costs only the saved time.

    Args:
        path: The cache's file.
        known: What `read` gave.
        needed: What should stand in it.
    """
    new = {key: value for key, value in needed.items() if key not in known}
    if not new and len(known) <= len(needed):
        return
    idle = len(known) + len(new) - len(needed)
    try:
        if known and len(new) <= _FEW and idle <= _FEW:
            with path.open("ab") as file:
                file.write(b"\n" + _line(new))  # the line before may have been cut off
        else:
            _write(path, _line(needed))
    except OSError:
        return


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST_BYTES).hexdigest().encode()


def _line(content: Mapping[str, Any]) -> bytes:
    body = orjson.dumps(content)  # never has a line break in it
    return _digest(body) + b" " + body


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=".cache.", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.replace(name, path)  # noqa: PTH105
    finally:
        Path(name).unlink(missing_ok=True)
