"""A survey's report as a document and as a poster: every word and table of it, and who signs."""

from datetime import date

import msgspec
import pytest

from tests.reports.pdf_words import pages_and_words
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportChapter,
    ReportColumn,
    ReportKind,
    ReportPart,
    ReportSection,
    Tile,
)
from ult_desktop.core.sheet import Letterhead
from ult_desktop.reports.forms import ReportForm, report_bytes
from ult_desktop.reports.poster import poster_pdf

INDEX = ReportColumn("index", "IKM", ColumnKind.NUMBER)
SURVEY = ReportPart(
    key="survey",
    title="Survei",
    columns=(ReportColumn("element", "Unsur", ColumnKind.TEXT), INDEX, ReportColumn("grade", "Mutu")),
    keys=("sarana", "unit"),
    rows=(("Sarana", 75.0, "C"), ("IKM", 83.89, "Mutu B · Baik")),
)
SEX = ReportPart(
    key="profile-jenis_kelamin",
    title="Responden",
    columns=(ReportColumn("sex", "Jenis kelamin", ColumnKind.TEXT), ReportColumn("count", "Jumlah")),
    keys=("L", "P"),
    rows=(("Laki-laki", 7), ("Perempuan", "<5")),
)
FEW = msgspec.structs.replace(SURVEY, keys=(), rows=(), note="Belum cukup responden.")
REPORT = PeriodReport(
    kind=ReportKind.SKM,
    office=Letterhead(("BPMP Provinsi Kalimantan Utara",)),
    period=parse_period("2026-T4"),
    made_on=date(2027, 1, 4),
    tiles=(
        Tile(column=INDEX, value=83.89, before=None),
        Tile(column=ReportColumn("respondents", "Responden"), value=1234, before=None),
    ),
    parts=(SURVEY, SEX),
    signature="Kepala BPMP Kaltara",
    chapters=(
        ReportChapter(
            title="Bab I. Pendahuluan",
            sections=(ReportSection(title="1.1 Latar", lines=("Satu.", "Dua."), parts=("survey", "tiada")),),
        ),
    ),
    appendices=(ReportChapter(title="Lampiran 1", sections=(ReportSection(title="Isi", lines=("Tiga.",)),)),),
)


def plain(text: str) -> str:
    return "".join(text.split())


def test_the_document_has_a_cover_its_chapters_and_appendices() -> None:
    pages, words = pages_and_words(report_bytes(REPORT, ReportForm.PDF))
    assert pages == 2  # the appendices follow the signature
    for text in ("BAB I. PENDAHULUAN", "1.1 Latar", "Satu.", "Dua.", "Sarana", "LAMPIRAN 1", "Tiga."):
        assert plain(text) in words
    assert words.index("KepalaBPMPKaltara") < words.index("LAMPIRAN1")
    assert report_bytes(REPORT, ReportForm.PDF) == report_bytes(REPORT, ReportForm.PDF)


@pytest.mark.parametrize("lines", range(24, 40))
def test_a_heading_never_ends_a_page(lines: int) -> None:
    """However much stands above it: its table goes with it to the next."""
    sections = (
        ReportSection(title="1.1 Latar", lines=("Baris.",) * lines),
        ReportSection(title="1.2 Keputusan", parts=(SEX.key,)),
    )
    report = msgspec.structs.replace(
        REPORT, chapters=(ReportChapter(title="Bab I", sections=sections),), appendices=()
    )
    _pages, words = pages_and_words(report_bytes(report, ReportForm.PDF))
    assert plain(f"1.2 Keputusan {SEX.title}") in words


@pytest.mark.parametrize(("part", "told"), [(SURVEY, "83,89 Mutu B · Baik"), (FEW, "Belum cukup responden.")])
def test_the_poster_says_what_the_regulation_asks_for(part: ReportPart, told: str) -> None:
    report = msgspec.structs.replace(REPORT, parts=(part, SEX))
    pages, words = pages_and_words(poster_pdf(report))
    assert pages == 1
    for text in (told, "1.234 orang", "Laki-laki = 7, Perempuan = <5", "1 Oktober – 31 Desember 2026"):
        assert plain(text) in words
    assert "TERIMAKASIH" in words
