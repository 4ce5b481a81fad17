"""Above the steps: which procedure, how long the visitor waited, and the switch of the clock."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.times import in_minutes
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.elided_label import ElidedLabel
from ult_desktop.ui.kit.widgets.pill import Pill


class StepsHead(QWidget):
    """Title and number of the POS.

    Signals:
        pause_requested, resume_requested: stop the visit's clock, let it go on.
    """

    pause_requested = Signal()
    resume_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._paused = False
        self.title = ElidedLabel("", "strong")
        self.number = ElidedLabel("", "small", "soft")
        self.waited = Pill(theme)
        self.paused = Pill(theme)
        self.clock = Button(theme, _("Hentikan waktu …"), "", "pause")
        row = Row(theme, self, gap=12)
        texts = Column(theme, gap=2)
        texts.addWidget(self.title)
        texts.addWidget(self.number)
        row.addLayout(texts, 1)
        for widget in (self.waited, self.paused, self.clock):
            row.addWidget(widget)
        self.clock.clicked.connect(self._switch)

    def show_steps(self, seen: VisitSteps) -> None:
        self.title.setText(seen.procedure.title)
        self.number.setText(_("POS {number}").format(number=seen.procedure.number))
        waited = seen.progress.waited_ms
        words = "" if waited is None else _("menunggu {time}").format(time=in_minutes(waited))
        self.waited.show_status(words, "primary", "hourglass")
        reason = _("waktu dihentikan: {reason}").format(reason=seen.pause.reason) if seen.pause else ""
        self.paused.show_status(reason, "warn", "pause")
        self._paused = seen.pause is not None
        self.clock.setText(_("Lanjutkan waktu") if self._paused else _("Hentikan waktu …"))
        self.clock.set_icon("play" if self._paused else "pause")
        self.clock.setVisible(seen.visit.is_open)

    def _switch(self) -> None:
        (self.resume_requested if self._paused else self.pause_requested).emit()
