"""The papers and the code that a text names or links to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from urllib.parse import parse_qs, unquote, urlsplit

from pinakes.model import Paper

_MOST = 200
"""Papers, or addresses of code, of one page: a survey has as many."""
_ARXIV_ID = r"(?P<arxiv>\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|(?:[a-z]+(?:-[a-z]+)?)(?:\.[A-Za-z]{2})?/\d{7})(?:v\d+)?(?!\d)"
"""arXiv's identifiers, new (since 2007-04) and old (info.arxiv.org/help/arxiv_identifier.html)."""
_DOI = r"(?P<doi>10\.\d{4,9}/[^\s\"'<>,;，；。、）】\u3000-\u9fff]+)"
"""A DOI as Crossref's pattern has it, without what follows it in Chinese text."""

# A row: what an address of a paper looks like, without its scheme and `www.`, and the name that it gives the paper.
_ADDRESSES = (
    (
        re.compile(
            rf"(?:[a-z]+\.)?(?:arxiv\.org|alphaxiv\.org|ar5iv\.(?:labs\.arxiv\.)?org)/(?:abs|pdf|html|format)/{_ARXIV_ID}"
        ),
        "arxiv:{}",
    ),
    (re.compile(rf"(?:huggingface\.co|hf\.co)/papers/{_ARXIV_ID}"), "arxiv:{}"),
    (re.compile(rf"(?:dx\.)?doi\.org/10\.48550/arxiv\.{_ARXIV_ID}", re.IGNORECASE), "arxiv:{}"),
    (re.compile(rf"(?:dx\.)?doi\.org/{_DOI}", re.IGNORECASE), "doi:{}"),
    (re.compile(r"openreview\.net/(?:forum|pdf|attachment)\?(?:.*&)?id=([\w-]{6,20})"), "openreview:{}"),
    (
        re.compile(
            r"(?:aclanthology\.org|aclweb\.org/anthology|aclanthology\.info/papers)/"
            r"([A-Z]\d{2}-\d{4}|\d{4}\.[a-z0-9]+-[a-z0-9]+\.\d+)"
        ),
        "acl:{}",
    ),
    (re.compile(r"openaccess\.thecvf\.com/(?:.*/)?([\w-]+?)_(?:paper|supplemental)\.(?:html|pdf)"), "cvf:{}"),
    (re.compile(r"proceedings\.mlr\.press/(v\d+/[\w-]+?)(?:\.html|\.pdf|/|$)"), "pmlr:{}"),
)
_IN_TEXT = (
    (re.compile(rf"arxiv\s*[:：.]?\s*(?:preprint\s+)?(?:arxiv\s*[:：]\s*)?{_ARXIV_ID}"), "arxiv:{}"),
    (re.compile(rf"arxiv\.org/(?:abs|pdf|html)/{_ARXIV_ID}"), "arxiv:{}"),
    (re.compile(rf"doi(?<!\wdoi)\s*[:：]?\s*(?:https?://(?:dx\.)?doi\.org/)?{_DOI}"), "doi:{}"),
    (re.compile(rf"doi\.org/{_DOI}"), "doi:{}"),
)
"""The same for a text in small letters; each begins with letters of its own, which are quickly looked for."""
_ARXIV_DOI = re.compile(r"doi:10\.48550/arxiv\.(.+)", re.IGNORECASE)
_CLASS = re.compile(r"(?<=[a-z])\.[A-Za-z]{2}/(?=\d{7}$)")
"""The subject class in an old identifier, `math.GT/0309136`, which is no part of it."""
_FRONT = re.compile(r"^(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_REPOSITORY = re.compile(
    r"^(?:https?:)?//(?:www\.)?(?P<host>github\.com|gitlab\.com|gitee\.com|huggingface\.co)/"
    r"(?P<path>(?:(?:datasets|spaces)/)?(?P<owner>[\w.-]+)/(?P<name>[\w.-]+))",
    re.IGNORECASE,
)
_NO_OWNERS = frozenset(
    "about apps blog collections contact customer-stories docs enterprise events explore features issues join learn "
    "login marketplace models new notifications orgs organizations papers posts pricing pulls search security settings "
    "site sponsors stars tasks topics trending users explorer help dashboard".split()
)
"""First parts of a path on these hosts that are no owner of a repository."""
_WORD = re.compile(r"[A-Za-z0-9_]+")
_UNWRAPPED = {
    "link.zhihu.com": "target", "link.jianshu.com": "t", "link.csdn.net": "target", "link.juejin.cn": "target",
    "www.oschina.net": "url", "link.segmentfault.com": "url", "www.google.com": "q", "gitee.com": "target",
    "blog.csdn.net": "target",
}  # fmt: skip
"""Hosts that lead readers out by an address of their own, and the parameter that holds the true one."""


def unwrap(url: str) -> str:
    """Give the address that a host's own way out leads to: `link.zhihu.com/?target=…`; any other as it is."""
    if "?" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    parameter = _UNWRAPPED.get(parts.netloc.lower(), "")
    inner = parse_qs(parts.query).get(parameter, [""])[0] if parameter else ""
    return unquote(inner) if inner.lower().startswith(("http%3a", "https%3a")) else inner or url


def papers_of(text: str, links: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Give the papers that a text names or links to, each once, first those that it links to.

    Args:
        text: The text, its title included.
        links: The addresses that it links to, unwrapped.
        names: Keys of the catalogue's papers, by what texts call them: names as whole words, `arxiv:…`, `doi:…`.
    """
    found = map(_arxiv_of_doi, (*_linked(links), *_written(text)))
    return tuple(dict.fromkeys(names.get(name, name) for name in (*found, *_named(text, names))))[:_MOST]


def code_of(links: Iterable[str]) -> tuple[str, ...]:
    """Give the repositories on GitHub, GitLab, Gitee and Hugging Face that a text links to, each once."""
    found = map(_REPOSITORY.match, links)
    addresses = (
        f"https://{each['host'].lower()}/{each['path'].removesuffix('.git').rstrip('.')}"
        for each in found
        if each and each["owner"].lower() not in _NO_OWNERS and each["name"].lower() not in _NO_OWNERS
    )
    return tuple(dict.fromkeys(addresses))[:_MOST]


def names_of(papers: Iterable[Paper]) -> dict[str, str]:
    """Give the keys of papers by all that a text may call them: names, titles, `arxiv:…`, `doi:…`."""
    found: dict[str, str] = {}
    for paper in papers:
        titles = (paper.title,) if isinstance(paper.title, str) else tuple(paper.title.values())
        ids = (paper.arxiv and f"arxiv:{paper.arxiv}", paper.doi and f"doi:{paper.doi.lower()}")
        for name in (*paper.names, *titles, *ids):
            if name:
                found.setdefault(name, paper.key)
    return found


def _linked(links: Iterable[str]) -> Iterator[str]:
    for link in links:
        address = _FRONT.sub("", link)
        for pattern, form in _ADDRESSES:
            if found := pattern.match(address):
                yield form.format(_tidy(found[1]))
                break


def _written(text: str) -> Iterator[str]:
    small = text.lower()
    for pattern, form in _IN_TEXT:
        for found in islice(pattern.finditer(small), _MOST):
            yield form.format(_tidy(found[1]))


def _tidy(name: str) -> str:
    """Take off a name what belongs to the sentence or the address around it."""
    name = _CLASS.sub("/", name.removesuffix(".pdf").rstrip(".,:)]}_"))
    return name.lower() if name.startswith("10.") else name


def _arxiv_of_doi(name: str) -> str:
    """Name a paper of arXiv by its identifier also where its DOI is written (arXiv has given DOIs since 2022)."""
    found = _ARXIV_DOI.fullmatch(name)
    return f"arxiv:{found[1]}" if found else name


def _named(text: str, names: Mapping[str, str]) -> Iterator[str]:
    """Give the names that a text holds as whole words, in its order.

    `SimCLR` is no other word and may be written in any case; `CLIP` and `Dino` count only as they are written.
    """
    by_word, others = _by_first_word(tuple(names))
    begin = [word for word in set(_WORD.findall(text)) if word.lower() in by_word] if by_word else []
    for found in re.finditer(rf"(?<![A-Za-z0-9_])(?:{'|'.join(begin)})(?![A-Za-z0-9_])", text) if begin else ():
        if name := next((name for name in by_word[found[0].lower()] if _stands_at(found.start(), name, text)), ""):
            yield name
    yield from (name for name in others if name in text)


def _stands_at(start: int, name: str, text: str) -> bool:
    """Say whether a name stands at a place of a text and ends where a word ends."""
    end = start + len(name)
    written = text[start:end]
    fits = written == name or (_is_odd(name) and written.lower() == name.lower())
    return fits and not _WORD.match(text[end : end + 1])


@lru_cache(maxsize=4)
def _by_first_word(names: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Order names by their first word in small letters, of several the longest first; apart those in other scripts."""
    found: dict[str, tuple[str, ...]] = {}
    others: list[str] = []
    for name in sorted(names, key=len):
        if name.startswith(("arxiv:", "doi:")):
            continue
        if first := _WORD.match(name):
            word = first[0].lower()
            found[word] = (name, *found.get(word, ()))
        else:
            others.append(name)
    return found, tuple(others)


def _is_odd(name: str) -> bool:
    """Say whether a name is no word of a language: capitals within, digits, or several words."""
    return " " in name or any(map(str.isdigit, name)) or (not name.isupper() and not name[1:].islower())
