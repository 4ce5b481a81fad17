"""Says to an officer who waits for the keys why personal data is sealed, and what opens it."""

from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class KeysBar(QWidget):
    """Over every page as long as he waits; hidden otherwise."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        words = _(
            "Data pribadi masih tersegel bagi Anda; pekerjaan lain berjalan biasa. Data terbuka begitu "
            "seorang petugas yang memegang kunci masuk sekali."
        )
        banner = QFrame()
        banner.setProperty("kind", "banner")
        banner.setProperty("tone", "info")
        Column(theme, self, margins=(24, 12, 24, 0)).addWidget(banner)
        row = Row(theme, banner, gap=12, margins=(12, 6, 6, 6))
        row.addWidget(IconTile(theme, "lock", "blue", 36))
        row.addWidget(Label(words, wrap=True), 1)
        self.hide()
