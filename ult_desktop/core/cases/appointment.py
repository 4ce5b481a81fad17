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
    """An appointment. Times UTC ms; `at` is on the office's date `day`.

    An appointment that is moved gets a new row with the next `nth`, from 1; `is_last` is the newest row.
    `code` is what the slip's QR holds and the kiosk accepts; all rows of an appointment have the same.
    `case_id` None: it is for the service alone. `visit_id` is the visit that it became. `ended_by` is the
    officer who recorded how it ended, "" when the end of the day did. `about_id` is the officer whom the
    case is about.
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
