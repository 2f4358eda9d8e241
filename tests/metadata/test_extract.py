"""From what came of an address to its record, and the command that does it for saved pages."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.metadata.pages import PARAGRAPHS, URL, page, seen

from pinakes.fetch.observation import Failure, Observation
from pinakes.metadata import sites
from pinakes.metadata.extract import extract
from pinakes.metadata.record import FIELDS, Record
from pinakes.metadata.sites.all import MODULES, site_of, sites_in

if TYPE_CHECKING:
    from tests.conftest import Cli, MakeProject

ARTICLE = page(
    '<title>图解SimCLR</title><meta name="author" content="张三"><meta property="article:published_time" content="2020-04-09">',
    "<h1>图解SimCLR</h1>" + PARAGRAPHS,
)
PAPER = "title: A Simple Framework\nauthors: [Ting Chen]\nyear: 2020\nnames: [SimCLR]\narxiv: '2002.05709'\n"


@pytest.mark.parametrize(
    "observation",
    [
        seen(ARTICLE, status=404),
        seen(ARTICLE, status=403),
        seen(ARTICLE, status=500),
        seen(ARTICLE, media_type="application/json"),
        seen(b"\x89PNG", media_type="image/png"),
        seen(b""),
        Observation(url=URL, at=0.0, final_url=URL, failure=Failure("dns", "the host's name does not resolve")),
        seen("<title>x</title><div class=weui-msg><h2 class=weui-msg__title>该内容已被发布者删除</h2></div>", "https://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA"),
    ],
    ids=["404", "403", "500", "json", "image", "empty", "failure", "deleted"],
)  # fmt: skip
def test_what_is_no_article_gives_its_address_alone(observation):
    assert extract(observation) == Record(url=observation.url)


def test_the_address_that_answered_is_what_others_are_relative_to():
    observation = Observation(
        url="https://t.example/x", at=0.0, final_url="https://blog.example.org/2020/04/09/x", status=200,
        headers={"content-type": "text/html"}, body=page('<meta property="og:image" content="a.png">').encode(),
    )  # fmt: skip
    record = extract(observation, verdict="ok")
    assert (record.url, record.image) == ("https://t.example/x", "https://blog.example.org/2020/04/09/a.png")
    assert record.published == "2020-04-09"


def test_each_module_of_a_site_is_found_by_its_hosts():
    folder = Path(sites.__file__).parent
    described = {
        file.stem: tuple(host for site in sites_in(module) for host in site.hosts)
        for file in folder.glob("*.py")
        if hasattr(module := import_module(f"pinakes.metadata.sites.{file.stem}"), "SITE") or hasattr(module, "SITES")
    }
    assert {name: hosts for name, hosts in described.items() if hosts} == MODULES


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("mp.weixin.qq.com", "mp.weixin.qq.com"),
        ("blog.csdn.net", "csdn.net"),
        ("qq.com", None),
        ("", None),
        ("xarxiv.org", None),
    ],
)
def test_a_subdomain_belongs_to_its_site(host, name):
    site = site_of(host)
    assert (site and (name in site.hosts or name in site.name)) == (name and True)


def test_a_saved_page_is_told_for_people(cli: Cli, tmp_path: Path):
    (tmp_path / "page.html").write_text(ARTICLE, encoding="utf-8")
    done = cli("extract", "page.html", "--url", URL, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "图解SimCLR" in done.stdout
    assert "article:published_time" in done.stdout


def test_many_pages_come_in_the_order_asked(cli: Cli, tmp_path: Path):
    (tmp_path / "a.html").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.html").write_text("<title>404</title>", encoding="utf-8")
    asked: list[dict[str, Any]] = [
        {"page": "a.html", "url": URL},
        {"page": "b.html", "url": "https://b.example/x", "status": 404},
        {"page": "a.html", "url": "https://c.example/x"},
    ]
    done = cli("extract", "-", "--format", "json", cwd=tmp_path, stdin="\n".join(map(json.dumps, asked)) + "\n\n")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["schema"] == 1
    assert document["summary"] == {"records": 3, "verdicts": {"ok": 2, "gone": 1}}
    assert [record["url"] for record in document["records"]] == [each["url"] for each in asked]
    first, gone, _ = document["records"]
    assert (first["title"], first["authors"], first["published"], first["verdict"]) == (
        "图解SimCLR",
        ["张三"],
        "2020-04-09",
        "ok",
    )
    assert first["provenance"]["authors"] == "meta author"
    assert set(first) == {"id", "url", *FIELDS, "provenance", "verdict", "reason"}
    assert {gone[name] for name in FIELDS if not isinstance(gone[name], list)} == {None}
    assert gone["verdict"] == "gone"


def test_papers_are_known_inside_a_project(cli: Cli, make_project: MakeProject, tmp_path: Path):
    root = make_project({"catalog/papers/simclr.yml": PAPER, "page.html": ARTICLE}).root
    for cwd, papers in ((root, ["simclr"]), (tmp_path, [])):
        done = cli("extract", root / "page.html", "--url", URL, "--format", "json", cwd=cwd)
        assert json.loads(done.stdout)["records"][0]["papers"] == papers


@pytest.mark.parametrize(
    ("args", "stdin", "told"),
    [
        (["nope.html", "--url", URL], None, "nope.html: cannot be read"),
        ([".", "--url", URL], None, "cannot be read"),
        (["page.html"], None, "--url"),
        (["-"], '{"page": "page.html", "url": "https://a.example"}\n{"page"', "stdin:2: not valid JSON"),
        (["-"], '{"page": "page.html"}', "stdin:1: `page` or `url` is missing"),
        (["-"], "[]", "stdin:1:"),
        (["-"], '{"page": "page.html", "url": "https://a.example", "status": 9}', "`9` is no HTTP status"),
        (["-"], '{"page": "gone.html", "url": "https://a.example"}', "gone.html: cannot be read"),
        (["page.html", "--url", URL, "--status", "7"], None, "status"),
    ],
)
def test_a_mistake_is_told_with_its_place(args, stdin, told, cli: Cli, tmp_path: Path):
    (tmp_path / "page.html").write_text(ARTICLE, encoding="utf-8")
    done = cli("extract", *args, cwd=tmp_path, stdin=stdin)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["json.md", "json.en.md"])
def test_the_reference_has_every_key_of_a_record(name, repository: Path):
    text = (repository / "docs" / "reference" / name).read_text("utf-8")
    assert {key for key in Record(url=URL).to_json() if f"| `{key}` |" not in text} == set()
