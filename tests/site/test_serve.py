"""`pinakes serve`: what a person sees in the browser while they write."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pinakes.project import Project

TOPIC = """
title: {zh: 自动微分, en: Autodiff}
entries:
  - title: 一文读懂自动微分
    url: https://example.org/autodiff
"""
FILES = {"catalog/topics/autodiff.yml": TOPIC, "docs/guide.md": "# 指南\n\n怎样读。\n"}


@dataclass
class Served:
    process: subprocess.Popen[str]
    address: str
    project: Project

    def get(self, path: str, method: str = "GET") -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=20)
        connection.request(method, path)
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read().decode()
        connection.close()
        return found

    def stop(self, by: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(by)
        _, said = self.process.communicate(timeout=20)
        return self.process.returncode, said


@contextmanager
def serving(project: Project, *options: str) -> Iterator[Served]:
    command = [sys.executable, "-m", "pinakes", "serve", *options]
    with subprocess.Popen(
        command, cwd=project.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        try:
            assert process.stdout
            first = process.stdout.readline()
            found = re.search(r"http://\S+/", first)
            assert found, f"{first}{process.communicate(timeout=20)}"
            yield Served(process, found[0], project)
        finally:
            process.kill()


@pytest.fixture
def project(make_project):
    return make_project(FILES)


@pytest.fixture
def served(project):
    with serving(project, "--port", "0") as found:
        yield found


def save(path: Path, old: str, new: str) -> None:
    """Save as editors do: a new file takes the old one's place."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    fresh = path.with_name(f".{path.name}.swp")
    fresh.write_text(text.replace(old, new), encoding="utf-8")
    fresh.replace(path)


def test_a_page_shows_what_was_saved(served, page):
    page.goto(served.address + "topics/autodiff/")
    page.get_by_text("一文读懂自动微分").wait_for()
    topic = served.project.catalog / "topics" / "autodiff.yml"
    save(topic, "一文", "两文")
    page.get_by_text("两文读懂自动微分").wait_for()
    topic.write_text(topic.read_text("utf-8").replace("两文", "三文"), encoding="utf-8")
    page.get_by_text("三文读懂自动微分").wait_for()


def test_hand_written_pages_and_figures_too(served, page):
    page.goto(served.address + "guide/")
    figures = served.project.docs / "figures"
    figures.mkdir()
    (figures / "a.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="9"/>')
    save(served.project.docs / "guide.md", "怎样读。", "![图](figures/a.svg)")
    page.locator("img[alt='图']").wait_for()
    assert page.locator("img[alt='图']").evaluate("img => img.decode().then(() => img.naturalWidth)") == 90


def test_a_new_topic_gets_its_page_and_a_removed_one_loses_it(served, page):
    page.goto(served.address + "topics/")
    new = served.project.catalog / "topics" / "new.yml"
    new.write_text("title: 新主题\nentries:\n  - {title: 新文, url: 'https://example.org/n'}\n", encoding="utf-8")
    page.get_by_role("link", name="新主题").first.click()
    page.get_by_text("新文").wait_for()
    new.unlink()
    page.wait_for_function("document.title.startsWith('404')")


def test_a_broken_catalogue_is_shown_with_its_place_until_it_is_mended(served, page):
    page.goto(served.address + "topics/autodiff/")
    topic = served.project.catalog / "topics" / "autodiff.yml"
    save(topic, "entries:", "entries: [")
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert re.search(r"catalog/topics/autodiff\.yml:\d+:\d+", notice.inner_text())
    assert page.get_by_text("一文读懂自动微分").is_visible()  # the site from before
    page.reload()
    notice.wait_for()  # and whoever comes later is told too
    save(topic, "entries: [", "entries:")
    notice.wait_for(state="detached")
    save(topic, "一文", "两文")
    page.get_by_text("两文读懂自动微分").wait_for()
    code, said = served.stop()
    assert code == 130
    assert "catalog/topics/autodiff.yml:" in said
    assert "Traceback" not in said


def test_a_page_shows_what_the_tools_concluded(served, page):
    page.goto(served.address + "topics/autodiff/")
    page.locator("[data-state=unknown]").wait_for()
    key = page.locator("[data-entry]").get_attribute("data-entry")
    records = served.project.catalog / "records"
    records.mkdir()
    line = {"id": key, "url": "https://example.org/autodiff", "link": {"state": "gone", "since": "2026-11-20"}}
    (records / "autodiff.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    page.locator("[data-state=gone]").wait_for()
    save(records / "autodiff.jsonl", '"gone"', '"dead"')
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert "catalog/records/autodiff.jsonl:1:" in notice.inner_text()
    save(records / "autodiff.jsonl", '"dead"', '"suspect"')
    page.locator("[data-state=suspect]").wait_for()


def test_a_page_that_cannot_be_read_is_shown_likewise(served, page):
    page.goto(served.address)
    (served.project.docs / "guide.md").write_bytes(b"# \xff\xfe\n")
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert "docs/guide.md" in notice.inner_text()


def test_a_catalogue_that_is_broken_from_the_start_is_served_once_it_is_mended(make_project, page):
    project = make_project({"catalog/topics/a.yml": "title: ["})
    with serving(project, "--port", "0") as served:
        page.goto(served.address)
        page.get_by_role("alert").wait_for()
        (project.catalog / "topics" / "a.yml").write_text(TOPIC, encoding="utf-8")
        page.get_by_role("link", name="自动微分").first.wait_for()


def test_docs_may_come_later(make_project, page):
    project = make_project({"catalog/topics/a.yml": TOPIC})
    with serving(project, "--port", "0") as served:
        page.goto(served.address)
        project.docs.mkdir()
        (project.docs / "index.md").write_text("# 我写的首页\n", encoding="utf-8")
        page.get_by_text("我写的首页").first.wait_for()


def test_findings_are_told_on_the_terminal(served, page):
    page.goto(served.address + "topics/autodiff/")
    save(served.project.catalog / "topics" / "autodiff.yml", "一文读懂自动微分", "标题 <b>粗</b>")
    page.get_by_text("标题 <b>粗</b>").wait_for()
    _, said = served.stop()
    assert re.search(r"autodiff\.yml:\d+:\d+: PK\d{3}", said)


def test_only_served_pages_have_the_script(served):
    status, headers, page = served.get("/topics/autodiff/")
    assert (status, headers["Cache-Control"]) == (200, "no-store")
    assert "/_pinakes/live.js" in page
    built = (served.project.build / "site" / "topics" / "autodiff" / "index.html").read_text(encoding="utf-8")
    assert "_pinakes" not in built
    assert page.count("</body>") == built.count("</body>")


def test_the_script_works_under_a_strict_policy(served, page):
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)

    def with_policy(route):
        answer = route.fetch()
        policy = "default-src 'self'; style-src 'self'; script-src 'self'"
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    page.route("**/guide/", with_policy)
    page.goto(served.address + "guide/")
    save(served.project.catalog / "topics" / "autodiff.yml", "entries:", "entries: [")
    notice = page.get_by_role("alert")
    notice.wait_for()
    assert notice.evaluate("element => getComputedStyle(element).position") == "fixed"
    assert not [error for error in errors if "_pinakes" in error]


@pytest.mark.parametrize(
    "path",
    [
        "/../../catalog/config.yml",
        "/%2e%2e/%2e%2e/catalog/config.yml",
        "/..%2f..%2fcatalog%2fconfig.yml",
        "//etc/passwd",
        "/%2fetc/passwd",
        "/link/config.yml",
        "/a%00b",
        "/%ff%fe",
        "/" + "a" * 5000,
        "/nothing/here/",
    ],
)
def test_nothing_outside_of_the_site_is_served(served, path):
    (served.project.build / "site" / "link").symlink_to(served.project.catalog)
    status, _, page = served.get(path)
    assert status == 404
    assert "404" in page
    assert "root:" not in page


def test_addresses_without_their_slash_are_led_to_it(served):
    status, headers, _ = served.get("/topics/autodiff")
    assert (status, headers["Location"]) == (302, "/topics/autodiff/")
    assert served.get("/topics/autodiff/", "HEAD")[::2] == (200, "")
    assert served.get("//topics/autodiff")[1]["Location"] == "/topics/autodiff/"  # never another host


def test_only_loopback_is_listened_on(served):
    port = urlsplit(served.address).port
    assert port
    assert urlsplit(served.address).hostname == "127.0.0.1"
    with socket.socket() as other, pytest.raises(OSError, match="refused"):
        other.connect(("127.0.0.2", port))


def test_a_port_that_is_taken_is_passed_over(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serving(project, "--port", str(port)) as served:
            assert urlsplit(served.address).port != port
            _, said = served.stop()
            assert f"port {port} is taken" in said


def test_a_host_that_is_not_ours_is_an_error(cli, project):
    done = cli("serve", "--host", "no-such-host.invalid", cwd=project.root)
    assert done.returncode == 2
    assert "no-such-host.invalid" in done.stderr
    assert "Traceback" not in done.stderr


def test_ctrl_c_ends_it_at_once_though_pages_are_open(served, page):
    page.goto(served.address)
    page.wait_for_function("performance.getEntriesByType('resource').some(r => r.name.includes('live.js'))")
    code, said = served.stop()
    assert code == 130
    assert "Traceback" not in said


def test_what_it_writes_does_not_set_it_off_again(served, page):
    page.goto(served.address + "topics/autodiff/")
    save(served.project.catalog / "topics" / "autodiff.yml", "一文", "两文")
    page.get_by_text("两文读懂自动微分").wait_for()
    os.utime(served.project.build / "site" / "index.html")
    save(served.project.catalog / "topics" / "autodiff.yml", "两文", "三文")
    page.get_by_text("三文读懂自动微分").wait_for()
    _, said = served.stop()
    assert len(re.findall(r"^\d\d:\d\d:\d\d ", said, re.MULTILINE)) == 3  # the first build, and one for each save
