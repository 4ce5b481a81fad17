"""A sheet that this PC's printer did not print: whoever sits there reads it, in every state of a printer."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from tests.office import make_office
from ult_desktop.app.counter import counter_window
from ult_desktop.base.config import StationConfig
from ult_desktop.core.sheet import Letterhead, Sheet
from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.ui.kit.theme import Theme
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup
from ult_desktop.ui.print_service import OnResult, OnState, PrintService

pytestmark = pytest.mark.usefixtures("own_home")
SHEET = Sheet(office=Letterhead(("BPMP",)), title="Buku tamu", number="", rows=())


class Desk:
    """A counter's window as the program puts it together, with a printer on the wire."""

    def __init__(self, folder: Path, closing: ExitStack) -> None:
        self.printer = VirtualPrinter()
        closing.callback(self.printer.close)
        config = StationConfig()
        config = replace(config, printer=replace(config.printer, address=self.printer.address))
        setup = StationSetup(make_office(folder), folder / "journal.db", "loket-1", "counter", config.sync)
        self.link = link = OfficeLink(setup)
        closing.callback(link.close)
        self.printing = PrintService(link, self._spool)
        closing.callback(self.printing.close)
        theme = Theme.for_window("counter", 1366, 768)
        self.window = counter_window(link, self.printing, theme, config, setup, closing)
        closing.callback(self.window.close)

    def _spool(self, on_result: OnResult, on_state: OnState) -> Spool:
        return Spool(TicketPrinter(parse_address(self.printer.address)), on_result, on_state)

    @property
    def told(self) -> str:
        return self.window.frame.toast.label.text()


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with ExitStack() as closing:
        found = Desk(tmp_path, closing)
        qtbot.addWidget(found.window)
        yield found


TROUBLES = {
    VirtualPrinter.close: PrinterState.OFFLINE,
    VirtualPrinter.paper_out: PrinterState.PAPER_OUT,
    VirtualPrinter.cover_open: PrinterState.COVER_OPEN,
    VirtualPrinter.hang: PrinterState.NO_ANSWER,
}


@pytest.mark.slow
@pytest.mark.parametrize(("trouble", "state"), TROUBLES.items(), ids=TROUBLES.values())
def test_what_is_not_printed_is_told(
    desk: Desk, qtbot: QtBot, trouble: Callable[[VirtualPrinter], object], state: PrinterState
) -> None:
    trouble(desk.printer)
    desk.printing.print_sheet(SHEET)
    qtbot.waitUntil(lambda: bool(desk.told), timeout=20_000)
    assert desk.told == (
        f"Lembar tidak tercetak. {state.word} Cetak sekali lagi sesudahnya, atau simpan sebagai PDF."
    )


def test_what_came_out_needs_no_words(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.printing.sheet_settled):
        desk.printing.print_sheet(SHEET)
    assert [paper.text.count("Buku tamu") for paper in desk.printer.papers] == [1]
    assert desk.told == ""
