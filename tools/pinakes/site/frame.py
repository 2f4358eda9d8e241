"""The frame of every page that is made from the catalogue: where it stands, what it says, what lies beside it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from pinakes.site.page import Page, has_maths, html_block
from pinakes.site.view import Place


def framed(
    place: Place,
    title: str,
    article: Iterable[str],
    *,
    breadcrumb: str = "",
    aside: Iterable[str] = (),
    of: tuple[str, str] | None = None,
) -> Page:
    """Make a page of its parts.

    Args:
        place: Where it stands; the first folder of its address is its part of the navigation.
        title: What the browser's tab says.
        article: Pieces of HTML.
        breadcrumb: HTML of the way to it.
        aside: Pieces of HTML.
        of: What it is about, as the attribute that scripts find it by: `("paper", "simclr")`.
    """
    about = f' data-{of[0]}="{escape(of[1])}"' if of else ""
    beside = "".join(aside)
    html = (
        f'<div class="pk-page"{about}>{breadcrumb}<article class="pk-main">{"".join(article)}</article>'
        + (f'<aside class="pk-aside">{beside}</aside>' if beside else "")
        + "</div>"
    )
    return Page(
        path=place.path,
        prefix=place.view.prefix,
        lang=place.view.lang,
        title=title,
        body=html_block(html),
        section=place.path.partition("/")[0],
        maths=has_maths(html),
    )
