"""One step: its ring, what is to be done by whom, its time, and the officer's acts while it is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.ui.counter.procedures.step_look import StepLook
from ult_desktop.ui.counter.procedures.step_mark import StepMark
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme, set_style_properties
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import ElidedLabel, Label


class StepRow(QFrame):
    """A dumb row of the rail.

    Signals:
        tick_requested, waive_requested, missing_requested: the officer's act on this step (its number).
        placed: the layout has put it where it stands now.
    """

    tick_requested = Signal(int)
    waive_requested = Signal(int)
    missing_requested = Signal(int)
    placed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.look: StepLook | None = None
        self.mark = StepMark(theme)
        self.short = ElidedLabel("", "body")
        self.whole = Label("", "strong", wrap=True)
        self.meta = ElidedLabel("", "small", "soft")
        self.branches = Label("", "small", "soft", wrap=True)
        self.time = Label("", "body", "soft")
        self.tick = Button(theme, _("Tandai selesai"), "primary", "check")
        self.waive = Button(theme, _("Kecualikan …"), "quiet", "minus")
        self.missing = Button(theme, _("Perlengkapan kurang …"), "quiet", "triangle-alert")
        self._lay_out(theme)
        self.tick.clicked.connect(lambda: self.tick_requested.emit(self.step))
        self.waive.clicked.connect(lambda: self.waive_requested.emit(self.step))
        self.missing.clicked.connect(lambda: self.missing_requested.emit(self.step))

    @property
    def step(self) -> int:
        """The number of the step shown; 0 before any."""
        return self.look.step if self.look else 0

    @override
    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.placed.emit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.placed.emit()

    def _lay_out(self, theme: Theme) -> None:
        row = Row(theme, self, gap=12)
        row.addWidget(self.mark)
        texts = Column(theme, gap=2, margins=(0, 8, 0, 8))
        head = Row(theme, gap=16)
        titles = Column(theme)
        titles.addWidget(self.short)
        titles.addWidget(self.whole)
        head.addLayout(titles, 1)
        head.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        texts.addLayout(head)
        texts.addWidget(self.meta)
        texts.addWidget(self.branches)
        self.acts = QFrame()
        buttons = Row(theme, self.acts, gap=8, margins=(0, 4, 0, 4))
        for button in (self.tick, self.waive, self.missing):
            buttons.addWidget(button)
        buttons.addStretch()
        texts.addWidget(self.acts)
        row.addLayout(texts, 1)

    def show_step(self, look: StepLook) -> None:
        self.mark.show_mark(str(look.step), look.icon, look.tone, look.share)
        if look == self.look:
            return
        self.look = look
        self.short.setText(look.title)
        self.whole.setText(look.title)
        self.short.setVisible(not look.running)
        self.whole.setVisible(look.running)
        set_style_properties(self.short, tone="soft" if look.tone == "soft" else "")
        self.meta.setText(look.meta)
        self.branches.setText("\n".join(look.branches))
        self.branches.setVisible(bool(look.branches))
        self.time.setText(look.time)
        set_style_properties(self.time, tone=look.tone)
        self.acts.setVisible(look.open)
        self.tick.setVisible(look.may_tick)
        self.waive.setVisible(look.may_waive)
        self.missing.setVisible(bool(look.inputs))
        self.setAccessibleName(f"{look.step}. {look.title}. {look.meta}. {look.time}")
