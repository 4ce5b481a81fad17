"""The player of the kiosk's spoken guidance: clips of the program or of the office, one after the other."""

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtMultimedia import QAudioOutput, QMediaDevices, QMediaPlayer

from ult_desktop.base.i18n import SOURCE_LANGUAGE
from ult_desktop.devices.voice.call_player import Speaker
from ult_desktop.devices.voice.player_threads import keep_off_python
from ult_desktop.devices.voice.reading import Piece, clip_path, own_clip, spell

_LOUDNESS = (0.5, 0.75, 1.0)  # the volumes, of 1
_SPEEDS = (1.0, 1.25, 1.5, 2.0, 0.75)  # as multiples of the recorded speed
_PATIENCE_MS: Final = 15_000  # a piece that has not ended by then is given up
_MOST_SPELT = 12  # letters: for a longer name that nobody recorded the visitor would wait for a minute
_ASK_AN_OFFICER = "silakan-bertanya-kepada-petugas"  # the clip for a name that cannot be said


class GuideVoice(QObject):
    """The voice of the guidance. Each new text interrupts the one before.

    `recordings` has the files of the office's own recordings, by clip name.

    Args:
        open_speaker: makes the system's voice; called when a name is first wanted that nobody recorded.

    Signals:
        sounded: the clip that begins to be heard, or the name that begins to be said.
        over: everything was said.
    """

    sounded = Signal(str)
    over = Signal()

    def __init__(
        self, open_speaker: Callable[[], Speaker | None] = lambda: None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.recordings: dict[str, Path] = {}
        self.language = SOURCE_LANGUAGE
        self._open_speaker = open_speaker
        self._speaker: Speaker | None = None
        self._was_speaker_opened = False
        self._waiting: deque[Piece] = deque()
        self._output, self._player = QAudioOutput(self), QMediaPlayer(self)
        keep_off_python(self._output, self._player)
        self._devices = QMediaDevices(self)
        self._devices.audioOutputsChanged.connect(self._follow_device)
        self._follow_device()
        self._player.mediaStatusChanged.connect(self._on_media_status)
        self._player.errorOccurred.connect(self._on_piece_over)
        self._watchdog = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._watchdog.timeout.connect(self._on_piece_over)
        self._is_sounding = False
        self.reset()

    def reset(self) -> None:
        """Fall silent, and reset loudness and speed to the usual ones."""
        self.stop()
        self._loudness, self._speed = 1, 0  # indexes
        self._apply_loudness_and_speed()

    def louder(self) -> None:
        """Go to the next step; after the loudest comes the softest."""
        self._loudness = (self._loudness + 1) % len(_LOUDNESS)
        self._apply_loudness_and_speed()

    def softer(self) -> None:
        """Go to the step before; the softest stays."""
        self._loudness = max(0, self._loudness - 1)
        self._apply_loudness_and_speed()

    def faster(self) -> None:
        """Go to the next step; after the fastest comes the slowest."""
        self._speed = (self._speed + 1) % len(_SPEEDS)
        self._apply_loudness_and_speed()

    def say(self, pieces: Iterable[Piece]) -> None:
        """Say these pieces at once."""
        self.stop()
        self._waiting.extend(pieces)
        self._begin_next()

    def add(self, pieces: Iterable[Piece]) -> None:
        """Say these pieces after those that are being said."""
        self._waiting.extend(pieces)
        if not self._is_sounding:
            self._begin_next()

    def stop(self) -> None:
        """Fall silent; no `over` follows."""
        self._waiting.clear()
        self._watchdog.stop()
        self._is_sounding = False
        self._player.stop()
        if self._speaker is not None:
            self._speaker.stop()

    def close(self) -> None:
        self.stop()
        if self._speaker is not None:
            self._speaker.close()
            self._speaker = None

    def path_of(self, piece: Piece) -> Path:
        """Return the file that says a clip: the office's own recording if there is one."""
        language = piece.language or self.language
        recording = self.recordings.get(piece.clip) if language == SOURCE_LANGUAGE else None
        return recording or clip_path(language, piece.clip)

    def _follow_device(self) -> None:
        """Follow the loudspeaker.

        Without one each clip takes its time in silence, until one is plugged in.
        """
        has_device = bool(QMediaDevices.audioOutputs())
        self._output.setDevice(QMediaDevices.defaultAudioOutput())
        self._player.setAudioOutput(self._output if has_device else None)  # type: ignore[arg-type]  # None takes it away

    def _apply_loudness_and_speed(self) -> None:
        self._output.setVolume(_LOUDNESS[self._loudness])
        self._player.setPlaybackRate(_SPEEDS[self._speed])

    def _begin_next(self) -> None:
        if not self._waiting:
            self._is_sounding = False
            self._watchdog.stop()
            self.over.emit()
            return
        piece = self._waiting.popleft()
        self._is_sounding = True
        self._watchdog.start()
        if piece.clip:
            self._play(piece.clip, self.path_of(piece))
        else:
            self._say_name(piece)

    def _play(self, clip_or_name: str, path: Path) -> None:
        self.sounded.emit(clip_or_name)
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        if self._player.audioOutput() is not None:
            self._player.play()

    def _say_name(self, piece: Piece) -> None:
        """Say a name by the office's recording, else by the system's voice, else by other clips.

        These are the piece's `instead`, else the name's letters; for too many letters, or none, a clip asks
        the visitor to turn to an officer.
        """
        recording = self.recordings.get(own_clip(piece.name))
        speaker = self._ready_speaker()
        if recording is not None:
            self._play(piece.name, recording)
        elif speaker is not None:
            self.sounded.emit(piece.name)
            speaker.say(piece.name)
        else:
            replacement = spell(piece.name, self.language)
            if piece.instead or not 0 < len(replacement) <= _MOST_SPELT:
                replacement = tuple(Piece(clip) for clip in piece.instead or (_ASK_AN_OFFICER,))
            self._waiting.extendleft(reversed(replacement))
            self._begin_next()

    def _ready_speaker(self) -> Speaker | None:
        """Return the system's voice if it can speak now; it is opened when it is asked for the first time."""
        if not self._was_speaker_opened:
            self._was_speaker_opened = True
            self._speaker = self._open_speaker()
            if self._speaker is not None:
                self._speaker.ended.connect(self._on_piece_over)
                self._speaker.lost.connect(self._on_speaker_lost)
        speaker = self._speaker
        return speaker if speaker is not None and speaker.is_ready else None

    def _on_speaker_lost(self) -> None:
        self._speaker = None
        self._on_piece_over()

    def _on_media_status(self, status: QMediaPlayer.MediaStatus) -> None:
        if status is QMediaPlayer.MediaStatus.EndOfMedia:
            self._on_piece_over()
        elif status is QMediaPlayer.MediaStatus.LoadedMedia and self._player.audioOutput() is None:
            # Without a loudspeaker nothing is played: the piece is over when its time has passed.
            self._watchdog.start(round(self._player.duration() / self._player.playbackRate()))

    def _on_piece_over(self) -> None:
        if self._is_sounding:
            self._begin_next()
