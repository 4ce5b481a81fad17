"""The system's voice as the display uses it.

It runs in another process, since a speech engine may crash the process that it is in.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, QTimer, Signal

from ult_desktop.base.own_program import own_command
from ult_desktop.devices.voice.choice import SPEECH_COMMAND, SpeechLine

_LAST_WAIT_MS = 1000


class SpeechEngine(QObject):
    """The voice that says sentences through `system_voice`, in a process that lives as long as this object.

    Args:
        options: of the command that starts the process; tests choose another engine with them.

    Signals:
        ended: the sentence is over; once for each `say` not stopped, unless the voice is lost.
        lost: there is no Indonesian voice, or the process ended or could not be started; once.
    """

    ended = Signal()
    lost = Signal()

    def __init__(self, options: Sequence[str] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0  # of the last order; what an older one still answers does not count
        self._has_voice = self._is_over = False
        self._process = QProcess(self)
        # Nobody would read its errors, and a full pipe would stop the other process.
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.readyReadStandardOutput.connect(self._read_answers)
        self._process.finished.connect(self._lose)
        self._process.errorOccurred.connect(self._lose)
        self._command = [*own_command(), SPEECH_COMMAND, *options]
        # Windows reports at once a program that cannot be started. So it is started later, when `lost` is
        # connected.
        QTimer.singleShot(0, self, self._start)

    @property
    def is_ready(self) -> bool:
        """Return whether it can speak: it takes a second or two from the start."""
        return self._has_voice and not self._is_over

    @property
    def process_id(self) -> int:
        return self._process.processId()

    def say(self, sentence: str) -> None:
        """Start speaking; return at once."""
        self._number += 1
        self._order(f"{SpeechLine.SAY} {self._number} {sentence}")

    def stop(self) -> None:
        """Fall silent; no `ended` follows."""
        self._number += 1
        self._order(SpeechLine.STOP)

    def close(self) -> None:
        """End the process; nothing is emitted afterwards."""
        self._is_over = True
        # Not `terminate`: an engine that hangs hears nothing.
        self._process.kill()
        self._process.waitForFinished(_LAST_WAIT_MS)

    def _start(self) -> None:
        if not self._is_over:
            self._process.start(self._command[0], self._command[1:])

    def _order(self, line: str) -> None:
        if not self._is_over:
            self._process.write(f"{line}\n".encode())

    def _read_answers(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine().data()).decode().strip()
            if line == SpeechLine.READY:
                self._has_voice = True
            # The end of a sentence that was stopped may still be on its way; its number is an older one.
            elif line == f"{SpeechLine.ENDED} {self._number}":
                self.ended.emit()
            elif line == SpeechLine.NONE:
                self._lose()

    def _lose(self) -> None:
        if not self._is_over:
            self.close()
            self.lost.emit()
