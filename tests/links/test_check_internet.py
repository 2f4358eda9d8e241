"""This very catalogue, checked against hosts that behave as the real ones do: the dead are named, and only they."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest
from tests.internet.fixtures import Internet
from tests.internet.proxy import Proxy
from tests.internet.wire import Exchange, Play

from pinakes.model import Entry
from pinakes.project import Project
from pinakes.store.load import load
from pinakes.text import choose

if TYPE_CHECKING:
    from tests.conftest import Cli
    from tests.links.conftest import Check

CONFIG = """\
fetch:
  per_host: {concurrency: 8, interval: 0}
  timeout: {connect: 5, read: 5, total: 15}
  retries: 1
"""
PAGES = Path(__file__).parents[1] / "data" / "pages"
TITLES = ("图解对比学习的损失函数", "如何理解对比学习", "对比学习为什么有效？", "自动微分入门")
"""The titles of the living pages; each article is shown under the title that the catalogue knows."""
FIRST, SECOND, THIRD = "2026-03-01", "2026-03-03", "2026-03-20"


class Served(NamedTuple):
    """What a host answers: a page of `PAGES` with a status; where it `leads_to` elsewhere, it is shown there."""

    page: str
    status: int = 200
    leads_to: str = ""


LIVING = {
    "mp.weixin.qq.com": Served("mp.weixin.qq.com/alive.html"),
    "zhuanlan.zhihu.com": Served("zhihu.com/column.html"),
    "www.zhihu.com": Served("zhihu.com/answer.html"),
    "www.cnblogs.com": Served("cnblogs.com/post.html"),
}
UNKNOWN = {
    "mp.weixin.qq.com": Served("mp.weixin.qq.com/wrong-parameters.html"),
    "zhuanlan.zhihu.com": Served("zhihu.com/barren-404.html", 404),
    "www.zhihu.com": Served("zhihu.com/barren-404.html", 404),
    "www.cnblogs.com": Served("cnblogs.com/missing-404.html", 404),
}
"""What a host answers for an address that it never had."""
DEAD = {
    "mp.weixin.qq.com": (
        Served("mp.weixin.qq.com/deleted.html"),
        Served("mp.weixin.qq.com/violation.html"),
        Served("mp.weixin.qq.com/complaint.html"),
        Served("mp.weixin.qq.com/account-closed.html"),
        Served("mp.weixin.qq.com/account-moved.html"),
        Served("mp.weixin.qq.com/wrong-parameters.html"),
    ),
    "zhuanlan.zhihu.com": (Served("zhihu.com/barren-404.html", 404), Served("zhihu.com/barren-200.html")),
}
BLOCKED = {
    "mp.weixin.qq.com": (
        Served("mp.weixin.qq.com/verification.html"),
        Served("mp.weixin.qq.com/too-many-requests.html"),
    ),
    "zhuanlan.zhihu.com": (
        Served("zhihu.com/robot-json-403.json", 403),
        Served("zhihu.com/unhuman.html", leads_to="https://www.zhihu.com/account/unhuman?type=S6E3V1&need_login=true"),
        Served("zhihu.com/script-challenge.html"),
    ),
    "www.zhihu.com": (Served("zhihu.com/login.html", leads_to="https://www.zhihu.com/signin?next=%2F"),),
}


@dataclass
class World:
    """The hosts of the catalogue, and what became of each article.

    Attributes:
        project: A copy of the catalogue.
        proxy: Where its hosts are.
        served: What is answered, by address.
        dead: The addresses of articles that are gone.
        blocked: Those of articles that are there, but are shown to no program.
    """

    project: Project
    proxy: Proxy
    served: dict[str, Served]
    dead: frozenset[str]
    blocked: frozenset[str]

    def check(self, check: Check, now: str) -> Mapping[str, dict[str, object]]:
        """Check all links on a day, and give what is told of each."""
        code, links = check(self.project, "--all", "--now", now, env=self.proxy.env())
        assert code == 0  # what died of itself makes no build fail
        return links


def entries_of(project: Project) -> Iterator[tuple[str, Entry]]:
    """Give each address with its entry."""
    for entry in load(project).catalog.entries():
        yield from ((url, entry) for url in (entry.url, *entry.mirrors))


def take(urls: list[str], kinds: Mapping[str, tuple[Served, ...]], step: int) -> dict[str, Served]:
    """Deal the kinds of a host out to its articles, one in `step` of them."""
    dealt: dict[str, Served] = {}
    for host, served in kinds.items():
        own = [url for url in urls if urlsplit(url).netloc == host][::step]
        dealt |= {url: served[number % len(served)] for number, url in enumerate(own)}
    return dealt


@pytest.fixture
def world(repository: Path, tmp_path: Path, internet: Internet) -> World:
    """The repository's catalogue, whose hosts live in a proxy; of its articles some are dead, some blocked."""
    shutil.copytree(repository / "catalog", tmp_path / "catalog")
    (tmp_path / "catalog" / "config.yml").write_text(CONFIG)
    project = Project(tmp_path.resolve())
    titles = {url: choose(entry.title, ("zh",))[0] for url, entry in entries_of(project)}
    dead = take(list(titles), DEAD, 5)
    blocked = take([url for url in titles if url not in dead], BLOCKED, 3)
    landings = {one.leads_to: Served(one.page) for one in blocked.values() if one.leads_to}
    served = dead | blocked | landings
    sites: dict[str, Play] = {host: player(served, titles) for host in {urlsplit(url).netloc for url in titles}}
    return World(project, internet.proxy(sites), served, frozenset(dead), frozenset(blocked))


def player(served: Mapping[str, Served], titles: Mapping[str, str]) -> Play:
    """Make a host that answers as it is told for some addresses, with the article for others of the catalogue."""

    async def play(exchange: Exchange) -> None:
        url = exchange.asked.url
        answer = served.get(url) or (LIVING if url in titles else UNKNOWN)[urlsplit(url).netloc]
        if answer.leads_to:
            return await exchange.reply(302, b"", f"Location: {answer.leads_to}")
        body = (PAGES / answer.page).read_text(encoding="utf-8")
        for title in TITLES:
            body = body.replace(title, titles.get(url, ""))
        kind = "application/json" if answer.page.endswith(".json") else "text/html; charset=utf-8"
        return await exchange.reply(answer.status, body.encode(), f"Content-Type: {kind}")

    return play


def addresses(links: Mapping[str, dict[str, object]], holds: Callable[[dict[str, object]], bool]) -> set[str]:
    return {url for url, link in links.items() if holds(link)}


def test_the_report_names_exactly_the_dead(world: World, check: Check, cli: Cli):
    first = world.check(check, FIRST)
    assert len(first) >= 85
    assert len(world.dead) >= 15
    assert addresses(first, lambda link: link["verdict"] in {"gone", "soft_gone"}) == world.dead
    assert addresses(first, lambda link: link["verdict"] == "blocked") == world.blocked
    assert addresses(first, lambda link: link["state"] == "suspect") == world.dead

    second = world.check(check, SECOND)
    assert addresses(second, lambda link: link["state"] == "gone") == world.dead
    assert addresses(second, lambda link: link["state"] == "unknown") == world.blocked
    assert addresses(second, lambda link: link["state"] == "alive") == set(second) - world.dead - world.blocked
    for url in world.dead:
        file, line = (world.project.root / str(second[url]["file"])).read_text().splitlines(), second[url]["line"]
        assert url in file[int(str(line)) - 1]

    told = cli("check", "--all", "--no-snapshots", "--now", THIRD, cwd=world.project.root, env=world.proxy.env()).stdout
    assert {url for url in second if url in told.split()} == world.dead


def test_what_comes_back_is_alive_again(world: World, check: Check):
    for day in (FIRST, SECOND):
        world.check(check, day)
    back = sorted(world.dead)[::2]
    for url in back:
        del world.served[url]
    third = world.check(check, THIRD)
    assert addresses(third, lambda link: link["state"] == "gone") == world.dead - set(back)
    assert {third[url]["state"] for url in back} == {"alive"}


def test_each_article_is_asked_for_once_and_nothing_else_but_probes(world: World, check: Check):
    links = world.check(check, FIRST)
    asked = Counter(asked.url for asked in world.proxy.requests())
    assert set(links) <= set(asked)
    assert {url for url in links if asked[url] > 1} <= world.blocked  # some gates let the second question pass
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(url).netloc for url in links}
    others = set(asked) - set(links) - {one.leads_to for one in world.served.values()}
    assert len(others) <= 2 * len(LIVING)
