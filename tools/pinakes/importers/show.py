"""An import's report, for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import orjson
from rich.cells import cell_len

from pinakes.importers.articles import UNTITLED
from pinakes.importers.lines import KINDS, Line
from pinakes.importers.plan import Plan
from pinakes.importers.proposal import Change

_MOST_POSTS = 20  # posts with a row each
_MOST_LINES = 60  # lines that are listed one by one
_MOST_DIFF = 400  # lines of a diff
_EXAMPLES = 3


def write_text(plan: Plan, changes: Sequence[Change], *, applied: bool, verbose: bool = False) -> str:
    """Write the report for people.

    Args:
        plan: The account.
        changes: The files that are written, or would be.
        applied: They have been written.
        verbose: Every line of every post, and the whole diff.
    """
    parts = [_head(plan, changes), _posts(plan, verbose=verbose), _topics(changes)]
    if verbose:
        parts.append(_table("every line", [_full_row(line) for line in plan.lines]))
    else:
        parts.append(_lines("left out", [line for line in plan.lines if line.kind == "left_out"]))
        parts.append(_lines("without a title", [line for line in plan.lines if line.reason == UNTITLED]))
    parts.append(_files(changes, applied=applied, verbose=verbose))
    if plan.unused_names:
        parts.append(f"names that no heading has: {', '.join(plan.unused_names)}\n")
    return "\n".join(part for part in parts if part)


def write_json(plan: Plan, changes: Sequence[Change], *, applied: bool) -> str:
    """Write the report for programs."""
    document = {
        "schema": 1,
        "summary": summary(plan, changes) | {"applied": applied},
        "files": [change.to_json() for change in changes],
        "lines": [line.to_json() for line in plan.lines],
        "findings": [],
    }
    return orjson.dumps(document, option=orjson.OPT_INDENT_2).decode() + "\n"


def summary(plan: Plan, changes: Sequence[Change]) -> dict[str, Any]:
    """Count what was read and what came of it."""
    kinds = Counter(line.kind for line in plan.lines)
    return {
        "posts": plan.posts,
        "lines": {"all": len(plan.lines), **{kind: kinds[kind] for kind in KINDS}},
        "entries": sum(change.entries for change in changes),
        "untitled": sum(UNTITLED in entry.get("tags", ()) for each in plan.additions for entry in each.entries),
        "files": len(changes),
        "unused_names": list(plan.unused_names),
    }


def _head(plan: Plan, changes: Sequence[Change]) -> str:
    entries = sum(change.entries for change in changes)
    posts, topics = _count(plan.posts, "post"), _count(len(changes), "topic")
    what = f"{_count(entries, 'new entry', 'new entries')} in {topics}" if changes else "nothing new"
    return f"{posts}, {_count(len(plan.lines), 'line')}, each accounted for: {what}\n"


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def _posts(plan: Plan, *, verbose: bool) -> str:
    by_post: dict[str, Counter[str]] = {}
    for line in plan.lines:
        by_post.setdefault(line.file, Counter())[line.kind] += 1
    rows = [[name, *_cells(counts)] for name, counts in by_post.items()]
    if len(rows) > _MOST_POSTS and not verbose:
        rows = [[f"{len(rows):,} posts", *_cells(sum(by_post.values(), Counter()))]]
    return _table("", [["lines of", "all", *(kind.replace("_", " ") for kind in KINDS)], *rows], numbers=True)


def _cells(counts: Counter[str]) -> list[str]:
    return [f"{counts.total():,}", *(f"{counts[kind]:,}" for kind in KINDS)]


def _topics(changes: Sequence[Change]) -> str:
    if not changes or len(changes) > _MOST_LINES:
        return ""
    rows = [[change.topic, f"{change.entries:,}", change.title if change.before is None else ""] for change in changes]
    return _table("", [["topic", "new entries", ""], *rows])


def _lines(title: str, lines: Sequence[Line]) -> str:
    if not lines:
        return ""
    rows = [_row(line) for line in lines] if len(lines) <= _MOST_LINES else list(_grouped(lines))
    return _table(f"{title}: {_count(len(lines), 'line')}", rows)


def _row(line: Line) -> list[str]:
    return [f"{line.file}:{line.number}", line.reason, _cut(line.text)]


def _full_row(line: Line) -> list[str]:
    where = f"→ {line.topic}" if line.topic else ""
    return [f"{line.file}:{line.number}", line.kind.replace("_", " "), where, _cut(line.text), line.reason]


def _grouped(lines: Iterable[Line]) -> Iterator[list[str]]:
    """Give a row for each reason, with its first places: `duplicate: of x.md:12` and `duplicate: of y.md:7` are one."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.reason.partition(":")[0], []).append(line)
    for reason, members in sorted(groups.items(), key=lambda group: -len(group[1])):
        places = ", ".join(f"{line.file}:{line.number}" for line in members[:_EXAMPLES])
        yield [f"{len(members):,}", reason, f"{places}, …" if len(members) > _EXAMPLES else places]


def _files(changes: Sequence[Change], *, applied: bool, verbose: bool) -> str:
    if not changes:
        return ""
    if applied:
        return f"wrote {_count(len(changes), 'file')}\n"
    diff = "".join(change.diff() for change in changes)
    if verbose or diff.count("\n") <= _MOST_DIFF:
        return diff + "\nnothing is written yet: --apply does\n"
    rows = [[change.file, "new" if change.before is None else "", f"+{change.entries:,}"] for change in changes]
    return _table("would write (--apply does; -v shows the diff)", rows)


def _cut(text: str, width: int = 60) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _table(title: str, rows: Sequence[Sequence[str]], *, numbers: bool = False) -> str:
    """Align columns by the cells that they take in a terminal, where a Chinese character takes two."""
    widths = [max(cell_len(row[column]) for row in rows) for column in range(len(rows[0]))] if rows else []
    lines = [title] if title else []
    for row in rows:
        padding = [" " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        cells = [
            space + cell if numbers and column else cell + space
            for column, (cell, space) in enumerate(zip(row, padding, strict=True))
        ]
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join(lines) + "\n"
