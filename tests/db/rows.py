"""Rows as the tests of the store need them."""

from collections.abc import Callable
from contextlib import closing
from typing import TypeVar

from ult_desktop.core.event import Event
from ult_desktop.core.online.online_request import OnlineState
from ult_desktop.core.queue.ticket import PaperState
from ult_desktop.db.queue import servings, tickets
from ult_desktop.db.queue.servings import NewServing
from ult_desktop.db.queue.tickets import NewTicket
from ult_desktop.db.store.store import Store
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.operations.office.office import Office

T = TypeVar("T")
DAY = "2026-11-23"


def event(request: str, station: str = "lain", subject: int = 1, at: int = 1) -> Event:
    return Event(
        seq=0,
        at=at,
        station=station,
        officer_id=None,
        kind="uji",
        area="queue",
        subject=subject,
        data="{}",
        request=request,
    )


def write_rows(office: Office, act: Callable[[Transaction], T]) -> T:
    """Write in an office's file as another connection, with nothing sealed and no event."""
    with closing(Store(office.path)) as store:
        return store.write(act)


def read_rows(office: Office, query: Callable[[Transaction], T]) -> T:
    """Read in an office's file as another connection, with nothing opened or masked."""
    with closing(Store(office.path)) as store:
        return store.read(query)


def log_after(tx: Transaction, seq: int) -> tuple[Event, ...]:
    """Every event newer than `seq`, in order."""
    return Rows(Event, "event").all(tx, "WHERE seq > ? ORDER BY seq", seq)


def columns(tx: Transaction, table: str) -> list[str]:
    """Their names, in order."""
    told = tx.on_connection(lambda link: link.execute(f"SELECT * FROM {table} WHERE false"))
    return [column[0] for column in told.description]


def add_ticket(
    tx: Transaction, number: int, *, day: str = DAY, service: int = 1, at: int | None = None
) -> int:
    """A waiting ticket of series A."""
    return tickets.insert(
        tx,
        NewTicket(
            code=f"{day}-{number}",
            day=day,
            series="A",
            number=number,
            label=f"A{number:03}",
            service_id=service,
            priority=False,
            issued_at=number if at is None else at,
            queued_at=number if at is None else at,
            paper=PaperState.NONE,
        ),
    )


def begin_turn(
    tx: Transaction,
    ticket_id: int,
    *,
    counter: int = 1,
    at: int = 1_000,
    day: str = DAY,
    officer: int | None = None,
) -> int:
    """The ticket is called to a counter."""
    turn_id = servings.begin(
        tx,
        NewServing(
            ticket_id=ticket_id,
            counter=counter,
            service_id=1,
            officer_id=officer,
            day=day,
            priority=False,
            called_at=at,
        ),
    )
    tickets.claim(tx, ticket_id)
    tickets.set_serving(tx, ticket_id, turn_id)
    return turn_id


def open_requests(tx: Transaction) -> dict[OnlineState, int]:
    """Count the online requests in each state but closed."""
    rows = tx.rows("SELECT state, count(*) FROM online_request WHERE state <> 'ditutup' GROUP BY state")
    return {OnlineState(state): count for state, count in rows}
