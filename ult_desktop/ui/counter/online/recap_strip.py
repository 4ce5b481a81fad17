"""The year in four numbers, as the office's public page tells them."""

from PySide6.QtWidgets import QWidget

from ult_desktop.base.i18n import _
from ult_desktop.core.online.online_request import Recap
from ult_desktop.ui.kit.layouts import Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.label import Label
from ult_desktop.ui.kit.widgets.pill import Pill


class RecapStrip(QWidget):
    """Pengajuan, dalam proses, ditutup, total (docs/domain.md, "Public recap")."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.year = Label("", "small", "soft")
        self.pills = tuple(Pill(theme, "", tone) for tone in ("accent", "primary", "ok"))
        self.total = Label("", "small", "soft")
        row = Row(theme, self, gap=8)
        row.addWidget(self.year)
        for pill in self.pills:
            row.addWidget(pill)
        row.addWidget(self.total)
        row.addStretch()

    def show_recap(self, recap: Recap) -> None:
        self.year.setText(_("Tahun {year}").format(year=recap.year))
        words = (
            _("Pengajuan {n}").format(n=recap.new),
            _("Dalam proses {n}").format(n=recap.in_progress),
            _("Ditutup {n}").format(n=recap.closed),
        )
        for pill, text in zip(self.pills, words, strict=True):
            pill.show_status(text, pill.tone())
        self.total.setText(_("Total {n}").format(n=recap.total))
