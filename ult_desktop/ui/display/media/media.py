"""The media of the lobby: the folder's files, shown one after the other."""

import logging
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QImage

from ult_desktop.base import UserError
from ult_desktop.base.late import late
from ult_desktop.devices.voice.player_threads import keep_off_python
from ult_desktop.ui.display.media import media_folder, media_view
from ult_desktop.ui.display.media.media_folder import MediaFolder, Medium, Playlist, open_picture
from ult_desktop.ui.display.media.media_view import MediaView
from ult_desktop.ui.media_files import MediumKind
from ult_desktop.ui.office_link.tasks import Tasks

if TYPE_CHECKING:
    from PySide6 import QtMultimedia
else:  # a system without the sound libraries raises ImportError
    QtMultimedia = late("PySide6.QtMultimedia")

MOST_TRIES = 2  # openings of a film that ended the program
MOST_MARKS = 100  # of which the latest are kept

log = logging.getLogger(__name__)


class OpeningMark(msgspec.Struct, frozen=True):
    """A mark for one opening of a film: written before it, removed once the film plays or is refused."""

    path: str
    changed: int
    size: int


class OpeningMarks:
    """The marks in one small file on this PC's own disk. They belong to the thread that reads files.

    Args:
        place: the path of that file; a file that cannot be read counts as one without marks.
    """

    def __init__(self, place: Path) -> None:
        self._place = place

    def begin(self, medium: Medium) -> bool:
        """Mark a film before it is opened.

        Return False if its opening ended the program twice, and the file has not changed since.
        """
        mark, marks = _mark_of(medium), self._read()
        if marks.count(mark) >= MOST_TRIES:
            return False
        # Without the marks of former versions of the file.
        others = [other for other in marks if other.path != mark.path or other == mark]
        # Written before the decoder sees the film: a decoder that crashes takes the whole program with it,
        # and only a note on the disk outlives that.
        self._write([*others, mark])
        return True

    def remove(self, medium: Medium) -> None:
        """Remove the marks of a film that plays or was refused: its opening did not end the program."""
        mark, marks = _mark_of(medium), self._read()
        if mark in marks:
            self._write([other for other in marks if other != mark])

    def _read(self) -> list[OpeningMark]:
        with suppress(OSError, msgspec.DecodeError, UnicodeDecodeError):
            return msgspec.json.decode(self._place.read_bytes(), type=list[OpeningMark])
        return []

    def _write(self, marks: list[OpeningMark]) -> None:
        try:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._place.write_bytes(msgspec.json.encode(marks[-MOST_MARKS:]))
        except OSError as error:
            log.warning("%s: %s", self._place, error)


def _mark_of(medium: Medium) -> OpeningMark:
    return OpeningMark(str(medium.path), medium.changed, medium.size)


FIRST_FRAME_MS = 15_000  # that a film has for its first picture
STALLED_MS = 10_000  # that it has from then on for each bit of progress
MOST_PIXELS = 8192 * 4320  # of a frame: each is a picture of its own in memory


class Film(QObject):
    """The player of films, one after the other; the same player serves the whole day.

    Signals:
        frame: a `QImage` to show now.
        progressed: the film has played a bit further.
        ended: the film is over.
        failed: the film cannot be played; the words of the decoder, for the log.
    """

    frame = Signal(object)
    progressed = Signal()
    ended = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound = QtMultimedia.QAudioOutput(self)
        self._sink = QtMultimedia.QVideoSink(self)
        self._player = QtMultimedia.QMediaPlayer(self)
        keep_off_python(self._sound, self._sink, self._player)
        self._player.setAudioOutput(self._sound)
        self._player.setVideoSink(self._sink)
        self._is_on = self._has_begun = False
        self._timeout = QTimer(self, singleShot=True)
        self._timeout.timeout.connect(self._on_timeout)
        self._sink.videoFrameChanged.connect(self._show)
        self._player.positionChanged.connect(self._on_position)
        self._player.mediaStatusChanged.connect(self._on_status)
        self._player.errorOccurred.connect(self._on_error)

    def play(self, path: Path) -> None:
        self._is_on, self._has_begun = True, False
        self._timeout.setInterval(FIRST_FRAME_MS)
        self._player.setSource(QUrl.fromLocalFile(str(path)))
        self.be_quiet(quiet=self.is_muted())

    def stop(self) -> None:
        self._is_on = False
        self._timeout.stop()
        self._player.stop()
        # Otherwise the decoder keeps the file open, and on Windows the office could not delete or replace it.
        self._player.setSource(QUrl())

    def be_quiet(self, *, quiet: bool) -> None:
        """Mute and pause the film while a call covers the screen; it goes on where it was."""
        self._sound.setMuted(quiet)
        if not self._is_on:
            return
        if quiet:
            self._timeout.stop()
            self._player.pause()
        else:
            self._timeout.start()
            self._player.play()

    def is_muted(self) -> bool:
        return self._sound.isMuted()

    def is_playing(self) -> bool:
        return self._player.playbackState() is QtMultimedia.QMediaPlayer.PlaybackState.PlayingState

    def _show(self, frame: "QtMultimedia.QVideoFrame") -> None:
        if self._is_on and frame.width() * frame.height() > MOST_PIXELS:
            self.stop()
            self.failed.emit("too many pixels")
        image = frame.toImage() if self._is_on and frame.isValid() else QImage()
        if image.isNull():
            return
        if not self._has_begun:
            self._has_begun = True
            self._restart_timeout()
        self.frame.emit(image)

    def _on_position(self, _position: int) -> None:
        if self._is_on and self._has_begun:
            self._restart_timeout()
            self.progressed.emit()

    def _restart_timeout(self) -> None:
        """Give the film its time to make progress; while a call pauses it, no time counts."""
        self._timeout.setInterval(STALLED_MS)
        if self.is_muted():
            self._timeout.stop()
        else:
            self._timeout.start()

    def _on_status(self, status: "QtMultimedia.QMediaPlayer.MediaStatus") -> None:
        if status is QtMultimedia.QMediaPlayer.MediaStatus.EndOfMedia and self._is_on:
            self._end()
            self.ended.emit()

    def _on_error(self, _error: "QtMultimedia.QMediaPlayer.Error", words: str) -> None:
        if self._is_on:
            self._end()
            self.failed.emit(words)

    def _on_timeout(self) -> None:
        self.stop()
        self.failed.emit("it stands still" if self._has_begun else "no picture")

    def _end(self) -> None:
        self._is_on = False
        self._timeout.stop()


PICTURE_MS = 12_000  # for which a picture is shown
_BETWEEN = 3  # media between two pauses


class MediaShow(QObject):
    """The show that goes through the folder's files; pictures are read on the thread of `files`.

    Signals:
        showing: True when something is in the view, False when the built-in slide must be shown.
        passed_over: a file cannot be shown.
    """

    showing = Signal(bool)
    passed_over = Signal()

    def __init__(
        self,
        view: MediaView,
        files: Tasks[MediaFolder],
        marks: OpeningMarks,
        picture_ms: int = PICTURE_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.playlist = Playlist()
        self._view, self._files, self._marks = view, files, marks
        self._opening: Medium | None = None
        self.film: Film | None = None
        self._is_quiet = False
        self._turn = QTimer(self, singleShot=True, interval=picture_ms)
        self._turn.timeout.connect(self.end_turn)
        self._shown_count = 0
        self.is_resting = False

    def show_folder(self, media: tuple[Medium, ...]) -> None:
        """Show the folder as it is now; a medium stays on while its file is there."""
        gone = self.playlist.update(media)
        if gone or self.playlist.current is None:
            self.go_on()

    def be_quiet(self, *, quiet: bool) -> None:
        """Stop sound and change of pictures during a call; afterwards all goes on where it was."""
        self._is_quiet = quiet
        if self.film is not None:
            self.film.be_quiet(quiet=quiet)
        current = self.playlist.current
        if quiet:
            self._turn.stop()
        elif current is not None and current.kind is MediumKind.PICTURE and not self.is_resting:
            self._turn.start()

    def stop(self) -> None:
        self._turn.stop()
        self.is_resting = False
        self._end_opening()
        if self.film is not None:
            self.film.stop()

    def end_turn(self) -> None:
        """End the turn of a medium that was shown to its end.

        After every third medium the show pauses, and the panel shows its own pages.
        """
        self._shown_count += 1
        if self._shown_count % _BETWEEN:
            self.go_on()
            return
        self._turn.stop()
        if self.film is not None:
            self.film.stop()
        self.is_resting = True
        self.showing.emit(False)

    def end_rest(self) -> None:
        """Go on after the pause, in which each page of the panel had a turn."""
        if self.is_resting:
            self.go_on()

    def go_on(self) -> None:
        """Show the next file, or nothing when none can be shown."""
        self._turn.stop()
        self.is_resting = False
        medium = self.playlist.next()
        if medium is None:
            self.stop()
            self._view.clear()
            self.showing.emit(False)
        elif medium.kind is MediumKind.VIDEO:
            self._end_opening()
            self._opening, marks = medium, self._marks
            self._files.run(lambda _folder: marks.begin(medium), partial(self._on_marked, medium))
        else:
            room: QSize = self._view.size() * self._view.devicePixelRatioF()
            self._files.run(lambda _folder: open_picture(medium, room), partial(self._on_picture, medium))

    def _on_picture(self, medium: Medium, image: QImage | None) -> None:
        if medium != self.playlist.current:
            return
        if image is None:
            self._pass_over(medium)
            return
        if self.film is not None:
            self.film.stop()
        self._view.show_picture(image)
        self.showing.emit(True)
        if not self._is_quiet:
            self._turn.start()

    def _pass_over(self, medium: Medium) -> None:
        self.playlist.drop(medium)
        self.passed_over.emit()
        self.go_on()

    def _on_marked(self, medium: Medium, may_open: bool) -> None:
        if medium != self._opening:
            return
        if may_open:
            self._play(medium)
        else:
            self._opening = None
            log.warning("film passed over: %s: it has ended the program twice", medium.path.name)
            self._pass_over(medium)

    def _end_opening(self) -> None:
        medium, marks, self._opening = self._opening, self._marks, None
        if medium is not None:
            self._files.run(lambda _folder: marks.remove(medium))

    def _play(self, medium: Medium) -> None:
        film = self.film or self._open_film()
        if film is None:
            self._pass_over(medium)
            return
        film.be_quiet(quiet=self._is_quiet)
        film.play(medium.path)

    def _open_film(self) -> Film | None:
        try:
            film = Film(self)
        except ImportError as error:
            log.warning("films cannot be shown: %s", error)
            return None
        # Queued: the player must not get a new source while it still reports on the old one.
        film.ended.connect(self.end_turn, Qt.ConnectionType.QueuedConnection)
        film.failed.connect(self._on_film_failed, Qt.ConnectionType.QueuedConnection)
        film.frame.connect(self._on_frame)
        film.progressed.connect(self._end_opening)
        self.film = film
        return film

    def _on_frame(self, image: QImage) -> None:
        if self._view.is_empty or not self._view.isVisible():
            self.showing.emit(True)
        self._view.show_frame(image)

    def _on_film_failed(self, words: str) -> None:
        medium = self.playlist.current
        if medium is not None and medium.kind is MediumKind.VIDEO:
            log.warning("film passed over: %s: %s", medium.path.name, words)
            self._pass_over(medium)


SCAN_MS = 30_000  # between two looks at the folder


class MediaWatch(QObject):
    """The watch on the folder. One scan is under way at most: a folder on a share can hang for a minute.

    Signals:
        found: the files of the folder, a tuple of `Medium`.
        came_back: the folder can be read again; sent before `found`.
        judged: the names of the files that cannot be shown, a tuple.
    """

    found = Signal(object)
    came_back = Signal()
    judged = Signal(object)

    def __init__(
        self, files: Tasks[media_folder.MediaFolder], every_ms: int = SCAN_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.status = ""
        self._files = files
        self._is_scanning = False
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.scan)

    def start(self) -> None:
        self._timer.start()
        self.scan()

    def stop(self) -> None:
        self._timer.stop()

    def scan(self) -> None:
        if not self._is_scanning:
            self._is_scanning = True
            self._files.run(media_folder.MediaFolder.scan, self._on_found, self._on_failed)

    def _on_found(self, media: tuple[media_folder.Medium, ...]) -> None:
        self._is_scanning = False
        if self.status:
            self.came_back.emit()
        self.status = ""
        self.found.emit(media)
        self._judge()

    def _on_failed(self, error: UserError) -> None:
        self._is_scanning = False
        if str(error) != self.status:
            self.status = str(error)
            log.warning("media: %s", error)
        self._judge()

    def _judge(self) -> None:
        self._files.run(media_folder.MediaFolder.unshown, self.judged.emit)


class Media(QObject):
    """The folder, watch, show and panel together; `files` is the thread that may read files.

    `marks` is the path of the file in which this PC marks the film that it opens.

    Signals:
        unshown_changed: the names of the files that cannot be shown, a line each.
    """

    unshown_changed = Signal(str)

    def __init__(
        self,
        panel: media_view.MediaPanel,
        folder: Path | None,
        marks: Path,
        picture_ms: int = PICTURE_MS,
        scan_ms: int = SCAN_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.files = Tasks(partial(media_folder.MediaFolder, folder), self)
        self.watch = MediaWatch(self.files, scan_ms, self)
        self.show = MediaShow(panel.view, self.files, OpeningMarks(marks), picture_ms, parent=self)
        self._unshowable: frozenset[str] = frozenset()  # the names that the watch reported last
        self._reported = ""
        self.watch.judged.connect(self._on_judged)
        self.show.passed_over.connect(self._report_unshown)
        self.watch.came_back.connect(self.show.playlist.forgive)
        self.watch.found.connect(self.show.show_folder)
        self.show.showing.connect(panel.show_media)
        panel.round_ended.connect(self.show.end_rest)

    def start(self) -> None:
        self.watch.start()

    def _on_judged(self, names: tuple[str, ...]) -> None:
        self._unshowable = frozenset(names)
        self._report_unshown()

    def _report_unshown(self) -> None:
        names = "\n".join(sorted(self._unshowable | self.show.playlist.broken, key=str.casefold))
        if names != self._reported:
            self._reported = names
            self.unshown_changed.emit(names)

    def be_quiet(self, *, quiet: bool) -> None:
        self.show.be_quiet(quiet=quiet)

    def close(self) -> None:
        self.watch.stop()
        self.show.stop()
        self.files.close()
