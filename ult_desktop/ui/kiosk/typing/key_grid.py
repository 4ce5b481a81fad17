"""The keys of one keyboard, as large as the screen lets them be and never smaller than a finger."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button

Rows = tuple[str, ...]
WIDE = 13  # columns of the smallest keys from which a screen counts as wide
_HIGH, _HIGH_UPRIGHT = 104, 132  # base pixels of a key's height


class KeyGrid(QWidget):
    """Rows of keys; `narrow` for upright and small screens, where ten keys do not stand in a row.

    With `flat` the wide rows stand on every screen that is wider than high.

    Signals:
        typed: the character on the key that was touched.
    """

    typed = Signal(str)

    def __init__(self, theme: Theme, narrow: Rows, wide: Rows, *, flat: bool = False) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._theme, self._narrow, self._wide = theme, narrow, wide
        self._upper, self._flat = True, flat
        self.keys = [self._key() for _place in range(max(sum(map(len, rows)) for rows in (narrow, wide)))]
        theme.changed.connect(self._arrange)

    def show_case(self, *, upper: bool) -> None:
        """Letters read as they will be written."""
        if upper is not self._upper:
            self._upper = upper
            self._arrange()

    def key(self, character: str) -> Button:
        """The key of a character, whatever its case now."""
        return next(each for each in self.keys if each.accessibleName().casefold() == character.casefold())

    @override
    def sizeHint(self) -> QSize:
        window = self.window()
        usual = _HIGH_UPRIGHT if window.height() > window.width() else _HIGH
        rows, high = self._rows(), max(self._theme.target, self._theme.px(usual))
        return QSize(self._theme.target * max(map(len, rows)), self._reach(len(rows), high))

    @override
    def minimumSizeHint(self) -> QSize:
        rows, side = self._rows(), self._theme.target
        return QSize(self._reach(max(map(len, rows)), side), self._reach(len(rows), side))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _reach(self, count: int, side: int) -> int:
        return count * side + (count - 1) * self._theme.gap

    def _rows(self) -> Rows:
        window = self.window()
        wide = self.width() >= self._reach(WIDE, self._theme.target)
        return self._wide if wide or (self._flat and window.width() > window.height()) else self._narrow

    def _arrange(self) -> None:
        rows = self._rows()
        shown = [(line, place, text) for line, row in enumerate(rows) for place, text in enumerate(row)]
        for place, key in enumerate(self.keys):
            key.setVisible(place < len(shown))
            if place < len(shown):
                line, column, text = shown[place]
                key.setGeometry(self._box(rows, line, column))
                key.setText(("&&" if text == "&" else text) if self._upper else text.lower())
                key.setAccessibleName(text)
        self.updateGeometry()

    def _box(self, rows: Rows, line: int, column: int) -> QRect:
        """Rows that are shorter than the longest stand in the middle."""
        gap, columns = self._theme.gap, max(map(len, rows))
        width = (self.width() - (columns - 1) * gap) // columns
        height = (self.height() - (len(rows) - 1) * gap) // len(rows)
        free = self.width() - len(rows[line]) * (width + gap) + gap
        return QRect(free // 2 + column * (width + gap), line * (height + gap), width, height)

    def _key(self) -> Button:
        key = Button(self._theme, role="key", parent=self)
        key.setProperty("shape", "letter")
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is typed on a real keyboard goes to the page
        key.clicked.connect(lambda: self.typed.emit(key.text().replace("&&", "&")))
        return key
