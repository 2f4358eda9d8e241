"""Pages of known hosts and of any: what is alive, what is gone, and what only refuses us."""

from __future__ import annotations

import csv
from html import escape
from pathlib import Path

import pytest

from pinakes.fetch.observation import Failure, Hop, Observation
from pinakes.links.classify import classify, enough_for, fragment_is_missing, has_changed, wants_probe
from pinakes.links.hosts import SITES
from pinakes.links.hosts.gates import GATES, PARKING
from pinakes.links.page import Page
from pinakes.links.verdict import GONE, GOOD

PAGES = Path(__file__).parent.parent / "data" / "pages"
with (PAGES / "verdicts.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t"))


def seen(url="https://blog.example.org/posts/contrast", *, status=200, body=b"", final_url="", **other):
    other.setdefault("headers", {"content-type": "text/html; charset=utf-8"})
    return Observation(url=url, at=0.0, final_url=final_url or url, status=status, body=body, **other)


def seen_row(row):
    final = row["final_url"]
    hops = (Hop(row["url"], 302, final),) if final else ()
    headers = {"content-type": row["content_type"] or "text/html; charset=utf-8"}
    body = (PAGES / row["file"]).read_bytes()
    return seen(row["url"], status=int(row["status"]), body=body, final_url=final, hops=hops, headers=headers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_a_page_gets_its_verdict(row):
    found = classify(seen_row(row))
    assert found.verdict == row["verdict"], found
    assert row["rule"] in found.rule
    assert found.reason
    assert not found.reason.endswith(".")


def test_the_pages_hold_what_was_aimed_at():
    """No living or blocked page is called gone, and all deleted ones are found."""
    assert len(ROWS) >= 180
    called_gone = {row["file"] for row in ROWS if classify(seen_row(row)).verdict in GONE}
    assert called_gone == {row["file"] for row in ROWS if row["verdict"] in GONE}


EXPECTED = (
    dict.fromkeys((401, 402, 403, 405, 406, 407, 418, 421, 423, 425, 426, 428, 429, 431, 451, *range(494, 500), 999, 202), "blocked")
    | dict.fromkeys((404, 410), "gone")
    | {408: "unreachable", 304: "ok"}
)  # fmt: skip


@pytest.mark.parametrize("status", range(100, 1000))
def test_every_status_has_a_verdict(status):
    expected = EXPECTED.get(status, "ok" if 200 <= status < 300 else "error")
    assert classify(seen(status=status, body=b"<html><body><p>A few words</p></body></html>")).verdict == expected
    assert classify(seen(status=status, body=b"", headers={})).verdict == expected


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("refused", "refused"), ("paused", "refused"), ("dns", "unreachable"), ("connect", "unreachable"), ("tls", "unreachable"),
        ("timeout", "unreachable"), ("reset", "unreachable"), ("broken", "error"), ("redirects", "error"),
    ],
)  # fmt: skip
def test_a_failure_says_why_in_its_own_words(kind, verdict):
    found = classify(seen(status=None, failure=Failure(kind, "the certificate expired on 2026-01-02")))
    assert (found.verdict, found.reason) == (verdict, "the certificate expired on 2026-01-02")


@pytest.mark.parametrize("header", [{"cf-mitigated": "challenge"}, {"x-amzn-waf-action": "captcha"}])
@pytest.mark.parametrize("status", [200, 403, 404, 503])
def test_a_gate_that_names_itself_is_believed(header, status):
    assert classify(seen(status=status, headers={"content-type": "text/html", **header})).verdict == "blocked"


POST = "https://blog.example.org/2020/04/contrast.html"


@pytest.mark.parametrize(
    ("url", "final", "statuses", "verdict"),
    [
        ("http://example.org/a", "https://example.org/a", (301,), "ok"),
        ("http://example.org/a", "https://www.example.org/a/", (301, 301), "ok"),
        ("https://example.org/a?utm_source=x", "https://example.org/a", (301,), "ok"),
        ("https://m.zhihu.com/question/1", "https://www.zhihu.com/question/1", (301,), "ok"),
        (POST, "https://new.example.com/2020/04/contrast.html", (301,), "moved"),
        (POST, "https://new.example.com/2020/04/contrast.html", (308, 301), "moved"),
        (POST, "https://new.example.com/2020/04/contrast.html", (302,), "ok"),
        (POST, "https://new.example.com/2020/04/contrast.html", (301, 307), "ok"),
        ("https://github.com/old/name", "https://github.com/new/name", (301,), "moved"),
        ("http://old.example.net/", "https://new.example.com/", (301,), "moved"),
        (POST, "https://blog.example.org/", (302,), "soft_gone"),
        (POST, "https://blog.example.org/", (301,), "soft_gone"),
        (POST, "https://www.example.org/index.html", (302,), "soft_gone"),
        (POST, "https://m.example.org/", (302,), "soft_gone"),
        ("https://example.org/zh-CN/posts/1", "https://example.org/zh-CN/", (302,), "soft_gone"),
        (POST, "https://example.org/zh-CN/", (302,), "ok"),
        (POST, "https://example.org/?utm_source=404", (302,), "soft_gone"),
        ("https://example.org/?p=12", "https://example.org/", (301,), "soft_gone"),
        ("https://a.example.com.cn/x/1.html", "https://www.example.com.cn/", (302,), "soft_gone"),
        (POST, "https://elsewhere.example.com/", (301,), "ok"),
        ("https://a.com.cn/x/1", "https://b.com.cn/", (302,), "ok"),
        ("https://example.org/archives/12", "https://example.org/?p=12", (302,), "ok"),
        ("https://example.org/zh", "https://example.org/zh/", (301,), "ok"),
        ("https://example.org/", "https://example.org/en/", (302,), "ok"),
        (POST, "https://blog.example.org/404.html", (302,), "soft_gone"),
        (POST, "https://blog.example.org/404", (301,), "soft_gone"),
        (POST, "https://blog.example.org/error/not-found.aspx", (302,), "soft_gone"),
        (POST, "https://blog.example.org/Error.html?aspxerrorpath=/x", (302,), "soft_gone"),
        ("https://example.org/http/404", "https://example.org/wiki/http/404", (302,), "ok"),
        (POST, "https://blog.example.org/what-error-404-means", (302,), "ok"),
        (POST, "https://blog.example.org/login?next=/2020", (302,), "blocked"),
        (POST, "https://passport.example.com/sso?x=1", (302, 302), "blocked"),
        (POST, "https://blog.example.org/wp-login.php?redirect_to=x", (302,), "blocked"),
        (POST, "https://accounts.example.org/v3/identifier", (302,), "blocked"),
        (POST, "https://consent.example.org/m?continue=x", (302,), "blocked"),
        ("https://example.org/challenges/imagenet", "https://example.org/challenge/imagenet", (301,), "moved"),
        ("https://example.org/guide/identity", "https://example.org/docs/auth/identity", (301,), "moved"),
        ("https://example.org/oauth/guide", "https://example.org/docs/oauth/guide", (302,), "ok"),
        (POST, "https://www.hugedomains.com/domain_profile.cfm?d=example.org", (302,), "soft_gone"),
    ],
)  # fmt: skip
def test_where_the_redirects_ended(url, final, statuses, verdict):
    stops = [url, *(f"https://stop.example.org/{n}" for n in range(1, len(statuses))), final]
    hops = tuple(Hop(a, status, b) for a, status, b in zip(stops, statuses, stops[1:], strict=False))
    body = (
        b"<html><head><title>A page</title></head><body>"
        + b"<p>Some words that are there.</p>" * 40
        + b"</body></html>"
    )
    found = classify(seen(url, final_url=final, hops=hops, body=body))
    assert found.verdict == verdict, found
    if verdict == "moved":
        assert final in found.reason


QUOTED = [row for row in ROWS if row["verdict"] in GONE and row["file"].endswith(".html")]
LIVING = {
    "https://blog.example.org/posts/quotes": '<html><head><meta charset="utf-8"><title>{title}</title></head><body><article>{body}</article></body></html>',
    "https://mp.weixin.qq.com/s/quotes": '<html><head><title></title></head><body id="activity-detail"><div id="js_article"><div id="js_content">{body}</div></div></body></html>',
    "https://zhuanlan.zhihu.com/p/1": '<html><head><title>{title}</title></head><body><h1 class="Post-Title">{title}</h1><div class="Post-RichTextContainer">{body}</div></body></html>',
    "https://www.cnblogs.com/x/p/1.html": '<html><head><title>{title}</title></head><body><div id="cnblogs_post_body">{body}</div></body></html>',
    "https://blog.csdn.net/x/article/details/1": '<html><head><title>{title}</title></head><body><div id="content_views">{body}</div></body></html>',
}


def deleted_text(row):
    page = Page(seen_row(row))
    return page.text or "该内容已被发布者删除", page.body.decode()[:20_000]


@pytest.mark.parametrize("url", LIVING)
@pytest.mark.parametrize("row", QUOTED, ids=lambda row: row["file"])
def test_an_article_that_quotes_a_deleted_page_is_alive(row, url):
    """In its text, in an example of code, in a comment and in a script: only the place makes a message."""
    said, source = deleted_text(row)
    filler = "".join(f"<p>这一段讨论第 {n} 种提示语的由来，以及读者看到它时应当怎么办。</p>" for n in range(20))
    body = (
        f"<h2>它是这样写的</h2><p>{escape(said)}</p><pre><code>{escape(source)}</code></pre>{filler}"
        f"<!-- {source.replace('--', '')} --><script>var quoted = {escape(repr(said))};</script>"
    )
    text = LIVING[url].format(title=f"读者问：{escape(said[:30])}是什么意思", body=body)
    assert classify(seen(url, body=text.encode())).verdict == "ok"


def pair(name, page_url="https://example.org/papers/contrast.html"):
    folder = PAGES / "probe"
    probe_url = "https://example.org/papers/qwertyuiopasdfghjklzxcvbn"
    probe = (folder / f"{name}.probe.html").read_bytes().replace(b"PROBE", b"qwertyuiopasdfghjklzxcvbn")
    return seen(page_url, body=(folder / f"{name}.page.html").read_bytes()), seen(probe_url, body=probe)


PAIRS = {
    "same-error-page": "soft_gone",
    "error-page-repeating-the-address": "soft_gone",
    "says-missing": "soft_gone",
    "home-page-for-all": "soft_gone",
    "two-articles": "ok",
    "two-articles-zh": "ok",
    "article-same-title": "ok",
    "short-article": "ok",
    "app-shell": "blocked",
    "app-shell-with-menus": "blocked",
    "app-shell-with-title": "ok",
    "login-for-all": "blocked",
}


@pytest.mark.parametrize(("name", "verdict"), PAIRS.items())
def test_the_probe_settles_what_the_page_leaves_open(name, verdict):
    page, probe = pair(name)
    assert classify(page).verdict == "ok"
    assert wants_probe(page, classify(page))
    assert classify(page, probe).verdict == verdict


def test_a_host_that_says_404_is_trusted():
    page, _ = pair("same-error-page")
    for probe in (
        seen(status=404, body=page.body),
        seen(status=None, failure=Failure("timeout", "nothing came")),
        seen(status=503),
    ):
        assert classify(page, probe).verdict == "ok"


@pytest.mark.parametrize(("status", "verdict"), [(301, "soft_gone"), (302, "blocked")])
def test_a_page_that_leads_where_any_address_leads_is_no_article(status, verdict):
    there = "https://example.org/welcome"
    page, probe = (
        seen(url, final_url=there, hops=(Hop(url, status, there),), body=f"<p>Welcome, {name}</p>".encode())
        for name, url in {
            "one": "https://example.org/papers/contrast.html",
            "other": "https://example.org/papers/qwerty",
        }.items()
    )
    assert classify(page).verdict in GOOD
    assert classify(page, probe).verdict == verdict


def test_a_probe_is_wanted_only_where_it_would_tell():
    article = seen(body=b"<html><title>A page</title><p>words</p></html>")
    pdf = seen(headers={"content-type": "application/pdf"}, body=b"%PDF")
    home = seen("https://example.org/", body=article.body)
    missing = seen(status=404, body=article.body)
    known = seen_row(next(row for row in ROWS if row["file"] == "mp.weixin.qq.com/alive.html"))
    wanted = [wants_probe(observation, classify(observation)) for observation in (article, pdf, home, missing, known)]
    assert wanted == [True, False, False, False, False]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["file"])
def test_reading_may_stop_only_at_what_a_living_page_holds(row):
    observation = seen_row(row)
    held = [marker for marker in enough_for(row["url"]) if marker in observation.body]
    if classify(observation).verdict not in GOOD:
        # a script's template may hold it all the same: then the page is read no further, and still not called alive
        assert not held or row["file"].endswith("with-script-template.html")
    for marker in held:
        end = observation.body.index(marker) + len(marker)
        cut = seen(row["url"], body=observation.body[:end], is_whole=False)
        assert classify(cut).verdict in GOOD or row["verdict"] not in GOOD


def test_a_long_article_of_wechat_needs_no_more_than_its_beginning():
    assert b'id="js_content"' in enough_for("https://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA")
    assert enough_for("https://blog.example.org/posts/contrast") == ()


@pytest.mark.parametrize(
    ("before", "now", "changed"),
    [
        (
            "图解SimCLR框架，用对比学习得到一个好的视觉预训练模型",
            "图解 SimCLR 框架：用对比学习得到好的视觉预训练模型！",
            False,
        ),
        ("对比学习综述", "对比学习综述 - 某某的博客", False),
        ("对比学习综述", "澳门新葡京官方网站", True),
        ("The Illustrated Transformer", "The Best Online Casino", True),
        ("The Illustrated Transformer", "Illustrated transformer — Jay's blog", False),
        ("对比学习综述", "", False),
        ("", "对比学习综述", False),
        ("！！！", "对比学习综述", False),
        ("ＳｉｍＣＬＲ", "simclr", False),
        ("BYOL", "MoCo", True),
    ],
)
def test_a_title_has_changed_when_nothing_of_it_is_left(before, now, changed):
    assert has_changed(before, now) is changed


@pytest.mark.parametrize(
    ("fragment", "missing"),
    [
        ("method", False), ("results", True), ("%E6%96%B9%E6%B3%95", False), ("方法", False), ("结果", True), ("old-name", False),
        ("readme", False), ("", False), ("top", False), ("TOP", False), (":~:text=loss", False), ("method:~:text=loss", False),
        ("/app/route", False), ("!page", False), ("tab=2", False), ("wechat_redirect", False), ("L10", False), ("L10-L20", False), ("in-a-comment", True),
    ],
)  # fmt: skip
def test_a_fragment_is_missing_where_the_page_has_others(fragment, missing):
    body = (
        '<html><body><h2 id="method">Method</h2><h2 id="方法">方法</h2><a name="old-name"></a>'
        '<h1 id="user-content-readme">Read me</h1><!-- <p id="in-a-comment"> --></body></html>'
    )
    assert fragment_is_missing(seen(body=body.encode()), fragment) is missing


@pytest.mark.parametrize(
    "observation",
    [
        seen(body=b"<html><body><h2>no ids here</h2></body></html>"),
        seen(body=b'<html><body><div id="app"></div></body></html>'),
        seen(body=b'<html><body><h2 id="a">cut off', is_whole=False),
        seen(body=b'{"id": "a"}', headers={"content-type": "application/json"}),
        seen(status=404, body=b'<h2 id="a">'),
        seen(),
    ],
)
def test_of_other_pages_nothing_can_be_said_about_fragments(observation):
    assert not fragment_is_missing(observation, "results")


def test_every_marker_has_a_source():
    sources = [rule.source for site in SITES for rule in site.rules] + [gate.source for gate in (*GATES, *PARKING)]
    assert all(
        source.startswith("https://") or source == "seen on the site; no public source found" for source in sources
    )


def test_no_rule_can_hold_for_every_page():
    empty = seen(body=b"<html><body></body></html>")
    for site in SITES:
        observation = seen(f"https://{site.hosts[0]}/some/article", body=empty.body)
        assert classify(observation).rule == "status", site.name
