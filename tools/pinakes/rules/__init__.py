"""Validation: what can be wrong with a catalogue, one rule one function.

Importing this package fills `RULES`.
"""

from __future__ import annotations

from pinakes.rules import bytes_and_yaml, catalog, form, ignore, text, url
from pinakes.rules.registry import RULES, Rule

__all__ = ["RULES", "Rule", "bytes_and_yaml", "catalog", "form", "ignore", "text", "url"]
