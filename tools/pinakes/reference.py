"""The parts of the reference that the program writes itself: its rules and its commands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def rules() -> str:
    """Every rule as a section of Markdown."""
    from pinakes.rules.page import reference  # noqa: PLC0415  # a site without that page needs neither

    return reference()


def commands() -> str:
    """Every command as a section of Markdown, with its arguments, options and examples."""
    import typer  # noqa: PLC0415

    from pinakes.cli import app  # noqa: PLC0415  # the page about the command line is made of the command line

    root: Any = typer.main.get_command(app)
    sections = [section for name, command in sorted(root.commands.items()) for section in _sections(name, command)]
    return "\n\n".join([_parameters("pinakes", root), *sections]) + "\n"


def _sections(name: str, command: Any) -> Iterator[str]:
    inner = getattr(command, "commands", {})
    anchor = name.replace(" ", "-")
    parts = [f"## pinakes {name} {{#{anchor}}}", _sentences(command.help), _parameters(f"pinakes {name}", command)]
    yield "\n\n".join(part for part in [*parts, _examples(command.epilog)] if part)
    for word, one in sorted(inner.items()):
        yield from _sections(f"{name} {word}", one)


def _sentences(text: str | None) -> str:
    """Write a help text as paragraphs; what looks like an HTML tag is none."""
    return "\n\n".join(" ".join(part.split()) for part in (text or "").split("\n\n")).replace("<", "&lt;")


def _parameters(usage: str, command: Any) -> str:
    shown = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
    arguments = " ".join(one.make_metavar(_context(command)) for one in shown if one.param_type_name == "argument")
    options = "[OPTIONS] " if any(one.param_type_name == "option" for one in shown) else ""
    inner = "COMMAND …" if getattr(command, "commands", None) else ""
    line = f"```text\n{' '.join(f'{usage} {options}{arguments} {inner}'.split())}\n```"
    rows = [_row(one, command) for one in shown]
    return "\n".join([line, "", "| argument or option | meaning |", "| --- | --- |", *rows]) if rows else line


def _row(parameter: Any, command: Any) -> str:
    is_option = parameter.param_type_name == "option"
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    if not is_option:
        names = f"`{parameter.make_metavar(_context(command))}`"
    elif not parameter.is_flag:
        names += (
            f" `{parameter.make_metavar(_context(command)).strip('<>').replace('int range', 'N').replace('int', 'N')}`"
        )
    help_text = _sentences(getattr(parameter, "help", "")).replace("|", "\\|")
    has_default = is_option and not parameter.is_flag and parameter.default not in {None, ""}
    default = f" Default: `{parameter.default}`." if has_default else ""
    return f"| {names.replace('|', chr(92) + '|')} | {help_text}{default} |"


def _context(command: Any) -> Any:
    return command.context_class(command)


def _examples(epilog: str | None) -> str:
    """Write the examples at a help text's end as a block of code, one a line."""
    if not epilog:
        return ""
    _, _, examples = epilog.partition(":")
    lines = [" ".join(example.split()) for example in examples.split("·")]
    return "```sh\n" + "\n".join(lines) + "\n```"
