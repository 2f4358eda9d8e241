"""Texts for readers: which language they are in, and which one to show."""

from __future__ import annotations

import re
import unicodedata

from pinakes.model import Text

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_WORD = re.compile(r"[A-Za-z]+")


def fold(text: str) -> str:
    """Give a key that is equal for two texts that differ only in case, width (NFKC) or spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def guess_lang(text: str) -> str:
    """Guess the language of a title from its script: `zh`, `ja`, `ko`, or `en` for anything else.

    A Chinese title often holds more Latin letters than Han characters (`图解SimCLR框架`), so a Han
    character is weighed against a Latin word, and a tie is Chinese.
    """
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    han = len(_HAN.findall(text))
    return "zh" if han and han >= len(_WORD.findall(text)) else "en"


def choose(text: Text, languages: tuple[str, ...]) -> tuple[str, str]:
    """Pick the words to show to a reader of `languages`, best first.

    Returns:
        The words and their language. A plain text is taken as it is; a text without any of the languages
        gives the one that stands first.
    """
    if isinstance(text, str):
        return text, guess_lang(text)
    for lang in languages:
        if lang in text:
            return text[lang], lang
    lang = next(iter(text))
    return text[lang], lang
