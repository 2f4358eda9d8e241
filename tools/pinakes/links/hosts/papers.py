"""Papers and code: these hosts answer honestly, so little is needed."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_ARXIV = Site(
    name="arxiv.org",
    hosts=("arxiv.org",),
    rules=(
        Rule(
            name="withdrawn",
            verdict="ok",
            reason="its page is there, but says that the paper has been withdrawn",
            source=UNSOURCED,
            element=("blockquote.abstract", ".comments"),
            says=r"(?:Abstract:|Comments:)?\s*(?:arXiv admin note:\s*)?(?:This|The)"
            r" (?:paper|article|submission|manuscript) (?:has been|was|is) withdrawn.*|Withdrawn\b.*",
        ),
        Rule(
            name="the paper is there",
            verdict="ok",
            reason="its page is there",
            source=UNSOURCED,
            element=("blockquote.abstract",),
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="arXiv wants to see a person first",
            source=UNSOURCED,
            title=r"(?:arXiv )?reCAPTCHA.*|Access Denied.*",
        ),
        Rule(
            name="not found",
            verdict="soft_gone",
            reason="arXiv knows no such paper",
            source=UNSOURCED,
            title=r"(?:\[?arXiv(?:\.org)?\]?[:|]? ?)?(?:Article|Paper|Identifier|Document)\b.{0,40}"
            r"\bnot (?:found|recognized).{0,20}",
        ),
    ),
)
_OPENREVIEW = Site(
    name="openreview.net",
    hosts=("openreview.net",),
    rules=(
        Rule(
            name="the paper is there",
            verdict="ok",
            reason="the paper is there",
            source=UNSOURCED,
            element=(".forum-title", ".note_content_title", ".forum-note"),
        ),
    ),
)
_GITHUB = Site(
    name="github.com",
    hosts=("github.com",),
    rules=(
        Rule(
            name="login",
            verdict="blocked",
            reason="GitHub wants a login",
            source=UNSOURCED,
            url=r"github\.com/(?:login|sessions|join)\b.*",
        ),
        Rule(
            name="taken down",
            verdict="gone",
            reason="GitHub has closed the repository to everybody after a DMCA notice",
            source=UNSOURCED,
            element=("h1", "h2", "h3"),
            says=r"Repository unavailable due to DMCA takedown\.?",
            without=("#readme", ".markdown-body", ".gist-content"),
        ),
        Rule(
            name="disabled",
            verdict="gone",
            reason="GitHub has disabled the repository",
            source=UNSOURCED,
            element=("h1", "h2", "h3"),
            says=r"This repository has been disabled\.?",
            without=("#readme", ".markdown-body", ".gist-content"),
        ),
    ),
)
PAPERS = (_ARXIV, _OPENREVIEW, _GITHUB)
