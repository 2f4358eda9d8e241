"""The date of a page that says none where dates are said."""

from __future__ import annotations

import pytest

from pinakes.fetch.observation import Observation
from pinakes.metadata.any_date import first_date
from pinakes.metadata.extract import extract
from pinakes.metadata.record import Record

FILLER = "<p>Two views of one sample are pulled together, and views of others pushed apart, in some space.</p>" * 5


def read(body: str, url: str = "https://blog.example/views", lang: str = "de") -> Record:
    page = f'<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Views</title><body>{body}{FILLER}</body></html>'
    return extract(Observation(url=url, at=0, final_url=url, status=200, body=page.encode()))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Veröffentlicht am 9. April 2020 von Ada", "2020-04-09"),
        ("Donnerstag, 9.4.2020, 19:51", "2020-04-09"),
        ("von Ada, 09.04.20 ", "2020-04-09"),
        ("jeudi 27 juin 2019", "2019-06-27"),
        ("13 de agosto de 2021", "2021-08-13"),
        ("1er août 2018", "2018-08-01"),
        ("Written on April 9th, 2020", "2020-04-09"),
        ("发表于 2020年4月9日 10:00", "2020-04-09"),
        ("2020-04-09 10:00", "2020-04-09"),
        ("version 1.2.2020.4, published 13/04/2020", "2020-04-13"),
        ("the 31.02.2020 was none, the 1.3.2020 was", "2020-03-01"),
        ("in the year 2020, and on 9.4.2999", None),
        ("a score of 10.5.12345", None),
    ],
)
def test_the_first_date_of_a_text_is_read_in_its_language(text, found):
    assert first_date(text, month_first=False) == found


def test_what_comes_first_in_slashes_is_a_matter_of_language():
    assert first_date("09/04/2020", month_first=True) == "2020-09-04"
    assert first_date("09/04/2020", month_first=False) == "2020-04-09"


def test_the_date_after_the_headline_comes_before_others():
    record = read("<p>Treffen am 1.5.2021</p><h1>Views</h1><p>Samstag 22.12.2018, von Ada</p>")
    assert record.published == "2018-12-22"
    assert record.provenance["published"].rule == "first date after the headline"
    assert record.provenance["published"].confidence < 0.5


def test_a_date_that_stands_in_a_title_is_found():
    record = read('<h1>Views</h1><abbr class="published" title="2019-06-27T10:21:40+02:00">jeudi</abbr>', lang="fr")
    assert record.published == "2019-06-27"


def test_a_page_that_says_its_date_is_not_searched():
    record = read('<meta property="article:published_time" content="2020-04-09"><h1>Views</h1><p>vom 1.5.2021</p>')
    assert record.published == "2020-04-09"


def test_a_site_with_rules_of_its_own_is_not_searched():
    record = read("<h1>Views</h1><p>Since 1.5.2019 there are views.</p>", url="https://github.com/ada/views")
    assert record.published is None


def test_a_page_without_a_date_has_none():
    assert read("<h1>Views</h1>").published is None


def test_a_page_of_a_known_program_on_an_unknown_host_is_searched():
    made = (
        '<meta name="generator" content="WordPress 6.1"><h1 class="entry-title">Views</h1><p>13. Juli 2021 | 05:00</p>'
    )
    assert read(made).published == "2021-07-13"
