"""What the files of a catalogue came to, remembered between runs.

One file, `.pinakes/cache`: a digest of all that follows, then JSON. Each value is keyed by the bytes it was made of,
the config, and the program that made it, so an entry is either right or not found; a file whose digest is wrong is not
read. It is written whole and atomically, so two processes at once cost each other at most the saved time.
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
_LIBRARIES = ("pydantic", "yaml", "w3lib")
_DISTRIBUTIONS = ("pydantic", "pyyaml", "w3lib")
_PARTS = ("findings.py", "model.py", "source.py", "text.py", "urls.py", "rules", "store")


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
    """Read the cache; empty if there is none or anything about it is wrong."""
    try:
        data = path.read_bytes()
        head, body = data[:_DIGEST_BYTES], data[_DIGEST_BYTES:]
        if blake2b(body, digest_size=_DIGEST_BYTES).digest() != head:
            return {}
        content = orjson.loads(body)
    except (OSError, orjson.JSONDecodeError):
        return {}
    return content if isinstance(content, dict) else {}


def write(path: Path, content: Mapping[str, Any]) -> None:
    """Write the cache; a disk that is full or read-only costs only the saved time."""
    body = orjson.dumps(content)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".cache.", dir=path.parent)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(blake2b(body, digest_size=_DIGEST_BYTES).digest() + body)
            os.replace(name, path)  # noqa: PTH105
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError:
        return
