"""URLs: the form in which one is written, what makes two the same article, and the id that comes of it."""

from __future__ import annotations

import re
from base64 import b32encode
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple
from urllib.parse import SplitResult, unquote_to_bytes, urlsplit, urlunsplit

ID_BYTES = 5  # 8 characters of base32: two of 25,000 entries collide with a chance of 0.03 %, and a rule tells it

_TIDY = re.compile(r"https?://[a-z0-9.-]+(?:/(?!\.)[A-Za-z0-9_~!$&'()*+,;=:@-][A-Za-z0-9._~!$&'()*+,;=:@-]*)*/?")
_AUTHORITY = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)")
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986 §2.3
_DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say how a reader came to a page, never which page it is.
_TRACKING = re.compile(
    r"utm_\w+"  # Google Analytics campaigns
    r"|[gdf]clid|fbclid|msclkid|yclid|twclid|gbraid|wbraid|_ga|_gl"  # ad clicks of Google, Meta, Microsoft, Yandex, X
    r"|mc_[ce]id|igshid|igsh|mkt_tok|_hs(?:enc|mi)|hsctatracking"  # Mailchimp, Instagram, Marketo, HubSpot
    r"|spm|scm|spm_id_from|vd_source|share_(?:source|medium|plat|session_id|tag|token|from)|bbid",  # Alibaba, Bilibili
    re.IGNORECASE,
)
_WECHAT_TRACKING = re.compile(
    # An article of mp.weixin.qq.com is named by __biz, mid, idx and sn; the rest describes the share or the client.
    r"chksm|scene|subscene|ascene|srcid|mpshare|sharer_\w+|share_\w+|clicktime|enterid|devicetype|version|nettype|lang"
    r"|exportkey|pass_ticket|wx_header|abtest_cookie|key|uin|from|isappinstalled|sessionid|rd2werd|poc_token|winzoom"
    r"|fontScale|fontgear|session_us|countrycode|realreporttime|click_id|cur_album_id|tempkey|xtrack|clickpos|req_id"
)
_HOST_TRACKING: Mapping[str, re.Pattern[str]] = {
    "mp.weixin.qq.com": _WECHAT_TRACKING,
    "blog.csdn.net": re.compile(r"ops_request_misc|request_id|biz_id|depth_1|login|sharetype|sharerefer|sharesource"),
    "zhuanlan.zhihu.com": re.compile(r"from_voters_page|s_r|s_s_i|share_code|edition|refer"),
    "www.zhihu.com": re.compile(r"from_voters_page|s_r|s_s_i|share_code|edition|rf|native"),
    "www.jianshu.com": re.compile(r"from|isappinstalled|reader_share|recommend_note"),
    "www.bilibili.com": re.compile(r"from_\w+|seid|unique_k|buvid|is_story_h5|mid|plat_id|timestamp|up_id|from"),
    "weibo.com": re.compile(r"from|type|mod|refer_flag"),
    "www.youtube.com": re.compile(r"si|feature|ab_channel|pp"),
    "youtu.be": re.compile(r"si|feature"),
    "medium.com": re.compile(r"source|sk"),
}
_NOISE_FRAGMENT = re.compile(r"wechat_redirect|wechat_webview_type=.*|rd|:~:.*|comments?|articleHeader\d+")

# The same article under another address; the sources are the hosts' own redirects.
_HOST_ALIASES: Mapping[str, str] = {
    "m.bilibili.com": "bilibili.com",
    "m.blog.csdn.net": "blog.csdn.net",
    "m.zhihu.com": "zhihu.com",
    "m.jianshu.com": "jianshu.com",
    "en.m.wikipedia.org": "en.wikipedia.org",
    "zh.m.wikipedia.org": "zh.wikipedia.org",
    "export.arxiv.org": "arxiv.org",
    "cn.arxiv.org": "arxiv.org",
    "dx.doi.org": "doi.org",
    "m.youtube.com": "youtube.com",
}
_PATH_ALIASES: Mapping[str, tuple[re.Pattern[str], str]] = {
    "arxiv.org": (re.compile(r"/(?:abs|pdf|html)/(.+?)(?:v\d+)?(?:\.pdf)?$"), r"arxiv.org/abs/\1"),
    "youtu.be": (re.compile(r"/([\w-]{11})$"), r"youtube.com/watch?v=\1"),
    "zhihu.com": (re.compile(r"/column/(p/\d+)$"), r"zhuanlan.zhihu.com/\1"),
}


class Host(NamedTuple):
    """A URL's host and port.

    Attributes:
        name: In lower case, without brackets or a trailing dot; empty if the URL has none.
        port: None where the URL gives none.
    """

    name: str
    port: int | None


def host_of(url: str) -> Host:
    """Say which host a URL names; both fields are empty for what cannot be read as a URL."""
    try:
        return host_of_authority(authority_of(url))
    except ValueError:
        return Host("", None)


def server_of(url: str) -> str:
    """Name the host that a URL asks, with the port where it is not the usual one; empty where there is none."""
    name, port = host_of(url)
    usual = 443 if url[:6].lower() == "https:" else 80
    return name if port is None or port == usual else f"{name}:{port}"


def authority_of(url: str) -> str:
    """Give what stands between `//` and the path: host, port and credentials (RFC 3986 §3.2); empty if nothing does."""
    found = _AUTHORITY.match(url)
    return found[1] if found else ""


@lru_cache(maxsize=10_000)  # half of a catalogue is on one host
def host_of_authority(authority: str) -> Host:
    """Take an authority apart.

    Raises:
        ValueError: It has no port that can be one, or no address between its brackets; the words say which.
    """
    parts = urlsplit(f"//{authority}")
    return Host((parts.hostname or "").rstrip("."), parts.port)


@lru_cache(maxsize=4_096)  # each URL is asked for several times while its file is checked
def normalize(url: str) -> str:
    """Write a URL in the form that the catalogue keeps.

    The syntax is normalised as RFC 3986 §6.2.2 and §6.2.3 say (case, percent-encoding, dot segments, default
    port), and what names the reader's way and not the article is taken off: tracking parameters and fragments
    such as `#wechat_redirect`. The order of parameters stays. What is no URL comes back as it is.
    """
    return strip_tracking(tidy(url))


def tidy(url: str) -> str:
    """Normalise a URL's syntax, and nothing else."""
    if _TIDY.fullmatch(url):
        return url
    try:
        parts = urlsplit(url)
        host = _tidy_host(parts)
    except ValueError:
        return url
    if not parts.netloc:
        return url
    path = _percent(_without_dots(parts.path))
    return urlunsplit((parts.scheme.lower(), host, path, _percent(parts.query), _percent(parts.fragment)))


def strip_tracking(url: str) -> str:
    """Take off the parameters and the fragment that say how a reader came to the page."""
    if "?" not in url and "#" not in url:
        return url
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return url
    kept = "&".join(pair for pair in parts.query.split("&") if not _is_tracking(host, pair.partition("=")[0]))
    fragment = "" if _NOISE_FRAGMENT.fullmatch(parts.fragment) else parts.fragment
    return urlunsplit(parts._replace(query=kept, fragment=fragment))


def identity(url: str) -> str:
    """Give a key that is equal for two URLs of the same article.

    Beyond `normalize`, these say nothing of the article: http or https, `www.`, the order of the parameters, a
    slash at the end, a mobile host, the version or format of an arXiv paper.
    """
    url = normalize(url)
    if not _TIDY.fullmatch(url):
        # w3lib takes 30 ms to import and 20 µs a URL; most need neither.
        from w3lib.url import canonicalize_url  # noqa: PLC0415

        try:
            url = canonicalize_url(url, keep_fragments=True)
        except ValueError:
            return url
    scheme, _, rest = url.partition("://")
    return _without_alias(rest.removeprefix("www.").rstrip("/")) if scheme in _DEFAULT_PORTS else url


def entry_id(url: str) -> str:
    """Derive an entry's id: 8 characters of the base32 BLAKE2b digest of the normalised URL, in lower case."""
    digest = blake2b(normalize(url).encode("utf-8", "surrogatepass"), digest_size=ID_BYTES).digest()
    return b32encode(digest).decode("ascii").lower()


def _without_alias(key: str) -> str:
    host, slash, path = key.partition("/")
    host = _HOST_ALIASES.get(host, host)
    if host not in _PATH_ALIASES:
        return host + slash + path
    pattern, replacement = _PATH_ALIASES[host]
    found = pattern.match(slash + path)
    return found.expand(replacement) if found else host + slash + path


def _is_tracking(host: str, name: str) -> bool:
    if _TRACKING.fullmatch(name):
        return True
    of_host = _HOST_TRACKING.get(host)
    return bool(of_host and of_host.fullmatch(name))


def _tidy_host(parts: SplitResult) -> str:
    userinfo, at, _ = parts.netloc.rpartition("@")
    name = parts.hostname or ""
    name = f"[{name}]" if ":" in name else name
    port = parts.port
    suffix = "" if port is None or port == _DEFAULT_PORTS.get(parts.scheme.lower()) else f":{port}"
    return f"{userinfo}{at}{name}{suffix}"


def _without_dots(path: str) -> str:
    """Resolve `.` and `..` in a path (RFC 3986 §5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            kept[1:] = kept[1:-1]
        elif segment != ".":
            kept.append(segment)
    return "/".join(kept) + ("/" if segments[-1] in {".", ".."} else "")


def _percent(part: str) -> str:
    """Write percent-encodings in capitals, and those of unreserved characters as the characters themselves."""

    def write(match: re.Match[str]) -> str:
        byte = unquote_to_bytes(match[0])[0]
        return chr(byte) if byte in _UNRESERVED else match[0].upper()

    return _PERCENT.sub(write, part) if "%" in part else part
