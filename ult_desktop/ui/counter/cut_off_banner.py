"""Says that the shared file is gone, and what the officer still sees."""

from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.formats import format_time
from ult_desktop.i18n import _
from ult_desktop.ui.layouts import Row
from ult_desktop.ui.theme import Theme
from ult_desktop.ui.widgets.clock import Now
from ult_desktop.ui.widgets.icon_tile import IconTile
from ult_desktop.ui.widgets.label import Label


class CutOffBanner(QFrame):
    """Shown while cut off; hidden otherwise."""

    def __init__(self, theme: Theme, now: Now, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.setProperty("kind", "banner")
        self.setProperty("tone", "danger")
        self.words = Label("", wrap=True)
        row = Row(theme, self, gap=12, margins=(16, 8, 16, 8))
        row.addWidget(IconTile(theme, "cloud-off", "orange", 36))
        row.addWidget(self.words, 1)
        self.hide()

    def show_cut_off(self, *, cut_off: bool) -> None:
        """The time of the cut is told once; it stays while the cut lasts."""
        if cut_off and self.isHidden():
            words = _(
                "Terputus dari berkas bersama. Yang terlihat adalah keadaan pukul {time}; nomor yang "
                "sudah diambil tetap berlaku. Tindakan terbuka lagi begitu tersambung."
            )
            self.words.setText(words.format(time=format_time(self._now())))
        self.setVisible(cut_off)
