"""Counters (loket): which services they serve, who sits there, whether they are open."""

import msgspec

from ult_desktop.core.queue import boards, calling_order
from ult_desktop.db.store.transaction import Rows, Transaction


class CounterRow(msgspec.Struct, frozen=True, kw_only=True):
    """A counter with its officer's name ("" when nobody sits there).

    `station` is where the officer sat down, in that station's run `boot`; "" when that is not known.
    """

    number: int
    name: str
    priority: bool
    state: boards.CounterState
    pause_reason: str
    officer_id: int | None
    officer: str
    serves: tuple[int, ...]
    station: str = ""
    boot: str = ""

    @property
    def desk(self) -> calling_order.CounterScope:
        return calling_order.CounterScope(
            number=self.number,
            services=frozenset(self.serves),
            priority=self.priority,
            officer_id=self.officer_id,
        )


_ROWS = Rows(
    CounterRow,
    "counter c LEFT JOIN officer o ON o.id = c.officer_id",
    "coalesce(o.name, '') AS officer,"
    " (SELECT json_group_array(service_id) FROM counter_service s WHERE s.counter = c.number) AS serves_json",
)


def all_counters(tx: Transaction) -> tuple[CounterRow, ...]:
    return _ROWS.all(tx, "ORDER BY c.number")


def open_ones(tx: Transaction) -> list[tuple[int, ...]]:
    """The services of each counter that is open now."""
    rows = tx.column(
        "SELECT (SELECT json_group_array(service_id) FROM counter_service s WHERE s.counter = c.number)"
        " FROM counter c WHERE c.state = 'open'"
    )
    return [tuple(msgspec.json.decode(row)) for row in rows]


def find(tx: Transaction, number: int) -> CounterRow | None:
    return _ROWS.maybe(tx, "WHERE c.number = ?", number)


def staffed_by(tx: Transaction, officer_id: int) -> tuple[CounterRow, ...]:
    return _ROWS.all(tx, "WHERE c.officer_id = ? ORDER BY c.number", officer_id)


def insert(tx: Transaction, number: int, name: str, priority: bool) -> None:
    tx.insert("counter", number=number, name=name, priority=priority)


def serve(tx: Transaction, number: int, service_id: int) -> None:
    tx.insert("counter_service", counter=number, service_id=service_id)


def change(tx: Transaction, number: int, name: str, priority: bool) -> None:
    """Another name or kind; it serves nothing until that is said anew."""
    tx.update("counter", {"number": number}, name=name, priority=priority)
    tx.run("DELETE FROM counter_service WHERE counter = ?", number)


def set_state(tx: Transaction, number: int, state: boards.CounterState, reason: str) -> None:
    tx.update("counter", {"number": number}, state=state, pause_reason=reason)


def seat(tx: Transaction, number: int, officer_id: int | None) -> None:
    """Put an officer at a counter, which opens it; None empties and closes it."""
    state = boards.CounterState.CLOSED if officer_id is None else boards.CounterState.OPEN
    tx.update(
        "counter",
        {"number": number},
        officer_id=officer_id,
        state=state,
        pause_reason="",
        station="",
        boot="",
    )


def work_at(tx: Transaction, number: int, station: str, boot: str) -> None:
    """The officer of a counter sits at `station`, in the run `boot`; "" for one that keeps no row."""
    tx.update("counter", {"number": number}, station=station, boot=boot)
