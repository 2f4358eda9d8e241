"""Blog hosts of the world: a closed blog or account often answers 200."""

from __future__ import annotations

from pinakes.links.hosts.rule import UNSOURCED, Rule, Site

_MEDIUM = Site(
    name="medium.com",
    hosts=("medium.com",),
    rules=(
        Rule(
            name="deleted by its author",
            verdict="soft_gone",
            reason="the author has deleted it",
            source="https://github.com/shanselman/firsttimersonly/issues/115",
            title=r"410 Deleted by author(?: [—–-] Medium)?",
        ),
        Rule(
            name="deleted by its author",
            verdict="soft_gone",
            reason="the author has deleted it, or their account",
            source="https://github.com/nuxt/website-v2/pull/50",
            element=("h1", "h2", "h3", "h4"),
            says=r"The (?:author|user) deleted (?:this Medium story|their Medium account)\.?"
            r"|User deactivated or deleted their account\.?",
            without=("article",),
        ),
        Rule(
            name="violation",
            verdict="soft_gone",
            reason="Medium has taken it down",
            source=UNSOURCED,
            element=("h1", "h2", "h3", "h4"),
            says=r"This (?:post|account|user) is under investigation or was found in violation of the Medium Rules\.?",
            without=("article",),
        ),
        Rule(
            name="not found",
            verdict="soft_gone",
            reason="Medium says that there is no such page",
            source=UNSOURCED,
            title=r"(?:404|Not Found|Page not found)(?: [—–-] Medium)?",
        ),
    ),
)
_BLOGGER = Site(
    name="blogspot.com",
    hosts=("blogspot.com", "blogger.com"),
    rules=(
        Rule(
            name="blog removed",
            verdict="soft_gone",
            reason="the blog has been removed",
            source="https://github.com/dropod/issues/issues/13768",
            title=r"Blog not found|Blog has been removed|(?:找不到|未找到)博客",
        ),
        Rule(
            name="private",
            verdict="blocked",
            reason="the blog is open to invited readers only",
            source=UNSOURCED,
            url=r"(?:www\.)?blogger\.com/(?:blogin\.g|private).*",
        ),
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source=UNSOURCED,
            element=(".post-body",),
            url=r"[^/]+/\d{4}/\d\d/.*",
        ),
    ),
)
_WORDPRESS = Site(
    name="wordpress.com",
    hosts=("wordpress.com",),
    rules=(
        Rule(
            name="blog removed",
            verdict="soft_gone",
            reason="the blog has been deleted, suspended or was never there",
            source=UNSOURCED,
            title=r".{0,80} is no longer available\.?|.{0,80}WordPress\.com|Do you want to register .{0,80}",
            element=("h1", "h2", "p"),
            says=r".{0,80} (?:is no longer available|doesn.t exist|has been archived or suspended).{0,120}",
            without=("article", ".entry-content"),
        ),
        Rule(
            name="private",
            verdict="blocked",
            reason="the blog is open to its members only",
            source=UNSOURCED,
            title=r"Private Site|私密站点|.{0,80}is marked private.{0,40}",
        ),
    ),
)
_SUBSTACK = Site(
    name="substack.com",
    hosts=("substack.com",),
    rules=(
        Rule(
            name="the article is there",
            verdict="ok",
            reason="the article is there",
            source=UNSOURCED,
            element=(".available-content", ".post-title", ".paywall"),
        ),
    ),
)
BLOGS = (_MEDIUM, _BLOGGER, _WORDPRESS, _SUBSTACK)
