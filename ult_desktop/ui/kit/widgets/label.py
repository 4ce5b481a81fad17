"""Text in one of the theme's sizes and tones, or in one line that ends in "…"."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.announcing import announce
from ult_desktop.ui.kit.fonts import TABULAR, figures_for


class Label(QLabel):
    """Plain text (never HTML, so nothing a visitor typed is read as markup).

    Args:
        text: what it says.
        size: "fine", "small", "body", "strong", "title", "heading", "hero", "number" or "caps".
        tone: "", "soft", "primary", "priority", "ok", "warn", "danger", "header", …
        wrap: breaks long text into lines instead of forcing a width.
        news: other words are announced: nobody looks for what comes unasked.
    """

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        news: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._news = False
        self.setText(text)
        self._news = news
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", size)
        self.setProperty("tone", tone)
        if wrap:
            self.setWordWrap(True)
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)

    @override
    def setText(self, text: str) -> None:
        figures, tag = figures_for(text), QFont.Tag(TABULAR)
        if figures.featureValue(tag) != self.font().featureValue(tag):
            self.setFont(figures)  # nothing more of a font: weight and size stay the theme's
        is_new = text != self.text()
        super().setText(text)
        if self._news and is_new and text:
            announce(self, text)


class ElidedLabel(Label):
    """For names that may be long; the whole text is in the tool tip once it is cut."""

    def __init__(
        self, text: str = "", size: str = "body", tone: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, size, tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def is_cut(self) -> bool:
        return self._shown() != self.text()

    def _shown(self) -> str:
        width = self.contentsRect().width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, width)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance("M…"), super().minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.is_cut() else "")

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        painter.setPen(option.palette.color(self.foregroundRole()))
        painter.drawText(self.contentsRect(), self.alignment(), self._shown())
