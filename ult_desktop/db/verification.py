"""Prove an office file: its pages, its chain of events, and what must never happen in a queue."""

import sqlite3
from collections.abc import Callable, Iterator

import msgspec

from ult_desktop.base import _
from ult_desktop.core.event import GENESIS, Event, chain_hash
from ult_desktop.db.office import office
from ult_desktop.db.store import connection, errors, events
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.db.visits import documents

CHUNK = 5000


GLANCE = 50
PAGE_CHECKS = ("integrity", "foreign_key", "unreadable")


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong: which check, and where."""

    check: str
    detail: str


class VerificationResult(msgspec.Struct, frozen=True, kw_only=True):
    """The result of a verification. `last_hash` anchors the log on paper."""

    ok: bool
    events: int
    tickets: int
    last_hash: str
    findings: tuple[Finding, ...]


_INVARIANTS = {
    "doubled_number": """
SELECT day || ' ' || series || number FROM ticket GROUP BY day, series, number HAVING count(*) > 1""",
    "ticket_in_two_places": """
SELECT ticket_id FROM turn WHERE ended_at IS NULL GROUP BY ticket_id HAVING count(*) > 1""",
    "counter_with_two_visitors": """
SELECT counter FROM turn WHERE ended_at IS NULL GROUP BY counter HAVING count(*) > 1""",
    "officer_serving_two": """
SELECT officer_id FROM turn WHERE ended_at IS NULL AND arrived_at IS NOT NULL AND officer_id IS NOT NULL
GROUP BY officer_id HAVING count(*) > 1""",
    "state_against_turn": """
SELECT t.day || ' ' || t.label FROM ticket t LEFT JOIN turn u ON u.ticket_id = t.id AND u.ended_at IS NULL
WHERE (t.state IN ('called', 'serving')) <> (u.id IS NOT NULL)
OR (t.state = 'serving' AND u.arrived_at IS NULL)""",
    "times_out_of_order": """
SELECT ticket_id FROM turn WHERE arrived_at < called_at OR ended_at < coalesce(arrived_at, called_at)""",
    "label_against_number": """
SELECT day || ' ' || label FROM ticket WHERE substr(label, 1, length(series)) <> series
OR CAST(substr(label, length(series) + 1) AS INTEGER) <> number""",
    "label_against_event": """
SELECT t.day || ' ' || t.label FROM event e JOIN ticket t ON t.id = e.subject
WHERE e.kind IN ('ticket.issued', 'ticket.walked_in') AND json_extract(e.data, '$.label') <> t.label""",
    "ticket_without_event": """
SELECT day || ' ' || label FROM ticket WHERE id NOT IN
(SELECT subject FROM event WHERE kind IN ('ticket.issued', 'ticket.walked_in'))""",
    "event_without_ticket": """
SELECT 'event ' || e.seq FROM event e LEFT JOIN ticket t ON t.id = e.subject
WHERE e.kind IN ('ticket.issued', 'ticket.walked_in') AND t.id IS NULL""",
    "end_without_turn": """
SELECT day || ' ' || label FROM ticket WHERE state IN ('done', 'no_show') AND id NOT IN
(SELECT ticket_id FROM turn)""",
}


def verify(tx: Transaction, progress: Callable[[int], None] = lambda _done: None) -> VerificationResult:
    """Check everything; `progress` gets the number of events checked so far."""
    findings = tuple(_pages(tx))
    if findings:  # on damaged pages the rest would only repeat it
        return VerificationResult(ok=False, events=0, tickets=0, last_hash=GENESIS, findings=findings)
    try:
        return _content(tx, progress)
    except (sqlite3.Error, *errors.UNREADABLE) as error:
        _require_damage(error)
        unreadable = (Finding("unreadable", str(error)),)
        return VerificationResult(ok=False, events=0, tickets=0, last_hash=GENESIS, findings=unreadable)


def verify_log_end(tx: Transaction) -> tuple[Finding, ...]:
    """Whether the log's end hangs together. A file that was cut off does not even open."""
    last = max(0, events.last_seq(tx) - GLANCE - 1)
    return tuple(_chain(tx, after=last, chain=events.chain_at(tx, last)))


def tables(tx: Transaction) -> tuple[str, ...]:
    return tuple(map(str, tx.column("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")))


def table_pages(tx: Transaction, table: str) -> tuple[Finding, ...]:
    """SQLite's quick_check of one table and its indexes: others commit again when it is through."""
    return tuple(_unsound(tx, f'PRAGMA quick_check("{table}")'))


def pages_and_chain(tx: Transaction) -> tuple[Finding, ...]:
    """What can be told of a copy that lies elsewhere, whatever version wrote it: is it whole, is it true."""
    return tuple(_pages(tx)) or tuple(_chain(tx))


def _content(tx: Transaction, progress: Callable[[int], None]) -> VerificationResult:
    office.load(tx)
    lost = (Finding("document_missing", where) for where in documents.missing(tx))
    loose = (Finding("schema", name) for name in tx.on_connection(connection.missing_schema))
    findings = (*_chain(tx, progress), *_invariants(tx), *lost, *loose)
    return VerificationResult(
        ok=not findings,
        events=tx.number("SELECT count(*) FROM event"),
        tickets=tx.number("SELECT count(*) FROM ticket"),
        last_hash=tx.value("SELECT chain FROM event ORDER BY seq DESC LIMIT 1") or GENESIS,
        findings=findings,
    )


def _pages(tx: Transaction) -> Iterator[Finding]:
    yield from _unsound(tx, "PRAGMA integrity_check(20)")
    try:
        for table in tx.column('SELECT DISTINCT "table" FROM pragma_foreign_key_check'):
            yield Finding("foreign_key", str(table))
    except sqlite3.Error as error:
        _require_damage(error)
        yield Finding("integrity", str(error))


def _unsound(tx: Transaction, pragma: str) -> Iterator[Finding]:
    try:
        for line in tx.column(pragma):
            if line != "ok":
                yield Finding("integrity", str(line))
    except sqlite3.Error as error:
        _require_damage(error)
        yield Finding("integrity", str(error))


def _require_damage(error: Exception) -> None:
    """A busy or vanished share says nothing of the file: that is the store's to try again."""
    told = errors.is_unreadable(error) or (isinstance(error, sqlite3.Error) and errors.is_damage(error))
    if isinstance(error, sqlite3.Error) and not told:
        raise error


class _Linked(Event, frozen=True, kw_only=True):
    """An event with the hash it was stored with."""

    chain: str


_LINKED = Rows(_Linked, "event")


def _chain(
    tx: Transaction,
    progress: Callable[[int], None] = lambda _done: None,
    after: int = 0,
    chain: str = GENESIS,
) -> Iterator[Finding]:
    """From the event that follows `after`, whose hash is `chain`."""
    before, expected = chain, after + 1
    while rows := _next_rows(tx, expected):
        for row in rows:
            event = Event(**{name: getattr(row, name) for name in Event.__struct_fields__})
            if row.seq != expected:
                yield Finding("chain", _("catatan {seq} hilang").format(seq=expected))
            elif chain_hash(before, event) != row.chain:
                yield Finding("chain", _("catatan {seq} diubah").format(seq=row.seq))
            before, expected = row.chain, row.seq + 1
        progress(expected - 1)


def _next_rows(tx: Transaction, seq: int) -> tuple[_Linked, ...]:
    return _LINKED.all(tx, "WHERE seq >= ? ORDER BY seq LIMIT ?", seq, CHUNK)


def _invariants(tx: Transaction) -> Iterator[Finding]:
    for check, sql in _INVARIANTS.items():
        for where in tx.column(f"{sql} LIMIT 20"):
            yield Finding(check, str(where))
