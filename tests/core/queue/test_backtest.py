"""Waits that visitors of past days would have been shown, held against what came."""

import random
from functools import cache
from itertools import product

import pytest

from ult_desktop.core.office.template import Calling
from ult_desktop.core.queue.backtest import (
    CounterAct,
    PastDay,
    PastWait,
    Shift,
    ShownWait,
    WaitScore,
    replay,
    score,
    shifts_of,
)
from ult_desktop.core.queue.calling_order import CounterScope, WaitingTicket
from ult_desktop.core.queue.simulation import CYCLE_MS, SimulatedOffice, simulated_day
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS

SCOPE = CounterScope(number=1, services=frozenset({1}))


@cache
def simulated(counters: int, load: float, days: int, seed: int = 1) -> tuple[PastDay, ...]:
    chance = random.Random(seed)
    office = SimulatedOffice(counters=counters, load=load)
    return tuple(simulated_day(office, day * DAY_MS, chance.random) for day in range(days))


def scored(counters: int, load: float, days: int, seed: int = 1) -> WaitScore:
    found = score(list(replay(simulated(counters, load, days, seed))))
    assert found is not None
    return found


def test_a_simulated_office_is_as_busy_as_was_asked_for() -> None:
    days = simulated(2, 0.8, 30)
    visits = [visit for day in days for visit in day.visits]
    assert len(visits) / len(days) == pytest.approx(2 * 0.8 * 6 * 60 * MINUTE_MS / CYCLE_MS, rel=0.05)
    assert {visit.ticket.service_id for visit in visits} == {1, 2}
    assert sum(visit.ticket.priority for visit in visits) / len(visits) == pytest.approx(0.1, abs=0.03)
    assert sum(visit.arrived_at is None for visit in visits) / len(visits) == pytest.approx(0.05, abs=0.02)
    assert simulated(2, 0.8, 30) == simulated.__wrapped__(2, 0.8, 30)


@pytest.mark.slow
def test_what_is_told_on_simulated_days_is_true() -> None:
    found = scored(3, 0.85, 6)
    assert found.told > 200
    assert abs(found.bias_min) < 3
    assert found.rmse_over_mean < 0.5
    assert 0.7 < found.kept_share < 0.9
    assert found.mae_min < found.mean_wait_min / 3


BY_DAY = ((1, 0.85, 1), (2, 0.85, 1))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("counters", "load", "seed"),
    [
        pytest.param(*each, marks=() if each in BY_DAY else pytest.mark.slow_night)
        for each in product((1, 2, 3), (0.7, 0.85), (1, 2))
    ],
)
def test_sixty_days_keep_what_was_promised(counters: int, load: float, seed: int) -> None:
    found = scored(counters, load, 60, seed)
    assert abs(found.bias_min) < 1
    assert 0.78 <= found.kept_share <= 0.82
    assert counters == 1 or found.rmse_over_mean <= 0.40


@pytest.mark.slow
def test_the_first_day_tells_waits_by_the_settings() -> None:
    """Each day is an office's first: nothing is known but the minutes of its services."""
    shown = [each for day in simulated(2, 0.8, 60) for each in replay([day])]
    found = score(shown)
    assert found is not None
    assert found.told > 1000
    assert abs(found.bias_min) < 1.5
    assert 0.75 < found.kept_share < 0.85


def test_the_score() -> None:
    shown = [
        ShownWait(expected_ms=10 * MINUTE_MS, waited_ms=13 * MINUTE_MS, in_range=True),
        ShownWait(expected_ms=20 * MINUTE_MS, waited_ms=19 * MINUTE_MS, in_range=False),
    ]
    found = score(shown)
    assert found is not None
    assert (found.bias_min, found.mae_min, found.mean_wait_min, found.kept_share, found.told) == (
        -1,
        2,
        16,
        0.5,
        2,
    )
    assert found.rmse_over_mean == pytest.approx(5**0.5 / 16)
    called_at_once = score([ShownWait(expected_ms=MINUTE_MS, waited_ms=0, in_range=True)])
    assert called_at_once is not None
    assert called_at_once.rmse_over_mean == 0
    assert score([]) is None


def visit(number: int, since: int, called: int, place: QueuePosition = QueuePosition.FRESH) -> PastWait:
    """Return a visit that takes ten minutes. All times are in minutes."""
    ticket = WaitingTicket(id=number, service_id=1, queued_at=since * MINUTE_MS, place=place)
    ended = (called + 10) * MINUTE_MS
    return PastWait(
        ticket=ticket, since=since * MINUTE_MS, counter=1, called_at=called * MINUTE_MS, ended_at=ended
    )


def day(*visits: PastWait) -> PastDay:
    shift = Shift(scope=SCOPE, begin=0, end=DAY_MS)
    return PastDay(visits=visits, shifts=(shift,), policy=Calling())


FIVE = day(*(visit(n, 11 * n, 11 * n) for n in range(1, 6)))


def test_nothing_of_the_future_is_known_and_who_came_back_is_told_nothing() -> None:
    assert list(replay([FIVE])) == []
    later = day(visit(6, 100, 100), visit(7, 102, 110), visit(8, 104, 120, QueuePosition.RETURNED))
    (shown,) = replay([FIVE, later])
    assert (shown.expected_ms, shown.waited_ms, shown.in_range) == (8 * MINUTE_MS, 8 * MINUTE_MS, True)


def test_a_counter_is_open_from_its_officers_coming_to_their_going() -> None:
    def act(at: int, kind: str, before: int | None = None, counter: int = 1) -> CounterAct:
        return CounterAct(at=at, kind=f"counter.{kind}", counter=counter, officer_id=2, before=before)

    acts = [
        *(act(10, "staffed"), act(20, "paused"), act(25, "staffed", before=2), act(30, "open")),
        *(
            act(40, "left", before=2),
            act(45, "left"),
            act(50, "staffed", before=3),
            act(12, "staffed", counter=2),
        ),
    ]
    spans = [(s.begin, s.end) for s in shifts_of([SCOPE], acts, (), 0, 100)]
    assert spans == [(10, 20), (30, 40), (50, 100)]
    assert shifts_of([SCOPE], acts[:2], (), 20, 100) == ()
    called = visit(1, 0, 2)
    assert [s.begin for s in shifts_of([SCOPE], (), [called], 0, DAY_MS)] == [2 * MINUTE_MS]
