"""Call: the next, a certain one, and again; who sits at the counter decides who may."""

from ult_desktop.core.asks import CallNext, CallTicket, Recall
from ult_desktop.core.boards import CounterState
from ult_desktop.core.queue import next_ticket
from ult_desktop.core.roles import Permission
from ult_desktop.core.ticket import Act, Ticket
from ult_desktop.db import tickets, turns
from ult_desktop.db.counters import CounterRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.errors import UserError
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.day import begin_day
from ult_desktop.operations.finding import (
    nothing_changed,
    require_seat,
    the_counter,
    the_ticket,
    the_visitor,
)
from ult_desktop.operations.forsaken import freeing, give_back


def seated_officer(tx: Transaction, counter: CounterRow, moment: Moment, serving: bool = False) -> int | None:
    """The officer who acts at a counter: it must be open, free, and theirs.

    Raises:
        UserError: closed, paused, somebody else's, or with a visitor; with `serving`, also when the
            officer serves somebody at another counter.
    """
    _require_open(counter, moment)
    current = turns.at_counter(tx, counter.number)
    if current is not None:
        raise nothing_changed(
            _("Loket {number} masih menangani nomor {label}.").format(
                number=counter.number, label=tickets.get(tx, current.ticket_id).label
            ),
            _("Selesaikan, tunda, atau tandai tidak hadir dulu."),
        )
    if serving:
        require_free(tx, moment)
    return moment.by.officer_id


def _require_open(counter: CounterRow, moment: Moment) -> None:
    require_seat(counter, moment)
    if counter.state is CounterState.PAUSED:
        raise nothing_changed(
            _("Loket {number} sedang istirahat.").format(number=counter.number), _("Buka loket dulu.")
        )


def require_free(tx: Transaction, moment: Moment) -> None:
    """An officer serves one visitor at a time, wherever."""
    busy = None if moment.by.officer_id is None else turns.served_by(tx, moment.by.officer_id)
    if busy is not None:
        raise nothing_changed(
            _("Anda masih melayani nomor {label} di loket {number}.").format(
                label=tickets.get(tx, busy.ticket_id).label, number=busy.counter
            ),
            _("Selesaikan dulu."),
        )


@performs(CallNext, needs=Permission.SERVE, answer=tickets.get)
def call_next(ask: CallNext, tx: Transaction, moment: Moment) -> Done:
    begin_day(tx, moment)
    counter = the_counter(tx, ask.counter)
    officer_id = seated_officer(tx, counter, moment)
    freed = give_back(tx, moment, counter)
    recent = turns.recent_kinds(tx, moment.day, ask.counter)
    waiting = tickets.waiting(tx, moment.day)
    chosen = next_ticket(waiting, counter.desk, recent, moment.office.settings.calling)
    if chosen is None:
        raise nothing_changed(_("Tidak ada yang menunggu untuk loket ini."))
    return freeing(_call(tx, tickets.get(tx, chosen.id), counter, officer_id, moment), freed)


@performs(CallTicket, needs=Permission.SERVE, answer=tickets.get)
def call_ticket(ask: CallTicket, tx: Transaction, moment: Moment) -> Done:
    """Out of order, from the list. Any open counter may, whatever it serves: an officer decided."""
    begin_day(tx, moment)
    counter = the_counter(tx, ask.counter)
    officer_id = seated_officer(tx, counter, moment)
    freed = give_back(tx, moment, counter)
    ticket = the_ticket(tx, ask.ticket_id, Act.CALL)
    return freeing(_call(tx, ticket, counter, officer_id, moment, by_mouth=ask.by_mouth), freed)


def _call(
    tx: Transaction,
    ticket: Ticket,
    counter: CounterRow,
    officer_id: int | None,
    moment: Moment,
    *,
    by_mouth: bool = False,
) -> Done:
    if not tickets.claim(tx, ticket.id):
        raise nothing_changed(_("Nomor {label} sudah dipanggil loket lain.").format(label=ticket.label))
    turn_id = turns.begin(
        tx,
        turns.NewTurn(
            ticket_id=ticket.id,
            counter=counter.number,
            service_id=ticket.service_id,
            officer_id=officer_id,
            day=moment.day,
            priority=ticket.priority,
            at=moment.at,
        ),
    )
    tickets.set_turn(tx, ticket.id, turn_id)
    return _called("ticket.called", ticket, counter.number, 1, by_mouth)


@performs(Recall, needs=Permission.SERVE, answer=tickets.get)
def recall(ask: Recall, tx: Transaction, moment: Moment) -> Done:
    """Call again, up to the office's number of calls (practice of the ULT: three, then no-show)."""
    turn, ticket = the_visitor(tx, ask.counter, Act.RECALL, moment)
    most = moment.office.settings.calling.max_calls
    if turn.calls >= most:
        raise UserError(
            _("Nomor {label} sudah dipanggil {count} kali.").format(label=ticket.label, count=turn.calls),
            _("Nomor ini tetap tercatat."),
            _("Tandai tidak hadir; pengunjung yang kembali dapat dimasukkan lagi."),
        )
    turns.recall(tx, turn.id, moment.at)
    return _called("ticket.recalled", ticket, ask.counter, turn.calls + 1, ask.by_mouth)


def _called(kind: str, ticket: Ticket, counter: int, attempt: int, by_mouth: bool) -> Done:
    data = {"label": ticket.label, "counter": counter, "attempt": attempt, "by_mouth": by_mouth}
    return Done(kind, "call", ticket.id, data)
