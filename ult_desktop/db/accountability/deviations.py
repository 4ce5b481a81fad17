"""Deviations from the standard: written once, explained, reviewed, never deleted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache, partial
from itertools import chain

import msgspec

from ult_desktop.core.accountability.causes import in_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Rows, Transaction, Value


class NewDeviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation to be written. `made_at` UTC ms; `day` the office's date; `cause` if it is known."""

    kind: DeviationKind
    day: str
    made_at: int
    procedure_id: str
    procedure_version: int
    visit_id: int | None = None
    step: int = 0
    item: str = ""
    spent_ms: int | None = None
    officer_id: int | None = None
    for_officer_id: int | None = None
    cause: str = ""
    cause_key: str = ""
    steps: tuple[int, ...] = ()


class _Step(msgspec.Struct, frozen=True):
    step: int


def open_visits(tx: Transaction, limit: int) -> tuple[int, ...]:
    """List the open visits under a procedure: those with the fewest deviations first, then the oldest."""
    return tuple(
        tx.column(
            "SELECT v.id FROM visit v WHERE v.ended_at IS NULL AND v.procedure_id IS NOT NULL"
            " ORDER BY (SELECT count(*) FROM deviation d WHERE d.visit_id = v.id), v.began_at, v.id LIMIT ?",
            limit,
        )
    )


def _name(column: str) -> str:
    return f"coalesce((SELECT name FROM officer o WHERE o.id = d.{column}), '')"


_ROWS = Rows(
    Deviation,
    "deviation d LEFT JOIN visit v ON v.id = d.visit_id LEFT JOIN visit f ON f.id = v.beside"
    " LEFT JOIN ticket t ON t.id = coalesce(v.ticket_id, f.ticket_id)",
    # Who had no number of the queue is named by that of the online request, else by that of the case.
    "coalesce(t.label, (SELECT r.number FROM online_request r WHERE r.visit_id = v.id),"
    " (SELECT c.number FROM casefile c WHERE c.visit_id = v.id), '') AS label,"
    f" {_name('officer_id')} AS officer,"
    f" {_name('for_officer_id')} AS acting_for, {_name('responsible_id')} AS responsible,"
    f" {_name('explained_by')} AS explained_by, {_name('reviewed_by')} AS reviewed_by,"
    f" {_name('false_by')} AS false_by, d.steps AS steps_json,"
    " '' AS title, '' AS activity, '' AS standard",
)
_ORDER = "ORDER BY d.made_at DESC, d.id DESC LIMIT ?"
# The first condition repeats that of the partial index word for word: else SQLite does not use the index
# (https://www.sqlite.org/partialindex.html).
_WAITS = "d.state IN ('terbuka', 'dijelaskan') AND d.false_at IS NULL"
WAITING = (DeviationState.OPEN, DeviationState.EXPLAINED)
MAX_SHOWN = 500


def add(tx: Transaction, *found: NewDeviation) -> int:
    """Write deviations, and return how many are new.

    A deviation that is recorded already is not written twice. Its time and its officer are updated until
    somebody explains it. One that was taken back is as if it were new.
    """
    added = tx.add_each("deviation", found)
    written = (each for each, is_new in zip(found, added, strict=True) if not is_new)
    known = [each for each in written if each.visit_id is not None]
    again = _write_again(tx, known)
    tx.run_each(
        "UPDATE deviation SET spent_ms = ?, officer_id = ?, for_officer_id = ?, item = ?"
        " WHERE visit_id = ? AND step = ? AND kind = ? AND state = 'terbuka'",
        [
            (
                *(each.spent_ms, each.officer_id, each.for_officer_id, each.item),
                *(each.visit_id, each.step, each.kind.value),
            )
            for each in known
        ],
    )
    return sum(added) + again


def _write_again(tx: Transaction, known: Sequence[NewDeviation]) -> int:
    """Write those anew that were taken back; return how many they are."""
    sql = "SELECT step FROM deviation WHERE visit_id = ? AND step = ? AND kind = ? AND taken_back = 1"
    taken = tx.each(_Step, sql, [(each.visit_id, each.step, each.kind.value) for each in known])
    for new in (each for each, rows in zip(known, taken, strict=True) if rows):
        which: dict[str, Value] = {"visit_id": new.visit_id, "step": new.step, "kind": new.kind}
        tx.update("deviation", which, new, taken_back=0, false_at=None, false_reason="")
    return sum(map(bool, taken))


def take_back(tx: Transaction, visit_ids: Sequence[int], written_at: int, reason: str, at: int) -> None:
    """Take back what an act on these visits wrote at `written_at` (UTC ms), because it was undone.

    Its deviations are marked as false, and what it explained is open again. What somebody has explained or
    judged since stays as it is.
    """
    which = [(each, written_at) for each in visit_ids]
    tx.run_each(
        "UPDATE deviation SET state = 'terbuka', cause = '', correction = '', responsible_id = NULL,"
        " explained_at = NULL, explained_by = NULL"
        " WHERE visit_id = ? AND explained_at = ? AND state = 'dijelaskan'",
        which,
    )
    tx.run_each(
        "UPDATE deviation SET taken_back = 1, false_reason = ?, false_at = ?"
        " WHERE visit_id = ? AND made_at = ? AND state = 'terbuka' AND false_at IS NULL",
        [(reason, at, *each) for each in which],
    )


class _Open(msgspec.Struct, frozen=True):
    id: int


def open_among(tx: Transaction, found: Sequence[NewDeviation]) -> list[int]:
    """List the ids of these deviations that are written down and that nobody has explained."""
    sql = (
        "SELECT id FROM deviation WHERE visit_id = ? AND step = ? AND kind = ? AND state = 'terbuka'"
        " AND false_at IS NULL"
    )
    rows = tx.each(_Open, sql, [(each.visit_id, each.step, each.kind.value) for each in found])
    return [row.id for known in rows for row in known]


class _Standing(msgspec.Struct, frozen=True):
    id: int
    step: int


def mend(tx: Transaction, lacking: Mapping[int, Collection[int]], reason: str, at: int) -> None:
    """Mark as false the missing outputs of ended visits that are no longer among those `lacking`, by visit.

    An explanation at the end of a service writes them before the visit is over.
    """
    sql = "SELECT id, step FROM deviation WHERE visit_id = ? AND kind = 'output' AND false_at IS NULL"
    written = tx.each(_Standing, sql, [(visit_id,) for visit_id in lacking])
    mended = [
        row.id
        for rows, steps in zip(written, lacking.values(), strict=True)
        for row in rows
        if row.step not in steps
    ]
    sql = "UPDATE deviation SET taken_back = 1, false_reason = ?, false_at = ? WHERE id = ?"
    tx.run_each(sql, [(reason, at, each) for each in mended])


def find(tx: Transaction, deviation_id: int) -> Deviation | None:
    return next(iter(_all(tx, "WHERE d.id = ?", deviation_id)), None)


def get(tx: Transaction, deviation_id: int) -> Deviation:
    (found,) = _all(tx, "WHERE d.id = ?", deviation_id)
    return found


def waiting(tx: Transaction, states: Iterable[DeviationState] = WAITING) -> tuple[Deviation, ...]:
    """List the deviations of any day that are not accounted for yet, newest first; `states` among WAITING."""
    chosen = [state.value for state in states if state in WAITING]
    marks = ", ".join("?" for _state in chosen)
    return _all(tx, f"WHERE {_WAITS} AND d.state IN ({marks}) {_ORDER}", *chosen, MAX_SHOWN)


def count_open(tx: Transaction) -> int:
    """Count the deviations that nobody has explained yet."""
    sql = f"SELECT count(*) FROM deviation d WHERE {_WAITS} AND d.state = 'terbuka'"
    return tx.number(sql)


def between(tx: Transaction, first_day: str, last_day: str) -> tuple[Deviation, ...]:
    """List the deviations of these days, whatever their state, newest first."""
    return _all(tx, f"WHERE d.day BETWEEN ? AND ? {_ORDER}", first_day, last_day, MAX_SHOWN)


def of_visit(tx: Transaction, visit_id: int) -> tuple[Deviation, ...]:
    return of_visits(tx, (visit_id,))


def of_visits(tx: Transaction, visit_ids: Iterable[int]) -> tuple[Deviation, ...]:
    """List the deviations of visits, one visit after the other."""
    order = "ORDER BY d.step, d.kind, d.id"
    found = _ROWS.each(tx, f"WHERE d.visit_id = ? {order}", [(each,) for each in visit_ids])
    return _in_words(tx, chain.from_iterable(found))


def steps_out_of_time(tx: Transaction, visit_ids: Iterable[int]) -> list[frozenset[int]]:
    """Return for each visit the steps that are recorded as having run past their standard time."""
    sql = "SELECT d.step FROM deviation d WHERE d.visit_id = ? AND d.kind = 'time' AND d.taken_back = 0"
    return [
        frozenset(row.step for row in rows) for rows in tx.each(_Step, sql, [(each,) for each in visit_ids])
    ]


def explain(  # noqa: PLR0913  (an explanation's parts)
    tx: Transaction,
    deviation_ids: Iterable[int],
    *,
    cause: str,
    correction: str,
    responsible_id: int,
    at: int,
    by: int | None,
) -> None:
    tx.run_each(
        "UPDATE deviation SET state = 'dijelaskan', cause = ?, correction = ?, responsible_id = ?,"
        " explained_at = ?, explained_by = ? WHERE id = ?",
        [(cause, correction, responsible_id, at, by, each) for each in deviation_ids],
    )


def mark_false(tx: Transaction, deviation_id: int, reason: str, at: int, by: int | None) -> None:
    tx.update("deviation", deviation_id, false_reason=reason, false_at=at, false_by=by)


def review(
    tx: Transaction, deviation_id: int, verdict: DeviationState, remark: str, at: int, by: int | None
) -> None:
    tx.update("deviation", deviation_id, state=verdict, remark=remark, reviewed_at=at, reviewed_by=by)


def _all(tx: Transaction, where: str, *values: Value) -> tuple[Deviation, ...]:
    return _in_words(tx, _ROWS.all(tx, where, *values))


def _in_words(tx: Transaction, rows: Iterable[Deviation]) -> tuple[Deviation, ...]:
    load = cache(partial(procedures.load, tx))
    known = ((row, load(row.procedure_id, row.procedure_version)) for row in rows)
    return tuple(in_words(msgspec.structs.replace(row, title=pos.title), pos) for row, pos in known)
