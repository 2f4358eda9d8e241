"""The command line: parse, call a station, print, exit.

One module a command. They import what they need inside their functions, so that `pinakes --help` stays quick.
"""

from __future__ import annotations

from pinakes.cli import (
    add,
    archive,
    bench,
    build,
    check,
    extract,
    import_,
    init,
    render,
    rule,
    schema,
    scrape,
    serve,
    show,
    validate,
)
from pinakes.cli.app import app, main

__all__ = [
    "add",
    "app",
    "archive",
    "bench",
    "build",
    "check",
    "extract",
    "import_",
    "init",
    "main",
    "render",
    "rule",
    "schema",
    "scrape",
    "serve",
    "show",
    "validate",
]
