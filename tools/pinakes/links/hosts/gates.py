"""Robot gates that stand before any host's pages, and services that park domains."""

from __future__ import annotations

from typing import NamedTuple

from pinakes.links.hosts.rule import UNSOURCED

_ANTIBOT = "https://github.com/microlinkhq/is-antibot, src/providers.json"

GATE_HEADERS: tuple[tuple[str, frozenset[str], str, str], ...] = (
    (
        "cf-mitigated",
        frozenset({"challenge"}),
        "Cloudflare",
        "https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response",
    ),
    (
        "x-amzn-waf-action",
        frozenset({"challenge", "captcha"}),
        "AWS WAF",
        "https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-actions.html",
    ),
    ("x-vercel-mitigated", frozenset({"challenge", "deny"}), "Vercel", _ANTIBOT),
)
"""Header, its values, whose gate it is, and the source."""


class Gate(NamedTuple):
    """A robot gate that shows in a page.

    Attributes:
        name: Whose it is.
        hint: Bytes that its page holds, in its scripts or elements; they count only where the page says little.
        source: Where that can be seen.
        most: Characters of prose that its page has at most: a widget that any form may hold counts only where there
            is next to nothing else.
    """

    name: str
    hint: bytes
    source: str
    most: int = 500


GATES = (
    Gate(
        "Cloudflare",
        b"_cf_chl_opt",
        "https://docs.rs/parse-book-source/0.5.0/parse_book_source/fetch/fn.is_challenge.html",
    ),
    Gate("Anubis", b'id="anubis_challenge"', _ANTIBOT),
    Gate("Anubis", b"/.within.website/x/cmd/anubis/", _ANTIBOT),
    Gate("AWS WAF", b"window.gokuProps", "https://github.com/germondai/trawl/pull/65"),
    Gate("Akamai", b'id="sec-if-cpt-container"', "https://github.com/germondai/trawl/pull/33"),
    Gate("DataDome", b"captcha-delivery.com", "https://github.com/campo1312/DataDome/issues/5"),
    Gate("PerimeterX", b'id="px-captcha"', "https://github.com/feder-cr/invisible_playwright/issues/28"),
    Gate("Imperva", b"/_Incapsula_Resource", "https://github.com/EnableSecurity/wafw00f, wafw00f/plugins/incapsula.py"),
    Gate("Alibaba Cloud", b"acw_sc__v2", "https://github.com/zaxtyson/LanZouCloud-API/pull/55"),
    Gate("Alibaba Cloud", b"x5secdata", _ANTIBOT),
    Gate("Tencent Cloud", b"TencentCaptcha", _ANTIBOT),
    Gate("ByteDance", b"TTGCaptcha", "https://github.com/xuyanhenry/fanqieqimao-novel-download/issues/1"),
    Gate("Jiasule", b"('_')+('_')+('j')+('s')+('l')", "https://juejin.cn/post/7386485874300977178"),
    Gate("Ruishu", b"$_ts.nsd", "https://github.com/pysunday/rs-reverse, README.md"),
    Gate("hCaptcha", b"hcaptcha.com/1/api.js", _ANTIBOT, 120),
    Gate("Turnstile", b"challenges.cloudflare.com/turnstile", _ANTIBOT, 120),
    Gate("Geetest", b"geetest.com", _ANTIBOT, 120),
)


class Parking(NamedTuple):
    """A service that shows advertisements, or a price, where a site was.

    Attributes:
        name: Whose it is.
        address: Host, or host and path, that the page loads a script, frame, style or picture from.
        source: Where that can be seen.
    """

    name: str
    address: str
    source: str


_IDENT = "https://github.com/intrigueio/intrigue-ident, checks/http/sedo.rb"
_AUDIT = "https://github.com/ijt/shinto, scripts/find_parked_domains.py"
_ORGANIZER = "https://github.com/cadeyrn/bookmarks-organizer/issues/130"

PARKING = (
    Parking("Sedo", "sedoparking.com", _IDENT),
    Parking("Sedo", "sedo.com/", _IDENT),
    Parking(
        "GoDaddy",
        "img1.wsimg.com/parking-lander/",
        "https://github.com/HTTPArchive/wappalyzer, src/technologies/g.json",
    ),
    Parking("Bodis", "bodis.com", "https://github.com/AdguardTeam/DeadDomainsLinter/issues/39"),
    Parking("ParkingCrew", "parkingcrew.net", _AUDIT),
    Parking("ParkLogic", "parklogic.com", _AUDIT),
    Parking("Team Internet", "d38psrni17bvxu.cloudfront.net", _AUDIT),
    Parking("HugeDomains", "hugedomains.com", _AUDIT),
    Parking("Afternic", "afternic.com", _ORGANIZER),
    Parking("Dan.com", "dan.com/", _ORGANIZER),
    Parking("Above.com", "above.com/", _AUDIT),
    Parking("DomainMarket", "domainmarket.com", _AUDIT),
    Parking(
        "CDNpark", "cdnpark.com", "https://github.com/arthuredelstein/https-upgrade-exceptions-lambda, analysis.mjs"
    ),
    Parking("West.cn", "www.west.cn/", UNSOURCED),
)

PARKING_HOSTS = frozenset(
    "www.hugedomains.com hugedomains.com sedo.com www.sedo.com dan.com www.dan.com www.afternic.com afternic.com"
    " expireddomains.com www.domainmarket.com www.bodis.com mi.aliyun.com wanwang.aliyun.com www.4.cn auction.ename.com"
    " www.juming.com www.namebright.com domain.west.cn".split()
)
"""Where an expired domain is redirected to be sold: https://github.com/jivoi/awesome-osint/pull/1126 has cases."""

FOR_SALE = (
    # https://github.com/jivoi/awesome-osint/pull/1126 and https://github.com/funilrys/PyFunceble/issues/255
    (
        r"(?:the )?(?:premium )?(?:domain(?: name)? )?[\w-]+(?:\.[a-z]{2,12}){1,2}"
        r"(?: is| may be| might be|[:,-]+)? (?:available )?(?:for sale|for purchase|parked)\b.{0,80}"
    ),
    (
        r"(?:.{1,60}[-–—:|] ?)?(?:this|the) (?:website|web site|domain|domain name|site|web address|premium domain)"
        r" (?:is|may be|might be|could be) (?:available )?(?:for sale|for purchase|parked)\b.{0,80}"
    ),
    r"(?:buy|get) this domain\b.{0,60}|(?:this |your |home - )?domain (?:name )?(?:has )?expired\b.{0,60}",
    r"(?:this )?domain (?:name )?(?:is )?parked\b.{0,80}|parked (?:domain|page)\b.{0,60}|hugedomains\.com.{0,80}",
    r"parked domain name on hostinger dns system|domain parking\b.{0,40}",
    # as Chinese registrars put it
    r".{0,60}(?:该|此|本|您访问的|当前)?域名(?:已经?|可以?|正在|即将)?(?:被)?(?:出售|转让|待售|过期|到期|停放|暂停解析).{0,40}",
)
"""What the title or first heading of a parked page says, in small letters."""
