"""Call: the next, a certain one, and again; who sits at the counter decides who may."""

from ult_desktop.base.errors import UserError
from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.calling_order import next_ticket
from ult_desktop.core.queue.commands import CallNext, CallTicket, Recall
from ult_desktop.core.queue.ticket import Act, Ticket
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.queue.counters import CounterRow
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.lookup import (
    refuse,
    require_counter,
    require_seat,
    require_ticket,
    require_visitor,
)
from ult_desktop.operations.operation import Context, NewEvent, handles
from ult_desktop.operations.queue.end_of_day import begin_day, reclaim_abandoned, with_freed_tickets


def seated_officer(
    tx: Transaction, counter: CounterRow, moment: Context, serving: bool = False
) -> int | None:
    """The officer who acts at a counter: it must be open, free, and theirs.

    Raises:
        UserError: closed, paused, somebody else's, or with a visitor; with `serving`, also when the
            officer serves somebody at another counter.
    """
    _require_open(counter, moment)
    current = servings.at_counter(tx, counter.number)
    if current is not None:
        raise refuse(
            _("Loket {number} masih menangani nomor {label}.").format(
                number=counter.number, label=tickets.get(tx, current.ticket_id).label
            ),
            _("Selesaikan, tunda, atau tandai tidak hadir dulu."),
        )
    if serving:
        require_free(tx, moment)
    return moment.by.officer_id


def _require_open(counter: CounterRow, moment: Context) -> None:
    require_seat(counter, moment)
    if counter.state is CounterState.PAUSED:
        raise refuse(
            _("Loket {number} sedang istirahat.").format(number=counter.number), _("Buka loket dulu.")
        )


def require_free(tx: Transaction, moment: Context) -> None:
    """An officer serves one visitor at a time, wherever."""
    busy = None if moment.by.officer_id is None else servings.served_by(tx, moment.by.officer_id)
    if busy is not None:
        raise refuse(
            _("Anda masih melayani nomor {label} di loket {number}.").format(
                label=tickets.get(tx, busy.ticket_id).label, number=busy.counter
            ),
            _("Selesaikan dulu."),
        )


@handles(CallNext, needs=Permission.SERVE, answer=tickets.get)
def call_next(ask: CallNext, tx: Transaction, moment: Context) -> NewEvent:
    begin_day(tx, moment)
    counter = require_counter(tx, ask.counter)
    officer_id = seated_officer(tx, counter, moment)
    freed = reclaim_abandoned(tx, moment, counter)
    recent = servings.recent_kinds(tx, moment.day, ask.counter)
    waiting = tickets.waiting(tx, moment.day)
    chosen = next_ticket(waiting, counter.desk, recent, moment.office.settings.calling)
    if chosen is None:
        raise refuse(_("Tidak ada yang menunggu untuk loket ini."))
    return with_freed_tickets(_call(tx, tickets.get(tx, chosen.id), counter, officer_id, moment), freed)


@handles(CallTicket, needs=Permission.SERVE, answer=tickets.get)
def call_ticket(ask: CallTicket, tx: Transaction, moment: Context) -> NewEvent:
    """Out of order, from the list. Any open counter may, whatever it serves: an officer decided."""
    begin_day(tx, moment)
    counter = require_counter(tx, ask.counter)
    officer_id = seated_officer(tx, counter, moment)
    freed = reclaim_abandoned(tx, moment, counter)
    ticket = require_ticket(tx, ask.ticket_id, Act.CALL)
    return with_freed_tickets(_call(tx, ticket, counter, officer_id, moment, by_mouth=ask.by_mouth), freed)


def _call(
    tx: Transaction,
    ticket: Ticket,
    counter: CounterRow,
    officer_id: int | None,
    moment: Context,
    *,
    by_mouth: bool = False,
) -> NewEvent:
    if not tickets.claim(tx, ticket.id):
        raise refuse(_("Nomor {label} sudah dipanggil loket lain.").format(label=ticket.label))
    turn_id = servings.begin(
        tx,
        servings.NewServing(
            ticket_id=ticket.id,
            counter=counter.number,
            service_id=ticket.service_id,
            officer_id=officer_id,
            day=moment.day,
            priority=ticket.priority,
            at=moment.at,
        ),
    )
    tickets.set_serving(tx, ticket.id, turn_id)
    return _called("ticket.called", ticket, counter.number, 1, by_mouth)


@handles(Recall, needs=Permission.SERVE, answer=tickets.get)
def recall(ask: Recall, tx: Transaction, moment: Context) -> NewEvent:
    """Call again, up to the office's number of calls (practice of the ULT: three, then no-show)."""
    turn, ticket = require_visitor(tx, ask.counter, Act.RECALL, moment)
    most = moment.office.settings.calling.max_calls
    if turn.calls >= most:
        raise UserError(
            _("Nomor {label} sudah dipanggil {count} kali.").format(label=ticket.label, count=turn.calls),
            _("Nomor ini tetap tercatat."),
            _("Tandai tidak hadir; pengunjung yang kembali dapat dimasukkan lagi."),
        )
    servings.recall(tx, turn.id, moment.at)
    return _called("ticket.recalled", ticket, ask.counter, turn.calls + 1, ask.by_mouth)


def _called(kind: str, ticket: Ticket, counter: int, attempt: int, by_mouth: bool) -> NewEvent:
    data = {"label": ticket.label, "counter": counter, "attempt": attempt, "by_mouth": by_mouth}
    return NewEvent(kind, "call", ticket.id, data)
