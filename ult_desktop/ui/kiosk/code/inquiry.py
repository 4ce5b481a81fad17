"""Questions to the office for the present visitor: one at a time, and none for a visitor who has left."""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from ult_desktop.base import UserError, _
from ult_desktop.base.late import late
from ult_desktop.core import kiosk_code
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.command import Command
from ult_desktop.core.queue import boards
from ult_desktop.core.queue.rates import MANY_NUMBERS
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import Job, Refused, StationLink
from ult_desktop.ui.office_link.link_monitor import is_outage

if TYPE_CHECKING:
    from ult_desktop.operations.queue import kiosk_codes
    from ult_desktop.ui.office_link.tasks import Request
else:
    kiosk_codes = late("ult_desktop.operations.queue.kiosk_codes")

T = TypeVar("T")


class VisitorQuery:
    """The question of the present visitor to the office.

    Only one runs at a time; an answer that comes after the visitor has left is not passed on to the next
    visitor.
    """

    def __init__(self, link: StationLink) -> None:
        self._link = link
        self._request: Request[Any] | None = None
        self._on_late: Callable[[Any], object] | None = None

    @property
    def is_busy(self) -> bool:
        return self._request is not None and self._request.is_open

    def ask(
        self,
        job: Command[T] | Job[T],
        then: Callable[[T], object],
        refused: Refused,
        on_late: Callable[[T], object] | None = None,
    ) -> None:
        """Ask the office; do nothing while an earlier question is under way.

        Args:
            job: what is asked of the office.
            then: gets the answer.
            refused: gets the refusal, or that nobody answers.
            on_late: gets an answer that comes after the visitor has left.
        """
        if not self.is_busy:
            self._on_late = on_late
            self._request = self._link.perform(job, then, refused)

    def forget(self) -> None:
        """Forget the visitor, who has left: an answer that is still to come is shown to nobody."""
        if self._request is not None and self._request.is_open:
            self._request.forget(self._on_late)


_OFFICE_DAY_S = 12 * 3600  # longer than an office is open: an older number is one of another day


class GivenNumbers:
    """The numbers that this kiosk gave today, to find one while it is cut off and to notice many at once.

    After many numbers within a minute the kiosk asks one visitor for whom the next is, then nobody for some
    time.
    """

    def __init__(self) -> None:
        self._seconds = time.monotonic
        self._given: list[tuple[float, Ticket]] = []
        self._quiet_until = 0.0

    def add(self, ticket: Ticket) -> None:
        self._given = [*self._given_today(), (self._seconds(), ticket)]

    def find(self, text: str) -> kiosk_code.KnownTicket | None:
        """Return the number with this label or code as it was when it was given; None for any other."""
        readings = kiosk_code.code_readings(kiosk_code.without_blanks(kiosk_code.plain_code(text)))
        for _given_at, ticket in self._given_today():
            if ticket.label in readings or ticket.code in readings:
                return kiosk_code.KnownTicket(ticket=ticket, signable=False, signed=False, as_given=True)
        return None

    @property
    def must_ask_for_whom(self) -> bool:
        """Whether the next visitor is asked for whom their number is."""
        now = self._seconds()
        return now >= self._quiet_until and MANY_NUMBERS.is_reached(
            (given_at for given_at, _ticket in self._given), now
        )

    def pause_question(self, seconds: int) -> None:
        """Ask nobody for whom their number is, for this many seconds."""
        self._quiet_until = self._seconds() + seconds

    def _given_today(self) -> list[tuple[float, Ticket]]:
        now = self._seconds()
        return [(given_at, ticket) for given_at, ticket in self._given if now - given_at < _OFFICE_DAY_S]


class CodeLookup(QObject):
    """The look-up of a code at the office; while cut off, among the numbers that this kiosk gave itself.

    Signals:
        checked_in: an `IssuedTicket`, for an appointment.
        found: a `KnownCode`.
        refused: a `UserError`, also for a code that nobody knows.
    """

    checked_in = Signal(object)
    found = Signal(object)
    refused = Signal(object)

    def __init__(self, link: StationLink, parent: QObject) -> None:
        super().__init__(parent)
        self.given_numbers = GivenNumbers()
        self._inquiry = VisitorQuery(link)

    def look_up(self, text: str, *, wants_paper: bool, for_book: bool) -> None:
        """Look up a code; do nothing while an earlier code is looked up.

        `for_book`: the visitor wants to fill in the guest book, which needs the office: a number that this
        kiosk gave itself is of no use then.
        """

        def answer(office: Office, actor: Actor) -> kiosk_code.KnownCode | boards.IssuedTicket | None:
            # The late module is imported here, on the worker thread, and not when the job is made.
            return kiosk_codes.answer_code(text, wants_paper, office, actor)

        on_refused = partial(self._on_refused, "" if for_book else text)
        self._inquiry.ask(answer, self._on_answer, on_refused, self._on_late_answer)

    def forget(self) -> None:
        """Forget the visitor, who has left."""
        self._inquiry.forget()

    def _on_answer(self, answer: kiosk_code.KnownCode | boards.IssuedTicket | None) -> None:
        if isinstance(answer, boards.IssuedTicket):
            self.checked_in.emit(answer)
        elif answer is None:
            self.refused.emit(
                UserError(
                    _("Kode ini tidak kami kenal."), todo=_("Periksa lagi, atau tanyakan kepada petugas.")
                )
            )
        else:
            self.found.emit(answer)

    def _on_refused(self, text: str, error: UserError) -> None:
        known = self.given_numbers.find(text) if is_outage(error) else None
        if known is None:
            self.refused.emit(error)
        else:
            self.found.emit(known)

    def _on_late_answer(self, answer: kiosk_code.KnownCode | boards.IssuedTicket | None) -> None:
        """Announce a number that was given, even if another visitor is at the kiosk by now."""
        if isinstance(answer, boards.IssuedTicket):
            self.checked_in.emit(answer)
