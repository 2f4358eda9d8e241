"""Rules about one URL."""

from __future__ import annotations

import re
from functools import lru_cache

from pinakes.addresses import Allowed, address_of, is_allowed, is_local_name, is_public
from pinakes.rules.registry import Fault, rule
from pinakes.urls import authority_of, host_of, host_of_authority, strip_tracking, tidy

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_LABEL = re.compile(r"(?!-)[\w-]{1,63}(?<!-)")  # RFC 1034 §3.5, and IDNA's letters
_NO_SUFFIXES = (".test", ".invalid")  # RFC 6761: never on the internet
_OUTSIDE_URL = re.compile(r"[\s<>\"{}|\\^`\u3000-\u303f\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u2018-\u201d\u2026]")

# Hosts that answer by https, and to which http leads nowhere else (HSTS, or a permanent redirect of every page).
_HTTPS_HOSTS = frozenset(
    """
    mp.weixin.qq.com zhuanlan.zhihu.com www.zhihu.com zhihu.com www.jianshu.com juejin.cn blog.csdn.net www.cnblogs.com
    www.bilibili.com segmentfault.com my.oschina.net weibo.com pan.baidu.com arxiv.org openreview.net aclanthology.org
    openaccess.thecvf.com proceedings.mlr.press papers.nips.cc proceedings.neurips.cc doi.org github.com gist.github.com
    raw.githubusercontent.com medium.com towardsdatascience.com distill.pub huggingface.co paperswithcode.com
    lilianweng.github.io www.youtube.com youtube.com youtu.be en.wikipedia.org zh.wikipedia.org www.wikipedia.org
    pytorch.org www.tensorflow.org keras.io openai.com deepmind.google www.nature.com www.science.org
    colab.research.google.com www.kaggle.com stackoverflow.com www.reddit.com twitter.com x.com www.semanticscholar.org
    """.split()
)


@rule("PK030", "url-scheme", of="url")
def url_scheme(url: str, _allowed: Allowed) -> Fault | None:
    """A URL that is not one of the web's.

    Why:
        Readers open the link in a browser; `javascript:` and `data:` would run in our page, `ftp:` and `file:` open
        nothing.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: ftp://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    url = url.strip()
    if url.startswith(("https://", "http://")):
        return None
    found = _SCHEME.match(url)
    if found is None:
        return Fault("a URL without a scheme", f"did you mean `{_with_scheme(url)}`?")
    if found[1].lower() not in {"http", "https"}:
        return Fault(f"`{found[1]}:` is not a scheme of the web", "https or http")
    if url[found.end() : found.end() + 2] != "//":
        return Fault(
            f"no `//` behind `{found[0]}`", f"did you mean `{found[0].lower()}//{url[found.end() :].lstrip('/')}`?"
        )
    return None


def _with_scheme(url: str) -> str:
    """Guess what was meant by a URL without a scheme; `http//example.org` has one, but for its colon."""
    name, slashes, rest = url.partition("//")
    return f"{name.lower()}://{rest}" if slashes and name.lower() in {"http", "https"} else f"https://{url.lstrip('/')}"


@rule("PK031", "tracking-parameter", of="url", severity="warning", fix=strip_tracking)
def tracking_parameter(url: str, _allowed: Allowed) -> Fault | None:
    """A URL carries parameters that say how somebody came to the page, and not which page it is.

    Why:
        They tell on the reader who shared it, make one article look like two, and the link works without them:
        `utm_source`, WeChat's `chksm`, `scene`, `srcid`, a `#wechat_redirect` at the end.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff?utm_source=wechat

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    clean = strip_tracking(url)
    if clean == url or clean == url.rstrip("?#"):
        return None
    return Fault("a URL with tracking parameters", f"it works without: {clean}", _first_difference(url, clean))


@rule("PK032", "malformed-host", of="url")
def malformed_host(url: str, _allowed: Allowed) -> Fault | None:
    """A URL whose host cannot be one.

    Why:
        It can never be opened.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example..org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    if not url[:8].lower().startswith(("https://", "http://")):
        return None
    trouble, part = _trouble_with(authority_of(url))
    return Fault(trouble, part=part) if trouble else None


@rule("PK033", "url-characters", of="url", fix=str.strip)
def url_characters(url: str, _allowed: Allowed) -> Fault | None:
    """A URL with a character that no URL has: a space, a quote, full-width punctuation.

    Why:
        It came along when the URL was copied out of a text, and the page it leads to does not exist. Inside a URL it is
        written percent-encoded.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff。

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    found = _OUTSIDE_URL.search(url)
    if found is None:
        return None
    at_edge = not _OUTSIDE_URL.sub("", url[found.start() :]) or not url[: found.start()]
    name = "a space" if found[0].isspace() else f"`{found[0]}`"
    encoded = "".join(f"%{byte:02X}" for byte in found[0].encode())
    return Fault(f"a URL with {name} in it", "take it off" if at_edge else f"write it as {encoded}", found[0])


@rule("PK034", "url-credentials", of="url")
def url_credentials(url: str, _allowed: Allowed) -> Fault | None:
    """A URL with a user name or password in it.

    Why:
        A catalogue is public. It is also an old trick to hide where a link leads: `https://github.com@evil.example`.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://me:secret@example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    authority = authority_of(url)
    if "@" not in authority:
        return None
    return Fault("a URL with a user name in it", "take out what stands before the @", authority.rpartition("@")[0])


@rule("PK035", "private-host", of="url")
def private_host(url: str, allowed: Allowed) -> Fault | None:
    """A URL of a host that only its own network can reach.

    Why:
        No reader can open it, and a tool that fetches it can be led into a network it should not see. A test server or
        an intranet is let in by `fetch: {allow: [host]}` in catalog/config.yml.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: http://192.168.1.5/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    name = host_of(url).name
    if not name or not _is_private(authority_of(url), allowed):
        return None
    return Fault(f"`{name}` is a private host", "readers cannot open it; `fetch.allow` lets it in", name)


def _to_https(url: str) -> str:
    return "https" + url[4:]


@rule("PK036", "https-known", of="url", severity="warning", fix=_to_https)
def https_known(url: str, _allowed: Allowed) -> Fault | None:
    """An http URL of a host that is known to answer by https.

    Why:
        http can be read and changed on the way; on an https site such a link warns or is blocked.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: http://arxiv.org/abs/1502.05767

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://arxiv.org/abs/1502.05767
    """
    if not url.startswith("http://"):
        return None
    name, port = host_of(url)
    known = name in _HTTPS_HOSTS or name.endswith((".github.io", ".readthedocs.io"))
    return (
        Fault(f"`{name}` answers by https", f"write {_to_https(url)}", "http") if known and port in {None, 80} else None
    )


@rule("PK037", "url-not-normalised", of="url", severity="warning", fix=lambda url: tidy(url).rstrip("?#"))
def url_not_normalised(url: str, _allowed: Allowed) -> Fault | None:
    """A URL that is not in its normal form.

    Why:
        The same address has many spellings: capitals in the host, `:443`, `/a/../b`, `%7E` (RFC 3986 §6.2). One
        spelling keeps ids stable and diffs small.

    Bad:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://Example.org:443/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    clean = tidy(url)
    if clean == url or _OUTSIDE_URL.search(url):
        return None
    return Fault("a URL that is not in its normal form", f"write {clean}", _first_difference(url, clean))


@lru_cache(maxsize=10_000)  # half of a catalogue is on one host
def _trouble_with(authority: str) -> tuple[str, str]:
    """Say why an authority cannot be one, and which part of it; both empty if it can."""
    try:
        name = host_of_authority(authority).name
    except ValueError as error:
        return f"a malformed URL: {str(error).lower()}", ""
    if not name:
        return "a URL without a host", ""
    return ("", "") if _is_host(name) else (f"`{name}` cannot be a host", name)


@lru_cache(maxsize=10_000)
def _is_private(authority: str, allowed: Allowed) -> bool:
    name, port = host_of_authority(authority)
    if is_allowed(name, port, address_of(name), allowed):
        return False
    address = address_of(name)
    if address is None:
        return (is_local_name(name) or name.endswith(_NO_SUFFIXES)) and _is_host(name)
    return not is_public(address)


def _is_host(name: str) -> bool:
    if ":" in name or name.replace(".", "").isdigit():
        return address_of(name) is not None
    return len(name) <= 253 and all(_LABEL.fullmatch(label) for label in name.removesuffix(".").split("."))


def _first_difference(url: str, clean: str) -> str:
    """Give the part of a URL from the first character on in which its clean form differs."""
    same = next((number for number, pair in enumerate(zip(url, clean, strict=False)) if pair[0] != pair[1]), len(clean))
    return url[same:]
