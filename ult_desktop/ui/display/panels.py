"""The backgrounds, icons and notices of the lobby TV's panels."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.display.fit_text import CENTRE, FitText
from ult_desktop.ui.kit import Column, Theme, icons
from ult_desktop.ui.kit.accessible import set_decoration

_RADIUS = 16  # base pixels


class Backdrop(QFrame):
    """A frame filled with the token `fill`.

    In high contrast it has an edge, for there the fills hardly differ.
    """

    def __init__(self, theme: Theme, fill: str = "surface") -> None:
        super().__init__()
        self._theme, self._fill = theme, fill
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        has_edge = self._theme.is_high_contrast
        painter.setPen(QPen(self._theme.color("line")) if has_edge else QPen(Qt.PenStyle.NoPen))
        painter.setBrush(self._theme.color(self._fill))
        radius = self._theme.px(_RADIUS)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.end()


class ToneIcon(QWidget):
    """An icon that repeats the words next to it, for who cannot tell colours; `size` in base pixels."""

    def __init__(self, theme: Theme, icon: str, tone: str, size: int) -> None:
        super().__init__()
        self._theme, self._icon, self._tone, self._size = theme, icon, tone, size
        set_decoration(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_icon(self, icon: str) -> None:
        self._icon = icon
        self.update()

    @override
    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.color(self._tone)
        painter.drawPixmap(0, 0, icons.icon_pixmap(self._icon, colour, self.width()))
        painter.end()


class NoticePanel(Backdrop):
    """A panel with an icon, a sentence and what follows from it.

    It is for states that end without anybody's help, like a reconnection.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface-alt")
        self.words = FitText(theme, 80, 700, rows=2).aligned(CENTRE)
        self.hint = FitText(theme, 50, 500, "ink-soft", rows=4).aligned(CENTRE)
        column = Column(theme, self, 16, (32, 16, 32, 16))
        column.addStretch(1)
        self.icon = ToneIcon(theme, "refresh-cw", "accent", 120)
        column.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addStretch(1)

    def say(self, words: str, hint: str, icon: str) -> None:
        self.icon.show_icon(icon)
        self.words.set_text(words)
        self.hint.set_text(hint)
        self._make_room()

    def _make_room(self) -> None:
        """Give the room to the words, then to what follows from them; the picture is whole or hidden."""
        layout = self.layout()
        if layout is None:
            return
        self.icon.show()
        self.hint.show()
        layout.invalidate()
        self.icon.setVisible(layout.totalHeightForWidth(self.width()) <= self.height())
        layout.activate()
        self.hint.setVisible(self.words.fits() and self.hint.fits())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
