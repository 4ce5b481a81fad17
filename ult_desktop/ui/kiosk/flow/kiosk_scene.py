"""The scene: a frozen record of everything that the kiosk's screen depends on."""

from dataclasses import dataclass, field

from ult_desktop.base import UserError
from ult_desktop.core import kiosk_code
from ult_desktop.core.queue import boards
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.ui.kiosk.code.code_page import guest_book_thanks_notice
from ult_desktop.ui.kiosk.flow.officer_call import OfficerCall
from ult_desktop.ui.kiosk.frame.still_there import StillThere
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers
from ult_desktop.ui.kiosk.number.paper import Reprint
from ult_desktop.ui.kiosk.parts.notices import (
    Notice,
    closed_notice,
    date_doubt_notice,
    outage_notice,
    refusal_notice,
    starting_notice,
    taking_notice,
)
from ult_desktop.ui.kiosk.survey.survey_page import survey_sending_notice, survey_thanks_notice
from ult_desktop.ui.kiosk.visit import KioskVisit, Screen

_SURVEY = (Screen.SURVEY, Screen.SURVEY_SENDING, Screen.SURVEY_DONE)


@dataclass(frozen=True)
class KioskScene:
    """The scene of the kiosk, from which `Presenter` makes the screen.

    Args:
        board: the office as last read; None before the first reading.
        is_connected: the share answers.
        unopened: why the office has not opened since this kiosk was started.
        date_doubtful: an officer has to confirm date and time before anything is written.
        is_slow: the number that was asked for is late; the screen says that it is on its way.
        survey_only: this kiosk asks for nothing but the survey, at whatever hour.
        visit: where the visitor is: the screen, the chosen service, the survey.
        view: how the visitor sees the screen: text size, contrast and the like.
        issued: the number on the screen.
        error: why no number was given.
        found: what was found for the code that a visitor typed or scanned.
        reprint: the reprint of the number that was found, once the visitor asked for it.
        book: the answers of the guest book that is being filled in.
        call: the call for an officer from this kiosk, None if there is none.
        still_there: the question whether the visitor is still there. `Presenter` shows it over every page.
        is_finishing: this visit began before a break or the closing, and may still get a number.
        summons: the number of this visit, once it is called or was called in vain. `Presenter` shows a notice
            of it over the page.
        printer: as the printer last reported itself; None before that.
    """

    board: boards.KioskBoard | None = None
    is_connected: bool = True
    unopened: UserError | None = None
    date_doubtful: bool = False
    is_slow: bool = False
    survey_only: bool = False
    visit: KioskVisit = field(default_factory=KioskVisit)
    view: View = field(default_factory=View)
    issued: boards.IssuedTicket | None = None
    error: UserError | None = None
    found: kiosk_code.KnownCode | None = None
    reprint: Reprint | None = None
    book: GuestBookAnswers | None = None
    call: OfficerCall | None = None
    still_there: StillThere | None = None
    is_finishing: bool = False
    summons: kiosk_code.TicketNow | None = None
    printer: PrinterState | None = None

    @property
    def code(self) -> str:
        """The code of the number that this visit is about, "" if there is none."""
        if self.visit.is_at_start or self.visit.screen is Screen.PIN:
            return ""
        if isinstance(self.found, kiosk_code.KnownTicket):
            return self.found.ticket.code
        return self.issued.ticket.code if self.issued is not None else ""

    @property
    def is_staffed(self) -> bool:
        """Return whether some counter is open, as far as the kiosk knows."""
        return self.board is None or any(line.counters_open for line in self.board.lines)

    @property
    def question(self) -> object:
        """The question of the guest book or the survey that is on the screen."""
        if self.book is not None:
            return self.book.question
        return self.visit.survey.step if self.visit.survey is not None else None

    @property
    def holds_answers(self) -> bool:
        """Return whether answers of the guest book or the survey would be lost with the visit."""
        done = self.visit.screen in (Screen.SURVEY_DONE, Screen.THANKS)
        return not done and (self.book is not None or self.visit.survey is not None)

    @property
    def is_reprintable(self) -> bool:
        """Return whether the number that was found can be printed again, and was not yet on this visit."""
        can_print = self.printer is None or self.printer.can_print
        is_printable = isinstance(self.found, kiosk_code.KnownTicket) and self.found.printable
        return is_printable and can_print and self.reprint is None

    @property
    def number(self) -> str:
        """The number on the screen, "" if there is none."""
        return self.issued.label if self.issued and self.visit.screen is Screen.TAKEN else ""

    @property
    def notice(self) -> Notice | None:
        """The notice that is shown instead of the visitor's page, if any."""
        if self.visit.screen is Screen.THANKS and isinstance(self.found, kiosk_code.KnownTicket):
            return guest_book_thanks_notice(self.found)
        is_signing = self.visit.screen is Screen.BOOK and self.book is not None
        return None if is_signing else self._obstacle()  # no notice covers the guest book

    def _obstacle(self) -> Notice | None:
        """Return the notice of what keeps the visitor from their page: an outage, closing time, a refusal."""
        # While the share answers, its clock settles a doubt.
        if not self.is_connected and self.date_doubtful:
            return date_doubt_notice(survey_only=self.survey_only)
        if self.board is None:
            if self.is_connected:
                return starting_notice()
            return outage_notice(survey_only=self.survey_only, unopened=self.unopened)
        if not self.is_connected:
            return outage_notice(survey_only=self.survey_only)
        if self.is_slow:
            return taking_notice()
        if self.visit.screen is Screen.REFUSED and self.error is not None:
            return refusal_notice(self.error)
        if self.survey_only or self.visit.screen in _SURVEY:  # open after closing time too
            return {
                Screen.SURVEY_SENDING: survey_sending_notice(),
                Screen.SURVEY_DONE: survey_thanks_notice(),
            }.get(self.visit.screen)
        if self.board.opening.state is not boards.Openness.OPEN and not self.is_finishing:
            return closed_notice(self.board.opening, self.board.office)
        return None

    def queue_of(self, service_id: int | None) -> boards.ServiceQueue | None:
        """Return the queue of a service that the kiosk offers."""
        lines = self.board.lines if self.board else ()
        return next((line for line in lines if line.service.id == service_id), None)
