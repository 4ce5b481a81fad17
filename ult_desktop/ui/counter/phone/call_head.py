"""Above the form while somebody is on the line: what to say, how long it takes, which step is in turn."""

from datetime import UTC, datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from ult_desktop.base.formats import format_stopwatch
from ult_desktop.base.i18n import _
from ult_desktop.core.phone.phone_call import PhoneCall, greeting_step
from ult_desktop.core.phone.script import NOTICE
from ult_desktop.core.stamps import to_stamp
from ult_desktop.db.phone.phone_calls import PhoneBoard
from ult_desktop.ui.counter.phone.call_words import CallStage, stage_of
from ult_desktop.ui.counter.phone.script_card import ScriptCard
from ult_desktop.ui.counter.phone.step_strip import StepStrip
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class CallHead(QFrame):
    """Shows the board it is given.

    Signals:
        greeted: the opening words were said (the number of their step).
        closed: the closing words were said.
        broken: the line is gone.
    """

    greeted = Signal(int)
    closed = Signal()
    broken = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "panel")
        self._since: int | None = None
        self._greeting: int | None = None
        self.script = ScriptCard(theme)
        self.clock = Label("", "hero")
        self.strip = StepStrip(theme)
        self.lost = Button(theme, _("Telepon putus"), "danger", "x")
        self._lay_out(theme)
        self.script.said.connect(self._said)
        self.lost.clicked.connect(self.broken)

    def _lay_out(self, theme: Theme) -> None:
        column = Column(theme, self, gap=8, margins=(12, 12, 12, 8))
        top = Row(theme, gap=16)
        top.addWidget(self.script, 1)
        side = Column(theme, gap=4)
        self.clock.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        side.addWidget(self.clock, 1)
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
            self.clock.setText(format_stopwatch((to_stamp(now) - self._since) / 1000))
        self.strip.show_time(to_stamp(now), now.tzinfo or UTC)

    def _said(self) -> None:
        if self._greeting is not None:
            self.greeted.emit(self._greeting)
        else:
            self.closed.emit()


def _words(stage: CallStage, board: PhoneBoard, call: PhoneCall) -> tuple[str, str]:
    """What is said now, under its head; while the question is weighed, how it goes on (POS 3 and 4)."""
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
        return _("SALAM PEMBUKA"), f"“{board.script.opening} {NOTICE}”"
    if _ungreeted(board) is None:
        return _("PEMBERITAHUAN PRIVASI"), f"“{NOTICE}”"
    return _("SALAM PEMBUKA"), f"“{board.script.opening}”"


def _ungreeted(board: PhoneBoard) -> int | None:
    """The step of the opening words while nobody has ticked it; none in a call back."""
    if board.steps is None or board.mine is None or board.mine.forwarded or board.mine.told_at is not None:
        return None
    step = greeting_step(board.steps.procedure)
    if step is None or board.steps.progress.of_step(step).ended_at is not None:
        return None
    return step
