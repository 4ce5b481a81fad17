"""The flow of a report on paper: full pages, no heading at a page's end, no row of a few alone."""

from datetime import date, timedelta

import msgspec
import pytest
from reportlab.lib.pagesizes import A4

from tests.reports.pdf_words import pages_of
from tests.reports.test_period_report import HEAT, REPORT
from ult_desktop.core.figures.report import (
    ChartKind,
    ColumnKind,
    ReportChart,
    ReportColumn,
    ReportPart,
    ReportValue,
)
from ult_desktop.reports.pages import FOOT, MARGIN
from ult_desktop.reports.period_report import report_pdf

HIGH = A4[0] - 2 * MARGIN - FOOT  # of a page across, without its foot
FIGURES = tuple(ReportColumn(f"n{n}", f"Angka yang {n}", ColumnKind.TIME) for n in range(14))
MOST_OF_A_MONTH = 5


def wide(key: str, names: list[str], kind: ColumnKind = ColumnKind.TEXT) -> ReportPart:
    rows: list[tuple[ReportValue, ...]] = [
        (name, *(60.0 * n for n in range(14))) for name in (*names, "Jumlah")
    ]
    return ReportPart(
        key=key,
        title=f"Judul-{key}",
        columns=(ReportColumn(key, f"Nama-{key}", kind), *FIGURES),
        keys=tuple(str(row[0]) for row in rows),
        rows=tuple(rows),
        has_sum=True,
        chart=ReportChart(ChartKind.BARS, ("n1", "n2")),
    )


def narrow(key: str, rows: int) -> ReportPart:
    return ReportPart(
        key=key,
        title=f"Judul-{key}",
        columns=(ReportColumn(key, f"Nama-{key}", ColumnKind.TEXT), ReportColumn("count", "Jumlah")),
        keys=tuple(f"{key}-{n}" for n in range(rows)),
        rows=tuple((f"{key}-{n}", n) for n in range(rows)),
        chart=ReportChart(ChartKind.BARS, ("count",)) if rows < 9 else None,
    )


def month_of(places: int) -> tuple[ReportPart, ...]:
    days = [(date(2026, 11, 1) + timedelta(n)).isoformat() for n in range(30)]
    return (
        wide("hari", days, ColumnKind.DATE),
        wide("pekan", ["Senin", "Selasa", "Rabu", "Kamis", "Jumat"]),
        wide("jam", [f"{hour:02}.00" for hour in range(8, 16)]),
        wide("layanan", [f"Layanan {n}" for n in range(8)]),
        wide("saluran", ["Tatap muka", "Telepon"]),
        wide("loket", [f"Loket {n}" for n in range(1, 5)]),
        wide("petugas", [f"Petugas {n}" for n in range(1, 7)]),
        HEAT,
        narrow("keadaan", 5),
        narrow("jenis", 3),
        narrow("sebab", 4),
        narrow("asal", 6),
        narrow("instansi", places),
        narrow("tren", 4),
    )


def lines_of(page: list[tuple[float, str]]) -> list[str]:
    """The lines of a page without its foot, from above."""
    said = [(round(-high, 1), words) for high, words in page if high > MARGIN + 1]
    return [words for _high, words in sorted(said, key=lambda each: each[0])]


def printed(parts: tuple[ReportPart, ...]) -> list[list[tuple[float, str]]]:
    return list(pages_of(report_pdf(msgspec.structs.replace(REPORT, parts=parts))))


@pytest.mark.parametrize("places", [2, 12, 40])
def test_a_month_fills_its_pages(places: int) -> None:
    pages = printed(month_of(places))
    assert len(pages) <= MOST_OF_A_MONTH
    for page in pages[:-1]:
        lowest = min(high for high, _words in page if high > MARGIN + 1)
        assert (lowest - MARGIN - FOOT) / HIGH < 0.4


@pytest.mark.parametrize("rows", range(1, 60, 3))
def test_no_page_ends_with_a_title_or_begins_with_the_last_row_alone(rows: int) -> None:
    """However long the table above is."""
    pages = printed((wide("hari", [f"hari-{n}" for n in range(rows)]), narrow("sebab", 4), narrow("asal", 9)))
    for page in pages:
        lines = lines_of(page)
        assert not lines[-1].startswith(("Judul", "Nama"))
        bodies = [words for words in lines if words.startswith("hari-")]
        assert "Judul-hari" in lines or len(bodies) != 1
    (signed,) = [page for page in pages if any("Kepala BPMP" in words for _high, words in page)]
    assert any(words.startswith(("sebab", "asal")) for _high, words in signed)  # never alone


def test_every_chart_has_its_title_and_every_row_is_there_once() -> None:
    parts = month_of(12)
    said = [words.replace("  ", " ") for page in printed(parts) for _high, words in page]
    for part in parts:
        assert part.name_of(part.rows[0]) in said
    assert [said.count(f"instansi-{n}") for n in range(12)] == [1] * 12
    for part in parts:
        titled = part.title in said
        assert titled is (part.has_drawing or part.key == "instansi")


def test_tables_of_the_same_figures_have_their_heads_once() -> None:
    few = (wide("loket", ["Loket 1"]), wide("petugas", ["Petugas 1", "Petugas 2"]), narrow("asal", 3))
    words = [said for page in printed(few) for said in lines_of(page)]
    assert "Angka menurut nama-loket, nama-petugas" in words
    assert [words.count(head) for head in ("Nama-loket", "Nama-petugas", "Angka")] == [1, 1, 0]
