"""A day that a wrong clock began is taken back: everybody waits again where they stood."""

import json

import pytest

from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.db.visits import visits
from ult_desktop.operations.queue.take_back import BegunDay, begun_wrongly

BACK = commands.TakeBackDay()
ALL_BACK = commands.TakeBackDay(cancel_newer=True)


def found(scene: Scene) -> BegunDay | None:
    return scene.office.read(lambda tx: begun_wrongly(tx, scene.clock.now))


def put_right(scene: Scene, when: str = "2026-11-23 10:00") -> None:
    """An officer has confirmed the date, so that the log goes on from there."""
    scene.set_time(when)
    scene.office._time._log = 0
    scene.office._time.require = lambda *_what: None  # type: ignore[method-assign]


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
        "served": "waiting",
        "called": "waiting",
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


def test_visits_go_on_that_the_wrong_day_had_ended(scene: Scene, hall: dict[str, Ticket]) -> None:
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, hall["old"].id))
    assert visit is not None
    scene.later(24 * 60)
    scene.do(commands.WalkIn(counter=1, service_id=1))
    put_right(scene)
    scene.do(ALL_BACK)
    assert scene.office.read(lambda tx: visits.get(tx, visit.id)).is_open
    assert scene.office.counter_board(1).mine.current is None


def test_a_day_that_was_begun_rightly_is_not_taken_back(scene: Scene, hall: dict[str, Ticket]) -> None:
    assert hall
    assert found(scene) is None
    scene.refused(BACK, words="Tidak ada hari yang keliru dimulai")
    scene.later(24 * 60)
    scene.take()
    assert found(scene) is None
    scene.refused(BACK, words="Tidak ada hari yang keliru dimulai")


def test_a_day_is_taken_back_once(scene: Scene) -> None:
    scene.take()
    scene.later(24 * 60)
    scene.do(commands.StaffCounter(counter=1))
    put_right(scene)
    assert scene.office.perform(BACK, scene.officer(1)) == 1
    scene.refused(BACK, words="Tidak ada hari yang keliru dimulai")
    with pytest.raises(UserError, match="tidak berwenang"):
        scene.office.perform(BACK, KIOSK)
