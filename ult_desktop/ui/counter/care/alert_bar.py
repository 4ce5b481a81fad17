"""A call for care, over every page until somebody takes it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.care.declarations import Alert
from ult_desktop.ui.counter.care.care_words import alert_words, covered_words
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class AlertBar(QWidget):
    """Shows the oldest open alert; hidden when there is none. `covered`: what may be said over a locked PC.

    Signals:
        taken: the id of the alert that the officer takes care of.
        opened: the id of the visit to look at.
    """

    taken = Signal(int)
    opened = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._alert: Alert | None = None
        self.covered = ""
        self.words = Label("", "strong", wrap=True)
        self.take = Button(theme, _("Saya tangani"), "primary", "check")
        self.look = Button(theme, _("Lihat"), "quiet", "eye")
        banner = QFrame()
        banner.setProperty("kind", "banner")
        banner.setProperty("tone", "priority")
        Column(theme, self, margins=(24, 12, 24, 0)).addWidget(banner)
        row = Row(theme, banner, gap=12, margins=(12, 6, 6, 6))
        row.addWidget(IconTile(theme, "bell-ring", "violet", 36))
        row.addWidget(self.words, 1)
        row.addWidget(self.look)
        row.addWidget(self.take)
        self.take.clicked.connect(self._take)
        self.look.clicked.connect(self._open)
        self.hide()

    def _take(self) -> None:
        if self._alert is not None:
            self.taken.emit(self._alert.id)

    def _open(self) -> None:
        if self._alert is not None:
            self.opened.emit(self._alert.visit_id)

    def show_alerts(self, alerts: Sequence[Alert]) -> None:
        """Oldest first; only the first is named, the others are counted."""
        self._alert = next(iter(alerts), None)
        self.covered = covered_words(alerts)
        self.setVisible(self._alert is not None)
        if self._alert is None:
            return
        more = len(alerts) - 1
        others = " " + _("({n} lagi)").format(n=more) if more else ""
        self.words.setText(alert_words(self._alert) + others)
