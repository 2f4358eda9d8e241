"""`pinakes archive` in a process of its own, against an archive on loopback: what it asks for, in which order, and what it keeps."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from tests.links.archive_server import DOWN, LoopbackArchive, Reply, loopback_archive

from pinakes.links.snapshots import Kept, keep, snapshots
from pinakes.links.state import Known, open_at
from pinakes.links.verdict import Verdict

NOW = 1_795_000_000.0  # 2026-11-18
TODAY = "2026-11-19"
WECHAT = ("https://mp.weixin.qq.com/s/old", "https://mp.weixin.qq.com/s/new")
ZHIHU = "https://zhuanlan.zhihu.com/p/1"
BLOG = ("https://blog.example/1", "https://blog.example/2")
FRAIL = "https://frail.example/alive"
VERDICTS: dict[str, Verdict] = {
    WECHAT[0]: "ok",
    WECHAT[1]: "ok",
    ZHIHU: "ok",
    BLOG[0]: "ok",
    BLOG[1]: "moved",
    FRAIL: "ok",
    "https://frail.example/dead": "gone",
    "https://blog.example/blocked": "blocked",
}
TOPICS = {
    "catalog/topics/a.yml": (
        "title: A\n"
        "entries:\n"
        f"  - {{title: B1, url: '{BLOG[0]}', published: 2021}}\n"
        f"  - {{title: B2, url: '{BLOG[1]}', published: 2019-05}}\n"
        "  - {title: Blocked, url: 'https://blog.example/blocked'}\n"
        "  - {title: Never looked at, url: 'https://blog.example/never', mirrors: [https://mirror.example/never]}\n"
        f"  - {{title: F1, url: '{FRAIL}'}}\n"
        "  - {title: F2, url: 'https://frail.example/dead'}\n"
    ),
    "catalog/topics/b.yml": (
        "title: B\n"
        "entries:\n"
        f"  - {{title: Z, url: '{ZHIHU}', published: 2018}}\n"
        f"  - {{title: W new, url: '{WECHAT[1]}', published: 2022}}\n"
        f"  - {{title: W old, url: '{WECHAT[0]}', published: 2020-04-09}}\n"
    ),
}
IN_ORDER = [*WECHAT, ZHIHU, FRAIL, BLOG[1], BLOG[0]]


@pytest.fixture
def archive() -> Iterator[LoopbackArchive]:
    with loopback_archive() as running:
        yield running


@pytest.fixture
def project(make_project, archive):
    made = make_project({"catalog/config.yml": archive.config(), **TOPICS})
    see(made, VERDICTS)
    return made


def see(project, verdicts: dict[str, Verdict]) -> None:
    """Let links have been looked at, twice, a week apart."""
    state = open_at(project.state / "state.sqlite")
    with closing(state.connection):
        for at in (NOW - 14 * 86_400, NOW - 7 * 86_400):
            state.record(
                [
                    Known(url, at, at, verdict, 200, f"{url}-moved" if verdict == "moved" else url, "")
                    for url, verdict in verdicts.items()
                ]
            )


def kept(project) -> dict[str, Kept]:
    state = open_at(project.state / "state.sqlite")
    with closing(state.connection):
        return snapshots(state)


def records(project) -> dict[str, str | None]:
    lines = [line for path in project.catalog.glob("records/**/*.jsonl") for line in path.read_text().splitlines()]
    return {data["url"]: data["link"].get("archived") for data in map(json.loads, lines)}


def urls(done) -> list[str]:
    return [link["url"] for link in json.loads(done.stdout)["links"]]


def test_the_plan_names_living_links_only_the_most_fragile_and_oldest_first_and_asks_nothing(project, archive, cli):
    done = cli("archive", "--format", "json", "--now", TODAY, cwd=project.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert urls(done) == IN_ORDER
    summary = json.loads(done.stdout)["summary"]
    assert (summary["living"], summary["wanted"], summary["archived"], summary["applied"]) == (6, 6, 0, False)
    assert archive.asked == []
    assert not (project.catalog / "records").exists()


@pytest.mark.parametrize("page", ["json.md", "json.en.md"])
def test_the_reference_has_every_key_of_the_document(page, project, repository, cli):
    document = json.loads(cli("archive", "--format", "json", "--now", TODAY, cwd=project.root).stdout)
    text = (repository / "docs/reference" / page).read_text("utf-8")
    assert {key for key in (*document["summary"], *document["links"][0]) if f"`{key}`" not in text} == set()


def test_the_plan_for_people_tells_the_place_and_how_to_go_on(project, cli):
    text = cli("archive", "--now", TODAY, cwd=project.root).stdout
    assert f"  catalog/topics/b.yml:5  {WECHAT[0]}\n" in text
    assert "6 living links, 0 with a snapshot, 6 to be asked for" in text
    assert "--apply" in text.splitlines()[-1]


def test_what_has_a_snapshot_is_found_and_the_rest_is_asked_for(project, archive, cli):
    archive.has[ZHIHU] = ["20200101000000"]
    archive.captures[BLOG[0]] = "error:not-found"
    archive.lands[BLOG[1]] = f"{BLOG[1]}-moved"
    done = cli("archive", "--apply", "--now", TODAY, cwd=project.root)
    assert (done.returncode, done.stderr) == (0, "")
    assert archive.saved() == [url for url in IN_ORDER if url != ZHIHU]
    assert records(project) == {
        **{url: f"{archive.address}/web/20261124203000/{url}" for url in (*WECHAT, FRAIL)},
        ZHIHU: f"{archive.address}/web/20200101000000/{ZHIHU}",
        BLOG[1]: f"{archive.address}/web/20261124203000/{BLOG[1]}-moved",
    }
    lines = done.stdout.splitlines()
    assert f"catalog/topics/b.yml:3  found  2020-01-01  {archive.address}/web/20200101000000/{ZHIHU}" in lines
    assert "catalog/topics/a.yml:3  in vain  error:not-found: It failed with error:not-found" in lines
    assert "6 asked for: 1 had a snapshot, 4 got one, 1 in vain; 0 left" in lines
    assert "wrote 2 files of records" in lines


def test_what_is_known_is_not_asked_again(project, archive, cli):
    cli("archive", "--apply", "--now", TODAY, cwd=project.root)
    before = records(project)
    archive.asked.clear()
    done = cli("archive", "--apply", "--now", TODAY, cwd=project.root)
    assert (done.returncode, archive.asked) == (0, [])
    assert records(project) == before


def test_the_site_leads_to_the_snapshot(project, cli):
    cli("archive", "--apply", "--now", TODAY, "--host", "zhuanlan.zhihu.com", cwd=project.root)
    assert cli("render", cwd=project.root).returncode == 0
    page = (project.build / "docs" / "topics" / "b" / "index.md").read_text()
    assert "data-archived" in page
    assert f"/web/20261124203000/{ZHIHU}" in page


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (("--limit", "2"), list(WECHAT)),
        (("--host", "blog.example"), [BLOG[1], BLOG[0]]),
        (("--topic", "a"), [FRAIL, BLOG[1], BLOG[0]]),
    ],
)
def test_it_can_be_limited(project, archive, cli, options, expected):
    done = cli("archive", "--apply", "--now", TODAY, *options, cwd=project.root)
    assert done.returncode == 0
    assert archive.saved() == expected


def test_an_entry_that_is_not_there_is_told(project, cli):
    done = cli("archive", "--entry", "nothing", cwd=project.root)
    assert done.returncode == 2
    assert "nothing" in done.stderr


def test_no_time_asks_nothing_and_is_no_trouble(project, archive, cli):
    done = cli("archive", "--apply", "--max-time", "0", "--now", TODAY, cwd=project.root)
    assert (done.returncode, done.stderr, archive.asked) == (0, "", [])
    assert "6 left" in done.stdout


def test_a_failure_that_may_pass_is_tried_again_after_a_day_and_a_lasting_one_after_a_month(project, archive, cli):
    archive.captures = {WECHAT[0]: "error:blocked-url", WECHAT[1]: "error:browsing-timeout"}
    wechat = ("--host", "mp.weixin.qq.com")
    cli("archive", "--apply", "--now", TODAY, *wechat, cwd=project.root)

    def planned(day: str) -> list[str]:
        return urls(cli("archive", "--format", "json", "--now", day, *wechat, cwd=project.root))

    assert planned(TODAY) == []
    assert planned("2026-11-20") == [WECHAT[1]]
    assert planned("2026-12-20") == list(WECHAT)
    text = cli("archive", "--now", TODAY, *wechat, cwd=project.root).stdout
    assert "2 asked for in vain lately" in text


def test_the_archive_may_refuse_to_go_on(project, archive, cli):
    archive.demands_keys = True
    done = cli("archive", "--apply", "--now", TODAY, cwd=project.root)
    assert done.returncode == 1
    assert "archive.org/account/s3.php" in done.stderr
    assert "0 asked for" in done.stdout
    assert archive.saved() == [WECHAT[0]]
    assert kept(project) == {}


def test_an_archive_that_is_down_is_not_asked_for_every_link(project, archive, cli):
    for end in ("available", "cdx"):
        archive.next[end].extend([Reply(DOWN)] * 40)
    done = cli("archive", "--apply", "--now", TODAY, cwd=project.root)
    assert done.returncode == 1
    assert "Temporarily Offline" in done.stderr
    assert len(archive.asked) == 10


def test_keys_come_from_the_environment_and_are_told_to_nobody_else(project, archive, cli):
    archive.demands_keys = True
    env = {"PINAKES_ARCHIVE_ACCESS_KEY": "AccessSesame", "PINAKES_ARCHIVE_SECRET_KEY": "SecretSesame"}
    done = cli("archive", "--apply", "--limit", "1", "--now", TODAY, cwd=project.root, env=env)
    assert done.returncode == 0
    signed = [asked.path for asked in archive.asked if "Authorization" in asked.headers]
    assert all(path.startswith("/save") for path in signed)
    assert signed
    everything = b"".join(path.read_bytes() for path in project.root.rglob("*") if path.is_file())
    assert "Sesame" not in done.stdout + done.stderr
    assert b"Sesame" not in everything


def test_one_key_alone_is_a_mistake(project, cli):
    done = cli("archive", cwd=project.root, env={"PINAKES_ARCHIVE_ACCESS_KEY": "AccessSesame"})
    assert done.returncode == 2
    assert "PINAKES_ARCHIVE_SECRET_KEY" in done.stderr


def test_what_the_curator_says_comes_first(make_project, archive, cli):
    topic = (
        "title: A\nentries:\n"
        "  - {title: One, url: 'https://blog.example/1', link: {state: gone}}\n"
        "  - {title: Two, url: 'https://blog.example/2', link: {state: alive, archived: 'https://archive.example/2'}}\n"
        "  - {title: Three, url: 'https://blog.example/3', link: {state: alive}}\n"
    )
    project = make_project({"catalog/config.yml": archive.config(), "catalog/topics/a.yml": topic})
    see(project, {"https://blog.example/1": "ok", "https://blog.example/3": "gone"})
    done = cli("archive", "--format", "json", "--now", TODAY, cwd=project.root)
    assert urls(done) == ["https://blog.example/3"]


def test_on_a_machine_that_has_seen_nothing_the_records_count(make_project, archive, cli):
    def line(number: int, **link: str) -> str:
        url = f"https://blog.example/{number}"
        return json.dumps({"id": f"entry{number}", "url": url, "link": link}) + "\n"

    topic = "title: A\nentries:\n" + "".join(
        f"  - {{title: T{number}, url: 'https://blog.example/{number}', id: entry{number}}}\n" for number in range(4)
    )
    lines = line(0, state="alive") + line(1, state="gone") + line(2, state="alive", archived="https://archive.example/")
    files = {"catalog/topics/a.yml": topic, "catalog/records/a.jsonl": lines}
    project = make_project({"catalog/config.yml": archive.config(), **files})
    done = cli("archive", "--format", "json", "--now", TODAY, cwd=project.root)
    assert urls(done) == ["https://blog.example/0"]


def test_nothing_known_to_live_says_how_to_find_out(make_project, archive, cli):
    project = make_project({"catalog/config.yml": archive.config(), **TOPICS})
    assert "pinakes check" in cli("archive", cwd=project.root).stdout


def begin(project, archive: LoopbackArchive) -> subprocess.Popen[str]:
    """Begin a run, and wait until its third link is being captured."""
    archive.next["status"].extend([
        *(Reply({"status": "success", "original_url": url, "timestamp": "20261124000000"}) for url in WECHAT),
        Reply({"status": "pending"}, stall=30),
    ])  # fmt: skip
    running = subprocess.Popen(
        [sys.executable, "-m", "pinakes", "archive", "--apply", "--now", TODAY],
        cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    while sum("/status/" in path for path in archive.paths_asked()) < 3:
        assert running.poll() is None
        archive.began.wait(0.02)
        archive.began.clear()
    return running


def test_a_run_that_is_killed_loses_only_the_request_in_flight(project, archive, cli):
    running = begin(project, archive)
    running.kill()
    running.communicate()
    assert set(kept(project)) == set(WECHAT)
    assert records(project) == {}

    archive.asked.clear()
    assert cli("archive", "--apply", "--now", TODAY, cwd=project.root).returncode == 0
    assert archive.saved() == IN_ORDER[2:]
    assert set(records(project)) == set(IN_ORDER)
    with closing(sqlite3.connect(project.state / "state.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_ctrl_c_ends_it_without_a_traceback(project, archive):
    running = begin(project, archive)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=20)
    assert running.returncode == 130
    assert "Traceback" not in told
    assert set(kept(project)) == set(WECHAT)


def test_a_snapshot_that_is_known_is_not_lost_to_a_later_failure(project):
    state = open_at(project.state / "state.sqlite")
    with closing(state.connection):
        keep(state, Kept(ZHIHU, 1.0, 0.5, "https://archive.example/z"))
        keep(state, Kept(ZHIHU, 2.0, trouble="no answer: …"))
        assert snapshots(state)[ZHIHU].address == "https://archive.example/z"
        keep(state, Kept(ZHIHU, 3.0, 2.5, "https://archive.example/newer"))
        assert snapshots(state)[ZHIHU].address == "https://archive.example/newer"
