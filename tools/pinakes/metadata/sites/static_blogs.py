"""Blogs on domains of their own, known by the program or theme that makes their pages and not by their host."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Any, NamedTuple

from pinakes.metadata.document import Document, clean, text_of
from pinakes.metadata.record import Candidate
from pinakes.metadata.sites import distill, medium
from pinakes.metadata.sites.site import Site
from pinakes.metadata.sites.table import rows

_LONGEST_LINE = 300
_MOST_AUTHORS = 20
_WRITTEN_BY = re.compile(r"(?:\bAuthor:|\bby)\s+([^|•·,]{2,60}?)\s*(?:$|[|•·,])")


class Theme(NamedTuple):
    """Where a program or theme puts what is known of a post.

    Attributes:
        name: Its name, with which its rules are named.
        hint: A text that each of its pages has: without it the page need not be searched.
        mark: A selector that only a post of it answers; empty if the generator's name is enough.
        generator: How `<meta name=generator>` begins; empty if that says nothing.
        title: Selector of the post's title.
        published: Selectors of its date, the best first, each with the attribute that holds it (empty: the text).
        modified: The same for its last change.
        author: Selector of its author's name; an attribute `content` goes before the text.
        line: Selector of a line of facts in which the author stands last or after `by`; empty if there is none.
        blog: Selector of the blog's name.
        tags: Selector of its keywords.
    """

    name: str
    hint: str
    mark: str
    title: str
    published: tuple[tuple[str, str], ...]
    generator: str = ""
    modified: tuple[tuple[str, str], ...] = ()
    author: str = ""
    line: str = ""
    blog: str = ""
    tags: str = ""


THEMES = (
    Theme(  # github.com/adityatelange/hugo-PaperMod: layouts/_default/single.html, partials/post_meta.html
        name="PaperMod",
        hint="post-single",
        mark="article.post-single h1.post-title",
        title="article.post-single h1.post-title",
        published=(("div.post-meta span[title]", "title"), ("div.post-meta", "")),
        line="div.post-meta",
        blog="div.logo a",
        tags="ul.post-tags a",
    ),
    Theme(  # github.com/next-theme/hexo-theme-next: layout/_macro/post.njk
        name="NexT",
        hint="post-block",
        mark="h1.post-title",
        title="h1.post-title",
        published=(("time[itemprop~=datePublished]", "datetime"), ("div.post-meta time", "datetime")),
        modified=(("time[itemprop~=dateModified]", "datetime"),),
        author="span[itemprop=author] meta[itemprop=name]",
        blog=".site-title",
        tags="div.post-tags a[rel=tag]",
    ),
    Theme(  # github.com/jerryc127/hexo-theme-butterfly: layout/includes/header/post-info.pug; `datetime` is in UTC
        name="Butterfly",
        hint='id="post-info"',
        mark="div#post-info h1.post-title, div#post-info div.posttitle",
        title="div#post-info h1.post-title, div#post-info div.posttitle",
        published=(
            ("time.post-meta-date-created", "title"),
            ("time.post-meta-date-created", "datetime"),
            ("div#post-info time", ""),
        ),
        modified=(("time.post-meta-date-updated", "title"), ("time.post-meta-date-updated", "datetime")),
        author="meta[name=author]",
        blog="span.site-name, a#site-name",
        tags="a.post-meta__tags",
    ),
    Theme(  # github.com/jekyll/minima: _layouts/post.html
        name="minima",
        hint="dt-published",
        mark="article.post time.dt-published",
        title="h1.post-title",
        published=(("article.post time.dt-published", "datetime"),),
        author="span.p-author, span[itemprop=author] span[itemprop=name]",
        blog=".site-title",
    ),
    Theme(  # github.com/alshedivat/al-folio: _layouts/post.liquid
        name="al-folio",
        hint="post-header",
        mark="div.post > header.post-header > p.post-meta",
        title="h1.post-title",
        published=(("header.post-header > p.post-meta", ""),),
        line="header.post-header > p.post-meta",
        blog="a.navbar-brand",
        tags='p.post-tags a[href*="/tag/"]',
    ),
    Theme(  # WordPress's own themes (github.com/WordPress/twentytwentyone: inc/template-tags.php)
        name="WordPress",
        hint="entry-title",
        generator="WordPress",
        mark="h1.entry-title",
        title="h1.entry-title",
        published=(("time.entry-date.published", "datetime"), ("time.entry-date", "datetime")),
        modified=(("time.updated:not(.published)", "datetime"),),
        author="span.author a, span.author, address.author a, a[rel~=author]",
        blog=".site-title",
        tags="span.tags-links a[rel=tag]",
    ),
    Theme(  # github.com/TryGhost/Casper: post.hbs
        name="Ghost",
        hint="Ghost ",
        generator="Ghost",
        mark="article.post h1",
        title="h1.article-title, article.post h1",
        published=(("time.byline-meta-date", "datetime"), ("time.post-full-meta-date", "datetime")),
        author=".author-name",
        blog="a.gh-head-logo, a.site-nav-logo",
        tags="section.article-tag a",
    ),
)


def by_generator(document: Document) -> Site | None:
    """Give the rules of the program or theme that made a page; None if it is none that is known.

    For pages on a host that no site's module names: the host says nothing of them.
    """
    if medium.is_medium(document):
        return medium.SITE
    if distill.is_distill(document):
        return distill.SITE
    made = document.meta("generator")
    return next((_SITES[theme.name] for theme in THEMES if _is_made_with(theme, document, made)), None)


def _is_made_with(theme: Theme, document: Document, made: str) -> bool:
    if theme.hint not in document.text or not made.startswith(theme.generator):
        return False
    return bool(document.find(theme.mark))


def _extract(theme: Theme, document: Document) -> Iterator[Candidate]:
    line = document.first(theme.line)[:_LONGEST_LINE] if theme.line else ""
    named = _author(line)
    yield from rows(
        theme.name,
        ("title", document.first(theme.title), theme.title),
        ("authors", _authors(document, theme.author) if theme.author else (), theme.author),
        ("authors", (named,) if named else (), theme.line),
        *(("published", partial(_said, document, selector, name), selector) for selector, name in theme.published),
        *(("modified", partial(_said, document, selector, name), selector) for selector, name in theme.modified),
        ("site", document.meta("og:site_name"), "og:site_name"),
        ("site", lambda: document.first(theme.blog), theme.blog),
        ("keywords", _tags(document, theme.tags) if theme.tags else (), theme.tags),
        ("kind", "article", "post"),
        confidence=0.95,
    )


def _said(document: Document, selector: str, name: str = "content") -> str:
    """Give an attribute of what a selector finds, or, where that is not asked for or not there, the text."""
    return (name and document.attribute(selector, name)) or document.first(selector)


def _authors(document: Document, selector: str) -> tuple[str, ...]:
    """Give the authors that a selector finds in one byline, the first: further down stand those of other posts."""
    found = document.find(selector)[:_MOST_AUTHORS]
    beside = [each for each in found if _byline(each) is _byline(found[0])]
    names = (clean(each.get("content") or "") or text_of(each) for each in beside)
    return tuple(dict.fromkeys(name for name in names if name))


def _byline(element: Any) -> Any:
    """Give what holds an author's element and those of the co-authors: each may have one around it."""
    above = element.getparent()
    return above if above is None or above.getparent() is None else above.getparent()


def _author(line: str) -> str:
    """Give the author that a line of facts names: `May 31, 2021 · 39 min · Jane Doe`, `… | Author: Jane Doe`.

    Behind a bar come translations and `Suggest Changes`.
    """
    if found := _WRITTEN_BY.search(line):
        return found[1].strip()
    *others, last = line.partition(" | ")[0].split(" · ")
    return "" if not others or re.search(r"\d", last) else last.strip()


def _tags(document: Document, selector: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for link in document.find(selector) if (tag := text_of(link).lstrip("# "))))


_SITES = {theme.name: Site(name=theme.name, hosts=(), extract=partial(_extract, theme)) for theme in THEMES}
