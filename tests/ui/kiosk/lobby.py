"""The kiosk's window on a real office file, a second station that looks on, and a printer on the wire."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.engines import as_station
from tests.office import open_office
from tests.ui.kiosk.stand import CALM
from tests.ui.ports import free_port
from ult_desktop.base.config import StationConfig, SyncConfig
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.devices.lan_hint import LOOPBACK
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.ui.kiosk.window import KioskWindow
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup
from ult_desktop.ui.print_service import OnResult, OnState, PrintService

SOON = 0.1  # seconds between two looks at the printer


class KioskLobby:
    """The kiosk's window, a second station that looks on, and the printer."""

    def __init__(self, qtbot: QtBot, path: Path, printer: VirtualPrinter) -> None:
        self._qtbot, self.printer = qtbot, printer
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address=LOOPBACK)
        place = StationSetup(
            as_station(path, "kiosk"), path.parent / "journal-kiosk.db", "KIOS-1", "kiosk", sync
        )
        self.link = OfficeLink(place)
        self.desk = PrintService(self.link, self._spool)
        theme = Theme.for_window("kiosk", 1080, 1920)
        self.window = KioskWindow(self.link, self.desk, theme, StationConfig(), self.link.now, CALM)
        self.other = open_office(path)

    def wait(self, fact: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(fact)

    def wait_for_home(self) -> None:
        self.wait(lambda: self.window.shell.page is self.window.shell.home)

    def take(self, place: int) -> str:
        """Touch a card; the label on the screen."""
        self.wait_for_home()
        QTest.mouseClick(self.window.shell.home.grid.cards[place], Qt.MouseButton.LeftButton)
        self.wait(lambda: self.window.shell.page is self.window.shell.taken)
        return self.window.shell.taken.slip.number.text()

    def ticket(self, label: str) -> Ticket:
        found = self.other.find_ticket(label)
        assert found is not None
        return found

    def close(self) -> None:
        self.window.close()
        self.desk.close()
        self.link.close()
        self.other.close()

    def _spool(self, on_result: OnResult, on_state: OnState) -> Spool:
        printer = TicketPrinter(parse_address(self.printer.address))
        return Spool(printer, on_result, on_state, SOON)
