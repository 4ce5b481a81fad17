"""Tickets (karcis antrean): the waiting room with its priority seats, and every list of today.

Seats are not derived from who waits: one visitor wants none, another has the office's wheelchair.
Nobody taps a button when a visitor gets up. A row says that an officer led the visitor to a seat; the states
of the visit and its ticket say whether the visitor still has it. A visitor who is called, goes, or is sent
home has left the seat. A visitor who comes back to the queue has it again.
"""

from collections.abc import Collection, Iterable

import msgspec

from ult_desktop.core.queue import boards, calling_order, ticket as queue_ticket, waits
from ult_desktop.db.office import office
from ult_desktop.db.store.transaction import Rows, Transaction, Value

_AT_A_COUNTER = "SELECT c.officer_id FROM counter c WHERE c.officer_id IS NOT NULL"
_ROWS = Rows(
    queue_ticket.Ticket,
    "ticket t JOIN service s ON s.id = t.service_id LEFT JOIN turn u ON u.id = t.turn_id"
    # A regular number has no declaration: NULL finds no visit without reading the index.
    " LEFT JOIN visit v ON v.ticket_id = CASE t.priority WHEN 1 THEN t.id END"
    " LEFT JOIN vulnerability d ON d.visit_id = v.id"
    f" LEFT JOIN officer o ON o.id = t.target_officer_id AND o.id IN ({_AT_A_COUNTER})",
    "s.name AS service, s.name_en AS service_en, coalesce(d.grounds, '[]') AS grounds_json,"
    " coalesce(d.help, '[]') AS help_json, u.called_at AS called_at, u.arrived_at AS arrived_at,"
    " u.ended_at AS finished_at, coalesce(u.calls, 0) AS calls, u.counter AS counter,"
    " o.id AS target_officer_id, coalesce(o.name, '') AS target_officer",
)


class NewTicket(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when a number is given.

    Times UTC ms; `id` is set when the ticket had one before.
    """

    code: str
    day: str
    series: str
    number: int
    label: str
    service_id: int
    priority: bool
    issued_at: int
    queued_at: int
    paper: queue_ticket.PaperState
    origin: str = ""
    issued_by: int | None = None
    id: int | None = None


get = _ROWS.get
find = _ROWS.find
find_each = _ROWS.find_each


def by_code(tx: Transaction, code: str) -> queue_ticket.Ticket | None:
    return _ROWS.maybe(tx, "WHERE t.code = ?", code)


def by_number(tx: Transaction, day: str, series: str, number: int) -> queue_ticket.Ticket | None:
    return _ROWS.maybe(tx, "WHERE t.day = ? AND t.series = ? AND t.number = ?", day, series, number)


def with_paper_number(tx: Transaction, day: str, series: str, number: int) -> tuple[queue_ticket.Ticket, ...]:
    """List every ticket whose paper says this number.

    There are several where kiosks that were cut off printed the same number.
    """
    plain = by_number(tx, day, series, number)
    if plain is not None:  # the first ticket keeps the plain series until a second paper turns up
        return (plain,)
    twins: list[queue_ticket.Ticket] = []
    while twin := by_number(tx, day, queue_ticket.twin_series(series, len(twins) + 1), number):
        twins.append(twin)
    return tuple(twins)


def mark_first_twin(tx: Transaction, first: queue_ticket.Ticket, remark: str) -> None:
    """Note that another paper says the same number as this first ticket.

    The officer who calls it reads the `remark`, unless the ticket has one already.
    """
    series = queue_ticket.twin_series(first.series, 1)
    tx.update("ticket", first.id, series=series, remark=first.remark or remark)


def in_state(tx: Transaction, day: str, state: queue_ticket.TicketState) -> tuple[queue_ticket.Ticket, ...]:
    """List today's tickets of one state in queue order."""
    # Those whose serving was interrupted come first; of two with the same time, the one that did not return.
    order = "ORDER BY t.resumed DESC, t.queued_at, t.place = 'returned', t.id"
    return _ROWS.all(tx, f"WHERE t.day = ? AND t.state = ? {order}", day, state)


def without_visit(tx: Transaction, day: str) -> tuple[queue_ticket.Ticket, ...]:
    """List today's numbers of visitors who were not received yet: in the queue, or missed there."""
    return _ROWS.all(
        tx,
        "WHERE t.day = ? AND t.state IN ('waiting', 'called', 'held', 'no_show')"
        " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.ticket_id = t.id) ORDER BY t.queued_at, t.id",
        day,
    )


def waiting(tx: Transaction, day: str) -> tuple[calling_order.WaitingTicket, ...]:
    """List the waiting tickets with all that the order of calls depends on."""
    return tx.all(
        calling_order.WaitingTicket,
        "SELECT id, service_id, queued_at, place, priority, target_counter, resumed,"
        f" CASE WHEN target_officer_id IN ({_AT_A_COUNTER}) THEN target_officer_id END AS target_officer_id"
        " FROM ticket WHERE day = ? AND state = 'waiting' ORDER BY queued_at, id",
        day,
    )


def current_at_counters(tx: Transaction) -> dict[int, queue_ticket.Ticket]:
    """Return the ticket that is called to or served at each counter now."""
    turns = "FROM turn WHERE ended_at IS NULL"
    counter_of = dict(tx.rows(f"SELECT ticket_id, counter {turns}"))
    if not counter_of:
        return {}
    current = _ROWS.all(tx, f"WHERE t.id IN (SELECT ticket_id {turns})")
    return {counter_of[ticket.id]: ticket for ticket in current}


def waiting_labels(tx: Transaction, day: str) -> dict[int, str]:
    """Return the numbers that wait, as they are called, by the ticket's id."""
    return dict(tx.rows("SELECT id, label FROM ticket WHERE day = ? AND state = 'waiting'", day))


class LatestNumber(msgspec.Struct, frozen=True):
    """The latest number of a series today and its position in the queue (UTC ms)."""

    number: int = 0
    queued_at: int = 0


def latest_number(tx: Transaction, day: str, series: str) -> LatestNumber:
    """Return the latest number; the next one is one more, and a UNIQUE key guards it.

    For a ticket with an appointment, or one that was transferred, `queued_at` is the time of its issue: the
    time of an appointment must hold back nobody who comes after.
    """
    place = "CASE WHEN place IN ('fresh', 'returned') THEN queued_at ELSE issued_at END AS queued_at"
    last = f"SELECT number, {place} FROM ticket WHERE day = ? AND series = ? ORDER BY number DESC LIMIT 1"
    return LatestNumber(*(tx.row(last, day, series) or ()))


def issued_for(tx: Transaction, day: str, service_id: int) -> int:
    """Count the numbers given for a service today, cancelled ones excluded; a quota is compared with it."""
    return tx.number(
        "SELECT count(*) FROM ticket WHERE day = ? AND service_id = ? AND state <> 'cancelled'",
        day,
        service_id,
    )


def free_number(tx: Transaction, day: str, series: str, at: int) -> int:
    """Return the first number that nobody has, after those that were given before `at` (UTC ms)."""
    rows = tx.rows("SELECT number, issued_at FROM ticket WHERE day = ? AND series = ?", day, series)
    taken = {number for number, _issued_at in rows}
    # Numbers that were given since may be higher, with a gap below them that this one fills.
    free = max((number for number, issued_at in rows if issued_at < at), default=0) + 1
    while free in taken:
        free += 1
    return free


def free_id(tx: Transaction, at: int, reserved: Collection[int]) -> int:
    """Return the first row id that no ticket has, after those of the numbers given before `at` (UTC ms).

    Numbers that a kiosk gave alone got their rows later, and do not count. `reserved` ids are not returned.
    """
    given = "SELECT id FROM ticket WHERE origin = '' AND issued_at < ? ORDER BY id DESC LIMIT 1"
    free = tx.number(given, at) + 1
    taken = {*reserved, *tx.column("SELECT id FROM ticket WHERE id >= ?", free)}
    while free in taken:
        free += 1
    return free


def insert(tx: Transaction, new: NewTicket) -> int:
    return tx.insert("ticket", new, state="waiting", place="fresh")


def note_shown_wait(tx: Transaction, ticket_id: int, ahead: int, expected: waits.ExpectedWait | None) -> None:
    """Note the wait that is shown with the number, and how many are called before it."""
    model_ms, low, high = 0, None, None
    if expected is not None:
        low, high = expected.shown.low, expected.shown.high
        # "At once" is noted as 0 ms: no wait is learned from it.
        model_ms = expected.model_ms if high else 0
    tx.update("ticket", ticket_id, told_ahead=ahead, model_ms=model_ms, wait_low=low, wait_high=high)


def claim(tx: Transaction, ticket_id: int) -> bool:
    """Take a waiting ticket for a call; return False when another counter was faster."""
    # One conditional statement: the ticket changes only while it still waits.
    still_waiting: dict[str, Value] = {"id": ticket_id, "state": "waiting"}
    return tx.update("ticket", still_waiting, state="called", resumed=0, stood="") == 1


def set_state(
    tx: Transaction, ticket_id: int, state: queue_ticket.TicketState, remark: str | None = None
) -> None:
    tx.run("UPDATE ticket SET state = ?, remark = coalesce(?, remark) WHERE id = ?", state, remark, ticket_id)


def cancel(tx: Transaction, ticket_id: int, remark: str | None) -> None:
    """Take a ticket out of the queue; without a remark the former one stays."""
    set_state(tx, ticket_id, queue_ticket.TicketState.CANCELLED, remark)
    tx.update("ticket", ticket_id, stood="")


def set_outcome(tx: Transaction, ticket_id: int, outcome: str) -> None:
    tx.update("ticket", ticket_id, outcome=outcome)


def set_serving(tx: Transaction, ticket_id: int, serving_id: int | None) -> None:
    tx.update("ticket", ticket_id, turn_id=serving_id)


def requeue(tx: Transaction, ticket_id: int, queued_at: int, place: queue_ticket.QueuePosition) -> None:
    """Put a ticket into the waiting room again, at `queued_at`; it is without a turn until it is called."""
    tx.update("ticket", ticket_id, state="waiting", queued_at=queued_at, place=place, turn_id=None, stood="")


def put_first(tx: Transaction, ticket_id: int) -> None:
    """Put a visitor whose serving was interrupted before all others who wait."""
    tx.update("ticket", ticket_id, resumed=1)


def reserve_for(tx: Transaction, ticket_id: int, counter: int) -> None:
    """Let a waiting visitor be called at this counter alone."""
    tx.update("ticket", ticket_id, target_counter=counter, target_officer_id=None)


class _QueueColumns(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a ticket that change when it is set aside or sent on, with their earlier values."""

    service_id: int
    place: str
    target_counter: int | None
    target_officer_id: int | None
    sender_counter: int | None
    remark: str


def save_queue_columns(tx: Transaction, ticket_id: int) -> None:
    """Save a ticket's columns before it is set aside or sent on, for `restore_queue_columns`."""
    names = ", ".join(_QueueColumns.__struct_fields__)
    columns = tx.one(_QueueColumns, f"SELECT {names} FROM ticket WHERE id = ?", ticket_id)
    tx.update("ticket", ticket_id, stood=columns)


def restore_queue_columns(
    tx: Transaction, ticket_id: int, turn_id: int | None, state: queue_ticket.TicketState
) -> None:
    """Put a ticket back as it was before its serving ended: into that serving (`turn_id`), or without one."""
    saved = tx.value("SELECT stood FROM ticket WHERE id = ?", ticket_id)
    # Nothing was saved when a serving ended as served or missed: that changes none of these columns.
    columns = [msgspec.json.decode(saved, type=_QueueColumns)] if saved else []
    tx.update("ticket", ticket_id, *columns, state=state, turn_id=turn_id, outcome="", stood="")


class Destination(msgspec.Struct, frozen=True, kw_only=True):
    """The destination of a visitor who is sent on: a service, and a counter or an officer there."""

    service_id: int
    target_counter: int | None = None
    target_officer_id: int | None = None


def transfer(tx: Transaction, ticket_id: int, to: Destination, sender: int, remark: str) -> None:
    """Transfer a ticket: it waits again with its old time, for another service, counter or officer."""
    tx.update(
        "ticket",
        ticket_id,
        to,
        state="waiting",
        place="transferred",
        sender_counter=sender,
        remark=remark,
        turn_id=None,
    )


def release_from(tx: Transaction, day: str, counter: int) -> None:
    """Release the waiting tickets that were sent to `counter` or its officer.

    Any counter that serves their service may call them now.
    """
    tx.run(
        "UPDATE ticket SET target_counter = NULL, target_officer_id = NULL"
        # Also one who is called or held: they wait again if they do not come.
        " WHERE day = ?1 AND state IN ('waiting', 'called', 'held') AND (target_counter = ?2"
        " OR target_officer_id = (SELECT officer_id FROM counter WHERE number = ?2))",
        day,
        counter,
    )


def set_paper(tx: Transaction, ticket_id: int, paper: queue_ticket.PaperState) -> None:
    tx.update("ticket", ticket_id, paper=paper)


_IS_OPEN = "state IN ('waiting', 'called', 'serving', 'held')"


def all_open(tx: Transaction) -> list[int]:
    """List every ticket that is still open, oldest day first."""
    return tx.column(f"SELECT id FROM ticket WHERE {_IS_OPEN} ORDER BY day, id")


def open_before(tx: Transaction, day: str) -> list[int]:
    """List the tickets that an earlier day left open; there are none on a normal day."""
    return tx.column(f"SELECT id FROM ticket WHERE day < ? AND {_IS_OPEN} ORDER BY day, id", day)


def open_after(tx: Transaction, day: str) -> tuple[queue_ticket.Ticket, ...]:
    """List the numbers of a later day that are still open: a clock that was ahead gave them."""
    return _ROWS.all(tx, f"WHERE t.day > ? AND t.{_IS_OPEN} ORDER BY t.day, t.id", day)


def closed_among(tx: Transaction, ticket_ids: Iterable[int], day: str) -> tuple[queue_ticket.Ticket, ...]:
    """List those of these tickets that are of `day` and are cancelled or done."""
    ended = (queue_ticket.TicketState.CANCELLED, queue_ticket.TicketState.DONE)
    return tuple(
        ticket for ticket in find_each(tx, ticket_ids) if ticket.day == day and ticket.state in ended
    )


def close_all(tx: Transaction, ticket_ids: Iterable[int], reason: str) -> None:
    """Close tickets at the end of the day: those being served are done, all others are cancelled.

    A remark that is there already stays; the other tickets get the reason.
    """
    tx.run_each(
        "UPDATE ticket SET state = CASE state WHEN 'serving' THEN 'done' ELSE 'cancelled' END,"
        " remark = CASE remark WHEN '' THEN ? ELSE remark END, stood = '' WHERE id = ?",
        [(reason, ticket_id) for ticket_id in ticket_ids],
    )


def read_seats(tx: Transaction, day: str) -> boards.Seats:
    """Return the seats, and the vulnerable visitors of `day` who wait in the hall."""
    guests = tx.all(
        boards.VulnerableGuest,
        "SELECT v.id AS visit_id, v.ticket_id, t.label, p.visit_id IS NOT NULL AS sits FROM visit v"
        " LEFT JOIN ticket t ON t.id = v.ticket_id LEFT JOIN priority_seat p ON p.visit_id = v.id"
        " WHERE v.day = ? AND v.ended_at IS NULL AND v.vulnerable = 1 AND v.channel = 'tatap_muka'"
        " AND coalesce(t.state, 'waiting') IN ('waiting', 'held') ORDER BY v.began_at, v.id",
        day,
    )
    return boards.Seats(reserved=office.load(tx).settings.care.priority_seats, guests=guests)


def take_seat(tx: Transaction, visit_id: int, at: int, officer_id: int | None) -> None:
    """Note that a visitor has a priority seat; `at` UTC ms."""
    tx.insert("priority_seat", visit_id=visit_id, at=at, officer_id=officer_id)


def give_back_seat(tx: Transaction, visit_id: int) -> None:
    tx.run("DELETE FROM priority_seat WHERE visit_id = ?", visit_id)
