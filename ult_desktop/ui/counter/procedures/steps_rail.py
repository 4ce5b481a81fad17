"""The steps of a visit's procedure, one below the other, with their clocks."""

from datetime import tzinfo

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMoveEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QProgressBar, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _, formats
from ult_desktop.core.access.roles import Role
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.procedures import procedure
from ult_desktop.core.procedures.clock import Pause, exceeds_standard
from ult_desktop.core.procedures.progress import (
    AMBER,
    StepProgress,
    StepState,
    running_words,
    share_of_standard,
    spent_words,
    state_word,
)
from ult_desktop.core.procedures.short_steps import short_words
from ult_desktop.core.stamps import MINUTE_MS, to_datetime
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.words import minutes_in_words
from ult_desktop.ui.kit import Column, Row, Theme, icons, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.layouts import WrapRow

_DONE_ICONS = {StepState.IN_TIME: "check", StepState.LATE: "clock-alert", StepState.WAIVED: "minus"}


class StepLook(msgspec.Struct, frozen=True, kw_only=True):
    """The words and marks that a row of the rail shows of a step.

    `title` is the whole activity, `short` the words for one line. `meta` says who does or did the step.
    `branches` are the ways that may be taken from the step in turn, or the way that was taken.
    `share` fills the ring (0 to 1). `is_current`: the step is in turn, and shown whole. `has_acts`: the row
    has buttons; `may_tick`, `may_waive` and `may_take_time` (as long as the visitor needs) say which of them.
    `inputs` are the documents that may be reported as missing.
    """

    step: int
    title: str
    short: str
    meta: str
    branches: tuple[str, ...]
    time: str
    tone: str
    icon: str
    share: float
    is_current: bool
    has_acts: bool
    may_tick: bool
    may_waive: bool
    may_take_time: bool
    inputs: tuple[str, ...]


def step_looks(
    steps: VisitSteps, now: int, zone: tzinfo, roles: frozenset[Role] | None = None
) -> tuple[StepLook, ...]:
    """Return the rows at `now` (UTC ms), some time after the snapshot `steps` was read.

    With `roles` a row has only the acts that these roles allow (core/procedures/procedure.py).
    """
    current_step = next(iter(steps.progress.running), None)
    looks = []
    for step, progress in zip(steps.procedure.steps, steps.progress.steps, strict=True):
        is_current = step.step == current_step
        progress_now = _with_time_passed(progress, steps.at, now) if is_current else progress
        look = _make_look(steps, step, progress_now, now, zone)
        looks.append(look if roles is None else _restrict_to_roles(look, step, roles))
    return tuple(looks)


def next_words(steps: VisitSteps) -> str:
    """Return what may follow the step in turn, in a few words; "" when no step is in turn."""
    by_number = {step.step: step for step in steps.procedure.steps}
    current_step = next(iter(steps.progress.running), None)
    if current_step is None:
        return ""
    ways = [
        _("selesai") if way is None else f"{way}. {short_words(by_number[way].activity)}"
        for way in by_number[current_step].targets
    ]
    return _("Berikutnya: {ways}").format(ways=" / ".join(ways))


def _restrict_to_roles(look: StepLook, step: procedure.Step, roles: frozenset[Role]) -> StepLook:
    actors = [actor.id for actor in step.actors]
    who_ticks = step.completes.tick  # an actor, who need not be one of the step's own
    may_waive = procedure.may_waive(roles, actors)
    return msgspec.structs.replace(
        look,
        may_tick=look.may_tick and procedure.may_tick(roles, [*actors, who_ticks or ""]),
        may_waive=look.may_waive and may_waive,
        may_take_time=look.may_take_time and may_waive,
    )


def _with_time_passed(progress: StepProgress, read_at: int, now: int) -> StepProgress:
    """Return the progress at `now` of a step that was read at `read_at`, unless its clock was paused then."""
    if progress.standard_ms is None or progress.due_at is None:
        return progress
    remaining_ms = progress.standard_ms - progress.spent_ms
    # While the clock is paused, the step is due later than what remains of its standard time.
    is_running = progress.due_at - read_at == remaining_ms or progress.overdue
    if not is_running or now <= read_at:
        return progress
    spent_ms = progress.spent_ms + now - read_at
    minutes_passed = spent_ms // MINUTE_MS - progress.spent_ms // MINUTE_MS
    spent = WorkedTime(days=progress.spent.days, minutes=progress.spent.minutes + minutes_passed)
    overdue = progress.overdue or exceeds_standard(spent_ms, progress.standard_ms)
    return msgspec.structs.replace(progress, spent_ms=spent_ms, spent=spent, overdue=overdue)


def _make_look(
    steps: VisitSteps, step: procedure.Step, progress: StepProgress, now: int, zone: tzinfo
) -> StepLook:
    is_running = progress.state is StepState.RUNNING
    is_current = is_running and step.step == steps.progress.running[0]
    is_unfinished = progress.ended_at is None and steps.visit.is_open
    has_acts = is_unfinished and (is_running or step.step in steps.progress.missed)
    share = share_of_standard(progress, now) if is_current else 0.0
    ways = step.branches if is_current else ()
    if progress.ended_at is not None:
        ways = tuple(branch for branch in step.branches if branch.when == progress.branch)
    return StepLook(
        step=step.step,
        title=step.activity,
        short=short_words(step.activity),
        meta=_meta_words(steps, step, progress, zone),
        branches=tuple(map(_way_words, ways)),
        time=_time_words(step, progress, zone, is_current=is_current),
        tone=_tone(progress, share),
        icon=_DONE_ICONS.get(progress.state, ""),
        share=1.0 if progress.overdue else min(1.0, share),
        is_current=is_current,
        has_acts=has_acts,
        may_tick=has_acts and step.completes.tick is not None,
        may_waive=has_acts,
        may_take_time=has_acts and step.flexible and not progress.as_needed,
        inputs=step.inputs if is_current else (),
    )


def _tone(progress: StepProgress, share: float) -> str:
    if progress.state in (StepState.NOT_BEGUN, StepState.SKIPPED, StepState.WAIVED):
        return "soft"
    if progress.overdue:
        return "danger"
    if progress.state is StepState.RUNNING:
        return "warn" if share >= AMBER else "primary"
    return "ok"


def _meta_words(steps: VisitSteps, step: procedure.Step, progress: StepProgress, zone: tzinfo) -> str:
    """Return who does the step; once it has ended, when, who did it, and on behalf of whom."""
    if progress.ended_at is None:
        if progress.state is StepState.SKIPPED:
            return state_word(progress)
        return ", ".join(steps.procedure.actor_name(actor.id) for actor in step.actors)
    parts = [
        formats.format_time(to_datetime(progress.ended_at, zone)),
        steps.people.get(progress.officer_id or 0, ""),
    ]
    if progress.for_officer_id is not None:
        parts.append(_("atas nama {name}").format(name=steps.people.get(progress.for_officer_id, "")))
    if progress.state is not StepState.IN_TIME:
        parts.append(state_word(progress))
    return " · ".join(part for part in (*parts, progress.reason) if part)


def _way_words(branch: procedure.Branch) -> str:
    if branch.goto is None:
        return _("{outcome} → berakhir").format(outcome=branch.label)
    return _("{outcome} → langkah {n}").format(outcome=branch.label, n=branch.goto)


def _time_words(step: procedure.Step, progress: StepProgress, zone: tzinfo, *, is_current: bool) -> str:
    if not is_current or progress.due_at is None:
        return spent_words(progress, step.time)
    if progress.standard_ms is None:
        due = to_datetime(progress.due_at, zone)
        return _("sampai {day} {time}").format(
            day=formats.format_date(due.date(), "short"), time=formats.format_time(due)
        )
    return running_words(progress)


_RING_SIZE, _WIDTH, _RING_TOP, _RING_PEN = 32, 40, 8, 4  # base pixels
# Qt counts sixteenths of a degree, from three o'clock: https://doc.qt.io/qt-6/qpainter.html#drawArc
_QT_DEGREE, _QT_TOP = 16, 90 * 16


class StepMark(QWidget):
    """A number in a ring that fills towards the standard; an icon when the step is over."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text, self._icon, self._tone, self._share = "", "", "soft", 0.0
        self._above, self._below = False, False
        set_decoration(self)  # screen readers skip it: the rail says the step and its state
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.updateGeometry)

    def show_mark(self, text: str, icon_name: str, tone: str, share: float) -> None:
        """Show the mark, with `share` of the ring (0 to 1) filled. An icon takes the number's place."""
        if (self._text, self._icon, self._tone, self._share) != (text, icon_name, tone, share):
            self._text, self._icon, self._tone, self._share = text, icon_name, tone, share
            self.update()

    def show_rail(self, *, above: bool, below: bool) -> None:
        """Set whether the rail goes on to a step before and a step after this one."""
        self._above, self._below = above, below
        self.update()

    @property
    def share(self) -> float:
        return self._share

    @property
    def tone(self) -> str:
        return self._tone

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self._theme.px(_RING_SIZE + 2 * _RING_TOP))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, pen = self._theme.px(_RING_SIZE), self._theme.px(_RING_PEN)
        left = (self.width() - side) / 2
        ring = QRectF(left, self._theme.px(_RING_TOP), side, side)
        self._paint_rail(painter, ring)
        self._paint_ring(painter, ring.adjusted(pen / 2, pen / 2, -pen / 2, -pen / 2), pen)
        self._paint_inside(painter, ring)

    def _ink(self) -> QColor:
        return self._theme.color("ink-soft" if self._tone == "soft" else self._tone)

    def _paint_rail(self, painter: QPainter, ring: QRectF) -> None:
        painter.setPen(QPen(self._theme.color("line"), self._theme.px(2)))
        middle = ring.center().x()
        if self._above:
            painter.drawLine(QPointF(middle, 0), QPointF(middle, ring.top()))
        if self._below:
            painter.drawLine(QPointF(middle, ring.bottom()), QPointF(middle, self.height()))

    def _paint_ring(self, painter: QPainter, ring: QRectF, width: int) -> None:
        is_over = bool(self._icon)
        painter.setBrush(self._theme.color("surface"))
        colour = self._ink() if is_over and self._tone != "soft" else self._theme.color("line")
        painter.setPen(QPen(colour, width / 2 if is_over else width))
        painter.drawEllipse(ring)
        if self._share > 0 and not is_over:
            painter.setPen(QPen(self._ink(), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawArc(ring, _QT_TOP, -round(self._share * 360 * _QT_DEGREE))

    def _paint_inside(self, painter: QPainter, ring: QRectF) -> None:
        if self._icon:
            side = round(ring.width() * 0.55)
            corner = ring.center() - QPointF(side / 2, side / 2)
            painter.drawPixmap(corner, icons.icon_pixmap(self._icon, self._ink(), side))
            return
        painter.setPen(self._ink())
        painter.setFont(self._theme.font("small", 700))
        painter.drawText(ring, Qt.AlignmentFlag.AlignCenter, self._text)


class StepRow(QFrame):
    """A row of the rail, which shows a `StepLook`.

    Signals:
        tick_requested, waive_requested, needed_requested, missing_requested: the officer's act on this step
            (its number).
        placed: the layout has moved or resized the row.
    """

    tick_requested = Signal(int)
    waive_requested = Signal(int)
    needed_requested = Signal(int)
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
        self.tick_button = widgets.Button(theme, _("Tandai selesai"), "primary", "check")
        self.waive_button = widgets.Button(theme, _("Lewati …"), "quiet", "minus")
        self.needed_button = widgets.Button(theme, _("Sesuai kebutuhan …"), "quiet", "clock")
        self.missing_button = widgets.Button(
            theme, _("Catat perlengkapan yang kurang …"), "quiet", "triangle-alert"
        )
        self._lay_out(theme)
        self.tick_button.clicked.connect(lambda: self.tick_requested.emit(self.step))
        self.waive_button.clicked.connect(lambda: self.waive_requested.emit(self.step))
        self.needed_button.clicked.connect(lambda: self.needed_requested.emit(self.step))
        self.missing_button.clicked.connect(lambda: self.missing_requested.emit(self.step))

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
        below = Row(theme, gap=16)
        below.addWidget(self.meta, 1)
        below.addWidget(self.time, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
        texts.addLayout(below)
        texts.addWidget(self.branches)
        self.acts = QFrame()
        buttons = WrapRow(theme, gap=8)
        for button in (self.tick_button, self.waive_button, self.needed_button, self.missing_button):
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
        self.short.setVisible(not look.is_current)
        self.whole.setVisible(look.is_current)
        set_style_properties(self.short, tone="soft" if look.tone == "soft" else "")
        self.meta.setText(look.meta)
        self.branches.setText(" · ".join(look.branches))
        self.branches.setVisible(bool(look.branches))
        self.time.setText(look.time)
        set_style_properties(self.time, tone=look.tone)
        self.acts.setVisible(look.has_acts)
        self.tick_button.setVisible(look.may_tick)
        self.waive_button.setVisible(look.may_waive)
        self.needed_button.setVisible(look.may_take_time)
        self.missing_button.setVisible(bool(look.inputs))
        self.setAccessibleName(f"{look.step}. {look.title}. {look.meta}. {look.time}")


def _pause_words(pause: Pause | None, zone: tzinfo) -> str:
    if pause is None:
        return ""
    words = _("waktu dijeda: {reason}").format(reason=pause.words)
    if pause.to_at is None:
        return words
    until = formats.format_time(to_datetime(pause.to_at, zone))
    return _("{told}, sampai {time}").format(told=words, time=until)


class StepsHead(QWidget):
    """The head of the steps.

    It shows how far the visit has come, and the number of the POS, with its title as tool tip.

    Signals:
        pause_requested, resume_requested: the officer stops the visit's clock, or lets it go on.
        reading_requested: the officer wants to read the whole procedure.
    """

    pause_requested = Signal()
    resume_requested = Signal()
    reading_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._is_paused = False
        self.step = widgets.Label("", "strong")
        self.bar = QProgressBar(textVisible=False)
        self.bar.setMinimumWidth(theme.px(24))
        self.number = widgets.Label("", "small", "soft", wrap=True)
        self.waited = widgets.Pill(theme)
        self.waited.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # never cut
        self.paused = widgets.Pill(theme)
        self.clock_button = widgets.Button(theme, _("Jeda waktu …"), "", "pause")
        self.reading_button = widgets.Button(theme, "", "quiet", "book-open")
        self.reading_button.setToolTip(_("Baca prosedur operasional standar (POS) ini seutuhnya"))
        self.reading_button.setAccessibleName(_("Baca POS"))
        row = Row(theme, self, gap=12)
        texts = Column(theme, gap=2)
        above = Row(theme, gap=12)
        above.addWidget(self.step)
        above.addWidget(self.bar, 1)
        texts.addLayout(above)
        below = Row(theme, gap=12)
        below.addWidget(self.number, 1)
        below.addWidget(self.waited)
        texts.addLayout(below)
        row.addLayout(texts, 1)
        for widget in (self.paused, self.reading_button, self.clock_button):
            row.addWidget(widget)
        self.clock_button.clicked.connect(self._toggle_clock)
        self.reading_button.clicked.connect(self.reading_requested)

    def show_steps(self, steps: VisitSteps, zone: tzinfo, matter_number: str) -> None:
        self._show_progress(steps)
        self.setToolTip(steps.procedure.title)
        number = _("POS {number}").format(number=steps.procedure.number)
        if matter_number:
            number = _("{pos} · permohonan {number}").format(pos=number, number=matter_number)
        self.number.setText(number)
        waited = None if steps.pause else steps.progress.waited_ms
        words = "" if waited is None else _("menunggu {time}").format(time=minutes_in_words(waited))
        self.waited.show_status(words, "primary", "hourglass")
        self.paused.show_status(_pause_words(steps.pause, zone), "warn", "pause")
        self._is_paused = steps.pause is not None
        self.clock_button.setText(_("Lanjutkan waktu") if self._is_paused else _("Jeda waktu …"))
        self.clock_button.set_icon("play" if self._is_paused else "pause")
        self.clock_button.setVisible(steps.visit.is_open)

    def _show_progress(self, steps: VisitSteps) -> None:
        total, current_step = len(steps.procedure.steps), next(iter(steps.progress.running), None)
        done = sum(step.ended_at is not None for step in steps.progress.steps)
        words = _("Langkah {n} dari {total}") if current_step else _("{n} dari {total} langkah selesai")
        self.step.setText(words.format(n=current_step or done, total=total))
        self.bar.setRange(0, total)
        self.bar.setValue(current_step or done)
        self.bar.setAccessibleName(self.step.text())

    def _toggle_clock(self) -> None:
        (self.resume_requested if self._is_paused else self.pause_requested).emit()


class StepsRail(QFrame):
    """The steps of a visit, one below the other, with their head. `show_time` updates the running clock.

    Signals:
        tick_requested, waive_requested, needed_requested, missing_requested: an act on a step (its number).
    """

    tick_requested = Signal(int)
    waive_requested = Signal(int)
    needed_requested = Signal(int)
    missing_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._steps: VisitSteps | None = None
        self._roles: frozenset[Role] | None = None
        self._must_reveal = False
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

    def show_steps(
        self,
        steps: VisitSteps,
        now: int,
        zone: tzinfo,
        roles: frozenset[Role] | None = None,
        matter_number: str = "",
    ) -> None:
        """Show the steps at `now` (UTC ms). With another visit, scroll to its step in turn.

        With `roles`, the officer's, a step has only the acts that these allow. `matter_number`: which of the
        visitor's several matters the steps belong to.
        """
        is_new = self._steps is None or self._steps.visit.id != steps.visit.id
        self._steps, self._roles = steps, roles
        self.head.show_steps(steps, zone, matter_number)
        self._set_row_count(len(steps.procedure.steps))
        self._show_rows(now, zone)
        if is_new:
            self._must_reveal = True
            self._reveal()

    def show_time(self, now: int, zone: tzinfo) -> None:
        """Show the clocks as they are at `now` (UTC ms)."""
        self._must_reveal = False  # the layout has settled: from now on the officer scrolls
        self._show_rows(now, zone)

    def _show_rows(self, now: int, zone: tzinfo) -> None:
        if self._steps is not None:
            for row, look in zip(self.rows, step_looks(self._steps, now, zone, self._roles), strict=True):
                row.show_step(look)
            words = next_words(self._steps)
            self.next.setText(words)
            self.next.setVisible(bool(words))

    def _set_row_count(self, count: int) -> None:
        for row in self.rows[count:]:
            self._list.removeWidget(row)
            row.deleteLater()
        del self.rows[count:]
        while len(self.rows) < count:
            self.rows.append(self._new_row())
        for index, row in enumerate(self.rows):
            row.mark.show_rail(above=index > 0, below=index < count - 1)

    def _new_row(self) -> StepRow:
        row = StepRow(self._theme)
        row.tick_requested.connect(self.tick_requested)
        row.waive_requested.connect(self.waive_requested)
        row.needed_requested.connect(self.needed_requested)
        row.missing_requested.connect(self.missing_requested)
        row.placed.connect(self._reveal)
        self._list.insertWidget(len(self.rows), row)
        return row

    def _reveal(self) -> None:
        """Scroll to a new visit's step in turn.

        Until the clock's first tick this is done again whenever the layout moves or resizes a row.
        """
        current_row = next((row for row in self.rows if row.look is not None and row.look.is_current), None)
        if not self._must_reveal or current_row is None:
            return
        spare = self.area.viewport().height() - current_row.height()
        if spare < 0:  # the row is higher than the area: show its top, with number and time
            self.area.verticalScrollBar().setValue(current_row.y())
        else:
            self.area.ensureWidgetVisible(current_row, 0, min(current_row.height(), spare) // 2)
