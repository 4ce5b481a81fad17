"""The patience with a visitor who stopped tapping.

They are asked whether they are still there before the visit ends.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal


@dataclass(frozen=True)
class Wait:
    """The patience of a page.

    Args:
        quiet: milliseconds without a tap until the visitor is asked, or the visit ends.
        questions: how often they are asked first; twice where something typed would be lost.
    """

    quiet: int
    questions: int = 1


@dataclass(frozen=True)
class StillThere:
    """The question on the screen. `last`: after this one the visit ends."""

    last: bool


class Patience(QObject):
    """The timer of a page's patience, which counts from the last tap.

    Args:
        grace: milliseconds to answer a question.
        wait: what the page in sight has patience for; None: it ends by itself.

    Signals:
        asked: a `StillThere` is to be shown, with a sound.
        over: nobody is there any more.
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
        left = wait.questions - self._questions
        if left <= 0:
            self.over.emit()
            return
        self._questions += 1
        self._timer.start(self._grace)
        self.asked.emit(StillThere(last=left == 1))
