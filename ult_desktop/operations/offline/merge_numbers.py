"""A number given while cut off comes into the queue, at the time at which it was given.

Paper is in somebody's hand: the number holds, whatever the office had done in the meantime. What a visitor
would have been refused for (quota, pause, closed door) is not asked again.
"""

from typing import Any

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.offline.offline_numbers import MergeTicket
from ult_desktop.core.queue.ticket import FROM_STATES, Act, PaperState, Ticket, TicketState, label_of
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.lookup import require_service
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    handles,
    record,
)
from ult_desktop.operations.queue.end_of_day import begin_day
from ult_desktop.operations.queue.issuing import declare_priority, ticket_code


@handles(MergeTicket, needs=Permission.ISSUE_TICKETS, answer=tickets.get)
def merge_ticket(ask: MergeTicket, tx: Transaction, moment: Context) -> NewEvent:
    """Once by its request, with its true time.

    Of a day that is over it is history: closed, with the reason. Where another kiosk had the same letter
    and gave the same number, the later one merged gets the next, and whoever calls it reads which number
    stands on the paper. The log tells when a service's quota was passed.
    """
    begin_day(tx, moment)
    quota = require_service(tx, ask.service_id, retired=True).definition.quota
    taken = tickets.by_number(tx, _day_of(ask, moment), ask.series, ask.number) is not None
    ticket_id, label = _insert(tx, ask, moment, taken=taken)
    data: dict[str, Any] = {
        "label": label,
        "service": ask.service_id,
        "priority": ask.priority is not None,
        "cut_off": ask.issued_at,
    }
    if label != ask.label:
        said = _("Pada karcis tertulis {label}").format(label=ask.label)
        tickets.set_state(tx, ticket_id, TicketState.WAITING, said)
    _take_over(tx, ask, moment, ticket_id, label)
    if _day_of(ask, moment) < moment.day:
        tickets.set_state(tx, ticket_id, TicketState.CANCELLED, _("Hari berganti sebelum kiosk tersambung"))
    elif ask.priority is not None:
        declare_priority(tx, moment, ticket_id, ask.priority, ask.help)
    if quota is not None and tickets.issued_for(tx, _day_of(ask, moment), ask.service_id) > quota:
        data["over_quota"] = True
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def _day_of(ask: MergeTicket, moment: Context) -> str:
    """A kiosk whose clock ran ahead gave no number of tomorrow: its visitor waits today."""
    return min(ask.day, moment.day)


def _insert(tx: Transaction, ask: MergeTicket, moment: Context, *, taken: bool) -> tuple[int, str]:
    day = _day_of(ask, moment)
    last = tickets.latest_number(tx, day, ask.series)
    number = last.number + 1 if taken else ask.number
    issued_at = min(ask.issued_at, moment.at)
    new = tickets.NewTicket(
        code=ticket_code(moment.request),
        day=day,
        series=ask.series,
        number=number,
        label=label_of(ask.series, number, max(1, len(ask.label) - len(ask.series))),
        service_id=ask.service_id,
        priority=ask.priority is not None,
        issued_at=issued_at,
        # A clock that was set back meanwhile: the order of the numbers is the order of the queue.
        queued_at=max(issued_at, last.queued_at) if number > last.number else issued_at,
        paper=PaperState.QUEUED if ask.wants_paper else PaperState.NONE,
        id=None if moment.replay is None else moment.replay.subject,
    )
    return tickets.insert(tx, new), new.label


def _take_over(tx: Transaction, ask: MergeTicket, moment: Context, ticket_id: int, label: str) -> None:
    """The request that hung did give a number after all: nobody saw it, so it is withdrawn.

    Its visit goes on under the number on the paper. One that was served, or called to its end, is left to
    whoever did that.
    """
    subject = events.subject_of(tx, ask.instead_of) if ask.instead_of else None
    if subject is None:
        return
    unseen = tickets.get(tx, subject)
    if unseen.state not in FROM_STATES[Act.CANCEL]:
        return
    _withdraw(tx, unseen, moment, label)
    visit = visits.of_ticket(tx, unseen.id)
    if visit is not None:
        visits.set_ticket(tx, visit.id, ticket_id)


def _withdraw(tx: Transaction, unseen: Ticket, moment: Context, label: str) -> None:
    turn = servings.of_ticket(tx, unseen.id)
    if turn is not None:
        servings.end(tx, turn, moment.at, "cancelled")
    tickets.set_state(tx, unseen.id, TicketState.CANCELLED, _("Diganti {label}").format(label=label))
    withdrawn = NewEvent("ticket.cancelled", "queue", unseen.id, {"label": unseen.label})
    record(tx, withdrawn, moment, f"{moment.request}/unseen")
