"""From what aiohttp raises to a failure in words that people understand."""

from __future__ import annotations

import errno
import re
import socket
import ssl
from http import HTTPStatus

import aiohttp
from aiohttp import http_exceptions

from pinakes.fetch.body import DECODE_ERRORS, BodyError
from pinakes.fetch.guard import RefusedAddressError
from pinakes.fetch.observation import Failure

EXPECTED = (aiohttp.ClientError, http_exceptions.HttpProcessingError, OSError, TimeoutError, ValueError, *DECODE_ERRORS)
"""What may go wrong between us and a host."""

_QUOTED_BYTES = re.compile(r":? b['\"]")
# OpenSSL's x509_vfy.h.
_CERTIFICATE_TROUBLES = {
    9: "its certificate is not valid yet",
    10: "its certificate has expired",
    18: "its certificate is signed by itself only",
    19: "its certificate comes from an issuer that is not trusted",
    20: "its certificate comes from an issuer that is not known",
    21: "its certificate comes from an issuer that is not known",
    23: "its certificate was revoked",
    62: "its certificate is for another name",
    64: "its certificate is for another address",
}
_CONNECT_TROUBLES = {
    errno.ECONNREFUSED: "the host refuses the connection",
    errno.ECONNRESET: "the connection was reset",
    errno.EHOSTUNREACH: "there is no way to the host",
    errno.ENETUNREACH: "there is no way to the host's network",
    errno.ETIMEDOUT: "no connection in time",
}


PROXY_WANTS_CREDENTIALS = Failure("refused", "our proxy asks for credentials (407)")


def failure_of(error: Exception, *, has_begun: bool, behind_proxy: bool = False) -> Failure:
    """Say in words what an exception means.

    Args:
        error: One of `EXPECTED`.
        has_begun: Whether the answer's headers had come.
        behind_proxy: Whether it was the proxy that was to be connected to.
    """
    if isinstance(error, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return _of_proxy(error)
    if behind_proxy and isinstance(error, aiohttp.ConnectionTimeoutError):
        return Failure("refused", "our proxy cannot be reached in time")
    if isinstance(error, aiohttp.ClientConnectorError):
        return _of_connection(error)
    if isinstance(error, TimeoutError):
        return Failure("timeout", _timeout_words(error, has_begun=has_begun))
    if has_begun:
        return Failure("broken", _body_words(error))
    return _of_request(error)


def _of_proxy(error: aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError) -> Failure:
    if isinstance(error, aiohttp.ClientProxyConnectionError):
        return Failure("refused", "our proxy cannot be reached")
    if error.status == HTTPStatus.PROXY_AUTHENTICATION_REQUIRED:
        return PROXY_WANTS_CREDENTIALS
    return Failure("connect", f"no connection through the proxy ({error.status})")


def _of_request(error: Exception) -> Failure:
    if isinstance(error, aiohttp.ServerDisconnectedError):
        return Failure("reset", "the host closed the connection without an answer")
    if isinstance(error, aiohttp.ClientResponseError | http_exceptions.HttpProcessingError):
        return Failure("broken", f"the answer is not HTTP: {_words(error)}")
    if isinstance(error, OSError):
        return Failure("reset", "the connection was reset before an answer")
    return Failure("broken", _words(error))


def _of_connection(error: aiohttp.ClientConnectorError) -> Failure:
    cause: Exception = error.os_error
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        cause = error.certificate_error
    if isinstance(cause, RefusedAddressError):
        return Failure("refused", str(cause))
    if isinstance(cause, ssl.SSLCertVerificationError):
        trouble = _CERTIFICATE_TROUBLES.get(cause.verify_code, f"its certificate: {cause.verify_message}")
        return Failure("tls", f"no trusted connection: {trouble}")
    if isinstance(cause, ssl.SSLError):
        return Failure("tls", f"no secure connection: {(cause.reason or str(cause)).replace('_', ' ').lower()}")
    if isinstance(error, aiohttp.ClientConnectorDNSError) or isinstance(cause, socket.gaierror):
        return Failure("dns", "the host's name does not resolve")
    number = cause.errno if isinstance(cause, OSError) else None
    return Failure("connect", _CONNECT_TROUBLES.get(number or 0, f"no connection: {_words(cause)}"))


def _timeout_words(error: TimeoutError, *, has_begun: bool) -> str:
    if isinstance(error, aiohttp.ConnectionTimeoutError):
        return "no connection in time"
    if has_begun:
        return "the answer began and did not end in time"
    return "no answer in time"


def _body_words(error: Exception) -> str:
    if isinstance(error, BodyError):
        return f"the answer cannot be read: {error}"
    if isinstance(error, DECODE_ERRORS):
        return "the answer cannot be read: it is not compressed as it says"
    if isinstance(error, aiohttp.ClientPayloadError | OSError):
        return "the answer breaks off before its end"
    return f"the answer breaks off or cannot be read: {_words(error)}"


def _words(error: Exception) -> str:
    """Give a library's own words, without the bytes that it quotes from the answer."""
    words = " ".join(str(getattr(error, "message", "") or error or type(error).__name__).split())
    words = _QUOTED_BYTES.split(words)[0][:120]
    return words[:1].lower() + words[1:]
