"""The language of a text by its script, and BCP 47 tags in the form that the catalogue keeps."""

from __future__ import annotations

import re

_SAMPLE = 10_000
"""Characters by which a language is told."""
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]+")
_OTHER = re.compile(r"[\u0370-\u1fff]+")
_ENGLISH = re.compile(r"\b(?:the|and|of|to|is|that|for|with|this|are|we|in)\b", re.IGNORECASE)
_TAG = re.compile(r"(?P<language>[a-z]{2,3})(?:[-_](?P<rest>[a-z0-9_-]{1,20}))?(?:\.utf-?8)?", re.IGNORECASE)
_TRADITIONAL_REGIONS = frozenset(("tw", "hk", "mo"))
_NAMES = {"chinese": "zh", "english": "en", "japanese": "ja", "korean": "ko", "cn": "zh", "zho": "zh", "eng": "en"}

_SIMPLIFIED = re.compile(
    "[这个们来说时会对学习过还没经样开关问题实现动图认识网络训练数据类别标签机为发现应该让论变单义无]"
)
_TRADITIONAL = re.compile(
    "[這個們來說時會對學習過還沒經樣開關問題實現動圖認識網絡訓練數據類別標籤機為發現應該讓論變單義無]"
)
"""Frequent characters that the other script writes otherwise."""


def tag_of(written: str) -> str:
    """Write a language tag in the catalogue's form: `zh-CN` as `zh`, `zh_TW` as `zh-Hant`, `en-US` as `en`.

    Args:
        written: What a page says: a BCP 47 tag, a locale, or the language's English name; several are one too many.

    Returns:
        The tag; empty for what is none.
    """
    written = _NAMES.get(written.strip().lower(), written.strip())
    found = _TAG.fullmatch(written)
    if not found:
        return ""
    language, rest = found["language"].lower(), (found["rest"] or "").lower()
    parts = set(re.split(r"[-_]", rest))
    if language == "zh" and ("hant" in parts or (parts & _TRADITIONAL_REGIONS and "hans" not in parts)):
        return "zh-Hant"
    return language


def language_of(text: str) -> str:
    """Tell the language of a text by its script: `zh`, `zh-Hant`, `ja`, `ko`, or `en`; empty if it cannot be told.

    Latin script is called English only where the text has English words: other languages of that script are not
    told apart. A Han character weighs as much as a Latin word, since Chinese texts of this field are full of those.
    """
    sample = text[:_SAMPLE]
    han, latin = len(_HAN.findall(sample)), len(_LATIN.findall(sample))
    kana, hangul = len(_KANA.findall(sample)), len(_HANGUL.findall(sample))
    if hangul > max(han, latin / 2):
        return "ko"
    if kana * 5 > han and kana + han > latin / 2:  # Japanese has more kana than that; a quotation has less
        return "ja" if kana > 3 else ""
    if han > 1 and han >= latin / 2:
        return _chinese(sample)
    english = len(_ENGLISH.findall(sample))
    is_english = latin > 20 and english * 12 >= latin and len(_OTHER.findall(sample)) < latin / 4
    return "en" if is_english else ""


def _chinese(text: str) -> str:
    traditional, simplified = len(_TRADITIONAL.findall(text)), len(_SIMPLIFIED.findall(text))
    return "zh-Hant" if traditional > 3 * simplified else "zh"
