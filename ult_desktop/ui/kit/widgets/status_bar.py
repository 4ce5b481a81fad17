"""One line at the foot: connection, printer, clock."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ult_desktop.core.connection import Connection
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.clock import Clock, Now
from ult_desktop.ui.kit.widgets.connection_badge import connection_look
from ult_desktop.ui.kit.widgets.pill import Pill


class StatusBar(QFrame):
    """Tells what works. Each state has its words and icon, not only its colour."""

    def __init__(self, theme: Theme, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.link = Pill(theme)
        self.printer = Pill(theme)
        self.note = Pill(theme)
        self.clock = Clock(theme, now, "small", date=None, tone="")
        row = Row(theme, self, gap=8, margins=(16, 6, 16, 6))
        for pill in (self.link, self.printer, self.note):
            row.addWidget(pill)
        row.addStretch()
        row.addWidget(self.clock)
        self.show_link(Connection.ONLINE)
        self.show_printer("")
        self.show_note("")

    def show_link(self, link: Connection) -> None:
        self.link.show_status(*connection_look(link))

    def show_printer(self, text: str, *, ready: bool = True) -> None:
        """Empty `text` hides it, for a station without a printer."""
        tone, name = ("ok", "printer") if ready else ("danger", "printer-x")
        self.printer.show_status(text, tone, name)

    def show_note(self, text: str, tone: str = "warn") -> None:
        self.note.show_status(text, tone, "info")
