"""The flow of the kiosk: taps and news go in, and the next scene comes out."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from ult_desktop.base import UserError
from ult_desktop.core import kiosk_code
from ult_desktop.core.care.commands import NoteManyNumbers
from ult_desktop.core.connection import Connection
from ult_desktop.core.kiosk_code import TicketNow
from ult_desktop.core.queue import boards, commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.devices.printer.status import PrinterState
from ult_desktop.ui.kiosk.code.inquiry import CodeLookup
from ult_desktop.ui.kiosk.flow.kiosk_scene import KioskScene
from ult_desktop.ui.kiosk.flow.officer_call import OfficerCalls
from ult_desktop.ui.kiosk.frame.still_there import StillThere
from ult_desktop.ui.kiosk.frame.view_options import View
from ult_desktop.ui.kiosk.guest_book.book import GuestBookAnswers, GuestBookFlow
from ult_desktop.ui.kiosk.number.paper import Reprint
from ult_desktop.ui.kiosk.outage_words import no_code_error, no_number_error
from ult_desktop.ui.kiosk.parts.choices import Choice
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kiosk.visit import ASIDE, CodePurpose, KioskVisit, Screen
from ult_desktop.ui.office_link.link import StationLink
from ult_desktop.ui.office_link.link_monitor import is_outage

if TYPE_CHECKING:
    from ult_desktop.ui.office_link.tasks import Request

_CALLED_STATES = (TicketState.CALLED, TicketState.NO_SHOW)
# The pages that stay when something else is refused.
_STAYING = (Screen.TAKEN, Screen.PIN, Screen.BOOK, Screen.THANKS)
# The fields of the scene that belong to one visitor, as they are without one.
_NO_VISITOR = {"issued": None, "found": None, "reprint": None, "summons": None, "is_finishing": False}
_QUIET_S, _GROUP_QUIET_S = 5 * 60, 30 * 60  # until a visitor is asked again for whom their number is
# The states that begin by the clock: a visitor may finish what they began before.
_CLOSED = (boards.Openness.BREAK, boards.Openness.OUTSIDE_HOURS)


class TicketWatch(QObject):
    """The watch over the number of this visit, which it reads after each change of the office.

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
        self._reported: tuple[str, TicketState, int] | None = None

    def read(self) -> None:
        """Read the number of this visit; an answer that comes after the visitor has left is dropped."""
        code = self._code()
        if code:
            self._link.read(lambda office: office.ticket_now(code), self._on_ticket)

    def ignore_call(self, ticket: Ticket) -> None:
        """Do not report the call that the ticket has already: the page in sight shows it."""
        self._reported = _call_key(ticket)

    def _on_ticket(self, now: TicketNow | None) -> None:
        # A number that a kiosk gave alone is not in the office yet.
        if now is None or now.ticket.code != self._code():
            return
        reported_before, self._reported = self._reported, _call_key(now.ticket)
        self.news.emit(now)
        if now.ticket.state in _CALLED_STATES and reported_before != self._reported:
            self.summoned.emit(now)


def _call_key(ticket: Ticket) -> tuple[str, TicketState, int]:
    """Return a key that differs between two calls of a ticket, and between a call and its end."""
    return ticket.code, ticket.state, ticket.calls


class KioskFlow(QObject):
    """The flow of the kiosk, which owns the scene and knows no widget.

    Signals:
        changed: the scene is another one.
        taken: the `IssuedTicket` that is on the screen from now on.
        care_changed: the `Alert` about the help that this visitor asked for, or None; whether a counter is
            open.
        summoned: the number of this visit is called.
        arrived: the visitor is at the counter that called them.
        code_refused: a `UserError` about the code that was looked up; the page that asks for it is shown.
        survey_ready: the `KnownTicket` whose survey is wanted.
        returned: the visitor is at the start again.
    """

    changed = Signal()
    taken = Signal(object)
    care_changed = Signal(object, bool)
    summoned = Signal()
    arrived = Signal()
    code_refused = Signal(object)
    survey_ready = Signal(object)
    returned = Signal()

    def __init__(
        self, link: StationLink, times: KioskTimes, view: View, parent: QObject, *, survey_only: bool = False
    ) -> None:
        super().__init__(parent)
        self._link, self._usual_view = link, view
        online = link.connection is not Connection.OFFLINE
        self.scene = KioskScene(view=view, is_connected=online, survey_only=survey_only)
        self._number_request: Request[boards.IssuedTicket] | None = None
        self._slow_timer = QTimer(self, singleShot=True, interval=times.hurry)
        self._slow_timer.timeout.connect(lambda: self._update(is_slow=self._is_taking))
        self._finish_timer = QTimer(self, singleShot=True, interval=times.finish)
        self._finish_timer.timeout.connect(lambda: self._update(is_finishing=False))
        self.guest_book, self._codes = GuestBookFlow(link, self), CodeLookup(link, self)
        self.guest_book.changed.connect(lambda book: self._update(book=book))
        self.guest_book.signed.connect(lambda: self._update(visit=self.scene.visit.goes_to(Screen.THANKS)))
        self._number_watch = TicketWatch(link, lambda: self.scene.code, self)
        self._number_watch.news.connect(self._on_ticket)
        self._number_watch.summoned.connect(self._on_summons)
        self.calls = OfficerCalls(link, times.unanswered, self)
        self.calls.changed.connect(lambda call: self._update(call=call))
        self._codes.checked_in.connect(self._on_issued)
        self._codes.found.connect(self._on_found)
        self._codes.refused.connect(self._on_code_refused)
        self._poll_timer = QTimer(self, interval=times.look)
        self._poll_timer.timeout.connect(self.refresh)
        link.changed.connect(self.refresh)
        link.connection_changed.connect(self._on_connection)
        link.refused.connect(self._on_background_error)
        self._poll_timer.start()
        self.refresh()

    def refresh(self) -> None:
        self._link.read_board(self._on_board)
        self._number_watch.read()

    def _on_ticket(self, now: kiosk_code.TicketNow) -> None:
        if self.scene.visit.screen is Screen.TAKEN:
            self.care_changed.emit(now.alert, self.scene.is_staffed)
        found, ticket = self.scene.found, now.ticket
        if isinstance(found, kiosk_code.KnownTicket):
            current = msgspec.structs.asdict(now)
            self._update(found=msgspec.structs.replace(found, **current, as_given=False))
        if self.scene.summons is not None and ticket.state is TicketState.SERVING:
            self.arrived.emit()

    def _on_summons(self, now: kiosk_code.TicketNow) -> None:
        visit = self.scene.visit
        self.guest_book.hand_over()
        self._update(summons=now, still_there=None, visit=visit.back() if visit.screen in ASIDE else visit)
        self.summoned.emit()

    def back(self) -> None:
        """Go one step back on the visitor's way.

        From the call of their number it leads to the page below, from the guest book to their number.
        """
        visit = self.scene.visit
        if self.scene.summons is not None and visit.screen not in ASIDE:
            self._update(summons=None)
        elif visit.screen is not Screen.BOOK:
            self.go(visit.back())
        elif not self.guest_book.back():
            self.guest_book.set_answers(None)
            self.go(visit.goes_to(Screen.TAKEN if self.scene.issued else Screen.FOUND))

    def go(self, visit: KioskVisit) -> None:
        """Move the visitor to another step; ignored while a number is being taken.

        At the start the number that was asked about or taken before is no longer theirs, and no answer
        about a code is waited for.
        """
        if visit.is_at_start and not self._is_taking:
            self._codes.forget()
            self.returned.emit()
            self._update(visit=visit, **_NO_VISITOR)
        elif not self._is_taking:
            self._update(visit=visit)

    def choose(self, choice: Choice) -> None:
        """Act on the tap of a card: enter the category, or take a number for the service."""
        if isinstance(choice, boards.Category):
            self.go(self.scene.visit.enters(choice.key))
        else:
            self.take(choice.service.id)

    @property
    def _is_taking(self) -> bool:
        return self._number_request is not None and self._number_request.is_open

    def take(self, service_id: int) -> None:
        """Ask for a number, after a question where many were taken within a minute.

        The office notes that many numbers were taken. The next visitors are not asked for a while, after a
        group for longer; a priority visitor is never asked.
        """
        given_numbers = self._codes.given_numbers
        if self._is_taking or self.scene.visit.ground is not None or not given_numbers.must_ask_for_whom:
            self._issue(service_id)
            return
        given_numbers.pause_question(_QUIET_S)
        self._link.perform(NoteManyNumbers(), None, lambda _error: None)
        self.go(self.scene.visit.asks_whose(service_id))

    def answer_whose(self, *, group: bool) -> None:
        """Ask for the number after the visitor said who needs it."""
        if group:
            self._codes.given_numbers.pause_question(_GROUP_QUIET_S)
        if self.scene.visit.service_id is not None:
            self._issue(self.scene.visit.service_id)

    def _issue(self, service_id: int) -> None:
        """Ask for a number; do nothing while an earlier request is under way."""
        if self._is_taking:
            return
        visit = self.scene.visit
        command = commands.IssueTicket(
            service_id=service_id,
            priority=visit.ground,
            help=visit.help,
            at_kiosk=True,
            wants_paper=self.scene.printer is not PrinterState.NONE,
        )
        self._slow_timer.start()
        self._number_request = self._link.perform(command, self._on_issued, self.refuse)

    def look_up(self, code: str) -> None:
        """Look up what a visitor typed or scanned; an appointment gets its number at once."""
        wants_paper = self.scene.printer is not PrinterState.NONE
        for_book = self.scene.visit.purpose is CodePurpose.BOOK
        self._codes.look_up(code, wants_paper=wants_paper, for_book=for_book)

    def show_reprint(self, reprint: Reprint) -> None:
        """Show the progress of a reprint, unless the visitor has left the page of that number."""
        found = self.scene.found
        if isinstance(found, kiosk_code.KnownTicket) and found.ticket.id == reprint.ticket_id:
            self._update(reprint=reprint)

    def open_book(self, ticket: Ticket) -> None:
        """Open the guest book of a number, if the office allows it for this number."""
        self.go(replace(self.scene.visit, purpose=CodePurpose.BOOK))
        self.look_up(ticket.code)

    def show_question(self, question: StillThere | None) -> None:
        """Show the question whether the visitor is still there; None: take it away."""
        self._update(still_there=question)

    def call_officer(self) -> None:
        """Call an officer. The visitor comes back to their page afterwards."""
        self.calls.begin()
        self.go(self.scene.visit.steps_aside(Screen.CALL))

    def offer_officer(self) -> None:
        """Offer an officer to a visitor who gets nowhere, unless one was called.

        The pages of `_STAYING` stay, and so does the question whether the visitor is still there.
        """
        if (
            self.calls.call is None
            and self.scene.still_there is None
            and self.scene.visit.screen not in _STAYING
        ):
            self.go(self.scene.visit.steps_aside(Screen.CALL))

    def set_view(self, view: View) -> None:
        self._update(view=view)

    def set_printer(self, state: PrinterState) -> None:
        self._update(printer=state)

    def end_visit(self) -> None:
        """Go home and reset everything to the state before the visitor came."""
        self._codes.forget()
        self.guest_book.set_answers(None)
        self.calls.forget()
        self._update(visit=KioskVisit(), view=self._usual_view, error=None, still_there=None, **_NO_VISITOR)

    def stop(self) -> None:
        """Stop asking the office: the window is closing."""
        self._poll_timer.stop()
        self._link.changed.disconnect(self.refresh)

    def _on_board(self, board: boards.KioskBoard) -> None:
        former, state = self.scene.board, board.opening.state
        was_open = former is not None and former.opening.state is boards.Openness.OPEN
        if was_open and state in _CLOSED:
            self._finish_timer.start()
            self._update(board=board, is_finishing=not self.scene.visit.is_at_start)
        else:
            self._update(board=board, is_finishing=self.scene.is_finishing and state in _CLOSED)

    def _on_connection(self, connection: Connection) -> None:
        doubtful, unopened = self._link.time_doubt is not None, self._link.unopened
        connected = connection is not Connection.OFFLINE
        self._update(is_connected=connected, date_doubtful=doubtful, unopened=unopened)

    def _on_issued(self, issued: boards.IssuedTicket) -> None:
        visit = self.scene.visit.goes_to(Screen.TAKEN)
        self._update(
            is_slow=False, issued=issued, found=None, error=None, visit=visit, still_there=None, summons=None
        )
        self._codes.given_numbers.add(issued.ticket)
        self.taken.emit(issued)
        self._number_watch.read()

    def _on_background_error(self, error: UserError) -> None:
        """Show an error of work that no visitor asked for, unless it is an outage.

        `_on_connection` hears of an outage and of its end.
        """
        if not is_outage(error):
            self.refuse(error)

    def refuse(self, error: UserError) -> None:
        """Show why the visitor's wish cannot be met, and offer the way home."""
        visit = self.scene.visit if self.scene.visit.screen in _STAYING else KioskVisit(screen=Screen.REFUSED)
        shown_error = no_number_error() if is_outage(error) else error
        self._update(is_slow=False, error=shown_error, visit=visit)

    def _on_found(self, known: kiosk_code.KnownCode) -> None:
        visit = self.scene.visit
        wants_book = visit.purpose is CodePurpose.BOOK
        if wants_book and isinstance(known, kiosk_code.KnownTicket) and known.signable:
            answers = GuestBookAnswers(
                known.ticket, known.regencies, known.purposes, implied=known.purpose, privacy=known.privacy
            )
            self.guest_book.set_answers(answers)
            self._update(visit=visit.goes_to(Screen.BOOK), found=known)
        else:
            if isinstance(known, kiosk_code.KnownTicket):
                self._number_watch.ignore_call(known.ticket)
            self._update(visit=visit.goes_to(Screen.FOUND), found=known, reprint=None)

    def _on_code_refused(self, error: UserError) -> None:
        visit = self.scene.visit
        shown = no_code_error(visit.purpose) if is_outage(error) else error
        if shown is not error and visit.screen is not Screen.CODE:  # no page with the code is in sight
            self._update(visit=KioskVisit(screen=Screen.REFUSED), error=shown)
            return
        self._update(visit=visit.asks_code(visit.purpose))
        self.code_refused.emit(shown)

    def _update(self, **changes: object) -> None:
        scene = replace(self.scene, **changes)  # type: ignore[arg-type]
        # The board is read every few seconds and is mostly the same: nothing is drawn for that.
        if scene != self.scene:
            self.scene = scene
            self.changed.emit()
