"""The fixture `internet`, and how a test asks it for hosts, proxies and what came to them."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest
from tests.internet.certificates import Authority
from tests.internet.proxy import Proxy
from tests.internet.server import Backstage, Host, Nobody
from tests.internet.wire import Asked, Play


class _Closable(Protocol):
    def close(self) -> None: ...


_Kept = TypeVar("_Kept", bound=_Closable)


class Internet:
    """Hosts and proxies for one test; `internet.url("/status/404")` is on the first host, on 127.0.0.1.

    Attributes:
        authority: The issuer of certificates that `SSL_CERT_FILE=internet.authority.pem` makes trusted.
    """

    def __init__(self, backstage: Backstage, authority: Authority) -> None:
        self.authority = authority
        self._backstage = backstage
        self._hosts: dict[str, Host] = {}
        self._others: list[_Closable] = []

    def host(self, address: str = "127.0.0.1") -> Host:
        """Give the ordinary host at an address; it is there from the first time it is asked for."""
        if address not in self._hosts:
            self._hosts[address] = Host(self._backstage, address)
        return self._hosts[address]

    def new_host(self, address: str = "127.0.0.1", **options: Any) -> Host:
        """Make a host with a `play`, `context` (for TLS) or `welcome` of its own, on another port."""
        return self._keep(Host(self._backstage, address, **options))

    def secure_host(self, certificate: Callable[[str], ssl.SSLContext], address: str = "127.0.0.1") -> Host:
        """Make a host under TLS: `internet.secure_host(internet.authority.expired)`."""
        return self.new_host(address, context=certificate(address))

    def nobody(self, address: str = "127.0.0.1", *, lost: bool = False) -> Nobody:
        """Take a port on which connections are refused, or never come about."""
        return self._keep(Nobody(address, lost=lost))

    def proxy(self, sites: Mapping[str, Play], address: str = "127.0.0.1", login: str = "") -> Proxy:
        """Make a proxy that answers for the hosts of `sites`, and for who has the `login`, if one is given."""
        return self._keep(Proxy(self._backstage, self.authority, sites, address, login))

    def url(self, path: str = "/", **options: str) -> str:
        """Give the address of a path on the first host."""
        return self.host().url(path, **options)

    def requests(self, path: str = "") -> list[Asked]:
        """Give what was asked of the first host, of paths that begin so."""
        return self.host().requests(path)

    def times(self, path: str = "") -> list[float]:
        """Give when that was asked."""
        return self.host().times(path)

    def _keep(self, one: _Kept) -> _Kept:
        self._others.append(one)
        return one

    def close(self) -> None:
        """Close everything, and say what went wrong in the servers themselves."""
        for one in (*self._hosts.values(), *self._others):
            one.close()
        listeners = (one for one in (*self._hosts.values(), *self._others) if isinstance(one, Host | Proxy))
        if bugs := [bug for one in listeners for bug in one.log.bugs]:
            raise bugs[0]


@pytest.fixture(scope="session")
def backstage() -> Iterator[Backstage]:
    """The thread of all hosts."""
    backstage = Backstage()
    yield backstage
    backstage.stop()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """The issuer that tests trust."""
    folder: Path = tmp_path_factory.mktemp("authority")
    return Authority(folder)


@pytest.fixture
def internet(backstage: Backstage, authority: Authority) -> Iterator[Internet]:
    """An internet on loopback, new for each test."""
    internet = Internet(backstage, authority)
    yield internet
    internet.close()


@pytest.fixture(scope="module")
def shared_internet(backstage: Backstage, authority: Authority) -> Iterator[Internet]:
    """One for all tests of a module: for what is run once and looked at many times."""
    internet = Internet(backstage, authority)
    yield internet
    internet.close()
