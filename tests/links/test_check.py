"""`pinakes check`: what is asked and when, what it comes to, what is written."""

from __future__ import annotations

import json
import subprocess
from xml.etree import ElementTree as ET

import pytest
from tests.internet.pages import html, known
from tests.internet.redirects import to
from tests.internet.wire import Exchange
from tests.links.conftest import CONFIG, topic

DAY1, DAY1_EVENING, DAY2, DAY3, DAY9 = (
    "2026-11-01T08:00Z",
    "2026-11-01T20:00Z",
    "2026-11-02T09:00Z",
    "2026-11-04T09:00Z",
    "2026-11-09T09:00Z",
)
STATUSES = (
    ("/page", "ok", "alive"),
    ("/status/404", "gone", "suspect"),
    ("/status/410", "gone", "suspect"),
    ("/status/403", "blocked", "unknown"),
    ("/status/429", "blocked", "unknown"),
    ("/status/999", "blocked", "unknown"),
    ("/status/202", "blocked", "unknown"),
    ("/status/500", "error", "suspect"),
    ("/cut/headers", "unreachable", "suspect"),
)


def test_each_link_has_its_verdict_its_state_and_its_place(internet, make_links, check):
    urls = [internet.url(path) for path, _, _ in STATUSES]
    project = make_links(*urls)
    code, links = check(project)
    assert code == 0
    assert {url: (links[url]["verdict"], links[url]["state"]) for url in urls} == {
        internet.url(path): (verdict, state) for path, verdict, state in STATUSES
    }
    first = links[urls[0]]
    assert (first["file"], first["line"], first["column"]) == ("catalog/topics/a.yml", 4, 10)
    assert first["status"] == 200
    assert first["final_url"] == urls[0]
    assert first["checked_at"].endswith("Z")


def test_a_link_is_gone_only_after_two_answers_a_day_apart(internet, make_links, check):
    url = internet.url("/status/404/a")
    project = make_links(url)
    for now, state in ((DAY1, "suspect"), (DAY1_EVENING, "suspect"), (DAY2, "gone"), (DAY3, "gone")):
        _, links = check(project, "--all", "--now", now)
        assert links[url]["state"] == state, now
    assert links[url]["since"] == "2026-11-01"


def test_failures_need_three_looks_over_a_week(internet, make_links, check):
    nobody = internet.nobody()
    project = make_links(nobody.url("/a"), internet.url("/page"))
    states = [check(project, "--all", "--now", now)[1][nobody.url("/a")]["state"] for now in (DAY1, DAY2, DAY3, DAY9)]
    assert states == ["suspect", "suspect", "suspect", "gone"]


def test_a_good_answer_makes_up_for_all_before(internet, make_links, check):
    url = internet.url("/first/2/404/a")
    project = make_links(url)
    states = [check(project, "--all", "--now", now)[1][url]["state"] for now in (DAY1, DAY2, DAY3)]
    assert states == ["suspect", "gone", "alive"]


def test_only_what_is_due_is_asked(internet, make_links, cli, check):
    project = make_links(internet.url("/page"), internet.url("/status/404/a"))
    check(project, "--now", DAY1)
    asked = len(internet.requests())
    assert check(project, "--now", DAY1)[1] == {}
    assert len(internet.requests()) == asked
    assert "Nothing is due before 2026-11-02T" in cli("check", "--now", DAY1, cwd=project.root).stdout
    _, links = check(project, "--now", DAY2)
    assert list(links) == [internet.url("/status/404/a")], "a suspect is due on the next day, a living link is not"
    _, links = check(project, "--now", "2027-12-01")
    assert len(links) == 2


def test_a_page_that_did_not_change_is_not_sent_again(internet, make_links, check):
    url = internet.new_host(play=known).url("/post")
    project = make_links(url)
    check(project, "--now", DAY1)
    _, links = check(project, "--all", "--now", DAY3)
    assert (links[url]["status"], links[url]["verdict"], links[url]["state"]) == (304, "ok", "alive")
    _, links = check(project, "--all", "--now", DAY9)
    assert links[url]["status"] == 304, "the validator is still known after an answer without one"


def test_a_replaced_page_is_told_and_is_not_gone(internet, make_links, check, cli):
    async def play(exchange: Exchange) -> None:
        title = "图解对比学习的损失函数" if exchange.nth == 1 else "Best online casino bonus"
        await exchange.reply(200, html(title).encode(), "Content-Type: text/html; charset=utf-8")

    url = internet.new_host(play=play).url("/post/1")
    project = make_links(url)
    check(project, "--now", DAY1)
    done = cli("check", "--all", "--now", DAY2, cwd=project.root)
    assert done.returncode == 0
    assert "changed (1)" in done.stdout
    assert "图解对比学习的损失函数" in done.stdout
    assert "1 alive" in done.stdout


def test_selectors_narrow_a_run_and_know_typing_errors(internet, make_links, check, cli):
    here, there = internet.url("/page/a"), internet.host("127.0.0.2").url("/page/b")
    project = make_links(here, **{"catalog/topics/a/b.yml": topic([there])})
    assert list(check(project, "--topic", "a/b")[1]) == [there]
    assert list(check(project, "--host", "127.0.0.1")[1]) == [here]
    (link,) = check(project, "--entry", check(project, "--all")[1][there]["id"])[1].values()
    assert link["url"] == there
    done = cli("check", "--topic", "a/c", cwd=project.root)
    assert done.returncode == 2
    assert "did you mean `a/b`?" in done.stderr


def test_mirrors_are_asked_too_and_offered_when_the_original_is_gone(internet, make_project, check, cli):
    dead, mirror = internet.url("/status/404/a"), internet.url("/page/mirror")
    entry = f"title: 甲\nentries:\n  - {{title: 文, url: '{dead}', mirrors: ['{mirror}']}}\n"
    project = make_project({"catalog/config.yml": CONFIG, "catalog/topics/a.yml": entry})
    check(project, "--all", "--now", DAY1)
    _, links = check(project, "--all", "--now", DAY3)
    assert links[mirror]["state"] == "alive"
    assert (links[dead]["state"], links[dead]["mirror"]) == ("gone", mirror)
    assert mirror in cli("check", "--all", "--no-snapshots", "--now", DAY9, cwd=project.root).stdout


def git(project, *args):
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *args], cwd=project.root, check=True)


@pytest.fixture
def repository_of(make_links):
    """Make a project that is a git repository with one commit."""

    def make(*urls: str):
        project = make_links(*urls)
        git(project, "init", "-q", "-b", "main")
        git(project, "add", ".")
        git(project, "commit", "-qm", "begin")
        return project

    return make


def test_a_change_fails_only_for_what_it_brings_in(internet, repository_of, check):
    old, new, fine = (internet.url(path) for path in ("/status/404/old", "/status/404/new", "/page"))
    project = repository_of(old)
    assert check(project, "--changed", "main") == (0, {})
    (project.root / "catalog/topics/a.yml").write_text("# a comment moves the lines\n" + topic([fine, old]))
    code, links = check(project, "--changed", "main")
    assert (code, list(links)) == (0, [fine])
    (project.root / "catalog/topics/a.yml").write_text(topic([new, old]))
    code, links = check(project, "--changed", "main")
    assert (code, list(links)) == (1, [new])
    assert links[new]["fails"]
    assert links[new]["state"] == "suspect"
    assert len(internet.requests("/status/404/new")) == 2, "it is asked a second time to be sure"


def test_a_change_does_not_fail_for_blocks_failures_or_one_bad_answer(internet, repository_of, check):
    project = repository_of(internet.url("/page"))
    urls = [internet.url(path) for path in ("/status/403/a", "/status/500", "/first/1/404/a", "/cut/body")]
    (project.root / "catalog/topics/a.yml").write_text(topic(urls))
    code, links = check(project, "--changed", "HEAD")
    assert code == 0
    assert set(links) == set(urls)


def test_a_change_fails_only_for_what_there_was_time_to_ask_twice(internet, repository_of, check):
    project = repository_of(internet.url("/page"))
    (project.root / "catalog/topics/a.yml").write_text(topic([internet.url("/status/404/a")]))
    code, links = check(project, "--changed", "main", "--max-time", "0.001")
    assert code == 0
    assert not any(link["fails"] for link in links.values())


def test_a_new_file_counts_and_a_moved_entry_does_not(internet, repository_of, check):
    url, new = internet.url("/page/old"), internet.url("/page/new")
    project = repository_of(url)
    (project.root / "catalog/topics/a.yml").write_text("title: 甲\n")
    (project.root / "catalog/topics/b.yml").write_text(topic([new, url]))
    assert list(check(project, "--changed", "main")[1]) == [new]


def test_what_came_into_the_other_branch_since_is_no_change_here(internet, repository_of, check):
    one, two = internet.url("/page/1"), internet.url("/page/2")
    project = repository_of(one, two)
    git(project, "branch", "topic")
    (project.root / "catalog/topics/a.yml").write_text(topic([one]))
    git(project, "commit", "-qam", "take one out")
    git(project, "checkout", "-q", "topic")
    assert check(project, "--changed", "main")[1] == {}


@pytest.mark.parametrize("ref", ["nowhere", "--all", "main..x"])
def test_a_ref_that_git_does_not_know_is_told(repository_of, cli, ref):
    done = cli("check", f"--changed={ref}", cwd=repository_of("https://example.org/").root)
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stderr


def test_annotations_stand_on_the_very_line(internet, repository_of, cli):
    dead = internet.url("/status/404/a")
    project = repository_of(internet.url("/page"))
    (project.root / "catalog/topics/a.yml").write_text(topic([internet.url("/page"), dead]))
    done = cli("check", "--changed", "main", "--format", "github", cwd=project.root)
    assert done.returncode == 1
    assert done.stdout.startswith("::error file=catalog/topics/a.yml,line=6,col=10,title=link-gone::")


@pytest.mark.parametrize("fail_on", ["added", "gone", "suspect", "never"])
def test_what_fails_can_be_chosen(internet, make_links, check, fail_on):
    project = make_links(internet.url("/status/404/a"))
    codes = [check(project, "--all", "--fail-on", fail_on, "--now", now)[0] for now in (DAY1, DAY3)]
    assert codes == {"added": [0, 0], "gone": [0, 1], "suspect": [1, 1], "never": [0, 0]}[fail_on]


def test_every_format_can_be_read(internet, make_links, cli):
    project = make_links(*(internet.url(path) for path, _, _ in STATUSES))
    outputs = {
        name: cli("check", "--all", "--format", name, "--no-snapshots", cwd=project.root).stdout
        for name in ("text", "junit", "sarif", "markdown")
    }
    assert "suspect (4)" in outputs["text"]
    assert "127.0.0.1 (4)" in outputs["text"], "who told nothing is named in a line"
    assert ET.fromstring(outputs["junit"]).find("testsuite") is not None
    results = json.loads(outputs["sarif"])["runs"][0]["results"]
    assert {result["ruleId"] for result in results} == {"link-suspect"}
    assert outputs["markdown"].count("| suspect |") == 4


def test_conclusions_are_proposed_and_then_written(internet, make_links, check, cli):
    project = make_links(internet.url("/page"), internet.url("/status/404/a"), internet.url("/status/403/a"))
    check(project, "--all", "--now", DAY1)
    done = cli("check", "--all", "--no-snapshots", "-v", "--now", DAY3, cwd=project.root)
    assert '+{"id":' in done.stderr
    record = project.root / "catalog/records/a.jsonl"
    assert not record.exists()
    check(project, "--all", "--apply", "--now", DAY3)
    lines = {line["url"]: line["link"] for line in map(json.loads, record.read_text().splitlines())}
    assert lines == {
        internet.url("/page"): {"since": "2026-11-01", "state": "alive"},
        internet.url("/status/404/a"): {"since": "2026-11-01", "state": "gone"},
    }
    before = record.read_bytes()
    check(project, "--all", "--apply", "--now", DAY9)
    assert record.read_bytes() == before, "what did not change is not written anew"


def test_a_lost_history_takes_no_conclusion_back(internet, make_links, check):
    url = internet.url("/status/404/a")
    project = make_links(url)
    for now in (DAY1, DAY3):
        check(project, "--all", "--apply", "--now", now)
    record = (project.root / "catalog/records/a.jsonl").read_bytes()
    for file in project.state.glob("state.sqlite*"):
        file.unlink()
    _, links = check(project, "--all", "--apply", "--now", DAY9)
    assert links[url]["state"] == "gone"
    assert (project.root / "catalog/records/a.jsonl").read_bytes() == record


def test_a_moved_article_gets_its_new_address_and_keeps_its_id(internet, make_links, check, cli):
    old, new = internet.url(to("/page/new", 301)), internet.url("/page/new")
    project = make_links(old)
    _, links = check(project)
    assert (links[old]["verdict"], links[old]["state"], links[old]["final_url"]) == ("moved", "moved", new)
    check(project, "--all", "--apply", "--moved")
    text = (project.root / "catalog/topics/a.yml").read_text()
    assert f"url: {new}" in text
    assert f"id: {links[old]['id']}" in text
    _, links_now = check(project)
    assert links_now[new]["id"] == links[old]["id"]
    assert links_now[new]["state"] == "alive"
    assert cli("check", "--moved", cwd=project.root).returncode == 2


def test_a_run_over_everything_goes_on_where_it_was_broken_off(internet, make_links, check, cli):
    urls = [internet.url(f"/slow/0.2/{number}") for number in range(30)]
    project = make_links(*urls, config=CONFIG.replace("concurrency: 20", "concurrency: 3"))
    _, first = check(project, "--all", "--max-time", "0.5")
    assert 0 < len(first) < 30
    done = cli("check", "--all", "--no-snapshots", "--format", "json", cwd=project.root)
    assert "going on with the run over all that was broken off" in done.stderr
    second = {link["url"]: link for link in json.loads(done.stdout)["links"]}
    assert first.keys() | second.keys() == set(urls)
    assert not first.keys() & second.keys()
    assert len(check(project, "--all")[1]) == 30, "the next run begins anew"


def test_a_network_that_is_down_says_nothing_of_any_link(internet, make_links, cli, check):
    nobodies = [internet.nobody(f"127.0.0.{number}").url("/a") for number in range(2, 9)]
    project = make_links(*nobodies)
    done = cli("check", cwd=project.root)
    assert done.returncode == 2
    assert "is the network up?" in done.stderr
    (project.root / "catalog/topics/a.yml").write_text(topic([*nobodies, internet.url("/page")]))
    _, links = check(project)
    assert {links[url]["verdict"] for url in nobodies} == {"unreachable"}


def test_a_link_about_to_be_judged_gone_is_looked_at_the_second_way(internet, make_links, check):
    async def alive_elsewhere(exchange: Exchange) -> None:
        await exchange.reply(200, html("在").encode(), "Content-Type: text/html; charset=utf-8")

    proxy = internet.proxy({"127.0.0.1": alive_elsewhere})
    url = internet.url("/status/404/a")
    project = make_links(url)
    config = CONFIG.replace("  retries: 0\n", f"  retries: 0\n  second_way: '{proxy.env()['HTTP_PROXY']}'\n")
    (project.root / "catalog/config.yml").write_text(config)
    states = [check(project, "--all", "--now", now)[1][url]["state"] for now in (DAY1, DAY3)]
    assert states == ["suspect", "alive"]
    assert len(proxy.requests()) == 1, "only a link in doubt goes the second way"


def test_a_fragment_that_the_page_does_not_have_is_told(internet, make_links, cli):
    async def play(exchange: Exchange) -> None:
        body = html("文", '<h2 id="损失">损失</h2>' + "<p>正文</p>" * 50)
        await exchange.reply(200, body.encode(), "Content-Type: text/html; charset=utf-8")

    url = internet.new_host(play=play).url("/post")
    project = make_links(f"'{url}#梯度'", f"'{url}#损失'")
    done = cli("check", "--format", "github", cwd=project.root)
    assert done.stdout.count("link-fragment") == 1
    assert "#梯度" in done.stdout


def test_a_second_process_waits_for_the_first_and_says_so(internet, make_links, cli):
    import threading

    project = make_links(*(internet.url(f"/slow/0.8/{number}") for number in range(4)))
    results = []
    threads = [
        threading.Thread(target=lambda: results.append(cli("check", "--no-snapshots", cwd=project.root)))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [done.returncode for done in results] == [0, 0]
    assert sum("waiting for it" in done.stderr for done in results) == 1
    assert all(len(internet.requests(f"/slow/0.8/{number}")) == 1 for number in range(4)), (
        "the second finds nothing due"
    )


def test_without_any_time_nobody_is_asked_and_what_is_known_is_concluded(internet, make_links, check):
    project = make_links(internet.url("/page"), internet.url("/page/2"))
    check(project, "--now", DAY1)
    asked = len(internet.requests())
    assert check(project, "--all", "--max-time", "0", "--apply", "--now", DAY9) == (0, {})
    assert len(internet.requests()) == asked
    assert (project.root / "catalog/records/a.jsonl").read_text().count('"alive"') == 2
