"""Counters: sit down, pause, leave; and the kiosks' own pause."""

from ult_desktop.core.asks import LeaveCounter, PauseKiosks, SetCounter, StaffCounter
from ult_desktop.core.boards import CounterLine, CounterState
from ult_desktop.core.roles import Permission
from ult_desktop.db import counters, office, tickets, turns
from ult_desktop.db.boards import counter_line
from ult_desktop.db.counters import CounterRow
from ult_desktop.db.transaction import Transaction
from ult_desktop.i18n import _
from ult_desktop.operations.base import Done, Moment, performs
from ult_desktop.operations.calling import require_free
from ult_desktop.operations.day import begin_day
from ult_desktop.operations.endings import end_left_visits
from ult_desktop.operations.finding import nothing_changed, require_seat, the_counter
from ult_desktop.operations.forsaken import freeing, give_back, is_left, put_back


def _line(tx: Transaction, number: int) -> CounterLine:
    return counter_line(tx, the_counter(tx, number))


@performs(StaffCounter, needs=Permission.SERVE, answer=_line)
def staff_counter(ask: StaffCounter, tx: Transaction, moment: Moment) -> Done:
    """Sit down at a counter. One whose officer has no visitor is taken over; the log keeps both names.

    So is one whose station is gone: who was called there waits again, who is served there goes on with
    the new officer.

    An officer may be seated at several counters (one person in a small office), but serves one visitor.
    """
    begin_day(tx, moment)
    end_left_visits(tx, moment, moment.day)
    counter = the_counter(tx, ask.counter)
    mine = counter.officer_id == moment.by.officer_id
    freed = give_back(tx, moment, counter)
    if not mine:
        freed += _take_over(tx, moment, counter)
    if not mine or counter.state is CounterState.CLOSED:
        counters.seat(tx, ask.counter, moment.by.officer_id)
    counters.work_at(tx, ask.counter, moment.by.station)
    return freeing(Done("counter.staffed", "counter", ask.counter, {"before": counter.officer_id}), freed)


@performs(LeaveCounter, needs=Permission.SERVE, answer=_line)
def leave_counter(ask: LeaveCounter, tx: Transaction, moment: Moment) -> Done:
    """Close the officer's counter. Who was sent to it waits for any counter of that service from now on."""
    counter = the_counter(tx, ask.counter)
    if counter.officer_id is not None:
        require_seat(counter, moment)
        _require_no_visitor(tx, ask.counter)
        counters.seat(tx, ask.counter, None)
        tickets.release_from(tx, moment.day, ask.counter)
    return Done("counter.left", "counter", ask.counter, {"before": counter.officer_id})


@performs(SetCounter, needs=Permission.SERVE, answer=_line)
def set_counter(ask: SetCounter, tx: Transaction, moment: Moment) -> Done:
    """Open or pause the officer's counter. A visitor who is called or served there stays there."""
    require_seat(the_counter(tx, ask.counter), moment)
    if ask.state is CounterState.CLOSED:
        raise nothing_changed(_("Loket ditutup dengan keluar dari loket."))
    if ask.state is CounterState.PAUSED and not ask.reason.strip():
        raise nothing_changed(_("Istirahat perlu alasan."), _("Pilih atau tulis alasannya."))
    reason = ask.reason.strip() if ask.state is CounterState.PAUSED else ""
    counters.set_state(tx, ask.counter, ask.state, reason)
    return Done(f"counter.{ask.state}", "counter", ask.counter)


@performs(PauseKiosks, needs=Permission.MANAGE_QUEUE, answer=lambda _tx, subject: subject)
def pause_kiosks(ask: PauseKiosks, tx: Transaction, _moment: Moment) -> Done:
    reason = ask.reason.strip()
    office.pause_kiosks(tx, reason)
    return Done("kiosks.paused" if reason else "kiosks.open", "kiosk", 1)


def _take_over(tx: Transaction, moment: Moment, counter: CounterRow) -> list[int]:
    """What the officer before left there, when his station is gone; otherwise nobody may stand there."""
    turn = turns.at_counter(tx, counter.number)
    if turn is None or not is_left(tx, moment, counter, turn):
        _require_no_visitor(tx, counter.number)
        return []
    if turn.arrived_at is None:
        put_back(tx, moment, turn)
    else:
        require_free(tx, moment)
        turns.hand_over(tx, turn.id, moment.by.officer_id)
    return [turn.ticket_id]


def _require_no_visitor(tx: Transaction, number: int) -> None:
    turn = turns.at_counter(tx, number)
    if turn is not None:
        raise nothing_changed(
            _("Loket {number} masih menangani nomor {label}.").format(
                number=number, label=tickets.get(tx, turn.ticket_id).label
            ),
            _("Selesaikan, alihkan, atau tandai tidak hadir dulu."),
        )
