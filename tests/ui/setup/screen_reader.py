"""Works a program as somebody does who has a screen reader alone: by roles and names, counting the clicks."""

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from tests.ui.heard import below

ROLE = QAccessible.Role
PRESSED = (ROLE.PushButton, ROLE.RadioButton, ROLE.CheckBox)
TYPED = (ROLE.EditableText,)


class ScreenReader:
    """`clicks`: how often something was pressed. What is typed is no click."""

    def __init__(self) -> None:
        self.clicks = 0

    def press(self, name: str) -> bool:
        """Press what has this name; False while there is nothing of the kind."""
        found = _find(name, PRESSED)
        if found is None:
            return False
        action = found.actionInterface()
        self.clicks += 1
        action.doAction(action.actionNames()[0])
        return True

    def type(self, name: str, text: str) -> bool:
        """Type into what has this name; False while there is nothing of the kind."""
        found = _find(name, TYPED)
        if found is not None:
            found.setText(QAccessible.Text.Value, text)
        return found is not None

    def texts(self) -> list[str]:
        """All that can be read now."""
        return [text for each in _everything() if (text := each.text(QAccessible.Text.Name))]

    def reads(self, text: str) -> bool:
        """Whether it stands somewhere, in whole or in part."""
        return any(text in each for each in self.texts())


def _find(name: str, roles: tuple[QAccessible.Role, ...]) -> QAccessibleInterface | None:
    named = (each for each in _everything() if each.text(QAccessible.Text.Name).startswith(name))
    return next((each for each in named if each.role() in roles and not each.state().disabled), None)


def _everything() -> Iterator[QAccessibleInterface]:
    """Return everything that the windows in sight say of themselves."""
    for window in QApplication.topLevelWidgets():
        if window.isVisible():
            yield from below(QAccessible.queryAccessibleInterface(window))
