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
        acknowledged: the officer takes care of the alert (its id).
        visit_opened: the officer wants to see the visit (its id).
    """

    acknowledged = Signal(int)
    visit_opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        self._alert: care_declarations.Alert | None = None
        self.covered = ""
        self.take = widgets.Button(theme, _("Saya tangani"), "primary", "check")
        self.look = widgets.Button(theme, _("Lihat"), "quiet", "eye")
        words = widgets.Label("", "strong", wrap=True, news=True)
        super().__init__(theme, ("bell-ring", "violet"), "priority", words, self.look, self.take)
        self.take.clicked.connect(self._acknowledge)
        self.look.clicked.connect(self._open_visit)

    def _acknowledge(self) -> None:
        if self._alert is not None:
            self.acknowledged.emit(self._alert.id)

    def _open_visit(self) -> None:
        if self._alert is not None and self._alert.visit_id is not None:
            self.visit_opened.emit(self._alert.visit_id)

    def show_alerts(self, alerts: Sequence[care_declarations.Alert]) -> None:
        """Show the alerts, given oldest first. The first is named, the others are counted."""
        self._alert = next(iter(alerts), None)
        self.covered = covered_words(alerts)
        self.setVisible(self._alert is not None)
        if self._alert is None:
            return
        self.look.setVisible(self._alert.visit_id is not None)
        words = alert_words(self._alert)
        if len(alerts) > 1:
            words += " " + _("({n} lagi)").format(n=len(alerts) - 1)
        self.words.setText(words)


_PERMISSION_FOR = {
    care_declarations.AlertKind.VULNERABLE: Permission.ASSIST_VULNERABLE,
    care_declarations.AlertKind.SECURITY_CALL: Permission.GUARD_DOOR,
    care_declarations.AlertKind.KIOSK_CALL: Permission.ASSIST_VULNERABLE,
    care_declarations.AlertKind.MANY_NUMBERS: Permission.RECEIVE_VISITORS,
}
_WELCOMING_ROLES = {Role.RECEPTION, Role.SECURITY}


class AlertWatch(QObject):
    """The reader of the open alerts for the bar, at every change of the office.

    The bar shows an alert to an officer with the permission that its kind needs. Of a vulnerable visitor it
    tells reception and security, and of the counters only the one that calls that visitor next.
    """

    def __init__(self, host: PageHost, bar: AlertBar) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        self._kinds = kinds_for(host.actor)
        self._welcomes = host.counter is None or not host.actor.roles.isdisjoint(_WELCOMING_ROLES)
        self._next_label = ""  # of the ticket that this counter would call now
        self._alerts: tuple[care_declarations.Alert, ...] = ()
        self._shown_ids: frozenset[int] = frozenset()
        bar.acknowledged.connect(self._acknowledge)
        bar.visit_opened.connect(self._open_visit)
        host.lost.connect(self._show_outage)
        self._show_outage()
        if self._kinds:
            host.changed.connect(self.refresh)
            self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(open_alerts, self._show)

    def _show(self, alerts: tuple[care_declarations.Alert, ...]) -> None:
        self._alerts = alerts
        of_officer = [alert for alert in alerts if alert.kind in self._kinds and self._concerns(alert)]
        ids = frozenset(alert.id for alert in of_officer)
        self._bar.show_alerts(of_officer)
        if ids - self._shown_ids:
            QApplication.alert(self._host.window)
            QApplication.beep()  # heard over a locked PC too
        self._shown_ids = ids

    def _concerns(self, alert: care_declarations.Alert) -> bool:
        is_next = alert.label is not None and alert.label == self._next_label
        return self._welcomes or is_next or alert.kind is not care_declarations.AlertKind.VULNERABLE

    def show_next(self, label: str) -> None:
        """Show the alerts for a counter that would call the ticket with this label now; "" for none."""
        if label != self._next_label:
            self._next_label = label
            self._show(self._alerts)

    def _show_outage(self) -> None:
        """Disable the button while cut off: nobody can acknowledge an alert without the share."""
        self._bar.take.setDisabled(self._host.is_cut_off)

    def _acknowledge(self, alert_id: int) -> None:
        self._host.perform(
            commands.AcknowledgeAlert(alert_id=alert_id), message=_("Tercatat: Anda yang menangani.")
        )

    def _open_visit(self, visit_id: int) -> None:
        self._host.open_page("care", visit_id)


def kinds_for(actor: Actor) -> frozenset[care_declarations.AlertKind]:
    return frozenset(kind for kind, permission in _PERMISSION_FOR.items() if actor.may(permission))


def open_alerts(office: Office) -> tuple[care_declarations.Alert, ...]:
    return office.read(declarations.open_alerts)
