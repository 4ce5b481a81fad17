"""The call for an officer (panggil petugas), and whether one is on the way."""

from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import UserError, _
from ult_desktop.core.care.commands import CallOfficer
from ult_desktop.core.care.declarations import Alert
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.kiosk.parts.notices import Notice
from ult_desktop.ui.office_link.link import StationLink


class CallStep(Enum):
    """The state of a call for an officer."""

    ASKING = "asking"
    WAITING = "waiting"
    COMING = "coming"
    UNHEARD = "unheard"


@dataclass(frozen=True)
class OfficerCall:
    """A call for an officer. `officer` is who is on the way, "" as long as nobody said so."""

    step: CallStep = CallStep.ASKING
    officer: str = ""


class OfficerCalls(QObject):
    """The calls for an officer, one at a time. A call stays with the officers after its visitor has left.

    Signals:
        changed: the `OfficerCall` as it is now, None when there is none.
        unheard: the call was refused, as when the office is out of reach; the kiosk draws attention itself.
    """

    changed = Signal(object)
    unheard = Signal()

    def __init__(self, link: StationLink, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self.call: OfficerCall | None = None
        self._alert_id: int | None = None
        self._query = VisitorQuery(link)
        link.changed.connect(self._look)

    def begin(self) -> None:
        """Call an officer, and call again if the office could not be reached."""
        if self.call is None or self.call.step is CallStep.UNHEARD:
            self._become(OfficerCall())
            self._query.ask(CallOfficer(), self._called, self._refused)

    def forget(self) -> None:
        self._query.forget()
        self._alert_id = None
        self._become(None)

    def _called(self, alert: Alert) -> None:
        self._alert_id = alert.id
        self._show(alert)

    def _refused(self, _error: UserError) -> None:
        self._become(OfficerCall(CallStep.UNHEARD))
        self.unheard.emit()

    def _look(self) -> None:
        if self._alert_id is not None:
            self._link.read(partial(_alert, self._alert_id), self._show)

    def _show(self, alert: Alert) -> None:
        if alert.id == self._alert_id:
            coming = alert.acknowledged_at is not None
            self._become(OfficerCall(CallStep.COMING if coming else CallStep.WAITING, alert.acknowledged_by))

    def _become(self, call: OfficerCall | None) -> None:
        if call != self.call:
            self.call = call
            self.changed.emit(call)


def call_notice(call: OfficerCall | None) -> Notice:
    """Return the notice about the officer who is awaited.

    None: nobody was called yet, and a call is offered.
    """
    if call is None:
        offered = _("Petugas kami siap membantu Anda di sini.")
        return Notice("bell-ring", "violet", _("Perlu bantuan petugas?"), (offered,), _("Panggil petugas"))
    if call.step is CallStep.COMING:
        title = _("{officer} menuju Anda").format(officer=call.officer or _("Petugas"))
        return Notice("person-standing", "green", title, (_("Mohon tunggu di sini."),))
    if call.step is CallStep.UNHEARD:
        away = _("Mesin ini sedang terputus. Silakan datang ke meja petugas.")
        return Notice("cloud-off", "orange", _("Petugas belum bisa diberi tahu"), (away,), _("Coba lagi"))
    told = _("Mohon tunggu di sini. Nama petugas yang datang akan tampil di layar ini.")
    return Notice("bell-ring", "violet", _("Petugas sedang dipanggil"), (told,))


def _alert(alert_id: int, office: Office) -> Alert:
    return office.alert(alert_id)
