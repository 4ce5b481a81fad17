"""Appointments: another date for what was not settled, and the code that brings the visitor back."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
import pytest

from tests.office import make_office
from tests.operations.desks import LATER, Desks
from tests.operations.scene import Scene
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.cases.appointment import AppointmentState
from ult_desktop.core.cases.case import Case, CaseOutcome
from ult_desktop.core.cases.case_views import InboxKind
from ult_desktop.core.cases.commands import (
    CancelAppointment,
    CheckIn,
    CloseCase,
    MissAppointment,
    MoveAppointment,
    Reschedule,
    SetOutcome,
)
from ult_desktop.core.queue.commands import Arrive, CallTicket, StaffCounter
from ult_desktop.core.queue.ticket import QueuePosition
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.procedures import pauses
from ult_desktop.db.visits import visits

KIOSK = Actor(station="kiosk-1")


def stamp(desks: Desks, when: str) -> int:
    return to_stamp(datetime.fromisoformat(when).replace(tzinfo=desks.scene.zone))


def again(desks: Desks, case: Case, when: str = LATER) -> Reschedule:
    return Reschedule(case_id=case.id, at=stamp(desks, when), reason="Data belum lengkap")


def paused(desks: Desks, case: Case) -> bool:
    return (
        desks.scene.office.read(lambda tx: pauses.running(tx, case.visit_id, desks.scene.clock.now))
        is not None
    )


def test_an_appointment_links_to_its_case_and_counts(desks: Desks) -> None:
    case = desks.case()
    first = desks.do(again(desks, case))
    assert (first.case_number, first.nth, first.day, first.officer) == (
        case.number, 1, "2026-11-25", "Siti Rahmawati",
    )  # fmt: skip
    assert (first.name, first.service, first.reason) == (
        "Ani Guru", "Informasi & Konsultasi", "Data belum lengkap",
    )  # fmt: skip
    assert len(first.code) == 12
    assert paused(desks, case)
    command = msgspec.structs.replace(again(desks, case, "2026-11-26 09:00"), officer_id=desks.id("hadi"))
    second = desks.do(command)
    assert (second.nth, second.officer, second.code) == (2, "Hadi Helpdesk", first.code)
    states = [each.state for each in desks.card(case).appointments]
    assert states == [AppointmentState.MOVED, AppointmentState.BOOKED]
    assert desks.kinds(case)[1:] == ["rescheduled", "rescheduled"]


def test_lists_by_day_and_of_what_is_to_come(desks: Desks) -> None:
    late = desks.do(again(desks, desks.case(), "2026-11-25 14:00"))
    early = desks.do(again(desks, desks.case(), "2026-11-25 08:00"))
    other = desks.do(again(desks, desks.case(), "2026-11-24 08:00"))
    read = desks.scene.office.read
    assert [a.id for a in read(lambda tx: appointments.of_day(tx, "2026-11-25"))] == [early.id, late.id]
    assert [a.id for a in read(appointments.all_booked)] == [other.id, early.id, late.id]


def test_what_makes_no_appointment(desks: Desks) -> None:
    case, _hop = desks.escalated()
    desks.refused(again(desks, case), words="masih di unit lain")
    other = desks.case()
    desks.refused(again(desks, other, "2026-11-23 08:00"), words="sudah lewat")
    desks.refused(msgspec.structs.replace(again(desks, other), reason=" "), words="belum ditulis")
    desks.refused(msgspec.structs.replace(again(desks, other), officer_id=99), words="tidak ada lagi")
    desks.do(again(desks, other))
    desks.do(SetOutcome(case_id=other.id, outcome=CaseOutcome.AVAILABLE))
    desks.refused(CloseCase(case_id=other.id), words="masih punya janji temu")


def test_the_code_brings_the_visitor_to_his_place(desks: Desks) -> None:
    case = desks.case()
    made = desks.do(again(desks, case))
    desks.refused(CheckIn(code=made.code), words="untuk Rabu, 25 November 2026 10.00")
    desks.refused(CheckIn(code="ENTAH"), words="bukan janji temu")
    desks.scene.set_time("2026-11-25 09:40")
    came = desks.scene.kiosk.perform(CheckIn(code=f" {made.code.lower()} ", wants_paper=True), KIOSK).ticket
    assert (came.place, came.queued_at, came.paper) == (QueuePosition.APPOINTMENT, made.at, "queued")
    visit = desks.scene.office.read(lambda tx: visits.of_ticket(tx, came.id))
    assert visit is not None
    assert (visit.follows, visit.procedure_id) == (case.visit_id, None)
    found = desks.scene.office.read(lambda tx: cases.case_of_visitor(tx, visit.id))
    assert found == desks.now(case)
    assert desks.card(case).appointments[0].state is AppointmentState.ARRIVED
    desks.refused(CheckIn(code=made.code), words="sudah dipakai")
    assert paused(desks, case)
    desks.scene.sit(1)
    desks.scene.do(CallTicket(counter=1, ticket_id=came.id))
    desks.scene.do(Arrive(counter=1))
    assert not paused(desks, case)


def test_who_comes_first_to_the_desk_does_not_wait_behind_an_appointment(desks: Desks) -> None:
    """An appointment waits for its own time; numbers given after it keep theirs."""
    made = desks.do(again(desks, desks.case()))
    desks.scene.set_time("2026-11-25 09:00")
    desks.scene.sit(1)
    early = desks.scene.kiosk.perform(CheckIn(code=made.code), KIOSK).ticket
    next_one = desks.scene.take("A")
    assert (next_one.number, next_one.queued_at) == (early.number + 1, desks.scene.clock.now)
    assert desks.scene.order() == [next_one.label, early.label]


@pytest.mark.parametrize(("minutes", "kept"), [(15, True), (16, False)])
def test_a_quarter_of_an_hour_keeps_the_place(desks: Desks, minutes: int, kept: bool) -> None:
    made = desks.do(again(desks, desks.case()))
    desks.scene.set_time("2026-11-25 10:00")
    desks.scene.later(minutes)
    ticket = desks.scene.kiosk.perform(CheckIn(code=made.code), KIOSK).ticket
    assert ticket.queued_at == (made.at if kept else desks.scene.clock.now)


def test_missed_and_cancelled(desks: Desks) -> None:
    case = desks.case()
    made = desks.do(again(desks, case))
    desks.refused(MissAppointment(appointment_id=made.id), words="belum tiba")
    desks.refused(MissAppointment(appointment_id=99), words="tidak lagi terjadwal")
    desks.refused(CancelAppointment(appointment_id=made.id, reason=""), words="belum ditulis")
    desks.do(CancelAppointment(appointment_id=made.id, reason="Sakit"))
    assert not paused(desks, case)
    desks.refused(CancelAppointment(appointment_id=made.id, reason="x"), words="tidak lagi terjadwal")
    second = desks.do(again(desks, case))
    desks.scene.set_time("2026-11-25 10:30")
    assert desks.do(MissAppointment(appointment_id=second.id)).state is AppointmentState.MISSED
    assert desks.kinds(case)[-3:] == ["appointment_cancelled", "rescheduled", "missed"]


def test_who_does_not_come_is_the_officers_next_act_and_late_after_a_day(desks: Desks) -> None:
    """POS Kaltara 5: the case lay open with its clock off, for as long as nobody thought of it."""
    desks.run_only("kaltara-helpdesk")
    case = desks.case()
    made = desks.do(again(desks, case))
    assert [(each.kind, each.case_id) for each in desks.inbox("siti").items] == []
    desks.scene.set_time("2026-11-24 11:00")
    (soon,) = desks.inbox("siti").items
    assert (soon.kind, soon.at, soon.unread) == (InboxKind.EXPECTED, made.at, False)
    desks.scene.set_time("2026-11-25 10:30")
    desks.do(MissAppointment(appointment_id=made.id))
    assert not paused(desks, case)
    (missed,) = desks.inbox("siti").items
    assert (missed.kind, missed.unread, missed.is_overdue(desks.scene.clock.now)) == (
        InboxKind.MISSED, True, False,
    )  # fmt: skip
    desks.scene.set_time("2026-11-27 09:00")
    (missed,) = desks.inbox("siti").items
    assert missed.is_overdue(desks.scene.clock.now)
    desks.do(again(desks, case, "2026-12-01 09:00"))
    assert desks.inbox("siti").items == ()
    assert paused(desks, case)


def test_a_day_that_begins_misses_what_was_before_it(desks: Desks) -> None:
    case = desks.case()
    desks.do(again(desks, case))
    desks.scene.set_time("2026-11-26 09:00")
    desks.do(StaffCounter(counter=1))
    assert desks.kinds(case)[-1] == "missed"
    assert not paused(desks, case)


def test_a_case_is_not_put_off_for_longer_than_the_office_allows(desks: Desks) -> None:
    case = desks.case()
    desks.refused(again(desks, case, "2026-12-31 10:00"), words="paling lama 10 hari kerja")
    made = desks.do(again(desks, case))
    move = MoveAppointment(appointment_id=made.id, at=stamp(desks, "2027-06-15 10:00"))
    desks.refused(move, words="paling lama 10 hari kerja")


@pytest.fixture
def by_day(tmp_path: Path) -> Iterator[Desks]:
    """An office with true hours: Monday 09.00."""
    scene = Scene(make_office(tmp_path / "jam", always_open=False))
    scene.sit(1)
    yield Desks(scene)
    scene.close()


@pytest.mark.parametrize("when", ["2026-11-28 10:00", "2026-12-25 10:00", "2026-11-24 20:00"])
def test_nobody_is_asked_to_come_when_the_office_is_closed(by_day: Desks, when: str) -> None:
    by_day.refused(again(by_day, by_day.case(), when), words="di luar jam layanan")


def test_an_appointment_needs_the_desk(desks: Desks) -> None:
    desks.refused(again(desks, desks.case()), "bela", "tidak berwenang")


def test_a_pos_without_that_branch_knows_no_unsettled_outcome(desks: Desks) -> None:
    desks.run_only("sumut-tatap-muka")
    case = desks.case()
    desks.do(again(desks, case))
    assert desks.marks(case) == ["case_opened"]
    assert paused(desks, case)
