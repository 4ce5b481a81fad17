"""A year of simulated days goes through evidence, staffing and the monthly summaries: its figures stay."""

import random
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.office import copy_office
from tests.operations.accountability.accounting import actor
from tests.operations.office.test_office_changes import Chief
from tests.operations.queue.test_past_waits import acts_of
from tests.operations.scene import KIOSK, Scene
from tests.personal import all_keys
from tests.reports.pdf_words import pages_and_words
from tests.survey import answers
from ult_desktop.base import formats
from ult_desktop.core.care.commands import BeginEscort, DeclareVulnerable, EndEscort
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases.case import CaseKind
from ult_desktop.core.cases.commands import GiveAnswer, OpenCase
from ult_desktop.core.evidence.figures import EvidenceFigure, EvidenceTable
from ult_desktop.core.figures.period import parse_period
from ult_desktop.core.figures.report import PeriodReport, ReportPart
from ult_desktop.core.office.template import Weekly
from ult_desktop.core.queue import commands, simulation
from ult_desktop.core.queue.opening import opening_days
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.staffing.forecast import LATEST_DAYS
from ult_desktop.core.staffing.plan import StaffingPlan
from ult_desktop.core.stamps import day_begins
from ult_desktop.core.summary.collecting import Collector, TrustedKey, sum_totals
from ult_desktop.core.summary.signing import read_signed
from ult_desktop.core.summary.summary import LEAST_PEOPLE
from ult_desktop.core.survey.commands import EnterPaperSurvey
from ult_desktop.core.survey.survey import SurveyAnswers
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.visits import visits
from ult_desktop.operations.evidence.board import read_facts
from ult_desktop.operations.evidence.folder import proof_folder
from ult_desktop.operations.evidence.photos import photo_content
from ult_desktop.operations.evidence.tables import table_source_of, tables_of
from ult_desktop.operations.figures.reports import period_report
from ult_desktop.operations.staffing.forecast import next_week
from ult_desktop.operations.staffing.replay import replay
from ult_desktop.operations.summary.making import make_summary
from ult_desktop.reports.proofs import write_folder

MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))
COUNTS = ("visits", "persons", "served", "no_show", "cancelled", "unfinished")
HOMES = ("Kota Tarakan", "Kab. Nunukan", "Kab. Malinau", "rumah paman")


def live(scene: Scene, chance: random.Random) -> None:
    """Play every working day of 2026: who comes, is served, complains, is accompanied, judges."""
    settings = Chief(scene).settings
    for day in opening_days(settings, date(2026, 1, 1), 365):
        if day.spans:
            _live_day(scene, day.date, chance)


def _live_day(scene: Scene, day: date, chance: random.Random) -> None:
    begins = day_begins(day.isoformat(), scene.zone)
    plan = simulation.SimulatedOffice(counters=2, load=chance.uniform(0.1, 0.4))
    found = simulation.simulated_day(plan, begins, chance.random)
    scene.clock.now = found.shifts[0].begin
    scene.sit(1, 2)
    for at, _order, _number, command in sorted(acts_of(found), key=lambda act: act[:3]):
        scene.clock.now = at
        by = KIOSK if isinstance(command, commands.IssueTicket) else scene._who(command, None)
        answer = scene.office.perform(command, by)
        if isinstance(command, commands.Arrive):
            _at_the_counter(scene, answer.id, command.counter, chance)
        if isinstance(command, commands.Finish) and chance.random() < 0.3:
            values = "".join(chance.choice("2334444") for _element in range(9))
            said = SurveyAnswers(answers=answers(values))
            scene.office.perform(EnterPaperSurvey(said=said, day=day, service_id=answer.service_id), by)


def _at_the_counter(scene: Scene, ticket_id: int, counter: int, chance: random.Random) -> None:
    visit = scene.office.read(partial(visits.of_ticket, ticket_id=ticket_id))
    assert visit is not None
    ask = partial(scene.do, counter=counter)
    book = SignGuestBook(
        visit_id=visit.id, name="Ani Guru", regency=chance.choice(HOMES), persons=chance.choice((1, 1, 1, 3))
    )
    ask(book)
    if chance.random() < 0.1:
        ask(DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,)))
        escort = scene.office.perform(BeginEscort(visit_id=visit.id, leg=Leg.OUT), scene.officer(counter))
        scene.office.perform(EndEscort(escort_id=escort.id), scene.officer(counter))
    if chance.random() < 0.15:
        complaint = chance.random() < 0.3
        kind = CaseKind.COMPLAINT if complaint else CaseKind.REQUEST
        opening = OpenCase(
            visit_id=visit.id,
            detail="Lama",
            kind=kind,
            complaint_class="pengaduan_biasa" if complaint else "",
        )
        case = scene.office.perform(opening, scene.officer(counter))
        if chance.random() < 0.8:
            scene.office.perform(GiveAnswer(case_id=case.id, answer="Sudah"), scene.officer(counter))


@pytest.fixture
def year(founded: Path, tmp_path: Path) -> Iterator[Scene]:
    """Return an office after its year 2026, in the evening of its last day."""
    scene = Scene(copy_office(founded, tmp_path), "2025-12-31 12:00")
    chief = Chief(scene)
    open_ = ("08.00-16.00",)
    hours = Weekly(monday=open_, tuesday=open_, wednesday=open_, thursday=open_, friday=open_)
    chief.settle(office=replace(chief.settings.office, code="BPMP-65"), hours=hours)
    live(scene, random.Random(32))
    scene.set_time("2026-12-31 20:00")
    yield scene
    scene.close()


def sums_of(part: ReportPart) -> dict[str, float]:
    """Return the last row of a table, by the keys of its columns."""
    told = zip((each.key for each in part.columns), part.rows[-1], strict=True)
    return {key: value for key, value in told if isinstance(value, int | float)}


def counts_in(part: ReportPart) -> dict[str, object]:
    """Return the first number of each row, by the key of the row."""
    return {key: row[1] for key, row in zip(part.keys, part.rows, strict=True)}


@pytest.mark.slow_night
def test_a_year_goes_through_all_three(year: Scene, tmp_path: Path) -> None:
    read, clock = year.office.read, year.clock
    report = period_report(read, parse_period("2026"), clock())
    assert len(report.part("month").rows) == 13
    _evidence_tells_the_year(year, report, tmp_path)
    year.set_time("2027-01-04 09:00")
    cases = counts_in(report.part("cases"))
    (complaints,) = tables_of(table_source_of(read, clock()), (EvidenceTable.COMPLAINTS,))[
        EvidenceTable.COMPLAINTS
    ]
    assert complaints.rows[0][1:] == (cases["complaints"], cases["complaints_answered"])
    _a_month_is_played_again(year)
    _the_months_add_up_to_the_year(year, report)


def _evidence_tells_the_year(year: Scene, report: PeriodReport, place: Path) -> None:
    read, clock = year.office.read, year.clock
    tables = tables_of(table_source_of(read, clock()), EvidenceTable)
    (months,) = tables[EvidenceTable.VISITS]
    assert sums_of(months).items() <= sums_of(report.part("month")).items()
    assert tables[EvidenceTable.CARE][0].rows[1:] == report.part("care").rows
    assert tables[EvidenceTable.SURVEY][1].rows == report.part("survey").rows
    told = [part.rows for part in tables[EvidenceTable.DEVIATIONS]]
    assert told == [report.part(key).rows for key in ("deviations", "causes")]
    facts = read(lambda tx: read_facts(tx, clock())).figures
    assert facts[EvidenceFigure.RESPONDENTS] == sums_of(report.part("survey"))["answers"] > 0
    folder = proof_folder(year.office, actor(year, "kepala"))
    made = write_folder(folder, place, lambda document: photo_content(document, year.office))
    _pages, words = pages_and_words((made.folder / "99 Semua bukti.pdf").read_bytes())
    assert f"Jumlah{formats.format_number(sums_of(months)['visits'], 0)}" in words
    assert "AniGuru" not in words


def _a_month_is_played_again(year: Scene) -> None:
    november = period_report(year.office.read, parse_period("2026-11"), year.clock())
    found = replay(year.office, parse_period("2026-11"), StaffingPlan(open={"00.00": 1}), 15)
    assert found.recorded.visitors == sums_of(november.part("service"))["arrived"]
    assert found.before.whole.visitors == found.after.whole.visitors
    assert found.before.whole.late < found.after.whole.late
    week = next_week(year.office)
    assert week.known == LATEST_DAYS
    assert [each.whole is not None for each in week.days] == [True] * 5 + [False] * 2
    assert week.kept == pytest.approx(0.8, abs=0.05)


def _the_months_add_up_to_the_year(year: Scene, report: PeriodReport) -> None:
    with all_keys(year.office):
        files = {month: make_summary(year.office, parse_period(month)) for month in MONTHS}
    collector = Collector({"BPMP-65": TrustedKey(name="", key=read_signed(files["2026-01"]).key)}, "2027-01")
    for month, content in files.items():
        collector.add(f"{month}.ultrekap", content)
    page = collector.result()
    assert (page.refused, page.warnings, page.offices[0].lacks) == ((), (), ())
    assert page.whole.hidden == 1, "of one month's cases few were in time"
    whole, cases = sums_of(report.part("service")), counts_in(report.part("cases"))
    assert {name: page.whole.count(name) for name in COUNTS} == {name: whole[name] for name in COUNTS}
    told = (page.whole.count("cases"), page.whole.count("complaints"))
    assert told == (cases["opened"], cases["complaints"])
    done, late = zip(*((row[1], row[3]) for row in report.part("step").rows), strict=True)
    assert page.whole.count("steps_done") == sum(map(int, done))
    assert page.whole.count("steps_late") == sum(map(int, late))
    assert 0 <= whole["arrived"] - sum(page.whole.waits) < LEAST_PEOPLE * len(MONTHS)
    *elements, unit = report.part("survey").rows
    assert page.whole.count("respondents") == unit[1]
    assert [each[1:] for each in page.whole.answers] == [row[1:3] for row in elements]
    assert page.whole.index == pytest.approx(unit[5], abs=0.01)
    own = {str(row[0]): row[1] for row in report.part("service").rows[:-1]}
    assert {name: totals.count("visits") for name, totals in page.services.values()} == own
    assert sum(totals.count("respondents") for _name, totals in page.services.values()) == unit[1]
    every = sum_totals(totals for _name, totals in page.services.values())
    assert every.answers == page.whole.answers
    assert {name for name, _count in page.tables["regencies"].values()} == {*HOMES[:3], "Lain"}
