"""The office's own past is read back as it went, and says of the told waits what the days themselves say."""

import random
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.office import copy_office, stranger
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.core.command import Command
from ult_desktop.core.queue import backtest, commands, simulation
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.stamps import MINUTE_MS, day_begins
from ult_desktop.operations.queue.past_waits import days_of

pytestmark = pytest.mark.by_engine

Act = tuple[int, int, int, Command]


def acts_of(day: backtest.PastDay) -> Iterator[Act]:
    """When (UTC ms), in which order of one moment, at which counter: what happened."""
    for number, visit in enumerate(day.visits):
        ticket = visit.ticket
        priority = ELDERLY if ticket.priority else None
        yield (
            ticket.queued_at,
            1,
            number,
            commands.IssueTicket(service_id=ticket.service_id, priority=priority),
        )
        yield visit.called_at, 2, number, commands.CallNext(counter=visit.counter)
        if visit.arrived_at is None:
            yield visit.ended_at, 0, number, commands.NoShow(counter=visit.counter)
        else:
            yield visit.arrived_at, 3, number, commands.Arrive(counter=visit.counter)
            yield visit.ended_at, 0, number, commands.Finish(counter=visit.counter)


def play(scene: Scene, day: backtest.PastDay, counters: int) -> None:
    """The day at work, in this office file."""
    scene.clock.now = day.shifts[0].begin
    scene.sit(*range(1, counters + 1))
    for at, _order, _number, command in sorted(acts_of(day), key=lambda act: act[:3]):
        scene.clock.now = at
        by = KIOSK if isinstance(command, commands.IssueTicket) else scene._who(command, None)
        scene.office.perform(command, by)


def simulated(scene: Scene, office: simulation.SimulatedOffice, days: int) -> list[backtest.PastDay]:
    chance = random.Random(3)
    names = [f"2026-{month:02}-{day:02}" for month in (8, 9, 10) for day in range(1, 29)][:days]
    begins = partial(day_begins, zone=scene.zone)
    return [simulation.simulated_day(office, begins(name), chance.random) for name in names]


def plain(day: backtest.PastDay) -> list[tuple[int, int, int, int, int]]:
    """Its waits, without the ids that the file gave."""
    return [(v.since, v.called_at, v.ended_at, v.counter, v.ticket.service_id) for v in day.visits]


@pytest.fixture
def summer(founded: Path, tmp_path: Path) -> Iterator[Scene]:
    """The evening before the first day."""
    scene = Scene(copy_office(founded, tmp_path), "2026-07-31 18:00")
    yield scene
    scene.close()


@pytest.mark.slow
def test_a_day_is_read_back_as_it_went(summer: Scene) -> None:
    days = simulated(summer, simulation.SimulatedOffice(counters=2, load=0.6), 2)
    for day in days:
        play(summer, day, 2)
    read = list(days_of(summer.office, 60))
    assert [plain(day) for day in read] == [plain(day) for day in days]
    known = [replace(day, minutes=read[0].minutes) for day in days]  # the simulated office's own are others
    assert backtest.score(list(backtest.replay(read))) == backtest.score(list(backtest.replay(known)))
    assert [plain(day) for day in days_of(summer.office, 1)] == [plain(days[1])]


def test_pauses_and_second_calls_are_read_back(scene: Scene) -> None:
    assert list(days_of(scene.office, 60)) == []
    scene.sit(1)
    began = scene.clock.now
    first = scene.take()
    scene.miss()
    scene.later(5)
    scene.do(commands.ComeBack(ticket_id=first.id))
    scene.do(commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat"))
    scene.later(5)
    scene.do(commands.SetCounter(counter=1, state=CounterState.OPEN))
    scene.call()
    (day,) = days_of(scene.office, 60)
    missed, again = day.visits
    assert (missed.ticket.place, missed.ticket.queued_at) == (QueuePosition.FRESH, first.queued_at)
    assert again.ticket.place is QueuePosition.RETURNED
    assert (missed.since, missed.ended_at) == (first.issued_at, began + 2_000)
    assert (again.since, again.ended_at) == (missed.ended_at, scene.clock.now)
    assert next((shift.begin, shift.end - shift.begin) for shift in day.shifts) == (
        began,
        5 * MINUTE_MS + 2_000,
    )
    assert len(day.shifts) == 2


@pytest.mark.slow_night
def test_sixty_days_in_an_office_file_keep_what_was_promised(summer: Scene) -> None:
    for day in simulated(summer, simulation.SimulatedOffice(counters=2, load=0.8), 60):
        play(summer, day, 2)
    found = backtest.score(list(backtest.replay(days_of(summer.office, 60))))
    assert found is not None
    assert abs(found.bias_min) < 1
    assert found.rmse_over_mean <= 0.40
    assert 0.78 <= found.kept_share <= 0.82
    with closing(stranger(summer.path)) as link:
        (kept,) = link.execute(
            "SELECT avg(CASE WHEN called_at - since BETWEEN low * 60000 AND high * 60000 THEN 1 ELSE 0 END)"
            " FROM turn WHERE high > 0"
        ).fetchone()
    assert 0.78 <= kept <= 0.82, "what the tickets said was kept as well"
