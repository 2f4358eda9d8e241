"""What an address certainly says about what is there."""

from __future__ import annotations

import re

# A row: a pattern of the address without its scheme and `www.`, and the kind that everything below it has.
KINDS = (
    (re.compile(r"zhihu\.com/question/\d+"), "question"),
    (re.compile(r"(?:stackoverflow\.com|[a-z]+\.stackexchange\.com)/(?:questions|q)/\d+"), "question"),
    (re.compile(r"(?:github|gitee|gitlab)\.com/[^/?#]+/[^/?#]+/?$"), "code"),
    (re.compile(r"arxiv\.org/(?:abs|pdf)/"), "paper"),
    (re.compile(r"openreview\.net/(?:forum|pdf)\?"), "paper"),
    (
        re.compile(r"(?:youtube\.com/(?:watch\?|embed/)|youtu\.be/|bilibili\.com/video/|player\.bilibili\.com/)"),
        "video",
    ),
)
_FRONT = re.compile(r"https?://(?:www\.|m\.)?", re.IGNORECASE)


def guess_kind(url: str) -> str:
    """Say what is at an address if the address leaves no doubt; empty otherwise."""
    address = _FRONT.sub("", url, count=1)
    return next((kind for pattern, kind in KINDS if pattern.match(address)), "")
