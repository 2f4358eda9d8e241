"""Blog hosts of the world: a closed blog or account often answers 200."""

from __future__ import annotations

from pinakes.links.hosts.rule import Rule, Site

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
            source="https://github.com/kilimchoi/engineering-blogs/pull/1111",
            element=("h1", "h2", "h3", "h4"),
            says=r"This (?:post|account|user|publication) is under investigation"
            r" or was found in violation of the Medium Rules\.?",
            without=("article",),
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
            name="reader wanted",
            verdict="blocked",
            reason="Blogger asks its reader something first",
            source="https://github.com/beak2825/greasyfork_archives, js_greasyfork/7877.js",
            url=r"(?:www\.)?blogger\.com/blogin\.g.*",
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
            reason="the blog has been deleted or suspended",
            source=(
                "https://andrewapeterson.com/2008/09/"
                "this-blog-has-been-archived-suspended-violation-terms-service-wordpress/"
            ),
            element=("h1", "h2", "p"),
            says=r"The authors have deleted this (?:blog|site)\b.{0,80}"
            r"|This (?:blog|site) has been archived or suspended\b.{0,120}",
            without=("article", ".entry-content"),
        ),
        Rule(
            name="private",
            verdict="blocked",
            reason="the blog is open to its members only",
            source="https://github.com/Automattic/jetpack/pull/10333",
            element=("h1", "h2", "p"),
            says=r"This site is marked private by its owner\b.{0,200}",
            without=("article", ".entry-content"),
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
            source="https://github.com/zotero/translators, Substack.js",
            element=(".post-title",),
        ),
    ),
)
BLOGS = (_MEDIUM, _BLOGGER, _WORDPRESS, _SUBSTACK)
