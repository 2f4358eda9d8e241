"""How pages look and behave on a phone, a tablet and a desk, in the light and in the dark, and on paper."""

from __future__ import annotations

from itertools import pairwise

import pytest

KINDS = ("", "topics/", "topics/a/", "topics/hostile/", "papers/simclr/", "guide/add/", "design/", "404.html")
SIZES = {"smallest": (320, 640), "phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}
"""Width and height in CSS pixels; at 320 text must still reflow (WCAG 2.2, 1.4.10)."""

FINGER = 44
"""How high and wide in CSS pixels is what a finger hits without care (WCAG 2.2, 2.5.5)."""

TWENTY = "title: {zh: 二十篇, en: Twenty}\nentries:\n" + "".join(
    f"  - {{title: 第 {place} 篇讲对比学习的文章, url: https://mp.weixin.qq.com/s/{place}, kind: survey, "
    f"authors: [作者], published: 2021, link: {{state: {state}}}}}\n"
    for place, state in enumerate(("alive", "moved", "suspect", "gone") * 5)
)

# The address that a touch at a point of an element would open: `[element, x, y]`, the point in parts of its box.
TOUCHED = """([element, x, y]) => {
  element.scrollIntoView({ block: "center" });
  const box = element.getBoundingClientRect();
  return document.elementFromPoint(box.x + x * box.width, box.y + y * box.height).closest("a")?.href;
}"""

# Every text that is shown, with the contrast (WCAG 2.2, 1.4.3) between its colour and what lies behind it.
CONTRASTS = """() => {
  const rgb = (colour) => {
    const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => c / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour[3] > 250) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true })) continue;
    const [a, b] = [light(rgb(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    found.push([walker.currentNode.data.trim().slice(0, 40), (a + 0.05) / (b + 0.05)]);
  }
  return found;
}"""

# For each entry of a list: how far its state ends from the list's edge, and how far it begins from the text beside it.
EDGES = """() => {
  const box = (element) => element.getBoundingClientRect();
  const edge = box(document.querySelector(".pk-entries")).right;
  return [...document.querySelectorAll("[data-entry]")].map((entry) => {
    const state = box(entry.querySelector(".pk-s"));
    const beside = [...entry.querySelectorAll(".pk-t, .pk-f")].map(box)
      .filter((part) => part.top < state.bottom && state.top < part.bottom);
    return [edge - state.right, state.left - Math.max(...beside.map((part) => part.right))];
  });
}"""


@pytest.fixture
def open_at(mkdocs_site, serve_folder, new_page):
    """Open a page of the small catalogue's site in a window of some kind."""
    base = serve_folder(mkdocs_site.folder)

    def open_page(path, size="desk", **options):
        width, height = SIZES[size]
        page = new_page(viewport={"width": width, "height": height}, **options)
        page.goto(base + path)
        return page

    return open_page


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_window(open_at, size):
    page = open_at("", size)
    base = page.url
    for kind in KINDS:
        for lang in ("", "en/") if kind not in {"404.html", "design/"} else ("",):
            page.goto(base + lang + kind)
            assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0], lang + kind


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_text_can_be_read(open_at, scheme):
    page = open_at("", color_scheme=scheme)
    base = page.url
    for kind in KINDS:
        page.goto(base + kind)
        pale = [(text, round(ratio, 2)) for text, ratio in page.evaluate(CONTRASTS) if ratio < 4.5]
        assert not pale, kind


def test_headings_go_down_by_one_and_every_page_has_one_title(mkdocs_site):
    for address, page in mkdocs_site.pages.items():
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels.count(1) == 1, address
        assert levels[0] == 1, address
        assert all(below <= above + 1 for above, below in pairwise(levels)), address


def test_landmarks_and_ids(mkdocs_site):
    for address, page in mkdocs_site.pages.items():
        assert len(page.xpath("//header")) == len(page.xpath("//main")) == len(page.xpath("//footer")) == 1, address
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), address
        assert not page.xpath("//img[not(@alt)]"), address
        named = page.xpath("//nav")
        assert all(nav.get("aria-label") or nav.get("aria-labelledby") in ids for nav in named), address


def test_dark_follows_the_system_until_the_reader_turns_it(open_at):
    page = open_at("topics/a/", color_scheme="dark")
    background = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(background)
    page.click(".pk-theme")
    light = page.evaluate(background)
    assert light != dark
    page.click("article >> text=乙主题")
    page.wait_for_url("**/topics/a/b/")
    assert page.evaluate(background) == light
    page.click(".pk-theme")
    assert page.evaluate(background) == dark
    page.emulate_media(color_scheme="light")
    assert page.evaluate(background) == light


def test_without_scripts_dark_still_follows_the_system(open_at):
    colours = {
        scheme: open_at("topics/a/", color_scheme=scheme, java_script_enabled=False).locator("body").screenshot()
        for scheme in ("light", "dark")
    }
    assert colours["light"] != colours["dark"]
    assert not open_at("topics/a/", java_script_enabled=False).locator(".pk-theme").is_visible()


def test_the_first_tab_offers_to_skip_to_the_content(open_at):
    page = open_at("topics/a/")
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "跳到正文"
    assert skip.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_can_be_seen(open_at):
    page = open_at("topics/a/")
    page.locator(".pk-t").first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_local_navigation_stands_beside_the_text_or_below_it(open_at):
    desk = open_at("topics/a/")
    assert desk.locator("aside").bounding_box()["x"] > desk.locator("article").bounding_box()["x"] + 400
    phone = open_at("topics/a/", "phone")
    article = phone.locator("article").bounding_box()
    assert phone.locator("aside").bounding_box()["y"] >= article["y"] + article["height"]


def test_a_topic_of_twenty_fits_a_screen(make_project, cli, serve_folder, new_page):
    project = make_project({"catalog/config.yml": "languages: [zh, en]\n", "catalog/topics/twenty.yml": TWENTY})
    assert cli("build", cwd=project.root).returncode == 0
    base = serve_folder(project.build / "site")
    page = new_page(viewport={"width": 1440, "height": 900})
    for lang in ("", "en/"):
        page.goto(f"{base}{lang}topics/twenty/")
        last = page.locator("[data-entry]").nth(19).bounding_box()
        assert last["y"] + last["height"] <= 900, lang


def test_facts_stand_beside_a_short_title_and_below_a_long_one(open_at):
    def facts_below_title(page, title):
        entry = page.locator("[data-entry]", has_text=title)
        above, below = (entry.locator(part).bounding_box() for part in (".pk-t", ".pk-f"))
        return below["y"] >= above["y"] + above["height"] - 1

    desk = open_at("topics/a/")
    assert not facts_below_title(desk, "An English piece")
    assert facts_below_title(open_at("topics/a/", "phone"), "An English piece")
    desk.locator(".pk-t", has_text="An English piece").evaluate("title => (title.textContent = '长'.repeat(60))")
    assert facts_below_title(desk, "长长")


@pytest.mark.parametrize("size", SIZES)
def test_states_stand_at_the_edge_clear_of_the_text(open_at, size):
    page = open_at("", size)
    base = page.url
    for path in ("topics/hostile/", "en/topics/hostile/", "en/topics/a/"):
        page.goto(base + path)
        for from_edge, from_text in page.evaluate(EDGES):
            assert abs(from_edge) <= 1, path
            assert from_text >= 10, path


def test_fingers_find_every_link_around_the_text(open_at):
    page = open_at("topics/a/", "phone", has_touch=True, is_mobile=True)
    base = page.url.removesuffix("topics/a/")
    for path in ("topics/a/", "en/topics/a/b/", "guide/add/"):
        page.goto(base + path)
        around = page.locator(":is(header, footer, aside, nav) :is(a, button):visible")
        boxes = {link.inner_text(): link.bounding_box() for link in around.all()}
        assert len(boxes) >= 5
        assert {name: box["height"] for name, box in boxes.items() if box["height"] < FINGER} == {}


def test_an_entry_opens_wherever_it_is_touched_but_on_its_other_links(open_at):
    page = open_at("topics/a/", "phone", has_touch=True, is_mobile=True)
    entry = page.locator("[data-entry]", has_text="第一篇")
    assert entry.bounding_box()["height"] >= FINGER
    for x, y in ((0.01, 0.02), (0.99, 0.02), (0.5, 0.98)):
        assert page.evaluate(TOUCHED, [entry.element_handle(), x, y]) == "https://mp.weixin.qq.com/s/first"
    for name, target in (("SimCLR", "/papers/simclr/"), ("另见 知乎专栏", "https://zhuanlan.zhihu.com/p/1")):
        link = entry.get_by_role("link", name=name).element_handle()
        for y in (-0.4, 0.5, 1.4):
            assert page.evaluate(TOUCHED, [link, 0.5, y]).endswith(target), name


def test_a_phone_folds_the_headings_of_a_long_page_below_its_title(open_at):
    phone = open_at("guide/add/", "phone")
    assert not phone.locator(".pk-toc").is_visible()
    phone.click(".pk-toc-small > summary")
    phone.click(".pk-toc-small >> text=写进文件")
    assert "#" in phone.url
    desk = open_at("guide/add/")
    assert desk.locator(".pk-toc").is_visible()
    assert not desk.locator(".pk-toc-small").is_visible()


def test_lines_are_of_a_length_that_reads_well(open_at):
    for path, most in (("topics/a/", 43), ("en/guide/add/", 39), ("design/", 39)):
        page = open_at(path)
        paragraph = page.locator(".md-typeset > p").first
        size = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.md-typeset > p')).fontSize)")
        assert paragraph.bounding_box()["width"] / size <= most


def test_a_link_into_a_list_marks_its_entry(open_at):
    page = open_at("topics/a/")
    key = page.locator("[data-entry]").nth(2).get_attribute("data-entry")
    page.goto(f"{page.url}#e-{key}")
    plain, marked = (
        page.evaluate(f"getComputedStyle(document.querySelector('{query}')).backgroundColor")
        for query in ("[data-entry]", f"#e-{key}")
    )
    assert marked != plain


def test_on_paper_addresses_are_written_out_and_navigation_is_left_out(open_at):
    page = open_at("topics/a/")
    page.emulate_media(media="print")
    assert "mp.weixin.qq.com/s/first" in page.evaluate(
        "getComputedStyle(document.querySelector('.pk-t'), '::after').content"
    )
    assert not page.locator("aside").is_visible()
    assert not page.locator("header nav").is_visible()


def test_code_can_be_copied(open_at):
    page = open_at("guide/add/", permissions=["clipboard-read", "clipboard-write"])
    page.hover("pre")
    page.click("pre >> text=复制")
    page.wait_for_selector("text=已复制")
    assert page.evaluate("navigator.clipboard.readText()").startswith("title: 甲")


def test_pages_hold_still_while_they_load(open_at):
    page = open_at("topics/a/")
    page.wait_for_load_state("networkidle")
    shift = page.evaluate(
        """() => new Promise((resolve) => {
          let total = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => (total += entry.value)))
            .observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(total), 200);
        })"""
    )
    assert shift < 0.02


def test_the_keyboard_reaches_what_scrolls_sideways(open_at):
    page = open_at("guide/add/", "phone")
    page.wait_for_function("document.querySelector('pre > code').tabIndex === 0")
    page.locator("pre > code").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.querySelector('pre > code').scrollLeft > 0")
