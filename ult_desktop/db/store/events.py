"""The append-only log: write one event, find a request, read what is new."""

import msgspec

from ult_desktop.core.event import GENESIS, Event, chain_hash
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Event, "event")
_IS_LAST = "seq = (SELECT max(seq) FROM event)"  # one step in the tree, and its plan says so


def chain_at(tx: Transaction, seq: int) -> str:
    """The hash of an entry; of one that is not there, the hash that a log begins with."""
    return str(tx.value("SELECT chain FROM event WHERE seq = ?", seq) or GENESIS)


def subject_of(tx: Transaction, request: str) -> int | None:
    """What a request already did (docs/store.md, rule 8), or None when it has not been carried out."""
    subject = tx.value("SELECT subject FROM event WHERE request = ?", request)
    return None if subject is None else int(subject)


def of_request(tx: Transaction, request: str) -> Event | None:
    """The event of a request, or None when it has not been carried out."""
    return _ROWS.maybe(tx, "WHERE request = ?", request)


def last_seq(tx: Transaction) -> int:
    return tx.number("SELECT max(seq) FROM event")


def last_station(tx: Transaction) -> str:
    """The station that wrote last; "" while the log is empty."""
    return str(tx.value(f"SELECT station FROM event WHERE {_IS_LAST}") or "")


def last_at(tx: Transaction) -> int:
    """When something was written last (UTC ms); 0 while the log is empty."""
    return tx.number(f"SELECT at FROM event WHERE {_IS_LAST}")


def append(tx: Transaction, event: Event) -> Event:
    """Write `event` at the end of the log (its `seq` is set here) and chain it to the row before."""
    seq, chain = tx.row(f"SELECT seq, chain FROM event WHERE {_IS_LAST}") or (0, GENESIS)
    placed = msgspec.structs.replace(event, seq=seq + 1)
    tx.insert("event", placed, chain=chain_hash(chain, placed))
    return placed
