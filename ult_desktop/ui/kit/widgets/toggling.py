"""Checkable buttons that a screen reader can use."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from typing_extensions import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton

    _Button = QAbstractButton
else:
    _Button = object


class HeardToggle(_Button):
    """A mixin that turns a screen reader's “toggle” into the `clicked` that pages listen for.

    A class names the mixin before the Qt button among its bases.

    NVDA, Narrator and Orca toggle a checkable button, and Qt then emits only `toggled`. Pages cannot listen
    for `toggled`, because Qt also emits it when they set the state themselves.
    """

    _by_program = False  # the state is being set by the page or a click, and not by a screen reader

    @override
    def setChecked(self, checked: bool) -> None:
        self._by_program = True
        super().setChecked(checked)
        self._by_program = False

    @override
    def nextCheckState(self) -> None:
        """Go to the next state, at a real click, or when another button of the group is checked."""
        self._by_program = True
        super().nextCheckState()
        self._by_program = False

    @override
    def checkStateSet(self) -> None:
        super().checkStateSet()
        if not self._by_program:
            QTimer.singleShot(0, self, self._click)  # after the screen reader has its answer

    def _click(self) -> None:
        self.clicked[bool].emit(self.isChecked())  # type: ignore[index]  # the stubs know no overloads
