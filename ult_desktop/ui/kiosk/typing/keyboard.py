"""The kiosk's keyboards: letters and signs, a number pad, or both, in the usual order.

A visitor who goes through the keys by ear, one by one, gets the letters in the order of the alphabet.
"""

import math
from enum import Enum

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.base import _
from ult_desktop.ui.kiosk.parts.targets import TargetRow, set_button_words
from ult_desktop.ui.kit import Column, Theme, set_style_properties, widgets

Rows = tuple[str, ...]
_WIDE = 13  # columns of full-size targets for which a wide screen has room
_HIGH, _HIGH_UPRIGHT = 88, 132  # base pixels of a key's height
LARGE = 1.6  # times as large as drawn: a row of keys has no room for pictures and long words
_EDGES = 8  # pixels of a key's edges
# A row has ten keys, none of which ends a visit: they may be smaller and closer than other targets.
_SMALLEST, _APART = 0.75, 0.5  # of a target, of a gap


class KeyGrid(QWidget):
    """The rows of keys, a character each.

    Args:
        theme: colours and sizes.
        narrow: the rows for upright and small screens, with at most ten keys in a row.
        wide: the rows for other screens.
        flat: every screen that is wider than high gets the wide rows.

    Signals:
        typed: the character on the key that was tapped.
    """

    typed = Signal(str)

    def __init__(self, theme: Theme, narrow: Rows, wide: Rows, *, flat: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._theme, self._narrow, self._wide = theme, narrow, wide
        self._upper, self._flat = True, flat
        self.keys = [self._key() for _place in range(max(sum(map(len, rows)) for rows in (narrow, wide)))]
        theme.changed.connect(self._arrange)

    def show_case(self, *, upper: bool) -> None:
        """Show the letters in the case in which they will be written."""
        if upper is not self._upper:
            self._upper = upper
            self._arrange()

    def use_rows(self, narrow: Rows, wide: Rows) -> None:
        """Arrange the same keys in another order."""
        if (narrow, wide) != (self._narrow, self._wide):
            self._narrow, self._wide = narrow, wide
            self._arrange()

    def key(self, character: str) -> widgets.Button:
        """Return the key of a character, whatever its case now."""
        return next(key for key in self.keys if key.accessibleName().casefold() == character.casefold())

    @override
    def sizeHint(self) -> QSize:
        window = self.window()
        usual = _HIGH_UPRIGHT if window.height() > window.width() else _HIGH
        rows, high = self._rows(), max(self._smallest, self._theme.px(usual))
        return QSize(self._smallest * max(map(len, rows)), self._extent(len(rows), high))

    @override
    def minimumSizeHint(self) -> QSize:
        rows, side = self._rows(), self._smallest
        high = max(side, QFontMetrics(self._theme.font("letter")).height())
        return QSize(self._extent(max(map(len, rows)), side), self._extent(len(rows), high))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    @property
    def _smallest(self) -> int:
        return math.ceil(self._theme.target * _SMALLEST)

    @property
    def _key_gap(self) -> int:
        return math.ceil(self._theme.gap * _APART)

    def _extent(self, count: int, side: int) -> int:
        return count * side + (count - 1) * self._key_gap

    def _rows(self) -> Rows:
        window = self.window()
        wide = self.width() >= self._extent(_WIDE, self._theme.target)
        return self._wide if wide or (self._flat and window.width() > window.height()) else self._narrow

    def _arrange(self) -> None:
        rows = self._rows()
        shown = [(line, place, text) for line, row in enumerate(rows) for place, text in enumerate(row)]
        gap, columns = self._key_gap, max(map(len, rows))
        height = (self.height() - (len(rows) - 1) * gap) // len(rows)
        width = (self.width() - (columns - 1) * gap) // columns
        roomy = self._flat and QFontMetrics(self._theme.font("heading")).height() <= height - _EDGES
        for place, key in enumerate(self.keys):
            set_style_properties(key, shape="digit" if roomy else "letter")
            key.setVisible(place < len(shown))
            if place < len(shown):
                line, column, text = shown[place]
                # Rows that are shorter than the longest are centred.
                left = (self.width() - len(rows[line]) * (width + gap) + gap) // 2
                key.setGeometry(left + column * (width + gap), line * (height + gap), width, height)
                key.setText(("&&" if text == "&" else text) if self._upper else text.lower())
                key.setAccessibleName(text)
        self.updateGeometry()

    def _key(self) -> widgets.Button:
        key = widgets.Button(self._theme, role="key", parent=self)
        key.setProperty("shape", "letter")
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed on a real keyboard goes to the page
        key.clicked.connect(lambda: self.typed.emit(key.text().replace("&&", "&")))
        return key


class _ActKey(widgets.Button):
    """A key of the last row: as wide as a target, or as a key of letters where the row has no room."""

    def __init__(self, theme: Theme, icon: str = "") -> None:
        super().__init__(theme, icon_name=icon)
        self.setProperty("shape", "square")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @override
    def minimumSizeHint(self) -> QSize:
        words = QPushButton.sizeHint(self)
        return words.expandedTo(QSize(math.ceil(self._theme.target * _SMALLEST), words.height()))


class Keys(Enum):
    """The kind of text that is typed: words, a telephone number, a number of something, or a code."""

    WORDS = "words"
    DIGITS = "digits"
    NUMBER = "number"
    CODE = "code"


# Each pair: the narrow and the wide rows of a `KeyGrid`.
_LETTERS = (("QWERTYUIOP", "ASDFGHJKL'", "ZXCVBNM.,-"),) * 2
_SIGNS = (("1234567890", ".,-/()&'@:", ';+?!"#_%*='),) * 2
_DIGITS = (("123", "456", "789", "+0-"), ("123+", "456-", "7890"))
_NUMBER = (("123", "456", "789", "0"), ("12345", "67890"))
_CODE = (
    ("1234567890", "QWERTYUIOP", "ASDFGHJKL-", "ZXCVBNM/."),
    ("QWERTYUIOP123", "ASDFGHJKL-456", "ZXCVBNM/.0789"),
)
_ALPHABET = (("ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ'.,-"),) * 2
_ALPHABET_CODE = (
    ("1234567890", "ABCDEFGHIJ", "KLMNOPQRST", "UVWXYZ-/."),
    ("1234567890ABC", "DEFGHIJKLMNOP", "QRSTUVWXYZ-/."),
)


class Keyboard(QWidget):
    """The keyboard at the bottom of a page.

    `go_on` is the page's own button, which ends the last row.

    Signals:
        typed: one character, in the case that it is written in.
        deleted: the last character goes.
    """

    typed = Signal(str)
    deleted = Signal()

    def __init__(self, theme: Theme, go_on: widgets.Button) -> None:
        super().__init__()
        self._theme = theme
        self._keys = Keys.WORDS
        self._holds_capitals = False
        self.letters, self.signs = KeyGrid(theme, *_LETTERS), KeyGrid(theme, *_SIGNS)
        self.digits, self.code = KeyGrid(theme, *_DIGITS, flat=True), KeyGrid(theme, *_CODE)
        self.number = KeyGrid(theme, *_NUMBER, flat=True)
        self._grids = (self.letters, self.signs, self.digits, self.number, self.code)
        self._column = Column(theme, self)
        for grid in self._grids:
            grid.typed.connect(self.typed)
            self._column.addWidget(grid)
        self.shift, self.turn = _ActKey(theme, "arrow-big-up"), _ActKey(theme)
        self.space, self.delete = _ActKey(theme), _ActKey(theme, "delete")
        self.shift.setCheckable(True)
        self.shift.toggled.connect(self._hold_capitals)
        self.turn.clicked.connect(self._toggle_signs)
        self.space.clicked.connect(lambda: self.typed.emit(" "))
        self.delete.clicked.connect(self.deleted)
        self._row = row = TargetRow(theme)
        for button in (self.shift, self.turn, self.space, self.delete, go_on):
            row.addWidget(button)
        self._column.addLayout(row)
        theme.changed.connect(self._set_spacing)
        self._set_spacing()
        self.open(Keys.WORDS)

    def open(self, keys: Keys) -> None:
        """Open the first page of keys, without capitals held."""
        self._keys = keys
        self.shift.setChecked(False)
        grids = {Keys.DIGITS: self.digits, Keys.NUMBER: self.number, Keys.CODE: self.code}
        self._show(grids.get(keys, self.letters))

    def retranslate(self) -> None:
        set_button_words(self.space, _("spasi"))
        large = self._theme.growth > LARGE
        if large:
            self.space.setText("")  # the space bar is known without its word
        letters, figures = ("A", "1") if large else ("ABC", "123")
        self.turn.setText(figures if self._shows_letters else letters)
        self.shift.setAccessibleName(_("Huruf besar"))
        self.delete.setAccessibleName(_("Hapus"))
        self.turn.setAccessibleName(_("Angka dan tanda") if self._shows_letters else _("Huruf"))

    def show_alphabet(self, *, on: bool) -> None:
        """Show the letters in the order of the alphabet, or of a typewriter."""
        self.letters.use_rows(*(_ALPHABET if on else _LETTERS))
        self.code.use_rows(*(_ALPHABET_CODE if on else _CODE))

    def show_case(self, *, upper: bool) -> None:
        """Show the case of the next letter, unless the visitor holds the capitals."""
        self.letters.show_case(upper=upper or self._holds_capitals)

    @property
    def _shows_letters(self) -> bool:
        return not self.letters.isHidden()

    def _toggle_signs(self) -> None:
        self._show(self.signs if self._shows_letters else self.letters)

    def _hold_capitals(self, on: bool) -> None:
        self._holds_capitals = on
        if on:
            self.letters.show_case(upper=True)

    def _show(self, grid: KeyGrid) -> None:
        for other in self._grids:
            other.setVisible(other is grid)
        has_words = self._keys is Keys.WORDS
        for button in (self.turn, self.space):
            button.setVisible(has_words)
        self.shift.setVisible(grid is self.letters)
        # Spare width of the last row goes to the space bar and `go_on`, else to "delete" and `go_on`.
        for place, share in enumerate((0, 0, 2, 0, 1) if has_words else (0, 0, 0, 1, 2)):
            self._row.setStretch(place, share)
        self.retranslate()

    def _set_spacing(self) -> None:
        self._column.setSpacing(self._theme.gap)
