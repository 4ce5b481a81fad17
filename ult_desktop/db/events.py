"""The append-only log: write one event, find a request, read what is new."""

from typing import NamedTuple

import msgspec

from ult_desktop.core.log import GENESIS, Event, chain_hash
from ult_desktop.db.transaction import Transaction

_IS_LAST = "seq = (SELECT max(seq) FROM event)"  # one step in the tree, and its plan says so


class Start(NamedTuple):
    """Where a file's log begins: after `seq`, chained to `chain`; `ticket` is the last one issued before."""

    seq: int
    chain: str
    ticket: int


BEGINNING = Start(0, GENESIS, 0)


def start(tx: Transaction, schema: str = "main") -> Start:
    """What came before lies in archives. A file of an older program knows no archives."""
    if not tx.value(f"SELECT count(*) FROM {schema}.sqlite_schema WHERE name = 'log_start'"):
        return BEGINNING
    row = tx.row(f"SELECT seq, chain, ticket FROM {schema}.log_start")
    return Start(*row) if row else BEGINNING


def set_start(tx: Transaction, begin: Start) -> None:
    tx.run(
        "INSERT INTO log_start (id, seq, chain, ticket) VALUES (1, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET seq = excluded.seq, chain = excluded.chain, ticket = excluded.ticket",
        *begin,
    )


def chain_at(tx: Transaction, seq: int) -> str | None:
    """The hash of an entry; None when it is not in this file."""
    return None if (found := tx.value("SELECT chain FROM event WHERE seq = ?", seq)) is None else str(found)


def forget_to(tx: Transaction, seq: int) -> int:
    """Delete the log up to `seq`, which stands in an archive: the file's trigger refuses anything else."""
    return tx.run("DELETE FROM event WHERE seq <= ?", seq)


def subject_of(tx: Transaction, request: str) -> int | None:
    """What a request already did (docs/store.md, rule 8), or None when it has not been carried out."""
    subject = tx.value("SELECT subject FROM event WHERE request = ?", request)
    return None if subject is None else int(subject)


def of_request(tx: Transaction, request: str) -> Event | None:
    """The event of a request, or None when it has not been carried out."""
    return tx.maybe(
        Event,
        "SELECT seq, at, station, officer_id, kind, area, subject, data, request FROM event"
        " WHERE request = ?",
        request,
    )


def last_seq(tx: Transaction) -> int:
    return int(tx.value("SELECT max(seq) FROM event") or 0)


def first_at(tx: Transaction) -> int | None:
    """When the oldest entry of this file was written (UTC ms); None while the log is empty."""
    at: int | None = tx.value("SELECT at FROM event WHERE seq = (SELECT min(seq) FROM event)")
    return at


def last_station(tx: Transaction) -> str:
    """The station that wrote last; "" while the log is empty."""
    return str(tx.value(f"SELECT station FROM event WHERE {_IS_LAST}") or "")


def append(tx: Transaction, event: Event) -> Event:
    """Write `event` at the end of the log (its `seq` is set here) and chain it to the row before."""
    seq, chain = tx.row(f"SELECT seq, chain FROM event WHERE {_IS_LAST}") or (0, GENESIS)
    placed = msgspec.structs.replace(event, seq=seq + 1)
    tx.run(
        "INSERT INTO event (seq, at, station, officer_id, kind, area, subject, data, request, chain)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        placed.seq,
        placed.at,
        placed.station,
        placed.officer_id,
        placed.kind,
        placed.area,
        placed.subject,
        placed.data,
        placed.request,
        chain_hash(chain, placed),
    )
    return placed


def after(tx: Transaction, seq: int) -> tuple[Event, ...]:
    """Every event newer than `seq`, in order."""
    return tx.all(
        Event,
        "SELECT seq, at, station, officer_id, kind, area, subject, data, request FROM event"
        " WHERE seq > ? ORDER BY seq",
        seq,
    )
