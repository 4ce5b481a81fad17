"""The visitors, one after the other, through all that an office does with them, each act reported.

An act is reported when it is acknowledged. All typed text has the act's own request id: so the rows of the
file can be compared with its log.
"""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import msgspec

from benchmarks.place import seat
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.commands import AddOfficer, ChangeOwnPassword
from ult_desktop.core.access.roles import Actor, Role
from ult_desktop.core.cases.case import CaseKind
from ult_desktop.core.cases.commands import AnswerEscalation, DeliverAnswer, Escalate, OpenCase
from ult_desktop.core.cases.delivery import DeliveryChannel
from ult_desktop.core.command import Command
from ult_desktop.core.queue.boards import IssuedTicket
from ult_desktop.core.queue.commands import Arrive, CallNext, CallTicket, Finish, IssueTicket
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.survey.commands import FillSurvey
from ult_desktop.core.survey.survey import SurveyAnswers
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.db.access import officers
from ult_desktop.db.offline_numbers import OfflineJournal
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.visits import visits
from ult_desktop.operations.office.office import Office
from ult_desktop.operations.offline import offline_kiosk
from ult_desktop.operations.offline.offline_upload import upload_offline_work
from ult_desktop.operations.survey.answer_lists import questionnaire

BACK_OFFICE = "belakang"
Tell = Callable[["Told"], None]


class NoVisit(LookupError):
    """The error that a visitor who was called has no visit: their number made one."""


class Told(msgspec.Struct, frozen=True):
    """An act that was acknowledged. `subject` and `label` are of the ticket it was about, if any."""

    act: str
    station: str
    request: str
    subject: int = 0
    label: str = ""
    state: str = ""


def engage_back_office(office: Office) -> None:
    """Add an officer who answers what the counters ask."""
    engage(office, BACK_OFFICE, Role.BACK_OFFICE)


def engage(office: Office, login: str, role: Role) -> None:
    """Add an officer. They sign in with the admin's password."""
    people = {row.login: row for row in office.read(officers.all_active)}
    admin = people["admin"]
    by = Actor(station=office.station, officer_id=admin.id, name=admin.name, roles=frozenset({Role.ADMIN}))
    password = admin.password_hash
    hired = AddOfficer(login=login, name=login.capitalize(), roles=(role,), password_hash=password)
    back = office.perform(hired, by)
    own = Actor(station=office.station, officer_id=back.id, name=back.name, roles=frozenset({role}))
    office.perform(ChangeOwnPassword(password_hash=password), own)


class StationCrew:
    """A counter with its officer, a kiosk that can go on alone, and the back office, at one station."""

    def __init__(self, office: Office, counter: int, new_request: Callable[[], str], tell: Tell) -> None:
        self.office, self._counter = office, counter
        self._new_request, self._tell = new_request, tell
        self._kiosk = Actor(station=office.station)
        self._front = seat(office, counter)
        (row,) = [row for row in office.read(officers.all_active) if row.login == BACK_OFFICE]
        self._back = Actor(
            station=office.station, officer_id=row.id, name=row.name, roles=frozenset({Role.BACK_OFFICE})
        )

    def take_up(self) -> None:
        """Take up work after a start: merge the numbers given alone, and finish the visitor left behind."""
        self.merge()
        left = self.office.counter_board(self._counter).mine.current
        if left is not None:
            if left.state is TicketState.CALLED:
                self._do(Arrive(counter=self._counter), self._front)
            self._do(Finish(counter=self._counter), self._front)

    def merge(self) -> None:
        upload_offline_work(self.office._journal.path, self.office)  # noqa: SLF001

    def visitors(self) -> Iterator[None]:
        """Serve visitors for ever; yield after each act."""
        while True:
            yield from self.visitor_and_alone()

    def visitor_and_alone(self) -> Iterator[None]:
        """Serve one visitor; then give a number as while the share is gone, and merge it."""
        yield from self.visitor()
        self.give_alone()
        yield
        self.merge()
        yield

    def visitor(self, *, surveyed: bool = True) -> Iterator[None]:
        """Serve one visitor from the number to the survey."""
        issued = self.issue()
        yield
        signed = SignGuestBook(ticket_id=issued.ticket.id, name="?", institution="SDN 1")
        self._do(signed, self._kiosk, "name")
        yield
        ticket = self._call(issued.ticket)
        yield
        if ticket is None:
            return
        self._do(Arrive(counter=self._counter), self._front)
        yield
        yield from self._case(ticket)
        self._do(Finish(counter=self._counter), self._front)
        yield
        if not surveyed:
            return
        answers = {element.key: 4 for element in questionnaire().elements}
        said = SurveyAnswers(answers=answers, suggestion="?")
        self._do(FillSurvey(ticket_id=ticket.id, said=said), self._kiosk, "said")
        yield

    def issue(self) -> IssuedTicket:
        """Issue a number that waits."""
        issued: IssuedTicket = self._do(IssueTicket(service_id=1), self._kiosk)
        return issued

    def _case(self, ticket: Ticket) -> Iterator[None]:
        visit = self.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
        if visit is None:
            raise NoVisit(ticket.label)
        asked = OpenCase(visit_id=visit.id, detail="?", kind=CaseKind.REQUEST)
        case = self._do(asked, self._front, "detail")
        yield
        hop = self._do(Escalate(case_id=case.id, instruction="?"), self._front, "instruction")
        yield
        self._do(AnswerEscalation(escalation_id=hop.id, answer="?"), self._back, "answer")
        yield
        self._do(DeliverAnswer(case_id=case.id, way=DeliveryChannel.PHONE, proof="?"), self._front, "proof")
        yield

    def _call(self, own: Ticket) -> Ticket | None:
        """Call the next in turn, or every third number by name.

        Returns None when another counter was faster.
        """
        command = CallTicket(counter=self._counter, ticket_id=own.id) if own.number % 3 == 0 else None
        try:
            called: Ticket = self._do(command or CallNext(counter=self._counter), self._front)
        except ShareUnreachable:
            raise
        except UserError:
            return None
        return called

    def give_alone(self) -> None:
        """Give a number as while the share is gone.

        It is of the kiosk's own series, by what was last seen of the office.
        """
        seen = offline_kiosk.read_snapshot(self.office)
        command = IssueTicket(service_id=1, at_kiosk=True)
        letter = chr(ord("K") + self._counter)
        station, path = self.office.station, self.office._journal.path  # noqa: SLF001
        with closing(OfflineJournal(path)) as book:
            given = offline_kiosk.issue_offline(command, seen, letter, station, "", book).ticket
        self._tell(Told("alone", station, "", label=given.label))

    def _do(self, command: Command, by: Actor, typed: str = "") -> Any:  # noqa: ANN401  (each ask has its own answer)
        request = self._new_request()
        if typed == "said" and isinstance(command, FillSurvey):
            said = msgspec.structs.replace(command.said, suggestion=request)
            command = msgspec.structs.replace(command, said=said)
        elif typed:
            command = msgspec.structs.replace(command, **{typed: request})
        answer = self.office.perform(command, by, request)
        about = answer.ticket if isinstance(answer, IssuedTicket) else answer
        act, station = type(command).__name__, self.office.station
        if isinstance(about, Ticket):
            self._tell(Told(act, station, request, about.id, about.label, about.state))
        else:
            self._tell(Told(act, station, request))
        return answer
