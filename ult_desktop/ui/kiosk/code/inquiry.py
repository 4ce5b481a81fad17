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
from ult_desktop.ui.kiosk.outage_words import is_outage
from ult_desktop.ui.office_link.link import Job, Refused, StationLink

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
        self._late: Callable[[Any], object] | None = None

    @property
    def busy(self) -> bool:
        return self._request is not None and self._request.is_open

    def ask(
        self,
        job: Command[T] | Job[T],
        then: Callable[[T], object],
        refused: Refused,
        late: Callable[[T], object] | None = None,
    ) -> None:
        """Ask the office; do nothing while an earlier question is under way.

        Args:
            job: what is asked of the office.
            then: gets the answer.
            refused: gets the refusal, or that nobody answers.
            late: gets an answer that comes when nobody waits for it any more.
        """
        if not self.busy:
            self._late = late
            self._request = self._link.perform(job, then, refused)

    def forget(self) -> None:
        """Forget the visitor, who has left: an answer that is still to come is shown to nobody."""
        if self._request is not None and self._request.is_open:
            self._request.forget(self._late)


_OFFICE_DAY_S = 12 * 3600  # longer than an office is open: an older number is one of another day


class GivenNumbers:
    """The numbers that this kiosk gave today: how fast, and what it can tell of them while it is cut off.

    After many within a minute one visitor is asked for whom theirs is, and then nobody for a while.
    """

    def __init__(self, seconds: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._given: list[tuple[float, Ticket]] = []
        self._quiet_until = 0.0

    def add(self, ticket: Ticket) -> None:
        self._given = [*self._today(), (self._seconds(), ticket)]

    def find(self, text: str) -> kiosk_code.KnownTicket | None:
        """Return the number with this label or code as it was when it was given; None for any other."""
        readings = kiosk_code.code_readings(kiosk_code.closed_up(kiosk_code.plain_code(text)))
        found = (each for _at, each in self._today() if {each.label, each.code} & set(readings))
        ticket = next(found, None)
        if ticket is None:
            return None
        return kiosk_code.KnownTicket(ticket=ticket, signable=False, signed=False, as_given=True)

    @property
    def asks_for_whom(self) -> bool:
        """Whether the next visitor is asked for whom their number is."""
        now = self._seconds()
        return now >= self._quiet_until and MANY_NUMBERS.is_reached((at for at, _ticket in self._given), now)

    def ask_not_for(self, seconds: int) -> None:
        self._quiet_until = self._seconds() + seconds

    def _today(self) -> list[tuple[float, Ticket]]:
        return [each for each in self._given if self._seconds() - each[0] < _OFFICE_DAY_S]


class CodeLookup(QObject):
    """The look-up that asks the office what a code is, and cut off what this kiosk gave itself.

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
        self.given = GivenNumbers()
        self._inquiry = VisitorQuery(link)

    def look_up(self, text: str, *, wants_paper: bool, for_book: bool) -> None:
        """Look up a code; do nothing while an earlier code is looked up.

        `for_book`: its guest book is to be filled in, for which the office is needed.
        """
        job = partial(_answer, text, wants_paper)
        self._inquiry.ask(
            job, self._answered, partial(self._refused, "" if for_book else text), self._answered_late
        )

    def forget(self) -> None:
        """Forget the visitor, who has left."""
        self._inquiry.forget()

    def _answered(self, answer: kiosk_code.KnownCode | boards.IssuedTicket | None) -> None:
        if isinstance(answer, boards.IssuedTicket):
            self.checked_in.emit(answer)
        elif answer is None:
            self.refused.emit(_unknown())
        else:
            self.found.emit(answer)

    def _refused(self, text: str, error: UserError) -> None:
        known = self.given.find(text) if is_outage(error) else None
        if known is None:
            self.refused.emit(error)
        else:
            self.found.emit(known)

    def _answered_late(self, answer: kiosk_code.KnownCode | boards.IssuedTicket | None) -> None:
        """Announce a number that was given, even if another visitor is at the kiosk by now."""
        if isinstance(answer, boards.IssuedTicket):
            self.checked_in.emit(answer)


def _unknown() -> UserError:
    return UserError(_("Kode ini tidak kami kenal."), todo=_("Periksa lagi, atau tanyakan kepada petugas."))


def _answer(
    text: str, wants_paper: bool, office: Office, by: Actor
) -> kiosk_code.KnownCode | boards.IssuedTicket | None:
    """Answer a code, on the worker thread, which imports what is needed for it."""
    return kiosk_codes.answer_code(text, wants_paper, office, by)
