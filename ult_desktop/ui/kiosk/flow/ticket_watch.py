"""The watch over the number of the visitor who is at the kiosk."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from ult_desktop.core.kiosk_code import TicketNow
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import StationLink

_SUMMONED = (TicketState.CALLED, TicketState.NO_SHOW)


class TicketWatch(QObject):
    """The watch, which reads the number of this visit after each change of the office.

    Args:
        link: the office.
        code: returns the code of the present visit's number, "" while there is none.

    Signals:
        news: the `TicketNow`.
        summoned: the `TicketNow` of a number that is called, once for each call.
    """

    news = Signal(object)
    summoned = Signal(object)

    def __init__(self, link: StationLink, code: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._link, self._code = link, code
        self._told: tuple[str, TicketState, int] | None = None

    def look(self) -> None:
        """Read how the number of this visit stands; an answer for who has left is for nobody."""
        code = self._code()
        if code:
            self._link.read(partial(_ticket_now, code), self._on_ticket)

    def tell(self, ticket: Ticket) -> None:
        """Take a call as told: it stands on the page that the visitor is shown."""
        self._told = _mark(ticket)

    def _on_ticket(self, now: TicketNow | None) -> None:
        # A number that a kiosk gave alone is not in the office yet.
        if now is None or now.ticket.code != self._code():
            return
        told, self._told = self._told, _mark(now.ticket)
        self.news.emit(now)
        if now.ticket.state in _SUMMONED and told != self._told:
            self.summoned.emit(now)


def _mark(ticket: Ticket) -> tuple[str, TicketState, int]:
    return ticket.code, ticket.state, ticket.calls


def _ticket_now(code: str, office: Office) -> TicketNow | None:
    return office.ticket_now(code)
