"""The site over HTTP while it is written: pages as they were built, and word to each when it was built anew."""

from __future__ import annotations

import json
import mimetypes
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Condition, Lock
from time import time_ns
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit

from pinakes.errors import PinakesError
from pinakes.site.builders import Made

EVENTS = "/_pinakes/events"
SCRIPT = "/_pinakes/live.js"
_SCRIPT_FILE = Path(__file__).with_name("live.js")
_NO_PAGE = b"<!doctype html><meta charset=utf-8><title>Pinakes</title><body><p>There is no such page.</p></body>"
_HEARTBEAT = 10.0
"""Seconds after which a silent connection is written to, to learn whether anybody is still there."""
_PORTS_TRIED = 20

Problem = Mapping[str, Any]
"""What stands in the way of a build: `{"message": …, "findings": [{"place", "rule", "message", "hint"}]}`."""


@dataclass
class Live:
    """What the pages that are open have to know; shared by the thread that builds and those that serve.

    Attributes:
        site: The built site.
        built: A number that grows with each change of the site; it begins with the time, so that a page that was
            open while the program was started anew is told too.
        problem: What stands in the way of building it now.
        building: Held while the site is written; who asks for a page waits for the new one.
    """

    site: Path
    built: int = field(default_factory=time_ns)
    problem: Problem | None = None
    building: Lock = field(default_factory=Lock)
    changed: Condition = field(default_factory=Condition)

    def tell(self, *, built: bool, problem: Problem | None = None) -> None:
        """Let every open page know how a build came out."""
        with self.changed:
            self.built += built
            self.problem = problem
            self.changed.notify_all()

    def publish(self, make: Callable[[], Made]) -> Made:
        """Write the site while nobody reads it, and let every open page know."""
        with self.building:
            made = make()
            if made.is_changed:
                self.tell(built=True)
        return made

    def wait(self, built: int, problem: Problem | None) -> tuple[int, Problem | None]:
        """Wait until something is other than a page knows, or for a heartbeat's time."""
        with self.changed:
            self.changed.wait_for(lambda: (self.built, self.problem) != (built, problem), _HEARTBEAT)
            return self.built, self.problem


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, host: str, port: int, live: Live) -> None:
        self.address_family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        super().__init__((host, port), partial(_Handler, live))


def open_server(host: str, port: int, live: Live) -> ThreadingHTTPServer:
    """Listen on a port, or on the next one that is free; 0 takes any.

    Raises:
        PinakesError: The host is none of this machine's, or no port is free.
    """
    for candidate in range(port, port + _PORTS_TRIED):
        try:
            return _Server(host, candidate, live)
        except socket.gaierror as error:
            raise PinakesError(f"no such host: {error.strerror}", place=host) from None
        except (OSError, OverflowError) as error:
            last = error
    hint = "another program listens there: choose a port with --port, or 0 for any"
    raise PinakesError(f"cannot listen: {last}", place=f"{host}:{port}", hint=hint)


class _Handler(BaseHTTPRequestHandler):
    def __init__(self, live: Live, *args: Any) -> None:
        self.live = live
        super().__init__(*args)

    def do_GET(self) -> None:
        """Answer a request."""
        address = urlsplit(self.path)
        try:
            if address.path == EVENTS:
                self._send_events(parse_qs(address.query).get("built", ["0"])[0])
            elif address.path == SCRIPT:
                self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", _SCRIPT_FILE.read_bytes())
            else:
                self._send_file(unquote(address.path, errors="surrogateescape"))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader has left; there is nobody to tell

    def do_HEAD(self) -> None:
        """Answer a request for a file's headers."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing: what was asked for is no news."""

    def _send_file(self, path: str) -> None:
        with self.live.building:
            file = find_file(self.live.site, path)
            built, data = self.live.built, file.read_bytes() if file else b""
        if file is None:
            lost = self.live.site / "404.html"
            page = lost.read_bytes() if lost.is_file() else _NO_PAGE
            self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", with_script(page, built))
        elif file.name == "index.html" and not path.endswith(("/", "/index.html")):
            self._redirect(f"/{quote(path.strip('/'))}/")
        elif file.suffix == ".html":
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", with_script(data, built))
        else:
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            self._send(HTTPStatus.OK, kind, data)

    def _send(self, status: HTTPStatus, kind: str, data: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _redirect(self, address: str) -> None:
        self.send_response(HTTPStatus.FOUND)
        self.send_header("Location", address)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_events(self, known: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        built = int(known) if known.isdecimal() else 0
        problem: Problem | None = None
        while True:
            now = self.live.wait(built, problem)
            self.wfile.write(_event(built, problem, *now))
            built, problem = now


def _event(built: int, problem: Problem | None, built_now: int, problem_now: Problem | None) -> bytes:
    """Write what has come about since a page last heard, as a server-sent event (HTML standard, 9.2)."""
    if built_now != built:
        return b"event: built\ndata:\n\n"  # the page asks again once it is loaded, and hears the rest then
    if problem_now is not None and problem_now != problem:
        return f"event: broken\ndata: {json.dumps(problem_now)}\n\n".encode()
    return b"event: mended\ndata:\n\n" if problem is not None and problem_now is None else b": still here\n\n"


def find_file(site: Path, path: str) -> Path | None:
    """Find the file that a request's path means; None if there is none, or if it lies outside of the site."""
    try:
        file = (site / path.lstrip("/")).resolve()
        file = file / "index.html" if file.is_dir() else file
        return file if file.is_relative_to(site) and file.is_file() else None
    except (ValueError, OSError):
        return None


def with_script(page: bytes, built: int) -> bytes:
    """Add the script that keeps a page up to date; `built` is the state of the site that the page is of."""
    script = f'<script src="{SCRIPT}" data-events="{EVENTS}" data-built="{built}"></script>'.encode()
    head, end, tail = page.rpartition(b"</body>")
    return head + script + end + tail if end else page + script
