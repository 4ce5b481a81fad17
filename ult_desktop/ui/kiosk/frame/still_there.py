"""The question whether somebody is still there, and how long each page waits for a touch."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts.notices import Notice, NoticePage
from ult_desktop.ui.kiosk.parts.targets import set_button_words
from ult_desktop.ui.kiosk.parts.times import Countdown
from ult_desktop.ui.kit import Row, Theme, widgets


@dataclass(frozen=True)
class Wait:
    """The time for which a page waits for a tap, and what follows.

    Args:
        quiet: milliseconds without a tap until the visitor is asked, or the visit ends.
        questions: how often the visitor is asked before the visit ends; twice where answers would be lost.
    """

    quiet: int
    questions: int = 1


@dataclass(frozen=True)
class StillThere:
    """The question on the screen. `is_last`: after this one the visit ends."""

    is_last: bool


class Patience(QObject):
    """The timer that asks a silent visitor and then ends the visit; it counts from the last tap.

    Args:
        grace: milliseconds to answer a question.
        wait: returns the `Wait` of the page in sight, None for a page that ends by itself.

    Signals:
        asked: a `StillThere` is to be shown, with a sound.
        over: the visitor did not answer.
    """

    asked = Signal(object)
    over = Signal()

    def __init__(self, grace: int, wait: Callable[[], Wait | None], parent: QObject) -> None:
        super().__init__(parent)
        self._grace, self._wait = grace, wait
        self._questions = 0
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._on_silence)

    def restart(self) -> None:
        """Begin to count again: somebody tapped the screen, or it shows something new."""
        wait = self._wait()
        self._questions = 0
        if wait is None:
            self._timer.stop()
        else:
            self._timer.start(wait.quiet)

    def stop(self) -> None:
        self._timer.stop()

    def _on_silence(self) -> None:
        wait = self._wait()
        if wait is None:
            return
        questions_left = wait.questions - self._questions
        if questions_left <= 0:
            self.over.emit()
            return
        self._questions += 1
        self._timer.start(self._grace)
        self.asked.emit(StillThere(is_last=questions_left == 1))


_HIGH = 160  # base pixels of its buttons


class StillTherePage(NoticePage):
    """The page with the question. Any tap and any key says yes.

    Signals:
        stayed: the visitor goes on where they were.
        finished: the visitor is done.
    """

    stayed = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, grace: int) -> None:
        super().__init__(theme)
        self._theme, self._grace = theme, grace
        self.countdown = Countdown(theme, "ink")
        apart = Row(theme, margins=(12, 4, 12, 20))
        apart.addWidget(self.countdown)
        self.column.insertLayout(1, apart)
        self.ready_button = widgets.Button(theme, icon_name="x")
        self.ready_button.setProperty("shape", "big")
        self.acts.insertWidget(0, self.ready_button)
        self.acted.connect(self.stayed)
        self.ready_button.clicked.connect(self.finished)
        theme.changed.connect(self._keep_large)
        self._keep_large()

    def ask(self, question: StillThere, *, typed: bool, number: str) -> None:
        """Ask the question. `typed`: answers would be lost; `number`: the one on the screen, else ""."""
        words: tuple[str, ...] = (_("Sentuh layar untuk melanjutkan."),)
        if typed:
            words += (_("Isian Anda akan dihapus.") if question.is_last else _("Isian Anda masih ada."),)
        elif number:
            words += (_("Nomor Anda {number} tetap berlaku.").format(number=number),)
        self.show_notice(Notice("hourglass", "amber", _("Masih di sana?"), words, _("Ya, lanjutkan")))
        set_button_words(self.ready_button, _("Selesai"))
        if not self.countdown.is_running:
            self.countdown.start(self._grace)

    def _keep_large(self) -> None:
        """Keep the buttons large: a trembling hand has 15 seconds to find them."""
        for button in (self.action_button, self.ready_button):
            button.setMinimumHeight(self._theme.px(_HIGH))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.stayed.emit()

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.stayed.emit()
