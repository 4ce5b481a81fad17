"""The middle of the screen: media and calls, side by side or one above the other."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget
from typing_extensions import override

from ult_desktop.base.i18n import _
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.ui.display.calls.call_list import CallList
from ult_desktop.ui.display.media.media_view import MediaPanel
from ult_desktop.ui.display.panels import NoticePanel
from ult_desktop.ui.kit.theme import Theme

_EDGE = 40
_MEDIA_WIDE = 0.56
_MEDIA_HIGH = 0.5


class Halves(QWidget):
    """Two parts that lie as the screen lies."""

    def __init__(self, theme: Theme, media: QWidget, calls: QWidget) -> None:
        super().__init__()
        self._theme, self._media, self._calls = theme, media, calls
        media.setParent(self)
        calls.setParent(self)
        theme.changed.connect(self._arrange)

    def _arrange(self) -> None:
        edge = self._theme.px(_EDGE)
        room = self.rect().adjusted(edge, edge * 3 // 4, -edge, -edge * 3 // 4)
        if self.window().width() >= self.window().height():
            split = round(room.width() * _MEDIA_WIDE)
            self._media.setGeometry(room.x(), room.y(), split - edge // 2, room.height())
            calls = room.adjusted(split + edge // 2, 0, 0, 0)
        else:
            split = round(room.height() * _MEDIA_HIGH)
            self._media.setGeometry(room.x(), room.y(), room.width(), split - edge // 2)
            calls = room.adjusted(0, split + edge // 2, 0, 0)
        self._calls.setGeometry(calls)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(640), self._theme.px(360))


class MainArea(QWidget):
    """Shows what it is given; until the office was read once, it says that it is being sought."""

    def __init__(self, theme: Theme, *, moving: bool = True) -> None:
        super().__init__()
        self.media = MediaPanel(theme, moving=moving)
        self.calls = CallList(theme)
        self.waiting = NoticePanel(theme, "refresh-cw")
        self.show_problem(_("Layar ini terisi sendiri begitu tersambung."))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.waiting)
        self._pages.addWidget(Halves(theme, self.media, self.calls))

    @property
    def is_waiting(self) -> bool:
        return self._pages.currentIndex() == 0

    def show_board(self, board: LobbyBoard) -> None:
        self._pages.setCurrentIndex(1)
        self.media.show_board(board)
        still_open = [line.current.id for line in board.counters if line.current is not None]
        self.calls.show_calls(board.calls, still_open)

    def show_problem(self, words: str) -> None:
        """Why there is nothing to show yet."""
        self.waiting.say(_("Menyambung ke data kantor…"), words)
