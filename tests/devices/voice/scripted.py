"""A loudspeaker and a system voice that do as a test tells them."""

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.devices.voice.pcm import Sound


class ScriptedPlayer(QObject):
    """Ends every sound on the next turn of the event loop, unless it is told to hang."""

    ended = Signal()
    outputs_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.plugged = True
        self.hangs = False
        self.played: list[Sound] = []
        self.stops = 0

    def has_output(self) -> bool:
        return self.plugged

    def play(self, sound: Sound) -> None:
        self.played.append(sound)
        if not self.hangs:
            QTimer.singleShot(0, self, self.ended.emit)

    def stop(self) -> None:
        self.stops += 1

    def plug(self, *, there: bool) -> None:
        self.plugged = there
        self.outputs_changed.emit()


class ScriptedSpeaker(QObject):
    """Ends every sentence on the next turn of the event loop, unless it is told to hang."""

    ended = Signal()
    lost = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = True
        self.hangs = self.closed = False
        self.said: list[str] = []
        self.stops = 0

    def say(self, sentence: str) -> None:
        self.said.append(sentence)
        if not self.hangs:
            QTimer.singleShot(0, self, self.ended.emit)

    def stop(self) -> None:
        self.stops += 1

    def close(self) -> None:
        self.closed = True
