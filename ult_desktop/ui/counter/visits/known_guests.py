"""Who was here before under that name or telephone number: one press fills the form."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.visits.guest_book import Returning
from ult_desktop.ui.kit.layouts import Column
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label

MAX_SHOWN = 3
_LONGEST = 60  # letters of a line; the rest of an institution's name is not needed to know somebody again


class KnownGuests(QWidget):
    """At most three lines; hidden while there is none.

    Signals:
        chosen: take over this guest's data (a Returning).
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._found: tuple[Returning, ...] = ()
        column = Column(theme, self, gap=4)
        column.addWidget(Label(_("Pernah datang; tekan untuk memakai datanya"), "small", "soft", wrap=True))
        self.buttons = [Button(theme, "", "choice", "history") for _n in range(MAX_SHOWN)]
        for number, button in enumerate(self.buttons):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, n=number: self.chosen.emit(self._found[n]))
            column.addWidget(button)
        self.hide()

    def show_guests(self, found: Sequence[Returning]) -> None:
        self._found = tuple(found[:MAX_SHOWN])
        for number, button in enumerate(self.buttons):
            button.setVisible(number < len(self._found))
            if number < len(self._found):
                button.setText(_line(self._found[number]).replace("&", "&&"))
        self.setVisible(bool(self._found))


def _line(guest: Returning) -> str:
    words = " · ".join(part for part in (guest.name, guest.institution, guest.phone) if part)
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
