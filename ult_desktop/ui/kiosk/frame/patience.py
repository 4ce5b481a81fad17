"""Waits for a visitor who stopped touching: asks whether they are still there before it gives them up."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal


@dataclass(frozen=True)
class Wait:
    """What a page has patience for.

    Args:
        quiet: milliseconds without a touch until the visitor is asked, or the visit ends.
        questions: how often they are asked first; twice where something typed would be lost.
    """

    quiet: int
    questions: int = 1


@dataclass(frozen=True)
class StillThere:
    """The question on the screen. `last`: after this one the visit ends."""

    last: bool


class Patience(QObject):
    """Counts from the last touch.

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
        """Somebody touched the screen, or something new stands on it."""
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
