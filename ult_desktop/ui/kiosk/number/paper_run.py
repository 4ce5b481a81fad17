"""The paper of the number on the screen: what the visitor is told about it, and when at the latest."""

from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base.i18n import _
from ult_desktop.core.office.template import OfficeIdentity
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.devices.printer.talk import PrintOutcome
from ult_desktop.ui.kiosk.number.paper_panel import PaperNews, PaperStep
from ult_desktop.ui.print_service import PrintService, TicketPrintReport
from ult_desktop.ui.ticket_paper import queue_line, ticket_paper


class TicketPrinting(QObject):
    """One ticket at a time: the one that the visitor looks at.

    Signals:
        news: `PaperNews` about it.
    """

    news = Signal(object)

    def __init__(self, desk: PrintService, patience_ms: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._ticket_id: int | None = None
        self._code = ""
        self._late = QTimer(self, singleShot=True, interval=patience_ms)
        self._late.timeout.connect(lambda: self._without(PrinterState.NO_ANSWER))
        desk.settled.connect(self._on_settled)

    def start(self, issued: IssuedTicket, office: OfficeIdentity) -> PaperNews:
        """Send the ticket to the printer if there is one; the first news."""
        paper = ticket_paper(issued.ticket, office, ahead=queue_line(issued))
        self._ticket_id, self._code = issued.ticket.id, paper.qr
        self._late.stop()
        if not self._desk.has_printer:
            return self._trouble(PrinterState.NONE)
        self._desk.print_ticket(issued.ticket, paper)
        state = self._desk.state
        if state is not None and not state.can_print:
            return self._trouble(state)
        self._late.start()
        return PaperNews(PaperStep.PRINTING)

    def leave(self) -> None:
        """The visitor left; the paper may still come, but nobody is told."""
        self._ticket_id = None
        self._late.stop()

    def _on_settled(self, settled: TicketPrintReport) -> None:
        if settled.ticket_id != self._ticket_id:
            return
        self._late.stop()
        if settled.result.outcome is PrintOutcome.FAILED:
            self._without(settled.result.state)
        else:
            self.news.emit(PaperNews(PaperStep.TAKE))

    def _without(self, state: PrinterState) -> None:
        self.news.emit(self._trouble(state))

    def _trouble(self, state: PrinterState) -> PaperNews:
        words = state.for_visitor or _("Karcis tidak tercetak. Nomor Anda tetap berlaku.")
        return PaperNews(PaperStep.NONE, words, self._code)
