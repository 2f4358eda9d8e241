"""Looking up and asking for snapshots: the right one is found, and a Wayback Machine in trouble is neither pressed nor believed."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

import pytest
import trustme
from tests.links.archive_server import DOWN, LIMITS, LoopbackArchive, Reply, loopback_archive

from pinakes.errors import PinakesError
from pinakes.links.capture import Keys, interval_of, keys_from, save
from pinakes.links.wayback import Wayback, WaybackError, closest
from pinakes.model import ArchivePolicy, Timeouts

URL = "https://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA"
DIED = datetime(2024, 3, 2, tzinfo=UTC)
KEYS = Keys("my-access", "my-secret")


@pytest.fixture
def archive() -> Iterator[LoopbackArchive]:
    with loopback_archive() as running:
        yield running


@pytest.fixture
def wayback(archive: LoopbackArchive) -> Iterator[Wayback]:
    way = Wayback(archive.policy(), LIMITS)
    yield way
    way.close()


def test_a_page_that_was_never_archived_has_none(archive, wayback):
    assert closest(wayback, URL) is None
    assert archive.paths_asked() == ["/wayback/available", "/cdx/search/cdx"]


def test_one_look_up_is_enough_for_a_page_that_the_archive_finds_at_once(archive, wayback):
    archive.has[URL] = ["20200409083000", "20210101000000"]
    found = closest(wayback, URL)
    assert found is not None
    assert found.taken == datetime(2021, 1, 1, tzinfo=UTC)
    assert found.url == f"{archive.address}/web/20210101000000/{URL}"
    assert archive.paths_asked() == ["/wayback/available"]


@pytest.mark.parametrize(
    ("stamps", "newest_alive"),
    [
        (["20200409083000", "20230101000000"], 2023),
        (["20200409083000", "20240303000000", "20240601000000"], 2020),  # those later show the deletion
        (["20200409083000", "20240302000000"], 2020),  # the very moment is too late
        (["20240303000000"], None),
    ],
)
def test_of_a_dead_link_the_newest_snapshot_from_before_its_death_is_given(archive, wayback, stamps, newest_alive):
    archive.has[URL] = stamps
    found = closest(wayback, URL, DIED)
    assert (found and found.taken.year) == newest_alive


def test_the_index_is_asked_where_the_quick_answer_has_nothing(archive, wayback):
    archive.has[URL] = ["20200409083000"]
    archive.knows_availability = False
    found = closest(wayback, URL)
    assert found is not None
    assert found.taken.year == 2020


def test_snapshots_of_redirects_and_errors_do_not_count(archive, wayback):
    found = {"closest": {"status": "404", "available": True, "url": "http://x/web/1", "timestamp": "20200101000000"}}
    archive.next["available"].append(Reply({"archived_snapshots": found}))
    assert closest(wayback, URL) is None


def test_the_fragment_is_not_asked_for(archive, wayback):
    archive.has[URL] = ["20200409083000"]
    assert closest(wayback, f"{URL}#part-2")
    assert archive.asked[0].params == {"url": URL}


def test_it_says_who_asks(archive):
    for limits in (replace(LIMITS, contact="https://example.org/about"), LIMITS):
        way = Wayback(archive.policy(), limits)
        closest(way, URL)
        way.close()
    assert archive.asked[0].headers["User-Agent"].startswith("pinakes/")
    assert "+https://example.org/about" in archive.asked[0].headers["User-Agent"]
    assert "+https://github.com/" in archive.asked[-1].headers["User-Agent"]


@pytest.mark.parametrize(
    "reply",
    [
        Reply(DOWN),
        Reply(DOWN, 503),
        Reply("", 403),
        Reply("["),
        Reply({"error": "…"}),
        Reply([["a", "b"], ["1", "2"]]),
        Reply([["timestamp", "original"], ["yesterday", URL]]),
        Reply([["timestamp", "original"], [1, 2]]),
        Reply([["timestamp", "original"], ["20200101000000"]]),
        Reply("x" * 3_000_000),
        Reply("[]", headers={"Content-Length": "9"}),
        Reply("[]", headers={"Content-Encoding": "gzip"}),
    ],
    ids=lambda reply: f"{reply.status} {str(reply.body)[:30]} {dict(reply.headers)}",
)
def test_a_broken_answer_is_told_and_nothing_breaks(archive, wayback, reply):
    archive.next["available"].append(Reply(DOWN))
    archive.next["cdx"].extend([reply] * 3)
    with pytest.raises(WaybackError) as told:
        closest(wayback, URL)
    assert "Wayback Machine" in str(told.value)
    assert "Traceback" not in str(told.value)


def test_a_page_of_the_archives_own_is_told_by_its_title(archive, wayback):
    archive.next["cdx"].append(Reply(DOWN))
    with pytest.raises(WaybackError, match="Temporarily Offline"):
        closest(wayback, URL)


def test_a_passing_failure_is_asked_again(archive, wayback):
    archive.has[URL] = ["20200409083000"]
    archive.next["available"].extend([Reply("", 503), Reply("", 429, {"Retry-After": "0"})])
    assert closest(wayback, URL)
    assert len(archive.asked) == 3


@pytest.mark.parametrize("as_date", [False, True])
def test_the_time_that_it_asks_to_wait_is_waited(archive, as_date):
    limits = replace(LIMITS, max_wait=3)
    wanted = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True) if as_date else "1"
    archive.has[URL] = ["20200409083000"]
    archive.next["available"].append(Reply("", 429, {"Retry-After": wanted}))
    way = Wayback(archive.policy(), limits)
    assert closest(way, URL)
    way.close()
    first, second = archive.asked
    assert second.at - first.at >= 0.9


def test_a_wait_longer_than_is_worth_it_ends_the_run(archive, wayback):
    archive.next["available"].append(Reply("", 429, {"Retry-After": "3600"}))
    with pytest.raises(WaybackError, match="3600") as told:
        closest(wayback, URL)
    assert told.value.ends_run
    assert len(archive.asked) == 1


def test_too_many_refusals_end_the_run(archive, wayback):
    archive.next["available"].extend([Reply("", 429)] * 9)
    with pytest.raises(WaybackError, match="429") as told:
        closest(wayback, URL)
    assert told.value.ends_run
    assert len(archive.asked) == 1 + LIMITS.retries


def test_an_archive_that_does_not_answer_in_time_ends_the_run(archive):
    limits = replace(LIMITS, timeout=Timeouts(connect=1, total=0.2), max_wait=0, retries=0)
    archive.next["available"].append(Reply("", stall=1))
    way = Wayback(archive.policy(), limits)
    with pytest.raises(WaybackError, match="in time") as told:
        closest(way, URL)
    way.close()
    assert told.value.ends_run


def test_an_archive_that_is_not_there_is_told():
    policy = ArchivePolicy(availability="http://127.0.0.1:9/", cdx="http://127.0.0.1:9/", lookup_interval=0)
    way = Wayback(policy, LIMITS)
    with pytest.raises(WaybackError, match="no connection"):
        closest(way, URL)
    way.close()


def test_look_ups_keep_their_distance(archive):
    way = Wayback(archive.policy(lookup_interval=0.15), LIMITS)
    closest(way, URL)
    closest(way, URL)
    way.close()
    times = [asked.at for asked in archive.asked]
    assert len(times) == 4
    assert min(second - first for first, second in pairwise(times)) >= 0.13


def test_it_stops_when_the_time_is_up(archive):
    way = Wayback(archive.policy(lookup_interval=30), LIMITS, until=monotonic() + 5)
    with pytest.raises(WaybackError, match="time is up") as told:
        closest(way, URL)
    way.close()
    assert told.value.ends_run


class _Empty(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"{}" if "available" in self.path else b"[]")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def https(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server with a certificate of an authority of our own: its address, and the authority's file."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server = HTTPServer(("127.0.0.1", 0), _Empty)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that hangs up is what is tested
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"https://127.0.0.1:{server.server_port}", tmp_path / "ca.pem"
    server.shutdown()
    server.server_close()


def test_an_authority_of_ones_own_is_trusted_by_the_usual_variable(https, monkeypatch):
    address, authority = https
    policy = ArchivePolicy(availability=f"{address}/available", cdx=f"{address}/cdx", lookup_interval=0)
    strange = Wayback(policy, LIMITS)
    with pytest.raises(WaybackError, match="no trusted connection"):
        closest(strange, URL)
    strange.close()
    monkeypatch.setenv("SSL_CERT_FILE", str(authority))
    trusted = Wayback(policy, LIMITS)
    assert closest(trusted, URL) is None
    trusted.close()


def test_the_usual_proxy_is_used(archive, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", archive.address)
    monkeypatch.setenv("NO_PROXY", "")
    policy = ArchivePolicy(availability="http://archive.test/wayback/available", cdx="http://archive.test/cdx")
    archive.has[URL] = ["20200409083000"]
    way = Wayback(policy, LIMITS)
    assert closest(way, URL)
    way.close()
    assert archive.asked[0].headers["Host"] == "archive.test"


def test_a_snapshot_is_made_with_the_keys_of_an_account(archive, wayback):
    outcome = save(wayback, f"{URL}#rd", KEYS)
    assert outcome.snapshot is not None
    assert outcome.snapshot.url == f"{archive.address}/web/20261124203000/{URL}"
    begun, *polls = archive.asked
    assert (begun.method, begun.path, begun.params["url"]) == ("POST", "/save", URL)
    assert begun.headers["Authorization"] == "LOW my-access:my-secret"
    assert all(poll.headers["Authorization"] == "LOW my-access:my-secret" for poll in polls)
    assert len({poll.params["_t"] for poll in polls}) == len(polls) == 2


def test_keys_are_sent_to_no_look_up(archive, wayback, tmp_path, monkeypatch):
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login me password mine\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    closest(wayback, URL)
    assert [asked.headers.get("Authorization") for asked in archive.asked] == [None, None]


def test_without_keys_the_form_of_the_page_is_sent(archive, wayback):
    outcome = save(wayback, URL, None)
    assert outcome.snapshot is not None
    assert archive.paths_asked()[0] == "/save/"
    assert "Authorization" not in archive.asked[0].headers


def test_where_keys_are_demanded_it_is_said_where_to_get_them(archive, wayback):
    archive.demands_keys = True
    with pytest.raises(WaybackError, match=r"archive\.org/account/s3\.php") as told:
        save(wayback, URL, None)
    assert told.value.ends_run


@pytest.mark.parametrize("code", ["error:not-found", "error:blocked-url", "error:too-many-requests", "error:no-access"])
def test_a_page_that_cannot_be_captured_is_told_with_the_archives_code(archive, wayback, code):
    archive.captures[URL] = code
    outcome = save(wayback, URL, KEYS)
    assert (outcome.snapshot, outcome.trouble, outcome.message) == (None, code, f"It failed with {code}")


def test_what_stands_against_every_page_ends_the_run(archive, wayback):
    archive.captures[URL] = "error:max-daily-bandwidth"
    with pytest.raises(WaybackError) as told:
        save(wayback, URL, KEYS)
    assert told.value.ends_run


def test_the_day_that_is_over_ends_the_run(archive, wayback):
    archive.next["save"].append(Reply("<p>You cannot make more than (200) captures per day.</p>"))
    with pytest.raises(WaybackError, match="today") as told:
        save(wayback, URL, None)
    assert told.value.ends_run


def test_too_many_captures_under_way_are_waited_for(archive, wayback):
    busy = Reply({"status": "error", "status_ext": "error:user-session-limit", "message": "You have too many."})
    archive.next["save"].append(busy)
    assert save(wayback, URL, KEYS).snapshot
    archive.next["save"].extend([busy] * 3)
    with pytest.raises(WaybackError, match="under way") as told:
        save(wayback, URL, KEYS)
    assert told.value.ends_run


@pytest.mark.parametrize(
    ("landed", "is_taken"),
    [
        ("http://mp.weixin.qq.com/s/U0pTQkW55evm94iQORwGeA/", True),  # the same article
        ("https://mp.weixin.qq.com/mp/wappoc_appmsgcaptcha?poc_token=x", False),  # a robot check
    ],
)
def test_what_is_captured_must_be_the_page(archive, wayback, landed, is_taken):
    archive.lands[URL] = landed
    outcome = save(wayback, URL, KEYS)
    assert bool(outcome.snapshot) == is_taken
    assert outcome.trouble == ("" if is_taken else "elsewhere")


def test_where_a_moved_page_leads_is_the_page(archive, wayback):
    archive.lands[URL] = "https://example.org/new"
    assert save(wayback, URL, KEYS, moved_to="https://example.org/new").snapshot


def test_a_job_that_never_ends_is_left(archive, wayback):
    archive.pending = 1_000
    outcome = save(wayback, URL, KEYS)
    assert outcome.trouble == "pending"


@pytest.mark.parametrize("reply", [Reply(DOWN), Reply("[]"), Reply("", 404), Reply({"message": "?"}), Reply("{")])
@pytest.mark.parametrize("step", ["save", "status"])
def test_a_broken_answer_to_a_capture_is_told_and_nothing_breaks(archive, wayback, step, reply):
    archive.next[step].append(reply)
    try:
        outcome = save(wayback, URL, KEYS)
    except WaybackError as error:
        told: Any = str(error)
    else:
        told = outcome.message and outcome.trouble
    assert told


def test_keys_come_in_pairs_and_are_never_shown():
    assert keys_from({}) is None
    keys = keys_from({"PINAKES_ARCHIVE_ACCESS_KEY": "my-access", "PINAKES_ARCHIVE_SECRET_KEY": "my-secret"})
    assert keys == KEYS
    assert "my-" not in repr(keys)
    with pytest.raises(PinakesError, match="PINAKES_ARCHIVE_SECRET_KEY is not set"):
        keys_from({"PINAKES_ARCHIVE_ACCESS_KEY": "my-access"})


def test_the_pace_is_what_the_archive_allows():
    assert interval_of(None, KEYS) >= 60 / 6
    assert interval_of(None, None) >= 60 / 3
    assert interval_of(1.5, KEYS) == 1.5
