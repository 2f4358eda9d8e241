"""`pinakes rule`: what a rule says, why, and how it looks."""

from __future__ import annotations

from typing import Annotated

import typer

from pinakes.cli.app import app


@app.command(epilog="Examples:  pinakes rule PK031  ·  pinakes rule tracking-parameter  ·  pinakes rule")
def rule(
    code: Annotated[str | None, typer.Argument(help="A rule's code or name; all are listed without it.")] = None,
) -> None:
    """Explain a rule: what it finds, why it matters, a bad and a good example."""
    from pinakes.errors import PinakesError
    from pinakes.rules.all import RULES

    if code is None:
        for one in sorted(RULES.values(), key=lambda one: one.code):
            typer.echo(f"{one.code}  {one.name:<24} {one.summary}")
        return
    found = next((one for one in RULES.values() if code.upper() == one.code or code == one.name), None)
    if found is None:
        raise PinakesError(f"there is no rule `{code}`", hint="`pinakes rule` lists them")
    from pinakes.rules.page import explain

    typer.echo(explain(found), nl=False)
