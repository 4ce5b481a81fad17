"""Choosing a service for a visitor without a ticket."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ult_desktop.base.i18n import _, language
from ult_desktop.core.queue.boards import Service
from ult_desktop.ui.kit.dialogs import Box
from ult_desktop.ui.kit.theme import Theme

_MOST_ROWS, _EDGES = 8, 12


class ServiceBox(Box):
    """A list of services; a letter jumps to its service, Enter takes it."""

    def __init__(
        self, parent: QWidget, theme: Theme, services: Sequence[Service], chosen: Callable[[int], object]
    ) -> None:
        super().__init__(parent, theme, _("Layanan untuk pengunjung tanpa karcis"), ("user-plus", "blue"))
        self.say(_("Nomor dibuat dan langsung dilayani di loket ini."))
        self.list = QListWidget()
        self.list.setProperty("may_elide", True)
        self.list.setAccessibleName(_("Layanan"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        for service in services:
            item = QListWidgetItem(f"{service.prefix}   {service.name.within(language())}")
            item.setData(Qt.ItemDataRole.UserRole, service.id)
            item.setSizeHint(QSize(0, theme.target))
            item.setToolTip(service.name.within(language()))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        rows = min(_MOST_ROWS, max(2, len(services)))
        self.list.setFixedHeight(rows * theme.target + theme.px(_EDGES))
        self.words.addWidget(self.list)
        self.add_button(_("Batal"), "quiet", lambda: None)
        self.take = self.add_button(
            _("Layani"), "primary", lambda: chosen(self.list.currentItem().data(Qt.ItemDataRole.UserRole))
        )
        self.take.setEnabled(bool(services))
        self.list.itemActivated.connect(self.take.click)
        self.list.setFocus()
