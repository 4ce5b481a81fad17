"""The bar below every page that shows an open alert, until an officer takes it."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ult_desktop.base import _
from ult_desktop.core.access.roles import Actor, Permission, Role
from ult_desktop.core.care import commands, declarations as care_declarations
from ult_desktop.db.care import declarations
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.care.page import alert_words, covered_words
from ult_desktop.ui.counter.pages import Fetching, PageHost
from ult_desktop.ui.kit import Theme, widgets


class AlertBar(widgets.Banner):
    """The bar that shows the oldest open alert, hidden when there is none.

    `covered`: the words for a locked PC, which name no visitor.

    Signals:
        taken: the id of the alert that the officer takes care of.
        opened: the id of the visit to look at.
    """

    taken = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._alert: care_declarations.Alert | None = None
        self.covered = ""
        self.take = widgets.Button(theme, _("Saya tangani"), "primary", "check")
        self.look = widgets.Button(theme, _("Lihat"), "quiet", "eye")
        words = widgets.Label("", "strong", wrap=True, news=True)
        super().__init__(theme, ("bell-ring", "violet"), "priority", words, self.look, self.take)
        self.take.clicked.connect(self._take)
        self.look.clicked.connect(self._open)

    def _take(self) -> None:
        if self._alert is not None:
            self.taken.emit(self._alert.id)

    def _open(self) -> None:
        if self._alert is not None and self._alert.visit_id is not None:
            self.opened.emit(self._alert.visit_id)

    def show_alerts(self, alerts: Sequence[care_declarations.Alert]) -> None:
        """Show the alerts, given oldest first. The first is named, the others are counted."""
        self._alert = next(iter(alerts), None)
        self.covered = covered_words(alerts)
        self.setVisible(self._alert is not None)
        if self._alert is None:
            return
        self.look.setVisible(self._alert.visit_id is not None)
        more = len(alerts) - 1
        others = " " + _("({n} lagi)").format(n=more) if more else ""
        self.words.setText(alert_words(self._alert) + others)


_PERMISSION_FOR = {
    care_declarations.AlertKind.VULNERABLE: Permission.ASSIST_VULNERABLE,
    care_declarations.AlertKind.SECURITY_CALL: Permission.GUARD_DOOR,
    care_declarations.AlertKind.KIOSK_CALL: Permission.ASSIST_VULNERABLE,
    care_declarations.AlertKind.MANY_NUMBERS: Permission.RECEIVE_VISITORS,
}
_WELCOMING = {Role.RECEPTION, Role.SECURITY}


class AlertWatch(QObject):
    """The reader of the open alerts, at every change of the office. It lives with the bar.

    Calls from a kiosk go to reception, counters and security; those to a desk to security alone. Vulnerable
    visitors are welcomed by reception and security, and by the counter that calls them next. Who receives
    visitors hears of many numbers at one kiosk.
    """

    def __init__(self, host: PageHost, bar: AlertBar) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        self._kinds = kinds_for(host.actor)
        self._welcomes = host.counter is None or not host.actor.roles.isdisjoint(_WELCOMING)
        self._next = ""
        self._found: tuple[care_declarations.Alert, ...] = ()
        self._known: frozenset[int] = frozenset()
        bar.taken.connect(self._take)
        bar.opened.connect(self._look)
        host.lost.connect(self._show_outage)
        self._show_outage()
        if self._kinds:
            host.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(open_alerts, self._show)

    def _show(self, found: tuple[care_declarations.Alert, ...]) -> None:
        self._found = found
        wanted = [alert for alert in found if alert.kind in self._kinds and self._concerns(alert)]
        ids = frozenset(alert.id for alert in wanted)
        self._bar.show_alerts(wanted)
        if ids - self._known:
            QApplication.alert(self._host.window)
            QApplication.beep()  # heard over a locked PC too
        self._known = ids

    def _concerns(self, alert: care_declarations.Alert) -> bool:
        is_next = alert.label is not None and alert.label == self._next
        return self._welcomes or is_next or alert.kind is not care_declarations.AlertKind.VULNERABLE

    def show_next(self, label: str) -> None:
        """Take note of the number that this counter would call now, "" for none."""
        if label != self._next:
            self._next = label
            self._show(self._found)

    def _show_outage(self) -> None:
        """Close the button while cut off: an alert cannot be taken on a share that is gone."""
        self._bar.take.setDisabled(self._host.is_cut_off)

    def _take(self, alert_id: int) -> None:
        self._host.perform(
            commands.AcknowledgeAlert(alert_id=alert_id), message=_("Tercatat: Anda yang menangani.")
        )

    def _look(self, visit_id: int) -> None:
        self._host.open_page("care", visit_id)


def kinds_for(actor: Actor) -> frozenset[care_declarations.AlertKind]:
    return frozenset(kind for kind, permission in _PERMISSION_FOR.items() if actor.may(permission))


def open_alerts(office: Office) -> tuple[care_declarations.Alert, ...]:
    return office.read(declarations.open_alerts)
