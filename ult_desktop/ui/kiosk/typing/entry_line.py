"""The line that shows what is typed at the kiosk, with a word of help or trouble below it."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Theme
from ult_desktop.ui.kit.accessible import Role, set_role

_CARET = 3  # base pixels
_EMPTY = "\N{ZERO WIDTH SPACE}"  # painted in place of no text


class EntryLine(QWidget):
    """The line as one painted widget: the end of a long text stays in sight. Nothing in it can be tapped."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.text, self.words, self.trouble = "", "", False
        self._size = "small"
        set_role(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self.updateGeometry)

    def show_text(self, text: str) -> None:
        self.text = text
        self.setAccessibleName(text)
        self.update()

    def show_words(self, words: str, *, trouble: bool = False) -> None:
        """Show words below the text."""
        self.words, self.trouble = words, trouble
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def make_room(self, *, roomy: bool) -> None:
        """Draw larger words where the page has the height for them."""
        size = "body" if roomy else "small"
        if size != self._size:
            self._size = size
            self.updateGeometry()
            self.update()

    def fits(self) -> bool:
        return not self.words or self._words_height() <= self._words_box().height() + 1

    @override
    def sizeHint(self) -> QSize:
        usual = self._theme.font(self._size, tabular=False)
        words = 2 * QFontMetrics(usual).height()
        if self.words and self.width() > self._theme.px(400):
            words = max(words, self._height_in(usual))
        return QSize(self._theme.px(400), self._line_height() + words + self._theme.px(28))

    @override
    def minimumSizeHint(self) -> QSize:
        fonts = [self._theme.font(size, tabular=False) for size in ("small", "key")]
        words = min(map(self._height_in, fonts)) if self.words else 0
        return QSize(self._theme.px(400), self._line_height() + words + self._theme.px(24))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = "danger" if self.trouble else "primary-edge"
        painter.setPen(QPen(self._theme.color(edge), max(2, self._theme.px(3))))
        painter.setBrush(self._theme.color("surface"))
        radius = self._theme.radius
        painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), radius, radius)
        self._paint_text(painter, self._text_box())
        if self.words:
            painter.setFont(self._words_font())
            painter.setPen(self._theme.color("danger-soft-ink" if self.trouble else "ink-soft"))
            flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            painter.drawText(self._words_box(), int(flags), self.words)

    def _paint_text(self, painter: QPainter, box: QRect) -> None:
        font = self._theme.font("title", 600)
        width = QFontMetrics(font).horizontalAdvance(self.text)
        caret = self._theme.px(_CARET)
        left = min(box.left(), box.right() - width - 2 * caret)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink"))
        painter.save()
        painter.setClipRect(box)
        line = QRect(left, box.top(), max(width, 1), box.height())
        painter.drawText(
            line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.text or _EMPTY
        )
        height = QFontMetrics(font).height()
        top = box.center().y() - height // 2
        painter.fillRect(QRect(left + width + caret, top, caret, height), self._theme.color("primary-edge"))
        painter.restore()

    def _text_box(self) -> QRect:
        inner = self._inner_box()
        if not self.words:
            return inner
        above = max(0, inner.height() - self._line_height() - self._words_height()) // 2
        return QRect(inner.left(), inner.top() + above, inner.width(), self._line_height())

    def _words_box(self) -> QRect:
        inner = self._inner_box()
        inner.setTop(self._text_box().bottom() + 1)
        return inner

    def _words_font(self) -> QFont:
        """Return the largest font in which all words have room.

        The smallest one grows no more than the keys below.
        """
        room = self._inner_box().height() - self._line_height()
        fonts = [self._theme.font(size, tabular=False) for size in (self._size, "small", "key")]
        return next((font for font in fonts if self._height_in(font) <= room), fonts[-1])

    def _words_height(self) -> int:
        return self._height_in(self._words_font())

    def _height_in(self, font: QFont) -> int:
        wide = QRect(0, 0, self._inner_box().width(), 10_000)
        return QFontMetrics(font).boundingRect(wide, Qt.TextFlag.TextWordWrap, self.words).height()

    def _line_height(self) -> int:
        return QFontMetrics(self._theme.font("title", 600)).height()

    def _inner_box(self) -> QRect:
        side, above = self._theme.px(24), self._theme.px(8)
        return self.rect().adjusted(side, above, -side, -above)
