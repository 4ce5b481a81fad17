"""Keeps the bar of alerts as the office stands."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Actor, Permission
from ult_desktop.core.care.commands import AcknowledgeAlert
from ult_desktop.core.care.declarations import Alert, AlertKind
from ult_desktop.db.care import declarations
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.care.alert_bar import AlertBar
from ult_desktop.ui.counter.pages.fetching import Fetching
from ult_desktop.ui.counter.pages.page_host import PageHost

_WHO = {
    AlertKind.VULNERABLE: Permission.ASSIST_VULNERABLE,
    AlertKind.SECURITY_CALL: Permission.GUARD_DOOR,
}


class AlertWatch(QObject):
    """Reads the open alerts at every change of the office; lives with the bar.

    Reception and counters hear of vulnerable visitors, security of calls for help too.
    """

    def __init__(self, desk: PageHost, bar: AlertBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self._fetching = Fetching(desk)
        self._kinds = kinds_for(desk.actor)
        self._known: frozenset[int] = frozenset()
        bar.taken.connect(self._take)
        bar.opened.connect(self._look)
        desk.lost.connect(self._show_line)
        self._show_line()
        if self._kinds:
            desk.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(open_alerts, self._show)

    def _show(self, found: tuple[Alert, ...]) -> None:
        wanted = [alert for alert in found if alert.kind in self._kinds]
        ids = frozenset(alert.id for alert in wanted)
        self._bar.show_alerts(wanted)
        if ids - self._known:
            QApplication.alert(self._desk.window)
            QApplication.beep()  # heard over a locked PC too
        self._known = ids

    def _show_line(self) -> None:
        """An alert cannot be taken on a share that is gone."""
        self._bar.take.setDisabled(self._desk.is_cut_off)

    def _take(self, alert_id: int) -> None:
        self._desk.perform(AcknowledgeAlert(alert_id=alert_id), told=_("Tercatat: Anda yang menangani."))

    def _look(self, visit_id: int) -> None:
        self._desk.open_page("care", visit_id)


def kinds_for(actor: Actor) -> frozenset[AlertKind]:
    return frozenset(kind for kind, permission in _WHO.items() if actor.may(permission))


def open_alerts(office: Office) -> tuple[Alert, ...]:
    return office.read(declarations.open_alerts)
