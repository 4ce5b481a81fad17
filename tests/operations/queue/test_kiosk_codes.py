"""A code at the kiosk: a ticket, an appointment, a request from afar, or nothing of ours."""

from datetime import datetime

import pytest

from tests.core.test_kiosk_code import HOSTILE
from tests.operations.desks import Desks
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.commands import Reschedule
from ult_desktop.core.kiosk_code import KnownCode, KnownRequest, KnownTicket
from ult_desktop.core.online.commands import AddRequest
from ult_desktop.core.online.online_request import OnlineRow, OnlineSource, OnlineState
from ult_desktop.core.procedures.commands import AdoptProcedure, RetireProcedure
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.ticket import QueuePosition, TicketState
from ult_desktop.core.stamps import to_stamp
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.guest_book import NOTICE_VERSION
from ult_desktop.db import online_requests
from ult_desktop.db.procedures import marks, procedures
from ult_desktop.db.visits import visits
from ult_desktop.operations.procedures.procedures import load_procedure
from ult_desktop.operations.queue.kiosk_codes import answer_code

ADMIN = Actor(station="uji", roles=frozenset({Role.ADMIN}))


def ask(scene: Scene, text: str) -> KnownCode | IssuedTicket | None:
    return answer_code(text, False, scene.office, KIOSK)


def ticket(scene: Scene, text: str) -> KnownTicket:
    known = ask(scene, text)
    assert isinstance(known, KnownTicket)
    return known


def test_a_ticket_by_its_number_or_its_code(scene: Scene) -> None:
    scene.take()
    mine = scene.take()
    by_number = ticket(scene, " a002 ")
    assert (by_number.ticket.id, by_number.ahead, by_number.signable) == (mine.id, 1, True)
    copied = f"{mine.code[:4]}-{mine.code[4:8]} {mine.code[8:]}".lower()
    assert ticket(scene, copied) == by_number
    assert by_number.regencies[-1] == "Kota Tarakan"
    assert ticket(scene, "AOO2") == by_number
    misread = mine.code.replace("O", "0").replace("I", "1").replace("B", "8")
    assert ticket(scene, misread) == by_number


def test_a_number_that_is_over_is_told_and_not_signed(scene: Scene) -> None:
    mine = scene.take()
    scene.visit()
    known = ticket(scene, mine.label)
    assert (known.ticket.state, known.ahead, known.signable, known.purposes, known.regencies) == (
        TicketState.DONE, None, False, (), (),
    )  # fmt: skip
    yesterdays = scene.take()
    scene.set_time("2026-11-24 09:00")
    assert not ticket(scene, yesterdays.code).signable
    assert ask(scene, yesterdays.label) is None


def test_the_purposes_are_the_procedures(scene: Scene) -> None:
    mine, other = scene.take(), scene.take(priority=ELDERLY)
    for running in scene.office.read(procedures.in_force):
        scene.office.perform(RetireProcedure(procedure_id=running.id), ADMIN)
    assert ticket(scene, mine.code).purposes == ()
    scene.office.perform(AdoptProcedure(procedure=load_procedure("sumut-tatap-muka")), ADMIN)
    assert ticket(scene, mine.code).purposes[0].words == "Informasi"
    assert ticket(scene, other.code).purposes == ()  # its visit began under a procedure without any


def test_the_guest_book_by_the_visitor_once(scene: Scene) -> None:
    mine = scene.take()
    sign = SignGuestBook(
        ticket_id=mine.id, name="Dedi", purpose=" informasi/Dapodik ", notice=NOTICE_VERSION, remember=True
    )
    visit = scene.kiosk.perform(sign, KIOSK)
    assert visit.purpose == "informasi/Dapodik"
    said = scene.office.read(lambda tx: [mark.event for mark in marks.of_visit(tx, visit)])
    assert "purpose_recorded" in said
    known = ticket(scene, mine.code)
    assert (known.signed, known.signable) == (True, False)
    with pytest.raises(UserError, match="sudah diisi"):
        scene.kiosk.perform(SignGuestBook(ticket_id=mine.id, name="Orang lain"), KIOSK)
    scene.do(SignGuestBook(ticket_id=mine.id, name="Dedi K"))
    guest = scene.office.read(lambda tx: visits.guest_of(tx, visit.id))
    assert guest is not None
    assert (guest.name, guest.entered_by) == ("Dedi K", "officer")


def test_an_appointment_gets_its_number(desks: Desks) -> None:
    scene = desks.scene
    at = to_stamp(datetime(2026, 11, 25, 10, tzinfo=scene.zone))
    made = desks.do(Reschedule(case_id=desks.case().id, at=at, reason="Data belum lengkap"))
    with pytest.raises(UserError, match="untuk Rabu, 25 November 2026"):
        ask(scene, made.code)
    scene.set_time("2026-11-25 09:55")
    came = ask(scene, made.code.lower())
    assert isinstance(came, IssuedTicket)
    assert (came.ticket.place, came.ticket.queued_at) == (QueuePosition.APPOINTMENT, at)
    with pytest.raises(UserError, match="sudah dipakai"):
        ask(scene, made.code)


def test_a_request_from_afar_tells_where_it_stands_and_not_of_whom(scene: Scene) -> None:
    row = OnlineRow(name="Dedi", detail="Mohon data", external_id="S-1")
    added = scene.do(AddRequest(source=OnlineSource.SEMPENA, row=row))
    number = scene.office.read(lambda tx: online_requests.get(tx, added.id)).number
    known = ask(scene, number.lower())
    assert isinstance(known, KnownRequest)
    assert (known.number, known.state) == (number, OnlineState.NEW)
    assert "Dedi" not in repr(known)


def test_who_is_called_is_told_to_which_counter(scene: Scene) -> None:
    label = scene.take().label
    assert ticket(scene, label).counter_name == ""
    scene.call(1)
    assert ticket(scene, label).counter_name == ""


@pytest.mark.parametrize("typed", [*HOSTILE, "Z999", "K7QF3M9TAAAA", "A999999999999999999999"])
def test_what_nobody_knows_is_nothing_and_changes_nothing(scene: Scene, typed: str) -> None:
    scene.take()
    before = scene.dump()
    assert ask(scene, typed) is None
    assert scene.dump() == before
