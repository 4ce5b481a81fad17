"""Figures add up whichever way they are cut, and times are rounded once."""

import pytest
from hypothesis import given, settings, strategies as st

from ult_desktop.core.figures.day import DayCall, DayRows, DayTicket, DayVisit, cells_of
from ult_desktop.core.figures.figures import Figures, Spread, bin_of, sum_figures
from ult_desktop.core.queue.ticket import QueuePosition, TicketState
from ult_desktop.core.visits.visit import VisitChannel

MINUTE = 60_000
SPANS = st.lists(st.integers(0, 200 * MINUTE), max_size=40)


def ticket(number: int = 1, **other: object) -> DayTicket:
    said = {"service_id": 1, "state": TicketState.DONE, "place": QueuePosition.FRESH, "vulnerable": False}
    return DayTicket(**{"id": number, "issued_at": 0, "queued_at": 0, **said, **other})  # type: ignore[arg-type]


def turn(number: int, *times: int | None, counter: int = 1, officer: int = 5) -> DayCall:
    called, arrived, ended = times
    assert called is not None
    return DayCall(
        ticket_id=number,
        service_id=1,
        counter=counter,
        officer_id=officer,
        called_at=called,
        arrived_at=arrived,
        ended_at=ended,
    )


def whole(rows: DayRows) -> Figures:
    return sum_figures(cell.figures for cell in cells_of(rows, lambda stamp: stamp // (60 * MINUTE)))


@given(SPANS, SPANS)
def test_distributions_of_parts_are_the_distribution_of_the_whole(one: list[int], other: list[int]) -> None:
    assert Spread.sum([Spread.of(one), Spread.of(other)]) == Spread.of(one + other)


@given(SPANS.filter(bool), st.sampled_from([0.1, 0.5, 0.9, 1.0]))
def test_a_share_lies_in_the_bin_of_the_value_itself(spans: list[int], share: float) -> None:
    found = Spread.of(spans).quantile_s(share)
    true = sorted(spans)[max(0, -int(-share * len(spans) // 1) - 1)]
    assert found is not None
    assert abs(bin_of(int(found * 1000)) - bin_of(true)) <= 1


def test_nothing_measured_is_no_number() -> None:
    assert (Spread().mean_s, Spread().quantile_s(0.5)) == (None, None)
    with pytest.raises(ValueError, match="at most 1"):
        Spread.of([1, 1]).quantile_s(1.1)


def test_one_time_is_its_own_mean_median_and_ninth_decile() -> None:
    one = Spread.of([361_000])
    assert one.mean_s == one.quantile_s(0.5) == one.quantile_s(0.9) == 361


def test_means_are_of_the_times_and_not_of_rounded_minutes() -> None:
    parts = [Spread.of([29_000]), Spread.of([29_000]), Spread.of([31_000])]
    assert Spread.sum(parts).mean_s == pytest.approx(89 / 3)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(TicketState), st.integers(0, 3)), max_size=30))
def test_a_number_is_counted_once_wherever_it_went(made: list[tuple[int, TicketState, int]]) -> None:
    tickets = tuple(
        ticket(n, service_id=1 + hour % 3, state=state, issued_at=hour * 60 * MINUTE)
        for n, (hour, state, _turns) in enumerate(made)
    )
    turns = tuple(
        turn(n, hour * 60 * MINUTE + k, hour * 60 * MINUTE + k, hour * 60 * MINUTE + k + 1, counter=1 + k)
        for n, (hour, _state, count) in enumerate(made)
        for k in range(count)
    )
    found = whole(DayRows(tickets=tickets, calls=turns))
    assert found.visits == len(made) == found.served + found.no_show + found.cancelled + found.unfinished
    assert found.called == found.arrived == found.waits.count == sum(count > 0 for *_, count in made)
    assert found.servings.count == sum(count for *_, count in made)


def test_who_did_not_come_has_no_wait() -> None:
    missed = ticket(state=TicketState.NO_SHOW)
    found = whole(DayRows(tickets=(missed,), calls=(turn(1, 5 * MINUTE, None, 6 * MINUTE),)))
    assert (found.called, found.arrived, found.no_show, found.waits.count) == (1, 0, 1, 0)


def test_who_came_back_waited_for_the_call_that_they_followed() -> None:
    calls = (turn(1, 5 * MINUTE, None, 6 * MINUTE), turn(1, 9 * MINUTE, 10 * MINUTE, 15 * MINUTE))
    found = whole(DayRows(tickets=(ticket(),), calls=calls))
    assert found.waits.total_ms == 9 * MINUTE
    assert (found.walks.total_ms, found.servings.total_ms) == (MINUTE, 5 * MINUTE)


def test_who_comes_early_to_an_appointment_does_not_wait_before_it() -> None:
    booked = ticket(place=QueuePosition.APPOINTMENT, queued_at=30 * MINUTE)
    on_time = whole(DayRows(tickets=(booked,), calls=(turn(1, 32 * MINUTE, 32 * MINUTE, 40 * MINUTE),)))
    assert on_time.waits.total_ms == 2 * MINUTE
    before = whole(DayRows(tickets=(booked,), calls=(turn(1, 20 * MINUTE, 21 * MINUTE, 40 * MINUTE),)))
    assert before.waits.total_ms == 0


def test_a_number_belongs_to_where_it_came_last_and_a_serving_to_its_own_counter() -> None:
    sent_on = (turn(1, 1, 2, 3, counter=1, officer=5), turn(1, 4, 5, 9, counter=2, officer=6))
    first, last = cells_of(DayRows(tickets=(ticket(),), calls=sent_on), lambda _stamp: 8)
    assert (first.place.officer_id, first.figures.visits, first.figures.servings.count) == (5, 0, 1)
    assert (last.place.counter, last.figures.visits, last.figures.servings.count) == (2, 1, 1)


def test_a_call_by_telephone_is_a_coming_without_a_number() -> None:
    call = DayVisit(channel=VisitChannel.PHONE, service_id=0, began_at=0, done=True, vulnerable=True)
    (cell,) = cells_of(DayRows(visits=(call,)), lambda _stamp: 8)
    assert (cell.place.channel, cell.figures.served, cell.figures.vulnerable) == (VisitChannel.PHONE, 1, 1)
