"""After closing: whoever was served today can still say how it was, on their own phone."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ult_desktop.base import _
from ult_desktop.ui.display import fit_text
from ult_desktop.ui.kit import Column, Theme
from ult_desktop.ui.kit.widgets.qr_view import QrView


class SurveyPanel(QWidget):
    """The address of the office's form as a code to be scanned from a seat, with what it is for."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._address = ""
        self.title = fit_text.FitText(theme, "hero", 800, rows=2).aligned(fit_text.CENTRE)
        self.hint = fit_text.FitText(theme, "strong", 500, "ink-soft", rows=2).aligned(fit_text.CENTRE)
        self.code = QrView(theme, size=460)
        column = Column(theme, self, 20, (24, 24, 24, 24))
        column.addStretch(1)
        column.addWidget(self.title)
        column.addWidget(self.code, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.hint)
        column.addStretch(1)

    def show_address(self, address: str) -> None:
        """`address` is of the form outside; an empty one draws no code."""
        self.title.set_text(_("Bagaimana layanan kami hari ini?"))
        self.hint.set_text(_("Pindai dengan HP untuk mengisi survei."))
        self.code.setAccessibleName(_("Kode QR survei"))
        if address != self._address:
            self._address = address
            self.code.show_content(address)
