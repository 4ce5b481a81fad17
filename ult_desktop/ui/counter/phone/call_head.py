"""The head above the form during a call: what to say, how long it takes, which step is in turn."""

from datetime import UTC, datetime, tzinfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ult_desktop.base import _, formats
from ult_desktop.core.phone.phone_call import PhoneCall, greeting_step
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.phone_calls import PhoneBoard
from ult_desktop.db.visits.visit_steps import VisitSteps
from ult_desktop.ui.counter.phone.call_words import CallStage, stage_of
from ult_desktop.ui.counter.procedures.step_look import StepLook, step_looks
from ult_desktop.ui.counter.procedures.step_mark import StepMark
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets


class ScriptCard(QFrame):
    """The words of the procedure, and the officer's tick that they were said.

    Signals:
        said: the words were spoken.
    """

    said = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        set_style_properties(self, tone="info")
        self.head = widgets.Label("", "caps")
        self.words = widgets.Label("", "title", wrap=True)
        self.button = widgets.Button(theme, "", "primary", "check")
        column = Column(theme, self, gap=6, margins=(20, 12, 20, 12))
        top = Row(theme, gap=12)
        top.addWidget(self.head, 1)
        top.addWidget(self.button)
        column.addLayout(top)
        column.addWidget(self.words)
        self.button.clicked.connect(self.said)

    def show_words(self, head: str, words: str, verb: str = "") -> None:
        """`verb` names the button; without one there is nothing to tick."""
        self.head.setText(head)
        self.words.setText(words)
        self.button.setText(verb)
        self.button.setVisible(bool(verb))


class StepStrip(QWidget):
    """The strip of steps of one call, shown by snapshots.

    The clock of the step in turn goes on by `show_time`.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._seen: VisitSteps | None = None
        self.marks: list[StepMark] = []
        self.title = widgets.ElidedLabel("", "body", "soft")
        self.time = widgets.Label("", "strong")
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
        looks = step_looks(self._seen, now, zone)
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
            # A ring passes the mouse on to its row; here it reports its step itself.
            ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, on=False)
            self.marks.append(ring)
            self._rings.addWidget(ring)


class CallHead(QFrame):
    """The head that shows the board it is given.

    Signals:
        greeted: the opening words were said (the number of their step).
        closed: the closing words were said.
        broken: the line is gone.
        booking_wanted: the caller wants to come.
    """

    greeted = Signal(int)
    closed = Signal()
    broken = Signal()
    booking_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._since: int | None = None
        self._greeting: int | None = None
        self.script = ScriptCard(theme)
        self.clock = widgets.Label("", "hero")
        self.strip = StepStrip(theme)
        self.lost = widgets.Button(theme, _("Telepon putus"), "danger", "x")
        self.book = widgets.Button(theme, _("Janji temu"), "", "calendar-days")
        self._lay_out(theme)
        self.book.clicked.connect(self.booking_wanted)
        self.script.said.connect(self._said)
        self.lost.clicked.connect(self.broken)

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=8, margins=(12, 12, 12, 8))
        top = Row(theme, gap=16)
        top.addWidget(self.script, 1)
        side = Column(theme, gap=4)
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        side.addWidget(self.clock, 1)
        side.addWidget(self.book)
        side.addWidget(self.lost)
        top.addLayout(side)
        column.addLayout(top)
        column.addWidget(self.strip)

    def show_board(self, board: PhoneBoard, call: PhoneCall, now: datetime) -> None:
        self._since = max((attempt.began_at for attempt in board.attempts), default=call.began_at)
        self._greeting = _ungreeted(board)
        stage = stage_of(call)
        self.script.show_words(*_words(stage, board, call), self._verb(stage))
        self.lost.setVisible(call.attempt_at is None and stage is not CallStage.CLOSE)
        self.strip.show_steps(board.steps, to_stamp(now), now.tzinfo or UTC)
        self.show_time(now)

    def _verb(self, stage: CallStage) -> str:
        if stage is CallStage.CLOSE:
            return _("Tutup telepon")
        return "" if self._greeting is None else _("Salam sudah diucapkan")

    def show_time(self, now: datetime) -> None:
        """Let the time run."""
        if self._since is not None:
            self.clock.setText(formats.format_stopwatch((to_stamp(now) - self._since) / 1000))
        self.strip.show_time(to_stamp(now), now.tzinfo or UTC)

    def _said(self) -> None:
        if self._greeting is not None:
            self.greeted.emit(self._greeting)
        else:
            self.closed.emit()


def _words(stage: CallStage, board: PhoneBoard, call: PhoneCall) -> tuple[str, str]:
    """Return what to say now, under its head; while the question is weighed, how it goes on (POS 3 and 4)."""
    if stage is CallStage.CLOSE:
        return _("SALAM PENUTUP"), f"“{board.script.closing}”"
    if stage is CallStage.DECIDE:
        return _("TELAAH"), _(
            "Tersedia: jawab langsung. Tidak tersedia: sampaikan bahwa pertanyaan diteruskan."
        )
    if call.attempt_at is not None:
        return _("SALAM PEMBUKA"), f"“{board.script.call_back}”"
    if stage is not CallStage.RECORD:
        return _("SALAM PEMBUKA"), f"“{board.script.opening}”"
    if board.steps is None:  # nobody ticks the greeting: both are said in one breath
        return _("SALAM PEMBUKA"), f"“{board.script.opening} {board.script.notice}”"
    if _ungreeted(board) is None:
        return _("PEMBERITAHUAN PRIVASI"), f"“{board.script.notice}”"
    return _("SALAM PEMBUKA"), f"“{board.script.opening}”"


def _ungreeted(board: PhoneBoard) -> int | None:
    """Return the step of the opening words while nobody has ticked it; None in a call back."""
    if board.steps is None or board.mine is None or board.mine.forwarded or board.mine.told_at is not None:
        return None
    step = greeting_step(board.steps.procedure)
    if step is None or board.steps.progress.of_step(step).ended_at is not None:
        return None
    return step
