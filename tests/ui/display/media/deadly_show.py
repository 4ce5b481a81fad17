"""A media show whose films end the process as soon as they are opened; without one it ends with status 0.

Run as `python -m tests.ui.display.media.deadly_show FOLDER`.
"""

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ult_desktop.ui.display.media import media as media_show
from ult_desktop.ui.display.media.media import Media
from ult_desktop.ui.display.media.media_view import MediaPanel
from ult_desktop.ui.kit.theme import Theme

DEAD = 9


class Film(QObject):
    """A film as the show knows it."""

    frame, progressed, ended, failed = Signal(object), Signal(), Signal(), Signal(str)

    def be_quiet(self, *, quiet: bool) -> None:
        """Do nothing: the film makes no sound."""

    def play(self, _path: Path) -> None:
        os._exit(DEAD)


def main(folder: Path) -> int:
    logging.basicConfig()
    app = QApplication([])
    panel = MediaPanel(Theme.for_window("display", 640, 360))
    media = Media(panel, folder, folder / "own" / "films.json")
    vars(media_show)["Film"] = Film
    media.show.showing.connect(lambda _is_on: app.quit())
    media.start()
    app.exec()
    media.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
