"""What can be done about something, as buttons that say why they are closed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets import Button

_GAP = 8


@dataclass(frozen=True)
class DetailAction:
    """One act: `do` carries it out; `why` closes it and is its tool tip."""

    name: str
    text: str
    icon_name: str = ""
    role: str = ""
    why: str = ""
    do: Callable[[], object] | None = None


class ActionsRow(QWidget):
    """Buttons beside each other, in further lines what does not fit.

    Signals:
        asked: a button was pressed (its action's name).
    """

    asked = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[DetailAction, ...] = ()
        self.buttons: dict[str, Button] = {}
        self.hide()
        theme.changed.connect(self._place)

    def show_actions(self, actions: Sequence[DetailAction]) -> None:
        """The same acts keep their buttons, so that the keyboard's place stays."""
        if [(a.name, a.text, a.role) for a in actions] != [(a.name, a.text, a.role) for a in self._shown]:
            self._make(actions)
        for action in actions:
            self.buttons[action.name].setEnabled(not action.why)
            self.buttons[action.name].setToolTip(action.why)
        self._shown = tuple(actions)
        self.setVisible(bool(actions))
        self._place()

    def _make(self, actions: Sequence[DetailAction]) -> None:
        """The keyboard's place stays in the row: without one the page's keys would be dead."""
        old, self.buttons = self.buttons, {}
        for action in actions:
            button = Button(self._theme, action.text, action.role, action.icon_name, self)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, name=action.name: self._do(name))
            button.show()
            self.buttons[action.name] = button
        held = next((name for name, button in old.items() if button is self.window().focusWidget()), None)
        heir = self.buttons.get(held or "") or next(iter(self.buttons.values()), None)
        if held is not None and heir is not None:
            heir.setFocus()
        for button in old.values():
            button.hide()
            button.deleteLater()

    def _do(self, name: str) -> None:
        """What is shown now decides: the act may be about another thing than when its button was made."""
        action = next(action for action in self._shown if action.name == name)
        if action.do is not None:
            action.do()
        else:
            self.asked.emit(name)

    def begin(self) -> None:
        """Do the next thing, where the keyboard is on a list."""
        first = next((action for action in self._shown if action.role == "primary" and not action.why), None)
        if first is not None:
            self._do(first.name)

    def _place(self) -> None:
        gap = self._theme.px(_GAP)
        left = top = tall = 0
        for button in self.buttons.values():
            button.ensurePolished()
            size = button.sizeHint()
            if left and left + size.width() > self.width():
                left, top = 0, top + size.height() + gap
            button.setGeometry(QRect(left, top, size.width(), size.height()))
            left += size.width() + gap
            tall = size.height()
        self.setFixedHeight(max(1, top + tall))

    @override
    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(200), self.height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
