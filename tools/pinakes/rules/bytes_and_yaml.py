"""Rules about a file as such: its name, its bytes, its YAML."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from yaml import MarkedYAMLError, YAMLError

from pinakes.rules.file import File
from pinakes.rules.registry import Problem, rule
from pinakes.source import MAX_DEPTH, MAX_EXPANSION, Trouble

_SLUG = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")  # what YAML 1.2 §5.1 forbids, and NEL
_INVISIBLE = re.compile(
    r"[\u00ad\u200b\u200e\u200f\u2060-\u2064\ufeff]"  # zero-width; a soft hyphen
    r"|[\u2028\u2029]"  # line and paragraph separators, which YAML 1.1 takes for line breaks
    r"|[\u202a-\u202e\u2066-\u2069]"  # bidirectional controls: CVE-2021-42574
    r"|\u200c(?![\u0600-\u0dff])"  # a non-joiner, save before the scripts that need it
    r"|(?<![\u0600-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff])\u200d",  # a joiner, save there and inside an emoji
)
_SUSPECT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)  # all that either looks at, in one quick pass over a file that has none of it
_NAMES = {0x00AD: "soft hyphen", 0x200B: "zero-width space", 0xFEFF: "zero-width no-break space", 0x0085: "next line"}

# libyaml's words for the mistakes that people make most, and the way out.
_HINTS: tuple[tuple[str, str], ...] = (
    (r"\t$|found a tab character", "indent with spaces; YAML takes no tabs there"),
    ("mapping values are not allowed", "a text that holds `: ` stands in quotes"),
    ("that cannot start any token", "a text that begins with @, ` or % stands in quotes"),
    (
        r"unexpected end of stream|expected ',' or|expected node content",
        "a quote or bracket that was opened is not closed",
    ),
    ("expected a single document", "one file holds one document; take out the line `---`"),
    ("could not find expected ':'", "a key needs a colon and a space behind it; a longer text stands in quotes"),
    (
        "did not find expected key",
        "look at the indent of this line and the one above, and at quotes inside a quoted text",
    ),
    ("did not find expected '-' indicator", "the items of one list begin in the same column, each with `- `"),
    ("found undefined alias", "a text that begins with * stands in quotes"),
    ("did not find expected alphabetic or numeric", "a text that begins with * or & stands in quotes"),
    ("found unknown escape character", "in double quotes a backslash is written twice; single quotes take it as it is"),
)


def remove_invisible(text: str) -> str:
    """Take out what `invisible-character` finds."""
    return _INVISIBLE.sub("", text)


@rule("PK001", "yaml-syntax", of="file", fatal=True)
def yaml_syntax(file: File) -> Iterator[Problem]:
    """The file is not valid YAML.

    Why:
        Nothing of the file can be read, so nothing of it reaches the site. The place is where the parser gave up; the
        mistake is there or shortly before.

    Bad:
        title: Attention: all you need
        entries: []

    Good:
        title: "Attention: all you need"
        entries:
          - title: Self-attention step by step
            url: https://example.org/attention
    """
    error = file.parsed
    if isinstance(error, YAMLError) and not _UNPRINTABLE.search(file.text or "") and not _is_too_deep(error):
        message, offset = _words_of(error), _offset_of(error, file.text or "")
        said = message + (" \t" if file.source.text[offset : offset + 1] == "\t" else "")
        hint = next((hint for pattern, hint in _HINTS if re.search(pattern, said)), "")
        yield Problem(f"not valid YAML: {message}", hint, offset=offset)


@rule("PK002", "not-utf8", of="file", fatal=True)
def not_utf8(file: File) -> Iterator[Problem]:
    r"""The file is not UTF-8.

    Why:
        YAML is Unicode, and a file in GB18030 or Latin-1 turns into other characters without a word.

    Bad:
        title: Auto\xc4

    Good:
        title: Auto
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    if file.text is None and not file.trouble:
        index = _first_bad_byte(file.data)
        hint = "save the file as UTF-8" + ("; it may be GB18030 now" if _decodes(file.data, "gb18030") else "")
        yield Problem(f"not UTF-8: byte 0x{file.data[index]:02X}", hint, offset=len(file.data[:index].decode("utf-8")))


@rule("PK003", "byte-order-mark", of="file", severity="warning", fix=lambda text: text.removeprefix("\ufeff"))
def byte_order_mark(file: File) -> Iterator[Problem]:
    r"""The file begins with a byte order mark.

    Why:
        UTF-8 needs none, and tools that do not expect it take it for a part of the first key.

    Bad:
        \ufefftitle: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    if file.data.startswith(codecs.BOM_UTF8):
        yield Problem("the file begins with a byte order mark", "save it as UTF-8 without one", offset=0)


@rule("PK004", "unreadable-file", of="file", fatal=True)
def unreadable_file(file: File) -> Iterator[Problem]:
    """The file cannot be read: too large, a link that leaves the catalogue, no file at all, or not allowed.

    Why:
        A catalogue is built from whatever a pull request brings. A topic file of 100 MB or a link to /etc/passwd
        is a mistake or an attack, and is not opened.

    Bad:
        A symbolic link catalog/topics/x.yml that leads out of catalog/.

    Good:
        A file.
    """
    if file.trouble:
        yield Problem(file.trouble, offset=0)


@rule("PK005", "invisible-character", of="file", severity="warning", fix=remove_invisible)
def invisible_character(file: File) -> Iterator[Problem]:
    r"""A text holds a character that nobody sees: zero-width, or one that turns the direction of the text.

    Why:
        Titles copied from web pages carry them. They make equal titles unequal, break search, and bidirectional
        controls show a reader another text than the one that is there (CVE-2021-42574).

    Bad:
        title: Auto\u200bdiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for found in _INVISIBLE.finditer(file.text or "") if _is_suspect(file) else ():
        yield Problem(f"an invisible character, {_name_of(found[0])}", "delete it", offset=found.start())


@rule("PK006", "control-character", of="file", fatal=True)
def control_character(file: File) -> Iterator[Problem]:
    r"""The file holds a control character.

    Why:
        YAML forbids them (§5.1 of its specification), so the whole file cannot be read.

    Bad:
        title: Auto\x07diff

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for found in _UNPRINTABLE.finditer(file.text or "") if _is_suspect(file) else ():
        yield Problem(f"a control character, {_name_of(found[0])}", "delete it", offset=found.start())


@rule("PK007", "nested-too-deep", of="file", fatal=True)
def nested_too_deep(file: File) -> Iterator[Problem]:
    """Lists or mappings stand inside each other without an end.

    Why:
        No catalogue needs more than six levels; a file with hundreds was made to exhaust a program.

    Bad:
        title: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    if isinstance(file.parsed, YAMLError) and _is_too_deep(file.parsed):
        yield Problem(f"nested more than {MAX_DEPTH} levels deep", offset=_offset_of(file.parsed, file.text or ""))
    for trouble in _of_kind(file, "nesting"):
        yield Problem(f"nested more than {MAX_DEPTH} levels deep", offset=trouble.offset)


@rule("PK008", "alias-bomb", of="file", fatal=True)
def alias_bomb(file: File) -> Iterator[Problem]:
    """Aliases multiply the file.

    Why:
        Nine lines of aliases to aliases expand to gigabytes ("billion laughs"). An alias or two is fine.

    Bad:
        a: &a [1, 1, 1, 1, 1, 1, 1, 1, 1]
        b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
        c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
        d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]

    Good:
        title: Autodiff
        entries:
          - title: Autodiff in sixty lines
            url: https://example.org/autodiff
    """
    for trouble in _of_kind(file, "aliases"):
        yield Problem(
            f"its aliases expand to more than {MAX_EXPANSION} times the file", "write it out", offset=trouble.offset
        )


@rule("PK009", "file-name", of="file")
def file_name(file: File) -> Iterator[Problem]:
    """The file's name cannot be an address.

    Why:
        A topic's or paper's file name is its address on the site and its key in other files, so it is made of small
        Latin letters, digits and hyphens, and ends in `.yml`. A file that ends otherwise is not read.

    Bad:
        # catalog/topics/自动微分.yml
        title: 自动微分
        entries:
          - title: 自动微分技术
            url: https://example.org/autodiff

    Good:
        # catalog/topics/autodiff.yml
        title: 自动微分
        entries:
          - title: 自动微分技术
            url: https://example.org/autodiff
    """
    path = PurePosixPath(file.name)
    if file.kind not in {"topic", "paper"}:
        return
    if path.suffix != ".yml":
        yield Problem(f"a file that ends in `{path.suffix}` is not read", "let its name end in `.yml`", offset=0)
    for part in (*path.parts[2:-1], path.stem):
        if not _SLUG.fullmatch(part):
            yield Problem(f"`{part}` cannot be an address", "use a-z, 0-9 and hyphens", offset=0)


def _is_suspect(file: File) -> bool:
    return bool(_SUSPECT.search(file.text or ""))


def _of_kind(file: File, kind: str) -> Iterator[Trouble]:
    return (trouble for trouble in file.troubles if trouble.kind == kind)


def _is_too_deep(error: YAMLError) -> bool:
    return "maximum nesting depth" in str(error)


def _words_of(error: YAMLError) -> str:
    if isinstance(error, MarkedYAMLError):
        return ", ".join(part for part in (error.context, error.problem) if part)
    return str(error).partition("\n")[0]


def _offset_of(error: YAMLError, text: str) -> int:
    """Say where the parser gave up; where that is the end of the file, where that began which has no end."""
    if not isinstance(error, MarkedYAMLError):
        return 0
    marks = [mark for mark in (error.problem_mark, error.context_mark) if mark]
    inside = [mark for mark in marks if mark.index < len(text.rstrip())]
    return int((inside or marks)[0].index) if marks else 0


def _first_bad_byte(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _name_of(character: str) -> str:
    import unicodedata  # noqa: PLC0415  # only when there is one to name

    code = ord(character)
    name = _NAMES.get(code) or unicodedata.name(character, "").lower()
    return f"U+{code:04X} {name}".rstrip()
