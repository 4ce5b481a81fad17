"""Labels, and the clock."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget
from typing_extensions import override

from ult_desktop.base.formats import Style, format_clock, format_date
from ult_desktop.ui.kit import typeset
from ult_desktop.ui.kit.accessible import announce
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.typeset import TABULAR, figures_for

_LONGEST = 400  # letters of a text whose lines `typeset.wrap` breaks; longer ones are left to Qt


class Label(QLabel):
    """A label with plain text, never HTML: Qt must not read what a visitor typed as markup.

    Args:
        text: the words.
        size: "fine", "small", "body", "strong", "title", "heading", "hero", "number" or "caps".
        tone: "", "soft", "primary", "priority", "ok", "warn", "danger", "header", …
        wrap: break long text into lines instead of forcing a width.
        news: announce changed words to a screen reader.
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
        self._announces_news = False  # the first words are not announced
        self.setText(text)
        self._announces_news = news
        # Qt's default guesses, and takes "<b>" in a visitor's words for markup:
        # https://doc.qt.io/qt-6/qlabel.html#textFormat-prop
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
            self.setFont(figures)  # sets only the figures: weight and size stay the theme's
        is_new = text != self.text()
        super().setText(text)
        if self._announces_news and is_new and text:
            announce(self, text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw wrapped words with the lines of `typeset.wrap`: Qt cannot be told where to break them."""
        words = self._wrapped_words() if self.wordWrap() and len(self.text()) <= _LONGEST else ""
        if not words:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.drawFrame(painter)
        option = QStyleOption()
        option.initFrom(self)
        room, ink = self.contentsRect(), self.foregroundRole()
        self.style().drawItemText(
            painter, room, self.alignment(), option.palette, self.isEnabled(), words, ink
        )

    def _wrapped_words(self) -> str:
        """Return the words broken into lines by `typeset.wrap`.

        Return "" where these lines do not fit: Qt also breaks after hyphens, and may need fewer lines.
        """
        room, font, parts = self.contentsRect().size(), self.font(), self.text().split("\n")
        wrapped = [typeset.wrap(part, font, room.width()) for part in parts]
        has_wide_word = any(part.strip() and not lines for part, lines in zip(parts, wrapped, strict=True))
        line_count = sum(max(1, len(lines)) for lines in wrapped)
        if has_wide_word or line_count * self.fontMetrics().lineSpacing() > room.height():
            return ""
        return "\n".join("\n".join(lines) for lines in wrapped)


class ElidedLabel(Label):
    """A label that cuts a long text with "…" and then shows the whole text as its tool tip."""

    def __init__(self, text: str = "", size: str = "body", tone: str = "") -> None:
        super().__init__(text, size, tone)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def is_cut(self) -> bool:
        return self._elided_text() != self.text()

    def _elided_text(self) -> str:
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
        painter.drawText(self.contentsRect(), self.alignment(), self._elided_text())


Now = Callable[[], datetime]
_TICK_MS = 1000


class Clock(QWidget):
    """The clock with time and date, updated each second.

    Args:
        theme: sizes of the gaps.
        now: the injected clock (aware, in the office's zone).
        time_size: text size of the time; `date_size` is that of the date.
        date: "full", "medium", … or None for no date.
        tone: "header" for light text on the dark header, "" for ink.
    """

    def __init__(
        self,
        theme: Theme,
        now: Now,
        time_size: str = "title",
        date: Style | None = "full",
        tone: str = "header",
        *,
        date_size: str = "small",
    ) -> None:
        super().__init__()
        self._now, self._style = now, date
        self.time_label = Label("", time_size, tone)
        self.time_label.setProperty("bold", True)
        self.date_label = Label("", date_size, "header-soft" if tone == "header" else "soft")
        self._column = Column(theme, self, gap=2)
        self._column.addStretch()
        self._column.addWidget(self.time_label)
        self._column.addWidget(self.date_label)
        self._column.addStretch()
        self.date_label.setVisible(date is not None)
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.tick()

    def align(self, where: Qt.AlignmentFlag) -> None:
        self.time_label.setAlignment(where)
        self.date_label.setAlignment(where)

    def give_place(self, sign: QWidget) -> None:
        """Add `sign` at the place of the date. The caller shows only one of the two."""
        self._column.insertWidget(self._column.count() - 1, sign, 0, Qt.AlignmentFlag.AlignRight)

    def tick(self) -> None:
        moment = self._now()
        self.time_label.setText(format_clock(moment))
        if self._style is not None:
            self.date_label.setText(format_date(moment, self._style))

    def stop(self) -> None:
        self._timer.stop()
