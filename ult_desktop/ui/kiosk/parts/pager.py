"""Leafing between pages of cards."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.ui.kiosk.parts.targets import TargetRow, square
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.button import Button
from ult_desktop.ui.kit.widgets.label import Label


class Pager(QWidget):
    """Not there when there is only one page.

    Signals:
        turn_requested: -1 or 1.
    """

    turn_requested = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.before = self._button(theme, "chevron-left", -1)
        self.after = self._button(theme, "chevron-right", 1)
        self.place = Label("", "strong", "soft")
        self.place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = TargetRow(theme, self)
        row.addWidget(self.before)
        row.addWidget(self.place)
        row.addWidget(self.after)

    def show_page(self, page: int, pages: int) -> None:
        self.before.setAccessibleName(_("Halaman sebelumnya"))
        self.after.setAccessibleName(_("Halaman berikutnya"))
        self.place.setText(f"{page + 1}/{pages}")
        self.place.setAccessibleName(_("Halaman {page} dari {pages}").format(page=page + 1, pages=pages))
        self.setVisible(pages > 1)

    def _button(self, theme: Theme, icon: str, step: int) -> Button:
        button = square(theme, icon=icon)
        button.clicked.connect(lambda: self.turn_requested.emit(step))
        return button
