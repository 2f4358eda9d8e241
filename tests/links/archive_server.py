"""A Wayback Machine on loopback: it speaks the forms of the real one, and can be told to fail in each way that it does.

The forms are those of archive.org/help/wayback_api.php, of the CDX server's README (internetarchive/wayback) and of
“Save Page Now 2 Public API Docs”.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from pinakes.model import ArchivePolicy, FetchPolicy, Timeouts

LIMITS = FetchPolicy(timeout=Timeouts(connect=2, total=2), max_wait=0.3)
DOWN = "<!DOCTYPE html><html><head><title>Internet Archive: Temporarily Offline</title></head><body>…</body></html>"


class Asked(NamedTuple):
    """One request, as the server saw it."""

    method: str
    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]
    at: float


class Reply(NamedTuple):
    """One answer."""

    body: Any = ""
    status: int = 200
    headers: Mapping[str, str] = {}
    stall: float = 0.0


@dataclass
class LoopbackArchive:
    """What the archive has, what it will answer, and what it was asked.

    Attributes:
        address: Its base address.
        has: The times of the snapshots of each URL, sorted.
        next: Answers that stand in for the ordinary ones, by the path's end, used up one by one.
        captures: What becomes of a page that is to be captured: `success`, or an error code.
        pending: How often a job says that it is pending.
        demands_keys: Whether it is refused to capture without keys.
        asked: What was asked, in order.
    """

    address: str = ""
    has: dict[str, list[str]] = field(default_factory=dict)
    next: dict[str, deque[Reply]] = field(default_factory=lambda: defaultdict(deque))
    captures: dict[str, str] = field(default_factory=dict)
    lands: dict[str, str] = field(default_factory=dict)
    pending: int = 1
    demands_keys: bool = False
    knows_availability: bool = True
    asked: list[Asked] = field(default_factory=list)
    jobs: dict[str, tuple[str, int]] = field(default_factory=dict)
    began: Event = field(default_factory=Event)

    def policy(self, **keys: Any) -> ArchivePolicy:
        addresses = {name: self.address + path for name, path in self.paths.items()}
        return ArchivePolicy(**addresses | {"interval": 0.0, "lookup_interval": 0.0} | keys)

    @property
    def paths(self) -> dict[str, str]:
        return {"availability": "/wayback/available", "cdx": "/cdx/search/cdx", "save": "/save"}

    def config(self) -> str:
        """The config of a project that asks this archive."""
        lines = [f"  {name}: {self.address}{path}\n" for name, path in self.paths.items()]
        return (
            "fetch: {timeout: {connect: 2, total: 5}, max_wait: 0.3}\n"
            f"archive:\n{''.join(lines)}  interval: 0\n  lookup_interval: 0\n"
        )

    def paths_asked(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def saved(self) -> list[str]:
        return [asked.params["url"] for asked in self.asked if asked.method == "POST"]

    def answer(self, asked: Asked) -> Reply:
        self.asked.append(asked)
        end = asked.path.rstrip("/").rpartition("/")[2] if "/status/" not in asked.path else "status"
        if self.next[end]:
            return self.next[end].popleft()
        return {"available": self.available, "cdx": self.cdx, "save": self.save, "status": self.status}[end](asked)

    def available(self, asked: Asked) -> Reply:
        url, wanted = asked.params["url"], asked.params.get("timestamp", "9")
        stamps = self.has.get(url, []) if self.knows_availability else []
        found: dict[str, Any] = {}
        if stamps:
            near = min(stamps, key=lambda stamp: abs(int(stamp) - int(wanted.ljust(14, "0"))))
            address = f"{self.address}/web/{near}/{url}"
            found = {"closest": {"status": "200", "available": True, "url": address, "timestamp": near}}
        return Reply({"url": url, "archived_snapshots": found})

    def cdx(self, asked: Asked) -> Reply:
        assert asked.params["output"] == "json"
        assert asked.params["filter"] == "statuscode:200"
        until = asked.params.get("to", "9").ljust(14, "9")
        rows = [[stamp, asked.params["url"]] for stamp in self.has.get(asked.params["url"], []) if stamp <= until]
        last = rows[int(asked.params["limit"]) :]
        return Reply([asked.params["fl"].split(","), *last] if last else [])

    def save(self, asked: Asked) -> Reply:
        self.began.set()
        if self.demands_keys and "Authorization" not in asked.headers:
            return Reply({"message": "You need to be logged in to use Save Page Now."}, 401)
        url = asked.params["url"]
        job = f"spn2-{len(self.jobs):040x}"
        self.jobs[job] = (url, self.pending)
        if "Authorization" in asked.headers:
            return Reply({"url": url, "job_id": job})
        script = f'<script>spn.watchJob("{job}", "/_static/",6000);</script>'
        return Reply(f"<html><title>Saving page {url}</title><h2>Saving page</h2>{script}</html>")

    def status(self, asked: Asked) -> Reply:
        job = asked.path.rpartition("/")[2]
        url, pending = self.jobs[job]
        if pending:
            self.jobs[job] = (url, pending - 1)
            return Reply({"status": "pending", "job_id": job, "resources": []})
        code = self.captures.get(url, "success")
        if code != "success":
            told = {"status_ext": code, "message": f"It failed with {code}.", "exception": "…", "resources": []}
            return Reply({"status": "error", "job_id": job, **told})
        stamp = "20261124203000"
        self.has.setdefault(url, []).append(stamp)
        landed = self.lands.get(url, url)
        return Reply({"status": "success", "job_id": job, "original_url": landed, "timestamp": stamp, "outlinks": []})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet
    archive: LoopbackArchive

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self._answer(parts.path, dict(parse_qsl(parts.query)))

    def do_POST(self) -> None:
        form = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self._answer(urlsplit(self.path).path, dict(parse_qsl(form)))

    def _answer(self, path: str, params: dict[str, str]) -> None:
        reply = self.archive.answer(Asked(self.command, path, params, dict(self.headers), time.monotonic()))
        time.sleep(reply.stall)
        is_text = isinstance(reply.body, str)
        body = (reply.body if is_text else json.dumps(reply.body)).encode()
        self.send_response(reply.status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if is_text else "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """A client that has gone away is no news."""


@contextmanager
def loopback_archive() -> Iterator[LoopbackArchive]:
    """Run an archive as long as it is needed."""
    archive = LoopbackArchive()
    server = _Server(("127.0.0.1", 0), type("Handler", (_Handler,), {"archive": archive}))
    archive.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield archive
    server.shutdown()
    server.server_close()
