"""The pages of the rail, one button each, in groups; scrolled where a low screen has no room for all."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget
from typing_extensions import override

from ult_desktop.ui.counter.frame.nav_button import NavButton
from ult_desktop.ui.counter.frame.nav_entry import NavEntry
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme

_KEYS = 9


class PageButtons(QScrollArea):
    """Ctrl+1 to Ctrl+9 lead to the first nine.

    Signals:
        page_requested: a page (its name).
    """

    page_requested = Signal(str)

    def __init__(self, theme: Theme, places: Sequence[NavEntry]) -> None:
        super().__init__()
        self._theme = theme
        self.buttons: dict[str, NavButton] = {}
        self._inner = QWidget()
        self._inner.setProperty("kind", "scrolled")
        column = Column(theme, self._inner)
        group = QButtonGroup(self)
        before = places[0].group
        for number, place in enumerate(places, start=1):
            if place.group != before:
                column.addWidget(_line())
                before = place.group
            key = f"Ctrl+{number}" if number <= _KEYS else ""
            button = NavButton(theme, place.title, place.icon_name, key)
            button.clicked.connect(lambda _checked=False, name=place.name: self.page_requested.emit(name))
            group.addButton(button)
            column.addWidget(button)
            self.buttons[place.name] = button
        column.addStretch()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._inner)

    def show_page(self, name: str) -> None:
        self.buttons[name].setChecked(True)
        self.ensureWidgetVisible(self.buttons[name])

    def show_counts(self, counts: Mapping[str, int]) -> None:
        for name, count in counts.items():
            self.buttons[name].show_count(count)

    @override
    def sizeHint(self) -> QSize:
        return self._inner.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(1, self._theme.px(120))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("kind", "line")
    return line
