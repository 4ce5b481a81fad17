"""A virtual printer on the wire, and the program's own way to it."""

from ult_desktop.devices.printer.address import parse_address
from ult_desktop.devices.printer.printer import TicketPrinter
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.print_service import OnResult, OnState, PrintService

_SOON = 0.1  # seconds between two looks at the printer


class Printing:
    """A printer, and the program's way to it."""

    def __init__(self, link: OfficeLink) -> None:
        self.printer = VirtualPrinter()
        self.desk = PrintService(link, self._spool)

    def _spool(self, on_result: OnResult, on_state: OnState) -> Spool:
        return Spool(TicketPrinter(parse_address(self.printer.address)), on_result, on_state, _SOON)

    @property
    def papers(self) -> list[str]:
        """Return the words on the papers that came out."""
        return [paper.text for paper in self.printer.papers]

    def close(self) -> None:
        self.desk.close()
        self.printer.close()
