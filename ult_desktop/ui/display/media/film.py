"""Plays a film through Qt Multimedia, frame by frame.

Importing this module raises ImportError where the system lacks the sound libraries: import it late and
go on without films.
"""

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QImage
from PySide6.QtMultimedia import QAudioOutput, QMediaPlayer, QVideoFrame, QVideoSink

_FIRST_FRAME_MS = 15_000


class Film(QObject):
    """One player for the whole day.

    Signals:
        frame: a `QImage` to show now.
        ended: the film is over.
        failed: it cannot be played; words of the decoder, for the log.
    """

    frame = Signal(object)
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound = QAudioOutput(self)
        self._sink = QVideoSink(self)
        self._player = QMediaPlayer(self)
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(self._sink)
        self._wanted = False
        self._timeout = QTimer(self, singleShot=True, interval=_FIRST_FRAME_MS)
        self._timeout.timeout.connect(self._give_up)
        self._sink.videoFrameChanged.connect(self._show)
        self._player.mediaStatusChanged.connect(self._follow)
        self._player.errorOccurred.connect(self._fail)

    def play(self, path: Path) -> None:
        self._wanted = True
        self._timeout.start()
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self.be_quiet(quiet=self.is_muted())

    def stop(self) -> None:
        self._wanted = False
        self._timeout.stop()
        self._player.stop()
        self._player.setSource(QUrl())

    def be_quiet(self, *, quiet: bool) -> None:
        """Muted and standing still while a call covers the screen; goes on where it stood."""
        self._sound.setMuted(quiet)
        if not self._wanted:
            return
        if quiet:
            self._player.pause()
        else:
            self._player.play()

    def is_muted(self) -> bool:
        return self._sound.isMuted()

    def is_playing(self) -> bool:
        return self._player.playbackState() is QMediaPlayer.PlaybackState.PlayingState

    def _show(self, frame: QVideoFrame) -> None:
        image = frame.toImage() if self._wanted and frame.isValid() else QImage()
        if not image.isNull():
            self._timeout.stop()
            self.frame.emit(image)

    def _follow(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia and self._wanted:
            self._end()
            self.ended.emit()

    def _fail(self, _error: QMediaPlayer.Error, words: str) -> None:
        if self._wanted:
            self._end()
            self.failed.emit(words)

    def _give_up(self) -> None:
        if self._wanted and not self._sound.isMuted():
            self.stop()
            self.failed.emit("no picture")

    def _end(self) -> None:
        self._wanted = False
        self._timeout.stop()
