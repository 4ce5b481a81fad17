"""A push button with a role and a themed icon, and checkable buttons that a screen reader can use."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QPushButton, QWidget
from typing_extensions import override

from ult_desktop.ui.kit.icons import icon
from ult_desktop.ui.kit.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    _Button = QAbstractButton
else:
    _Button = object

_INKS = {
    "primary": "primary-ink",
    "danger": "danger-soft-ink",
    "priority": "priority-soft-ink",
    "header": "header-ink",
}
_CHECKED_INKS = {"": "primary-ink", "priority": "priority-ink"}  # on the filled background of a checked one


class HeardToggle(_Button):
    """A mixin that turns a screen reader's “toggle” into the `clicked` that pages listen for.

    A class names the mixin before the Qt button among its bases.

    NVDA, Narrator and Orca toggle a checkable button, and Qt then emits only `toggled`. Pages cannot listen
    for `toggled`, because Qt also emits it when they set the state themselves.
    """

    _is_set_by_program = False  # the state is being set by the page or a click, and not by a screen reader

    @override
    def setChecked(self, checked: bool) -> None:
        self._is_set_by_program = True
        super().setChecked(checked)
        self._is_set_by_program = False

    @override
    def nextCheckState(self) -> None:
        """Go to the next state, at a real click, or when another button of the group is checked."""
        self._is_set_by_program = True
        super().nextCheckState()
        self._is_set_by_program = False

    @override
    def checkStateSet(self) -> None:
        super().checkStateSet()
        if not self._is_set_by_program:
            QTimer.singleShot(0, self, self._click)  # after the screen reader has its answer

    def _click(self) -> None:
        self.clicked[bool].emit(self.isChecked())  # type: ignore[index]  # the stubs know no overloads


class Button(HeardToggle, QPushButton):
    """The push button of every page.

    Args:
        theme: colours and sizes.
        text: what the button does, as a verb.
        role: "" (secondary), "primary", "danger", "priority", "quiet", "nav", "header", "tile" or "key".
        icon_name: a file of resources/icons, tinted like the text.
    """

    def __init__(
        self, theme: Theme, text: str = "", role: str = "", icon_name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon_name = icon_name
        self.setProperty("role", role)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.rescale)
        self.toggled.connect(self.rescale)
        self.rescale()

    @override
    def sizeHint(self) -> QSize:
        """Return a size at least as wide as a target. A `min-width` in the stylesheet could cut words."""
        hint = super().sizeHint()
        return hint.expandedTo(QSize(self._theme.target, hint.height()))

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus; Qt would press a dialog's default one, or none."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.click()
        else:
            super().keyPressEvent(event)

    @override
    def setText(self, text: str) -> None:
        """Set the words. An icon has a gap to them, so it is made again when words come or go."""
        has_other_gap = bool(text) is not bool(self.text())
        super().setText(text)
        if has_other_gap:
            self.rescale()

    def set_icon(self, name: str) -> None:
        self._icon_name = name
        self.rescale()

    def rescale(self) -> None:
        if not self._icon_name:
            self.setIcon(QIcon())
            return
        size = round(self._theme.text("body") * 1.25)
        role = str(self.property("role"))
        ink = _INKS.get(role, "ink")
        colour = self._theme.color(_CHECKED_INKS.get(role, ink) if self.isChecked() else ink)
        disabled = self._theme.color("disabled-ink")
        apart = size // 3 if self.text() else 0
        self.setIcon(icon(self._icon_name, colour, size, disabled=disabled, apart=apart))
        self.setIconSize(QSize(size + apart, size))
