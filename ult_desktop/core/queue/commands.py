"""The commands of the queue: numbers, calls, counters, the end of the day."""

from typing import Self

from typing_extensions import override

from ult_desktop.core.command import Command
from ult_desktop.core.personal import PriorityReasonText
from ult_desktop.core.queue import boards, ticket
from ult_desktop.core.visits.visit import Visit


class IssueTicket(Command[boards.IssuedTicket], frozen=True, kw_only=True):
    """Give a visitor a number: a kiosk only in the office's and the service's hours, a desk at any time.

    `visit_id` is the visit of a visitor who was welcomed at the entrance before.
    """

    service_id: int
    priority: PriorityReasonText | None = None
    help: tuple[ticket.Help, ...] = ()
    at_kiosk: bool = False
    wants_paper: bool = False
    visit_id: int | None = None

    @override
    def checked(self) -> Self:
        ticket.require_known_reasons(() if self.priority is None else (self.priority,))
        return self


class WalkIn(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Serve somebody who has no ticket: number, call and arrival in one."""

    counter: int
    service_id: int


class CallNext(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Call the visitor who is next at this counter."""

    counter: int


class CallTicket(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Call a certain waiting ticket, out of order. `by_mouth`: devices failed, nothing is announced."""

    counter: int
    ticket_id: int
    by_mouth: bool = False


class Recall(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Call the same visitor again; up to the office's number of calls."""

    counter: int
    by_mouth: bool = False


class Arrive(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Record that the visitor is at the counter: serving begins (Mulai)."""

    counter: int


class NoteMismatch(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Note that the visitor who came to a call holds another number (POS Sumut tatap muka 6).

    `shown` is the number that they hold, or the code of its paper. The number that was called waits again,
    first in line. The answer is the ticket that they hold.
    """

    counter: int
    shown: str


class Finish(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Finish serving (Selesai). `outcome`, from the office's list, is what became of it without a case.

    `leaves`: the visitor goes home, and the visit ends too unless an open case, card or escort keeps it.
    `reason` explains the deviations that the end writes.
    """

    counter: int
    outcome: str = ""
    leaves: bool = False
    reason: str = ""


class NoShow(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Record that the called visitor did not come (Tidak hadir)."""

    counter: int


class Hold(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Put a ticket on hold (Tunda): one that waits, is called, or is served at the officer's own counter.

    `away`: a visitor who is served goes to fetch something; the clocks that need the visitor stop until they
    are served again.
    """

    ticket_id: int
    reason: str = ""
    away: bool = False


class Resume(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Put a held or withdrawn ticket back (Lanjutkan) into its old place, or first if it was being served."""

    ticket_id: int


class ComeBack(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Put a visitor who missed the call and is back behind the next few in the queue."""

    ticket_id: int


class Transfer(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Send the visitor on (Alihkan): exactly one of a service, a counter, an officer, or back to the sender.

    A visitor who is sent to an officer is called at the counter where that officer then sits.
    """

    counter: int
    to_service: int | None = None
    to_counter: int | None = None
    to_officer: int | None = None
    back: bool = False
    remark: str = ""


class Cancel(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Withdraw a ticket (Batalkan)."""

    ticket_id: int
    reason: str = ""


class Undo(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Take back the end of a serving at this counter (Urungkan): Selesai, Tidak hadir, Tunda or Alihkan.

    Without `ticket_id` it is the serving that ended last, of those after which nothing was done with the
    visitor. While the officer has another visitor, the one taken back waits again and is the counter's next.
    """

    counter: int
    ticket_id: int | None = None


class ReportPaper(Command[ticket.Ticket], frozen=True, kw_only=True):
    """Report the state of a ticket's paper."""

    ticket_id: int
    paper: ticket.PaperState


class StaffCounter(Command[boards.CounterStatus], frozen=True, kw_only=True):
    """Take this counter as the signed-in officer; it opens."""

    counter: int


class LeaveCounter(Command[boards.CounterStatus], frozen=True, kw_only=True):
    """Leave a counter, which closes. Refused while a visitor is called or served there."""

    counter: int


class SetCounter(Command[boards.CounterStatus], frozen=True, kw_only=True):
    """Open or pause a counter; a pause has a reason."""

    counter: int
    state: boards.CounterState
    reason: str = ""


class PauseKiosks(Command[int], frozen=True, kw_only=True):
    """Stop or go on giving numbers at all kiosks; `reason` "" goes on. The answer is always 1."""

    reason: str = ""


class CloseDay(Command[int], frozen=True, kw_only=True):
    """Close the day: every number that is open is closed with this reason; `TakeBackDay` undoes it.

    Before the office's closing time it needs `Permission.CLOSE_DAY_EARLY`. The answer is how many were open.
    """

    reason: str


class TakeBackDay(Command[int], frozen=True, kw_only=True):
    """Undo the last closing of today's numbers, an officer's or that of a wrong clock that began another day.

    Every number gets its former state again; the answer is how many. Numbers of the wrong day have the same
    labels as papers of today. If some are still open, `cancel_newer` cancels them; without it the command is
    refused.
    """

    cancel_newer: bool = False


class TakeSeat(Command[Visit], frozen=True, kw_only=True):
    """Lead a vulnerable visitor who waits to one of the seats kept for such visitors (POS DKI 2)."""

    visit_id: int


class GiveSeatBack(Command[Visit], frozen=True, kw_only=True):
    """Give a seat back that the visitor needs no longer, though they still wait."""

    visit_id: int
