"""Which hosts and addresses are private: only their own network can reach them, and a tool must not be led into it."""

from __future__ import annotations

import socket
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Address = IPv4Address | IPv6Address
Allowed = tuple[str, ...]
"""What the config lets in all the same: hosts (`localhost`, `localhost:8000`), addresses, networks (`10.0.0.0/8`)."""

# RFC 6761 (localhost), RFC 6762 (local), RFC 8375 (home.arpa), RFC 9476 (alt), and what routers and clusters use.
_LOCAL_SUFFIXES = (".localhost", ".local", ".home.arpa", ".internal", ".intranet", ".lan", ".home", ".corp", ".alt")
_LOCAL_NAMES = frozenset(("localhost", "ip6-localhost", "ip6-loopback", "broadcasthost"))
# IANA's special-purpose registries, where the ipaddress module of some Python that we run on does not follow them.
_SPECIAL = (
    IPv4Network("192.0.0.0/24"),  # RFC 6890; Oracle's cloud has its metadata in it
    IPv4Network("192.88.99.0/24"),  # RFC 7526
    IPv6Network("2001::/23"),  # RFC 2928
    IPv6Network("3fff::/20"),  # RFC 9637
    IPv6Network("5f00::/16"),  # RFC 9602
)
_NAT64 = (IPv6Network("64:ff9b::/96"), IPv6Network("64:ff9b:1::/48"))  # RFC 6052, RFC 8215


def address_of(name: str) -> Address | None:
    """Read a host's name as an address; None if it is none, or one in a form that only old programs read."""
    try:
        return ip_address(name)
    except ValueError:
        return None


def any_address_of(name: str) -> Address | None:
    """Read a host's name as an address in any form that a resolver takes: also `2130706433`, `0x7f.1`, `127.1`."""
    address = address_of(name)
    if address is None and name[:1].isdigit():
        try:
            return IPv4Address(socket.inet_aton(name))
        except (OSError, UnicodeError):
            return None
    return address


def is_local_name(name: str) -> bool:
    """Say whether a name is one that only its own network resolves: `localhost`, `printer.local`, `intranet`."""
    return name in _LOCAL_NAMES or name.endswith(_LOCAL_SUFFIXES) or "." not in name.rstrip(".")


def is_public(address: Address) -> bool:
    """Say whether an address is one of the internet's, and so is any IPv4 address that is written into it.

    Not public are, by IANA's registries of special-purpose addresses: private networks, loopback, link-local (and so
    the clouds' 169.254.169.254), shared (CGNAT, RFC 6598), documentation, benchmarks, multicast, reserved ones.
    """
    if isinstance(address, IPv6Address):
        inner = _inner(address)
        if inner is not None:
            return is_public(inner)
        if address.is_site_local:
            return False
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_allowed(name: str, port: int | None, address: Address | None, allowed: Allowed) -> bool:
    """Say whether the config lets a host in: by its name, its name and port, its address, or the network of that."""
    if not allowed:
        return False
    if name in allowed or f"{name}:{port}" in allowed or (address is not None and str(address) in allowed):
        return True
    return address is not None and any(address in network for network in map(_network, allowed) if network)


def _inner(address: IPv6Address) -> IPv4Address | None:
    """Give the IPv4 address that traffic to an IPv6 address ends at: mapped (RFC 4291), NAT64, 6to4 (RFC 3056)."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if any(address in network for network in _NAT64):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.sixtofour


@lru_cache(maxsize=1_000)
def _network(text: str) -> IPv4Network | IPv6Network | None:
    try:
        return ip_network(text, strict=False)
    except ValueError:  # the name of a host
        return None
