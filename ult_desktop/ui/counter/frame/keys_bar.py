"""The bar of an officer who waits for the keys: why data is sealed, what opens it."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFrame, QWidget

from ult_desktop.base.i18n import _
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.pages.page_host import PageHost
from ult_desktop.ui.counter.pages.panel import Fetching
from ult_desktop.ui.kit.layouts import Column, Row
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.kit.widgets.icon_tile import IconTile
from ult_desktop.ui.kit.widgets.label import Label


class KeysBar(QWidget):
    """Over every page as long as the officer waits; hidden otherwise."""

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


class KeysWatch(QObject):
    """Looks at every change of the office; lives with the bar."""

    def __init__(self, host: PageHost, bar: KeysBar) -> None:
        super().__init__(bar)
        self._host, self._bar = host, bar
        self._fetching = Fetching(host)
        host.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(waits_for_keys, self._show)

    def _show(self, waits: bool) -> None:
        was_waiting = not self._bar.isHidden()
        self._bar.setVisible(waits)
        if was_waiting and not waits:
            self._host.changed.emit()  # what was read sealed is read again


def waits_for_keys(office: Office) -> bool:
    """Looks into the file only for one who waited until now."""
    if office.keys.pending:
        office.keys.look()
    return office.keys.pending
