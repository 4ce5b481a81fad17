"""The loudspeaker tab, at half the height of every page, at the screen's right edge."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Theme, icons
from ult_desktop.ui.kit.widgets.toggling import HeardToggle

_MARGIN = 48  # base pixels of their right margin that all pages leave to it
_ICON = 36
_PART = 4  # of the window's height: on a low screen the tab keeps below the head


class SpeakerTab(HeardToggle, QAbstractButton):
    """The tab with the loudspeaker.

    It is narrow and makes up for it in height, up to a quarter of the window's; the frame stops the finger.

    It lies over the pages' margin, so that no page is narrower for it. It is at the same spot on all of them:
    an office can mark it on the frame.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._frame = theme, parent
        self.setCheckable(True)
        self.setProperty("overlay", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.place)

    @override
    def sizeHint(self) -> QSize:
        width = self._theme.px(_MARGIN)
        return QSize(width, min(-(-(self._theme.target**2) // width), self._frame.height() // _PART))

    def place(self) -> None:
        """Move the tab to the right edge, its lower end at half the window's height.

        A keyboard's keys begin below.
        """
        size = self.sizeHint()
        room = self._frame.size()
        self.setGeometry(
            room.width() - size.width(), room.height() // 2 - size.height(), size.width(), size.height()
        )
        self.raise_()
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        theme, box = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        filled = self.isChecked() or self.isDown()
        edge = theme.px(4 if self.hasFocus() else 2)
        inset = edge / 2
        path = QPainterPath()
        # Its right corners lie behind the window's edge.
        path.addRoundedRect(box.adjusted(inset, inset, box.width(), -inset), box.width() / 2, box.width() / 2)
        painter.setPen(QPen(theme.color("focus" if self.hasFocus() else "primary"), edge))
        painter.setBrush(theme.color("primary" if filled else "surface"))
        painter.drawPath(path)
        side = theme.px(_ICON)
        ink = theme.color("primary-ink" if filled else "primary-soft-ink")
        corner = box.center().toPoint()
        painter.drawPixmap(
            corner.x() - side // 2, corner.y() - side // 2, icons.icon_pixmap("volume-2", ink, side)
        )
