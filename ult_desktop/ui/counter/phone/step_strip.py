"""The call's steps side by side, each in its ring, and the one in turn in words."""

from datetime import tzinfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.procedures.step_look import StepLook, looks_of
from ult_desktop.ui.counter.procedures.step_mark import StepMark
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.elided_label import ElidedLabel
from ult_desktop.ui.kit.widgets.label import Label


class StepStrip(QWidget):
    """Shows the snapshots of one call; the clock of the step in turn goes on by `show_time`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._seen: VisitSteps | None = None
        self.marks: list[StepMark] = []
        self.title = ElidedLabel("", "body", "soft")
        self.time = Label("", "strong")
        self._rings = Row(theme, gap=4)
        row = Row(theme, self, gap=16)
        row.addLayout(self._rings)
        texts = Column(theme, gap=0)
        texts.addStretch()
        texts.addWidget(self.title)
        texts.addWidget(self.time)
        texts.addStretch()
        row.addLayout(texts, 1)

    def show_steps(self, seen: VisitSteps | None, now: int, zone: tzinfo) -> None:
        """`now` UTC ms; a call without a procedure has no steps to show."""
        self._seen = seen
        self.setVisible(seen is not None)
        self._have_marks(0 if seen is None else len(seen.procedure.steps))
        self.show_time(now, zone)

    def show_time(self, now: int, zone: tzinfo) -> None:
        """Let the time run to `now` (UTC ms)."""
        if self._seen is None:
            return
        looks = looks_of(self._seen, now, zone)
        for ring, look in zip(self.marks, looks, strict=True):
            ring.show_mark(str(look.step), look.icon, look.tone, look.share)
            ring.setToolTip(f"{look.step}. {look.title}\n{look.time}")
        self._show_running(next((look for look in looks if look.running), None))

    def _show_running(self, look: StepLook | None) -> None:
        if look is None:
            self.title.setText(_("Tidak ada langkah yang berjalan"))
            self.time.setText("")
            return
        self.title.setText(_("Langkah {n}: {title}").format(n=look.step, title=look.title))
        self.time.setText(look.time)
        set_style_properties(self.time, tone=look.tone)

    def _have_marks(self, count: int) -> None:
        while len(self.marks) < count:
            ring = StepMark(self._theme)
            # A ring passes the mouse on to its row; here it tells its step itself.
            ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
            self.marks.append(ring)
            self._rings.addWidget(ring)
