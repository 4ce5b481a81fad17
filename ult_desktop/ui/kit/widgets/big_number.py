"""A queue number as large as its box allows."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.fonts import sans
from ult_desktop.ui.kit.theme import Theme

_SMALLEST = 12


class BigNumber(QWidget):
    """Fits its text to its box, up to the face's `size`; the box may shrink to nothing."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        colour: str = "primary",
        size: str = "number",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._text, self._colour, self._size = theme, text, colour, size
        self._align = Qt.AlignmentFlag.AlignCenter
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.updateGeometry)

    def show_text(self, text: str, colour: str = "") -> None:
        self._text, self._colour = text, colour or self._colour
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def align(self, where: Qt.AlignmentFlag) -> None:
        self._align = where
        self.update()

    def text(self) -> str:
        return self._text

    def fits(self) -> bool:
        metrics = QFontMetrics(self.text_font())
        wide = metrics.horizontalAdvance(self._text) <= self.width() + 1
        return wide and metrics.capHeight() <= self.height()

    def text_font(self) -> QFont:
        """The font that fits: weight 800, digits of one width."""
        pixels = self._theme.text(self._size)
        font = sans(pixels, 800)
        width = QFontMetrics(font).horizontalAdvance(self._text or "0")
        room = min(self.width() / max(1, width), self.height() / (pixels * 1.02))
        return sans(max(_SMALLEST, int(pixels * min(1.0, room))), 800)

    @override
    def sizeHint(self) -> QSize:
        pixels = self._theme.text(self._size)
        width = QFontMetrics(sans(pixels, 800)).horizontalAdvance(self._text or "A000")
        return QSize(width + 2, round(pixels * 1.1))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() / 4

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self.text_font()
        painter.setFont(font)
        painter.setPen(self._theme.color(self._colour))
        metrics = QFontMetrics(font)
        # Centred by the height of the digits, not of the line: the line has room for accents.
        line = metrics.capHeight()
        base = (self.height() + line) // 2
        spare = self.width() - metrics.horizontalAdvance(self._text)
        left = 0 if self._align & Qt.AlignmentFlag.AlignLeft else spare // 2
        if self._align & Qt.AlignmentFlag.AlignRight:
            left = spare
        painter.drawText(left, base, self._text)
