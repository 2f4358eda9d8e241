"""The bench measures what it says, on a small catalogue."""

from __future__ import annotations

import re

from pinakes.bench.catalog import write_catalog
from pinakes.bench.fuzz import fuzz


def test_the_same_seed_gives_the_same_catalogue(tmp_path):
    for name in ("one", "two"):
        write_catalog(tmp_path / name, entries=60, topics=7, seed=3)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.yml"))
    assert len(files) == 8
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_the_catalogue_is_valid_and_half_of_it_on_one_host(tmp_path, cli):
    write_catalog(tmp_path, entries=1000, topics=10)
    assert cli("validate", cwd=tmp_path).stdout == "No findings: 1,000 entries in 11 files.\n"
    text = "".join(path.read_text("utf-8") for path in tmp_path.rglob("topics/**/*.yml"))
    assert 430 < text.count("https://mp.weixin.qq.com/") < 570


def test_the_table_has_every_row(tmp_path, cli):
    done = cli("bench", "site", "--entries", "60", "--topics", "6", "--runs", "1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    for what in ("cold", "warm", "one file changed", "build, cold", "the site", "peak memory", "serve", "--help"):
        assert re.search(rf"{what}.*\d\.\d\d ", done.stdout), what


def test_a_short_fuzz_finds_no_crash():
    assert fuzz(150, seed=7) > 0
