"""The merging into the queue of a number that a kiosk gave while cut off, at the place of its true time.

The visitor has the paper, so the number is valid. Reasons to refuse a visitor (quota, pause, closing time)
are not checked again.
"""

from typing import Any

from ult_desktop.base import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.offline import MergeTicket
from ult_desktop.core.queue.ticket import FROM_STATES, Act, PaperState, TicketState, is_twin, label_of
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store import events
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, Replay, handles, write_event
from ult_desktop.operations.queue import end_of_day, issuing


@handles(MergeTicket, needs=Permission.ISSUE_TICKETS, answer=tickets.get)
def merge_ticket(command: MergeTicket, tx: Transaction, context: Context) -> NewEvent:
    """Enter a number that a kiosk gave alone, with its true time.

    If its day is over, it is cancelled with that reason. If another kiosk had the same letter and gave the
    same number, both numbers stay as on their paper, and a remark says which kiosk gave each, and when. The
    event records that a service's quota was passed.
    """
    end_of_day.begin_day(tx, context)
    quota = lookup.require_service(tx, command.service_id, may_be_retired=True).definition.quota
    ticket_id, label = _insert(tx, command, context)
    data: dict[str, Any] = {
        "label": label,
        "service": command.service_id,
        "priority": command.priority is not None,
        "cut_off": command.issued_at,
    }
    if label != command.label:  # the paper shows another one than its series and number make
        remark = _("Pada karcis tertulis {label}").format(label=command.label)
        tickets.set_state(tx, ticket_id, TicketState.WAITING, remark)
    _replace_unseen(tx, command, context, ticket_id, label)
    if _day_of(command, context) < context.day:
        tickets.cancel(tx, ticket_id, _("Hari berganti sebelum kios tersambung"))
    elif command.priority is not None:
        issuing.declare_priority(tx, context, ticket_id, command.priority, command.help)
    if quota is not None and tickets.issued_for(tx, _day_of(command, context), command.service_id) > quota:
        data["over_quota"] = True
    return NewEvent("ticket.issued", "queue", ticket_id, data)


def _day_of(command: MergeTicket, context: Context) -> str:
    """Return the number's day, today at the latest.

    If the kiosk's clock ran ahead, the number's own day may be tomorrow, but its visitor waits today.
    """
    return min(command.day, context.day)


def _insert(tx: Transaction, command: MergeTicket, context: Context) -> tuple[int, str]:
    day, number = _day_of(command, context), command.number
    last = tickets.latest_number(tx, day, command.series)
    issued_at = min(command.issued_at, context.at)
    # An office that is rebuilt gives the number the label and the row id that it had. If this request's own
    # journal does not say the id, later ones that name the ticket may (`missing`).
    replay = context.replay or Replay()
    label = replay.label or label_of(command.series, number, max(1, len(command.label) - len(command.series)))
    new = tickets.NewTicket(
        code=issuing.ticket_code(context.request),
        day=day,
        # A number that is on another paper already becomes its twin: a series of its own keeps both.
        series=issuing.series_of_paper(tx, day, command.series, number),
        number=number,
        label=label,
        service_id=command.service_id,
        priority=command.priority is not None,
        issued_at=issued_at,
        # If the clock was set back meanwhile, the numbers' order still is the queue's order.
        queued_at=max(issued_at, last.queued_at) if number > last.number else issued_at,
        paper=PaperState.QUEUED if command.wants_paper else PaperState.NONE,
        origin=issuing.origin_of(context, command.issued_at),
        id=replay.subject or replay.missing.get(label),
    )
    ticket_id = tickets.insert(tx, new)
    if is_twin(new.series):
        tickets.set_state(tx, ticket_id, TicketState.WAITING, issuing.twin_words(new.origin))
    return ticket_id, label


def _replace_unseen(
    tx: Transaction, command: MergeTicket, context: Context, ticket_id: int, label: str
) -> None:
    """Cancel the number that the request `instead_of` was given after all: the kiosk showed it to nobody.

    The request hung, so the kiosk gave this number instead. The visit goes on under this one. A number that
    an officer serves, or that is ended, cannot be cancelled and stays as it is.
    """
    unseen_id = events.result_of(tx, command.instead_of) if command.instead_of else None
    if unseen_id is None:
        return
    unseen = tickets.get(tx, unseen_id)
    if unseen.state not in FROM_STATES[Act.CANCEL]:
        return
    serving = servings.open_of_ticket(tx, unseen.id)
    if serving is not None:  # the number is called, and nobody has come
        servings.end(tx, serving, context.at, "cancelled")
    tickets.cancel(tx, unseen.id, _("Diganti {label}").format(label=label))
    cancelled = NewEvent("ticket.cancelled", "queue", unseen.id, {"label": unseen.label})
    write_event(tx, cancelled, context, f"{context.request}/unseen")
    visit = visits.of_ticket(tx, unseen.id)
    if visit is not None:
        visits.set_ticket(tx, visit.id, ticket_id)
