"""An appointment (janji temu): a visitor is expected, for a case (POS Kaltara 5) or for a service alone."""

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.personal import Phone


class AppointmentState(WordEnum):
    """The state of an appointment: booked, then kept, missed, cancelled, or moved to another time."""

    BOOKED = "booked", "terjadwal"
    ARRIVED = "arrived", "sudah datang"
    MISSED = "missed", "terlewat"
    CANCELLED = "cancelled", "dibatalkan"
    MOVED = "moved", "dipindahkan"


class Appointment(msgspec.Struct, frozen=True, kw_only=True):
    """An appointment. `at` UTC ms on the office's date `day`; `nth` is 1 for the first time that was given.

    `code` is what the slip's QR holds and the kiosk accepts; an appointment that is moved keeps it. `case_id`
    None: it is for the service alone. `visit_id` is the visit for which the visitor came; `ended_by` is the
    officer who recorded how it ended, "" when the end of the day did. `is_last`: it was not moved since.
    """

    id: int
    code: str
    case_id: int | None
    case_number: str
    nth: int
    day: str
    at: int
    officer_id: int | None
    officer: str
    service_id: int
    service: str
    reason: str
    state: AppointmentState
    made_at: int
    ended_at: int | None
    ended_by: str
    visit_id: int | None
    name: str
    phone: Phone
    is_last: bool = True
    about_id: int | None = None
