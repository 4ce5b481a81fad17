"""The rules that each row of an office file must keep. A rule looks at one row and what it refers to.

So a range of a table is judged in one snapshot, and what is written between two snapshots breaks no rule.
"""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ult_desktop.db.store.key_ranges import KeyRange
from ult_desktop.db.store.transaction import Transaction

MOST_OF_A_RANGE = 20


class RowRule(NamedTuple):
    """A rule: `broken` is the condition in SQL, `where` how a finding names the row."""

    check: str
    where: str
    broken: str


ISSUES = ("ticket.issued", "ticket.walked_in")
_IS_ISSUE = f"kind IN {ISSUES}"
_ON_PAPER = "substr(series, 1, instr(series || '/', '/') - 1)"  # `core.queue.ticket.paper_series`
_LABEL = "day || ' ' || label"
_LABEL_OF_SUBJECT = "FROM ticket t WHERE t.id = event.subject"
_OPEN = "SELECT 1 FROM turn o WHERE o.ended_at IS NULL AND o"


def _open_twice(column: str, served: str = "") -> str:
    """Return SQL for: an earlier turn with the same `column` is open too.

    `served` narrows both ("AND {0}.a = 1").
    """
    earlier = f"{_OPEN}.{column} = turn.{column} AND o.id < turn.id {served.format('o')}"
    return f"ended_at IS NULL {served.format('turn')} AND EXISTS ({earlier})"


QUEUE_RULES = {
    "event": (
        RowRule(
            "label_against_event",
            f"(SELECT {_LABEL} {_LABEL_OF_SUBJECT})",
            f"{_IS_ISSUE} AND json_extract(data, '$.label') <> (SELECT label {_LABEL_OF_SUBJECT})",
        ),
        RowRule(
            "event_without_ticket",
            "'event ' || seq",
            f"{_IS_ISSUE} AND NOT EXISTS (SELECT 1 {_LABEL_OF_SUBJECT})",
        ),
    ),
    "ticket": (
        RowRule(
            "doubled_number",
            "day || ' ' || series || number",
            "EXISTS (SELECT 1 FROM ticket t WHERE t.day = ticket.day AND t.series = ticket.series"
            " AND t.number = ticket.number AND t.id < ticket.id)",
        ),
        RowRule(
            "state_against_turn",
            _LABEL,
            f"(state IN ('called', 'serving')) <> EXISTS ({_OPEN}.ticket_id = ticket.id)"
            f" OR state = 'serving' AND EXISTS ({_OPEN}.ticket_id = ticket.id AND o.arrived_at IS NULL)",
        ),
        RowRule(
            "label_against_number",
            _LABEL,
            f"substr(label, 1, length({_ON_PAPER})) <> {_ON_PAPER}"
            f" OR CAST(substr(label, length({_ON_PAPER}) + 1) AS INTEGER) <> number",
        ),
        RowRule(
            "end_without_turn",
            _LABEL,
            "state IN ('done', 'no_show')"
            " AND NOT EXISTS (SELECT 1 FROM turn u WHERE u.ticket_id = ticket.id)",
        ),
    ),
    "turn": (
        RowRule("ticket_in_two_places", "ticket_id", _open_twice("ticket_id")),
        RowRule("counter_with_two_visitors", "counter", _open_twice("counter")),
        RowRule(
            "officer_serving_two", "officer_id", _open_twice("officer_id", "AND {0}.arrived_at IS NOT NULL")
        ),
        RowRule(
            "times_out_of_order",
            "ticket_id",
            "arrived_at < called_at OR ended_at < coalesce(arrived_at, called_at)",
        ),
    ),
}


def references_of(tx: Transaction, table: str) -> tuple[RowRule, ...]:
    """Return the rule that every row that `table` refers to exists; () for a table without references."""
    dangling = []
    for other, own, theirs in tx.on_connection(partial(tx.engine.references, table=table)):
        mine = [f'"{table}"."{each}"' for each in own]
        given = " AND ".join(f"{each} IS NOT NULL" for each in mine)
        same = " AND ".join(f'{each} = other."{their}"' for each, their in zip(mine, theirs, strict=True))
        dangling.append(f'{given} AND NOT EXISTS (SELECT 1 FROM "{other}" other WHERE {same})')
    return (RowRule("foreign_key", f"'{table}'", " OR ".join(dangling)),) if dangling else ()


def broken_in(tx: Transaction, span: KeyRange, rules: Sequence[RowRule]) -> list[tuple[str, str]]:
    """List the rules that the rows of a range break, and where; only the first rows of each rule."""
    return [
        (rule.check, str(where))
        for rule in rules
        for where in tx.column(
            f'SELECT {rule.where} FROM "{span.table}" WHERE {span.condition} AND ({rule.broken}) LIMIT ?',
            *(*span.values, MOST_OF_A_RANGE),
        )
    ]
