"""Care for vulnerable visitors: declarations, alerts, assistive devices and escorts.

POS DKI (kelompok rentan); PermenPANRB 11/2024.
"""

from collections.abc import Iterable

import msgspec

from ult_desktop.base import WordEnum
from ult_desktop.core.personal import PriorityReasonText
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.core.queue.ticket import Help


class AlertKind(WordEnum):
    """The kind of an alert: care for a visitor just declared, security at a desk, or somebody at a kiosk."""

    VULNERABLE = "vulnerable", "kelompok rentan"
    SECURITY_CALL = "security_call", "petugas keamanan diminta"
    KIOSK_CALL = "kiosk_call", "petugas diminta ke kios"
    MANY_NUMBERS = "many_numbers", "banyak nomor di satu kios"


class Leg(WordEnum):
    """A part of the way on which a visitor is accompanied (POS DKI 2, 4 and 10)."""

    IN = "in", "dari pintu masuk ke ULT"
    TO_COUNTER = "to_counter", "ke loket prioritas"
    OUT = "out", "ke pintu keluar atau kendaraan"


class DeviceKind(WordEnum):
    """The kinds of assistive devices, those of POS DKI 2 first. The key is the value in the file."""

    WHEELCHAIR = "Kursi roda", "Kursi roda"
    CANE = "Tongkat", "Tongkat"
    UMBRELLA = "Payung", "Payung"
    CRUTCHES = "Kruk", "Kruk"
    WALKER = "Alat bantu jalan", "Alat bantu jalan"
    HEARING_AID = "Alat bantu dengar", "Alat bantu dengar"
    MAGNIFIER = "Kaca pembesar", "Kaca pembesar"
    PRAM = "Kereta bayi", "Kereta bayi"
    OTHER = "Alat lain", "Alat lain"


class Condition(WordEnum):
    """The condition of an assistive device: whether it can be lent."""

    GOOD = "good", "baik"
    BROKEN = "broken", "rusak"
    RETIRED = "retired", "tidak dipakai lagi"


class Vulnerability(msgspec.Struct, frozen=True, kw_only=True):
    """A visitor's declaration about themselves: the grounds and the help wanted, never a diagnosis.

    `grounds` are values of `PriorityReason`, or sealed.
    """

    visit_id: int
    grounds: tuple[PriorityReasonText, ...]
    help: tuple[Help, ...]
    declared_at: int

    def with_more(self, grounds: Iterable[PriorityReasonText], wanted: Iterable[Help]) -> "Vulnerability":
        """Return the declaration with more grounds and help; its time stays that of the first."""
        return msgspec.structs.replace(
            self,
            grounds=tuple(dict.fromkeys((*self.grounds, *grounds))),
            help=tuple(dict.fromkeys((*self.help, *wanted))),
        )


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """A call for care. Times UTC ms; `place` is where (a counter's name, the entrance, a kiosk's name).

    `label` is the visitor's number. `visit_id` None: somebody unknown at a kiosk.
    """

    id: int
    visit_id: int | None
    kind: AlertKind
    at: int
    place: str
    label: str | None
    help: tuple[Help, ...] = ()
    acknowledged_at: int | None
    acknowledged_by: str


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """An assistive device (alat bantu). The fields from `loan_id` on are those of its present loan.

    `kind` is a `DeviceKind`; the office file does not bound it, so it is read as text. `label` is the sticker
    of the device, `ticket` the number of the visitor who has it.
    """

    id: int
    kind: str
    label: str
    condition: Condition
    loan_id: int | None
    visit_id: int | None
    ticket: str | None
    lent_at: int | None
    overdue: bool

    @property
    def is_free(self) -> bool:
        return self.loan_id is None and self.condition is Condition.GOOD


class Loan(msgspec.Struct, frozen=True, kw_only=True):
    """A lending of a device. Times UTC ms."""

    id: int
    device_id: int
    visit_id: int
    lent_at: int
    returned_at: int | None
    remark: str


class Escort(msgspec.Struct, frozen=True, kw_only=True):
    """An accompanied way. Times UTC ms; `declined`: the visitor wished to go alone.

    `label` is the visitor's number.
    """

    id: int
    visit_id: int
    leg: Leg
    from_place: str
    to_place: str
    officer: str
    label: str | None
    began_at: int
    ended_at: int | None
    declined: bool


def escort_step(procedure: Procedure, leg: Leg) -> int | None:
    """Return the step that an escort on `leg` completes.

    The first escort step of the procedure is for the first leg, the second for the second, and so on.
    """
    steps = procedure.steps_for(StepEvent.ESCORT_DONE)
    index = list(Leg).index(leg)
    return steps[index].step if index < len(steps) else None
