"""Keeps the bar of an officer who waits for the keys, and notices when he is given them."""

from PySide6.QtCore import QObject

from ult_desktop.operations.office.office import Office
from ult_desktop.ui.counter.frame.keys_bar import KeysBar
from ult_desktop.ui.counter.pages.fetching import Fetching
from ult_desktop.ui.counter.pages.page_host import PageHost


class KeysWatch(QObject):
    """Looks at every change of the office; lives with the bar."""

    def __init__(self, desk: PageHost, bar: KeysBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self._fetching = Fetching(desk)
        desk.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        self._fetching.fetch(waits_for_keys, self._show)

    def _show(self, waits: bool) -> None:
        was_waiting = not self._bar.isHidden()
        self._bar.setVisible(waits)
        if was_waiting and not waits:
            self._desk.changed.emit()  # what was read sealed is read again


def waits_for_keys(office: Office) -> bool:
    """Looks into the file only for one who waited until now."""
    if office.keys.pending:
        office.keys.look()
    return office.keys.pending
