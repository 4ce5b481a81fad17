"""The last page of the guest book: what was answered, what becomes of it, the button that saves it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.visits.guest_book import notice_words, remember_words
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers
from ult_desktop.ui.kiosk.guest_book.book_words import review_lines
from ult_desktop.ui.kiosk.parts.targets import main_action, set_button_words
from ult_desktop.ui.kiosk.parts.toggle_card import ToggleCard
from ult_desktop.ui.kit import Column, Grid, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.card import Card

_MOST = 6
_LETTERS = (
    *(("body", "strong", 28), ("body", "strong", 12)),
    *(("small", "body", 8), ("small", "small", 4)),
)  # of names and answers, with the base pixels between two lines


class ReviewList(QWidget):
    """The answers as they were given, in full: long ones go on in further lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.names = [widgets.Label("", "small", "soft") for _place in range(_MOST)]
        self.answers = [widgets.Label("", "body", wrap=True) for _place in range(_MOST)]
        for answer in self.answers:
            answer.setProperty("bold", "true")
        self._grid = grid = Grid(theme, gap=8)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(1, theme.px(8))
        for row, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(answer, row, 2)
        column = Column(theme, self)
        column.addStretch()
        column.addLayout(grid)
        column.addStretch()
        theme.changed.connect(self._fit)

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        for place, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            here = place < len(lines)
            name.setText(lines[place][0] if here else "")
            answer.setText(lines[place][1] if here else "")
            name.setVisible(here)
            answer.setVisible(here)
        self._fit()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @override
    def minimumSizeHint(self) -> QSize:
        """What gives way is the size of the letters."""
        return QSize(1, 1)

    @override
    def hasHeightForWidth(self) -> bool:
        return False

    def _fit(self) -> None:
        """In the largest letters in which every answer is whole."""
        for small, large, gap in _LETTERS:
            self._grid.setVerticalSpacing(self._theme.px(gap))
            for name, answer in zip(self.names, self.answers, strict=True):
                set_style_properties(name, type=small)
                set_style_properties(answer, type=large)
            self._grid.invalidate()
            if self._grid.heightForWidth(self.width()) <= self.height():
                break


class ReviewPage(QWidget):
    """Everything to touch stands at the bottom.

    Signals:
        remember_changed: whether the visitor agrees to be known again.
        saved: "Simpan" was touched.
    """

    remember_changed = Signal(bool)
    saved = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._flat = theme, False
        self.answers = ReviewList(theme)
        self.notice = widgets.Label("", "small", "soft", wrap=True)
        self.remember = ToggleCard(theme, "user-check", "blue")
        self.save = main_action(theme, "check")
        self.remember.clicked.connect(self.remember_changed)
        self.save.clicked.connect(self.saved)
        said, told = Card(theme, padding=20), Card(theme, padding=20)
        said.body.addWidget(self.answers, 1)
        self._tile = widgets.IconTile(theme, "shield-check", "green", 64)
        line = Row(theme, gap=20)
        line.addWidget(self._tile)
        line.addWidget(self.notice, 1)
        told.body.addStretch()
        told.body.addLayout(line)
        told.body.addStretch()
        self._cards, self._acts = Column(theme), Column(theme)
        self._cards.addWidget(said, 1)
        self._cards.addWidget(told, 1)
        self._acts.addWidget(self.remember, 3)
        save = Row(theme, margins=(12, 12, 12, 12))
        save.addWidget(self.save)
        self._acts.addLayout(save, 2)
        column = Column(theme, self, margins=(44, 12, 44, 0))
        column.addLayout(self._cards, 1)
        column.addLayout(self._acts)

    def show_book(self, book: GuestBookAnswers) -> None:
        self.answers.show_lines(review_lines(book))
        self.notice.setText(book.trouble or notice_words(book.privacy))
        set_style_properties(self.notice, tone="danger" if book.trouble else "soft")
        self._size_notice()
        icon = ("circle-alert", "orange") if book.trouble else ("shield-check", "green")
        self._tile.show_icon(*icon)
        self.remember.show_words(remember_words())
        self.remember.setChecked(book.remember)
        self.remember.setEnabled(not book.saving)
        self.save.setEnabled(not book.saving)
        again = _("Coba lagi") if book.trouble else _("Simpan")
        set_button_words(self.save, _("Menyimpan…") if book.saving else again)

    def forget(self) -> None:
        """Name and number of who left stay nowhere, not even out of sight."""
        self.answers.show_lines(())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        flat = self.window().width() > self.window().height()
        way = QBoxLayout.Direction
        for layout in (self._cards, self._acts):
            layout.setDirection(way.LeftToRight if flat else way.TopToBottom)
        self._flat = flat
        for place, share in enumerate((3, 2) if flat else (2, 1)):  # the answers matter more
            self._cards.setStretch(place, share)
        self._size_notice()

    def _size_notice(self) -> None:
        """The long words are smaller where they have less room, and in large ones the picture gives way."""
        trouble = self.notice.property("tone") == "danger"
        self._tile.setVisible(trouble or not self._flat or self._theme.large_text == 1)
        set_style_properties(self.notice, type="small" if self._flat and not trouble else "body")
