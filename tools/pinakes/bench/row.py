"""One line of a bench's table: what was measured, and whether it reaches its target."""

from __future__ import annotations

from typing import NamedTuple


class Row(NamedTuple):
    """A figure and its target.

    Attributes:
        what: What was measured.
        value: The figure, in `unit`.
        unit: `s`, `MB` or `×` (times the reference).
        target: What it may be at most, or must be at least if `more_is_better`; None where nothing is set.
        note: The reference's figure, or how it was measured.
        more_is_better: Whether the target is a lower bound.
    """

    what: str
    value: float
    unit: str
    target: float | None
    note: str = ""
    more_is_better: bool = False

    @property
    def bound(self) -> str:
        """The target in words: `≤ 0.5`; empty if there is none."""
        return "" if self.target is None else f"{'≥' if self.more_is_better else '≤'} {self.target:g}"

    @property
    def fault(self) -> str:
        """`over` or `under` if the target is missed, else empty."""
        if self.target is None:
            return ""
        if self.more_is_better:
            return "under" if self.value < self.target else ""
        return "over" if self.value > self.target else ""
