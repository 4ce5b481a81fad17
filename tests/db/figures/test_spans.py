"""Months and years are kept as the sum of their days, for as long as those are true."""

from datetime import date
from functools import partial

import pytest

from tests.office import store_of, trace_statements
from tests.operations.scene import Scene
from ult_desktop.core.figures.breakdown import NO_FILTER, Breakdown, FigureFilter, PeriodFigures, longest_step
from ult_desktop.core.figures.period import Period, Span, days_between, parse_period, period_of
from ult_desktop.core.queue import commands
from ult_desktop.db.figures import days, periods
from ult_desktop.db.figures.periods import of_period

TODAY = "2028-02-10 09:00"
YEARS = days_between(date(2026, 1, 1), date(2028, 12, 31))


@pytest.fixture(scope="module")
def past(begun: Scene) -> None:
    """Visitors on some days of fifteen months; everything that has ended is kept."""
    for day in ("2026-11-30", "2026-12-01", "2027-03-15", "2027-12-31", "2028-01-03", "2028-02-10"):
        begun.set_time(f"{day} 09:00")
        begun.sit(1)
        begun.take()
        begun.take("B")
        begun.later(10)
        begun.serve()
        begun.later(7)
        begun.do(commands.Finish(counter=1))
    begun.set_time(TODAY)
    keep(begun)


def keep(scene: Scene) -> None:
    """Keep the figures of the days that have ended, as the upkeep does."""
    for day in scene.office.read(lambda tx: days.ended_and_missing(tx, scene.clock())):
        store_of(scene.office).write(partial(days.keep, day=day))
    for span in scene.office.read(periods.missing):
        store_of(scene.office).write(partial(periods.keep, span=span))


def told(scene: Scene, period: Period, grain: Span, only: FigureFilter = NO_FILTER) -> PeriodFigures:
    return of_period(scene.office.read, period, scene.clock(), only, grain)


def is_kept(scene: Scene, name: str) -> bool:
    return scene.office.read(lambda tx: periods.is_kept(tx, parse_period(name)))


def test_whole_months_and_years_are_kept(scene: Scene) -> None:
    kept = scene.office.read(lambda tx: tx.column("SELECT span FROM figured_span"))
    assert sorted(kept) == ["2026-12", "2027", *(f"2027-{month:02}" for month in range(1, 13)), "2028-01"]
    assert scene.office.read(periods.missing) == ()


@pytest.mark.parametrize("only", [NO_FILTER, FigureFilter(service_id=2), FigureFilter(counter=1)])
def test_it_does_not_matter_in_which_steps_a_period_is_read(scene: Scene, only: FigureFilter) -> None:
    by_day, by_month, by_year = (told(scene, YEARS, span, only) for span in (Span.DAY, Span.MONTH, Span.YEAR))
    assert by_day.whole.visits > 0
    assert by_day.places == by_month.places == by_year.places
    assert by_day.divided_by(Breakdown.MONTH) == by_month.divided_by(Breakdown.MONTH)
    assert (
        by_day.divided_by(Breakdown.YEAR)
        == by_month.divided_by(Breakdown.YEAR)
        == by_year.divided_by(Breakdown.YEAR)
    )
    assert len(by_year.steps) < len(by_month.steps) <= len(by_day.steps)


def test_a_day_that_is_made_anew_takes_month_and_year_with_it(scene: Scene) -> None:
    before = told(scene, YEARS, Span.YEAR)
    store_of(scene.office).write(lambda tx: tx.run("DELETE FROM figured_day WHERE day = '2027-03-15'"))
    assert [is_kept(scene, name) for name in ("2027-02", "2027-03", "2027")] == [True, False, False]
    assert told(scene, YEARS, Span.YEAR).whole == before.whole
    keep(scene)
    assert is_kept(scene, "2027-03")
    assert told(scene, YEARS, Span.YEAR) == before


def test_sums_that_the_days_do_not_make_are_found(scene: Scene) -> None:
    change = "UPDATE span_figure SET served = served + 1 WHERE span = '2027-12'"
    store_of(scene.office).write(lambda tx: tx.run(change))
    trace_statements(store_of(scene.office), None)  # it walks on purpose
    found = {(each.check, each.detail) for each in scene.office.verify().findings}
    assert {("figures", "2027-12"), ("figures", "2027")} <= found
    for span in ("2027-12", "2027"):
        store_of(scene.office).write(partial(periods.keep, span=span))


@pytest.mark.parametrize(
    ("cuts", "grain"),
    [
        ((Breakdown.MONTH, Breakdown.HOUR), Span.MONTH),
        ((Breakdown.YEAR, Breakdown.SERVICE), Span.YEAR),
        ((Breakdown.OFFICER,), Span.YEAR),
        ((Breakdown.WEEK, Breakdown.MONTH), Span.DAY),
    ],
)
def test_a_period_is_read_in_the_longest_steps_that_serve(cuts: tuple[Breakdown, ...], grain: Span) -> None:
    assert longest_step(cuts) is grain
    assert period_of(date(2026, 2, 1), Span.MONTH).length == 28
