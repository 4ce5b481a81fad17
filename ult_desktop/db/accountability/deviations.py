"""Deviations from the standard: written once, explained, reviewed, never deleted."""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cache, partial
from itertools import chain
from typing import NamedTuple

import msgspec

from ult_desktop.base import _
from ult_desktop.base.formats import format_time
from ult_desktop.core.accountability.causes import NOBODY
from ult_desktop.core.accountability.deviation_words import with_procedure_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.office.working_time import WorkedTime, WorkingCalendar
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Rows, Stored, Transaction, Value


class NewDeviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation that was found and is to be written.

    `made_at` UTC ms; `day` the office's date; `cause` if it is known. `step` is the first of `steps`.
    """

    kind: DeviationKind
    day: str
    made_at: int
    procedure_id: str
    procedure_version: int
    visit_id: int | None = None
    step: int = 0
    item: str = ""
    spent: WorkedTime | None = None
    officer_id: int | None = None
    for_officer_id: int | None = None
    cause: str = ""
    cause_key: str = ""
    steps: tuple[int, ...] = ()


class _DeviationRow(msgspec.Struct, frozen=True, kw_only=True):
    """The columns of a written deviation that decide whether a new one joins it."""

    id: int
    kind: DeviationKind
    steps: tuple[int, ...]
    cause_key: str
    officer_id: int | None
    for_officer_id: int | None
    day: str
    spent: WorkedTime | None
    cause: str
    state: DeviationState
    false_at: int | None
    taken_back: bool

    @property
    def is_open(self) -> bool:
        return self.state is DeviationState.OPEN and self.false_at is None

    @property
    def is_replaceable(self) -> bool:
        """Whether a new deviation may replace what it says: nobody has explained it or found it false."""
        return self.state is DeviationState.OPEN and (self.false_at is None or self.taken_back)

    @property
    def is_explained(self) -> bool:
        """Whether somebody has explained it, and the head has not judged that yet."""
        return self.state is DeviationState.EXPLAINED and self.false_at is None

    @property
    def is_settled(self) -> bool:
        """Whether somebody has explained or judged it, or found it false."""
        return not (self.is_open or self.taken_back)

    @property
    def is_by_hand(self) -> bool:
        """Whether an officer said what equipment was missing, which no judging finds again."""
        return self.kind is DeviationKind.EQUIPMENT and not self.cause_key


_ROWS_OF_VISIT = (
    "SELECT id, kind, steps AS steps_json, cause_key, officer_id, for_officer_id, day,"
    " coalesce(spent, 'null') AS spent_json, cause, state, false_at, taken_back"
    " FROM deviation WHERE visit_id = ? ORDER BY id"
)


def _row_key(deviation: NewDeviation | _DeviationRow) -> tuple[object, ...]:
    """Return the key that deviations of a visit must share to share one row, whenever each of them happened.

    The officer who was late is part of it, because nobody explains another's lateness.
    """
    return (deviation.kind, deviation.cause_key, deviation.officer_id, deviation.for_officer_id)


def join_alike(tx: Transaction, deviations: Iterable[NewDeviation]) -> tuple[NewDeviation, ...]:
    """Join the deviations about one officer in one visit to one, of the day of the first."""
    by_key: dict[tuple[object, ...], NewDeviation] = {}
    for deviation in deviations:
        key = (deviation.visit_id, deviation.item, deviation.cause, *_row_key(deviation))
        former = by_key.get(key)
        by_key[key] = deviation if former is None else _join(tx, former, deviation)
    return tuple(by_key.values())


def _join(tx: Transaction, new: NewDeviation, other: NewDeviation | _DeviationRow) -> NewDeviation:
    """Return `new` with the steps and the time of both, and the earlier day."""
    steps = tuple(sorted({*new.steps, *other.steps}))
    spent = new.spent or other.spent
    if new.spent and other.spent:
        minutes_of_day = WorkingCalendar(office.load(tx).settings).usual_minutes
        spent = new.spent.plus(other.spent, minutes_of_day)
    day = min(new.day, other.day)
    return msgspec.structs.replace(new, step=steps[0], steps=steps, spent=spent, day=day)


def open_visits(tx: Transaction, limit: int) -> tuple[int, ...]:
    """List the open visits under a procedure: those with the fewest deviations first, then the oldest."""
    return tuple(
        tx.column(
            "SELECT v.id FROM visit v WHERE v.ended_at IS NULL AND v.procedure_id IS NOT NULL"
            " ORDER BY (SELECT count(*) FROM deviation d WHERE d.visit_id = v.id), v.began_at, v.id LIMIT ?",
            limit,
        )
    )


def _officer_name(column: str) -> str:
    return f"coalesce((SELECT name FROM officer o WHERE o.id = d.{column}), '')"


_ROWS = Rows(
    Deviation,
    "deviation d LEFT JOIN visit v ON v.id = d.visit_id LEFT JOIN visit f ON f.id = v.beside"
    " LEFT JOIN ticket t ON t.id = coalesce(v.ticket_id, f.ticket_id)",
    # A visitor without a number in the queue is named by that of the online request, else of the case.
    "coalesce(t.label, (SELECT r.number FROM online_request r WHERE r.visit_id = v.id),"
    " (SELECT c.number FROM casefile c WHERE c.visit_id = v.id), '') AS label,"
    f" {_officer_name('officer_id')} AS officer,"
    f" {_officer_name('for_officer_id')} AS acting_for,"
    f" {_officer_name('responsible_id')} AS responsible,"
    f" {_officer_name('explained_by')} AS explained_by,"
    f" {_officer_name('reviewed_by')} AS reviewed_by,"
    f" {_officer_name('false_by')} AS false_by,"
    " d.steps AS steps_json, coalesce(d.spent, 'null') AS spent_json,"
    " '' AS title, '' AS activity, '' AS standard",
)
_ORDER = "ORDER BY d.made_at DESC, d.id DESC LIMIT ?"
# The first condition repeats that of the partial index word for word: else SQLite does not use the index
# (https://www.sqlite.org/partialindex.html).
_WAITS = "d.state IN ('terbuka', 'dijelaskan') AND d.false_at IS NULL"
# The officer of an open deviation, else the one who had the visitor last, is to explain it.
_IDS_TO_EXPLAIN = (
    "SELECT d.id FROM deviation d LEFT JOIN visit v ON v.id = d.visit_id LEFT JOIN visit f ON f.id = v.beside"
    f" WHERE {_WAITS} AND d.state = 'terbuka' AND substr(d.cause_key, 1, {len(NOBODY)}) <> ?"
    " AND coalesce(d.officer_id,"
    " (SELECT r.officer_id FROM turn r WHERE r.ticket_id = coalesce(f.ticket_id, v.ticket_id)"
    " AND r.arrived_at IS NOT NULL ORDER BY r.id DESC LIMIT 1),"
    " (SELECT c.owner_id FROM casefile c WHERE c.visit_id = v.id),"
    " (SELECT p.officer_id FROM phone_call p WHERE p.visit_id = v.id),"
    " (SELECT m.officer_id FROM mark m WHERE m.visit_id = v.id AND m.officer_id IS NOT NULL"
    " ORDER BY m.at DESC, m.id DESC LIMIT 1)) = ?"
)
WAITING = (DeviationState.OPEN, DeviationState.EXPLAINED)
MAX_SHOWN = 500  # of a list, the newest


def add(tx: Transaction, *deviations: NewDeviation) -> int:
    """Write deviations, one row for each visit and cause; return how many rows are new, or open once more.

    A deviation joins the row that records its cause or its steps already. A row that nobody has explained
    then says what was found now. An explained row gets the new step and is open again, with its explanation.
    A row that the head has judged stays, and the step gets a row of its own. A row that was taken back is
    written as if it were new.
    """
    without_visit = tx.add_each("deviation", [new for new in deviations if new.visit_id is None])
    added = without_visit.count(True)  # the others are in the table already
    by_visit: dict[int, list[NewDeviation]] = {}
    for deviation in deviations:
        if deviation.visit_id is not None:
            by_visit.setdefault(deviation.visit_id, []).append(deviation)
    rows_of_visits = _rows_of_each(tx, by_visit)
    for rows, of_visit in zip(rows_of_visits, by_visit.values(), strict=True):
        added += _write(tx, rows, of_visit)
    return added


def _rows_of_each(tx: Transaction, visit_ids: Iterable[int | None]) -> list[tuple[_DeviationRow, ...]]:
    return tx.all_for_each(_DeviationRow, _ROWS_OF_VISIT, [(visit_id,) for visit_id in visit_ids])


def _write(tx: Transaction, written: Sequence[_DeviationRow], deviations: Iterable[NewDeviation]) -> int:
    """Write what was found of one visit, which has the `written` rows; return a count as `add` does."""
    rows, added = list(written), 0
    remaining = [_without_settled_steps(deviation, written) for deviation in deviations]
    for new in join_alike(tx, filter(None, remaining)):
        row = _row_to_join(new, rows)
        if row is None:
            tx.insert("deviation", new)
            added += 1
            continue
        rows.remove(row)  # a row takes one deviation
        if row.is_explained:
            _reopen(tx, row, new)
            # Each open row that this one now covers was counted when it was written.
            if not _take_back_covered(tx, rows, new):
                added += 1
        else:
            _replace(tx, row, new)
            if row.taken_back:
                added += 1
    return added


def _row_to_join(new: NewDeviation, rows: Sequence[_DeviationRow]) -> _DeviationRow | None:
    """Return the row that a deviation joins: one of the same key, else one that is about its steps."""
    same_key = [row for row in rows if _row_key(row) == _row_key(new)]
    same_steps = (row for row in rows if row.kind is new.kind and not set(row.steps).isdisjoint(new.steps))
    candidates = chain(
        (row for row in same_key if row.is_open),
        (row for row in same_key if row.is_explained),
        (row for row in (*same_key, *same_steps) if row.is_replaceable),
    )
    return next(candidates, None)


def _replace(tx: Transaction, row: _DeviationRow, new: NewDeviation) -> None:
    """Let a row say what was found now. One that was taken back is written as if it were new."""
    # A row that is open keeps the time at which it was found first.
    made_at: dict[str, Stored] = {} if row.is_open else {"made_at": new.made_at}
    tx.update(
        "deviation",
        row.id,
        step=new.step,
        steps=new.steps,
        spent=new.spent,
        item=new.item,
        cause_key=new.cause_key,
        day=new.day,
        cause=new.cause or (row.cause if row.is_open else ""),
        officer_id=new.officer_id,
        for_officer_id=new.for_officer_id,
        taken_back=0,
        false_at=None,
        false_reason="",
        **made_at,
    )


def _take_back_covered(tx: Transaction, rows: list[_DeviationRow], new: NewDeviation) -> bool:
    """Take back the open rows whose steps are all in `new`; return whether there was one.

    Such a row was written before the officer of its steps was known.
    """
    steps = set(new.steps)
    covered = [row for row in rows if row.kind is new.kind and row.is_open and set(row.steps) <= steps]
    for row in covered:
        rows.remove(row)
        reason = _("Termasuk penyimpangan lain petugas itu dalam kunjungan ini")
        tx.update("deviation", row.id, taken_back=1, false_reason=reason, false_at=new.made_at)
    return bool(covered)


def _reopen(tx: Transaction, row: _DeviationRow, new: NewDeviation) -> None:
    """Add a step to a row that was explained without it: it is open again, and keeps what was said."""
    joined = _join(tx, new, row)
    tx.update(
        "deviation",
        row.id,
        step=joined.step,
        steps=joined.steps,
        spent=joined.spent,
        day=joined.day,
        state=DeviationState.OPEN,
        responsible_id=None,
        explained_at=None,
        explained_by=None,
    )


def without_settled(tx: Transaction, deviations: Sequence[NewDeviation]) -> tuple[NewDeviation, ...]:
    """Return what was found of visits without the steps that somebody has explained or judged."""
    visit_ids = list(dict.fromkeys(deviation.visit_id for deviation in deviations))
    written = dict(zip(visit_ids, _rows_of_each(tx, visit_ids), strict=True))
    remaining = [_without_settled_steps(deviation, written[deviation.visit_id]) for deviation in deviations]
    return tuple(filter(None, remaining))


def _without_settled_steps(new: NewDeviation, written: Iterable[_DeviationRow]) -> NewDeviation | None:
    """Return the deviation without the steps that are explained, judged or said by hand; None without any."""
    settled = set[int]()
    for row in written:
        if row.kind is new.kind and (row.is_settled or (row.is_by_hand and row.is_open)):
            settled.update(row.steps)
    remaining = tuple(step for step in new.steps if step not in settled)
    return msgspec.structs.replace(new, step=remaining[0], steps=remaining) if remaining else None


def visits_written_at(tx: Transaction, at: int) -> list[int]:
    """List the visits with an unexplained deviation that was written at that time (UTC ms)."""
    return tx.column(
        f"SELECT DISTINCT d.visit_id FROM deviation d WHERE {_WAITS} AND d.state = 'terbuka'"
        " AND d.made_at = ? AND d.visit_id IS NOT NULL",
        at,
    )


def take_back(tx: Transaction, visit_ids: Sequence[int], written_at: int, reason: str, at: int) -> None:
    """Take back what an act on these visits wrote at `written_at` (UTC ms), because it was undone.

    Its deviations are marked as false, and what it explained is open again, with what was said of it before.
    What somebody has explained or judged since stays as it is.
    """
    visits_and_time = [(visit_id, written_at) for visit_id in visit_ids]
    tx.run_each(
        "UPDATE deviation SET state = 'terbuka', cause = former_cause, responsible_id = NULL,"
        " explained_at = NULL, explained_by = NULL"
        " WHERE visit_id = ? AND explained_at = ? AND state = 'dijelaskan'",
        visits_and_time,
    )
    tx.run_each(
        "UPDATE deviation SET taken_back = 1, false_reason = ?, false_at = ?"
        " WHERE visit_id = ? AND made_at = ? AND state = 'terbuka' AND false_at IS NULL",
        [(reason, at, *visit_and_time) for visit_and_time in visits_and_time],
    )


def open_ids(tx: Transaction, deviations: Iterable[NewDeviation]) -> list[int]:
    """List the ids of the rows in which these deviations are written and that nobody has explained."""
    steps: dict[int, set[tuple[DeviationKind, int]]] = {}
    for deviation in deviations:
        if deviation.visit_id is not None:
            of_visit = steps.setdefault(deviation.visit_id, set())
            of_visit.update((deviation.kind, step) for step in deviation.steps)
    ids = list[int]()
    for rows, found_steps in zip(_rows_of_each(tx, steps), steps.values(), strict=True):
        open_rows = (row for row in rows if row.is_open)
        ids += [row.id for row in open_rows if found_steps.issuperset((row.kind, step) for step in row.steps)]
    return ids


class FoundStep(NamedTuple):
    """A step of a visit in which something deviates now, and why."""

    kind: DeviationKind
    cause_key: str
    step: int


def drop_refuted(
    tx: Transaction, deviating: Mapping[int, Set[FoundStep]], reason: str, at: int, *, ended: bool
) -> None:
    """Take the steps out of open rows that do not deviate any more.

    `deviating` are the steps of each visit that deviate now. Where the visits have `ended`, rows of missing
    outputs and letters lose such steps even if they are explained or judged: an officer who ends a service
    with a reason explains what is missing then, and it may still come while the visit goes on. A row without
    a step is taken back. Rows that were said by hand stay.
    """
    for rows, found_steps in zip(_rows_of_each(tx, deviating), deviating.values(), strict=True):
        for row in rows:
            may_be_mended = ended and row.kind is not DeviationKind.TIME and row.false_at is None
            if row.is_by_hand or not (row.is_open or may_be_mended):
                continue
            remaining = tuple(
                step for step in row.steps if FoundStep(row.kind, row.cause_key, step) in found_steps
            )
            if not remaining:
                tx.update("deviation", row.id, taken_back=1, false_reason=reason, false_at=at)
            elif remaining != row.steps:
                tx.update("deviation", row.id, step=remaining[0], steps=remaining)


def find(tx: Transaction, deviation_id: int) -> Deviation | None:
    return next(iter(_all(tx, "WHERE d.id = ?", deviation_id)), None)


def get(tx: Transaction, deviation_id: int) -> Deviation:
    (deviation,) = _all(tx, "WHERE d.id = ?", deviation_id)
    return deviation


def waiting(tx: Transaction, states: Iterable[DeviationState] = WAITING) -> tuple[Deviation, ...]:
    """List the deviations of any day that are not accounted for yet, newest first; `states` among WAITING."""
    chosen = [state.value for state in states if state in WAITING]
    marks = ", ".join("?" for _state in chosen)
    return _all(tx, f"WHERE {_WAITS} AND d.state IN ({marks}) {_ORDER}", *chosen, MAX_SHOWN)


def count_open(tx: Transaction) -> int:
    """Count the deviations that nobody has explained yet."""
    sql = f"SELECT count(*) FROM deviation d WHERE {_WAITS} AND d.state = 'terbuka'"
    return tx.number(sql)


def ids_to_explain(tx: Transaction, officer_id: int) -> frozenset[int]:
    """Return the ids of the open deviations that this officer is to explain.

    These are what they did, and what nobody did for a visitor whom they had last: at a counter, in a case, on
    the telephone, else by the last act. A role that nobody had on that day is the head's to explain.
    """
    return frozenset(tx.column(_IDS_TO_EXPLAIN, NOBODY, officer_id))


def between(tx: Transaction, first_day: str, last_day: str) -> tuple[Deviation, ...]:
    """List the deviations of these days, whatever their state, newest first."""
    return _all(tx, f"WHERE d.day BETWEEN ? AND ? {_ORDER}", first_day, last_day, MAX_SHOWN)


def of_visit(tx: Transaction, visit_id: int) -> tuple[Deviation, ...]:
    return of_visits(tx, (visit_id,))


def of_visits(tx: Transaction, visit_ids: Iterable[int]) -> tuple[Deviation, ...]:
    """List the deviations of visits, one visit after the other."""
    rest = "WHERE d.visit_id = ? ORDER BY d.step, d.kind, d.id"
    rows_of_visits = _ROWS.all_for_each(tx, rest, [(visit_id,) for visit_id in visit_ids])
    return _add_words(tx, chain.from_iterable(rows_of_visits))


def steps_out_of_time(tx: Transaction, visit_ids: Sequence[int]) -> list[frozenset[int]]:
    """Return for each visit the steps that are recorded as having run past their standard time."""
    steps_of_visits = []
    for rows in _rows_of_each(tx, visit_ids):
        late = [row for row in rows if row.kind is DeviationKind.TIME and not row.taken_back]
        steps_of_visits.append(frozenset(step for row in late for step in row.steps))
    return steps_of_visits


def explain(  # noqa: PLR0913  (an explanation's parts)
    tx: Transaction,
    deviation_ids: Iterable[int],
    *,
    cause: str,
    correction: str,
    responsible_id: int,
    at: int,
    explained_by: int | None,
) -> None:
    tx.run_each(
        "UPDATE deviation SET state = 'dijelaskan', cause = ?, correction = ?, responsible_id = ?,"
        " explained_at = ?, explained_by = ? WHERE id = ?",
        [(cause, correction, responsible_id, at, explained_by, id_) for id_ in deviation_ids],
    )


def explain_further(
    tx: Transaction, deviation_ids: Iterable[int], *, cause: str, responsible_id: int, at: int
) -> None:
    """Add a cause to what was said of deviations before; `responsible_id` explains and answers for them.

    `former_cause` keeps what was said before, for `take_back`.
    """
    tx.run_each(
        "UPDATE deviation SET state = 'dijelaskan', responsible_id = ?, explained_at = ?, explained_by = ?,"
        " former_cause = cause, cause = CASE WHEN cause IN ('', ?) THEN ? ELSE cause || '; ' || ? END"
        " WHERE id = ?",
        [(responsible_id, at, responsible_id, cause, cause, cause, id_) for id_ in deviation_ids],
    )


def mark_false(tx: Transaction, deviation_id: int, reason: str, at: int, officer_id: int | None) -> None:
    tx.update("deviation", deviation_id, false_reason=reason, false_at=at, false_by=officer_id)


def review(
    tx: Transaction, deviation_id: int, verdict: DeviationState, remark: str, at: int, officer_id: int | None
) -> None:
    tx.update("deviation", deviation_id, state=verdict, remark=remark, reviewed_at=at, reviewed_by=officer_id)


def _all(tx: Transaction, where: str, *values: Value) -> tuple[Deviation, ...]:
    return _add_words(tx, _ROWS.all(tx, where, *values))


def _add_words(tx: Transaction, rows: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """Return the rows with the words of their procedures, and a label for visits without a number."""
    load_procedure, deviations = cache(partial(procedures.load, tx)), list(rows)
    unlabelled = {row.visit_id for row in deviations if row.visit_id and not row.label}
    labels = _labels_by_hour(tx, unlabelled)
    with_words = []
    for deviation in deviations:
        procedure = load_procedure(deviation.procedure_id, deviation.procedure_version)
        label = labels.get(deviation.visit_id, deviation.label)
        labelled = msgspec.structs.replace(deviation, title=procedure.title, label=label)
        with_words.append(with_procedure_words(labelled, procedure))
    return tuple(with_words)


class _Arrival(msgspec.Struct, frozen=True):
    """The way in which a visit came, and when (UTC ms)."""

    id: int
    channel: VisitChannel
    began_at: int


def _labels_by_hour(tx: Transaction, visit_ids: Set[int]) -> dict[int | None, str]:
    """Return labels of visits without any number, like "telepon pukul 10.15"."""
    if not visit_ids:
        return {}
    zone = office.zone(tx)
    sql = "SELECT id, channel, began_at FROM visit WHERE id = ?"
    labels: dict[int | None, str] = {}
    for (arrival,) in tx.all_for_each(_Arrival, sql, [(visit_id,) for visit_id in visit_ids]):
        time = format_time(to_datetime(arrival.began_at, zone))
        labels[arrival.id] = _("{channel} pukul {time}").format(
            channel=arrival.channel.word.lower(), time=time
        )
    return labels
