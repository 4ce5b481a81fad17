"""What can be asked about appointments (janji temu)."""

from ult_desktop.core.command import Command


class Reschedule(Command, frozen=True, kw_only=True):
    """Not settled now: another date and time (POS Kaltara 5). `at` UTC ms; an earlier one is moved."""

    case_id: int
    at: int
    reason: str
    officer_id: int | None = None


class CheckIn(Command, frozen=True, kw_only=True):
    """Somebody with an appointment is here: a number at the appointment's time, and a visit that follows."""

    code: str
    wants_paper: bool = False


class MissAppointment(Command, frozen=True, kw_only=True):
    """Nobody came."""

    appointment_id: int


class CancelAppointment(Command, frozen=True, kw_only=True):
    """It is called off; the reason is kept."""

    appointment_id: int
    reason: str
