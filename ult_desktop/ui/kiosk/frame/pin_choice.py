"""The choice of a PIN at a kiosk without one.

The person who starts it chooses the PIN before the first visitor.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QScreen
from typing_extensions import override

from ult_desktop.base import UserError, _
from ult_desktop.base.config import is_easily_guessed
from ult_desktop.ui.kiosk.frame.pin_page import PinPad
from ult_desktop.ui.kit import Theme, widgets
from ult_desktop.ui.kit.screen_ruler import cover_screen

SHORTEST, LONGEST = 4, 8


class PinChoice(PinPad):
    """The pad that asks for a new PIN twice; a typing slip would lock everybody in.

    Signals:
        chosen: the PIN.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._first = ""
        self.go_on = widgets.Button(theme, _("Lanjut"), "primary", "check")
        self.go_on.clicked.connect(self._go_on)
        self._grid.addWidget(self.go_on, 4, 0, 1, 3)
        theme.apply(self)
        self._begin("")

    def fill_screen(self, screen: QScreen | None = None) -> None:
        cover_screen(self, self._theme, screen)

    def refuse(self, error: UserError) -> None:
        """Show why the PIN could not be kept, and ask again: no visitor is let in before it is kept."""
        self._begin(str(error))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go_on()
        else:
            super().keyPressEvent(event)

    @override
    def _type(self, digit: str) -> None:
        if len(self._typed) < LONGEST:
            super()._type(digit)

    @override
    def _length(self) -> int:
        return max(SHORTEST, len(self._typed))

    def _begin(self, words: str) -> None:
        self._first = ""
        self.ask(_("PIN keluar: 4–8 angka"), words)

    def _go_on(self) -> None:
        if len(self._typed) < SHORTEST:
            self._show(_("Pilih 4 sampai 8 angka."))
        elif is_easily_guessed(self._typed):
            self._begin(_("PIN ini mudah ditebak. Pilih PIN lain."))
        elif not self._first:
            self._first = self._typed
            self.ask(_("Ketik PIN itu sekali lagi"))
        elif self._typed != self._first:
            self._begin(_("Tidak sama. Pilih dari awal."))
        else:
            self.chosen.emit(self._typed)
