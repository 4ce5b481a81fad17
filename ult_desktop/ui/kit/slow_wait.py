"""The wait for a share that is slow: how long it has lasted, and the words for it."""

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from ult_desktop.base import _

_SECOND_MS = 1000


class SlowWait(QObject):
    """The timer of a wait for an answer. It reports a long wait, then each of its further seconds.

    `first_ms`: a wait of this time is long.

    Signals:
        grew: the wait is long (its whole seconds).
    """

    grew = Signal(int)

    def __init__(self, first_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._first_ms = first_ms
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._report)
        self.is_long = False

    @property
    def seconds(self) -> int:
        """The whole seconds of a long wait; else 0."""
        return self._since.elapsed() // _SECOND_MS if self.is_long else 0

    def start(self) -> None:
        self.is_long = False
        self._since.start()
        self._timer.start(self._first_ms)

    def stop(self) -> None:
        self.is_long = False
        self._timer.stop()

    def _report(self) -> None:
        self.is_long = True
        self._timer.start(_SECOND_MS)
        self.grew.emit(self.seconds)


def slow_words(waited_s: int = 0) -> str:
    """Return what is safe while a slow share does not answer, and how many seconds that has lasted."""
    if waited_s < 2:
        return _("Jaringan lambat. Isian tetap di sini sampai tersimpan; tidak perlu diulang.")
    return _(
        "Jaringan lambat, sudah {n} detik. Isian tetap di sini sampai tersimpan; tidak perlu diulang."
    ).format(n=waited_s)
