"""PDFs say who wrote them: by their properties, by their first page; those made to harm say nothing."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import pytest

from pinakes.fetch.observation import Observation
from pinakes.metadata.extract import extract
from pinakes.metadata.record import Record

URL = "https://example.org/files/views.pdf"
PAPER = (
    (20, "Two Views Are"),
    (20, "Enough for Contras-"),
    (20, "tive Learning"),
    (12, "Erika Muster, Max Beispiel* and Jan Vorbild"),
    (10, "Example University"),
    (12, "Abstract"),
    (10, "We show that two views are enough."),
)


def text_of(lines: Iterable[tuple[float, str]]) -> bytes:
    drawn, y = [], 760
    for size, line in lines:
        escaped = line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        drawn.append(f"BT /F1 {size} Tf 1 0 0 1 72 {y} Tm ({escaped}) Tj ET")
        y -= 30
    return "\n".join(drawn).encode("latin-1")


def stream(data: bytes, more: str = "") -> bytes:
    return f"<< /Length {len(data)} {more} >>\nstream\n".encode() + data + b"\nendstream"


def string(text: str) -> str:
    return f"<FEFF{text.encode('utf-16-be').hex()}>"


def pdf(
    lines: Iterable[tuple[float, str]] = (),
    info: Mapping[str, str] | None = None,
    xmp: str = "",
    size: tuple[int, int] = (595, 842),
    content: bytes | None = None,
    content_more: str = "",
) -> bytes:
    """Write a PDF of one page by hand: its objects, a table of where they are, a trailer."""
    catalog = "<< /Type /Catalog /Pages 2 0 R" + (" /Metadata 6 0 R" if xmp else "") + " >>"
    page = f"/MediaBox [0 0 {size[0]} {size[1]}] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R"
    objects = [
        catalog.encode(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {page} >>".encode(),
        stream(text_of(lines) if content is None else content, content_more),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        stream(xmp.encode(), "/Type /Metadata /Subtype /XML"),
        ("<< " + " ".join(f"/{key} {string(value)}" for key, value in (info or {}).items()) + " >>").encode(),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + each + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 7 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + end.encode()


def packet(title: str, *names: str, before: str = "") -> str:
    people = "".join(f"<rdf:li>{name}</rdf:li>" for name in names)
    return (
        f'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>{before}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>'
        f"<dc:creator><rdf:Seq>{people}</rdf:Seq></dc:creator>"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    )


def record_of(body: bytes, url: str = URL) -> Record:
    headers = {"content-type": "application/pdf"}
    return extract(Observation(url=url, at=0.0, final_url=url, status=200, headers=headers, body=body))


def said_by(body: bytes) -> tuple[str | None, tuple[str, ...], Any]:
    record = record_of(body)
    return record.title, record.authors, record.kind


def test_a_paper_says_its_title_and_authors_on_its_first_page():
    names = ("Erika Muster", "Max Beispiel", "Jan Vorbild")
    assert said_by(pdf(PAPER)) == ("Two Views Are Enough for Contrastive Learning", names, "paper")


def test_what_program_and_template_left_in_the_properties_is_no_title():
    for left in ("Microsoft Word - views_final2.docx", "untitled", "main.tex", "PowerPoint Presentation", "template"):
        found = said_by(pdf(PAPER, {"Title": left, "Author": "Administrator"}))
        assert found[0] == "Two Views Are Enough for Contrastive Learning"
        assert found[1][0] == "Erika Muster"


def test_a_word_alone_is_a_files_name_and_no_title():
    assert said_by(pdf(info={"Title": "views-final", "Author": "erika"})) == (None, (), None)
    assert said_by(pdf(info={"Title": "Views Told Twice", "Author": "微软用户"})) == ("Views Told Twice", (), None)


def test_another_papers_title_in_the_properties_does_not_count():
    found = record_of(pdf(PAPER, {"Title": "Formatting Instructions for Authors", "Author": "Proceedings Editor"}))
    assert (found.title or "").startswith("Two Views")
    assert found.authors[0] == "Erika Muster"


def test_properties_that_the_first_page_shows_are_the_surest():
    page = [(14, "TWO VIEWS"), (14, "ERIKA MUSTER and MAX BEISPIEL"), (10, "Some words that follow.")]
    found = record_of(pdf(page, {"Title": "Two Views", "Author": "Erika Muster; Max Beispiel"}))
    assert (found.title, found.authors) == ("Two Views", ("Erika Muster", "Max Beispiel"))
    assert found.provenance["title"].rule == "pdf: Info Title, shown on the first page"


def test_a_page_without_text_leaves_the_properties():
    found = said_by(pdf(info={"Title": "对比学习讲义", "Author": "王小明"}, size=(960, 540)))
    assert found == ("对比学习讲义", ("王小明",), "slides")


def test_xmp_goes_before_the_information_dictionary():
    xmp = packet("Two Views, Newly Told", "Erika Muster", "Max Beispiel")
    found = said_by(pdf(info={"Title": "Two Views"}, xmp=xmp))
    assert found[:2] == ("Two Views, Newly Told", ("Erika Muster", "Max Beispiel"))


def test_slides_are_known_by_their_form():
    page = [(40, "Lecture 3: Autodiff"), (24, "Erika Muster")]
    assert said_by(pdf(page, size=(720, 405))) == ("Lecture 3: Autodiff", ("Erika Muster",), "slides")
    assert said_by(pdf(page, {"Creator": "LaTeX with Beamer class"}))[2] == "slides"


def test_what_follows_the_names_is_nobody():
    page = [
        (20, "Two Views"),
        (12, "Erika Muster"),
        (10, "Department of Views"),
        (10, "erika@example.org"),
        (9, "Big City"),
    ]
    assert record_of(pdf(page)).authors == ("Erika Muster",)


@pytest.mark.parametrize(
    "line",
    [
        "Erika Muster 1 Max Beispiel 1 2 Jan Vorbild 2",
        "Erika Muster1, Max Beispiel1,2 & Jan Vorbild2",
        "Erika Muster* Max Beispiel* Jan Vorbild\u00b9",
        "By Erika Muster, Max Beispiel, and Jan Vorbild",
    ],
)
def test_marks_of_affiliations_part_names(line):
    names = ("Erika Muster", "Max Beispiel", "Jan Vorbild")
    assert record_of(pdf([(20, "Two Views"), (12, line), (10, "words in smaller letters")])).authors == names


def test_the_stamp_of_arxiv_on_its_side_is_read_and_is_no_title():
    stamp = b"BT /F1 30 Tf 0 1 -1 0 30 200 Tm (arXiv:2002.90001v1  [cs.LG]  13 Feb 2020) Tj ET\n"
    found = record_of(pdf(content=stamp + text_of(PAPER)), "https://arxiv.org/pdf/2002.90001")
    assert (found.title or "").startswith("Two Views")
    assert (found.papers, found.published, found.kind) == (("arxiv:2002.90001",), "2020-02-13", "paper")


def test_a_paper_of_arxiv_that_cannot_be_read_is_still_named():
    found = record_of(b"%PDF-1.5\n" + bytes(range(256)) * 20, "https://arxiv.org/pdf/2002.90001v2")
    assert (found.title, found.papers, found.site) == (None, ("arxiv:2002.90001",), "arXiv")


def test_the_address_names_the_paper_and_the_text_the_language():
    text = "The views that we show are those of a sample, and the loss is that of the two."
    found = record_of(pdf([*PAPER, (10, text)]), "https://openreview.net/pdf?id=aB3dE5fG7h")
    assert (found.papers, found.lang) == (("openreview:aB3dE5fG7h",), "en")


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.7",
        b"%PDF-1.7\n" + b"\x00\xff" * 5_000,
        b"%PDF-1.7\nstartxref\n0\n%%EOF",
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF",
        b"%PDF-1.7\n" + b"[" * 300_000,
        b"%PDF-1.7\n" + b"<<" * 200_000,
        pdf(PAPER)[:600],
    ],
    ids=["header", "noise", "no-table", "circle", "arrays", "dictionaries", "cut"],
)
def test_what_is_no_pdf_says_nothing(body):
    record = record_of(body)
    assert (record.title, record.authors) == (None, ())


def test_an_entity_bomb_in_the_properties_is_not_blown_up():
    names = "abcdefghijk"
    entities = '<!ENTITY a "bombbombbomb">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 50}">' for before, name in pairwise(names)
    )
    bomb = packet("&k;", "Erika Muster", before=f"<!DOCTYPE x [{entities}]>")
    assert "bomb" not in (record_of(pdf(PAPER, xmp=bomb)).title or "")


def test_a_page_that_unpacks_to_more_than_memory_is_given_up():
    packer = zlib.compressobj(1)
    zeros = bytes(10_000_000)
    packed = b"".join(packer.compress(zeros) for _ in range(40)) + packer.flush()
    assert said_by(pdf(content=packed, content_more="/Filter /FlateDecode")) == (None, (), None)


def test_a_page_that_takes_for_ever_is_given_up():
    drawn = text_of(PAPER) + b"\nBT /F1 9 Tf (x) Tj ET" * 700_000
    packed = zlib.compress(drawn, 1)
    assert said_by(pdf(content=packed, content_more="/Filter /FlateDecode")) == (None, (), None)


def test_no_field_holds_controls_or_directions():
    page = [(20, "Two Views"), (10, "words that follow the title in smaller letters")]
    record = record_of(pdf(page, {"Title": "Two\u202e Views\u0007", "Author": "Erika\u200b Muster"}))
    assert record.title == "Two Views"
    assert not any(ord(character) < 32 or character == "\u202e" for name in record.authors for character in name)
