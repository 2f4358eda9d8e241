"""The rules as pages: one for the terminal, all for the reference."""

from __future__ import annotations

from textwrap import fill, indent

from pinakes.rules.all import RULES, Rule


def explain(rule: Rule) -> str:
    """Write a rule's page for a terminal."""
    fix = "  `pinakes validate --fix` mends it." if rule.fix else ""
    parts = [
        f"{rule.code} {rule.name} ({rule.severity})",
        rule.summary + "." + fix,
        fill(rule.why, 100),
        "Bad:\n" + indent(rule.bad, "    "),
        "Good:\n" + indent(rule.good, "    "),
        f"To excuse one line, write at its end:  # pinakes: ignore {rule.code}: why",
    ]
    return "\n\n".join(parts) + "\n"


def reference() -> str:
    """Write all rules as one page of Markdown."""
    return "\n\n".join(_section(rule) for rule in sorted(RULES.values(), key=lambda rule: rule.code)) + "\n"


def _section(rule: Rule) -> str:
    fix = " `--fix` mends it." if rule.fix else ""
    return (
        f"## {rule.code} {rule.name} {{#{rule.code.lower()}}}\n\n"
        f"**{rule.summary}.** {rule.severity.capitalize()}.{fix}\n\n"
        f"{rule.why}\n\nBad:\n\n```yaml\n{rule.bad}\n```\n\nGood:\n\n```yaml\n{rule.good}\n```"
    )
