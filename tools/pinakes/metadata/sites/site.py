"""The form of a site's module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pinakes.metadata.document import Document
from pinakes.metadata.record import Candidate

Extractor = Callable[[Document], Iterator[Candidate]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of a site's pages.

    Attributes:
        name: Its main host, with which its rules are named: `mp.weixin.qq.com`.
        hosts: Its hosts; their subdomains are meant as well.
        extract: Gives what a page says, each value with its rule.
        suffixes: Patterns of what the site adds to its titles, such as ` - 知乎`.
        not_authors: Names that stand where an author would and are none, such as the site's slogan.
    """

    name: str
    hosts: tuple[str, ...]
    extract: Extractor
    suffixes: tuple[str, ...] = ()
    not_authors: tuple[str, ...] = ()
