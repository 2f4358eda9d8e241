"""Follow redirects, as browsers do."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from yarl import URL

from pinakes.fetch.answer import Answer
from pinakes.fetch.job import Job, read_host
from pinakes.fetch.observation import Hop

MOST_HOPS = 20
"""Redirects that are followed at most (WHATWG Fetch §4.4)."""


def follow(job: Job, answer: Answer) -> bool:
    """Lead a job along a redirect; False where it ends there: a circle, too many, an address that cannot be read."""
    assert job.url is not None
    assert answer.status is not None
    target = _target(job.url, answer.leads_on)
    if target is None or len(job.hops) >= MOST_HOPS:
        return False
    seen = [hop.url for hop in job.hops].count(str(job.url))
    if seen and (job.cookies is None or seen > 1):  # with a cookie the same address may answer otherwise
        return False
    job.hops.append(Hop(str(job.url), answer.status, str(target)))
    job.url, job.cookies, job.answer = target, answer.cookies, None
    job.attempts -= 1  # a hop is no attempt: what led here is asked once
    return True


def _target(base: URL, location: str) -> URL | None:
    """Resolve a Location (RFC 9110 §10.2.2); bytes that are not ASCII are sent as they came, as browsers do."""
    raw = location.strip().encode("utf-8", "surrogateescape")
    try:
        if not urlsplit(location).netloc.isascii():  # a name in its own script, which yarl writes as DNS has it
            return read_host(base.join(URL(raw.decode())).with_fragment(None))
        return read_host(base.join(URL(quote(raw, safe="%/:?#[]@!$&'()*+,;=~"), encoded=True)).with_fragment(None))
    except ValueError:
        return None


def trouble_with(job: Job, answer: Answer) -> str:
    """Say why a job ends at a redirect."""
    if not answer.leads_on:
        return f"a redirect that does not say where to ({answer.status})"
    if len(job.hops) >= MOST_HOPS:
        return f"more than {MOST_HOPS} redirects"
    if job.url is not None and _target(job.url, answer.leads_on) is None:
        return f"a redirect to what is no address: {answer.leads_on[:80]}"
    return "the redirects lead in a circle"
