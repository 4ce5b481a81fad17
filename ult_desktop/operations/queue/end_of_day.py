"""The end of a day: what is left open is closed with a reason, never deleted."""

from collections.abc import Sequence

from ult_desktop.base.i18n import _
from ult_desktop.core.access.roles import Permission
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db.care import declarations
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import custody
from ult_desktop.operations.accountability.deviations import record_open_deviations
from ult_desktop.operations.operation import (
    Context,
    NewEvent,
    handles,
    record,
)
from ult_desktop.operations.visits.end_visits import end_left_visits

LATEST_DAY = "9999-12-31"


def begin_day(tx: Transaction, moment: Context) -> None:
    """Close what an earlier day left open, so that nobody's counter is blocked by yesterday.

    Every operation that gives or calls a number begins with this. It costs one look into an index that
    is empty on a normal day, and one into another that begins with the oldest declaration: what is too old
    is forgotten here as well, for an office that never closes its day. What it did is an event of its own.
    """
    left = tickets.left_open_before(tx, moment.day)
    if left:
        _close(tx, left, moment.at, _("Hari berganti"))
        end_left_visits(tx, moment, moment.day)
        closed = NewEvent("day.begun", "queue", len(left), {"tickets": left})
        record(tx, closed, moment, f"{moment.request}/day")
    forget_declared(tx, moment)


def forget_declared(tx: Transaction, moment: Context) -> None:
    """Delete what vulnerable visitors declared, after the office's retention days (UU 27/2022).

    The log tells how many rows went, and nothing of whom.
    """
    forgotten = declarations.forget_before(tx, moment.at - moment.office.settings.care.keep_days * DAY_MS)
    if forgotten:
        done = NewEvent("care.forgotten", "care", forgotten)
        record(tx, done, moment, f"{moment.request}/forgotten")


def _close(tx: Transaction, left: Sequence[int], at: int, reason: str) -> None:
    for ticket_id in left:
        turn = servings.of_ticket(tx, ticket_id)
        if turn is not None:
            # Even for who was being served: when that ended nobody knows, and a night is no serving time.
            servings.end(tx, turn, at, "cancelled")
    tickets.close_all(tx, left, reason)


def _count(_tx: Transaction, subject: int) -> int:
    return subject


@handles(CloseDay, needs=Permission.CLOSE_DAY, answer=_count)
def close_day(ask: CloseDay, tx: Transaction, moment: Context) -> NewEvent:
    """Close every ticket of today and before; answers how many there were.

    Visits end with it, but for those that an open case or a card still held keeps open; what those have
    run past by now is written down.
    """
    left = tickets.left_open(tx)
    _close(tx, left, moment.at, ask.reason)
    ended = end_left_visits(tx, moment, LATEST_DAY)
    record_open_deviations(tx, moment)
    forget_declared(tx, moment)
    data = {"tickets": left, "visits": ended, "cards": [card.id for card in custody.cards_held(tx)]}
    return NewEvent("day.closed", "queue", len(left), data)
