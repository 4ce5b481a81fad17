"""The media folder at work: watched on a thread of its own, shown in its panel."""

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError
from ult_desktop.ui.display.media import media_folder, media_show, media_view, opening_marks
from ult_desktop.ui.office_link.tasks import Tasks

SCAN_MS = 30_000

log = logging.getLogger(__name__)


class MediaWatch(QObject):
    """One look at a time: a folder on a share can hang for a minute.

    Signals:
        found: the files of the folder, a tuple of `Medium`.
        came_back: the folder can be read again; sent before `found`.
        status_changed: what is wrong with the folder, in words; "" while all is well.
    """

    found = Signal(object)
    came_back = Signal()
    status_changed = Signal(str)

    def __init__(
        self, files: Tasks[media_folder.MediaFolder], every_ms: int = SCAN_MS, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.status = ""
        self._files = files
        self._looking = False
        self._timer = QTimer(self, interval=every_ms)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        self._timer.start()
        self.look()

    def stop(self) -> None:
        self._timer.stop()

    def look(self) -> None:
        if not self._looking:
            self._looking = True
            self._files.run(media_folder.MediaFolder.scan, self._on_found, self._on_failed)

    def _on_found(self, found: tuple[media_folder.Medium, ...]) -> None:
        self._looking = False
        if self.status:
            self.came_back.emit()
        self._tell("")
        self.found.emit(found)

    def _on_failed(self, error: UserError) -> None:
        self._looking = False
        self._tell(str(error))

    def _tell(self, status: str) -> None:
        if status == self.status:
            return
        self.status = status
        if status:
            log.warning("media: %s", status)
        self.status_changed.emit(status)


class Media(QObject):
    """Folder, watch, show and panel as one thing; `files` is the thread that may touch files.

    `marks` is where this PC notes which film it opens.
    """

    def __init__(
        self,
        panel: media_view.MediaPanel,
        folder: Path | None,
        marks: Path,
        picture_ms: int = media_show.PICTURE_MS,
        scan_ms: int = SCAN_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.files = Tasks(partial(media_folder.MediaFolder, folder), self)
        self.watch = MediaWatch(self.files, scan_ms, self)
        self.show = media_show.MediaShow(
            panel.view, self.files, opening_marks.OpeningMarks(marks), picture_ms, parent=self
        )
        self.watch.came_back.connect(self.show.playlist.forgive)
        self.watch.found.connect(self.show.show_folder)
        self.show.showing.connect(panel.show_media)

    def start(self) -> None:
        self.watch.start()

    def be_quiet(self, *, quiet: bool) -> None:
        self.show.be_quiet(quiet=quiet)

    def close(self) -> None:
        self.watch.stop()
        self.show.stop()
        self.files.close()
