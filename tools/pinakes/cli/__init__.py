"""The command line: parse, call a station, print, exit.

One module a command. They import what they need inside their functions, so that `pinakes --help` stays quick.
"""

from __future__ import annotations

from pinakes.cli import import_, rule, schema, validate
from pinakes.cli.app import main

__all__ = ["import_", "main", "rule", "schema", "validate"]
