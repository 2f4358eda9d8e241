"""What every test may use: the real command, a project made of a few files, a static server, a real browser."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from pinakes.project import Project

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

REPOSITORY = Path(__file__).resolve().parent.parent
CHROMIUM_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Files = Mapping[str, str | bytes]
Cli = Callable[..., subprocess.CompletedProcess[str]]
MakeProject = Callable[..., Project]
ServeFolder = Callable[..., str]
NewPage = Callable[..., "Page"]


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder of this repository, with its own catalogue."""
    return REPOSITORY


@pytest.fixture(scope="session")
def cli() -> Cli:
    """Run `pinakes` as a user does, in a process of its own: `cli("validate", cwd=project.root).stdout`."""

    def run(
        *args: str | Path,
        cwd: Path,
        stdin: str | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 120,
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "pinakes", *map(str, args)],
            cwd=cwd, input=stdin, env=os.environ | dict(env or {}), timeout=timeout,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip

    return run


def write_files(root: Path, files: Files) -> None:
    """Write files below a folder, byte for byte as given (no newline is translated)."""
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Make a project of the files given (path below the root to text or bytes); its config is empty unless given."""

    def make(files: Files, name: str = "project") -> Project:
        root = (tmp_path / name).resolve()
        write_files(root, {"catalog/config.yml": "", **files})
        return Project(root)

    return make


class _QuietHandler(SimpleHTTPRequestHandler):
    """Files of a folder below a path, as a host such as GitHub Pages serves them."""

    def __init__(self, *args: Any, under: str, **options: Any) -> None:
        self.under = under
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        inside = path.removeprefix(self.under) if path.startswith(self.under) else "outside-of-the-site"
        return super().translate_path("/" + inside)

    def log_message(self, *_: object) -> None:
        """Say nothing: requests are no news in a test."""


@pytest.fixture
def serve_folder() -> Iterator[ServeFolder]:
    """Serve a folder on loopback, below a path: `serve_folder(site, under="/sub/path/")` gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(folder: Path, under: str = "/") -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietHandler, directory=str(folder), under=under))
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}{under}"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: the system's if there is one, else Playwright's own."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome")  # as in .ci/chromium
    system = next(filter(None, map(shutil.which, names)), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=system, args=list(CHROMIUM_ARGS))
        yield chromium
        chromium.close()


@pytest.fixture
def new_page(browser: Browser) -> Iterator[NewPage]:
    """Open a page in a fresh context: `new_page(java_script_enabled=False, viewport={"width": 390, "height": 844})`.

    A request that leaves loopback is cut off, and fails the test at its end: a built site asks no other host.
    """
    contexts = []
    strays: list[str] = []

    def keep_home(route: Any) -> None:
        strays.append(route.request.url)
        route.abort()

    def open_page(**options: Any) -> Page:
        context = browser.new_context(**options)
        context.set_default_timeout(20_000)
        context.route(lambda url: not url.startswith(("http://127.0.0.1:", "data:", "blob:")), keep_home)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not strays, f"asked another host: {strays}"


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """A page at desktop size."""
    return new_page(viewport={"width": 1280, "height": 900})
