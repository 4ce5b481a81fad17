"""The board of one counter: its visitor, the lists, the day, the stations at work."""

import pytest

from tests.office import report_other, sign_in
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import DayEnd, HourLoad
from ult_desktop.core.queue.ticket import PriorityReason
from ult_desktop.core.stamps import MINUTE_MS, to_datetime
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.queue.counter_board import counter_board
from ult_desktop.db.store.stations import Presence
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office


@pytest.fixture
def one(office: Office) -> Actor:
    actor = sign_in(office, 1)
    office.perform(commands.StaffCounter(counter=1), actor)
    return actor


def take(office: Office, actor: Actor, count: int, priority: PriorityReason | None = None) -> list[int]:
    command = commands.IssueTicket(service_id=1, priority=priority)
    return [office.perform(command, actor).ticket.id for _n in range(count)]


def pass_time(office: Office, minutes: int) -> None:
    office.clock.offset_ms += minutes * MINUTE_MS


def test_a_counter_that_is_none(office: Office) -> None:
    with pytest.raises(UserError, match="Loket 9 tidak ada"):
        office.read(lambda tx: counter_board(tx, 9, office.clock(), None, DayEnd()))


def test_an_empty_day(office: Office) -> None:
    board = office.counter_board(1)
    assert (board.mine.number, board.mine.name) == (1, "")
    assert [c.number for c in board.counters] == [1, 2, 3, 4]
    assert (board.next_up, board.undoable, board.waiting, board.missed, board.held) == (
        None,
        None,
        (),
        (),
        (),
    )
    assert (board.day.issued, board.day.wait_seconds, board.day.hours) == (0, None, ())


def test_the_lists_are_in_calling_order_and_next_up_is_who_would_be_called(
    office: Office, one: Actor
) -> None:
    regular = take(office, one, 4)
    (priority,) = take(office, one, 1, PriorityReason.ELDERLY)
    office.perform(commands.Hold(ticket_id=regular[3], reason="Fotokopi"), one)
    board = office.counter_board(1)
    assert [t.id for t in board.waiting] == [priority, *regular[:3]]
    assert [(t.id, t.remark) for t in board.held] == [(regular[3], "Fotokopi")]
    assert board.next_up is not None
    assert board.next_up.id == priority == office.perform(commands.CallNext(counter=1), one).id
    office.perform(commands.NoShow(counter=1), one)
    board = office.counter_board(1)
    assert [t.id for t in board.missed] == [priority]
    assert board.undoable is not None
    assert board.undoable.id == priority
    assert office.counter_board(2).undoable is None


def test_the_times_of_the_day_are_kept_apart(office: Office, one: Actor) -> None:
    hour = to_datetime(office.clock(), office.kiosk_board().office.zone).hour
    take(office, one, 2)
    for _n in range(2):
        office.clock.offset_ms += 3000
        office.perform(commands.CallNext(counter=1), one)
        office.clock.offset_ms += 2000
        office.perform(commands.Arrive(counter=1), one)
        office.clock.offset_ms += 4000
        office.perform(commands.Finish(counter=1), one)
    day = office.counter_board(1).day
    assert (day.issued, day.done, day.no_show, day.waiting) == (2, 2, 0, 0)
    assert day.wait_seconds == pytest.approx((3 + 12) / 2, abs=1)
    assert (day.walking_seconds, day.serving_seconds) == (2, 4)
    assert day.hours == (HourLoad(hour=hour, issued=2, done=2, wait_minutes=0),)


def test_stations_at_work_are_those_heard_of_lately(office: Office) -> None:
    now = office.clock()
    for name, ago in (("kios", 0), ("loket-2", 3 * MINUTE_MS)):
        told = Presence(name=name, mode="kiosk", version="1", boot="b", seen_at=now - ago, printer="ready")
        report_other(office, told)
    (line,) = office.counter_board(1).stations
    assert (line.name, line.printer) == ("kios", "ready")
    assert office.hall_board().stations == (line,)


def test_the_hall_sees_the_queue_without_a_counter(office: Office) -> None:
    hall, board = office.hall_board(), office.counter_board(1)
    assert hall.waiting == board.waiting
    assert (hall.services, hall.counters, hall.day) == (board.services, board.counters, board.day)
    assert hall.kiosk_pause == ""


def test_who_stands_at_the_counter_is_named_as_the_guest_book_has_him(office: Office, one: Actor) -> None:
    (ticket,) = take(office, one, 1)
    office.perform(commands.CallNext(counter=1), one)
    office.perform(commands.Arrive(counter=1), one)
    assert office.counter_board(1).guest == ()
    visit = office.read(lambda tx: visits.of_ticket(tx, ticket))
    assert visit is not None
    office.perform(SignGuestBook(visit_id=visit.id, name="Dedi", institution="SMPN 1"), one)
    assert office.counter_board(1).guest == ("Dedi", "SMPN 1")
    office.perform(commands.Finish(counter=1), one)
    assert office.counter_board(1).guest == ()
