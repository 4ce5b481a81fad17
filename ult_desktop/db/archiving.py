"""Let go of a year's rows in the office file, in small steps, while the stations work on.

One step, one short transaction (docs/store.md, rule 5) and whole in itself: some entries of the log with the
place where it begins now, or some comings with everything that hangs on them. A row goes only when it stands
in the archive exactly as it is here. What changed since, or got something new, stays here and leaves the
archive. Killed at any moment, the same steps are gone through again: what is gone already is passed over.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from ult_desktop.core.archive import ArchiveFacts, Counts
from ult_desktop.db import archive_choice, archive_file, archive_rules, archives, events
from ult_desktop.db.archive_rules import LINKS, belongs, columns, key_of, root_of
from ult_desktop.db.migrations import MIGRATIONS
from ult_desktop.db.store import Store
from ult_desktop.db.transaction import Transaction, Value

LOG_STEP = 300
CHUNK = 500
_ISSUED = "kind IN ('ticket.issued', 'ticket.walked_in')"
_RECIPIENTS = "follows IS NULL AND ending NOT IN ('merged', 'left', 'refused')"

Rows = list[tuple[Value, ...]]
ArchiveLink = sqlite3.Connection  # an archive that is worked on


class Group(NamedTuple):
    """Comings that go together, with their numbers; a number that nobody came for is a group alone."""

    visits: tuple[int, ...] = ()
    tickets: tuple[int, ...] = ()


class Portion(NamedTuple):
    """Some groups and all their rows as the archive has them."""

    groups: tuple[Group, ...]
    names: dict[str, tuple[str, ...]]
    rows: dict[str, Rows]
    months: Rows
    requests: Rows
    bounds: dict[str, int]

    @property
    def ids(self) -> dict[str, tuple[int, ...]]:
        return {
            "visit": tuple(number for group in self.groups for number in group.visits),
            "ticket": tuple(number for group in self.groups for number in group.tickets),
        }


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The archive to be worked on, by the one station that holds the lease; brought up to date."""
    with closing(sqlite3.connect(path, isolation_level=None)) as link:
        MIGRATIONS.apply(Database(link))
        link.execute("PRAGMA foreign_keys = OFF")
        yield link


def log_steps(link: sqlite3.Connection, facts: ArchiveFacts, gone: int) -> Iterator[events.Start]:
    """Where the log begins after each step; up to `gone` it is the archive's alone already."""
    tx, ticket = Transaction(link), 0
    for first in range(max(facts.first_seq, gone + 1), facts.last_seq + 1, LOG_STEP):
        last = min(first + LOG_STEP - 1, facts.last_seq)
        issued = f"SELECT max(subject) FROM event WHERE seq BETWEEN ? AND ? AND {_ISSUED}"
        ticket = max(ticket, int(tx.value(issued, first, last) or 0))
        yield events.Start(last, events.chain_at(tx, last) or "", ticket)


def erase_log(store: Store, step: events.Start) -> bool:
    """Whether the log up to there is the archive's alone now."""
    return store.write(partial(_erase_log, step=step))


def _erase_log(tx: Transaction, step: events.Start) -> bool:
    now = events.start(tx)
    if now.seq < step.seq:
        if events.chain_at(tx, step.seq) != step.chain:
            return False
        events.forget_to(tx, step.seq)
        events.set_start(tx, step._replace(ticket=max(now.ticket, step.ticket)))
    return True


def groups(link: sqlite3.Connection) -> list[Group]:
    """Everybody in the archive, those together who refer to each other."""
    first: dict[int, int] = {}

    def head(visit: int) -> int:
        while (above := first.get(visit, visit)) != visit:
            visit = above
        return visit

    for one, other in archive_choice.pairs(link, "main"):
        low, high = sorted((head(one), head(other)))
        first[high] = low
    together: dict[int, list[tuple[int, int | None]]] = {}
    for visit, ticket in link.execute("SELECT id, ticket_id FROM visit ORDER BY id").fetchall():
        together.setdefault(head(visit), []).append((visit, ticket))
    alone = "SELECT id FROM ticket WHERE id NOT IN (SELECT ticket_id FROM visit WHERE ticket_id IS NOT NULL)"
    return [
        *(
            Group(tuple(visit for visit, _t in rows), tuple(t for _visit, t in rows if t is not None))
            for rows in together.values()
        ),
        *(Group(tickets=(ticket,)) for (ticket,) in link.execute(alone).fetchall()),
    ]


def left(store: Store, every: Sequence[Group]) -> list[Group]:
    """The groups of which something is in the office file still: a run that was cut off goes on there."""
    visits = _still(store, "visit", [number for group in every for number in group.visits])
    tickets = _still(store, "ticket", [number for group in every for number in group.tickets])
    return [group for group in every if visits & {*group.visits} or tickets & {*group.tickets}]


def portion(link: sqlite3.Connection, chosen: Sequence[Group], facts: ArchiveFacts) -> Portion:
    made = Portion(tuple(chosen), {}, {}, [], [], facts.bounds)
    for table in hanging():
        made.names[table] = columns(link, table)
        made.rows[table] = _rows(Transaction(link), made, table)
    visits = made.ids["visit"]
    among = f"IN ({_marks(visits)})"
    month = "SELECT substr(day, 1, 7) AS month,"
    recipients = f"{month} 'visits' AS what FROM visit WHERE {_RECIPIENTS} AND id {among}"
    asked = f"{month} state AS what FROM survey_token WHERE visit_id {among}"
    for rows in (recipients, asked):
        counted = f"SELECT month, what, count(*) FROM ({rows}) GROUP BY month, what"
        made.months.extend(link.execute(counted, visits).fetchall())
    made.requests.extend(
        link.execute(
            "SELECT source, CASE external_id WHEN '' THEN fingerprint ELSE external_id END, number"
            f" FROM online_request WHERE visit_id {among}",
            visits,
        ).fetchall()
    )
    return made


def erase(store: Store, part: Portion) -> bool:
    """Whether these groups are in the archive alone now; False when one of them is not as it was."""
    return store.write_unlinked(partial(_erase, part=part))


def _erase(tx: Transaction, part: Portion) -> bool:
    here = {root: _present(tx, root, ids) for root, ids in part.ids.items()}
    if not any(here.values()):
        return True
    if any(_rows(tx, part, table) != rows for table, rows in part.rows.items()) or _is_needed(tx, part):
        return False
    for table in reversed(part.rows):
        if part.rows[table]:
            ids = part.ids[root_of(table)]
            tx.run(f"DELETE FROM {table} WHERE {belongs(table, _marks(ids))}", *ids)
    _remember(tx, part)
    return True


def _present(tx: Transaction, table: str, ids: Sequence[int]) -> set[int]:
    return set(tx.column(f"SELECT id FROM {table} WHERE id IN ({_marks(ids)})", *ids))


def _rows(tx: Transaction, part: Portion, table: str) -> Rows:
    ids = part.ids[root_of(table)]
    names = ", ".join(part.names[table])
    return sorted(tx.rows(f"SELECT {names} FROM {table} WHERE {belongs(table, _marks(ids))}", *ids), key=repr)


def _is_needed(tx: Transaction, part: Portion) -> bool:
    """Whether a row that is newer than the archive refers to one of these; only new rows are looked at."""
    for table, column, parent in LINKS:
        ids = part.ids[root_of(parent)]
        among = belongs(parent, _marks(ids))
        found = tx.value(
            f"SELECT 1 FROM {table} WHERE {key_of(table)} > ? AND {column} IN"
            f" (SELECT id FROM {parent} WHERE {among}) LIMIT 1",
            part.bounds[table],
            *ids,
        )
        if found:
            return True
    visits = part.ids["visit"]
    named = f"SELECT 1 FROM subject_visit WHERE visit_id IN ({_marks(visits)}) LIMIT 1"
    return tx.value(named, *visits) is not None  # a data subject asked meanwhile: what is his stays at hand


def _remember(tx: Transaction, part: Portion) -> None:
    """What the office goes on asking of rows that it no longer has."""
    for month in part.months:
        tx.run(
            "INSERT INTO archived_month (month, what, count) VALUES (?, ?, ?)"
            " ON CONFLICT (month, what) DO UPDATE SET count = archived_month.count + excluded.count",
            *month,
        )
    for request in part.requests:
        tx.run("INSERT INTO archived_request (source, key, number) VALUES (?, ?, ?)", *request)


def lone(link: sqlite3.Connection) -> list[tuple[str, tuple[int, ...]]]:
    """Tables whose rows lie alone, with the ids of such rows."""
    found = []
    for table, rule in archive_rules.moving().items():
        if rule.alone:
            ids = link.execute(f"SELECT id FROM {table} WHERE {rule.alone} ORDER BY id").fetchall()
            found.append((table, tuple(number for (number,) in ids)))
    return found


def erase_lone(store: Store, link: sqlite3.Connection, table: str, ids: Sequence[int]) -> None:
    """Rows that hang on nothing; one that is not as it was stays."""
    names = ", ".join(columns(link, table))
    sql = f"SELECT {names} FROM {table} WHERE id IN ({_marks(ids)})"
    expected = {row[0]: row for row in link.execute(sql, ids).fetchall()}
    store.write_unlinked(partial(_erase_lone, table=table, sql=sql, expected=expected))


def _erase_lone(tx: Transaction, table: str, sql: str, expected: dict[int, tuple[Value, ...]]) -> None:
    same = [row[0] for row in tx.rows(sql, *expected) if expected[row[0]] == row]
    tx.run(f"DELETE FROM {table} WHERE id IN ({_marks(same)})", *same)


def settle(store: Store, link: sqlite3.Connection) -> tuple[Counts, str]:
    """Take out of the archive what stayed in the office file; what it holds now, and the hash over it."""
    stayed = left(store, groups(link))
    alone = [(table, tuple(_still(store, table, ids))) for table, ids in lone(link)]
    link.execute("BEGIN IMMEDIATE")
    tx = Transaction(link)
    for group in stayed:
        ids = {"visit": group.visits, "ticket": group.tickets}
        for table in reversed(hanging()):
            own = ids[root_of(table)]
            tx.run(f"DELETE FROM {table} WHERE {belongs(table, _marks(own))}", *own)
    for table, here in alone:
        for chunk in chunks(here):
            tx.run(f"DELETE FROM {table} WHERE id IN ({_marks(chunk)})", *chunk)
    counts, digest = archive_file.counts_of(tx), archive_file.digest_of(link)
    archives.set_content(tx, archives.facts_in(tx).year, digest, counts)
    link.execute("COMMIT")
    return counts, digest


def _still(store: Store, table: str, ids: Sequence[int]) -> set[int]:
    """Those that the office file holds; read in short snapshots."""
    found: set[int] = set()
    for chunk in chunks(ids):
        found |= store.read(partial(_present, table=table, ids=chunk))
    return found


def chunks(ids: Sequence[int]) -> Iterator[tuple[int, ...]]:
    return (tuple(ids[first : first + CHUNK]) for first in range(0, len(ids), CHUNK))


def hanging() -> tuple[str, ...]:
    """The tables whose rows go with a coming, what others hang on first."""
    return tuple(table for table in archive_rules.moving() if root_of(table))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values)) or "NULL"
