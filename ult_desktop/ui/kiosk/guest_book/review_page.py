"""The last page of the guest book: the answers, what becomes of them, and the button that saves them."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.core.fields import field_words
from ult_desktop.core.visits.guest_book import notice_words
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers, Question, review_lines
from ult_desktop.ui.kiosk.parts.rolling import Rolling
from ult_desktop.ui.kiosk.parts.targets import TargetRow, main_action, set_button_words
from ult_desktop.ui.kiosk.parts.toggle_card import ToggleCard
from ult_desktop.ui.kit import Column, Grid, Row, Theme, set_style_properties, widgets
from ult_desktop.ui.kit.widgets.card import Card

_MOST = len(Question) - 1  # the last one is this page itself
_LARGE = 1.6  # times as large as drawn: larger words need the room of the button's icon
_BESIDE = 30  # times the height of its words: wide enough for two cards side by side
# The letters of names and of answers, and the base pixels between two lines; the largest first.
LETTERS = (
    ("strong", "title", 36),
    ("body", "strong", 28),
    ("body", "strong", 12),
    ("small", "body", 8),
    ("small", "small", 4),
)


class ReviewList(QWidget):
    """The list of the answers in full; a long one continues on further lines."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.names = [widgets.Label("", "small", "soft", wrap=True) for _place in range(_MOST)]
        self.answers = [widgets.Label("", "body", wrap=True) for _place in range(_MOST)]
        for answer in self.answers:
            answer.setProperty("bold", "true")
        self._grid = grid = Grid(theme, gap=8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(2, 2)
        grid.setColumnMinimumWidth(1, theme.px(8))
        for row, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(answer, row, 2)
        column = Column(theme, self)
        column.addStretch()
        column.addLayout(grid)
        column.addStretch()

    def show_lines(self, lines: tuple[tuple[str, str], ...]) -> None:
        for place, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            is_used = place < len(lines)
            name_words, answer_words = lines[place] if is_used else ("", "")
            name.setText(name_words)
            answer.setText(answer_words)
            name.setVisible(is_used)
            answer.setVisible(is_used)

    def use_letters(self, letters: tuple[str, str, int]) -> None:
        """Use one of `LETTERS` for names, answers and the gap between lines."""
        small, large, gap = letters
        self._grid.setVerticalSpacing(self._theme.px(gap))
        for name, answer in zip(self.names, self.answers, strict=True):
            set_style_properties(name, type=small)
            set_style_properties(answer, type=large)
        # The layout's cached height is that of the former sizes.
        self._grid.invalidate()


class ReviewPage(QWidget):
    """The page that shows all answers before they are saved. All its targets are at the bottom.

    Signals:
        remember_changed: whether the visitor agrees to be known again.
        saved: "Simpan" was touched; `change_requested`: "Ubah".
    """

    remember_changed = Signal(bool)
    saved = Signal()
    change_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.answers = ReviewList(theme)
        self.notice = widgets.Label("", "small", "soft", wrap=True)
        self.remember = ToggleCard(theme, "user-check", "blue")
        self.save = main_action(theme, "check")
        self.remember.clicked.connect(self.remember_changed)
        self.save.clicked.connect(self.saved)
        self.change = widgets.Button(theme)
        self.change.clicked.connect(self.change_requested)
        answers_card, notice_card = Card(theme, padding=20), Card(theme, padding=20)
        answers_card.body.addWidget(self.answers, 1)
        self._tile = widgets.IconTile(theme, "shield-check", "green", 64)
        line = Row(theme, gap=20)
        line.addWidget(self._tile)
        line.addWidget(self.notice, 1)
        notice_card.body.addLayout(line, 1)
        inner = QWidget()
        self._cards, self._acts = Column(theme, inner), Column(theme)
        self._cards.addWidget(answers_card, 1)
        self._cards.addWidget(notice_card, 1)
        self._acts.addWidget(self.remember, 2)
        save = TargetRow(theme, margins=(12, 12, 12, 12))
        self.rolling = Rolling(theme, inner)
        self.rolling.resized.connect(self._fit)
        save.addWidget(self.change)
        save.addWidget(self.save, 1)
        for button in self.rolling.steps:
            save.addWidget(button)
        self._acts.addLayout(save, 1)
        column = Column(theme, self, margins=(44, 4, 44, 0))
        column.addWidget(self.rolling, 1)
        column.addLayout(self._acts)

    def show_book(self, book: GuestBookAnswers) -> None:
        self.answers.show_lines(review_lines(book))
        self.notice.setText(book.trouble or notice_words(book.privacy))
        set_style_properties(self.notice, tone="danger" if book.trouble else "soft")
        self._arrange()
        self.rolling.begin()
        icon = ("circle-alert", "orange") if book.trouble else ("shield-check", "green")
        self._tile.show_icon(*icon)
        self.remember.show_words(field_words("remember"))
        self.remember.setChecked(book.remember)
        self.remember.setEnabled(not book.saving)
        self.save.setEnabled(not book.saving)
        self.change.setEnabled(not book.saving)
        large = self._theme.growth > _LARGE
        self.save.set_icon("" if large else "check")
        self.change.set_icon("pen-line" if large else "")
        set_button_words(self.change, _("Ubah"))
        if large:
            self.change.setText("")
        verb = _("Coba lagi") if book.trouble else _("Simpan")
        set_button_words(self.save, _("Menyimpan…") if book.saving else verb)
        self._fit()

    def forget(self) -> None:
        """Clear name and number of a visitor who left, hidden widgets included."""
        self.answers.show_lines(())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        flat = self.window().width() > self.window().height()
        way = QBoxLayout.Direction
        beside = flat and self.width() >= _BESIDE * self._theme.text("body")
        self._cards.setDirection(way.LeftToRight if beside else way.TopToBottom)
        self._acts.setDirection(way.LeftToRight if flat else way.TopToBottom)
        self.change.setVisible(beside or not flat)  # elsewhere the square to tick would be small for it
        for place, share in enumerate((3, 2) if flat else (2, 1)):  # the answers matter more
            self._cards.setStretch(place, share)
        # On a wide screen the notice's words are small, and large text hides its picture, unless it reports
        # trouble.
        trouble = self.notice.property("tone") == "danger"
        self._tile.setVisible(trouble or not flat or self._theme.large_text <= 1)
        set_style_properties(self.notice, type="small" if flat and not trouble else "body")

    def _fit(self) -> None:
        """Choose the largest letters in which every answer is whole.

        In the smallest ones the answers scroll.
        """
        for letters in LETTERS:
            self.answers.use_letters(letters)
            if self.rolling.needed() <= self.rolling.height():
                break
