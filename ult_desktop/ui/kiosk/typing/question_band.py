"""The upper part of a page that fills the screen: the question, and its number among all questions."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kit import Column, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.accessible import set_decoration
from ult_desktop.ui.kit.widgets.painting import diagonal_gradient


class StepsBar(QWidget):
    """The bar of one stroke per question; the strokes of done and present ones are bright."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._step, self._total = theme, 0, 1
        set_decoration(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_place(self, step: int, total: int) -> None:
        self._step, self._total = step, total
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(8))

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        gap, half = self._theme.px(10), self.height() / 2
        width = (self.width() - gap * (self._total - 1)) / self._total
        for place in range(self._total):
            colour = self._theme.color("header-ink")
            colour.setAlphaF(1.0 if place < self._step else 0.3)
            painter.setBrush(colour)
            painter.drawRoundedRect(QRectF(place * (width + gap), 0, width, self.height()), half, half)


class QuestionPlace(QWidget):
    """The place of a question among all of them, as a bar and in words; hidden for a single question."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.place = widgets.Label("", "small", "header-soft")
        self.steps = StepsBar(theme)
        row = Row(theme, self, gap=20)
        row.addWidget(self.steps, 1)
        row.addWidget(self.place)

    def show_place(self, place: tuple[int, int] | None) -> None:
        self.setVisible(place is not None)
        if place is not None:
            self.place.setText(_("{n} dari {total}").format(n=place[0], total=place[1]))
            self.steps.show_place(*place)


Picture = tuple[str, str]
_ROOM_FOR_HINT = 150  # base pixels of height, in usual letters
_ROOM_FOR_HEADING = 110  # base pixels of height, as the others
_ROOM_FOR_HERO = 420
_ROOM_FOR_PICTURE = 540
_ROOM_FOR_NOTICE = 700
_ANY_HEIGHT = 100_000  # pixels, more than any words take


class QuestionBand(QWidget):
    """The band with the question. Its words are at its foot, next to the answers."""

    def __init__(self, theme: Theme, *, hero: bool = True) -> None:
        """`hero`: the title grows where there is room; long questions do better without."""
        super().__init__()
        self._theme, self._hero = theme, hero
        self._hint = ""
        self.title = widgets.Label("", "title", "header", wrap=True)
        self.hint = widgets.Label("", "body", "header-soft", wrap=True)
        self.progress, self.badge = QuestionPlace(theme), widgets.ConnectionBadge(theme)
        self.picture = widgets.IconTile(theme, "info", "blue", 128)
        self._column = column = Column(theme, self, gap=8, margins=(56, 20, 56, 20))
        progress = Row(theme, gap=20)
        progress.addWidget(self.progress, 1)
        progress.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(progress)
        column.addStretch(1)
        self._picture_row = QWidget()
        Column(theme, self._picture_row, margins=(0, 0, 0, 12)).addWidget(self.picture)
        column.addWidget(self._picture_row)
        column.addWidget(self.title)
        column.addWidget(self.hint)
        self.notice = widgets.Label("", "small", "header-soft", wrap=True)
        column.addWidget(self.notice)

    def show_notice(self, words: str) -> None:
        """Show what becomes of the answer, only where all of the words have room."""
        self.notice.setText(words)
        self._make_room()

    def show_question(self, title: str, hint: str, place: tuple[int, int] | None, picture: Picture) -> None:
        """Show a question; `picture` is an icon and its tint."""
        self._hint = hint
        self.picture.show_icon(*picture)
        self.title.setText(title)
        self.hint.setText(hint)
        self.progress.show_place(place)
        self._make_room()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the room of the question itself; the rest of the band gives way to the answers."""
        margins = self._column.contentsMargins()
        across, down = margins.left() + margins.right(), margins.top() + margins.bottom()
        font = self._theme.font("title", 700)
        box = QRect(0, 0, max(1, self.width() - across), _ANY_HEIGHT)
        words = QFontMetrics(font).boundingRect(box, Qt.TextFlag.TextWordWrap, self.title.text())
        heights = [part.sizeHint().height() for part in (self.progress, self.badge) if not part.isHidden()]
        progress = self._column.spacing() + max(heights) if heights else 0
        return QSize(1, words.height() + down + progress)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        box, radius = QRectF(self.rect()), self._theme.px(48)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(
            diagonal_gradient(box, self._theme.color("header-from"), self._theme.color("header-to"))
        )
        painter.drawRoundedRect(box.adjusted(0, -radius, 0, 0), radius, radius)

    def _make_room(self) -> None:
        room = self.height() / self._theme.growth
        if self._hero and room >= self._theme.px(_ROOM_FOR_HERO):
            size = "hero"
        else:
            size = "heading" if room >= self._theme.px(_ROOM_FOR_HEADING) else "title"
        set_style_properties(self.title, type=size)
        self._picture_row.setVisible(room >= self._theme.px(_ROOM_FOR_PICTURE))
        self.hint.setVisible(bool(self._hint) and room >= self._theme.px(_ROOM_FOR_HINT))
        self.notice.setVisible(bool(self.notice.text()) and room >= self._theme.px(_ROOM_FOR_NOTICE))
        for least_missed in (self._picture_row, self.notice, self.hint):
            if self._needed_height() > self.height():
                least_missed.hide()
        if self._needed_height() > self.height():
            set_style_properties(self.title, type="title")
        self.updateGeometry()

    def _needed_height(self) -> int:
        """Return the height in pixels of what is shown."""
        # The layout's cached height is that of the words before.
        self._column.invalidate()
        return self._column.totalHeightForWidth(self.width())
