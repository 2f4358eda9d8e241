"""Read a body within bounds: decompressed piece by piece, never further than wanted."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Protocol

import brotli
from aiohttp import ClientResponse

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_PIECE = 65_536
_MOST_ENCODINGS = 3
"""A body that says it is encoded more often than this is not read: each layer can multiply its size by a thousand."""
_MOST_FRAMES = 1_000
"""Frames of one body; honest ones have one, or one for each 64 kB. Each takes time, and may well hold nothing."""
_ZLIB_HEADER = 2  # bytes by which zlib knows its own, RFC 1950 §2.2
_ZSTD_WINDOW = 23  # 8 MB: what RFC 9659 lets a server ask of a client
ENCODINGS = "gzip, deflate, br, zstd"


class BodyError(ValueError):
    """A body that is not what its headers say."""


class Decoder(Protocol):
    """One layer of compression taken off."""

    @property
    def is_finished(self) -> bool:
        """Whether its end has been read."""

    def decode(self, data: bytes, limit: int) -> bytes:
        """Take in a piece, and give at most `limit` bytes; with no data, what is left of earlier pieces."""


class Body:
    """The pieces of a body as they come, decompressed and counted.

    Attributes:
        is_whole: Whether all that came was kept.
    """

    def __init__(self, encodings: str, limit: int, enough: Iterable[bytes] = ()) -> None:
        self._decoders = list(_decoders(encodings))
        self._limit = limit
        self._enough = tuple(enough)
        self._longest = max(map(len, self._enough), default=0)
        self._pieces: list[bytes] = []
        self._size = 0
        self._tail = b""
        self._has_begun = False
        self.is_whole = True

    def add(self, data: bytes) -> bool:
        """Take in a piece as it came; say whether more is wanted.

        Raises:
            BodyError: It cannot be decompressed.
        """
        self._has_begun = True
        for piece in self._decoded(data, len(self._decoders)):
            room = self._limit - self._size
            self._pieces.append(piece[:room])
            self._size += min(len(piece), room)
            if len(piece) > room or self._has_enough(piece):
                self.is_whole = False
                return False
        return True

    def end(self) -> None:
        """Take note that nothing more comes.

        Raises:
            BodyError: What is compressed is not at its end.
        """
        if self._has_begun and not all(decoder.is_finished for decoder in self._decoders):
            raise BodyError("the compressed body ends too early")

    def content(self) -> bytes:
        """All that was kept."""
        return b"".join(self._pieces)

    def _decoded(self, data: bytes, layers: int) -> Iterable[bytes]:
        """Take the encodings off a piece; each gives many small ones, so that a bomb never stands in memory."""
        if layers == 0:
            yield data
            return
        decoder = self._decoders[layers - 1]
        while True:
            piece = decoder.decode(data, _PIECE)
            if piece:
                yield from self._decoded(piece, layers - 1)
            if len(piece) < _PIECE:
                return
            data = b""

    def _has_enough(self, piece: bytes) -> bool:
        if not self._enough:
            return False
        seen = self._tail + piece
        self._tail = seen[-self._longest :]
        return any(marker in seen for marker in self._enough)


async def read_body(response: ClientResponse, body: Body) -> None:
    """Read a response into a body, until it ends or no more is wanted.

    Raises:
        BodyError: It cannot be decompressed, or not to its end.
        aiohttp.ClientError, TimeoutError: It broke off; what came until then is kept.
    """
    async for piece in response.content.iter_any():
        if not body.add(piece):
            response.close()  # the rest would have to be read before the connection could serve again
            return
    body.end()


class _Frames:
    """gzip (RFC 1952) and Zstandard (RFC 8878): frames one after the other; what follows the last is not looked at."""

    def __init__(self, make: Callable[[], Any], magic: bytes) -> None:
        self._make, self._magic = make, magic
        self._frame = make()
        self._frames = 1
        self._after = b""

    @property
    def is_finished(self) -> bool:
        return bool(self._frame.eof)

    def decode(self, data: bytes, limit: int) -> bytes:
        pieces: list[bytes] = []
        while limit > 0:
            if self._frame.eof:
                data = self._after + data
                if not data.startswith(self._magic):
                    self._after = data[: len(self._magic)]  # padding, or the beginning of one more frame
                    break
                self._next_frame()
            piece = self._frame.decompress(getattr(self._frame, "unconsumed_tail", b"") + data, limit)
            pieces.append(piece)
            limit, data = limit - len(piece), b""
            if not self._frame.eof:
                break
            self._after = self._frame.unused_data
        return b"".join(pieces)

    def _next_frame(self) -> None:
        self._frame = self._make()
        self._frames += 1
        if self._frames > _MOST_FRAMES:
            raise BodyError(f"a body of more than {_MOST_FRAMES:,} compressed frames")


class _Deflate:
    """deflate: RFC 1950, or RFC 1951 as some servers have it."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj()
        self._before = b""

    @property
    def is_finished(self) -> bool:
        return self._inflate.eof

    def decode(self, data: bytes, limit: int) -> bytes:
        try:
            piece = self._inflate.decompress(self._inflate.unconsumed_tail + data, limit)
        except zlib.error:
            if len(self._before) >= _ZLIB_HEADER:
                raise
            self._inflate = zlib.decompressobj(-zlib.MAX_WBITS)
            piece = self._inflate.decompress(self._before + data, limit)
        self._before = (self._before + data)[:_ZLIB_HEADER]
        return piece


class _Brotli:
    """Brotli (RFC 7932)."""

    def __init__(self) -> None:
        self._decompressor = brotli.Decompressor()
        self._waiting = b""

    @property
    def is_finished(self) -> bool:
        return bool(self._decompressor.is_finished())

    def decode(self, data: bytes, limit: int) -> bytes:
        self._waiting += data
        if not self._decompressor.can_accept_more_data():
            return bytes(self._decompressor.process(b"", output_buffer_limit=limit))
        data, self._waiting = self._waiting, b""
        return bytes(self._decompressor.process(data, output_buffer_limit=limit))


def _gzip() -> Decoder:
    return _Frames(lambda: zlib.decompressobj(zlib.MAX_WBITS + 16), b"\x1f\x8b")


def _zstd() -> Decoder:
    """Decode Zstandard with a window of at most 8 MB (RFC 9659)."""
    options: dict[int, int] = {zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW}
    return _Frames(lambda: zstd.ZstdDecompressor(options=options), b"\x28\xb5\x2f\xfd")


_DECODERS: Mapping[str, Callable[[], Decoder]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _zstd,
}


def _decoders(encodings: str) -> Iterable[Decoder]:
    """Make the decoders for a Content-Encoding, in the order in which the server encoded (RFC 9110 §8.4).

    Raises:
        BodyError: It names an encoding that we did not offer, or too many.
    """
    names = [name for name in encodings.replace(" ", "").lower().split(",") if name not in {"", "identity"}]
    if len(names) > _MOST_ENCODINGS:
        raise BodyError(f"a body encoded {len(names)} times over")
    for name in names:
        if name not in _DECODERS:
            raise BodyError(f"an encoding that was not offered: {name[:40]}")
        yield _DECODERS[name]()


DECODE_ERRORS = (BodyError, zlib.error, brotli.error, zstd.ZstdError, EOFError)
