"""The rail of a procedure's steps (Langkah POS), and above it the wait and the clock's switch."""

from datetime import tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMoveEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.procedures.step_look import StepLook, next_words, step_looks
from ult_desktop.ui.counter.procedures.step_mark import StepMark
from ult_desktop.ui.counter.words import in_minutes
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.layouts import WrapRow


class StepRow(QFrame):
    """A row of the rail that only shows what it is given.

    Signals:
        tick_requested, waive_requested, missing_requested: the officer's act on this step (its number).
        placed: the layout has put it where it is now.
    """

    tick_requested = Signal(int)
    waive_requested = Signal(int)
    missing_requested = Signal(int)
    placed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.look: StepLook | None = None
        self.mark = StepMark(theme)
        self.short = widgets.Label("", "body", wrap=True)
        self.whole = widgets.Label("", "strong", wrap=True)
        self.meta = widgets.Label("", "small", "soft", wrap=True)
        self.branches = widgets.Label("", "small", "soft", wrap=True)
        self.time = widgets.Label("", "body", "soft")
        self.tick = widgets.Button(theme, _("Tandai selesai"), "primary", "check")
        self.waive = widgets.Button(theme, _("Lewati …"), "quiet", "minus")
        self.missing = widgets.Button(theme, _("Catat perlengkapan yang kurang …"), "quiet", "triangle-alert")
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
        texts.addWidget(self.short)
        texts.addWidget(self.whole)
        told = Row(theme, gap=16)
        told.addWidget(self.meta, 1)
        told.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        texts.addLayout(told)
        texts.addWidget(self.branches)
        self.acts = QFrame()
        buttons = WrapRow(theme, gap=8)
        for button in (self.tick, self.waive, self.missing):
            buttons.addWidget(button)
        Column(theme, self.acts, margins=(0, 4, 0, 4)).addLayout(buttons)
        texts.addWidget(self.acts)
        row.addLayout(texts, 1)

    def show_step(self, look: StepLook) -> None:
        self.mark.show_mark(str(look.step), look.icon, look.tone, look.share)
        if look == self.look:
            return
        self.look = look
        self.short.setText(look.short)
        self.whole.setText(look.title)
        self.short.setVisible(not look.running)
        self.whole.setVisible(look.running)
        set_style_properties(self.short, tone="soft" if look.tone == "soft" else "")
        self.meta.setText(look.meta)
        self.branches.setText(" · ".join(look.branches))
        self.branches.setVisible(bool(look.branches))
        self.time.setText(look.time)
        set_style_properties(self.time, tone=look.tone)
        self.acts.setVisible(look.open)
        self.tick.setVisible(look.may_tick)
        self.waive.setVisible(look.may_waive)
        self.missing.setVisible(bool(look.inputs))
        self.setAccessibleName(f"{look.step}. {look.title}. {look.meta}. {look.time}")


class StepsHead(QWidget):
    """The head of the steps.

    It shows how far the visit has come, and the number of the POS, with its title as tool tip.

    Signals:
        pause_requested, resume_requested: stop the visit's clock, let it go on.
        reading_requested: the whole document.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    reading_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._paused = False
        self.step = widgets.Label("", "strong")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setMinimumWidth(theme.px(24))
        self.number = widgets.Label("", "small", "soft", wrap=True)
        self.waited = widgets.Pill(theme)
        self.waited.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # never cut
        self.paused = widgets.Pill(theme)
        self.clock = widgets.Button(theme, _("Jeda waktu …"), "", "pause")
        self.reading = widgets.Button(theme, "", "quiet", "book-open")
        self.reading.setToolTip(_("Baca prosedur operasional standar (POS) ini seutuhnya"))
        self.reading.setAccessibleName(_("Baca POS"))
        row = Row(theme, self, gap=12)
        texts = Column(theme, gap=2)
        far = Row(theme, gap=12)
        far.addWidget(self.step)
        far.addWidget(self.bar, 1)
        texts.addLayout(far)
        below = Row(theme, gap=12)
        below.addWidget(self.number, 1)
        below.addWidget(self.waited)
        texts.addLayout(below)
        row.addLayout(texts, 1)
        for widget in (self.paused, self.reading, self.clock):
            row.addWidget(widget)
        self.clock.clicked.connect(self._switch)
        self.reading.clicked.connect(self.reading_requested)

    def show_steps(self, seen: VisitSteps) -> None:
        self._show_progress(seen)
        self.setToolTip(seen.procedure.title)
        self.number.setText(_("POS {number}").format(number=seen.procedure.number))
        waited = None if seen.pause else seen.progress.waited_ms
        words = "" if waited is None else _("menunggu {time}").format(time=in_minutes(waited))
        self.waited.show_status(words, "primary", "hourglass")
        reason = _("waktu dijeda: {reason}").format(reason=seen.pause.reason) if seen.pause else ""
        self.paused.show_status(reason, "warn", "pause")
        self._paused = seen.pause is not None
        self.clock.setText(_("Lanjutkan waktu") if self._paused else _("Jeda waktu …"))
        self.clock.set_icon("play" if self._paused else "pause")
        self.clock.setVisible(seen.visit.is_open)

    def _show_progress(self, seen: VisitSteps) -> None:
        total, front = len(seen.procedure.steps), next(iter(seen.progress.running), None)
        done = sum(step.ended_at is not None for step in seen.progress.steps)
        told = _("Langkah {n} dari {total}") if front else _("{n} dari {total} langkah selesai")
        self.step.setText(told.format(n=front or done, total=total))
        self.bar.setRange(0, total)
        self.bar.setValue(front or done)
        self.bar.setAccessibleName(self.step.text())

    def name_matter(self, number: str) -> None:
        """Name the visitor's matter that these steps belong to."""
        self.number.setText(_("{pos} · permohonan {number}").format(pos=self.number.text(), number=number))

    def _switch(self) -> None:
        (self.resume_requested if self._paused else self.pause_requested).emit()


class StepsRail(QFrame):
    """The rail that shows the snapshot it is given. The clock of the step in turn goes on by `show_time`.

    Signals:
        tick_requested, waive_requested, missing_requested: an act on a step (its number).
        pause_requested, resume_requested: stop the visit's clock, let it go on.
        reading_requested: the whole document.
    """

    tick_requested = Signal(int)
    waive_requested = Signal(int)
    missing_requested = Signal(int)
    pause_requested = Signal()
    resume_requested = Signal()
    reading_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._seen: VisitSteps | None = None
        self._roles: frozenset[Role] | None = None
        self._reveal_wanted = False
        self.rows: list[StepRow] = []
        self.head = StepsHead(theme)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        self._list = Column(theme, inside, margins=(0, 0, 12, 0))
        self._list.addStretch()
        self.area.setAccessibleName(_("Langkah POS"))
        self.area.setWidget(inside)
        self.setProperty("kind", "panel")
        column = Column(theme, self, gap=8, margins=(16, 12, 8, 12))
        self.next = widgets.Label("", "small", "soft", wrap=True)
        column.addWidget(self.head)
        column.addWidget(self.area, 1)
        column.addWidget(self.next)
        self.area.verticalScrollBar().rangeChanged.connect(self._reveal)
        self.head.pause_requested.connect(self.pause_requested)
        self.head.resume_requested.connect(self.resume_requested)
        self.head.reading_requested.connect(self.reading_requested)

    def show_steps(
        self, seen: VisitSteps, now: int, zone: tzinfo, roles: frozenset[Role] | None = None
    ) -> None:
        """Show the steps at `now` (UTC ms). Another visit begins at its own step in turn.

        `roles` are the officer's: what is not theirs to do is not offered.
        """
        is_new = self._seen is None or self._seen.visit.id != seen.visit.id
        self._seen, self._roles = seen, roles
        self.head.show_steps(seen)
        self._have_rows(len(seen.procedure.steps))
        self._show_rows(now, zone)
        if is_new:
            self._reveal_wanted = True
            self._reveal()

    def show_time(self, now: int, zone: tzinfo) -> None:
        """Let the time run to `now` (UTC ms)."""
        self._reveal_wanted = False
        self._show_rows(now, zone)

    def _show_rows(self, now: int, zone: tzinfo) -> None:
        if self._seen is not None:
            for row, look in zip(self.rows, step_looks(self._seen, now, zone, self._roles), strict=True):
                row.show_step(look)
            words = next_words(self._seen)
            self.next.setText(words)
            self.next.setVisible(bool(words))

    def _have_rows(self, count: int) -> None:
        for row in self.rows[count:]:
            self._list.removeWidget(row)
            row.deleteLater()
        del self.rows[count:]
        while len(self.rows) < count:
            self.rows.append(self._new_row())
        for at, row in enumerate(self.rows):
            row.mark.show_rail(above=at > 0, below=at < count - 1)

    def _new_row(self) -> StepRow:
        row = StepRow(self._theme)
        row.tick_requested.connect(self.tick_requested)
        row.waive_requested.connect(self.waive_requested)
        row.missing_requested.connect(self.missing_requested)
        row.placed.connect(self._reveal)
        self._list.insertWidget(len(self.rows), row)
        return row

    def _reveal(self) -> None:
        """Bring a new visit's step in turn into sight, again whenever its rows find their heights."""
        front = next((row for row in self.rows if row.look is not None and row.look.running), None)
        if not self._reveal_wanted or front is None:
            return
        spare = self.area.viewport().height() - front.height()
        if spare < 0:  # a long step on a low screen: its number, beginning and time before its end
            self.area.verticalScrollBar().setValue(front.y())
        else:
            self.area.ensureWidgetVisible(front, 0, min(front.height(), spare) // 2)
