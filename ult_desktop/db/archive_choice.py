"""Which rows of a proved copy of the office belong into a year's archive.

Worked out on the copy and never on the share: it walks through history, and nobody waits for it.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from ult_desktop.core.archive import LAW_DAYS
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import archive_rules
from ult_desktop.db.archive_rules import LINKS, ROOTS, RULES, key_of, owner, root_of

MOST_TOLD = 200
_ISSUED = "kind IN ('ticket.issued', 'ticket.walked_in')"


class Wanted(NamedTuple):
    """A year: its last day, the moment at which it was over, and what time it is (UTC ms)."""

    year: int
    last_day: str
    end: int
    now: int

    @property
    def values(self) -> dict[str, int | str]:
        law = self.now - LAW_DAYS * DAY_MS
        return {"day": self.last_day, "end": self.end, "now": self.now, "law": law}


class Stay(NamedTuple):
    """Something of the year that is open: its table, and what people call it (a number, a day)."""

    table: str
    name: str


def choose(link: sqlite3.Connection, wanted: Wanted) -> int:
    """Fill the temporary tables `moved_visit` and `moved_ticket`; answers the last entry of the log to move.

    `link` has the copy as `src`. A coming moves when everything in it is done, was done by the end of the
    year, and nothing that stays hangs on it. The newest row of each table stays: ids are never given twice.
    """
    for root in ROOTS:
        link.execute(f"CREATE TEMP TABLE kept_{root} (id INTEGER PRIMARY KEY)")
        link.execute(f"CREATE TEMP TABLE moved_{root} (id INTEGER PRIMARY KEY)")
    last_seq = _last_seq(link, wanted)
    for table in archive_rules.moving():
        if root_of(table):
            _keep(link, table, _staying(link, table), wanted)
    _keep_beyond(link, last_seq)
    _spread(link)
    for root in ROOTS:
        link.execute(
            f"INSERT INTO moved_{root} SELECT id FROM src.{root} WHERE day <= :day"
            f" AND id NOT IN (SELECT id FROM kept_{root})",
            wanted.values,
        )
    return last_seq


def _last_seq(link: sqlite3.Connection, wanted: Wanted) -> int:
    """The log up to the first entry after the year, and never its last: the chain goes on from there."""
    (last,) = link.execute("SELECT max(seq) FROM src.event").fetchone()
    (after,) = link.execute("SELECT min(seq) FROM src.event WHERE at >= ?", (wanted.end,)).fetchone()
    return int(after or last or 1) - 1


def _staying(link: sqlite3.Connection, table: str) -> str:
    """The condition, on alias `t`, of what must not move."""
    rule, names = RULES[table], archive_rules.columns(link, table)
    parts = [f"({rule.open})"] if rule.open else []
    parts += [f"t.{name} >= :end" for name in archive_rules.acts(table, names)]
    if key_of(table) == "id":
        parts.append(f"t.id = (SELECT max(id) FROM src.{table})")
    if "day" in names:
        parts.append("t.day > :day")
    return " OR ".join(parts) or "0"


def _keep(link: sqlite3.Connection, table: str, condition: str, wanted: Wanted) -> None:
    root = root_of(table)
    link.execute(
        f"INSERT OR IGNORE INTO kept_{root} SELECT {owner(table, 't', 'src')} FROM src.{table} t"
        f" WHERE ({condition}) AND {owner(table, 't', 'src')} IS NOT NULL",
        wanted.values,
    )


def _keep_beyond(link: sqlite3.Connection, last_seq: int) -> None:
    """Numbers whose issue stands in the log that stays; comings that a letter or a data subject names."""
    link.execute(
        f"INSERT OR IGNORE INTO kept_ticket SELECT subject FROM src.event WHERE seq > ? AND {_ISSUED}",
        (last_seq,),
    )
    link.execute(
        "INSERT OR IGNORE INTO kept_visit SELECT d.visit_id FROM src.delegation g"
        " JOIN src.document d ON d.id = g.document_id WHERE d.visit_id IS NOT NULL"
    )
    for table in ("subject_visit", "subject_act"):
        link.execute(
            f"INSERT OR IGNORE INTO kept_visit SELECT visit_id FROM src.{table} WHERE visit_id IS NOT NULL"
        )


def _spread(link: sqlite3.Connection) -> None:
    """What hangs on something that stays, stays."""
    link.execute("CREATE TEMP TABLE joined (one INTEGER, other INTEGER)")
    for one, other in pairs(link, "src"):
        link.execute("INSERT INTO joined VALUES (?, ?), (?, ?)", (one, other, other, one))
    link.execute(
        "INSERT OR IGNORE INTO kept_visit SELECT v.id FROM src.visit v"
        " JOIN kept_ticket k ON k.id = v.ticket_id"
    )
    spread = "INSERT OR IGNORE INTO kept_visit SELECT j.other FROM joined j JOIN kept_visit k ON k.id = j.one"
    while link.execute(spread).rowcount:
        pass
    link.execute(
        "INSERT OR IGNORE INTO kept_ticket SELECT v.ticket_id FROM src.visit v"
        " JOIN kept_visit k ON k.id = v.id WHERE v.ticket_id IS NOT NULL"
    )


def pairs(link: sqlite3.Connection, schema: str) -> Iterator[tuple[int, int]]:
    """The visits that a reference of a row joins; few, for most comings stand alone."""
    for table, column, parent in LINKS:
        mine, theirs = owner(table, "t", schema), owner(parent, "p", schema)
        yield from link.execute(
            f"SELECT {mine}, {theirs} FROM {schema}.{table} t JOIN {schema}.{parent} p ON p.id = t.{column}"
            f" WHERE {mine} <> {theirs}"
        ).fetchall()


def still_open(link: sqlite3.Connection, wanted: Wanted) -> tuple[Stay, ...]:
    """What of the year is not closed yet: a person sees to it, or it stays until it is."""
    found: list[Stay] = []
    for table, rule in archive_rules.moving().items():
        if rule.open:
            found += [Stay(table, str(name)) for name in _open_names(link, table, wanted)]
    return tuple(found[:MOST_TOLD])


def _open_names(link: sqlite3.Connection, table: str, wanted: Wanted) -> list[str]:
    """A case by its number, a coming by the number on its paper, the rest by its day."""
    rule, root = RULES[table], root_of(table)
    rows = f"(SELECT * FROM src.{table} WHERE {rule.open}) t"
    ticket = "k.label || ' ' || k.day"
    statements = []
    if root == "ticket":
        ids = owner(table, "t", "src")
        statements.append(
            f"SELECT {ticket} FROM {rows} JOIN src.ticket k ON k.id = {ids} WHERE k.day <= :day"
        )
    else:
        name = f"coalesce(c.number, {ticket}, v.day || ' #' || v.id)"
        statements.append(
            f"SELECT {name} FROM {rows} JOIN src.visit v ON v.id = {owner(table, 't', 'src')}"
            " LEFT JOIN src.casefile c ON c.visit_id = v.id LEFT JOIN src.ticket k ON k.id = v.ticket_id"
            " WHERE v.day <= :day"
        )
    if rule.alone:
        statements.append(f"SELECT t.day || ' #' || t.id FROM {rows} WHERE {rule.alone} AND t.day <= :day")
    return [name for sql in statements for (name,) in link.execute(sql, wanted.values).fetchall()]
