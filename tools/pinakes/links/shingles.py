"""How much two texts resemble each other: w-shingling, as Broder has it."""

from __future__ import annotations

import re
from itertools import islice

WIDTH = 5
"""Words, or characters of Chinese, Japanese and Korean, that make a shingle: Bar-Yossef et al. 2004 compare
a page with that of an address that cannot exist by the shingles of Broder et al. 1997."""
_MOST = 10_000
"""Words that are looked at: by then it is clear, and a page of 4 MB would take a second."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+")


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Give all runs of `WIDTH` words; a shorter text is one shingle, an empty one has none."""
    words = [found[0].casefold() for found in islice(_WORD.finditer(text), _MOST)]
    if not words:
        return frozenset()
    return frozenset(tuple(words[at : at + WIDTH]) for at in range(max(1, len(words) - WIDTH + 1)))


def resemblance(one: str, other: str) -> float:
    """Give the share of shingles that two texts have in common, from 0 to 1 (Jaccard); two empty texts are the same."""
    mine, yours = shingles(one), shingles(other)
    if not mine and not yours:
        return 1.0
    return len(mine & yours) / len(mine | yours)
