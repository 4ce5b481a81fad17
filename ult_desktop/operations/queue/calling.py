"""The calls of numbers to a counter: the next number, a chosen one, and the repeated call."""

from ult_desktop.base import UserError, _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue import boards, calling_order, commands, ticket as queue_ticket
from ult_desktop.db.queue import counters, servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations import lookup
from ult_desktop.operations.operation import Context, NewEvent, handles, named, refuse, require_found
from ult_desktop.operations.queue.end_of_day import begin_day, reclaim_abandoned, with_freed_tickets


def seated_officer(tx: Transaction, counter: counters.CounterRow, context: Context) -> int | None:
    """Return the id of the officer who acts at a counter: it must be open, free, and theirs.

    The officer may serve somebody at another counter: a number may be called before that visit ends, and
    `require_free` is asked when the next visitor arrives.

    Raises:
        UserError: the counter is closed, paused, another officer's, or busy.
    """
    lookup.require_seat(counter, context)
    if counter.state is boards.CounterState.PAUSED:
        raise refuse(
            _("Loket {number} sedang istirahat.").format(number=counter.number), _("Buka loket dulu.")
        )
    current = servings.open_at_counter(tx, counter.number)
    if current is not None:
        raise refuse(
            _("Loket {number} masih menangani nomor {label}.").format(
                number=counter.number, label=tickets.get(tx, current.ticket_id).label
            ),
            _("Selesaikan, tunda, atau tandai tidak hadir dulu."),
        )
    return context.by.officer_id


def require_free(tx: Transaction, context: Context) -> None:
    """Require that the officer serves nobody: one visitor at a time, at any counter."""
    busy = None if context.by.officer_id is None else servings.served_by(tx, context.by.officer_id)
    if busy is not None:
        raise refuse(
            _("Anda masih melayani nomor {label} di loket {number}.").format(
                label=tickets.get(tx, busy.ticket_id).label, number=busy.counter
            ),
            _("Selesaikan dulu."),
        )


@handles(commands.CallNext, needs=Permission.SERVE, answer=tickets.get)
def call_next(command: commands.CallNext, tx: Transaction, context: Context) -> NewEvent:
    begin_day(tx, context)
    counter = lookup.require_counter(tx, command.counter)
    freed = reclaim_abandoned(tx, context, counter)
    officer_id = seated_officer(tx, counter, context)
    recent = servings.recent_priorities(tx, context.day, command.counter)
    waiting = tickets.waiting(tx, context.day)
    chosen = require_found(
        calling_order.next_ticket(waiting, counter.scope, recent, context.office.settings.calling),
        _("Tidak ada yang menunggu untuk loket ini."),
    )
    return with_freed_tickets(_call(tx, tickets.get(tx, chosen.id), counter, officer_id, context), freed)


@handles(commands.CallTicket, needs=Permission.SERVE, answer=tickets.get)
# Without TICKET the same subcommand performs `CallNext`.
@named("queue call", "Panggil berikutnya, atau TICKET tertentu.")
def call_ticket(command: commands.CallTicket, tx: Transaction, context: Context) -> NewEvent:
    """Call a number out of order, from the list.

    Any open counter may call it, whichever services it has: the officer decides.
    """
    begin_day(tx, context)
    counter = lookup.require_counter(tx, command.counter)
    freed = reclaim_abandoned(tx, context, counter)
    officer_id = seated_officer(tx, counter, context)
    ticket = lookup.require_ticket(tx, command.ticket_id, queue_ticket.Act.CALL)
    return with_freed_tickets(
        _call(tx, ticket, counter, officer_id, context, by_mouth=command.by_mouth), freed
    )


def _call(
    tx: Transaction,
    ticket: queue_ticket.Ticket,
    counter: counters.CounterRow,
    officer_id: int | None,
    context: Context,
    *,
    by_mouth: bool = False,
) -> NewEvent:
    # Another counter may have called the number since the officer's list was read.
    if not tickets.claim(tx, ticket.id):
        raise refuse(_("Nomor {label} sudah dipanggil loket lain.").format(label=ticket.label))
    serving_id = servings.begin(
        tx,
        servings.NewServing(
            ticket_id=ticket.id,
            counter=counter.number,
            service_id=ticket.service_id,
            officer_id=officer_id,
            day=context.day,
            priority=ticket.priority,
            called_at=context.at,
        ),
    )
    servings.copy_shown_wait(tx, serving_id, ticket.id)
    tickets.set_serving(tx, ticket.id, serving_id)
    return _call_event("ticket.called", ticket, counter.number, 1, by_mouth=by_mouth)


@handles(commands.Recall, needs=Permission.SERVE, answer=tickets.get)
@named("queue recall --counter", "Panggil ulang.")
def recall(command: commands.Recall, tx: Transaction, context: Context) -> NewEvent:
    """Call again, up to the office's number of calls (practice of the ULT: three, then no-show)."""
    serving, ticket = lookup.require_visitor(tx, command.counter, queue_ticket.Act.RECALL, context)
    if serving.calls >= context.office.settings.calling.max_calls:
        raise UserError(
            _("Nomor {label} sudah dipanggil {count} kali.").format(label=ticket.label, count=serving.calls),
            _("Nomor ini tetap tercatat."),
            _("Tandai tidak hadir; pengunjung yang kembali dapat dimasukkan lagi."),
        )
    servings.recall(tx, serving.id, context.at)
    return _call_event(
        "ticket.recalled", ticket, command.counter, serving.calls + 1, by_mouth=command.by_mouth
    )


def _call_event(
    kind: str, ticket: queue_ticket.Ticket, counter: int, attempt: int, *, by_mouth: bool
) -> NewEvent:
    data = {"label": ticket.label, "counter": counter, "attempt": attempt, "by_mouth": by_mouth}
    return NewEvent(kind, "call", ticket.id, data)
