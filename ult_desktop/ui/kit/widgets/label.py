"""Text in one of the theme's sizes and tones."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.fonts import TABULAR, figures_for


class Label(QLabel):
    """Plain text (never HTML, so nothing a visitor typed is read as markup).

    Args:
        text: what it says.
        size: "small", "body", "strong", "title", "heading", "hero", "number" or "caps".
        tone: "", "soft", "primary", "priority", "ok", "warn", "danger", "header", …
        wrap: breaks long text into lines instead of forcing a width.
    """

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        tone: str = "",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setText(text)
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
        super().setText(text)
