"""Text in the encodings of twenty years."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pinakes.errors import PinakesError
from pinakes.importers.decode import decode, split_lines

TEXT = "# 自动求导\r\n\r\nhttps://example.com/a\r\n\r\n《标题》——“引号”\r\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_encodings(encoding: str) -> None:
    assert decode(TEXT.encode(encoding), "post.md") == TEXT


def test_utf_8_with_a_broken_byte_is_still_utf_8() -> None:
    data = (TEXT * 3).encode()
    assert decode(data[:-20] + b"\xff" + data[-20:], "post.md").count("\ufffd") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"GIF89a\0\0\xff",
        bytes(range(256)),
        b"\0",
        codecs.BOM_UTF16_LE + b"a",
        b"\xff" * 9,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(PinakesError, match=r"post\.md: "):
        decode(data, "post.md")


@given(st.binary())
@settings(deadline=None)
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        assert "\0" not in decode(data, "post.md")
    except PinakesError as error:
        assert error.place == "post.md"  # noqa: PT017  # either outcome is right


def test_lines_are_those_of_editors() -> None:
    assert split_lines("a\r\nb\rc\nd\x0ce\u2028f\x85g") == ("a", "b", "c", "d\x0ce\u2028f\x85g")
