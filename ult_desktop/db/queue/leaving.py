"""The open matters of the visitor who is served, shown before an officer lets them go."""

from collections.abc import Iterator

from ult_desktop.base import _
from ult_desktop.core.access.roles import Role
from ult_desktop.core.cases.case import GONE_MODES
from ult_desktop.core.procedures.procedure import ROLE_OF_ACTOR
from ult_desktop.core.queue.boards import LeavingChecks
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.visits import custody as visit_custody
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.survey import survey
from ult_desktop.db.visits import custody, visits
from ult_desktop.db.visits.visit_steps import visit_steps


def read_leaving(tx: Transaction, ticket: Ticket | None, now: int) -> LeavingChecks | None:
    """Return what is open when the visitor leaves; None while nobody is served; `now` UTC ms."""
    visit = None if ticket is None else visits.of_ticket(tx, ticket.id)
    if ticket is None or visit is None or ticket.state is not TicketState.SERVING:
        return None
    guest = visits.guest_of(tx, visit.id)
    case = cases.case_of_visitor(tx, visit.id)
    return LeavingChecks(
        guest_book_signed=guest is not None and guest.finished,
        survey_offered=survey.token_of(tx, visit.first_visit_id) is not None,
        held_cards=visit_custody.held_words(custody.held_cards_of(tx, visit.id)),
        case_number="" if case is None else case.number,
        open_cases=tuple(open_case.number for open_case in cases_in_hand(tx, visit)),
        awaited_step=_awaited_step(tx, visit.id, now),
    )


def _awaited_step(tx: Transaction, visit_id: int, now: int) -> str:
    """Return the next step in words if another officer does it; else ""."""
    steps = visit_steps(tx, visit_id, now)
    if steps is None or steps.next_step is None:
        return ""
    step = steps.next_step
    roles = [ROLE_OF_ACTOR[actor.id] for actor in step.actors if actor.id in ROLE_OF_ACTOR]
    if not roles or Role.FRONT_OFFICE in roles:
        return ""
    return _("langkah {n}, {role}").format(n=step.step, role=roles[0].word)


def cases_in_hand(tx: Transaction, visit: Visit) -> Iterator[cases.CaseStatus]:
    """Yield the open cases for which a visit goes on.

    They are the visit's own case, and those of its further matters that do not go on without the visitor.
    """
    for matter in (visit, *visits.open_further_matters(tx, visit.id)):
        case = cases.status_of_visit(tx, matter.id)
        if case is None or not case.is_open:
            continue
        goes_on_without_visitor = case.visitor in GONE_MODES or appointments.is_booked(tx, case.id)
        if matter is visit or not goes_on_without_visitor:
            yield case
