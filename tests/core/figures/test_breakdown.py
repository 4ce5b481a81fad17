"""Whichever way a period is cut, its parts are its whole, and each row is counted in one of them."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings, strategies as st

from ult_desktop.core.figures.breakdown import (
    NO_FILTER,
    Breakdown,
    FigureFilter,
    PeriodFigures,
    WeekdayCell,
    slice_of_row,
)
from ult_desktop.core.figures.day import (
    Cell,
    Counting,
    DayCall,
    DayRows,
    DayTicket,
    DayVisit,
    FigurePlace,
    countings,
)
from ult_desktop.core.figures.figures import Figures, Spread, every_figure_column, sum_figures
from ult_desktop.core.figures.period import Span, period_of
from ult_desktop.core.figures.tables import heat_part, table_of
from ult_desktop.core.queue.ticket import QueuePosition, TicketState
from ult_desktop.core.visits.visit import VisitChannel

MINUTE, HOUR = 60_000, 3_600_000
MONTH = period_of(date(2026, 11, 1), Span.MONTH)
TICKETS = st.lists(
    st.tuples(
        st.integers(0, 29),
        st.integers(8, 15),
        st.integers(1, 3),
        st.sampled_from(TicketState),
        st.lists(st.tuples(st.integers(1, 3), st.integers(5, 6), st.integers(0, 40)), max_size=2),
    ),
    max_size=25,
)
VISITS = st.lists(
    st.tuples(st.integers(0, 29), st.integers(0, 2), st.sampled_from(VisitChannel), st.booleans()), max_size=8
)
Rows = tuple[tuple[date, Counting], ...]


def rows_of(tickets: list, visits: list) -> Rows:  # type: ignore[type-arg]
    found = defaultdict[date, DayRows](DayRows)
    for number, (day, hour, service, state, calls) in enumerate(tickets):
        at, first = hour * HOUR, MONTH.first + timedelta(day)
        ticket = DayTicket(
            id=number, service_id=service, state=state, place=QueuePosition.FRESH, issued_at=at,
            queued_at=at, vulnerable=number % 5 == 0,
        )  # fmt: skip
        turns = tuple(
            DayCall(
                ticket_id=number, service_id=service, counter=counter, officer_id=officer,
                called_at=at + spent * MINUTE, arrived_at=at + spent * MINUTE + 1 if spent % 3 else None,
                ended_at=at + 2 * spent * MINUTE + 2,
            )
            for counter, officer, spent in calls
        )  # fmt: skip
        had = found[first]
        found[first] = DayRows(tickets=(*had.tickets, ticket), calls=(*had.calls, *turns), visits=had.visits)
    for day, service, channel, done in visits:
        first = MONTH.first + timedelta(day)
        had = found[first]
        visit = DayVisit(channel=channel, service_id=service, began_at=9 * HOUR, done=done, vulnerable=False)
        found[first] = DayRows(tickets=had.tickets, calls=had.calls, visits=(*had.visits, visit))
    return tuple(
        (day, each)
        for day, rows in found.items()
        for each in countings(rows, lambda stamp: stamp // HOUR % 24)
    )


def hour_of(stamp: int) -> int:
    return stamp // HOUR % 24


def told(rows: Rows, only: FigureFilter) -> PeriodFigures:
    held = [(day, each) for day, each in rows if only.passes(each.place)]
    steps = {day: sum_figures(each.figures for at, each in held if at == day) for day, _each in held}
    places = tuple(WeekdayCell(day.weekday(), Cell(each.place, each.figures)) for day, each in held)
    return PeriodFigures(period=MONTH, only=only, steps=steps, places=places)


@settings(max_examples=30, deadline=None)
@given(
    TICKETS,
    VISITS,
    st.sampled_from(
        [NO_FILTER, FigureFilter(counter=2), FigureFilter(service_id=1), FigureFilter(officer_id=5)]
    ),
)
def test_every_cut_adds_up_to_the_same_whole(tickets: list, visits: list, only: FigureFilter) -> None:  # type: ignore[type-arg]
    rows = rows_of(tickets, visits)
    found = told(rows, only)
    for by in Breakdown:
        assert sum_figures(found.divided_by(by).values()) == found.whole, by
    assert sum_figures(found.by_weekday_and_hour().values()) == found.whole
    if only == NO_FILTER:
        assert found.whole.visits == len(tickets) + len(visits)


@settings(max_examples=15, deadline=None)
@given(TICKETS, VISITS)
def test_a_figure_counts_the_rows_of_its_slice(tickets: list, visits: list) -> None:  # type: ignore[type-arg]
    rows = rows_of(tickets, visits)
    found = told(rows, NO_FILTER)
    for by in Breakdown:
        for key, figures in found.divided_by(by).items():
            piece = slice_of_row(MONTH, NO_FILTER, by, key)
            held = [
                each
                for day, each in rows
                if piece.period.first <= day <= piece.period.last
                and piece.includes(day.weekday(), each.place)
            ]
            for figure in every_figure_column():
                assert sum(figure.count(each.figures) > 0 for each in held) == figure.count(figures)


@pytest.mark.parametrize("figure", every_figure_column(), ids=lambda each: str(each.column.key))
def test_of_nothing_there_is_nothing_to_tell(figure: object) -> None:
    value = figure.value(Figures(), Figures())  # type: ignore[attr-defined]
    assert value in (0, None)


def test_a_request_that_names_no_hour_is_counted_as_such_and_makes_no_hour_of_the_hall() -> None:
    called = Figures(visits=2, waits=Spread.of([MINUTE, MINUTE]))
    places = (
        WeekdayCell(0, Cell(FigurePlace(0, VisitChannel.ONLINE), Figures(visits=5))),
        WeekdayCell(1, Cell(FigurePlace(9, VisitChannel.FACE_TO_FACE), called)),
    )
    found = PeriodFigures(period=MONTH, only=NO_FILTER, steps={}, places=places)
    part = table_of(found, Breakdown.HOUR, {}, ("visits",), key="hour", title="", chart=None)
    assert [row[0] for row in part.rows] == ["00.00 atau tanpa jam", "09.00", "Jumlah"]
    heat = heat_part(found)
    assert heat.rows == (("Selasa", 60.0),), "nobody was called at midnight"
