"""Every figure opens the rows that it is made of: as many as it counts, kept or not."""

from datetime import date

import pytest

from tests.office import PASSWORD, store_of
from tests.operations.scene import Scene
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.figures.breakdown import NO_FILTER, Breakdown, FigureFilter, FigureSlice, slice_of_row
from ult_desktop.core.figures.figures import every_figure_column, figure_column
from ult_desktop.core.figures.period import Span, period_of
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.db.figures import days
from ult_desktop.db.figures.entries import entries_of
from ult_desktop.db.figures.periods import of_period

MONTH = period_of(date(2026, 11, 23), Span.MONTH)
MANY = 1000


@pytest.fixture(scope="module")
def past(begun: Scene) -> None:
    """Two days: served at two counters, sent on, missed, held, cancelled, waiting, at the door."""
    for day in ("2026-11-23 08:30", "2026-11-24 09:10"):
        begun.set_time(day)
        begun.sit(1, 2)
        for prefix in ("A", "A", "B"):
            begun.take(prefix)
        begun.later(10)
        begun.serve()
        begun.later(7)
        begun.do(commands.Finish(counter=1))
        begun.miss()
        held = begun.take()
        begun.do(commands.Hold(ticket_id=held.id))
        begun.later(31)
        begun.do(commands.Resume(ticket_id=held.id))
        begun.serve()
        begun.later(61)
        begun.do(commands.Finish(counter=1))
        begun.take()
        visit = begun.office.perform(WelcomeVisitor(), begun.office.sign_in("admin", PASSWORD))
        begun.do(DeclareVulnerable(visit_id=visit.id, grounds=(PriorityReason.DISABILITY,)))


@pytest.mark.parametrize("kept", [0, 1, 2])
@pytest.mark.parametrize("only", [NO_FILTER, FigureFilter(counter=1)])
def test_a_figure_opens_as_many_rows_as_it_counts(scene: Scene, kept: int, only: FigureFilter) -> None:
    for day in ("2026-11-23", "2026-11-24")[:kept]:
        store_of(scene.office).write(lambda tx: days.keep(tx, day))  # noqa: B023  (called at once)
    found, read = of_period(scene.office.read, MONTH, scene.clock(), only), scene.office.read
    looked_at = 0
    for by in Breakdown:
        for key, figures in found.divided_by(by).items():
            cut = slice_of_row(MONTH, only, by, key)
            for figure in (*every_figure_column(), figure_column("vulnerable")):
                rows = entries_of(read, cut, figure, MANY)
                assert len(rows) == figure.count(figures), (by, key, figure.column.key)
                looked_at += len(rows)
    assert looked_at > 0


def test_the_latest_come_first_and_no_more_than_asked_for(scene: Scene) -> None:
    rows = entries_of(scene.office.read, FigureSlice(period=MONTH), figure_column("visits"), 3)
    assert [row.day for row in rows] == ["2026-11-24"] * 3
    assert [row.at for row in rows] == sorted((row.at for row in rows), reverse=True)


def test_a_place_of_the_heat_map(scene: Scene) -> None:
    found = of_period(scene.office.read, MONTH, scene.clock())
    for (weekday, hour), figures in found.by_weekday_and_hour().items():
        cut = FigureSlice(period=MONTH, weekday=weekday, hour=hour)
        rows = entries_of(scene.office.read, cut, figure_column("wait_median"), MANY)
        assert len(rows) == figures.waits.count
