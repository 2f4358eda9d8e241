"""Pages of sites for papers, code, blogs and videos, written with the markup of the real ones, give their fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pinakes.fetch.observation import Observation
from pinakes.metadata.document import Document
from pinakes.metadata.extract import extract
from pinakes.metadata.sites import scholar, static_blogs, youtube
from pinakes.metadata.sites.arxiv import identifier

DATA = Path(__file__).resolve().parents[2] / "data" / "metadata"
FOLDERS = (
    "arxiv.org openreview.net aclanthology.org openaccess.thecvf.com proceedings.mlr.press proceedings.neurips.cc "
    "github.com huggingface.co medium.com distill.pub youtube.com blogs"
).split()
PAGES = sorted(page for folder in FOLDERS for page in (DATA / folder).glob("*.html"))


def observed(body: str | bytes, url: str) -> Observation:
    data = body.encode() if isinstance(body, str) else body
    return Observation(url=url, at=0.0, final_url=url, status=200, headers={"content-type": "text/html"}, body=data)


def record_of(body: str | bytes, url: str) -> dict[str, Any]:
    record = extract(observed(body, url)).to_json()
    return {name: list(value) if isinstance(value, tuple) else value for name, value in record.items()}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_every_field_that_the_page_has_is_right(page):
    expected = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    found = record_of(page.read_bytes(), expected["url"])
    assert {name: found[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("page", "field", "rule"),
    [
        ("arxiv.org/abstract", "published", "arxiv.org: citation_date"),
        ("arxiv.org/abstract", "modified", "arxiv.org: citation_online_date"),
        ("openreview.net/pushed", "authors", "openreview.net: authors of the note"),
        ("github.com/issue", "published", "github.com: JSON-LD datePublished"),
        ("medium.com/publication", "published", "medium.com: JSON-LD datePublished"),
        ("youtube.com/video", "published", "youtube.com: publishDate"),
        ("youtube.com/microdata", "published", "youtube.com: itemprop=datePublished"),
        ("blogs/butterfly", "published", "Butterfly: time.post-meta-date-created"),
    ],
)
def test_a_field_tells_where_it_was_found(page, field, rule):
    url = json.loads((DATA / f"{page}.json").read_text(encoding="utf-8"))["url"]
    assert extract(observed((DATA / f"{page}.html").read_bytes(), url)).provenance[field].rule == rule


def test_every_folder_has_pages():
    assert {page.parent.name for page in PAGES} == set(FOLDERS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_what_is_broken_off_or_in_another_order_breaks_nothing(page):
    url = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))["url"]
    whole = page.read_bytes()
    for part in (1, 2, 3, 4, 5, 6, 7):
        found = record_of(whole[: len(whole) * part // 8], url)
        assert "__next_f" not in json.dumps(found)
        assert "ytInitial" not in json.dumps(found)
    assert record_of(whole.replace(b"{", b"[").replace(b'":', b'",'), url)["url"] == url


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/abs/1706.03762", "1706.03762"),
        ("/abs/1706.03762v7", "1706.03762"),
        ("/pdf/2002.05709.pdf", "2002.05709"),
        ("/pdf/hep-th/9901001v3", "hep-th/9901001"),
        ("/abs/math.AG/0601001", "math.AG/0601001"),
        ("/list/cs.LG/recent", ""),
        ("/abs/", ""),
    ],
)
def test_an_identifier_of_arxiv_is_read_off_the_address(path, expected):
    assert identifier(path) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.youtube.com/watch?v=aB3_dE5-fG7&list=PL1", "aB3_dE5-fG7"),
        ("https://m.youtube.com/watch?app=desktop&v=aB3_dE5-fG7", "aB3_dE5-fG7"),
        ("https://youtu.be/aB3_dE5-fG7?si=x", "aB3_dE5-fG7"),
        ("https://www.youtube.com/shorts/aB3_dE5-fG7", "aB3_dE5-fG7"),
        ("https://www.youtube.com/live/aB3_dE5-fG7?t=3", "aB3_dE5-fG7"),
        ("https://www.youtube-nocookie.com/embed/aB3_dE5-fG7", "aB3_dE5-fG7"),
        ("https://www.youtube.com/@someone/videos", ""),
        ("https://www.youtube.com/watch?v=<script>", ""),
    ],
)
def test_a_video_is_named_by_its_address(url, expected):
    assert youtube.identifier(url) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("A Survey on Contrastive Self-supervised Learning", "survey"),
        ("Automatic Differentiation in Machine Learning: a Survey", "survey"),
        ("A Comprehensive Review of Views", "survey"),
        ("自监督学习综述", "survey"),
        ("OpenReview Is Not All You Need", "paper"),
        ("Reviewer Assignment by Contrast", "paper"),
        ("SurveyNet: Counting Trees", "paper"),
    ],
)
def test_a_survey_is_known_by_its_title(title, expected):
    assert scholar.kind(title) == expected


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com/topics/contrastive-learning",
        "https://github.com/example-lab",
        "https://huggingface.co/models",
        "https://arxiv.org/list/cs.LG/recent",
        "https://aclanthology.org/volumes/2020.acl-main/",
        "https://openreview.net/group?id=ICLR.cc/2024/Conference",
        "https://medium.com/@erika",
    ],
)
def test_a_list_of_other_pages_is_given_no_kind_by_its_site(url):
    page = "<title>Lists</title><h1>Lists</h1><meta name='citation_author' content='Doe, Jane'><p>" + "word " * 200
    found = extract(observed(page, url))
    assert "kind" not in found.provenance or not found.provenance["kind"].rule.startswith(found.url.split("/")[2])


def test_a_page_of_no_known_program_has_no_site():
    page = "<title>By hand</title><article class='post'><h1>By hand</h1><p>words</p></article>"
    assert static_blogs.by_generator(Document(observed(page, "https://hand.example.org/a"))) is None


def test_the_first_page_of_a_blog_is_no_post():
    posts = "".join(f"<article class='post-entry'><h2 class='post-title'>Post {n}</h2></article>" for n in range(9))
    page = f"<meta name='generator' content='Hugo 0.96.0'><header class='header post-single'>{posts}"
    assert static_blogs.by_generator(Document(observed(page, "https://blog.example.org/"))) is None


def test_a_publication_that_has_left_medium_is_read_as_what_it_is_now():
    page = (DATA / "blogs" / "wordpress.html").read_bytes()
    found = record_of(page, "https://towardsdatascience.com/hard-negatives-0123456789ab/")
    assert (found["title"], found["authors"], found["published"]) == ("Hard negatives", ["Erika Muster"], "2019-11-05")


def test_a_script_without_end_is_given_up():
    page = "<script>var ytInitialPlayerResponse = " + "[" * 200_000 + "</script><title>x - YouTube</title>"
    assert record_of(page, "https://www.youtube.com/watch?v=aB3_dE5-fG7")["authors"] == []
