"""Every rule: importing this module fills `RULES`; the rules about a whole catalogue alone need 50 ms less."""

from __future__ import annotations

from pinakes.rules import bytes_and_yaml, catalog, form, ignore, text, url
from pinakes.rules.registry import RULES, Rule

__all__ = ["RULES", "Rule", "bytes_and_yaml", "catalog", "form", "ignore", "text", "url"]
