"""Read the posts of an import, and say at once which of them cannot be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pinakes.errors import PinakesError
from pinakes.importers.blocks import Post
from pinakes.importers.decode import decode
from pinakes.importers.files import read_post
from pinakes.importers.posts import read

_MOST_NAMED = 10


def gather(files: Iterable[Path]) -> Iterator[Post]:
    """Read posts one by one.

    Raises:
        PinakesError: Some cannot be read; told when all have been tried.
    """
    troubles: list[PinakesError] = []
    for file in files:
        name = file.as_posix()
        try:
            text = decode(read_post(file), name)
        except PinakesError as error:
            troubles.append(error)
        else:
            yield read(text, name)
    if troubles:
        raise _together(troubles)


def _together(troubles: list[PinakesError]) -> PinakesError:
    if len(troubles) == 1:
        return troubles[0]
    named = "".join(f"\n  {error.place}: {error.message}" for error in troubles[:_MOST_NAMED])
    more = f"\n  and {len(troubles) - _MOST_NAMED} more" if len(troubles) > _MOST_NAMED else ""
    return PinakesError(f"{len(troubles)} files cannot be read:{named}{more}", hint=troubles[0].hint)
