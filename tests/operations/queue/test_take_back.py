"""A closing is taken back, an officer's or a wrong clock's: everybody stands again where they stood."""

import json
from collections.abc import Iterator

import pytest

from tests.operations.cases.test_bookings import booking
from tests.operations.desks import Desks
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.db.cases import appointments
from ult_desktop.db.visits import visits
from ult_desktop.operations.closings import Closing, last_closing

pytestmark = pytest.mark.by_engine

BACK = commands.TakeBackDay()
ALL_BACK = commands.TakeBackDay(cancel_newer=True)


def found(scene: Scene) -> Closing | None:
    return scene.office.read(lambda tx: last_closing(tx, scene.clock.now))


def begin_wrongly(scene: Scene) -> None:
    """A clock that is a day ahead begins another day over a number that waits."""
    scene.take()
    scene.later(24 * 60)
    scene.do(commands.StaffCounter(counter=1))


def put_right(scene: Scene, when: str = "2026-11-23 10:00") -> None:
    """An officer has confirmed the date, so that the log goes on from there."""
    scene.set_time(when)
    scene.office._time._last_logged_at = 0
    scene.office._time.require = lambda *_what: None  # type: ignore[method-assign]


@pytest.fixture
def wrong_clock(scene: Scene) -> Iterator[None]:
    """Set the clock wrong. Its events are of a time that has come when the file is verified."""
    yield
    scene.later(2 * 24 * 60)


@pytest.fixture
def hall(scene: Scene) -> dict[str, Ticket]:
    """One is served, one called, some wait, one is set aside with a remark, and one is done."""
    scene.sit(2)
    names = ("served", "called", "waiting", "old", "held", "done")
    taken = {name: scene.take(priority=ELDERLY if name == "old" else None) for name in names}
    scene.do(commands.Hold(ticket_id=taken["held"].id, reason="Fotokopi"))
    scene.do(commands.CallTicket(counter=1, ticket_id=taken["done"].id))
    scene.do(commands.Arrive(counter=1))
    scene.do(commands.Finish(counter=1))
    scene.do(commands.CallTicket(counter=1, ticket_id=taken["served"].id))
    scene.do(commands.Arrive(counter=1))
    scene.do(commands.CallTicket(counter=2, ticket_id=taken["called"].id))
    return taken


@pytest.mark.usefixtures("wrong_clock")
def test_everybody_waits_again_in_the_old_place(scene: Scene, hall: dict[str, Ticket]) -> None:
    before = {name: scene.ticket(ticket) for name, ticket in hall.items()}
    scene.later(24 * 60)
    wrong = scene.take()
    assert wrong.label == "A001"
    assert scene.ticket(hall["waiting"]).state is TicketState.CANCELLED
    put_right(scene)
    told = found(scene)
    assert told is not None
    assert (set(told.back), told.newer) == ({"A001", "A002", "A003", "P001", "A004"}, ("A001",))
    with pytest.raises(UserError, match="nomor hari yang keliru: A001") as refusal:
        scene.do(BACK)
    assert "mengambil nomor baru" in refusal.value.todo
    assert scene.office.perform(ALL_BACK, scene.officer(1)) == 5
    after = {name: scene.ticket(ticket) for name, ticket in hall.items()}
    assert {name: each.state.value for name, each in after.items()} == {
        "served": "serving",
        "called": "called",
        "waiting": "waiting",
        "old": "waiting",
        "held": "held",
        "done": "done",
    }
    assert all(after[name].queued_at == before[name].queued_at for name in hall)
    assert (after["held"].remark, after["waiting"].remark) == ("Fotokopi", "")
    assert scene.ticket(wrong).state is TicketState.CANCELLED
    event = scene.events()[-1]
    assert (event.kind, event.subject, json.loads(event.data)["cancelled"]) == (
        "day.taken_back",
        5,
        [wrong.id],
    )
    assert found(scene) is None
    assert scene.take().label == "A006"


@pytest.mark.usefixtures("wrong_clock")
def test_visits_go_on_that_the_wrong_day_had_ended(scene: Scene, hall: dict[str, Ticket]) -> None:
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, hall["old"].id))
    assert visit is not None
    scene.later(24 * 60)
    scene.do(commands.WalkIn(counter=1, service_id=1))
    put_right(scene)
    scene.do(ALL_BACK)
    assert scene.office.read(lambda tx: visits.get(tx, visit.id)).is_open
    mine = scene.office.counter_board(1).mine.current
    assert mine is not None
    assert mine.id == hall["served"].id


def test_a_day_that_was_begun_rightly_is_not_taken_back(scene: Scene, hall: dict[str, Ticket]) -> None:
    assert hall
    assert found(scene) is None
    scene.refused(BACK, words="Tidak ada penutupan yang dapat dibatalkan")
    scene.later(24 * 60)
    scene.take()
    assert found(scene) is None
    scene.refused(BACK, words="Tidak ada penutupan yang dapat dibatalkan")


@pytest.mark.usefixtures("wrong_clock")
def test_a_day_is_taken_back_once(scene: Scene) -> None:
    begin_wrongly(scene)
    put_right(scene)
    assert scene.office.perform(BACK, scene.officer(1)) == 1
    scene.refused(BACK, words="Tidak ada penutupan yang dapat dibatalkan")
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.kiosk.perform(BACK, KIOSK)


WHOLE_DAY = commands.CloseDay(reason="Listrik padam")


def states(scene: Scene, hall: dict[str, Ticket]) -> dict[str, tuple[str, int, str]]:
    found = {name: scene.ticket(ticket) for name, ticket in hall.items()}
    return {name: (each.state.value, each.queued_at, each.remark) for name, each in found.items()}


def test_a_day_that_was_closed_too_early_goes_on_as_it_was(scene: Scene, hall: dict[str, Ticket]) -> None:
    before = states(scene, hall)
    boards = [scene.office.counter_board(n).mine.current for n in (1, 2)]
    scene.later(5)
    scene.do(WHOLE_DAY)
    assert states(scene, hall)["waiting"][0] == "cancelled"
    told = found(scene)
    assert told is not None
    assert (told.by_clock, len(told.back), told.newer) == (False, 5, ())
    newer = scene.take()
    scene.later(5)
    assert scene.office.perform(BACK, scene.officer(1)) == 5
    assert states(scene, hall) == before
    assert [scene.office.counter_board(n).mine.current for n in (1, 2)] == boards
    assert scene.ticket(newer).state is TicketState.WAITING
    scene.do(commands.Finish(counter=1))
    scene.refused(BACK, words="Tidak ada penutupan yang dapat dibatalkan")


def test_who_cannot_go_on_at_the_counter_waits_again(scene: Scene, hall: dict[str, Ticket]) -> None:
    """Counter 1 has somebody else by now, counter 2 nobody at all."""
    sent = scene.take()
    scene.do(commands.Arrive(counter=2))
    scene.do(commands.Transfer(counter=2, to_counter=1))
    scene.do(commands.CallTicket(counter=2, ticket_id=sent.id))
    scene.do(commands.Arrive(counter=2))
    scene.do(commands.Transfer(counter=2, to_counter=1))
    scene.do(commands.Finish(counter=1))
    scene.do(commands.CallTicket(counter=1, ticket_id=hall["waiting"].id))
    scene.do(commands.CallTicket(counter=2, ticket_id=hall["old"].id))
    scene.do(WHOLE_DAY)
    scene.do(commands.WalkIn(counter=1, service_id=1))
    scene.do(commands.LeaveCounter(counter=2))
    scene.do(BACK)
    after = states(scene, hall)
    assert (after["waiting"][0], after["old"][0]) == ("waiting", "waiting")
    assert scene.ticket(sent).target_counter == 1
    scene.do(commands.Finish(counter=1))
    scene.do(WHOLE_DAY)
    scene.do(commands.LeaveCounter(counter=1))
    scene.do(BACK)
    assert scene.ticket(sent).target_counter is None


def test_the_closing_of_nothing_hides_no_closing_before_it(scene: Scene) -> None:
    first = scene.take()
    scene.do(WHOLE_DAY)
    second = scene.take()
    scene.do(WHOLE_DAY)
    scene.do(WHOLE_DAY)
    assert scene.office.perform(BACK, scene.officer(1)) == 1
    assert [scene.ticket(each).state.value for each in (first, second)] == ["cancelled", "waiting"]
    assert scene.office.perform(BACK, scene.officer(1)) == 1
    assert [scene.ticket(each).state.value for each in (first, second)] == ["waiting", "waiting"]
    scene.refused(BACK, words="Tidak ada penutupan yang dapat dibatalkan")


def test_yesterdays_closing_stands(scene: Scene) -> None:
    scene.take()
    scene.do(WHOLE_DAY)
    scene.later(24 * 60)
    assert found(scene) is None
    scene.refused(BACK, words="Tidak ada penutupan")


@pytest.mark.usefixtures("wrong_clock")
def test_who_was_written_down_as_missed_is_expected_again(desks: Desks) -> None:
    scene = desks.scene
    made = desks.do(booking(desks, "2026-11-23 11:00"))
    scene.take()
    scene.set_time("2026-11-24 09:00")
    scene.do(commands.StaffCounter(counter=1))
    scene.take()
    assert scene.office.read(lambda tx: appointments.get(tx, made.id)).state is AppointmentState.MISSED
    put_right(scene)
    scene.office.perform(ALL_BACK, scene.officer(1))
    assert scene.office.read(lambda tx: appointments.get(tx, made.id)).state is AppointmentState.BOOKED


def end_of(scene: Scene) -> tuple[str, bool]:
    ends = {scene.office.hall_board().end, scene.office.counter_board(1).end}
    assert len(ends) == 1
    end = ends.pop()
    return end.closed, end.can_be_taken_back


def test_every_board_says_since_when_the_day_is_closed(scene: Scene) -> None:
    scene.sit(1)
    scene.take()
    assert end_of(scene) == ("", False)
    scene.do(WHOLE_DAY)
    assert end_of(scene) == ("09.00", True)
    scene.later(7)
    scene.do(BACK)
    assert end_of(scene) == ("", False)
    scene.do(WHOLE_DAY)
    assert end_of(scene) == ("09.07", True)
    scene.later(24 * 60)
    assert end_of(scene) == ("", False)


def test_a_day_without_a_number_goes_on_too(scene: Scene) -> None:
    scene.do(WHOLE_DAY)
    assert end_of(scene) == ("09.00", True)
    assert scene.office.perform(BACK, scene.officer(1)) == 0
    assert end_of(scene) == ("", False)
    scene.refused(BACK, words="Tidak ada penutupan yang dapat dibatalkan")


@pytest.mark.usefixtures("wrong_clock")
def test_a_day_that_an_officer_closed_stays_closed_when_a_wrong_clocks_day_is_taken_back(
    scene: Scene,
) -> None:
    scene.sit(1)
    scene.do(WHOLE_DAY)
    begin_wrongly(scene)
    put_right(scene)
    assert scene.office.perform(BACK, scene.officer(1)) == 1
    assert end_of(scene) == ("09.00", True)
    scene.do(BACK)
    assert end_of(scene) == ("", False)


@pytest.mark.usefixtures("wrong_clock")
def test_a_day_that_a_wrong_clock_began_is_not_called_closed(scene: Scene) -> None:
    begin_wrongly(scene)
    put_right(scene)
    assert end_of(scene) == ("", True)
