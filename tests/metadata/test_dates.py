"""Dates as pages write them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pinakes.metadata.dates import CHINA, read_date

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-04-09", "2020-04-09"),
        ("2020-04-09T23:30:00-08:00", "2020-04-09"),
        ("2020-04-09T00:30:00+0800", "2020-04-09"),
        ("Thu, 09 Apr 2020 23:00:00 GMT", "2020-04-09"),
        ("2020年4月9日 18:30", "2020-04-09"),
        ("2020/4/9", "2020-04-09"),
        ("2020.4.9", "2020-04-09"),
        ("April 9, 2020", "2020-04-09"),
        ("Apr. 9th, 2020", "2020-04-09"),
        ("9 Apr 2020", "2020-04-09"),
        ("09-Apr-2020", "2020-04-09"),
        ("20200409", "2020-04-09"),
        ("20200409T101500Z", "2020-04-09"),
        ("发布于 2020-04-09 10:15", "2020-04-09"),
        ("Published on Sept 3, 2021 by Jane", "2021-09-03"),
        ("2020-04", "2020-04"),
        ("2020年4月", "2020-04"),
        ("April 2020", "2020-04"),
        ("2020", "2020"),
        (1586404800, "2020-04-09"),
        ("1586404800", "2020-04-09"),
        (1586404800000, "2020-04-09"),
        ("1586404800.5", "2020-04-09"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_is_written(written, read):
    assert read_date(written, today=TODAY) == read


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2020-02-30",
        "2020-13-01",
        "1970-01-01",
        "0",
        "1989-12-31",
        "2026-11-26",
        "2099",
        "192.168.2020.1.1",
        None,
        {},
        "9999999999999",
    ],
)
def test_what_is_no_date_of_a_page_is_none(written):
    assert read_date(written, today=TODAY) is None


def test_tomorrow_may_have_begun_elsewhere():
    assert read_date("2026-11-25", today=TODAY) == "2026-11-25"


@pytest.mark.parametrize("written", ["1586362000", "2020-04-08T16:06:40Z", "2020-04-08T16:06:40.000+00:00"])
def test_a_moment_is_shown_in_the_zone_of_the_page(written):
    assert read_date(written) == "2020-04-08"
    assert read_date(written, zone=CHINA) == "2020-04-09"


def test_an_offset_that_is_written_is_the_pages_own():
    assert read_date("2020-04-08T23:00:00-07:00", zone=CHINA) == "2020-04-08"


@given(
    st.dates(date(1990, 1, 1), TODAY),
    st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%B %d, %Y", "%d %b %Y", "%Y%m%d"]),
)
def test_every_day_is_read_in_every_form(day, form):
    assert read_date(day.strftime(form), today=TODAY) == day.isoformat()


@given(st.text(max_size=300))
def test_any_text_gives_a_date_that_can_be_or_none(text):
    read = read_date(text, today=TODAY)
    assert read is None or date(1990, 1, 1) <= date.fromisoformat(f"{read}-01-01"[:10]) <= TODAY + timedelta(days=1)
