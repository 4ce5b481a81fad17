"""The boards that a station shows: rows of the database, with what the rules of operations add to them."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from msgspec.structs import replace

from ult_desktop.base.late import late
from ult_desktop.core.kiosk_code import TicketNow
from ult_desktop.core.queue.boards import CounterBoard, HallBoard, KioskBoard, LobbyBoard
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.queue.wait_range import wait_until
from ult_desktop.core.stamps import office_day
from ult_desktop.db.office import office
from ult_desktop.db.queue import boards, counters, tickets
from ult_desktop.db.store.clock import ShareClock
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import require_counter, today, undoable_serving

if TYPE_CHECKING:
    from ult_desktop.core.care.declarations import Alert
    from ult_desktop.db import phone_calls
    from ult_desktop.db.care import declarations
    from ult_desktop.db.phone_calls import PhoneBoard
    from ult_desktop.db.queue import counter_board
    from ult_desktop.operations import closings
    from ult_desktop.operations.accountability import judging
else:
    phone_calls = late("ult_desktop.db.phone_calls")
    declarations = late("ult_desktop.db.care.declarations")
    counter_board = late("ult_desktop.db.queue.counter_board")
    closings = late("ult_desktop.operations.closings")
    judging = late("ult_desktop.operations.accountability.judging")

T = TypeVar("T")


def board_of_counter(tx: Transaction, number: int, now: int) -> CounterBoard:
    """Return the board of a counter at `now` (UTC ms). Raises UserError when there is no such counter.

    What is open when the visitor who is served leaves (`leaving`) gets the deviations that an end now writes.
    """
    serving = undoable_serving(tx, today(tx, now), require_counter(tx, number))
    undoable = None if serving is None else tickets.get(tx, serving.ticket_id)
    end = closings.end_of_today(tx, now)
    board = counter_board.counter_board(tx, number, now, undoable, end)
    if board.leaving is None or board.mine.current is None:
        return board
    return replace(board, leaving=judging.with_lacks(tx, board.mine.current, board.leaving, now))


def board_of_phone(
    tx: Transaction, now: int, officer_id: int, officer: str, chosen: int | None = None
) -> "PhoneBoard":
    """Return the page Telepon for an officer; `chosen` is the call chosen in its list. `now` is UTC ms.

    Of a call whose caller was told the answer, `lacks` are the deviations that closing it now writes.
    """
    board = phone_calls.phone_board(tx, now, officer_id, officer, chosen)
    if board.mine is None or board.mine.told_at is None:
        return board
    lacks = judging.lacks_of_call(tx, board.mine.visit_id, now)
    return replace(board, lacks=judging.describe_lacks(tx, lacks))


def hall_board(tx: Transaction, now: int) -> HallBoard:
    """Return the queue at `now` (UTC ms) for a viewer who is at no counter."""
    return counter_board.hall_board(tx, now, closings.end_of_today(tx, now))


def ticket_now(tx: Transaction, ticket: Ticket, now: int) -> TicketNow:
    """Return a ticket with what its visitor is shown at `now` (UTC ms)."""
    counter = None if ticket.counter is None else counters.find(tx, ticket.counter)
    without_wait = TicketNow(
        ticket=ticket,
        counter_name="" if counter is None else counter.name,
        alert=declarations.alert_of_ticket(tx, ticket.id) if ticket.priority else None,
    )
    settings = office.load(tx).settings
    zone = settings.office.zone
    if ticket.state is not TicketState.WAITING or ticket.day != office_day(now, zone):
        return without_wait
    standing = boards.read_standing(tx, settings, now, ticket.id)
    wait = wait_until(None if standing.expected is None else standing.expected.shown, now, zone)
    return replace(without_wait, ahead=standing.ahead, callable_now=standing.callable_now, wait=wait)


class BoardReader(ABC):
    """The reader of an open office's boards, each read in one snapshot."""

    clock: ShareClock

    @abstractmethod
    def read(self, query: Callable[[Transaction], T]) -> T:
        """Answer a query from one snapshot."""

    def kiosk_board(self) -> KioskBoard:
        return self.read(lambda tx: boards.kiosk_board(tx, self.clock()))

    def alert(self, alert_id: int) -> "Alert":
        """Return an existing call for care."""
        return self.read(lambda tx: declarations.get_alert(tx, alert_id))

    def ticket_now(self, code: str) -> TicketNow | None:
        """Return the ticket with the code on its QR; None if the office does not know it (yet)."""

        def find(tx: Transaction) -> TicketNow | None:
            ticket = tickets.by_code(tx, code)
            return None if ticket is None else ticket_now(tx, ticket, self.clock())

        return self.read(find)

    def lobby_board(self) -> LobbyBoard:
        return self.read(lambda tx: boards.lobby_board(tx, self.clock()))

    def counter_board(self, number: int) -> CounterBoard:
        """Return the board of a counter. Raises UserError when there is no such counter."""
        return self.read(lambda tx: board_of_counter(tx, number, self.clock()))

    def hall_board(self) -> HallBoard:
        return self.read(lambda tx: hall_board(tx, self.clock()))
