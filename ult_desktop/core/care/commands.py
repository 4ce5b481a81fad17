"""The commands for the care of vulnerable visitors."""

from typing import Self

import msgspec
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.core.care.declarations import Alert, Condition, Device, DeviceKind, Escort, Leg
from ult_desktop.core.command import Command
from ult_desktop.core.personal import PriorityReasonText
from ult_desktop.core.queue.ticket import Help, require_known_reasons
from ult_desktop.core.visits.visit import Visit


class DeclareVulnerable(Command[Visit], frozen=True, kw_only=True):
    """Record that a visitor says they belong to a vulnerable group (POS DKI 1); never a diagnosis.

    Reception and the priority counter are alerted. The visit goes on under the office's procedure for
    vulnerable groups if nothing but its beginning has happened yet.
    """

    visit_id: int
    grounds: tuple[PriorityReasonText, ...]
    help: tuple[Help, ...] = ()

    @override
    def checked(self) -> Self:
        require_known_reasons(self.grounds)
        return self


class AcknowledgeAlert(Command[Alert], frozen=True, kw_only=True):
    """Acknowledge an alert: the signed-in officer takes care of it."""

    alert_id: int


class CallSecurity(Command[Alert], frozen=True, kw_only=True):
    """Call security to come and accompany the visitor out (POS DKI 9)."""

    visit_id: int
    place: str = ""


class CallOfficer(Command[Alert], frozen=True, kw_only=True):
    """Call an officer to a kiosk for a visitor. A kiosk does not call again until an officer answers."""


class NoteManyNumbers(Command[Alert], frozen=True, kw_only=True):
    """Alert reception that many numbers were taken at this kiosk in a minute.

    The kiosk does not do so again until an officer has acknowledged the alert.
    """


class BeginEscort(Command[Escort], frozen=True, kw_only=True):
    """Begin an escort: an officer accompanies the visitor on one part of the way (POS DKI 2, 4, 10)."""

    visit_id: int
    leg: Leg
    from_place: str = ""
    to_place: str = ""


class EndEscort(Command[Escort], frozen=True, kw_only=True):
    """End an escort: officer and visitor have arrived."""

    escort_id: int


class DeclineEscort(Command[Escort], frozen=True, kw_only=True):
    """Decline an escort: the visitor wishes to go alone, and the step is waived with that reason."""

    visit_id: int
    leg: Leg


class AddDevice(Command[Device], frozen=True, kw_only=True):
    """Add an assistive device: one of the kinds ("Kursi roda") and its own label ("Kursi roda 1")."""

    kind: str
    label: str

    @override
    def checked(self) -> Self:
        typed = self.kind.strip().casefold()
        kind = next((kind for kind in DeviceKind if kind.casefold() == typed), None)
        if kind is None:
            raise UserError(
                _("“{kind}” bukan jenis alat bantu.").format(kind=self.kind),
                _("Tidak ada yang berubah."),
                _("Yang ada: {names}.").format(names=", ".join(DeviceKind)),
            )
        return msgspec.structs.replace(self, kind=kind.value)


class SetDeviceCondition(Command[Device], frozen=True, kw_only=True):
    """Set the condition of a device: repaired, broken, or no longer used."""

    device_id: int
    condition: Condition


class LendDevice(Command[Device], frozen=True, kw_only=True):
    """Lend a device to a visitor (POS DKI 2)."""

    device_id: int
    visit_id: int


class ReturnDevice(Command[Device], frozen=True, kw_only=True):
    """Record that a lent device came back (POS DKI 10), and in which condition."""

    loan_id: int
    condition: Condition = Condition.GOOD
    remark: str = ""
