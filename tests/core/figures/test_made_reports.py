"""The changes that a new version of a report names."""

from datetime import date

from msgspec.structs import replace

from ult_desktop.core.figures.made_reports import changes_between
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import (
    ColumnKind,
    PeriodReport,
    ReportColumn,
    ReportKind,
    ReportPart,
    ReportValue,
    Tile,
)
from ult_desktop.core.sheet import Letterhead

VISITS = ReportColumn("visits", "Kunjungan")
WAIT = ReportColumn("wait", "Menunggu", ColumnKind.TIME)
SHARE = ReportColumn("no_show_share", "Tidak hadir", ColumnKind.PERCENT)
SERVICES = ReportPart(
    key="service",
    title="Menurut layanan",
    columns=(ReportColumn("service", "Layanan", ColumnKind.TEXT), VISITS, WAIT),
    keys=("1", "2"),
    rows=(("Loket GTK", 4, 90), ("Umum", 2, None)),
)


def report(*parts: ReportPart, visits: ReportValue = 6, column: ReportColumn = VISITS) -> PeriodReport:
    return PeriodReport(
        kind=ReportKind.MONTH,
        office=Letterhead(),
        period=parse_period("2026-10"),
        made_on=date(2026, 11, 1),
        tiles=(Tile(column=column, value=visits, before=None),),
        parts=parts,
    )


def services(*rows: tuple[ReportValue, ...], keys: tuple[str, ...] = ("1", "2")) -> ReportPart:
    return replace(SERVICES, rows=rows, keys=keys)


def test_the_same_figures_are_no_change() -> None:
    assert changes_between(report(SERVICES), report(SERVICES)) == ()


def test_a_figure_at_a_glance_is_told_from_before_to_after() -> None:
    assert changes_between(report(), report(visits=1200)) == ("Kunjungan: 6 → 1.200",)
    before, after = (report(visits=value, column=SHARE) for value in (12.5, 20))
    assert changes_between(before, after) == ("Tidak hadir (%): 12,5 → 20,0",)


def test_each_value_of_a_row_is_told_in_the_words_of_its_column() -> None:
    after = services(("Loket GTK", 4, 150), ("Umum", 3, 60))
    assert changes_between(report(SERVICES), report(after)) == (
        "Menurut layanan, Loket GTK, Menunggu (menit): 1,5 → 2,5",
        "Menurut layanan, Umum, Kunjungan: 2 → 3",
        "Menurut layanan, Umum, Menunggu (menit): – → 1,0",
    )


def test_a_row_that_came_and_one_that_went_are_told() -> None:
    after = services(("Loket GTK", 4, 90), ("PPID", 1, 30), keys=("1", "3"))
    assert changes_between(report(SERVICES), report(after)) == (
        "Menurut layanan, PPID, Kunjungan: – → 1",
        "Menurut layanan, PPID, Menunggu (menit): – → 0,5",
        "Menurut layanan: Umum tidak ada lagi",
    )


def test_a_table_with_other_columns_is_named_as_a_whole() -> None:
    after = replace(SERVICES, columns=SERVICES.columns[:2], rows=(("Loket GTK", 4), ("Umum", 2)))
    assert changes_between(report(SERVICES), report(after)) == ("Menurut layanan: kolomnya lain",)


def test_what_an_earlier_program_did_not_have_is_no_change() -> None:
    assert changes_between(report(), report(SERVICES, visits=60, column=WAIT)) == ()
