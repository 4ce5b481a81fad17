"""A sheet as PDF: readable words, the program's own font inside, long texts on further pages."""

import re
from pathlib import Path

import msgspec
import pytest

from tests.pictures import LOGO
from tests.reports.pdf_words import pages_and_words, pages_of
from ult_desktop.base.paths import resource
from ult_desktop.core.sheet import Cells, Letterhead, Sheet, SheetRow
from ult_desktop.reports import letters
from ult_desktop.reports.sheet import sheet_pdf

SHEET = Sheet(
    office=Letterhead(("BPMP Provinsi Kalimantan Utara", "Unit Layanan Terpadu")),
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
        *SHEET.office.lines, "TANDA TERIMA INFORMASI", SHEET.number, "Pemohon", "Ani <b>Guru</b> & Rekan",
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


def test_columns_of_a_register_are_as_wide_as_their_words() -> None:
    """Long words have most of the page, so that a register is no stack of narrow columns."""
    said = "Output, langkah 3: pemohon diarahkan kepada petugas helpdesk sesuai kategori layanan yang dituju"
    heads = ("No.", "Tanggal", "Penyimpangan", "Pelaksana", "Waktu", "Penyebab", "Perbaikan", "Keadaan")
    lines = (Cells((str(n), "16/11/2026", said, "", "", "", "", "Terbuka")) for n in range(1, 60))
    register = msgspec.structs.replace(SHEET, table=(Cells(heads), *lines), numbered=True, code="")
    pages, words = pages_and_words(sheet_pdf(register))
    narrow, _words = pages_and_words(sheet_pdf(msgspec.structs.replace(register, numbered=False)))
    assert pages < narrow / 2
    assert words.count("No.TanggalPenyimpangan") == pages
    assert words.count("Terbuka") == 59


@pytest.mark.parametrize("rows", range(18, 50))
def test_who_signs_a_register_signs_below_rows_of_it(rows: int) -> None:
    lines = (Cells((str(n), f"baris-{n}", *"abcdef")) for n in range(1, rows))
    table = (Cells(("No.", *(f"Kepala {n}" for n in range(7)))), *lines)
    register = msgspec.structs.replace(SHEET, table=table, numbered=True, code="", signatures=("Ani",))
    *_others, last = pages_of(sheet_pdf(register))
    said = [words for _high, words in last]
    assert "(Ani)" in said
    assert f"baris-{rows - 1}" in said
    assert said.count("Kepala 1") == 1


def test_a_word_wider_than_its_column_leaves_the_others_theirs() -> None:
    table = (Cells(("No.", *"ABCDEFG")), Cells(("1", *["x" * 200] * 7)))
    register = msgspec.structs.replace(SHEET, table=table, numbered=True, code="")
    assert pages_and_words(sheet_pdf(register))[1].count("x" * 10) >= 7
    assert pages_and_words(sheet_pdf(register))[0] == 1


def test_a_bare_sheet() -> None:
    bare = Sheet(office=Letterhead(), title="Janji Temu", number="", rows=())
    assert pages_and_words(sheet_pdf(bare)) == (1, "JANJITEMU")


def test_the_font_is_inside_and_the_same_sheet_gives_the_same_bytes() -> None:
    pdf = sheet_pdf(SHEET)
    assert b"Inter" in pdf
    assert b"FontFile2" in pdf
    assert pdf == sheet_pdf(SHEET)


@pytest.mark.parametrize(
    ("columns", "size"), [(0, (420, 595)), (3, (595, 842)), (6, (595, 420)), (7, (842, 595))]
)
def test_the_page_is_as_wide_as_its_columns_need(columns: int, size: tuple[int, int]) -> None:
    table = (Cells(tuple("abcdefg"[:columns])),) if columns else ()
    box = re.search(
        rb"MediaBox \[ 0 0 ([\d.]+) ([\d.]+)", sheet_pdf(msgspec.structs.replace(SHEET, table=table))
    )
    assert box is not None
    assert tuple(round(float(each)) for each in box.groups()) == size


def test_a_signature_of_several_lines_stands_without_brackets() -> None:
    _pages, words = pages_and_words(sheet_pdf(msgspec.structs.replace(SHEET, signatures=("Kepala\nAni",))))
    assert "KepalaAni" in words
    assert "(Kepala" not in words


def test_the_letterhead_has_the_logo() -> None:
    drawn = sheet_pdf(msgspec.structs.replace(SHEET, office=Letterhead(("KEMENTERIAN", "BPMP"), LOGO)))
    assert b"/Subtype /Image" in drawn
    assert "KEMENTERIANBPMP" in pages_and_words(drawn)[1]
    assert b"/Subtype /Image" not in sheet_pdf(SHEET)


def told(name: str, fonts: tuple[Path, ...], monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(letters, "system_fonts", lambda: fonts)
    letters.other_fonts.cache_clear()
    sheet = msgspec.structs.replace(SHEET, rows=(SheetRow("Pemohon", name),), signatures=(), code="")
    found = pages_and_words(sheet_pdf(sheet))[1]
    letters.other_fonts.cache_clear()
    return found.partition("Pemohon")[2].partition("Layanan")[0]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("山田太郎", "□□□□"),
        ("Sri 🌺 Wahyuni", "Sri□Wahyuni"),
        ("عبد", "□□□"),
        ("José Жж", "JoséЖж"),
        ("Ni Luh ᬦᬶ", "NiLuh□□"),
        ("Ani\u200d\ufe0f", "Ani"),
    ],
)
def test_a_letter_that_no_font_has_leaves_a_mark(
    name: str, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert told(name, (), monkeypatch) == shown


def test_a_font_of_this_pc_gives_the_letters_that_are_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The fixed-width face stands for a font of the system, Inter without its letters for the program's."""
    own = letters._glyphs

    def glyphs(font: str) -> frozenset[int]:
        return own(font) - ({ord("Ж")} if font == "Inter" else set())

    monkeypatch.setattr(letters, "_glyphs", glyphs)
    fallback = resource("fonts", "JetBrainsMono_400Regular.ttf")
    broken = tmp_path / "rusak.ttf"
    broken.write_bytes(b"\0\1\0\0")
    assert told("Ж Ani", (broken, Path(str(fallback))), monkeypatch) == "ЖAni"
    assert told("Ж Ani", (broken,), monkeypatch) == "□Ani"


def test_arabic_is_joined_and_set_from_the_right() -> None:
    assert letters.shaped_text("عبد الله") == "ﻪﻠﻟﺍ ﺪﺒﻋ"
    assert letters.shaped_text("Ani محمد S.Pd.") == "Ani ﺪﻤﺤﻣ S.Pd."
    assert letters.shaped_text("Ani") == "Ani"
