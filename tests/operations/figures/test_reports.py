"""The reports that the head signs say the same wherever they are looked at."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from tests.office import PASSWORD, make_office, store_of
from tests.operations.desks import Desks
from tests.operations.scene import Scene
from tests.survey import TEN, said
from ult_desktop.base import formats
from ult_desktop.base.errors import UserError
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.cases.commands import ReferEscalation, WithdrawEscalation
from ult_desktop.core.figures.breakdown import Breakdown, FigureFilter
from ult_desktop.core.figures.choice import TableChoice
from ult_desktop.core.figures.period import Period, parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportKind
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.survey.commands import EnterPaperSurvey
from ult_desktop.core.visits.commands import EndVisit, SignGuestBook, WelcomeVisitor
from ult_desktop.db.accountability import deviations
from ult_desktop.db.accountability.deviations import NewDeviation
from ult_desktop.db.figures import days
from ult_desktop.db.store.key_ranges import Query
from ult_desktop.operations.figures.reports import period_report, public_recap, require_begun
from ult_desktop.reports.figures_list import report_csv

pytestmark = pytest.mark.by_engine

T = TypeVar("T")


def made(scene: Scene, name: str, **how: object) -> PeriodReport:
    period = parse_period(name)
    return period_report(scene.office.read, period, scene.clock(), **how)  # type: ignore[arg-type]


def test_a_month_is_told_by_everything_that_it_has(busy: Scene) -> None:
    report = made(busy, "2026-11")
    tiles = {tile.column.key: tile.value for tile in report.tiles}
    assert (report.kind, tiles["visits"], tiles["served"], tiles["no_show"]) == (ReportKind.MONTH, 7, 5, 1)
    for key in ("day", "weekday", "hour", "service", "channel", "counter"):
        part = report.part(key)
        place = [column.key for column in part.columns].index("visits")
        *each, whole = (row[place] for row in part.rows)
        assert sum(int(number or 0) for number in each) == whole == 7
    assert report.part("day").keys == ("2026-11-23", "2026-11-24", "total")
    assert [row[0] for row in report.part("day").rows] == ["2026-11-23", "2026-11-24", "Jumlah"]
    assert report.part("heat").rows[0][0] == "Senin"
    assert report.log_end


def test_officers_are_told_to_who_asks_for_them(busy: Scene) -> None:
    assert "officer" not in [part.key for part in made(busy, "2026-11").parts]
    part = made(busy, "2026-11", with_officers=True).part("officer")
    assert [row[0] for row in part.rows] == ["tanpa petugas", "Siti Rahmawati", "Budi Santoso", "Jumlah"]


def test_a_table_of_officers_is_refused_to_who_may_not_see_them(busy: Scene) -> None:
    choice = TableChoice(Breakdown.OFFICER, ("visits",))
    with pytest.raises(UserError, match="hanya untuk kepala"):
        made(busy, "2026-11", choice=choice)
    part = made(busy, "2026-11", choice=choice, with_officers=True).parts[0]
    assert [row[0] for row in part.rows] == ["tanpa petugas", "Siti Rahmawati", "Budi Santoso", "Jumlah"]


def test_cases_that_were_sent_on_are_told_by_unit(tmp_path: Path) -> None:
    scene = Scene(make_office(tmp_path, always_open=False))
    scene.sit(1)
    desks = Desks(scene)
    _case, named = desks.escalated()
    desks.do(ReferEscalation(escalation_id=named.id, instruction="Mohon arahan", unit="Ditjen GTK"), "bela")
    desks.escalated()
    _case, withdrawn = desks.escalated()
    desks.do(WithdrawEscalation(escalation_id=withdrawn.id, reason="Salah meja"))
    assert made(scene, "2026-11").part("units").rows == (("Back Office", 2), ("Ditjen GTK", 1))
    scene.close()


def test_a_part_of_the_office_has_no_cases(busy: Scene) -> None:
    report = made(busy, "2026-11", only=FigureFilter(service_id=busy.service["B"]))
    assert (report.tiles[0].value, report.tiles[2].value) == (1, 1)
    assert "cases" not in [part.key for part in report.parts]


def test_a_day_is_compared_with_the_day_before(busy: Scene) -> None:
    report = made(busy, "2026-11-24")
    visits = report.tiles[0]
    assert (visits.value, visits.before, visits.change) == (2, 5, "turun 60 %")
    assert [part.key for part in report.parts][:2] == ["hour", "service"]


@pytest.mark.parametrize(("name", "by"), [("2026-W48", "day"), ("2026-T4", "week"), ("2026", "month")])
def test_longer_periods_are_told_in_larger_steps(busy: Scene, name: str, by: str) -> None:
    assert made(busy, name).parts[0].key == by


def test_the_recap_names_no_counter_and_no_officer(busy: Scene) -> None:
    period = parse_period("2026-11")
    report = public_recap(busy.office.read, period, busy.clock())
    keys = [part.key for part in report.parts]
    assert (report.kind, "counter" in keys, "officer" in keys) == (ReportKind.RECAP, False, False)
    assert report.log_end == ""


def test_each_day_that_is_not_kept_is_a_reading_of_its_own(busy: Scene) -> None:
    """Others write in between; what they write meanwhile is not lost from the days that follow."""
    days_read = 0

    def read(query: Query[T]) -> T:
        nonlocal days_read
        found = busy.office.read(query)
        days_read += isinstance(query, partial) and query.func is days.cells_from_rows
        busy.office.perform(WelcomeVisitor(), busy.office.sign_in("admin", PASSWORD))
        return found

    report = period_report(read, parse_period("2026-11"), busy.clock())
    assert days_read == 2  # nothing lies before the first visitor
    assert report.tiles[0].value


def test_a_time_without_a_visitor_says_so(busy: Scene) -> None:
    report = made(busy, "2026-10")
    assert report.part("day").note == "Tidak ada kunjungan dalam periode ini."
    assert report.part("heat").note
    assert {tile.change for tile in report.tiles} == {""}
    assert [part.key for part in report.parts if part.chart is not None] == []


def test_of_what_has_not_begun_nothing_is_told(busy: Scene) -> None:
    later: Period = parse_period("2026-12")
    with pytest.raises(UserError, match="belum mulai"):
        busy.office.read(lambda tx: require_begun(tx, later, busy.clock()))
    busy.office.read(lambda tx: require_begun(tx, later.moved(-1), busy.clock()))


def test_a_report_is_signed_with_the_day_on_which_it_was_made(busy: Scene) -> None:
    day = formats.format_date(to_datetime(busy.clock(), busy.zone), "long")
    assert made(busy, "2026-11").signature.splitlines()[:2] == [day, "Kepala BPMP Kaltara"]


def test_a_report_before_its_period_has_ended_says_so(busy: Scene) -> None:
    told = "November 2026 belum berakhir: angkanya sampai 24 November 2026."
    assert told in made(busy, "2026-11").notes
    assert not [
        line for name in ("2026-11-24", "2026-10") for line in made(busy, name).notes if "belum" in line
    ]


def test_a_step_is_within_its_time_where_it_was_carried_out(tmp_path: Path) -> None:
    """One of three visits signed the guest book, and nobody did more than that: no step 5 was in time."""
    scene = Scene(make_office(tmp_path, hand_clock=True))
    admin = scene.office.sign_in("admin", PASSWORD)
    visits = [scene.office.perform(WelcomeVisitor(), admin) for _n in range(3)]
    scene.office.perform(SignGuestBook(visit_id=visits[0].id, name="Ani Guru"), admin)
    scene.office.perform(EndVisit(visit_id=visits[0].id), admin)
    scene.office.perform(CloseDay(reason="Hari berakhir"), admin)
    part = made(scene, "2026-11").part("step")
    assert [column.key for column in part.columns[1:]] == ["done", "undone", "late", "on_time"]
    assert part.rows[0][1:] == (1, 0, 0, 100)
    assert part.rows[1][1:] == (0, 1, 0, None)
    scene.close()


def test_what_is_not_of_the_queue_is_told_too(tmp_path: Path) -> None:
    scene = Scene(make_office(tmp_path, hand_clock=True))
    admin = scene.office.sign_in("admin", PASSWORD)
    for values in TEN:
        paper = EnterPaperSurvey(said=said(values), day=date(2026, 11, 23))
        scene.office.perform(paper, admin)
    visit = scene.office.perform(WelcomeVisitor(), admin)
    scene.office.perform(SignGuestBook(visit_id=visit.id, name="Ani Guru", regency="Kota Tarakan"), admin)
    late = NewDeviation(
        kind=DeviationKind.TIME, day="2026-11-23", made_at=scene.clock(), procedure_id="kaltara-helpdesk",
        procedure_version=1, visit_id=visit.id, step=4, steps=(4,),
    )  # fmt: skip
    store_of(scene.office).write(lambda tx: deviations.add(tx, late))
    report = made(scene, "2026-11")
    index = report.part("survey").rows[-1]
    assert (index[:2], index[-2:]) == (("IKM", 10), (83.89, "Mutu B · Baik"))
    assert len(report.part("survey").rows) == 10
    assert report.part("deviations").rows[0] == ("Waktu", 1)
    assert ("Layanan Helpdesk, langkah 4", 0, 0, 1, None) in report.part("step").rows
    assert report.part("causes").rows == (("Langkah melewati waktu baku", 1),)
    assert report.part("regencies").codes == ("65.71",)
    assert ";regencies;65.71;Kota Tarakan;" in report_csv(report).decode("utf-8-sig")
    assert report.part("regencies").rows == (("Kota Tarakan", "<5", 0),)
    assert report.part("institutions").note
    assert report.part("trend").rows[-1][1:] == (83.89, 10)
    scene.close()
