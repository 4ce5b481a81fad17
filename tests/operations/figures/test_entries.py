"""Every figure opens the rows that it is made of."""

from collections.abc import Iterator
from functools import partial

import pytest
from msgspec.structs import replace

from tests.office import make_office, store_of
from tests.operations.desks import Desks
from tests.operations.figures.test_reports import made
from tests.operations.scene import Scene
from ult_desktop.core.accountability.deviations import DeviationKind
from ult_desktop.core.care.commands import AddDevice, BeginEscort, DeclareVulnerable, LendDevice, ReturnDevice
from ult_desktop.core.care.declarations import Leg
from ult_desktop.core.cases.commands import ReferEscalation
from ult_desktop.core.figures.breakdown import NO_FILTER, Breakdown, FigureFilter
from ult_desktop.core.figures.choice import OtherRows, TableChoice
from ult_desktop.core.figures.figures import every_figure_column
from ult_desktop.core.figures.report import ColumnKind, PeriodReport, ReportPart
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.accountability import deviations
from ult_desktop.db.accountability.deviations import NewDeviation
from ult_desktop.operations.figures import entries
from ult_desktop.operations.figures.entries import (
    can_be_opened,
    outside_queue_part,
    rows_behind,
    rows_behind_tile,
)

pytestmark = pytest.mark.by_engine
ANONYMOUS = {"survey", "trend"}
MINUTES = 8


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """They waited eight minutes: seven of a regency, five of another, one of a third. Cases, late steps.

    The last one's number was held three minutes besides. A number was held half an hour, then missed. The
    third's and the five are vulnerable, are accompanied in and borrow the wheelchair.
    """
    scene = Scene(make_office(tmp_path_factory.mktemp("full"), hand_clock=True))
    scene.sit(1)
    desks = Desks(scene)
    chair = scene.office.perform(AddDevice(kind="Kursi roda", label="Kursi roda 1"), scene.officer(1))
    homes = ("Kab. Nunukan", *["Kab. Malinau"] * 5, *["Kota Tarakan"] * 7)
    for place, home in enumerate(homes, 1):
        ticket = scene.take("B" if home == "Kab. Nunukan" else "A")
        book = SignGuestBook(ticket_id=ticket.id, name="Ani", regency=home, institution=f"SD di {home}")
        visit = scene.office.perform(book, scene.officer(1))
        if home != "Kota Tarakan":
            scene.do(DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,)))
            scene.office.perform(BeginEscort(visit_id=visit.id, leg=Leg.IN), scene.officer(1))
            lent = scene.office.perform(LendDevice(device_id=chair.id, visit_id=visit.id), scene.officer(1))
            scene.office.perform(ReturnDevice(loan_id=lent.loan_id or 0), scene.officer(1))
        scene.later(MINUTES)
        if place == len(homes):
            scene.do(commands.Hold(ticket_id=ticket.id))
            scene.later(3)
            scene.do(commands.Resume(ticket_id=ticket.id))
        scene.serve()
        scene.later(5)
        scene.do(commands.Finish(counter=1))
    held = scene.take()
    scene.do(commands.Hold(ticket_id=held.id))
    scene.later(30)
    scene.do(commands.Resume(ticket_id=held.id))
    scene.miss()
    case, sent = desks.escalated()
    desks.do(ReferEscalation(escalation_id=sent.id, instruction="Mohon arahan", unit="Ditjen GTK"), "bela")
    late = NewDeviation(
        kind=DeviationKind.TIME, day="2026-11-23", made_at=scene.clock(), procedure_id="kaltara-helpdesk",
        procedure_version=1, visit_id=case.visit_id, step=4, steps=(4,),
    )  # fmt: skip
    store_of(scene.office).write(lambda tx: deviations.add(tx, late))
    yield scene
    scene.close()


def behind(scene: Scene, report: PeriodReport, part: ReportPart, row: int, place: int) -> ReportPart | None:
    found = rows_behind(report, part, NO_FILTER, (row, place), with_officers=True)
    return found.make(scene.office.read, scene.clock()) if found is not None else None


def untrue(scene: Scene, report: PeriodReport) -> Iterator[str]:
    """Every number of a report that does not open as many rows as it counts."""
    for part in report.parts:
        for row, values in enumerate(part.rows):
            for place, column in enumerate(part.columns[1:], 1):
                rows, value = behind(scene, report, part, row, place), values[place]
                where = f"{part.key} {values[0]} {column.key} {value}"
                if rows is None:
                    yield f"{where} opens nothing"
                elif column.kind is ColumnKind.COUNT and isinstance(value, int) and value != len(rows.rows):
                    yield f"{where}: {len(rows.rows)} rows"
                elif column.kind is ColumnKind.TIME and value is not None and not rows.rows:
                    yield f"{where} is made of nothing"


def opened(scene: Scene, report: PeriodReport, key: str, only: FigureFilter = NO_FILTER) -> ReportPart:
    """Return the entries of the figure at a glance of this key."""
    tile = next(each for each in report.tiles if each.column.key == key)
    return rows_behind_tile(report, tile, only, with_officers=True).make(scene.office.read, scene.clock())


def test_every_figure_at_a_glance_opens_its_rows(full: Scene) -> None:
    report = made(full, "2026-11")
    for tile in report.tiles:
        rows, value = opened(full, report, tile.column.key).rows, tile.value
        assert isinstance(value, int | float), tile.column.key
        assert value > 0, tile.column.key
        assert rows, tile.column.key
        if tile.column.kind is ColumnKind.COUNT:
            assert len(rows) == value, tile.column.key
    held = opened(full, report, "hold_mean")
    assert (held.columns[-1].words, [row[-1] for row in held.rows]) == ("Ditunda", [1800.0, 180.0])
    assert (held.note, opened(full, report, "vulnerable").note) == (
        "",
        "Alasan prioritas tiap pengunjung dihapus sesudah masa simpannya; jumlahnya tetap.",
    )


def test_few_vulnerable_visitors_at_a_glance_stay_hidden(full: Scene) -> None:
    of_few = FigureFilter(service_id=full.service["B"])
    report = made(full, "2026-11", only=of_few)
    assert [tile.value for tile in report.tiles if tile.column.key == "vulnerable"] == ["<5"]
    rows = opened(full, report, "vulnerable", of_few)
    assert (rows.rows, rows.note[:24]) == ((), "Angka kecil tidak dibuka")


@pytest.mark.slow
def test_every_figure_of_a_report_opens_its_rows(full: Scene) -> None:
    report = made(full, "2026-11", with_officers=True)
    assert [part.key for part in report.parts if not can_be_opened(part)] == ["survey", "trend"]
    opened = tuple(part for part in report.parts if part.key not in ANONYMOUS)
    assert report.part("care").rows == (("Pendampingan", 6), ("Peminjaman alat bantu", 6))
    assert {"cases", "units", "care", "deviations", "causes", "step", "regencies", "institutions"} <= {
        part.key for part in opened if part.rows
    }
    assert list(untrue(full, replace(report, parts=opened))) == []


@pytest.mark.parametrize("rows", [*Breakdown, *OtherRows])
def test_every_figure_of_a_free_table_opens_its_rows(full: Scene, rows: Breakdown | OtherRows) -> None:
    choice = TableChoice(rows, tuple(each.column.key for each in every_figure_column()))
    report = made(full, "2026-11", with_officers=True, choice=choice)
    assert report.parts[0].rows
    assert list(untrue(full, replace(report, parts=report.parts[:1]))) == []


def test_waits_are_told_by_where_visitors_come_from_and_not_of_few(full: Scene) -> None:
    part = made(full, "2026-11", choice=TableChoice(OtherRows.REGENCY)).parts[0]
    assert [column.key for column in part.columns][-2:] == ["wait_median", "wait_p90"]
    told = dict(zip(part.keys, part.rows, strict=True))
    assert [float(value or 0) for value in told["Kota Tarakan"][3:]] == pytest.approx([450, 570])
    assert told["Kab. Nunukan"][3:] == (None, None)


def test_a_number_that_is_hidden_stays_so(full: Scene) -> None:
    report = made(full, "2026-11")
    part = report.part("regencies")
    rows = behind(full, report, part, part.keys.index("Kab. Nunukan"), 1)
    assert rows is not None
    assert (rows.rows, rows.note[:24]) == ((), "Angka kecil tidak dibuka")


def test_only_numbers_open(full: Scene) -> None:
    report = made(full, "2026-11")
    part = report.part("service")
    assert rows_behind(None, part, NO_FILTER, (0, 1), with_officers=False) is None
    assert rows_behind(report, None, NO_FILTER, (0, 1), with_officers=False) is None
    assert rows_behind(report, part, NO_FILTER, (0, 0), with_officers=False) is None
    found = rows_behind(report, part, NO_FILTER, (0, 1), with_officers=False)
    assert found is not None
    assert found.title == f"Kunjungan: {part.rows[0][0]}, November 2026"
    assert "Siti Rahmawati" not in str(found.make(full.office.read, full.clock()).rows)


def test_so_many_rows_are_read_and_no_more(full: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "MAX_ENTRIES", 1)
    period = made(full, "2026-11").period
    opened = outside_queue_part(
        full.office.read, full.clock(), by="cases", column="count", period=period, key="opened"
    )
    assert (len(opened.rows), opened.note) == (1, "Hanya 1 yang terakhir.")


def test_what_a_case_is_counted_as_says_which_are_behind_it(full: Scene) -> None:
    report = made(full, "2026-11")
    cases = partial(outside_queue_part, full.office.read, full.clock(), by="cases", column="count")
    opened = partial(cases, period=report.period)
    (line,) = opened(key="opened").rows
    assert (line[0], line[4]) == ("2026-11-23", "diteruskan")
    assert (opened(key="closed").rows, opened(key="closed").note) == ((), "Tidak ada baris.")
