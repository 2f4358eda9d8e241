"""Certificates of every kind, made while the tests run: good ones, and each of the bad ones."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import trustme

_YEAR = timedelta(days=365)
EXPIRED_ON = datetime(2020, 4, 9, tzinfo=UTC)


class Authority:
    """An issuer that the tests trust, by the file `pem`, and all that it and others issue."""

    def __init__(self, folder: Path) -> None:
        self._trusted, self._unknown = trustme.CA(), trustme.CA()
        self.pem = folder / "authority.pem"
        self._trusted.cert_pem.write_to_path(str(self.pem))
        self.good = lru_cache(maxsize=1000)(self._good)

    def _good(self, name: str) -> ssl.SSLContext:
        """A certificate for that name or address."""
        return _context(self._trusted.issue_cert(name))

    def expired(self, name: str) -> ssl.SSLContext:
        """One that was good until `EXPIRED_ON`."""
        return _context(self._trusted.issue_cert(name, not_before=EXPIRED_ON - _YEAR, not_after=EXPIRED_ON))

    def not_yet_valid(self, name: str) -> ssl.SSLContext:
        """One that will be good in a year."""
        start = datetime.now(UTC) + _YEAR
        return _context(self._trusted.issue_cert(name, not_before=start, not_after=start + _YEAR))

    def wrong_name(self, name: str) -> ssl.SSLContext:
        """A good one, for another host."""
        return _context(self._trusted.issue_cert(f"not-{name.replace('.', '-')}.example"))

    def unknown_issuer(self, name: str) -> ssl.SSLContext:
        """One of an issuer that nobody knows."""
        return _context(self._unknown.issue_cert(name))

    def self_signed(self, _: str) -> ssl.SSLContext:
        """One that vouches for itself."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        alone = trustme.CA()
        with alone.cert_pem.tempfile() as certificate, alone.private_key_pem.tempfile() as key:
            context.load_cert_chain(certificate, key)
        return context


def _context(leaf: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    leaf.configure_cert(context)
    return context
