"""The media folder at work: watched on a thread of its own, shown in its panel."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from ult_desktop.ui.display.media.media_folder import MediaFolder
from ult_desktop.ui.display.media.media_panel import MediaPanel
from ult_desktop.ui.display.media.media_show import PICTURE_MS, MediaShow
from ult_desktop.ui.display.media.media_watch import SCAN_MS, MediaWatch
from ult_desktop.ui.office_link.tasks import Tasks


class Media(QObject):
    """Folder, watch, show and panel as one thing; `files` is the thread that may touch files."""

    def __init__(
        self,
        panel: MediaPanel,
        folder: Path | None,
        picture_ms: int = PICTURE_MS,
        scan_ms: int = SCAN_MS,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.files = Tasks(partial(MediaFolder, folder), self)
        self.watch = MediaWatch(self.files, scan_ms, self)
        self.show = MediaShow(panel.view, self.files, picture_ms, parent=self)
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
