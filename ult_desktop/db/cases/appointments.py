"""Appointments (janji temu): made, found by their code, listed by day."""

import msgspec

from ult_desktop.core.cases.appointment import Appointment, AppointmentState
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Appointment,
    "appointment a JOIN casefile c ON c.id = a.case_id LEFT JOIN officer o ON o.id = a.officer_id"
    " LEFT JOIN service s ON s.id = c.service_id LEFT JOIN guest g ON g.visit_id = c.visit_id",
    f"{CASE_NUMBER} AS case_number, coalesce(o.name, '') AS officer, c.service_id AS service_id,"
    " coalesce(s.name, '') AS service, coalesce(g.name, '') AS name",
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
    return tx.insert("appointment", new)


get = _ROWS.get
find = _ROWS.find


def by_code(tx: Transaction, code: str) -> Appointment | None:
    return _ROWS.maybe(tx, "WHERE a.code = ?", code)


def of_case(tx: Transaction, case_id: int) -> tuple[Appointment, ...]:
    """Every appointment of a case, the first first: how often it was scheduled again."""
    return _ROWS.all(tx, "WHERE a.case_id = ? ORDER BY a.nth", case_id)


def booked_of(tx: Transaction, case_id: int) -> Appointment | None:
    return _ROWS.maybe(tx, "WHERE a.case_id = ? AND a.state = 'booked'", case_id)


def of_day(tx: Transaction, day: str) -> tuple[Appointment, ...]:
    """Every appointment of an office's day, by its time."""
    return _ROWS.all(tx, "WHERE a.day = ? ORDER BY a.at, a.id", day)


def booked(tx: Transaction) -> tuple[Appointment, ...]:
    """What is still to come, or was not looked after, by its time."""
    return _ROWS.all(tx, "WHERE a.state = 'booked' ORDER BY a.at, a.id")


def end(
    tx: Transaction,
    appointment_id: int,
    state: AppointmentState,
    at: int,
    remark: str = "",
    visit_id: int | None = None,
) -> None:
    tx.update("appointment", appointment_id, state=state, ended_at=at, remark=remark, visit_id=visit_id)
