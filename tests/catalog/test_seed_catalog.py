"""The repository's own catalogue: everything that its first source listed, introduced in two languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pinakes.model import Catalog, Topic
from pinakes.project import Project
from pinakes.site.maths import typeset
from pinakes.site.texts import formulas_in
from pinakes.store.load import load_catalog
from pinakes.text import guess_lang

REPOSITORY = Path(__file__).resolve().parents[2]
SEED: dict[str, list[tuple[str, str]]] = {
    topic: [(url, title) for url, title in pairs]
    for topic, pairs in json.loads((REPOSITORY / "tests/data/seed.json").read_text("utf-8")).items()
}
FIGURES = sorted((REPOSITORY / "docs/figures").glob("*.svg"))
SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("zh", "en")


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return load_catalog(Project(REPOSITORY))


@pytest.fixture(params=SEED)
def topic(catalog: Catalog, request: pytest.FixtureRequest) -> Topic:
    return catalog.topics[request.param]


def test_the_source_had_85_articles() -> None:
    assert sum(map(len, SEED.values())) == 85


def test_each_article_stands_in_its_topic_with_its_title_and_in_its_order(topic: Topic) -> None:
    assert [(entry.url, entry.title) for entry in topic.entries] == SEED[topic.path]


def test_titles_are_marked_as_the_language_that_they_are_in(catalog: Catalog) -> None:
    entries = catalog.entries()
    assert {entry.lang or guess_lang(str(entry.title)) for entry in entries} == {"zh"}


def test_a_topic_has_a_title_and_an_introduction_in_both_languages(topic: Topic) -> None:
    assert not isinstance(topic.title, str)
    assert not isinstance(topic.about, str | None)
    assert set(topic.title) == set(topic.about) == set(LANGUAGES)
    assert guess_lang(topic.about["zh"]) == "zh"
    assert guess_lang(topic.about["en"]) == "en"


def test_dollar_signs_come_in_pairs_within_each_paragraph(topic: Topic) -> None:
    for about in introductions(topic):
        for paragraph in about.split("\n\n"):
            assert paragraph.count("$") % 2 == 0, paragraph


def test_every_formula_is_found_and_understood(catalog: Catalog, tmp_path: Path) -> None:
    abouts = [about for topic in catalog.topics.values() for about in introductions(topic)]
    formulas = [formula for about in abouts for formula in formulas_in(about)]
    assert len(formulas) == sum(len(re.findall(r"\$\$.+?\$\$|\$[^$]+\$", about)) for about in abouts)
    assert typeset(formulas, tmp_path / "maths.json").refused == {}


def test_both_languages_have_the_same_formulas_on_lines_of_their_own(topic: Topic) -> None:
    zh, en = ([formula.tex for formula in formulas_in(about) if formula.display] for about in introductions(topic))
    assert zh == en


def test_prompt_learning_explains_what_its_source_did(catalog: Catalog) -> None:
    for about in introductions(catalog.topics["self-supervised/prompt-learning"]):
        assert r"$x'=f_{\text{prompt}}(x)$" in about
        for word in ("`[X]`", "`[Z]`", "cloze prompt", "prefix prompt"):
            assert word in about


def test_links_in_introductions_lead_to_topics(catalog: Catalog) -> None:
    for topic in catalog.topics.values():
        for about in introductions(topic):
            for target in re.findall(r"(?<!!)\[[^\]]+\]\(([^)]+)\)", about):
                assert target.removeprefix("topics/") in catalog.topics, target


def test_each_figure_is_shown_and_each_shown_figure_is_there(catalog: Catalog) -> None:
    shown = {
        name
        for topic in catalog.topics.values()
        for about in introductions(topic)
        for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", about)
    }
    assert shown == {f"figures/{figure.name}" for figure in FIGURES}


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_names_and_describes_itself(figure: Path) -> None:
    root = ET.parse(figure).getroot()
    assert root.get("role") == "img"
    labels = {
        child.get("id"): "".join(child.itertext()).strip()
        for child in root
        if child.tag in {SVG + "title", SVG + "desc"}
    }
    assert set((root.get("aria-labelledby") or "").split()) == set(labels)
    assert all(labels.values())


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure.name)
def test_a_figure_has_no_script_and_asks_nobody(figure: Path) -> None:
    text = figure.read_text("utf-8")
    assert "<!ENTITY" not in text
    for element in ET.parse(figure).getroot().iter():
        assert element.tag not in {SVG + "script", SVG + "foreignObject", SVG + "image"}
        for name, value in element.attrib.items():
            assert not name.rpartition("}")[2].startswith("on")
            assert "href" not in name or value.startswith("#")
    assert all(target.startswith("#") for target in re.findall(r"url\(\s*[\"']?([^)\"']+)", text))
    assert "@import" not in text


def test_a_figure_is_the_same_drawing_in_each_language() -> None:
    for zh in REPOSITORY.glob("docs/figures/*.zh.svg"):
        en = zh.with_name(zh.name.replace(".zh.", ".en."))
        assert list(drawing(zh)) == list(drawing(en))


def introductions(topic: Topic) -> list[str]:
    assert not isinstance(topic.about, str | None)
    return [topic.about[lang] for lang in LANGUAGES]


def drawing(figure: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Everything about a figure but its words."""
    for element in ET.parse(figure).getroot().iter():
        yield element.tag, {name: value for name, value in element.attrib.items() if name != "lang"}
