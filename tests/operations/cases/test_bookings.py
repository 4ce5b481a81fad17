"""Appointments by half-hours: booked at the desk or by telephone, moved, full, missed."""

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

import msgspec
import pytest

from tests.office import open_office, store_of, stranger
from tests.operations.cases.test_appointments import KIOSK, again, paused, stamp
from tests.operations.desks import LATER, Desks
from tests.operations.office.test_office_changes import Chief
from tests.operations.scene import MINUTE
from ult_desktop.base.errors import UserError
from ult_desktop.core.cases import commands as case_commands
from ult_desktop.core.cases.appointment import Appointment, AppointmentState
from ult_desktop.core.cases.commands import (
    BookAppointment,
    CancelAppointment,
    CloseCase,
    MissAppointment,
    MoveAppointment,
)
from ult_desktop.core.privacy.commands import OpenAppointment
from ult_desktop.core.queue import boards as queue_boards, commands
from ult_desktop.core.sheet import SheetRow
from ult_desktop.db.cases import appointments, boards
from ult_desktop.db.queue import counter_board
from ult_desktop.db.visits import visits
from ult_desktop.operations.privacy.personal import list_accesses
from ult_desktop.operations.queue.kiosk_codes import answer_code
from ult_desktop.operations.sheets import day_sheet


def booking(desks: Desks, when: str = LATER, service: str = "A", name: str = "Rini Wali") -> BookAppointment:
    return BookAppointment(
        service_id=desks.scene.service[service],
        at=stamp(desks, when),
        name=name,
        phone="0812-3456-7890",
        reason="Legalisasi ijazah",
    )


def now(desks: Desks, found: Appointment) -> Appointment:
    return desks.scene.office.read(lambda tx: appointments.get(tx, found.id))


def free(desks: Desks, service: str = "A", login: str = "") -> dict[int, int]:
    """Seats by the half-hour that has them."""
    officer = desks.id(login) if login else None
    offer = desks.scene.office.read(lambda tx: boards.booking_offer(tx, desks.scene.clock.now))
    return {each.at: each.free for each in offer.slots(desks.scene.service[service], officer)}


def test_who_was_booked_by_telephone_gets_a_number_at_the_kiosk(desks: Desks) -> None:
    made = desks.do(booking(desks))
    assert (made.name, made.service, made.case_number) == ("Rini Wali", "Informasi & Konsultasi", "")
    assert re.fullmatch(r"0812•+890", made.phone)
    desks.scene.set_time("2026-11-25 09:50")
    came = answer_code(made.code, False, desks.scene.office, KIOSK)
    assert isinstance(came, queue_boards.IssuedTicket)
    assert came.ticket.queued_at == made.at
    visit = desks.scene.office.read(lambda tx: visits.of_ticket(tx, came.ticket.id))
    assert visit is not None
    assert (visit.follows, visit.service_id) == (None, made.service_id)
    assert (now(desks, made).state, now(desks, made).visit_id) == (AppointmentState.ARRIVED, visit.id)


def test_reception_and_telephone_book_too(desks: Desks) -> None:
    desks.do(booking(desks))
    desks.refused(booking(desks), "bela", "tidak berwenang")
    desks.refused(msgspec.structs.replace(booking(desks), name=" "), words="Nama belum diisi")
    desks.refused(msgspec.structs.replace(booking(desks), reason=""), words="Keperluan belum diisi")
    desks.refused(msgspec.structs.replace(booking(desks), service_id=99), words="tidak ada lagi")


def test_a_half_hour_has_so_many_seats(desks: Desks) -> None:
    at = stamp(desks, LATER)
    assert free(desks)[at] == 2
    first = desks.do(booking(desks))
    by_the_minute = desks.do(booking(desks, "2026-11-25 10:20", name="Tono"))
    assert at not in free(desks)
    desks.refused(booking(desks), words="Informasi & Konsultasi pada Rabu, 25 November 2026 10.00 WITA sudah")
    assert free(desks, "R")[at] == 2, "another service has its own"
    desks.do(CancelAppointment(appointment_id=first.id, reason="Sakit"))
    assert free(desks)[at] == 1
    desks.do(booking(desks, name="Dewi"))
    desks.scene.set_time("2026-11-25 09:40")
    desks.scene.kiosk.perform(case_commands.CheckIn(code=by_the_minute.code), KIOSK)
    desks.refused(booking(desks, "2026-11-25 10:10"), words="sudah penuh")


def test_two_stations_never_book_more_than_there_are_seats(desks: Desks) -> None:
    """Eight at once from two stations for two seats: two have them, and the file refuses a third itself."""
    path, siti = desks.scene.path, desks.actor("siti")
    command = booking(desks)

    def book(n: int) -> bool:
        with closing(open_office(path, f"loket-{n % 2 + 1}")) as office:
            office.clock = desks.scene.clock
            with suppress(UserError):
                office.perform(msgspec.structs.replace(command, name=f"Tamu {n}"), siti)
                return True
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(book, range(8))) == 2
    taken = desks.scene.office.read(lambda tx: appointments.taken_seats(tx, "2026-11-25", "2026-11-25"))
    assert sorted(each.seat for each in taken) == [1, 2]


def test_an_officer_receives_one_in_a_half_hour(desks: Desks) -> None:
    mine = msgspec.structs.replace(booking(desks), officer_id=desks.id("hadi"))
    desks.do(mine)
    desks.refused(mine, words="Hadi Helpdesk sudah punya janji temu pada Rabu")
    assert mine.at not in free(desks, login="hadi")
    assert free(desks, login="hana")[mine.at] == 1
    other = msgspec.structs.replace(mine, service_id=desks.scene.service["R"])
    desks.refused(other, words="sudah punya janji temu")


def test_another_time_keeps_the_code_and_frees_the_half_hour(desks: Desks) -> None:
    first = desks.do(booking(desks))
    moved = desks.do(MoveAppointment(appointment_id=first.id, at=stamp(desks, "2026-11-26 09:00")))
    assert (moved.code, moved.nth, moved.name, moved.reason) == (first.code, 2, "Rini Wali", first.reason)
    assert now(desks, first).state is AppointmentState.MOVED
    assert free(desks)[first.at] == 2
    desks.refused(MoveAppointment(appointment_id=first.id, at=first.at), words="tidak lagi terjadwal")
    desks.refused(MoveAppointment(appointment_id=99, at=first.at), words="tidak lagi terjadwal")
    desks.scene.set_time(LATER)
    desks.refused(case_commands.CheckIn(code=moved.code), words="untuk Kamis, 26 November 2026 09.00")
    desks.scene.set_time("2026-11-26 08:55")
    assert desks.scene.kiosk.perform(case_commands.CheckIn(code=moved.code), KIOSK).ticket.label


def test_another_time_of_a_case_is_not_a_second_try(desks: Desks) -> None:
    """Nothing was tried between the two dates: the step that an appointment begins anew begins once."""
    desks.run_only("kaltara-helpdesk")
    case = desks.case()
    first = desks.do(again(desks, case))
    moved = desks.do(MoveAppointment(appointment_id=first.id, at=stamp(desks, "2026-11-26 09:00")))
    desks.do(again(desks, case, "2026-11-27 09:00"))
    assert [mark for mark in desks.marks(case) if "outcome_set" in mark] == [
        "outcome_set:tidak_dapat_diselesaikan"
    ]
    assert paused(desks, case)
    assert desks.kinds(case)[-3:] == ["rescheduled"] * 3
    last = desks.card(case).appointments[-1]
    desks.scene.set_time("2026-11-27 08:55")
    desks.scene.kiosk.perform(case_commands.CheckIn(code=moved.code), KIOSK)
    third = desks.do(again(desks, case, "2026-12-01 09:00"))
    assert (third.nth, third.code == last.code) == (4, False)
    assert len([mark for mark in desks.marks(case) if "outcome_set" in mark]) == 2
    desks.do(CancelAppointment(appointment_id=third.id, reason="Selesai lewat telepon"))


def test_a_case_that_is_closed_keeps_its_date(desks: Desks) -> None:
    case = desks.case()
    made = desks.do(again(desks, case))
    desks.scene.set_time("2026-11-25 11:00")
    desks.do(MissAppointment(appointment_id=made.id))
    desks.do(CloseCase(case_id=case.id, withdrawn=True, remark="Tidak jadi"))
    later = stamp(desks, "2026-11-27 09:00")
    desks.refused(MoveAppointment(appointment_id=made.id, at=later), words="sudah ditutup")


def test_a_code_always_leads_to_a_service(desks: Desks) -> None:
    case = desks.case()
    store_of(desks.scene.office).write(
        lambda tx: tx.run("UPDATE casefile SET service_id = NULL WHERE id = ?", case.id)
    )
    desks.refused(again(desks, case), words="belum punya layanan")
    desks.refused(msgspec.structs.replace(again(desks, case), service_id=99), words="tidak ada lagi")
    command = msgspec.structs.replace(again(desks, case), service_id=desks.scene.service["R"])
    made = desks.do(command)
    assert made.service == desks.now(case).service == "Rapor Pendidikan"
    desks.scene.set_time(LATER)
    assert desks.scene.kiosk.perform(case_commands.CheckIn(code=made.code), KIOSK).ticket.label == "R001"


def test_the_end_of_the_day_tells_who_did_not_come(desks: Desks) -> None:
    case = desks.case()
    morning, evening = desks.do(again(desks, case)), desks.do(booking(desks, "2026-11-25 15:00"))
    desks.scene.set_time("2026-11-25 14:00")
    desks.scene.do(commands.CloseDay(reason="Sore"))
    assert (now(desks, morning).state, now(desks, morning).ended_by) == (AppointmentState.MISSED, "")
    assert now(desks, morning).ended_at == desks.scene.clock.now
    assert desks.kinds(case)[-1] == "missed"
    assert now(desks, evening).state is AppointmentState.BOOKED
    day = desks.scene.office.read(lambda tx: counter_board.day_summary(tx, "2026-11-25"))
    assert (day.booked, day.missed) == (2, 1)
    sheet = desks.scene.office.read(lambda tx: day_sheet(tx, desks.scene.clock.now))
    assert SheetRow("Janji temu tidak datang", "1 dari 2") in sheet.rows
    desks.scene.set_time("2026-11-26 08:00")
    desks.scene.do(commands.StaffCounter(counter=1))
    assert now(desks, evening).state is AppointmentState.MISSED
    assert "appointment.missed_by_rule" in desks.scene.kinds()


def test_who_comes_after_all_on_that_day_is_received(desks: Desks) -> None:
    made = desks.do(booking(desks))
    desks.scene.set_time("2026-11-25 10:40")
    assert desks.do(MissAppointment(appointment_id=made.id)).ended_by == "Siti Rahmawati"
    desks.scene.later(5)
    came = desks.scene.kiosk.perform(case_commands.CheckIn(code=made.code), KIOSK).ticket
    assert came.queued_at == desks.scene.clock.now
    assert now(desks, made).state is AppointmentState.ARRIVED


def test_who_did_not_come_gets_another_time_under_the_same_code(desks: Desks) -> None:
    made = desks.do(booking(desks))
    desks.scene.set_time("2026-11-25 11:00")
    desks.do(MissAppointment(appointment_id=made.id))
    moved = desks.do(MoveAppointment(appointment_id=made.id, at=desks.scene.clock.now + 60 * MINUTE))
    assert (moved.code, now(desks, made).state) == (made.code, AppointmentState.MISSED)


def test_the_office_says_how_many(desks: Desks) -> None:
    chief = Chief(desks.scene)
    chief.settle(cases=msgspec.structs.replace(chief.settings.cases, seats=1))
    chief.change(services=chief.service("R", seats=3))
    at = stamp(desks, LATER)
    assert (free(desks)[at], free(desks, "R")[at]) == (1, 3)
    desks.do(booking(desks))
    desks.refused(booking(desks), words="sudah penuh")


def test_a_service_that_is_offered_no_more_takes_its_own_cases_alone(desks: Desks) -> None:
    case = desks.case()
    service_id = desks.scene.service["A"]
    desks.scene.do(commands.Finish(counter=1))
    chief = Chief(desks.scene)
    chief.change(**chief.without("A"))
    desks.refused(booking(desks), words="tidak ada lagi")
    offer = desks.scene.office.read(lambda tx: boards.booking_offer(tx, desks.scene.clock.now, service_id))
    assert offer.slots(service_id)
    assert desks.do(again(desks, case)).service_id == service_id


def test_the_file_itself_gives_a_seat_once(desks: Desks) -> None:
    made = desks.do(booking(desks))
    double = (
        "INSERT INTO appointment (code, service_id, nth, day, at, seat, name, reason, made_at)"
        " SELECT ?, service_id, 1, day, at + 60000, seat, 'x', 'x', 1 FROM appointment WHERE id = ?"
    )
    with closing(stranger(desks.scene.path)) as link:
        with pytest.raises(sqlite3.IntegrityError, match="appointment_seat"):
            link.execute(double, ("LAIN", made.id))
        link.rollback()


def test_the_number_is_opened_with_a_trace(desks: Desks) -> None:
    made = desks.do(booking(desks))
    assert desks.do(OpenAppointment(appointment_id=made.id)).phone == "081234567890"
    of_case = desks.do(again(desks, desks.case(), "2026-11-26 09:00"))
    assert desks.do(OpenAppointment(appointment_id=of_case.id)).phone == "081100000011"
    desks.refused(OpenAppointment(appointment_id=99), words="tidak ada")
    (later, first) = list_accesses(desks.scene.office, 0, desks.scene.clock.now + 1)
    assert (first.what, first.visit_id) == (f"appointment:{made.id}", None)
    assert (later.what, later.name) == (f"appointment:{of_case.id}", "Ani Guru")
