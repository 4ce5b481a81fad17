"""An appointment (janji temu): what could not be settled is scheduled again (POS Kaltara 5)."""

import msgspec

from ult_desktop.base import WordEnum


class AppointmentState(WordEnum):
    """Booked, then one end: came, missed, cancelled, or moved to another time."""

    BOOKED = "booked", "terjadwal"
    ARRIVED = "arrived", "sudah datang"
    MISSED = "missed", "terlewat"
    CANCELLED = "cancelled", "dibatalkan"
    MOVED = "moved", "dipindahkan"


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """One appointment. `at` UTC ms on the office's date `day`; `nth` counts a case's appointments.

    `code` is what the slip's QR holds and the kiosk accepts; `visit_id` the coming that it led to.
    """

    id: int
    code: str
    case_id: int
    case_number: str
    nth: int
    day: str
    at: int
    officer_id: int | None
    officer: str
    service_id: int | None
    service: str
    reason: str
    state: AppointmentState
    made_at: int
    visit_id: int | None
    name: str
