"""Feed validation with files that nobody would write, and see that each gives findings or none, never a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from pinakes.project import Project
from pinakes.validate import validate

_TODAY = date(2026, 11, 24)
_TOPIC = """\
title: {zh: 自动微分, en: Autodiff}
requires: [calculus]
entries:
  - title: 'Auto''diff'
    url: https://example.org/a?x=1#y
    papers: [simclr]
    published: 2020-04
    link: {state: gone, since: 2020, archived: https://example.org/z}
    mirrors: [http://[::1]/, 'ftp:x']
  - {title: {zh: 乙, en: "B\\n"}, url: http://a.example.org:80/%7e/../x, kind: survey, tags: [&a x, *a]}
about: |-
  text $x$ ![f](figures/f.svg)

  > more # pinakes: ignore PK031: why
"""
_PAPER = """\
title: P
authors: [X, Y]
year: 2020
arxiv: '2002.05709'
doi: 10.1/x
follows: [p]
code: https://example.org/c
"""
_TERMS = "- {zh: 甲, en: a, abbr: [A], also: [b]}\n- zh: 乙\n  en: b\n"
_CONFIG = "name: X\nlanguages: [zh, en]\nfetch: {concurrency: 3, hosts: {a: {interval: 0}}, allow: [10.0.0.0/8]}\n"
_FILES = {
    "catalog/topics/x.yml": _TOPIC.encode(),
    "catalog/papers/p.yml": _PAPER.encode(),
    "catalog/terms.yml": _TERMS.encode(),
    "catalog/config.yml": _CONFIG.encode(),
}
_PIECES = (
    *("\t", "\n", "  ", ": ", "- ", "[", "]", "{", "}", "'", '"', "&a ", "*a", "!!x ", "? ", "|", ">-", "#", "%", "@"),
    *("\\", "\0", "\u0085", "\u2028", "\ufeff", "\u202e", "\U0001f600", "null", "~", "1e999", ".nan", "0x", "<<: "),
    *(
        "---\n",
        "...\n",
        "-9999999999999999999999",
        "http://[",
        "https://%zz",
        "https://例え.jp:x/",
        "2020-99-99",
        "true",
    ),
    *("title:", "url:", "="),
)


def fuzz(cases: int, seed: int, tell: Callable[[int], None] = lambda _: None) -> int:
    """Validate mutated and random files.

    Args:
        cases: How many.
        seed: Of the random choices.
        tell: Is called with the number of cases done.

    Returns:
        How many findings they gave. A crash ends it with its own exception, and the case's bytes in a note.
    """
    random, found = Random(seed), 0  # noqa: S311  # test data
    with TemporaryDirectory() as folder:
        project = Project(Path(folder).resolve())
        for number, files in enumerate(_cases(random, cases), 1):
            _write(project, files)
            try:
                found += len(validate(project, _TODAY).findings)
            except Exception as error:
                error.add_note(f"case {number} of seed {seed}: {files!r}")
                raise
            tell(number)
    return found


def _cases(random: Random, count: int) -> Iterator[dict[str, bytes]]:
    for _ in range(count):
        files = dict(_FILES)
        for name in random.sample(sorted(files), random.randint(1, 2)):
            files[name] = _broken(random, files[name])
        yield files


def _broken(random: Random, data: bytes) -> bytes:
    if random.random() < 0.15:
        return random.randbytes(random.randrange(200))
    for _ in range(random.randint(1, 8)):
        data = random.choice((_cut, _insert, _double, _flip, _shuffle))(random, data)
    return data


def _cut(random: Random, data: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    return data[:start] + data[start + random.randrange(20) :]


def _insert(random: Random, data: bytes) -> bytes:
    place = random.randrange(len(data) + 1)
    return data[:place] + random.choice(_PIECES).encode() * random.choice((1, 1, 1, 40)) + data[place:]


def _double(random: Random, data: bytes) -> bytes:
    start, place = random.randrange(len(data) + 1), random.randrange(len(data) + 1)
    return data[:place] + data[start : start + random.randrange(80)] + data[place:]


def _flip(random: Random, data: bytes) -> bytes:
    if not data:
        return data
    place = random.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << random.randrange(8)]) + data[place + 1 :]


def _shuffle(random: Random, data: bytes) -> bytes:
    lines = data.split(b"\n")
    random.shuffle(lines)
    return b"\n".join(lines)


def _write(project: Project, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = project.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
