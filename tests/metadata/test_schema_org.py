"""Where schema.org's words and the page's own disagree, what the page shows is believed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from pinakes.fetch.observation import Observation
from pinakes.metadata.extract import extract
from pinakes.metadata.record import Record


def read(item: Mapping[str, object], head: str) -> Record:
    told = json.dumps({"@context": "https://schema.org", "@type": "Article", **item})
    text = "Two views of one sample are pulled together, and views of others pushed apart. " * 5
    page = f'<!doctype html><meta charset="utf-8">{head}<script type="application/ld+json">{told}</script><p>{text}'
    url = "https://library.example/views"
    return extract(Observation(url=url, at=0, final_url=url, status=200, body=page.encode()))


def test_a_headline_that_is_a_description_is_not_the_title():
    item = {"name": "Hermitian matrix", "headline": "matrix equal to its conjugate transpose"}
    assert read(item, "<title>Hermitian matrix - Library</title>").title == "Hermitian matrix"


def test_a_headline_that_the_page_shows_comes_before_a_name():
    item = {"name": "views", "headline": "Two views agree"}
    assert read(item, "<title>Two views agree - Library</title>").title == "Two views agree"
