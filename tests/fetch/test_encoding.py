"""A page whose bytes are UTF-8 is read so, and no other page is."""

from __future__ import annotations

import pytest

from pinakes.fetch.encoding import decode

CHINESE = "对比学习把同一样本的两个视图拉近，把不同样本的视图推远"
SPANISH = "La sanción, la revisión, el año y la decisión de mañana: ¿qué más?"


def page(text: str, encoding: str, declared: str) -> bytes:
    return f'<!doctype html><meta charset="{declared}"><title>{text}</title><p>{text}'.encode(encoding)


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "big5", "iso-8859-1", "windows-1252", "shift_jis", "utf-8"])
@pytest.mark.parametrize("text", [CHINESE, SPANISH])
@pytest.mark.parametrize("by_header", [True, False])
def test_utf8_is_read_as_such_whatever_is_declared(text, declared, by_header):
    header = f"text/html; charset={declared}" if by_header else "text/html"
    assert f"<title>{text}</title>" in decode(page(text, "utf-8", declared), header)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(CHINESE, "gbk"), ("联通", "gbk"), ("對比學習", "big5"), ("対照学習", "shift_jis"), (SPANISH, "iso-8859-1"), (SPANISH, "utf-16")],
)  # fmt: skip
def test_what_is_declared_rightly_stays(text, encoding):
    assert f"<title>{text}</title>" in decode(page(text, encoding, encoding), "text/html")


def test_a_body_cut_within_a_character_is_still_utf8():
    assert CHINESE[:20] in decode(page(CHINESE, "utf-8", "gb2312")[:-1], "text/html")
