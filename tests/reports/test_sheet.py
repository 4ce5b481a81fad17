"""A sheet as PDF: readable words, the program's own font inside, long texts on further pages."""

import msgspec

from tests.reports.pdf_words import pages_and_words
from ult_desktop.core.sheet import Cells, Sheet, SheetRow
from ult_desktop.reports.sheet import sheet_pdf

SHEET = Sheet(
    office=("BPMP Provinsi Kalimantan Utara", "Unit Layanan Terpadu"),
    title="Tanda Terima Informasi",
    number="0001/TT/2026",
    rows=(SheetRow("Pemohon", "Ani <b>Guru</b> & Rekan"), SheetRow("Jawaban", "Baris satu\nBaris dua")),
    notes=("Layanan ini tidak dipungut biaya.",),
    signatures=("Siti Rahmawati", "Ani Guru"),
    code="K7QX2M9D",
)


def test_every_word_stands_on_it_as_it_was_typed() -> None:
    pages, words = pages_and_words(sheet_pdf(SHEET))
    assert pages == 1
    for text in (
        *SHEET.office, "TANDA TERIMA INFORMASI", SHEET.number, "Pemohon", "Ani <b>Guru</b> & Rekan",
        "Baris satu Baris dua", "K7QX2M9D", *SHEET.notes, "(Siti Rahmawati)", "(Ani Guru)",
    ):  # fmt: skip
        assert text.replace(" ", "") in words


def test_a_long_answer_runs_on_and_loses_nothing() -> None:
    long = " ".join(f"kata{n}" for n in range(2000))
    pages, words = pages_and_words(
        sheet_pdf(msgspec.structs.replace(SHEET, rows=(SheetRow("Jawaban", long),)))
    )
    assert pages > 1
    assert "kata0kata1kata2" in words
    assert "kata1999" in words


def test_a_word_without_end_is_broken() -> None:
    endless = msgspec.structs.replace(SHEET, rows=(SheetRow("Instansi", "x" * 300),))
    pages, words = pages_and_words(sheet_pdf(endless))
    assert pages == 1
    assert "x" * 300 in words


def test_a_list_stands_in_columns_named_on_every_page() -> None:
    lines = (Cells((str(n), f"SPD-{n}", "Dedi <i>K</i>")) for n in range(1, 80))
    table = (Cells(("No.", "Nomor SPD", "Pelaksana")), *lines)
    pages, words = pages_and_words(
        sheet_pdf(msgspec.structs.replace(SHEET, table=table, notes=(), signatures=(), code=""))
    )
    assert pages > 1
    assert words.count("No.NomorSPDPelaksana") == pages
    assert "79SPD-79Dedi<i>K</i>" in words
    assert "Barissatu" not in words  # instead of the lines


def test_a_bare_sheet() -> None:
    bare = Sheet(office=(), title="Janji Temu", number="", rows=())
    assert pages_and_words(sheet_pdf(bare)) == (1, "JANJITEMU")


def test_the_font_is_inside_and_the_same_sheet_gives_the_same_bytes() -> None:
    pdf = sheet_pdf(SHEET)
    assert b"Inter" in pdf
    assert b"FontFile2" in pdf
    assert pdf == sheet_pdf(SHEET)
