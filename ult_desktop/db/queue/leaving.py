"""The open matters of the visitor who is served, shown before an officer lets them go."""

from collections.abc import Iterator

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import GONE
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR
from ult_desktop.core.queue.boards import Leaving
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.visits import custody as visit_custody
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import custody, visits
from ult_desktop.db.visits.visit_steps import visit_steps


def leaving(tx: Transaction, ticket: Ticket | None, now: int) -> Leaving | None:
    """Return what is open when the visitor leaves; None while nobody is served; `now` UTC ms."""
    visit = None if ticket is None else visits.of_ticket(tx, ticket.id)
    if ticket is None or visit is None or ticket.state is not TicketState.SERVING:
        return None
    guest = visits.guest_of(tx, visit.id)
    case, token = cases.for_coming(tx, visit.id), survey.token_of(tx, visit.first)
    return Leaving(
        guest_book=guest is not None and guest.finished,
        survey=token is not None,
        cards=visit_custody.held_words(custody.held_cards(tx, visit.id)),
        case="" if case is None else case.number,
        open_cases=tuple(each.number for each in cases_in_hand(tx, visit)),
        awaited=_awaited(tx, visit.id, now),
    )


def _awaited(tx: Transaction, visit_id: int, now: int) -> str:
    """Return the next step in words if another officer does it; else ""."""
    steps = visit_steps(tx, visit_id, now)
    step = None if steps is None else steps.next_step
    roles = [ROLE_OF_ACTOR[each.id] for each in step.actors if each.id in ROLE_OF_ACTOR] if step else []
    if step is None or not roles or Role.FRONT_OFFICE in roles:
        return ""
    return _("langkah {n}, {role}").format(n=step.step, role=roles[0].word)


def cases_in_hand(tx: Transaction, visit: Visit) -> Iterator[cases.CaseStanding]:
    """Yield the open cases for which a visit goes on.

    They are the visit's own case, and those of its further matters that do not go on without the visitor.
    """
    for each in (visit, *visits.further_of(tx, visit.id)):
        case = cases.standing_of(tx, each.id)
        if case is not None and case.is_open and (each is visit or not _follows_later(tx, case)):
            yield case


def _follows_later(tx: Transaction, case: cases.CaseStanding) -> bool:
    """Return whether the case goes on without the visitor: they left, or are expected another day."""
    return case.visitor in GONE or appointments.is_booked(tx, case.id)
