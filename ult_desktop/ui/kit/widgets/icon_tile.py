"""An icon, or the office's mark, on a rounded tile."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.icons import icon_pixmap
from ult_desktop.ui.kit.theme import Theme

TINTS = ("blue", "violet", "green", "slate", "orange", "pink", "amber", "teal")


def tint_of(index: int) -> str:
    """Return one of the eight tints for a position in a list; they repeat."""
    return TINTS[index % len(TINTS)]


class IconTile(QWidget):
    """A tinted tile with an icon. `size` is its side in base pixels."""

    def __init__(
        self, theme: Theme, icon_name: str, tint: str = "blue", size: int = 112, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._icon, self._tint, self._size = theme, icon_name, tint, size
        set_decoration(self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.updateGeometry)

    def show_icon(self, icon_name: str, tint: str = "") -> None:
        self._icon, self._tint = icon_name, tint or self._tint
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(f"tint-{self._tint}"))
        radius = self.width() * 0.25
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        side = round(self.width() * 0.54)
        pixmap = icon_pixmap(self._icon, self._theme.color(f"tint-{self._tint}-ink"), side)
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, pixmap)


class Logo(QWidget):
    """The office's logo; a neutral mark until `show_picture`."""

    def __init__(self, theme: Theme, size: int = 88) -> None:
        super().__init__()
        self._theme, self._size = theme, size
        self._png, self._picture = b"", QPixmap()
        set_decoration(self)  # the office's name is next to it
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_picture(self, png: bytes) -> None:
        """Show a PNG; b"" shows the neutral mark."""
        if png != self._png:
            self._png, self._picture = png, QPixmap()
            self._picture.loadFromData(png)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        has_picture = not self._picture.isNull()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.white if has_picture else self._theme.color("logo-ground"))
        radius = self.width() * 0.24
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        side = round(self.width() * (0.84 if has_picture else 0.72))
        neutral_ink = self._theme.color("logo-ink")
        mark = self._picture if has_picture else icon_pixmap("logo", neutral_ink, side)
        size = mark.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        place = QRect(QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2), size)
        painter.drawPixmap(place, mark)
