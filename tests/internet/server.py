"""Hosts on loopback: any address of 127.0.0.0/8, a port of its own each, plain or under TLS, whole or broken."""

from __future__ import annotations

import asyncio
import socket
import ssl
from abc import ABC, abstractmethod
from collections.abc import Callable, Coroutine
from threading import Thread
from typing import Any, Literal, TypeVar

from tests.internet.plays import play as play_by_path
from tests.internet.wire import Asked, Connection, Log, Play, answer, reset

Welcome = Callable[[int], Literal["serve", "close", "reset", "stall", "old-tls"]]
"""What becomes of a connection, by its number from 1, before a request is read from it."""
_NO_COMMON_VERSION = bytes((0x15, 3, 1, 0, 2, 2, 70))
"""A fatal alert, `protocol_version`: what a host that speaks only TLS 1.1 says to who does not (RFC 5246 §7.2)."""
_PATIENCE = 20  # seconds that a test waits for the servers' thread at most

_Result = TypeVar("_Result")


class Backstage:
    """The thread with the event loop in which all hosts live."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def run(self, coroutine: Coroutine[Any, Any, _Result]) -> _Result:
        """Run something there to its end."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(_PATIENCE)

    def stop(self) -> None:
        """End the thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(_PATIENCE)
        self.loop.close()


class Listener(ABC):
    """A port that takes connections and notes what came.

    Attributes:
        address: Where it listens.
        port: Its port.
        log: What came.
    """

    def __init__(self, backstage: Backstage, address: str, context: ssl.SSLContext | None = None) -> None:
        self.address, self.log = address, Log()
        self._backstage = backstage
        self._open: dict[asyncio.Task[Any], asyncio.StreamWriter] = {}
        self._server = backstage.run(asyncio.start_server(self._attend, address, 0, ssl=context, backlog=4096))
        self.port: int = self._server.sockets[0].getsockname()[1]

    @abstractmethod
    async def handle(self, connection: Connection) -> None:
        """Answer what comes on one connection."""

    async def _attend(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.log.connections += 1
        task = asyncio.current_task()
        assert task
        self._open[task] = writer
        try:
            await self.handle(Connection(reader, writer, self.log.connections, self.log))
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the client left, or the test is over
        except Exception as bug:  # noqa: BLE001  # shown by the fixture, in the test's own thread
            self.log.bugs.append(bug)
        finally:
            writer.close()
            del self._open[task]

    def requests(self, path: str = "", host: str = "") -> list[Asked]:
        """Give the requests whose path begins so, and whose address has that host; all unless told."""
        found = (asked for asked in list(self.log.requests) if asked.path.startswith(path))
        return [asked for asked in found if host in {"", asked.url.split("/")[2]}]

    def times(self, path: str = "", host: str = "") -> list[float]:
        """Give when these requests came, in seconds of a monotonic clock."""
        return [asked.at for asked in self.requests(path, host)]

    def close(self) -> None:
        """Stop listening, and tear down what is still open."""
        self._backstage.run(self._close())

    async def _close(self) -> None:
        self._server.close()
        tasks = list(self._open)
        for task, writer in list(self._open.items()):
            writer.transport.abort()
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Host(Listener):
    """A host that plays by path, or as it is told."""

    def __init__(
        self,
        backstage: Backstage,
        address: str = "127.0.0.1",
        *,
        play: Play = play_by_path,
        context: ssl.SSLContext | None = None,
        welcome: Welcome = lambda _: "serve",
    ) -> None:
        self._play, self._welcome = play, welcome
        self._scheme = "https" if context else "http"
        super().__init__(backstage, address, context)

    def url(self, path: str = "/", *, name: str = "", scheme: str = "") -> str:
        """Give the address of a path, by the host's number unless by another name, and by its own scheme."""
        return f"{scheme or self._scheme}://{name or self.address}:{self.port}{path}"

    async def handle(self, connection: Connection) -> None:
        """Serve, or do to the connection what else is wished."""
        match self._welcome(connection.number):
            case "serve":
                base = f"{self._scheme}://{self.address}:{self.port}"
                await answer(connection, self._play, base)
            case "reset":
                reset(connection.writer)
            case "old-tls":
                await connection.reader.read(4096)
                connection.writer.write(_NO_COMMON_VERSION)
            case "stall":
                while await connection.reader.read(4096):
                    pass


class Nobody:
    """A port on which nobody answers: connections are refused, or, where they are `lost`, never come about."""

    def __init__(self, address: str = "127.0.0.1", *, lost: bool = False) -> None:
        self.address = address
        self._sockets = [socket.socket()]
        self._sockets[0].bind((address, 0))
        self.port: int = self._sockets[0].getsockname()[1]
        if lost:
            self._fill()

    def _fill(self) -> None:
        """Fill the queue of a listener that accepts nothing: Linux then drops what else wants to connect."""
        self._sockets[0].listen(0)
        for _ in range(3):
            client = socket.socket()
            client.setblocking(False)
            client.connect_ex((self.address, self.port))
            self._sockets.append(client)

    def url(self, path: str = "/", *, scheme: str = "http") -> str:
        """Give an address there."""
        return f"{scheme}://{self.address}:{self.port}{path}"

    def close(self) -> None:
        """Give the port back."""
        for one in self._sockets:
            one.close()
