"""The parts of the lobby TV's panels: words that fit their room, backgrounds, icons and notices."""

import math

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit import Column, Theme, icons, typeset
from ult_desktop.ui.kit.accessible import Role, set_decoration, set_role

Align = Qt.AlignmentFlag
START = Align.AlignLeft | Align.AlignVCenter
END = Align.AlignRight | Align.AlignVCenter
CENTRE = Align.AlignHCenter | Align.AlignVCenter
LEAST_PX = 24
"""The least size of letters, on any screen (docs/screens.md, "Readable at 8 m")."""
_SCREEN_MM = 535  # the shorter side of a screen of 43 inches
_READER_MM = 8_000  # from the reader to the screen
_CAPITALS_ANGLE = math.radians(7 / 60)  # at which the reader sees capitals
_LINES = 1080  # of the screen for which the sizes of the face are drawn
_RADIUS = 16  # base pixels


def least_capitals(width: int, height: int) -> float:
    """Return the height in pixels of capitals that are read 8 m away: they are seen at 7 arcmin.

    `width` and `height` are those of a screen of 43 inches, which is wide or upright.
    """
    return _READER_MM * math.tan(_CAPITALS_ANGLE) * min(width, height) / _SCREEN_MM


def least_letters(theme: Theme) -> int:
    """Return the size in pixels of letters that are read 8 m away on the screen of `theme`."""
    lines = round(_LINES * theme.scale)
    return max(LEAST_PX, typeset.pixels_for_capitals(least_capitals(lines, lines)))


class FitText(QWidget):
    """A label for a screen that nobody can scroll: its words wrap, then shrink, and never force a width.

    The words stay as large as the whole hall needs to read them; longer ones are elided.

    Args:
        theme: colours and sizes.
        size: name of a text size of the face, or pixels as drawn at the base size.
        weight: 400 to 800.
        tone: the token the words are drawn in.
        rows: how many lines there may be.
        tight: the text has only capitals and figures, and takes no more than their height.
    """

    def __init__(
        self,
        theme: Theme,
        size: str | float = "body",
        weight: int = 400,
        tone: str = "ink",
        *,
        rows: int = 1,
        tight: bool = False,
    ) -> None:
        super().__init__()
        self._theme, self._size, self._weight, self._tone = theme, size, weight, tone
        self._rows, self._tight, self._least_px = rows, tight, 0
        self._align = START
        self._fills = False
        self._texts: tuple[str, ...] = ("",)
        self._fitted: typeset.FittedText | None = None
        set_role(self, Role.StaticText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self._refit)

    def text(self) -> str:
        return self._texts[0]

    @property
    def fitted(self) -> typeset.FittedText:
        """Return the words as they fit the present room."""
        if self._fitted is None:
            self._fitted = self._fit(QSizeF(self.size()))
        return self._fitted

    def _fit(self, room: QSizeF) -> typeset.FittedText:
        fits = (self._fit_text(text, room) for text in self._texts)
        return next((fit for fit in fits if not fit.elided), None) or self._fit_text(self._texts[-1], room)

    def _fit_text(self, text: str, room: QSizeF) -> typeset.FittedText:
        font = typeset.font_for_words(self._theme.font(self._size, self._weight), text)
        least = (
            max(LEAST_PX, self._theme.px(self._least_px)) if self._least_px else least_letters(self._theme)
        )
        floor = min(1.0, least / font.pixelSize())
        return typeset.fit(text, font, room, rows=self._rows, tight=self._tight, floor=floor)

    def aligned(self, align: Qt.AlignmentFlag) -> "FitText":
        """Align the words inside the room; return itself, for building in one line."""
        self._align = align
        return self

    def filling(self) -> "FitText":
        """Take whatever height the layout gives instead of asking for one; return itself."""
        self._fills = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        return self

    def shrinking_to(self, least: int) -> "FitText":
        """Let words that only few look for shrink to `least` pixels at 1080 lines; return itself."""
        self._least_px = least
        return self

    def set_text(self, text: str, *shorter: str) -> None:
        """Set the words, and shorter ones to show where there is no room for them."""
        if (text, *shorter) != self._texts:
            self._texts = (text, *shorter)
            self.setAccessibleName(text)
            self._refit()

    def fits(self) -> bool:
        """Return whether no words are cut, or the property `may_elide` allows it."""
        return not self.fitted.elided or bool(self.property("may_elide"))

    def set_tone(self, tone: str) -> None:
        if tone != self._tone:
            self._tone = tone
            self.update()

    def _refit(self) -> None:
        self._fitted = None
        self.updateGeometry()
        self.update()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fitted = None

    @override
    def sizeHint(self) -> QSize:
        font = typeset.font_for_words(self._theme.font(self._size, self._weight), self.text())
        if self._tight:
            size = typeset.FittedText(font, (self.text(),), elided=False, tight=True).size
            return QSize(math.ceil(size.width()) + 2, math.ceil(size.height()))
        metrics = QFontMetrics(font)
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height() * self._rows)

    @override
    def hasHeightForWidth(self) -> bool:
        return self._rows > 1 and not self._fills

    @override
    def heightForWidth(self, width: int) -> int:
        return math.ceil(self._fit(QSizeF(width, self.sizeHint().height())).size.height())

    @override
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        # A least width of 0: a label's own would force the whole lobby screen wider than the television.
        return QSize(0, hint.height() // (2 * self._rows))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.text():
            return
        painter = QPainter(self)
        self.fitted.draw(painter, QRectF(self.rect()), self._theme.color(self._tone), self._align)
        painter.end()


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
