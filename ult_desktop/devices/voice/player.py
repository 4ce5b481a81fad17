"""The player of one sound at a time through Qt Multimedia."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTemporaryDir, QTimer, QUrl, Signal

from ult_desktop.base.late import late
from ult_desktop.core.queue.spoken import MIN_SHOWN_S
from ult_desktop.devices.voice import call_player, choice, render
from ult_desktop.devices.voice.announcer import Announcer
from ult_desktop.devices.voice.pcm import Sound
from ult_desktop.devices.voice.player_threads import keep_off_python
from ult_desktop.devices.voice.speech import SpeechEngine

if TYPE_CHECKING:
    from PySide6 import QtMultimedia
else:  # a system without the sound libraries raises ImportError
    QtMultimedia = late("PySide6.QtMultimedia")


def open_announcer(
    voice: choice.Voice, shown_s: float = MIN_SHOWN_S, parent: "QObject | None" = None
) -> Announcer:
    """Return the station's announcer; no file is read. Call it after the first frame: it loads the sound.

    Args:
        voice: from `load_voice`.
        shown_s: seconds that a call lasts at least.
        parent: owns the announcer.
    """
    outputs = call_player.AudioOutputs(
        find_player(voice.choice.volume),
        SpeechEngine(("--volume", str(voice.choice.volume))) if _wants_system_voice(voice) else None,
    )
    renderer = render.Renderer(voice.chime, voice.packs, voice.choice.times)
    calls = call_player.CallPlayer(renderer, outputs, prepared_status(voice))
    return Announcer(calls, shown_s, parent)


def find_player(volume: int = 100) -> call_player.Player | None:
    """Return the loudspeaker at a `volume` in percent, or None if the system lacks the sound libraries."""
    try:
        return MediaPlayer(volume)
    except ImportError:
        return None


def _wants_system_voice(voice: choice.Voice) -> bool:
    return voice.choice.source is choice.VoiceSource.SYSTEM


def prepared_status(voice: choice.Voice) -> choice.VoiceStatus:
    """Return the trouble met in loading, before anything is played."""
    if _wants_system_voice(voice) and voice.status.state is not choice.VoiceState.NO_CHIME:
        # The pack is only a reserve here: what it lacks is not worth a warning.
        return choice.VoiceStatus()
    return voice.status


class MediaPlayer(QObject):
    """The loudspeaker of a station, at a `volume` in percent.

    Signals:
        ended: the sound is over, or could not be played; once for each `play` not stopped.
        outputs_changed: a sound device came or went.
    """

    ended = Signal()
    outputs_changed = Signal()

    def __init__(self, volume: int = 100) -> None:
        super().__init__()
        self._devices = QtMultimedia.QMediaDevices(self)
        self._output = QtMultimedia.QAudioOutput(self)
        self._output.setVolume(volume / 100)
        self._player = QtMultimedia.QMediaPlayer(self)
        keep_off_python(self._output, self._player)
        self._player.setAudioOutput(self._output)
        # WORKAROUND files, not a QBuffer. The decoder's thread reads a buffer made in Python only with the
        # interpreter's lock, which the GUI thread holds while it waits for that very thread: seen with
        # PySide6 6.12, of the kind of https://bugreports.qt.io/browse/PYSIDE-803. It can go when PySide frees
        # the lock in the calls of the player.
        self._folder = QTemporaryDir()
        self._files: list[Path] = []
        self._count = 0
        self._is_playing = False
        self._devices.audioOutputsChanged.connect(self._follow_default_output)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._end)

    def has_output(self) -> bool:
        return bool(QtMultimedia.QMediaDevices.audioOutputs())

    def play(self, sound: Sound) -> None:
        """Start playing; return at once."""
        self._is_playing = True
        self._count += 1
        path = Path(self._folder.filePath(f"{self._count}.wav"))
        try:
            path.write_bytes(sound.wav)
        except OSError:
            # Never from within `play`: the caller would begin the next sound inside the call that began this
            # one.
            QTimer.singleShot(0, self, self._end)
            return
        self._files.append(path)
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self._player.play()

    def stop(self) -> None:
        """Fall silent; no `ended` follows."""
        self._is_playing = False
        self._player.stop()

    def _on_status(self, status: "QtMultimedia.QMediaPlayer.MediaStatus") -> None:
        # Not `playbackStateChanged`: that one reports a stop by hand as well.
        if status is QtMultimedia.QMediaPlayer.MediaStatus.EndOfMedia:
            self._end()

    def _end(self) -> None:
        if not self._is_playing:
            return
        self._is_playing = False
        # The last one may still be open in the decoder, and Windows removes no open file.
        for path in self._files[:-1]:
            with contextlib.suppress(OSError):
                path.unlink()
        del self._files[:-1]
        self.ended.emit()

    def _follow_default_output(self) -> None:
        self._output.setDevice(QtMultimedia.QMediaDevices.defaultAudioOutput())
        self.outputs_changed.emit()
