"""Papers and code: these hosts answer honestly, so little is needed."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_ARXIV_PAGES = "https://github.com/arXiv/arxiv-browse, browse/templates/abs"

_ARXIV = Site(
    name="arxiv.org",
    hosts=("arxiv.org",),
    rules=(
        Rule(
            name="withdrawn",
            verdict="ok",
            reason="its page is there, but says that the paper has been withdrawn",
            source=f"{_ARXIV_PAGES}/abs.html",
            element=("blockquote.abstract", ".comments", "span.error"),
            says=r"(?:Abstract:|Comments:)?\s*(?:arXiv admin note:\s*)?(?:This|The)"
            r" (?:paper|article|submission|manuscript) (?:has been|was|is) withdrawn.*|Withdrawn\b.*"
            r"|A newer version of this paper has been withdrawn.*",
        ),
        Rule(
            name="the paper is there",
            verdict="ok",
            reason="its page is there",
            source=f"{_ARXIV_PAGES}/abs.html",
            element=("blockquote.abstract",),
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="arXiv refuses robots",
            source="https://arxiv.org/denied.html",
            title=r"Access Denied.*",
        ),
        Rule(
            name="robot check",
            verdict="blocked",
            reason="arXiv wants to see a person first",
            source=UNSOURCED,
            title=r"(?:arXiv )?reCAPTCHA.*",
        ),
        Rule(
            name="not found",
            verdict="soft_gone",
            reason="arXiv knows no such paper",
            source=f"{_ARXIV_PAGES}/404.html",
            title=r"(?:\[.{1,40}\] ?)?(?:Article not found|Article identifier not recognized"
            r"|Incomplete article identifier|No article identifier specified)",
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
            source="https://github.com/openreview/openreview-web, components/forum/ForumNote.js and LegacyForum.js",
            element=(".forum-title", ".note_content_title", ".forum-note"),
        ),
    ),
)
_GITHUB = Site(
    name="github.com",
    hosts=("github.com",),
    rules=(
        Rule(
            name="taken down",
            verdict="gone",
            reason="GitHub has closed the repository to everybody after a DMCA notice",
            source="https://github.com/stamen/fieldpapers/issues/303",
            element=("h1", "h2", "h3"),
            says=r"Repository unavailable due to DMCA takedown\.?",
            without=("#readme", ".markdown-body", ".gist-content"),
        ),
        Rule(
            name="disabled",
            verdict="gone",
            reason="GitHub has disabled the repository",
            source="https://github.com/gurnec/removeddit/issues/9",
            element=("h1", "h2", "h3"),
            says=r"This repository has been disabled\.?",
            without=("#readme", ".markdown-body", ".gist-content"),
        ),
    ),
)
PAPERS = (_ARXIV, _OPENREVIEW, _GITHUB)
