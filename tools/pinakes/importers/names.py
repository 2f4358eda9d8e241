"""The file of `--names`: which topic a heading means, where its slug would not do."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from pinakes.errors import PinakesError
from pinakes.importers.headings import title_key, without_part
from pinakes.source import parse, to_data

_PATH = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z0-9]+(?:-[a-z0-9]+)*)*")


@dataclass(frozen=True, slots=True)
class Names:
    """Paths of topics by the headings that mean them.

    Attributes:
        paths: By key of the heading, or of the heading and the one above it.
        written: The headings as the file has them, by that key.
    """

    paths: Mapping[str, str]
    written: Mapping[str, str]

    def find(self, titles: Sequence[str]) -> tuple[str, str] | None:
        """Find the path that a heading stands for.

        Args:
            titles: The heading and those above it, from the top.

        Returns:
            The heading as the file has it, and the path; None if the file does not name it.
        """
        for key in (_key(titles[-2:]), _key(titles[-1:])):
            if key in self.paths:
                return self.written[key], self.paths[key]
        return None


NO_NAMES = Names({}, {})


def read_names(path: Path) -> Names:
    """Read a YAML mapping of headings to paths: `自动求导: autodiff`, `学习 > 概述: learning/overview`.

    Raises:
        PinakesError: It cannot be read, is no such mapping, or a path is none.
    """
    try:
        data, troubles = to_data(parse(path.read_text(encoding="utf-8-sig")))
    except OSError as error:
        raise PinakesError(f"cannot be read: {error.strerror}", place=str(path)) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PinakesError(f"not valid YAML: {error}", place=str(path)) from None
    if not isinstance(data, dict) or troubles:
        raise PinakesError(
            "not a mapping of headings to paths",
            place=str(path),
            hint="a line is `自动求导: autodiff`, each heading once",
        )
    return _names(data, str(path))


def _names(data: Mapping[str, Any], place: str) -> Names:
    paths, written = {}, {}
    for heading, path in data.items():
        if not isinstance(path, str) or not _PATH.fullmatch(path):
            raise PinakesError(
                f"`{heading}`: `{path}` is no path of a topic",
                place=place,
                hint="lower-case ASCII words with hyphens, folders parted by `/`: self-supervised/contrastive-learning",
            )
        key = _key(heading.split(" > "))
        paths[key], written[key] = path, heading
    return Names(paths, written)


def _key(titles: Sequence[str]) -> str:
    return "\n".join(title_key(without_part(title.strip()).title) for title in titles)
