"""Plays one sound at a time through Qt Multimedia.

Importing this module raises ImportError where the system lacks the sound libraries: import it
late, as `opening` does, and go on without sound.
"""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

from ult_desktop.devices.voice.pcm import Sound


class MediaPlayer(QObject):
    """The loudspeaker of a station.

    Signals:
        ended: the sound is over, or could not be played; once for each `play` not stopped.
        outputs_changed: a sound device came or went.
    """

    ended = Signal()
    outputs_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._devices = QMediaDevices(self)
        self._output = QAudioOutput(self)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(self._output)
        self._buffer = QBuffer(self)
        self._playing = False
        self._devices.audioOutputsChanged.connect(self._follow_default)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._end)

    def has_output(self) -> bool:
        return bool(QMediaDevices.audioOutputs())

    def play(self, sound: Sound) -> None:
        """Play from memory; returns at once."""
        self.stop()
        self._buffer.setData(QByteArray(sound.wav))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._playing = True
        self._player.setSourceDevice(self._buffer)
        self._player.play()

    def stop(self) -> None:
        """Fall silent; no `ended` follows."""
        self._playing = False
        self._player.stop()
        self._player.setSourceDevice(None)  # type: ignore[arg-type]  # Qt: "no media"
        self._buffer.close()

    def _on_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia:
            self._end()

    def _end(self) -> None:
        if self._playing:
            self._playing = False
            self.ended.emit()

    def _follow_default(self) -> None:
        self._output.setDevice(QMediaDevices.defaultAudioOutput())
        self.outputs_changed.emit()
