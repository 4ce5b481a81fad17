"""The call for an officer (panggil petugas), and whether one is on the way."""

from dataclasses import dataclass
from enum import Enum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import _
from ult_desktop.core.care.commands import CallOfficer
from ult_desktop.core.care.declarations import Alert
from ult_desktop.ui.kiosk.code.inquiry import VisitorQuery
from ult_desktop.ui.kiosk.parts.notices import Notice
from ult_desktop.ui.office_link.link import StationLink


class CallStep(Enum):
    """The state of a call for an officer.

    ASKING: the call is on its way to the office. WAITING: the officers see it. UNANSWERED: nobody answered in
    time. COMING: an officer is on the way. UNHEARD: the office could not be reached, or refused.
    """

    ASKING = "asking"
    WAITING = "waiting"
    UNANSWERED = "unanswered"
    COMING = "coming"
    UNHEARD = "unheard"


@dataclass(frozen=True)
class OfficerCall:
    """A call for an officer. `officer` is the name of who is on the way, "" while nobody is."""

    step: CallStep = CallStep.ASKING
    officer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether the visitor is asked to wait for an officer."""
        return self.step in (CallStep.ASKING, CallStep.WAITING, CallStep.COMING)


class OfficerCalls(QObject):
    """The calls for an officer, one at a time. A call stays with the officers after its visitor has left.

    `patience`: the milliseconds for which an answer is awaited.

    Signals:
        changed: the `OfficerCall` as it is now, None when there is none.
        unheard: nobody answered for long, or the call was refused, as when the office is out of reach; the
            kiosk draws attention itself.
    """

    changed = Signal(object)
    unheard = Signal()

    def __init__(self, link: StationLink, patience: int, parent: QObject) -> None:
        super().__init__(parent)
        self._link = link
        self.call: OfficerCall | None = None
        self._alert_id: int | None = None
        self._query = VisitorQuery(link)
        self._patience = QTimer(self, singleShot=True, interval=patience)
        self._patience.timeout.connect(partial(self._report_unheard, CallStep.UNANSWERED))
        link.changed.connect(self._read_alert)

    def begin(self) -> None:
        """Call an officer, and call again if nobody answered or the office could not be reached."""
        if self.call is None or not self.call.is_open:
            self._set_call(OfficerCall())
            self._query.ask(
                CallOfficer(), self._on_called, lambda _error: self._report_unheard(CallStep.UNHEARD)
            )

    def forget(self) -> None:
        self._query.forget()
        self._patience.stop()
        self._alert_id = None
        self._set_call(None)

    def _on_called(self, alert: Alert) -> None:
        self._alert_id = alert.id
        self._patience.start()
        self._set_call(OfficerCall(CallStep.WAITING))
        self._show(alert)

    def _report_unheard(self, step: CallStep) -> None:
        self._set_call(OfficerCall(step))
        self.unheard.emit()

    def _read_alert(self) -> None:
        alert_id = self._alert_id
        if alert_id is not None:
            self._link.read(lambda office: office.alert(alert_id), self._show)

    def _show(self, alert: Alert) -> None:
        if alert.id == self._alert_id and alert.acknowledged_at is not None:
            self._patience.stop()
            self._set_call(OfficerCall(CallStep.COMING, alert.acknowledged_by))

    def _set_call(self, call: OfficerCall | None) -> None:
        if call != self.call:
            self.call = call
            self.changed.emit(call)


def call_notice(call: OfficerCall | None, staffed: bool, phone: str) -> Notice:
    """Return the notice about the awaited officer; without a `call` it offers to call one.

    Args:
        call: the call as it is now, None if nobody was called yet.
        staffed: some counter is open; an office without one may have nobody who hears the call.
        phone: the words with the office's telephone number, "" without one.
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
    other_ways = tuple(filter(None, (_("Silakan ke meja petugas."), phone)))
    if call.step is CallStep.UNANSWERED:
        return Notice(
            "bell-ring", "amber", _("Belum ada petugas yang menjawab"), other_ways, _("Panggil lagi")
        )
    words: tuple[str, ...] = (_("Mohon tunggu di sini. Nama petugas yang datang akan tampil di layar ini."),)
    if not staffed:
        words = (_("Tidak ada loket yang buka sekarang."), *other_ways)
    return Notice("bell-ring", "violet", _("Petugas sedang dipanggil"), words)
