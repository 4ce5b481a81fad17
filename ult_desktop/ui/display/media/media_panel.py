"""The larger half of the screen: the office's media, or the built-in slide when there is none."""

from PySide6.QtWidgets import QStackedLayout, QWidget

from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.ui.display.media.media_view import MediaView
from ult_desktop.ui.display.media.slide import Slide
from ult_desktop.ui.kit.theme import Theme


class MediaPanel(QWidget):
    """Two pages in one place; it never shows an empty one."""

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.slide = Slide(theme)
        self.view = MediaView(theme, moving=moving)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.slide)
        self._pages.addWidget(self.view)

    @property
    def shows_media(self) -> bool:
        return self._pages.currentWidget() is self.view

    def show_board(self, board: LobbyBoard) -> None:
        self.slide.show_board(board)

    def show_media(self, showing: bool) -> None:
        self._pages.setCurrentWidget(self.view if showing else self.slide)
