"""Priority seats: given, given back, and free by themselves when nobody waits on them."""

import pytest

from tests.operations.scene import KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.care.commands import DeclareVulnerable
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import Seats
from ult_desktop.core.queue.commands import GiveSeatBack, TakeSeat
from ult_desktop.core.queue.ticket import PriorityReason, Ticket
from ult_desktop.core.stamps import office_day
from ult_desktop.core.visits.commands import EndVisit, JoinVisit, WelcomeVisitor
from ult_desktop.core.visits.visit import Ending
from ult_desktop.db.queue import tickets
from ult_desktop.db.visits import visits

ELDERLY = PriorityReason.ELDERLY


def now(scene: Scene) -> Seats:
    return scene.office.read(lambda tx: tickets.read_seats(tx, office_day(scene.clock.now, scene.zone)))


def visit_id(scene: Scene, ticket: Ticket) -> int:
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    return visit.id


def led(scene: Scene) -> tuple[Ticket, int]:
    """A visitor with a priority number, led to a seat."""
    ticket = scene.take(priority=ELDERLY)
    visit = visit_id(scene, ticket)
    scene.office.perform(TakeSeat(visit_id=visit), scene.officer(1))
    return ticket, visit


def refused(scene: Scene, command: Command, words: str) -> None:
    before = scene.dump()
    with pytest.raises(UserError, match=words):
        scene.office.perform(command, scene.officer(1))
    assert scene.dump() == before


def test_a_seat_is_taken_and_given_back(scene: Scene) -> None:
    assert (now(scene).reserved, now(scene).taken) == (4, 0)
    ticket, visit = led(scene)
    guest = now(scene).guest_with_ticket(ticket.id)
    assert guest is not None
    assert (guest.label, guest.sits, guest.visit_id) == ("P001", True, visit)
    assert now(scene).taken == 1
    refused(scene, TakeSeat(visit_id=visit), "sudah duduk")
    scene.office.perform(GiveSeatBack(visit_id=visit), scene.officer(1))
    assert now(scene).taken == 0
    refused(scene, GiveSeatBack(visit_id=visit), "tidak memakai")
    assert scene.kinds()[-2:] == ["care.seat_taken", "care.seat_given_back"]


def test_who_is_called_has_left_it_and_who_comes_back_has_it_again(scene: Scene) -> None:
    ticket, visit = led(scene)
    scene.call(1)
    assert (now(scene).taken, now(scene).guests) == (0, ())
    refused(scene, TakeSeat(visit_id=visit), "tidak sedang menunggu")
    scene.do(commands.Hold(ticket_id=ticket.id))
    assert now(scene).taken == 1


def test_no_more_sit_than_there_are_seats(scene: Scene) -> None:
    for _n in range(4):
        led(scene)
    fifth = scene.take(priority=ELDERLY)
    refused(scene, TakeSeat(visit_id=visit_id(scene, fifth)), "Semua kursi prioritas terpakai \\(4\\)")


def test_they_are_for_vulnerable_visitors_who_are_here(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", "rahasia-kita")
    arrival = scene.office.perform(WelcomeVisitor(), admin)
    refused(scene, TakeSeat(visit_id=arrival.id), "kelompok rentan")
    scene.office.perform(DeclareVulnerable(visit_id=arrival.id, grounds=(ELDERLY,)), admin)
    scene.office.perform(TakeSeat(visit_id=arrival.id), admin)
    (guest,) = now(scene).guests
    assert (guest.ticket_id, guest.label, guest.sits) == (None, None, True)
    assert now(scene).guest_with_ticket(1) is None
    scene.office.perform(EndVisit(visit_id=arrival.id, ending=Ending.LEFT), admin)
    assert now(scene).guests == ()
    refused(scene, GiveSeatBack(visit_id=arrival.id), "sudah ditutup")


def test_a_seat_goes_over_when_two_visits_are_one(scene: Scene) -> None:
    admin = scene.office.sign_in("admin", "rahasia-kita")
    arrival = scene.office.perform(WelcomeVisitor(), admin)
    ticket, _visit = led(scene)
    scene.office.perform(JoinVisit(visit_id=arrival.id, ticket_id=ticket.id), admin)
    (guest,) = now(scene).guests
    assert (guest.visit_id, guest.label, guest.sits) == (arrival.id, "P001", True)


def test_the_priority_counter_sees_them_and_no_other(scene: Scene) -> None:
    led(scene)
    boards = [scene.office.counter_board(line.number) for line in scene.office.counter_board(1).counters]
    assert {board.mine.priority: board.seats.taken for board in boards} == {False: 0, True: 1}


def test_a_station_gives_no_seat(scene: Scene) -> None:
    ticket = scene.take(priority=ELDERLY)
    with pytest.raises(UserError):
        scene.kiosk.perform(TakeSeat(visit_id=visit_id(scene, ticket)), KIOSK)
