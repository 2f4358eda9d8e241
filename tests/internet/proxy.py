"""A forward proxy that answers for the hosts of the world itself, plain and under TLS, and asks none of them."""

from __future__ import annotations

import base64
from collections.abc import Mapping

from tests.internet.certificates import Authority
from tests.internet.server import Backstage, Listener
from tests.internet.wire import Connection, Exchange, Head, Play, answer, head, read_head


class Proxy(Listener):
    """A proxy for HTTP (RFC 9112 §3.2.2), and by CONNECT for HTTPS, which it opens with a certificate of the tests'.

    Attributes:
        sites: What it answers, by host name; 502 for others, as a proxy does that finds no such host.
        tunnels: The `host:port` of every CONNECT.
    """

    def __init__(
        self, backstage: Backstage, authority: Authority, sites: Mapping[str, Play], address: str, login: str
    ) -> None:
        self.sites, self.tunnels = sites, list[str]()
        self._authority, self._login = authority, login
        super().__init__(backstage, address)

    def env(self, login: str = "") -> dict[str, str]:
        """Give the environment variables that lead through this proxy, with `name:password` if given."""
        at = f"{login}@" if login else ""
        here = f"http://{at}{self.address}:{self.port}"
        return proxy_env(here) | {"SSL_CERT_FILE": str(self._authority.pem)}

    async def handle(self, connection: Connection) -> None:
        """Answer plain requests, or open the one tunnel that is asked for."""
        first = await read_head(connection)
        if first and not self._may(first):
            connection.writer.write(head(407, 'Proxy-Authenticate: Basic realm="tests"', "Content-Length: 0"))
        elif first and first.method == "CONNECT":
            await self._tunnel(connection, first.target)
        elif first:
            await answer(connection, self._play, "", first)

    async def _tunnel(self, connection: Connection, target: str) -> None:
        """Open a tunnel, and answer at its other end."""
        self.tunnels.append(target)
        name, _, port = target.rpartition(":")
        if name not in self.sites:
            connection.writer.write(head(502, "Content-Length: 0"))
            return
        connection.writer.write(head(200))
        await connection.writer.drain()
        await connection.writer.start_tls(self._authority.good(name))
        await answer(connection, self._play, f"https://{name}" if port == "443" else f"https://{target}")

    async def _play(self, exchange: Exchange) -> None:
        name = exchange.asked.url.split("/")[2].partition(":")[0]
        await (self.sites[name](exchange) if name in self.sites else exchange.reply(502))

    def _may(self, first: Head) -> bool:
        right = "Basic " + base64.b64encode(self._login.encode()).decode()
        return not self._login or first.headers.get("proxy-authorization") == right


def proxy_env(address: str, exempt: str = "") -> dict[str, str]:
    """Give the variables that name a proxy, in both spellings, so that the machine's own have no say."""
    said = {"http_proxy": address, "https_proxy": address, "no_proxy": exempt}
    return said | {name.upper(): value for name, value in said.items()}
