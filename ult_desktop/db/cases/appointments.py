"""Appointments (janji temu): made, found by their code, listed by day, and the seats that they take."""

import msgspec

from ult_desktop.core.cases.appointment import Appointment, AppointmentState
from ult_desktop.core.queue.slots import BookedSeat
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(
    Appointment,
    "appointment a JOIN service s ON s.id = a.service_id LEFT JOIN casefile c ON c.id = a.case_id"
    " LEFT JOIN visit v ON v.id = c.visit_id LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id)"
    " LEFT JOIN officer o ON o.id = a.officer_id"
    " LEFT JOIN officer e ON e.id = a.ended_by",
    f"coalesce({CASE_NUMBER}, '') AS case_number, coalesce(o.name, '') AS officer, s.name AS service,"
    " coalesce(nullif(a.name, ''), g.name, '') AS name,"
    " coalesce(nullif(a.phone, ''), g.phone, '') AS phone,"
    " coalesce(e.name, '') AS ended_by, c.about_id AS about_id,"
    " NOT EXISTS (SELECT 1 FROM appointment n WHERE n.code = a.code AND n.nth > a.nth) AS is_last",
)


class NewAppointment(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when an appointment is made.

    Times UTC ms; with a case the guest book has the name.
    """

    code: str
    case_id: int | None
    service_id: int
    nth: int
    day: str
    at: int
    seat: int
    officer_id: int | None
    name: str
    phone: str
    reason: str
    made_at: int
    made_by: int | None


def insert(tx: Transaction, new: NewAppointment) -> int:
    return tx.insert("appointment", new)


get = _ROWS.get
find = _ROWS.find


def by_code(tx: Transaction, code: str) -> Appointment | None:
    """Return the last appointment that was given under a code."""
    return _ROWS.maybe(tx, "WHERE a.code = ? ORDER BY a.nth DESC LIMIT 1", code)


class CodedAppointment(msgspec.Struct, frozen=True, kw_only=True):
    """The last appointment that was given under a code, without what it says of the visitor.

    `first_visit_id` is the visit of its case, None without one. On a server a kiosk reads no more.
    """

    id: int
    code: str
    case_id: int | None
    first_visit_id: int | None
    service_id: int
    day: str
    at: int
    state: AppointmentState


def find_coded(tx: Transaction, code: str) -> CodedAppointment | None:
    sql = (
        "SELECT a.id, a.code, a.case_id, c.visit_id AS first_visit_id, a.service_id, a.day, a.at, a.state"
        " FROM appointment a LEFT JOIN casefile c ON c.id = a.case_id WHERE a.code = ?"
        " ORDER BY a.nth DESC LIMIT 1"
    )
    return tx.maybe(CodedAppointment, sql, code)


def of_case(tx: Transaction, case_id: int) -> tuple[Appointment, ...]:
    """List every appointment of a case, in order: it shows how often the case was scheduled again."""
    return _ROWS.all(tx, "WHERE a.case_id = ? ORDER BY a.nth", case_id)


def booked_of(tx: Transaction, case_id: int) -> Appointment | None:
    return _ROWS.maybe(tx, "WHERE a.case_id = ? AND a.state = 'booked'", case_id)


def is_booked(tx: Transaction, case_id: int) -> bool:
    return tx.row("SELECT 1 FROM appointment WHERE case_id = ? AND state = 'booked'", case_id) is not None


def contact_of(tx: Transaction, appointment_id: int) -> tuple[str, str]:
    """Return name and telephone from the row; both are empty where the guest book of a case has them."""
    name, phone = tx.row("SELECT name, phone FROM appointment WHERE id = ?", appointment_id)
    return name, phone


def of_day(tx: Transaction, day: str) -> tuple[Appointment, ...]:
    """List every appointment of an office's day, by its time."""
    return _ROWS.all(tx, "WHERE a.day = ? ORDER BY a.at, a.id", day)


def all_booked(tx: Transaction) -> tuple[Appointment, ...]:
    """List the appointments that are still to come, or that nobody has dealt with, by their time."""
    return _ROWS.all(tx, "WHERE a.state = 'booked' ORDER BY a.at, a.id")


def booked_before(tx: Transaction, at: int) -> tuple[Appointment, ...]:
    """List the booked appointments whose visitors should have come before `at` (UTC ms), and have not."""
    return _ROWS.all(tx, "WHERE a.state = 'booked' AND a.at < ? ORDER BY a.at, a.id", at)


def taken_seats(tx: Transaction, first_day: str, last_day: str) -> tuple[BookedSeat, ...]:
    """List the seats that are taken from one of the office's days to another.

    They belong to visitors who are expected, and to those who came already.
    """
    return tx.all(
        BookedSeat,
        "SELECT at, service_id, seat, officer_id FROM appointment"
        " WHERE day BETWEEN ? AND ? AND state IN ('booked', 'arrived') ORDER BY at, id",
        first_day,
        last_day,
    )


def end(  # noqa: PLR0913  (how it ended)
    tx: Transaction,
    appointment_id: int,
    state: AppointmentState,
    at: int,
    officer_id: int | None,
    remark: str = "",
    visit_id: int | None = None,
) -> None:
    """End an appointment; `officer_id` None means that a rule did it, not an officer."""
    tx.update(
        "appointment",
        appointment_id,
        state=state,
        ended_at=at,
        ended_by=officer_id,
        remark=remark,
        visit_id=visit_id,
    )


def rebook_missed(tx: Transaction, first_day: str) -> None:
    """Book again the appointments from `first_day` on that a rule marked as missed.

    An appointment that was replaced by a later one since stays missed.
    """
    tx.run(
        "UPDATE appointment SET state = 'booked', ended_at = NULL WHERE day >= ? AND state = 'missed'"
        # What an officer ended stays ended; a rule's verdict alone is taken back.
        " AND ended_by IS NULL AND NOT EXISTS (SELECT 1 FROM appointment n"
        " WHERE n.code = appointment.code AND n.nth > appointment.nth)",
        first_day,
    )
