"""The list of calls before the first one of the day."""

from PySide6.QtCore import Qt

from ult_desktop.i18n import _
from ult_desktop.ui.display.fit_text import CENTRE, FitText
from ult_desktop.ui.display.ground import Ground
from ult_desktop.ui.display.mark import Mark
from ult_desktop.ui.layouts import Column
from ult_desktop.ui.theme import Theme


class EmptyCalls(Ground):
    """Says that nothing is wrong: nobody has been called yet."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "surface-alt")
        self.words = FitText(theme, "strong", 600, rows=2).aligned(CENTRE)
        self.hint = FitText(theme, 32, 500, "ink-soft", rows=3).aligned(CENTRE)
        column = Column(theme, self, 24, (48, 48, 48, 48))
        column.addStretch(1)
        column.addWidget(Mark(theme, "armchair", "call-accent", 120), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.words)
        column.addWidget(self.hint)
        column.addStretch(1)

    def retranslate(self) -> None:
        self.words.set_text(_("Belum ada nomor yang dipanggil"))
        self.hint.set_text(_("Silakan duduk. Nomor yang dipanggil tampil di sini dan diumumkan."))
