"""A report as PDF, workbook and list: the same numbers in each, typed where they can be."""

import csv
import io
import subprocess
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path

import msgspec
import pytest
from python_calamine import CalamineWorkbook
from reportlab.lib.pagesizes import A4, landscape

from tests.reports.pdf_words import lines_across, pages_and_words
from tests.workbooks import sheets_of
from ult_desktop.base import UserError
from ult_desktop.core.figures.period import Span, period_of
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    PeriodReport,
    ReportChart,
    ReportColumn,
    ReportKind,
    ReportPart,
    Tile,
)
from ult_desktop.core.sheet import Letterhead
from ult_desktop.reports.figures_list import report_csv
from ult_desktop.reports.forms import ReportForm, report_bytes
from ult_desktop.reports.pages import MARGIN
from ult_desktop.reports.period_report import report_pdf
from ult_desktop.reports.workbook import report_workbook

MANY = 50_000
VISITS = ReportColumn("visits", "Kunjungan")
WAIT = ReportColumn("wait_mean", "Menunggu rata-rata", ColumnKind.TIME)
DAYS = ReportPart(
    key="day",
    title="Kunjungan menurut hari: semua",
    columns=(ReportColumn("day", "Hari", ColumnKind.DATE), VISITS, WAIT),
    keys=("2026-11-23", "2026-11-24", "total"),
    rows=(("2026-11-23", 12, 345.5), ("2026-11-24", 0, None), ("Jumlah", 12, 345.5)),
    has_sum=True,
    chart=ReportChart(ChartKind.BARS, ("visits",)),
)
HEAT = ReportPart(
    key="heat",
    title="Lama menunggu",
    columns=(
        ReportColumn("weekday", "Hari", ColumnKind.TEXT),
        ReportColumn("h08", "08.00", ColumnKind.TIME),
        ReportColumn("h09", "09.00", ColumnKind.TIME),
    ),
    keys=("0", "1"),
    rows=(("Senin", 600.0, 90.0), ("Selasa", None, 300.0)),
    chart=ReportChart(ChartKind.HEAT, ("h08", "h09")),
)
PLACES = ReportPart(
    key="regencies",
    title="Asal tamu",
    columns=(ReportColumn("regencies", "Kabupaten/kota", ColumnKind.TEXT), ReportColumn("count", "Jumlah")),
    keys=("=Tarakan",),
    rows=(("=Tarakan", "<5"),),
)
EMPTY = msgspec.structs.replace(
    PLACES, key="late_steps", title="Langkah", keys=(), rows=(), note="Tidak ada."
)
REPORT = PeriodReport(
    kind=ReportKind.MONTH,
    office=Letterhead(("BPMP Provinsi Kalimantan Utara", "Unit Layanan Terpadu")),
    period=period_of(date(2026, 11, 23), Span.MONTH),
    made_on=date(2026, 12, 1),
    tiles=(Tile(column=VISITS, value=12, before=10), Tile(column=WAIT, value=345.5, before=None)),
    parts=(DAYS, HEAT, PLACES, EMPTY),
    notes=("Catatan.",),
    signature="Tanjung Selor, 1 Desember 2026\nKepala BPMP Kaltara",
    log_end="12:abcdef",
)


@pytest.mark.parametrize(
    ("value", "before", "change"),
    [
        (12, 10, "naik 20 %"),
        (5, 10, "turun 50 %"),
        (10, 10, "tetap"),
        (0, 10, ""),
        (10, 0, ""),
        (10, None, ""),
    ],
)
def test_a_change_is_told_in_words(value: int, before: int | None, change: str) -> None:
    assert Tile(column=VISITS, value=value, before=before).change == change


def test_on_paper_it_says_everything_and_who_signs() -> None:
    made = report_pdf(REPORT)
    _pages, words = pages_and_words(made)
    for text in (
        "REKAP BULANAN", "November 2026", "12", "naik 20 %", "5,8", "24/11/2026", "10,0", "<5", "Tidak ada.",
        "Catatan.", "Tanjung Selor, 1 Desember 2026", "Kepala BPMP Kaltara", "Halaman 1", "12:abcdef",
    ):  # fmt: skip
        assert text.replace(" ", "") in words, text
    assert b"/Lang" in made
    assert b"Helvetica" not in made
    assert report_pdf(REPORT) == made


def test_a_report_of_a_year_runs_on_and_its_bars_stay_apart() -> None:
    rows = tuple((f"hari {n}", n, float(n)) for n in range(120))
    long = msgspec.structs.replace(DAYS, rows=rows, keys=tuple(row[0] for row in rows), has_sum=False)
    bare = msgspec.structs.replace(REPORT, office=Letterhead(), parts=(long,), signature="", log_end="")
    pages, words = pages_and_words(report_pdf(bare))
    assert pages > 2
    assert "hari119" in words


def test_a_wide_table_ends_at_the_margin() -> None:
    columns = (DAYS.columns[0], *(ReportColumn(f"c{n}", f"Angka {n}") for n in range(14)))
    wide = ReportPart(key="w", title="Lebar", columns=columns, keys=("a",), rows=(("a", *range(14)),))
    across = lines_across(report_pdf(msgspec.structs.replace(REPORT, parts=(wide,))))
    margin, width = round(MARGIN), round(landscape(A4)[0])
    assert (min(across)[0], max(end for _begin, end in across)) == (margin, width - margin)


def test_in_a_workbook_numbers_are_numbers_and_nothing_is_carried_out() -> None:
    made = report_workbook(REPORT)
    book = sheets_of(made)
    sheet = book["Kunjungan menurut hari semua"]
    assert sheet.rows[1] == [date(2026, 11, 23), 12, pytest.approx(345.5 / 60)]
    assert (sheet.formats["A2"], sheet.rows[3][0]) == ("dd/mm/yyyy", "Jumlah")
    assert {each.frozen for each in book.values()} == {"B2"}
    assert {each.formats["B1"] for each in book.values() if "B1" in each.formats} == {"wrapped"}
    assert (sheet.formats["C2"], sheet.rows[2][2]) == ("0.0", "")
    assert [each.get("width") for each in sheet.all("cols/col")] == ["16.7109375"]
    assert b"<c:f>'Kunjungan menurut hari semua'!$B$2:$B$3</c:f>" in only_chart(made)
    assert book["Asal tamu"].rows[1][0] == "=Tarakan"  # text, as its cell is
    assert book["Langkah"].rows[1][0] == "Tidak ada."
    assert book["Ringkasan"].rows[1][1] == 12


def only_chart(made: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        (name,) = (each for each in archive.namelist() if each.startswith("xl/charts/chart"))
        return archive.read(name)


def test_parts_whose_titles_begin_alike_have_sheets_of_their_own() -> None:
    titles = ("Permohonan informasi menurut alasan", "Permohonan Informasi menurut alasan lain", "'Lain'")
    parts = tuple(msgspec.structs.replace(PLACES, title=title) for title in titles)
    names = list(sheets_of(report_workbook(msgspec.structs.replace(REPORT, parts=parts))))
    assert names[1:] == ["Permohonan informasi menurut al", "Permohonan Informasi menurut a1", "Lain"]


def test_in_a_workbook_the_heat_map_is_tinted_by_its_numbers() -> None:
    """From nothing to the longest, which is how it is printed."""
    book = sheets_of(report_workbook(REPORT))
    sheet = book["Lama menunggu"]
    (tinted,) = sheet.all("conditionalFormatting")
    assert tinted.get("sqref") == "B2:C3"
    assert [row[1:] for row in sheet.rows[1:3]] == [[10, 1.5], ["", 5]]
    least, most = sheet.all("conditionalFormatting/cfRule/colorScale/cfvo")
    assert (least.get("type"), least.get("val"), most.get("type")) == ("num", "0", "max")
    colours = sheet.all("conditionalFormatting/cfRule/colorScale/color")
    assert [each.get("rgb") for each in colours] == ["FFEEF3F8", "FFF0A070"]
    assert [len(each.all("conditionalFormatting")) for each in book.values()] == [0, 0, 1, 0, 0]


def test_a_list_for_programs_has_iso_days_and_seconds() -> None:
    lines = list(csv.reader(io.StringIO(report_csv(REPORT).decode("utf-8-sig")), delimiter=";"))
    assert lines[1] == ["2026-11-01", "2026-11-30", "day", "2026-11-23", "2026-11-23", "visits", "", "12"]
    assert lines[2][-3:] == ["wait_mean", "s", "345.500"]
    assert lines[4][-1] == ""
    assert lines[-1][-4:] == ["'=Tarakan", "count", "", "<5"]


def long_report(rows: int) -> PeriodReport:
    """A table of so many rows and ten columns."""
    columns = (DAYS.columns[0], *(ReportColumn(f"n{n}", f"Angka {n}", ColumnKind.TIME) for n in range(9)))
    table = tuple((f"baris {at}", *(float(at + n) for n in range(9))) for at in range(rows))
    part = msgspec.structs.replace(
        DAYS, columns=columns, rows=table, keys=tuple(map(str, range(rows))), has_sum=False, chart=None
    )
    return msgspec.structs.replace(REPORT, parts=(part,))


def most_memory() -> int:
    """Return the most bytes that this process has held until now."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def write_long_report(rows: int, path: Path) -> None:
    """Write the report in a process of its own: print by how many bytes it grew, besides the file itself."""
    report_bytes(long_report(rows // 100), ReportForm.WORKBOOK)  # what is imported by and by is there
    report = long_report(rows)
    before = most_memory()
    made = report_bytes(report, ReportForm.WORKBOOK)
    grown = most_memory() - before
    path.write_bytes(made)
    print(grown - 2 * len(made))  # noqa: T201  (the file is a buffer first, then bytes)


@pytest.mark.slow_night
@pytest.mark.posix_only("proc")
def test_fifty_thousand_rows_are_written_in_flat_memory(tmp_path: Path) -> None:
    path = tmp_path / "besar.xlsx"
    words = f"from {__name__} import *; write_long_report({MANY}, Path({str(path)!r}))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 8 * 1024 * 1024
    with CalamineWorkbook.from_path(path) as book:
        *_rest, last = book.get_sheet_by_name("Kunjungan menurut hari semua").iter_rows()
    assert last[:2] == [f"baris {MANY - 1}", pytest.approx((MANY - 1) / 60)]


def test_a_pc_without_room_for_a_workbook_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sheets are files of the PC before they are one."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tidak-ada"))
    with pytest.raises(UserError, match="tidak dapat disusun") as told:
        report_bytes(REPORT, ReportForm.WORKBOOK)
    assert "ruang kosong" in told.value.todo
