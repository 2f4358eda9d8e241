"""The rendered site, as both builders make it and a reader finds it."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import lxml.html
import pytest
from markdown import Markdown

from pinakes.errors import PinakesError
from pinakes.site.maths import typeset
from pinakes.site.memory import Memory
from pinakes.site.page import html_block
from pinakes.site.render import render
from pinakes.site.texts import Formula
from pinakes.store.load import load_catalog

ROOTS = {"zh": "", "en": "en/"}


def text_of(element):
    return " ".join(element.text_content().split())


def entry(page, title):
    return next(item for item in page.xpath("//li[@data-entry]") if text_of(item[0]) == title)


@pytest.mark.parametrize("lang", ROOTS)
def test_every_entry_stands_under_its_topic(built, lang):
    for topic, key, title in built.entries():
        (item,) = built.html(f"{ROOTS[lang]}topics/{topic}").xpath(f"//li[@id='e-{key}']")
        assert item.get("data-entry") == key
        shown = text_of(item.xpath("*[contains(@class, 'pk-t')]")[0])
        assert shown == " ".join(title.split()) or (lang == "en" and shown == "Vanishing")


def test_titles_show_as_they_are_written(built, hostile_titles, serve_folder, new_page):
    page = new_page()
    page.goto(serve_folder(built.folder) + "topics/hostile/")
    assert page.locator(".pk-t").all_inner_texts() == list(hostile_titles)
    assert page.locator(".pk-f b:first-child").all_inner_texts() == list(hostile_titles)
    assert page.locator("h1").inner_text() == hostile_titles[0]
    assert page.title() == f"{hostile_titles[0]} · 书目 {{{{ 7 }}}}"
    assert f"{hostile_titles[2]} {hostile_titles[6]}" in page.locator(".pk-about").inner_text()
    # The one list, none of whose titles has closed it, is followed by the links to the neighbours.
    assert page.locator("main ol.pk-entries > li").count() == len(hostile_titles)
    assert page.locator("main script, main [onmouseover]").count() == 0


def test_addresses_are_kept_to_the_letter(built):
    links = built.html("topics/hostile").xpath("//a[contains(@class, 'pk-t')]/@href")
    assert links == [f'https://example.org/hostile/{place}?a="&b=<c>' for place in range(len(links))]


def test_only_the_web_is_linked_to(built):
    for address, page in built.pages.items():
        for link in page.xpath("//@href | //@src"):
            assert urlsplit(link).scheme in {"", "http", "https"}, f"{address}: {link}"
    unlinked = entry(built.html("topics/a"), "不能点的")
    assert not unlinked.xpath(".//a")
    assert "javascript:alert(4)" in text_of(unlinked)


def test_no_page_brings_anything_from_another_host(built):
    for address, page in built.pages.items():
        brought = page.xpath("//@src | //link[@rel='stylesheet' or @rel='icon' or @rel='preconnect']/@href")
        assert not [link for link in brought if urlsplit(link).netloc], address
        assert not page.xpath("//script[not(@src)]"), f"{address} has an inline script"


def test_every_link_inside_the_site_leads_somewhere(built):
    for address, page in built.pages.items():
        for link in page.xpath("//main//@href | //header//@href | //a/@href | //@src | //link/@href"):
            target = urlsplit(urljoin(f"https://site/{address}", link))
            if target.netloc != "site":
                continue
            file = built.folder / unquote(target.path).lstrip("/")
            file = file / "index.html" if target.path.endswith("/") else file
            assert file.is_file(), f"{address} links to {link}"
            if target.fragment and file.name == "index.html":
                ids = lxml.html.fromstring(file.read_bytes()).xpath("//@id")
                assert unquote(target.fragment) in ids, f"{address} links to {link}"


@pytest.mark.parametrize(
    ("path", "lang"), [("", "zh-Hans"), ("topics/a", "zh-Hans"), ("en", "en"), ("en/topics/a", "en")]
)
def test_pages_say_their_language(built, path, lang):
    assert built.html(path).get("lang") == lang


def test_a_missing_translation_falls_back_and_says_so(built):
    (heading,) = built.html("en/topics/c").xpath("//h1/span")
    assert (text_of(heading), heading.get("lang")) == ("只有中文", "zh-Hans")
    (about,) = built.html("en/topics/c").xpath("//*[contains(@class, 'pk-about')]")
    assert (text_of(about), about.get("lang")) == ("没有英文。", "zh-Hans")


def test_titles_carry_the_language_they_are_in(built):
    page = built.html("en/topics/a")
    assert entry(page, "第一篇")[0].get("lang") == "zh-Hans"
    assert entry(page, "An English piece")[0].get("lang") == "en"
    assert "Chinese" in text_of(entry(page, "第一篇"))
    assert "Chinese" not in text_of(entry(page, "An English piece"))


def test_an_entry_tells_its_facts(built):
    item = entry(built.html("topics/a"), "第一篇")
    assert item.get("data-state") == "alive"
    facts = [text_of(fact) for fact in item.xpath("div[contains(@class, 'pk-f')]/*")]
    assert facts == [
        "微信公众号",
        "甲、乙",
        "2020",
        "综述",
        "另见 知乎专栏",
        "另见 javascript:alert(3)",
        "SimCLR",
        "nobody",
    ]
    assert item.xpath(".//a[contains(@class, 'pk-chip')]/@href") == ["../../papers/simclr/"]
    assert "作用" in text_of(item.xpath("div[contains(@class, 'pk-note')]//strong")[0])


def test_hosts_are_named_in_the_readers_language(built):
    for path, names in (("topics/a", ["知乎", "博客园"]), ("en/topics/a", ["Zhihu", "cnblogs"])):
        shown = [text_of(fact) for fact in built.html(path).xpath("//div[contains(@class, 'pk-f')]/b[1]")]
        assert [name for name in names if name in shown] == names


def test_a_link_that_is_gone_says_since_when_and_where_a_copy_is(built):
    item = entry(built.html("topics/a"), "会消失的")
    assert item.get("data-state") == "gone"
    assert "已失效" in text_of(item)
    assert "2024-03-02 起" in text_of(item)
    (archived,) = item.xpath(".//a[@data-archived]")
    assert archived.get("href") == "https://web.archive.org/web/20220501120000/https://x.example/"
    assert "2022-05" in text_of(archived)


def test_topics_lead_to_their_neighbours(built):
    page = built.html("topics/a/b")
    assert page.xpath("//nav[contains(@class, 'pk-crumbs')]/a/@href") == ["../../../topics/", "../../../topics/a/"]
    assert page.xpath("//a[@rel='prev']/@href") == ["../../../topics/a/"]
    assert page.xpath("//a[@rel='next']/@href") == ["../../../topics/c/"]
    aside = text_of(page.xpath("//aside")[0])
    assert "总览 6" in aside
    assert "乙主题 1" in aside
    assert "先修只有中文" in aside
    assert "接着读乙主题" in text_of(built.html("topics/c").xpath("//aside")[0])


def test_the_home_page_shows_the_topic_tree_with_counts(built):
    for path, rows in (("", ["甲主题Topic A6", "乙主题Topic B1"]), ("en", ["Topic A甲主题6", "Topic B乙主题1"])):
        page = built.html(path)
        shown = [text_of(row) for row in page.xpath("//*[contains(@class, 'pk-row')]")]
        assert [row for row in shown if row in rows] == rows
    # Within a fenced block a marker is an example, not a marker.
    assert "<!-- pinakes: topics -->" in text_of(built.html("").xpath("//pre")[0])


def test_formulas_are_set_without_a_script(built):
    page = built.html("topics/a")
    assert page.xpath("//*[contains(@class, 'pk-about')]//*[@class='katex']//math")
    assert page.xpath("//link[contains(@href, 'katex.css')]")
    assert not built.html("topics/c").xpath("//link[contains(@href, 'katex.css')]")
    guide = built.html("guide/add")
    assert guide.xpath("//annotation")[0].text == "a_{1}*b*c"
    assert "$not$" in text_of(guide.xpath("//article//code")[0])


def test_a_formula_that_cannot_be_set_is_shown_as_written_and_reported(built):
    assert text_of(built.html("topics/a").xpath("//*[@class='pk-tex']")[0]) == "\\frac{1"
    (problem,) = [problem for problem in built.rendered.problems if "\\frac{1" in problem]
    assert "KaTeX" in problem


def test_texts_show_figures_and_link_only_to_what_there_is(built):
    for path, up in (("topics/a", "../../"), ("en/topics/a", "../../../")):
        (about,) = built.html(path).xpath("//*[contains(@class, 'pk-about')]")
        assert about.xpath(".//img/@src") == [f"{up}figures/two.svg"]
    assert "<b>不是粗体</b>" in text_of(built.html("topics/a").xpath("//*[contains(@class, 'pk-about')]")[0])
    assert [unescape(link) for link in about.xpath(".//a/@href")] == ["../../topics/a/b/", "https://example.org/x.png"]


def test_hand_written_pages_exist_in_the_languages_they_are_written_in(built):
    assert "Into the file" in text_of(built.html("en/guide/add"))
    assert (built.folder / "guide/only-zh/index.html").is_file()
    assert not (built.folder / "en/guide/only-zh").exists()
    assert not (built.folder / "hidden").exists()
    links = built.html("en/guide/add").xpath("//article//a[contains(@href, 'only-zh')]/@href")
    assert [unquote(link) for link in links] == ["../../../guide/only-zh/#节"]
    assert text_of(built.html("design").xpath("//article[@lang='en']/h1")[0]).startswith("Design")


def test_a_paper_has_a_page_with_its_explanations(built):
    page = built.html("papers/simclr")
    assert page.xpath("//*[@data-paper]/@data-paper") == ["simclr"]
    assert "T. Chen, G. Hinton" in text_of(page)
    assert "https://arxiv.org/abs/2002.05709" in page.xpath("//a/@href")
    assert [text_of(link) for link in page.xpath("//li[@data-entry]/a[1]")] == ["第一篇"]
    assert "../../papers/cpc/" in page.xpath("//aside//a/@href")
    assert "SimCLR 2020" in text_of(built.html("papers/cpc").xpath("//aside")[0])


def test_the_site_works_without_scripts_below_any_path(built, serve_folder, new_page):
    page = new_page(java_script_enabled=False)
    failures = []
    page.on("response", lambda answer: None if answer.ok else failures.append(answer.url))
    page.goto(serve_folder(built.folder, under="/some/where/"))
    page.click("text=甲主题 >> nth=0")
    page.click("article >> text=乙主题")
    assert page.locator("h1").inner_text().startswith("乙主题")
    page.click("a[hreflang=en]")
    assert page.locator("h1").inner_text().startswith("Topic B")
    assert page.url.endswith("/some/where/en/topics/a/b/")
    page.click("a[hreflang=zh]")
    assert page.url.endswith("/some/where/topics/a/b/")
    assert not failures


def test_no_page_logs_an_error(built, serve_folder, new_page):
    page = new_page()
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    base = serve_folder(built.folder)
    for address in ("", "topics/a/", "guide/add/", "papers/simclr/", "en/", "en/topics/hostile/", "404.html"):
        page.goto(base + address)
    assert not errors


def test_switching_to_a_language_that_a_page_is_not_in_leads_to_its_home(built):
    page = built.html("guide/only-zh")
    assert page.xpath("//header//a[@hreflang='en']/@href") == ["../../en/"]
    assert not page.xpath("//link[@rel='alternate']")
    assert built.html("guide/add").xpath("//header//a[@hreflang='en']/@href") == ["../../en/guide/add/"]


def test_lost_readers_are_led_to_the_topics(built):
    page = lxml.html.fromstring((built.folder / "404.html").read_bytes())
    assert text_of(page.xpath("//h1")[0]) == "没有这一页"
    assert "/topics/" in page.xpath("//article//a/@href")


def test_both_builders_show_the_same_words(mkdocs_site, built):
    assert built.pages.keys() == mkdocs_site.pages.keys()
    for address, page in built.pages.items():
        same = mkdocs_site.pages[address]
        assert text_of(page.xpath("//main")[0]) == text_of(same.xpath("//main")[0]), address


def test_rendering_again_writes_nothing(project, render_again):
    _, first = render_again(project)
    assert len(first.written) == first.total
    _, second = render_again(project)
    assert (second.written, second.removed, second.total) == ((), (), first.total)


def test_an_edited_entry_rewrites_only_its_pages(project, render_again):
    render_again(project)
    file = project.root / "catalog/topics/a/b.yml"
    file.write_text(file.read_text("utf-8").replace("乙的一篇", "乙的另一篇"), encoding="utf-8")
    _, changed = render_again(project)
    assert changed.written == ("docs/en/topics/a/b/index.md", "docs/topics/a/b/index.md")


def put_records(project, topic, *links):
    """Write the records of a topic: for each entry, in the file's order, what was concluded about its link."""
    entries = load_catalog(project).topics[topic].entries
    file = project.catalog / "records" / f"{topic}.jsonl"
    file.parent.mkdir(parents=True, exist_ok=True)
    pairs = zip(entries, links, strict=False)
    lines = [json.dumps({"id": entry.key, "url": entry.url, "link": link}) + "\n" for entry, link in pairs]
    file.write_text("".join(lines), encoding="utf-8")


def rendered(project, topic, lang="zh"):
    return lxml.html.fromstring((project.build / f"docs/{ROOTS[lang]}topics/{topic}/index.md").read_text("utf-8"))


SNAPSHOT = "https://web.archive.org/web/20210203040506/https://blog.example.org/b"


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({"state": "alive", "since": "2026-11-01"}, "可读 blog.example.org"),
        ({"state": "moved", "since": "2026-11-01", "moved_to": "https://new.example/"}, "已迁移 blog.example.org"),
        ({"state": "suspect", "since": "2026-11-01"}, "存疑 blog.example.org 2026-11-01 起"),
        ({"state": "gone", "since": "2026-11-01", "archived": SNAPSHOT}, "已失效 blog.example.org 2026-11-01 起 存档 2021-02 →"),
        ({"state": "unknown", "archived": SNAPSHOT}, "未知 blog.example.org 存档 2021-02 →"),
    ],
)  # fmt: skip
def test_what_was_concluded_of_a_link_stands_beside_it(project, render_again, link, said):
    put_records(project, "a/b", link)
    render_again(project)
    (item,) = rendered(project, "a/b").xpath("//li[@data-entry]")
    assert item.get("data-state") == link["state"]
    assert " ".join(text_of(part) for part in item.xpath("span | div/*")) == said
    assert item.xpath(".//a[@data-archived]/@href") == ([SNAPSHOT] if "archived" in link else [])


def test_what_a_curator_wrote_of_a_link_wins(project, render_again):
    put_records(project, "a", {"state": "gone", "since": "2026-11-01"}, {"state": "alive", "archived": SNAPSHOT})
    render_again(project)
    first, second, *others = rendered(project, "a").xpath("//li[@data-entry]")
    assert first.get("data-state") == "alive"
    assert "2026" not in text_of(first)
    assert second.get("data-state") == "gone"
    assert SNAPSHOT not in second.xpath(".//@href")
    assert [item.get("data-state") for item in others] == ["suspect", "unknown", "moved"]


def test_a_paper_shows_the_same_state(project, render_again):
    file = project.catalog / "topics/a/b.yml"
    file.write_text(
        file.read_text("utf-8").replace("title: 乙的一篇", "title: 乙的一篇, papers: [cpc]"), encoding="utf-8"
    )
    put_records(project, "a/b", {"state": "gone"})
    render_again(project)
    page = lxml.html.fromstring((project.build / "docs/papers/cpc/index.md").read_text("utf-8"))
    assert page.xpath("//li[@data-entry]/@data-state") == ["gone"]


def test_a_record_can_do_no_harm(project, render_again):
    bad = "javascript:alert(1)//<script>"
    put_records(project, "a/b", {"state": "gone", "since": "<script>", "moved_to": bad, "archived": bad})
    render_again(project)
    page = rendered(project, "a/b")
    assert not page.xpath("//script")
    assert not [link for link in page.xpath("//@href") if link.startswith("javascript:")]


def test_a_changed_record_rewrites_only_the_pages_that_show_it(project, render_again):
    put_records(project, "a/b", {"state": "alive"})
    catalog, _ = render_again(project)
    memory = Memory()
    render(project, catalog, memory)
    pages = ("docs/en/topics/a/b/index.md", "docs/topics/a/b/index.md")
    put_records(project, "a/b", {"state": "gone"})
    assert render(project, catalog, memory).written == pages
    (project.catalog / "records/a/b.jsonl").unlink()
    assert render(project, catalog, memory).written == pages
    assert render(project, catalog).written == ()


def test_a_broken_record_is_told_with_its_place(project, render_again):
    render_again(project)
    put_records(project, "a", {"state": "alive"})
    with (project.catalog / "records/a.jsonl").open("a") as file:
        file.write("<<<<<<< HEAD\n")
    with pytest.raises(PinakesError, match=r"^catalog/records/a\.jsonl:2:1: a merge conflict"):
        render(project, load_catalog(project))


def test_a_topic_that_is_gone_takes_its_pages_with_it(project, render_again):
    render_again(project)
    (project.root / "catalog/topics/hostile.yml").unlink()
    (project.build / "docs/stray.md").write_text("stray", encoding="utf-8")
    _, changed = render_again(project)
    assert changed.removed == ("docs/en/topics/hostile/index.md", "docs/stray.md", "docs/topics/hostile/index.md")
    assert not (project.build / "docs/topics/hostile").exists()


def test_what_is_remembered_between_renderings_is_never_stale(project, render_again):
    catalog, _ = render_again(project)
    memory = Memory()
    render(project, catalog, memory)
    for old, new in (
        ("第一篇", "头一篇"),
        ("papers: [simclr, nobody]", "papers: [cpc]"),
        ("state: moved", "state: gone"),
    ):
        file = project.root / "catalog/topics/a.yml"
        file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
        render(project, load_catalog(project), memory)
    (project.root / "catalog/papers/cpc.yml").unlink()
    render(project, load_catalog(project), memory)
    assert render(project, load_catalog(project)).written == ()


def test_formulas_are_set_once(tmp_path):
    cache = tmp_path / "maths.json"
    formula = Formula("x^2", display=False)
    first = typeset([formula, formula], cache)
    stamp = cache.stat().st_mtime_ns
    assert typeset([formula], cache) == first
    assert cache.stat().st_mtime_ns == stamp
    cache.write_text("{broken", encoding="utf-8")
    assert typeset([formula], cache) == first


def test_without_formulas_nothing_is_run(tmp_path):
    assert typeset([], tmp_path / "maths.json").html == {}
    assert not (tmp_path / "maths.json").exists()


def test_finished_html_comes_through_markdown_as_it_was():
    html = '<div class="x">a * b * c | _d_<pre>\n  two\n\nlines</pre></div>'
    through = Markdown(extensions=["pinakes.site.passthrough", "tables"]).convert(f"# T\n\n{html_block(html)}\n\ntext")
    assert through == f"<h1>T</h1>\n{html}\n<p>text</p>"
    without = Markdown(extensions=["tables"]).convert(f"# T\n\n{html_block(html)}\n\ntext")
    assert re.sub(r"<!--.*?-->|\s+", "", without) == re.sub(r"\s+", "", through)


def test_control_characters_do_not_reach_the_page():
    assert "\x00" not in html_block("a\x00b\x02c")
    assert "abc" in html_block("a\x00b\x02c")


def test_a_project_without_hand_written_pages_has_a_home_page(make_project):
    topic = "title: {de: Thema, en: Topic}\nentries:\n  - {title: Ein Text, url: https://example.org/, lang: de}\n"
    config = "name: Verzeichnis\nabout: Ein *Verzeichnis*.\nlanguages: [de, en]\n"
    project = make_project({"catalog/config.yml": config, "catalog/topics/t.yml": topic})
    assert render(project, load_catalog(project)).problems == ()
    home = (project.build / "docs/index.md").read_text("utf-8")
    assert "<em>Verzeichnis</em>" in home
    assert '<a href="topics/t/" lang="de">Thema</a>' in home
    assert (project.build / "docs/en/index.md").is_file()
    # An interface in a language that the program does not speak is in English.
    assert "<h2>Topics</h2>" in home


def test_the_navigation_speaks_the_readers_language(built):
    names = {
        path: [text_of(link) for link in built.html(path).xpath("//header//nav/a")]
        for path in ("guide/add", "en/guide/add")
    }
    assert names == {
        "guide/add": ["主题", "论文", "指南", "设计"],
        "en/guide/add": ["Topics", "Papers", "Guide", "Design"],
    }
    (current,) = built.html("en/guide/add").xpath("//aside//a[@aria-current='page']")
    assert text_of(current) == "Add"
    assert [text_of(link) for link in built.html("guide/add").xpath("//header//a[@aria-current]")] == ["指南"]


def test_pages_that_cannot_be_read_are_named(make_project):
    for name, content, message in (
        ("docs/a.md", b"---\ntitle: [\n---\n", "front matter is not YAML"),
        ("docs/b.md", b"---\n- a\n---\n", "front matter is not a mapping"),
        ("docs/c.md", b"# \xff\n", "not UTF-8"),
    ):
        project = make_project({name: content}, name=name[5])
        with pytest.raises(PinakesError, match=message) as caught:
            render(project, load_catalog(project))
        assert caught.value.place == name


def test_nothing_outside_of_docs_is_published(make_project, tmp_path):
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    project = make_project({"docs/index.md": "# Home\n", "docs/.env": "secret"})
    (project.docs / "leak.txt").symlink_to(tmp_path / "secret.txt")
    render(project, load_catalog(project))
    published = [file.read_text("utf-8", "replace") for file in project.build.rglob("*") if file.is_file()]
    assert not [text for text in published if "secret" in text]


def test_large_topics_list_only_their_neighbours_beside_them(make_project):
    topics = {
        f"catalog/topics/t{n:03}.yml": f"title: T{n}\nentries:\n  - {{title: E, url: https://example.org/{n}}}\n"
        for n in range(60)
    }
    project = make_project(topics)
    render(project, load_catalog(project))
    aside = (project.build / "docs/topics/t030/index.md").read_text("utf-8").partition("<aside")[2]
    assert aside.count("<li>") == 13
    assert "aria-current=page>T30</a>" in aside
    assert "全部 60 个" in aside
