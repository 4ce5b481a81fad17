"""Appointments (janji temu): made, found by their code, listed by day."""

import msgspec

from ult_desktop.core.cases.appointment import Appointment, AppointmentState
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT a.id, a.code, a.case_id, c.number AS case_number, a.nth, a.day, a.at, a.officer_id,"
    " coalesce(o.name, '') AS officer, c.service_id, coalesce(s.name, '') AS service, a.reason, a.state,"
    " a.made_at, a.visit_id, coalesce(g.name, '') AS name FROM appointment a"
    " JOIN casefile c ON c.id = a.case_id LEFT JOIN officer o ON o.id = a.officer_id"
    " LEFT JOIN service s ON s.id = c.service_id LEFT JOIN guest g ON g.visit_id = c.visit_id"
)


class NewAppointment(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when an appointment is made. Times UTC ms."""

    code: str
    case_id: int
    nth: int
    day: str
    at: int
    officer_id: int | None
    reason: str
    made_at: int
    made_by: int | None


def insert(tx: Transaction, new: NewAppointment) -> int:
    return tx.insert(
        "INSERT INTO appointment (code, case_id, nth, day, at, officer_id, reason, made_at, made_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def get(tx: Transaction, appointment_id: int) -> Appointment:
    return tx.one(Appointment, f"{_SELECT} WHERE a.id = ?", appointment_id)


def find(tx: Transaction, appointment_id: int) -> Appointment | None:
    return tx.maybe(Appointment, f"{_SELECT} WHERE a.id = ?", appointment_id)


def by_code(tx: Transaction, code: str) -> Appointment | None:
    return tx.maybe(Appointment, f"{_SELECT} WHERE a.code = ?", code)


def of_case(tx: Transaction, case_id: int) -> tuple[Appointment, ...]:
    """Every appointment of a case, the first first: how often it was scheduled again."""
    return tx.all(Appointment, f"{_SELECT} WHERE a.case_id = ? ORDER BY a.nth", case_id)


def booked_of(tx: Transaction, case_id: int) -> Appointment | None:
    return tx.maybe(Appointment, f"{_SELECT} WHERE a.case_id = ? AND a.state = 'booked'", case_id)


def of_day(tx: Transaction, day: str) -> tuple[Appointment, ...]:
    """Every appointment of an office's day, by its time."""
    return tx.all(Appointment, f"{_SELECT} WHERE a.day = ? ORDER BY a.at, a.id", day)


def booked(tx: Transaction) -> tuple[Appointment, ...]:
    """What is still to come, or was not looked after, by its time."""
    return tx.all(Appointment, f"{_SELECT} WHERE a.state = 'booked' ORDER BY a.at, a.id")


def end(
    tx: Transaction,
    appointment_id: int,
    state: AppointmentState,
    at: int,
    remark: str = "",
    visit_id: int | None = None,
) -> None:
    tx.run(
        "UPDATE appointment SET state = ?, ended_at = ?, remark = ?, visit_id = ? WHERE id = ?",
        *(state, at, remark, visit_id, appointment_id),
    )
