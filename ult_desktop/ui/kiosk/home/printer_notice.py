"""Says before a number is offered that no paper will come out."""

from PySide6.QtWidgets import QFrame

from ult_desktop.base.i18n import _
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class PrinterNotice(QFrame):
    """One honest line; gone as soon as the printer can print."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("kind", "banner")
        self.label = Label("", "body", wrap=True)
        row = Row(theme, self, gap=16, margins=(20, 10, 20, 10))
        row.addWidget(IconTile(theme, "printer-x", "amber", 52))
        row.addWidget(self.label, 1)
        self.hide()

    def show_state(self, state: PrinterState | None) -> None:
        """None: the printer has not answered yet, so there is nothing true to say."""
        self.label.setText(_("Karcis tidak dapat dicetak; nomor tetap bisa diambil."))
        self.setVisible(state is not None and not state.can_print)
