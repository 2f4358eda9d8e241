"""How well metadata is taken from saved pages, field by field, beside libraries that read the same pages."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from statistics import median
from time import perf_counter
from typing import Any, Literal, NamedTuple

from pinakes.bench.saved import SCORED, Page, Scored
from pinakes.fetch.observation import Observation
from pinakes.metadata.record import Record
from pinakes.urls import host_of

Outcome = Literal["exact", "normalised", "missing", "wrong"]
"""What came of one field of one page.

exact       the very value; or none where none is expected
normalised  the same but for case, width, blanks and punctuation; of dates what both say; of lists in any order
missing     nothing where something is expected
wrong       another value, or one where none is expected
"""
RIGHT = frozenset[Outcome](("exact", "normalised"))
_DATES = frozenset[Scored](("published", "modified"))


class Contestant(NamedTuple):
    """Something that reads metadata from a page.

    Attributes:
        name: Its name, with its version if it is a library.
        fields: What it can find at all; of other fields nothing is counted.
        read: Gives the values of a page.
    """

    name: str
    fields: frozenset[Scored]
    read: Callable[[Page], Mapping[Scored, Any]]


class Score(NamedTuple):
    """What came of one field of one page.

    Attributes:
        who: The contestant's name.
        page: The page.
        field: The field.
        outcome: How good it is.
        got: The value that was found.
    """

    who: str
    page: Page
    field: Scored
    outcome: Outcome
    got: Any


class Tally(NamedTuple):
    """How often one contestant reached each outcome with one field.

    Attributes:
        field: The field.
        host: Whose pages, or empty for all of them.
        who: The contestant's name.
        counts: How often each outcome came.
    """

    field: Scored
    host: str
    who: str
    counts: Mapping[Outcome, int]

    @property
    def pages(self) -> int:
        """How many pages were scored."""
        return sum(self.counts.values())

    @property
    def share(self) -> float:
        """How many of them are right, from 0 to 1."""
        return sum(self.counts.get(outcome, 0) for outcome in RIGHT) / self.pages


class Measured(NamedTuple):
    """What a run came to.

    Attributes:
        scores: All scores.
        seconds: Each contestant's median time for a page, in seconds.
    """

    scores: Sequence[Score]
    seconds: Mapping[str, float]


def measure(
    pages: Sequence[Page], contestants: Sequence[Contestant], tell: Callable[[int], object] = lambda _: None
) -> Measured:
    """Let each contestant read each page, in turns, and score what they find.

    Args:
        pages: The pages, with what is expected of them.
        contestants: Who reads them.
        tell: Is told after each page how many were read.
    """
    scores: list[Score] = []
    times: dict[str, list[float]] = {contestant.name: [] for contestant in contestants}
    if pages:
        for contestant in contestants:
            contestant.read(pages[0])  # what is loaded or compiled at the first page is no page's time
    for number, page in enumerate(pages, 1):
        for contestant in contestants:
            start = perf_counter()
            found = contestant.read(page)
            times[contestant.name].append(perf_counter() - start)
            scores += _score(contestant, page, found)
        tell(number)
    return Measured(scores, {name: median(seconds) for name, seconds in times.items() if seconds})


def compare(field: Scored, expected: Any, got: Any) -> Outcome:
    """Say how good a value is.

    Args:
        field: The field that it is of.
        expected: A text, or a sequence of them; None or empty if the page has none.
        got: The same, as it was found.
    """
    if not expected:
        return "wrong" if got else "exact"
    if not got:
        return "missing"
    if _comparable(expected) == _comparable(got):
        return "exact"
    same = _same_date(expected, got) if field in _DATES else normal(expected) == normal(got)
    return "normalised" if same else "wrong"


def normal(value: Any) -> Any:
    """Give a value without what says nothing: letter case, width, blanks, punctuation, the order of a list.

    Only letters, digits and marks stay, after NFKC (Unicode Standard Annex #15).
    """
    if not isinstance(value, str):
        return frozenset(map(normal, value))
    text = unicodedata.normalize("NFKC", value).casefold()
    return "".join(character for character in text if unicodedata.category(character)[0] in "LNM")


def tally(scores: Iterable[Score], *, by_host: bool = False) -> list[Tally]:
    """Count outcomes per field, or per field and host; sorted by field, host and contestant as they first came."""
    counts: dict[tuple[Scored, str, str], Counter[Outcome]] = {}
    for score in scores:
        key = (score.field, host_of(score.page.url).name if by_host else "", score.who)
        counts.setdefault(key, Counter())[score.outcome] += 1
    tallies = [Tally(*key, found) for key, found in counts.items()]
    return sorted(tallies, key=lambda tally: (SCORED.index(tally.field), tally.host))


def lines(measured: Measured, *, by_host: bool = False) -> Iterator[str]:
    """Write a run as a table: a row for each field and contestant, then the time of each."""
    yield f"{'field':<34}{'':<22}{'pages':>6}{'exact':>7}{'normal.':>8}{'missing':>8}{'wrong':>7}{'right':>8}"
    last = ""
    for row in tally(measured.scores, by_host=by_host):
        what = f"{row.field}  {row.host}".rstrip()
        counts = [row.counts.get(outcome, 0) for outcome in ("exact", "normalised", "missing", "wrong")]
        figures = "".join(f"{count:>{width}}" for count, width in zip(counts, (7, 8, 8, 7), strict=True))
        yield f"{what if what != last else '':<34}{row.who:<22}{row.pages:>6}{figures}{100 * row.share:>6.1f} %"
        last = what
    yield ""
    for name, seconds in measured.seconds.items():
        yield f"{'median time for a page':<34}{name:<22}{1000 * seconds:>6.1f} ms"


def misses(measured: Measured) -> Iterator[str]:
    """Write each value that is not right: its page, field and contestant, what was expected and what was found."""
    for score in measured.scores:
        if score.outcome not in RIGHT:
            expected = score.page.expected[score.field]
            yield (
                f"{score.page.name}  {score.field}  {score.who}: {score.outcome}\n"
                f"    expected {expected!r}\n    got      {score.got!r}"
            )


def ours() -> Contestant:
    """Give Pinakes itself: the record, and the verdict of the same observation."""
    from pinakes.links.classify import classify  # noqa: PLC0415  # both take their time to import
    from pinakes.metadata.extract import extract  # noqa: PLC0415

    def read(page: Page) -> Mapping[Scored, Any]:
        observation = observed(page)
        record: Record = extract(observation)
        found: dict[Scored, Any] = {field: getattr(record, field) for field in SCORED if field != "verdict"}
        if "verdict" in page.expected:
            found["verdict"] = classify(observation).verdict
        return found

    return Contestant("pinakes", frozenset(SCORED), read)


def references() -> list[Contestant]:
    """Give the libraries that are there: of those that are not, nothing is measured."""
    found: list[Contestant] = []
    for reference in (_trafilatura, _htmldate):
        try:
            found.append(reference())
        except ImportError:
            continue
    return found


def observed(page: Page) -> Observation:
    """Make the observation that a page would have been when it was fetched, with no charset said by the server."""
    kind = "application/pdf" if page.is_pdf else "text/html"
    return Observation(
        url=page.url, at=0, final_url=page.url, status=page.status, headers={"content-type": kind}, body=page.body
    )


def _trafilatura() -> Contestant:
    from importlib.metadata import version  # noqa: PLC0415

    from trafilatura.metadata import extract_metadata  # noqa: PLC0415
    from trafilatura.utils import load_html  # noqa: PLC0415

    def read(page: Page) -> Mapping[Scored, Any]:
        tree = None if page.is_pdf else load_html(page.body)
        if tree is None:
            return {}
        found = extract_metadata(tree, default_url=page.url)
        return {
            "title": found.title,
            "authors": tuple(re.split(r"\s*;\s*", found.author)) if found.author else (),
            "site": found.sitename,
            "published": found.date,
            "description": found.description,
            "image": found.image,
        }

    fields: tuple[Scored, ...] = ("title", "authors", "site", "published", "description", "image")
    return Contestant(f"trafilatura {version('trafilatura')}", frozenset(fields), read)


def _htmldate() -> Contestant:
    from importlib.metadata import version  # noqa: PLC0415

    from htmldate import find_date  # noqa: PLC0415

    def read(page: Page) -> Mapping[Scored, Any]:
        if page.is_pdf:
            return {}
        return {"published": find_date(page.body, url=page.url, original_date=True)}

    return Contestant(f"htmldate {version('htmldate')}", frozenset[Scored](("published",)), read)


def _score(contestant: Contestant, page: Page, found: Mapping[Scored, Any]) -> Iterator[Score]:
    for field, expected in page.expected.items():
        if field in contestant.fields:
            got = found.get(field)
            yield Score(contestant.name, page, field, compare(field, expected, got), got)


def _comparable(value: Any) -> Any:
    return value if isinstance(value, str) else tuple(value)


def _same_date(expected: str, got: str) -> bool:
    precision = min(len(expected), len(got))
    return precision >= len("2020") and expected[:precision] == got[:precision]
