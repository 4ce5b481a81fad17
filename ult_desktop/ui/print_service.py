"""The tickets of a window on their way to the printer: printed, reported, and tried again when it is back."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from ult_desktop.base import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands, ticket as queue_ticket
from ult_desktop.core.sheet import Sheet
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.devices.printer import paper as printer_paper, status, talk
from ult_desktop.devices.printer.spool import Spool
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import StationLink

log = logging.getLogger(__name__)
OnResult = Callable[[str, talk.PrintResult], None]
OnState = Callable[[status.PrinterState], None]
SpoolMaker = Callable[[OnResult, OnState], Spool]

_PAPER_STATES = {
    talk.PrintOutcome.PRINTED: queue_ticket.PaperState.PRINTED,
    talk.PrintOutcome.UNCONFIRMED: queue_ticket.PaperState.UNCONFIRMED,
    talk.PrintOutcome.FAILED: queue_ticket.PaperState.FAILED,
}


@dataclass(frozen=True)
class TicketPrintReport:
    """The result of printing one ticket."""

    ticket_id: int
    result: talk.PrintResult


class PrintService(QObject):
    """The service between a window and the printing thread; nobody waits here.

    Signals:
        settled: a `TicketPrintReport` for each ticket that was printed or not.
        sheet_settled: the `PrintResult` of a sheet; a sheet is not tried again.
        state_changed: the `PrinterState` is another one now.
    """

    settled = Signal(object)
    sheet_settled = Signal(object)
    state_changed = Signal(object)
    _result_came = Signal(str, object)
    _state_came = Signal(object)

    def __init__(self, link: StationLink, spool_for: SpoolMaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._link = link
        # All by the ticket's id.
        self._papers: dict[int, tuple[str, printer_paper.TicketPaper]] = {}  # not printed yet, with the code
        self._failed: set[int] = set()
        self._reprints: set[int] = set()
        self._unreported: dict[int, queue_ticket.PaperState] = {}
        self._is_closed = False
        self.state: status.PrinterState | None = None
        # The spool calls back on its own thread; these carry the news over to this one.
        self._result_came.connect(self._on_result, Qt.ConnectionType.QueuedConnection)
        self._state_came.connect(self._on_state, Qt.ConnectionType.QueuedConnection)
        link.changed.connect(self._report_again)  # sent when the share is back, too
        self._spool = spool_for(self._result_came.emit, self._state_came.emit)

    @property
    def has_printer(self) -> bool:
        """Return False once it is known that this station has no printer."""
        return self.state is not status.PrinterState.NONE

    def print_ticket(self, ticket: queue_ticket.Ticket, paper: printer_paper.TicketPaper) -> None:
        self._papers[ticket.id] = ticket.code, paper
        if paper.reprint:
            self._reprints.add(ticket.id)
        self._spool.submit(str(ticket.id), paper)

    def print_sheet(self, sheet: Sheet | printer_paper.TicketPaper) -> None:
        """Print a receipt, a slip, a registration or a trial ticket, once, and report the result."""
        self._spool.submit("", sheet)

    def close(self) -> None:
        """End the printing thread.

        This takes as long as a print under way, whose result is not reported any more.
        """
        self._is_closed = True
        self._spool.close()

    def _on_result(self, name: str, result: talk.PrintResult) -> None:
        if self._is_closed:  # sent before the end, delivered after it
            return
        if not name:
            self.sheet_settled.emit(result)
            return
        ticket_id = int(name)
        if result.outcome is talk.PrintOutcome.FAILED:
            self._failed.add(ticket_id)
        else:  # also for a ticket that failed before and was printed again by hand
            self._papers.pop(ticket_id, None)
            self._failed.discard(ticket_id)
        paper = _PAPER_STATES[result.outcome]
        if ticket_id in self._reprints and result.outcome is talk.PrintOutcome.PRINTED:
            self._reprints.discard(ticket_id)
            paper = queue_ticket.PaperState.REPRINTED
        self._report(ticket_id, paper)
        self.settled.emit(TicketPrintReport(ticket_id, result))

    def _report(self, ticket_id: int, paper: queue_ticket.PaperState) -> None:
        keep = partial(self._report_later, ticket_id, paper)
        self._link.perform(commands.ReportPaper(ticket_id=ticket_id, paper=paper), None, keep)

    def _report_later(self, ticket_id: int, paper: queue_ticket.PaperState, error: UserError) -> None:
        """Keep a report for later: the share was gone when the printer had done its work."""
        if isinstance(error, ShareUnreachable) or self._link.connection is not Connection.ONLINE:
            self._unreported[ticket_id] = paper
        else:
            log.warning("ticket %s: %s", ticket_id, error)

    def _report_again(self) -> None:
        unreported, self._unreported = self._unreported, {}
        for ticket_id, paper in unreported.items():
            self._report(ticket_id, paper)

    def _on_state(self, state: status.PrinterState) -> None:
        if self._is_closed:
            return
        self.state = state
        self.state_changed.emit(state)
        if not state.can_print:
            return
        for ticket_id in sorted(self._failed):
            code = self._papers[ticket_id][0]
            # The office is asked again: minutes may have gone by, and the visitor may have been called
            # without paper.
            self._link.read(partial(_look_up, code), partial(self._try_again, ticket_id))

    def _try_again(self, ticket_id: int, ticket: queue_ticket.Ticket | None) -> None:
        """Print a failed ticket again, if its visitor still waits.

        A late ticket would only confuse a visitor who has been called.
        """
        code_and_paper = self._papers.get(ticket_id)
        if code_and_paper is None or ticket_id not in self._failed:
            return
        self._failed.discard(ticket_id)
        if ticket is None or ticket.state is not queue_ticket.TicketState.WAITING:
            del self._papers[ticket_id]
            return
        self._spool.submit(str(ticket_id), code_and_paper[1])


def _look_up(code: str, office: Office) -> queue_ticket.Ticket | None:
    return office.find_ticket(code)
