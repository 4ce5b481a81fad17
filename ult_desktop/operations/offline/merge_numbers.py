"""A number given while cut off comes into the queue, at the time at which it was given.

Paper is in somebody's hand: the number holds, whatever the office had done in the meantime. What a visitor
would have been refused for (quota, pause, closed door) is not asked again.
"""

from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.offline import MergeTicket
from ult_desktop.core.queue.ticket import FROM_STATES, Act, PaperState, Ticket, TicketState, label_of
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, record
from ult_desktop.operations.queue import end_of_day, issuing


@handles(MergeTicket, needs=Permission.ISSUE_TICKETS, answer=tickets.get)
def merge_ticket(command: MergeTicket, tx: Transaction, context: Context) -> NewEvent:
    """Once by its request, with its true time.

    Of a day that is over it is history: closed, with the reason. Where another kiosk had the same letter
    and gave the same number, the later one merged gets the next, and whoever calls it reads which number
    stands on the paper. The log tells when a service's quota was passed.
    """
    end_of_day.begin_day(tx, context)
    quota = lookup.require_service(tx, command.service_id, retired=True).definition.quota
    taken = tickets.by_number(tx, _day_of(command, context), command.series, command.number) is not None
    ticket_id, label = _insert(tx, command, context, taken=taken)
    data: dict[str, Any] = {
        "label": label,
        "service": command.service_id,
        "priority": command.priority is not None,
        "cut_off": command.issued_at,
    }
    if label != command.label:
        said = _("Pada karcis tertulis {label}").format(label=command.label)
        tickets.set_state(tx, ticket_id, TicketState.WAITING, said)
    _take_over(tx, command, context, ticket_id, label)
    if _day_of(command, context) < context.day:
        tickets.set_state(tx, ticket_id, TicketState.CANCELLED, _("Hari berganti sebelum kiosk tersambung"))
    elif command.priority is not None:
        issuing.declare_priority(tx, context, ticket_id, command.priority, command.help)
    if quota is not None and tickets.issued_for(tx, _day_of(command, context), command.service_id) > quota:
        data["over_quota"] = True
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def _day_of(command: MergeTicket, context: Context) -> str:
    """A kiosk whose clock ran ahead gave no number of tomorrow: its visitor waits today."""
    return min(command.day, context.day)


def _insert(tx: Transaction, command: MergeTicket, context: Context, *, taken: bool) -> tuple[int, str]:
    day = _day_of(command, context)
    last = tickets.latest_number(tx, day, command.series)
    number = last.number + 1 if taken else command.number
    issued_at = min(command.issued_at, context.at)
    new = tickets.NewTicket(
        code=issuing.ticket_code(context.request),
        day=day,
        series=command.series,
        number=number,
        label=label_of(command.series, number, max(1, len(command.label) - len(command.series))),
        service_id=command.service_id,
        priority=command.priority is not None,
        issued_at=issued_at,
        # A clock that was set back meanwhile: the order of the numbers is the order of the queue.
        queued_at=max(issued_at, last.queued_at) if number > last.number else issued_at,
        paper=PaperState.QUEUED if command.wants_paper else PaperState.NONE,
        id=None if context.replay is None else context.replay.subject,
    )
    return tickets.insert(tx, new), new.label


def _take_over(tx: Transaction, command: MergeTicket, context: Context, ticket_id: int, label: str) -> None:
    """The request that hung did give a number after all: nobody saw it, so it is withdrawn.

    Its visit goes on under the number on the paper. One that was served, or called to its end, is left to
    whoever did that.
    """
    subject = events.subject_of(tx, command.instead_of) if command.instead_of else None
    if subject is None:
        return
    unseen = tickets.get(tx, subject)
    if unseen.state not in FROM_STATES[Act.CANCEL]:
        return
    _withdraw(tx, unseen, context, label)
    visit = visits.of_ticket(tx, unseen.id)
    if visit is not None:
        visits.set_ticket(tx, visit.id, ticket_id)


def _withdraw(tx: Transaction, unseen: Ticket, context: Context, label: str) -> None:
    serving = servings.of_ticket(tx, unseen.id)
    if serving is not None:
        servings.end(tx, serving, context.at, "cancelled")
    tickets.set_state(tx, unseen.id, TicketState.CANCELLED, _("Diganti {label}").format(label=label))
    withdrawn = NewEvent("ticket.cancelled", "queue", unseen.id, {"label": unseen.label})
    record(tx, withdrawn, context, f"{context.request}/unseen")
