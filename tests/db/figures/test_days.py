"""A day's figures as they are kept: once it has ended, and anew when something of it changes."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.office import PASSWORD, make_office, store_of, trace_statements
from tests.operations.scene import Scene
from ult_desktop.core.figures.breakdown import NO_FILTER, Breakdown, FigureFilter
from ult_desktop.core.figures.day import DayRows, cells_of
from ult_desktop.core.figures.figures import Figures
from ult_desktop.core.figures.period import Span, period_of
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import WelcomeVisitor
from ult_desktop.db.figures import days
from ult_desktop.db.figures.periods import of_period

DAY = "2026-11-23"
MONTH = period_of(date(2026, 11, 23), Span.MONTH)


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    """Two counters had visitors: one served, one missed, one held, one waiting; one at the door."""
    found = Scene(make_office(tmp_path, hand_clock=True))
    found.sit(1, 2)
    found.take()
    found.later(10)
    found.serve()
    found.later(7)
    found.do(commands.Finish(counter=1))
    found.take("B")
    found.miss(2)
    held = found.take()
    found.do(commands.Hold(ticket_id=held.id))
    found.later(30)
    found.do(commands.Resume(ticket_id=held.id))
    found.later(2)
    found.serve()
    found.take()
    welcome(found)
    yield found
    found.close()


def welcome(scene: Scene) -> None:
    scene.office.perform(WelcomeVisitor(), scene.office.sign_in("admin", PASSWORD))


def figures(scene: Scene, only: FigureFilter = NO_FILTER) -> Figures:
    return of_period(scene.office.read, MONTH, scene.clock(), only).whole


def keep(scene: Scene, day: str = DAY) -> None:
    store_of(scene.office).write(lambda tx: days.keep(tx, day))


def is_kept(scene: Scene) -> bool:
    return scene.office.read(lambda tx: days.missing(tx, DAY, DAY)) == ()


def test_a_day_is_told_from_its_rows(scene: Scene) -> None:
    found = figures(scene)
    assert (found.visits, found.called, found.arrived) == (5, 3, 2)
    assert (found.served, found.no_show, found.cancelled, found.unfinished) == (1, 1, 0, 3)
    assert (found.waits.count, found.servings.count, found.servings.total_ms) == (2, 1, 7 * 60_000)
    assert round(found.holds.mean_s or 0) == 30 * 60
    # The second waited two minutes and a second: what they were held stands apart.
    assert found.waits.total_ms == (10 * 60_000 + 1000) + (2 * 60_000 + 1000)


def test_what_is_kept_is_what_the_rows_make(scene: Scene) -> None:
    before = figures(scene)
    keep(scene)
    assert is_kept(scene)
    assert figures(scene) == before
    kept = scene.office.read(lambda tx: days.kept_cells(tx, DAY))
    assert kept == scene.office.read(lambda tx: days.cells_from_rows(tx, DAY))


def test_whatever_changes_a_row_of_the_day_takes_its_figures_back(scene: Scene) -> None:
    acts: list[Callable[[], object]] = [
        scene.take,
        lambda: scene.call(2),
        lambda: scene.do(commands.Arrive(counter=2)),
        lambda: scene.do(commands.Finish(counter=2)),
        lambda: welcome(scene),
        lambda: scene.do(commands.Hold(ticket_id=scene.take().id)),
    ]
    for act in acts:
        keep(scene)
        act()
        assert not is_kept(scene)
        before = figures(scene)
        keep(scene)
        assert figures(scene) == before


def test_figures_that_the_rows_do_not_make_are_found(scene: Scene) -> None:
    keep(scene)
    trace_statements(store_of(scene.office), None)  # it walks on purpose
    store_of(scene.office).write(lambda tx: tx.run("UPDATE day_figure SET visits = visits + 1"))
    assert [(each.check, each.detail) for each in scene.office.verify().findings] == [("figures", DAY)]
    keep(scene)


@pytest.mark.parametrize("is_made", [False, True])
def test_every_cut_and_every_filter_adds_up(scene: Scene, is_made: bool) -> None:
    if is_made:
        keep(scene)
    found = of_period(scene.office.read, MONTH, scene.clock())
    for cut in Breakdown:
        parts = found.divided_by(cut).values()
        assert sum(part.visits for part in parts) == found.whole.visits
        assert sum(part.servings.total_ms for part in parts) == found.whole.servings.total_ms
    services = found.divided_by(Breakdown.SERVICE)
    for key, part in services.items():
        assert figures(scene, FigureFilter(service_id=int(key))) == part
    assert found.by_weekday_and_hour().keys() <= {(0, hour) for hour in range(24)}


def test_days_that_have_ended_are_to_be_made_once(scene: Scene) -> None:
    def missing() -> tuple[str, ...]:
        return scene.office.read(lambda tx: days.ended_and_missing(tx, scene.clock()))

    assert DAY not in missing()
    scene.set_time("2026-11-24 07:00")
    assert missing()[-1] == DAY
    for day in missing():
        keep(scene, day)
    assert missing() == ()


def test_an_office_without_a_visitor_has_nothing_to_tell(tmp_path: Path) -> None:
    scene = Scene(make_office(tmp_path, hand_clock=True))
    assert figures(scene) == Figures()
    assert cells_of(DayRows(), lambda _stamp: 0) == ()
    scene.close()
