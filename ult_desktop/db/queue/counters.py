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
    def scope(self) -> calling_order.CounterScope:
        return calling_order.CounterScope(
            number=self.number,
            services=frozenset(self.serves),
            priority=self.priority,
            officer_id=self.officer_id,
        )


_OTHER = (
    "coalesce(o.name, '') AS officer,"
    " (SELECT json_group_array(service_id) FROM counter_service s WHERE s.counter = c.number) AS serves_json"
)
_ROWS = Rows(CounterRow, "counter c LEFT JOIN officer o ON o.id = c.officer_id", _OTHER)


def all_counters(tx: Transaction) -> tuple[CounterRow, ...]:
    return _ROWS.all(tx, "ORDER BY c.number")


def counter_choices(tx: Transaction) -> tuple[tuple[int, str], ...]:
    """List the counters to choose from: number and name."""
    return tuple((row.number, boards.counter_name(row.number, row.name)) for row in all_counters(tx))


class BusyCounter(CounterRow, frozen=True, kw_only=True):
    """A counter with its visitor: called at `busy_since` for a service, there since `arrived_at` (UTC ms)."""

    busy_since: int | None
    busy_service_id: int | None
    arrived_at: int | None


_BUSY = Rows(
    BusyCounter,
    "counter c LEFT JOIN officer o ON o.id = c.officer_id"
    " LEFT JOIN turn u ON u.counter = c.number AND u.ended_at IS NULL",
    f"{_OTHER}, u.called_at AS busy_since, u.service_id AS busy_service_id, u.arrived_at AS arrived_at",
)


def busy_counters(tx: Transaction) -> tuple[BusyCounter, ...]:
    """List every counter with the visitor who is called to it or served there."""
    return _BUSY.all(tx, "ORDER BY c.number")


def find(tx: Transaction, number: int) -> CounterRow | None:
    return _ROWS.maybe(tx, "WHERE c.number = ?", number)


def staffed_by(tx: Transaction, officer_id: int) -> tuple[CounterRow, ...]:
    return _ROWS.all(tx, "WHERE c.officer_id = ? ORDER BY c.number", officer_id)


def insert(tx: Transaction, number: int, name: str, *, priority: bool) -> None:
    tx.insert("counter", number=number, name=name, priority=priority)


def add_service(tx: Transaction, number: int, service_id: int) -> None:
    tx.insert("counter_service", counter=number, service_id=service_id)


def change(tx: Transaction, number: int, name: str, *, priority: bool) -> None:
    """Change name and kind of a counter. It serves no service until its services are set again."""
    tx.update("counter", {"number": number}, name=name, priority=priority)
    tx.run("DELETE FROM counter_service WHERE counter = ?", number)


def set_state(tx: Transaction, number: int, state: boards.CounterState, reason: str) -> None:
    tx.update("counter", {"number": number}, state=state, pause_reason=reason)


def seat_officer(tx: Transaction, number: int, officer_id: int | None) -> None:
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


def set_station(tx: Transaction, number: int, station: str, boot: str) -> None:
    """Note that the officer of a counter sits at `station`, in the run `boot`.

    `boot` is "" for a station that keeps no row.
    """
    tx.update("counter", {"number": number}, station=station, boot=boot)
