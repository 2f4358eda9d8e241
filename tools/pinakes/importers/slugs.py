"""File names of topics: ASCII, in lower case, pinyin for Chinese."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_NO_WORD = re.compile(r"\W+")
_GAP = re.compile(r"[^a-z0-9]+")
_SPOKEN = (
    (re.compile(r"\bc\+\+", re.IGNORECASE), "cpp"),
    (re.compile(r"\b([cf])#", re.IGNORECASE), r"\1-sharp"),
    (re.compile("&"), " and "),
)
_RESERVED = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for devices
_LONGEST = 60


def slug(title: str) -> str:
    """Write a title as a file name: `自动求导` is `zi-dong-qiu-dao`, `Prompt Learning` is `prompt-learning`.

    A title in a script that neither is Latin nor pinyin can write gets a name derived from its digest.
    """
    for pattern, spoken in _SPOKEN:
        title = pattern.sub(spoken, title)
    words = _pinyin(title) if _HAN.search(title) else title
    parted = _NO_WORD.sub("-", unicodedata.normalize("NFC", words).replace("'", ""))
    plain = unicodedata.normalize("NFKD", parted).encode("ascii", "ignore").decode().lower()
    name = _shortened(_GAP.sub("-", plain).strip("-"))
    return f"{name}-topic" if _RESERVED.fullmatch(name) else name or f"topic-{_digest(title)}"


def is_spelt_out(title: str) -> bool:
    """Whether the file name says the title itself, and not how it sounds: two Chinese titles may share a pinyin."""
    return title.isascii()


def _pinyin(title: str) -> str:
    from pypinyin import lazy_pinyin  # noqa: PLC0415  # its dictionaries take a while to load

    return "-".join(lazy_pinyin(title))


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST:
        return name
    return name[: _LONGEST + 1].rpartition("-")[0] or name[:_LONGEST]


def _digest(title: str) -> str:
    return blake2b(title.encode(), digest_size=4).hexdigest()
