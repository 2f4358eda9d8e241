"""When Python looks for garbage: objects that only point at each other."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 20_000
"""Objects after which garbage is looked for; at Python's 700 that takes a tenth of the time of asking for pages."""


def collect_rarely() -> None:
    """Look for garbage, but rarely, and never among what is there already: that stays to the end.

    For long work: a request leaves objects behind that only a collection frees.
    """
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, 20, 100)
    gc.enable()
