"""Deviations from the standard: written once, explained, reviewed, never deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, partial
from itertools import chain

import msgspec

from ult_desktop.base import _
from ult_desktop.base.formats import format_time
from ult_desktop.core.accountability.causes import NOBODY
from ult_desktop.core.accountability.deviation_words import in_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.office.working_time import WorkedTime, WorkingCalendar
from ult_desktop.core.stamps import to_datetime
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.store.transaction import Rows, Transaction, Value


class NewDeviation(msgspec.Struct, frozen=True, kw_only=True):
    """A deviation to be written. `made_at` UTC ms; `day` the office's date; `cause` if it is known.

    `step` is the first of `steps`.
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


class _Written(msgspec.Struct, frozen=True, kw_only=True):
    """A row of a visit as far as it decides what is written besides it."""

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
    def is_free(self) -> bool:
        """Whether it may still say something else: nobody has explained it or found it false."""
        return self.state is DeviationState.OPEN and (self.false_at is None or self.taken_back)

    @property
    def is_explained(self) -> bool:
        """Whether somebody has explained it, and the head has not judged that yet."""
        return self.state is DeviationState.EXPLAINED and self.false_at is None

    @property
    def is_settled(self) -> bool:
        return not (self.is_open or self.taken_back)

    @property
    def is_by_hand(self) -> bool:
        """Whether an officer said what equipment was missing, which no judging finds again."""
        return self.kind is DeviationKind.EQUIPMENT and not self.cause_key


_OF_VISIT = (
    "SELECT id, kind, steps AS steps_json, cause_key, officer_id, for_officer_id, day,"
    " coalesce(spent, 'null') AS spent_json, cause, state, false_at, taken_back"
    " FROM deviation WHERE visit_id = ? ORDER BY id"
)


def _group(each: NewDeviation | _Written) -> tuple[object, ...]:
    """Return what steps of a visit have in common that are one row, whenever each of them happened.

    The cause of a lateness is whoever was late, for nobody explains another's.
    """
    return (each.kind, each.cause_key, each.officer_id, each.for_officer_id)


def together(tx: Transaction, found: Iterable[NewDeviation]) -> tuple[NewDeviation, ...]:
    """Join what one officer was late with in one visit: it is one deviation, of the day of the first."""
    rows: dict[tuple[object, ...], NewDeviation] = {}
    for each in found:
        key = (each.visit_id, each.item, each.cause, *_group(each))
        known = rows.get(key)
        rows[key] = each if known is None else _joined(tx, known, each)
    return tuple(rows.values())


def _joined(tx: Transaction, new: NewDeviation, other: NewDeviation | _Written) -> NewDeviation:
    steps = tuple(sorted({*new.steps, *other.steps}))
    spent = new.spent or other.spent
    if new.spent and other.spent:
        a_day = WorkingCalendar(office.load(tx).settings).usual_minutes
        spent = new.spent.plus(other.spent, a_day)
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
    f" {_name('false_by')} AS false_by, d.steps AS steps_json, coalesce(d.spent, 'null') AS spent_json,"
    " '' AS title, '' AS activity, '' AS standard",
)
_ORDER = "ORDER BY d.made_at DESC, d.id DESC LIMIT ?"
# The first condition repeats that of the partial index word for word: else SQLite does not use the index
# (https://www.sqlite.org/partialindex.html).
_WAITS = "d.state IN ('terbuka', 'dijelaskan') AND d.false_at IS NULL"
_LEFT_TO = (
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
_FURTHER = "; "
WAITING = (DeviationState.OPEN, DeviationState.EXPLAINED)
MAX_SHOWN = 500


def add(tx: Transaction, *found: NewDeviation) -> int:
    """Write deviations, one row a visit and cause, and return how many rows are new.

    What is recorded already is not written twice: a row that nobody has explained says what is found now. A
    step that comes after an explanation joins its row and opens it again, with what was said of it; what the
    head has judged stays, and the step has a row of its own. One that was taken back is as if it were new.
    """
    made = sum(tx.add_each("deviation", [each for each in found if each.visit_id is None]))
    by_visit: dict[int, list[NewDeviation]] = {}
    for each in found:
        if each.visit_id is not None:
            by_visit.setdefault(each.visit_id, []).append(each)
    written = tx.each(_Written, _OF_VISIT, [(visit_id,) for visit_id in by_visit])
    known = zip(written, by_visit.values(), strict=True)
    return made + sum(_write(tx, rows, news) for rows, news in known)


def _write(tx: Transaction, written: Sequence[_Written], found: Iterable[NewDeviation]) -> int:
    """Write what was found of one visit besides its rows; return how many rows are new."""
    rows, made = list(written), 0
    for new in together(tx, (left for each in found for left in _unsettled(each, written))):
        row = _row_of(new, rows)
        if row is None:
            tx.insert("deviation", new)
            made += 1
            continue
        rows.remove(row)
        if row.is_explained:
            _reopen(tx, row, new)
            made += not _moved(tx, rows, new)
            continue
        made += row.taken_back
        made_at = {} if row.is_open else {"made_at": new.made_at}
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
            **{"taken_back": 0, "false_at": None, "false_reason": "", **made_at},
        )
    return made


def _row_of(new: NewDeviation, rows: Sequence[_Written]) -> _Written | None:
    """Return the row that says it: one of the same cause, else an open one that is about its steps."""
    alike = [row for row in rows if _group(row) == _group(new)]
    about = (row for row in rows if row.kind is new.kind and not set(row.steps).isdisjoint(new.steps))
    return next(
        chain(
            (row for row in alike if row.is_open),
            (row for row in alike if row.is_explained),
            (row for row in (*alike, *about) if row.is_free),
        ),
        None,
    )


def _moved(tx: Transaction, rows: list[_Written], new: NewDeviation) -> bool:
    """Take back the open rows that held nothing but steps of `new` before their officer was known."""
    gone = [row for row in rows if row.kind is new.kind and row.is_open and set(row.steps) <= set(new.steps)]
    for row in gone:
        rows.remove(row)
        reason = _("Termasuk penyimpangan lain petugas itu dalam kunjungan ini")
        tx.update("deviation", row.id, taken_back=1, false_reason=reason, false_at=new.made_at)
    return bool(gone)


def _reopen(tx: Transaction, row: _Written, new: NewDeviation) -> None:
    """Add a step to a row that was explained without it: it is open again, and keeps what was said."""
    joined = _joined(tx, new, row)
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


def unsettled(tx: Transaction, found: Sequence[NewDeviation]) -> tuple[NewDeviation, ...]:
    """Return what was found of visits without the steps that somebody has explained or judged."""
    visit_ids = list(dict.fromkeys(each.visit_id for each in found))
    rows = tx.each(_Written, _OF_VISIT, [(each,) for each in visit_ids])
    written = dict(zip(visit_ids, rows, strict=True))
    return tuple(left for each in found for left in _unsettled(each, written[each.visit_id]))


def _unsettled(new: NewDeviation, written: Iterable[_Written]) -> Iterator[NewDeviation]:
    """Yield the deviation without the steps that are explained, judged or said by hand, if one is left."""
    stands = [row for row in written if row.is_settled or (row.is_by_hand and row.is_open)]
    settled = {step for row in stands if row.kind is new.kind for step in row.steps}
    left = tuple(step for step in new.steps if step not in settled)
    if left:
        yield msgspec.structs.replace(new, step=left[0], steps=left)


def visits_written_at(tx: Transaction, at: int) -> list[int]:
    """List the visits of which an act wrote deviations at that time (UTC ms) that nobody has explained."""
    return tx.column(
        f"SELECT DISTINCT d.visit_id FROM deviation d WHERE {_WAITS} AND d.state = 'terbuka'"
        " AND d.made_at = ? AND d.visit_id IS NOT NULL",
        at,
    )


class _Explained(msgspec.Struct, frozen=True):
    """A deviation's explanation, and when it was found (UTC ms)."""

    id: int
    cause: str
    made_at: int


def take_back(tx: Transaction, visit_ids: Sequence[int], written_at: int, reason: str, at: int) -> None:
    """Take back what an act on these visits wrote at `written_at` (UTC ms), because it was undone.

    Its deviations are marked as false, and what it explained is open again, with what was said of it before.
    What somebody has explained or judged since stays as it is.
    """
    which = [(each, written_at) for each in visit_ids]
    told = tx.each(
        _Explained,
        "SELECT id, cause, made_at FROM deviation"
        " WHERE visit_id = ? AND explained_at = ? AND state = 'dijelaskan'",
        which,
    )
    earlier = [
        ("" if row.made_at == written_at else row.cause.rpartition(_FURTHER)[0], row.id)
        for rows in told
        for row in rows
    ]
    tx.run_each(
        "UPDATE deviation SET state = 'terbuka', cause = ?, responsible_id = NULL, explained_at = NULL,"
        " explained_by = NULL WHERE id = ?",
        earlier,
    )
    tx.run_each(
        "UPDATE deviation SET taken_back = 1, false_reason = ?, false_at = ?"
        " WHERE visit_id = ? AND made_at = ? AND state = 'terbuka' AND false_at IS NULL",
        [(reason, at, *each) for each in which],
    )


def open_among(tx: Transaction, found: Iterable[NewDeviation]) -> list[int]:
    """List the ids of the rows of these deviations that nobody has explained."""
    steps: dict[int, set[tuple[DeviationKind, int]]] = {}
    for each in found:
        if each.visit_id is not None:
            steps.setdefault(each.visit_id, set()).update((each.kind, step) for step in each.steps)
    written = tx.each(_Written, _OF_VISIT, [(visit_id,) for visit_id in steps])
    return [
        row.id
        for rows, wanted in zip(written, steps.values(), strict=True)
        for row in rows
        if row.is_open and wanted.issuperset((row.kind, step) for step in row.steps)
    ]


Finding = tuple[DeviationKind, str, int]


def mend(tx: Transaction, found: Mapping[int, Set[Finding]], reason: str, at: int, *, ended: bool) -> None:
    """Take out of the rows of visits what is so no more; `found` are the kinds, causes and steps that are.

    Of a visit that has `ended` these are also the outputs and the letter that an explanation at the end of a
    service wrote before the visit was over. A row without a step left is false. What is explained stays
    otherwise, and so does what was said by hand.
    """
    written = tx.each(_Written, _OF_VISIT, [(visit_id,) for visit_id in found])
    for rows, stands in zip(written, found.values(), strict=True):
        for row in rows:
            is_lack = ended and row.kind is not DeviationKind.TIME and row.false_at is None
            if row.is_by_hand or not (row.is_open or is_lack):
                continue
            left = tuple(step for step in row.steps if (row.kind, row.cause_key, step) in stands)
            if not left:
                tx.update("deviation", row.id, taken_back=1, false_reason=reason, false_at=at)
            elif left != row.steps:
                tx.update("deviation", row.id, step=left[0], steps=left)


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


def left_to(tx: Transaction, officer_id: int) -> frozenset[int]:
    """Return the ids of the open deviations that this officer is to explain.

    These are what they did, and what nobody did for a visitor whom they had last: at a counter, in a case, on
    the telephone, else by the last act. A role that nobody had on that day is the head's to explain.
    """
    return frozenset(tx.column(_LEFT_TO, NOBODY, officer_id))


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


def steps_out_of_time(tx: Transaction, visit_ids: Sequence[int]) -> list[frozenset[int]]:
    """Return for each visit the steps that are recorded as having run past their standard time."""
    written = tx.each(_Written, _OF_VISIT, [(each,) for each in visit_ids])
    times = [[row for row in rows if row.kind is DeviationKind.TIME] for rows in written]
    return [frozenset(step for row in rows if not row.taken_back for step in row.steps) for rows in times]


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


def explain_further(
    tx: Transaction, deviation_ids: Iterable[int], *, cause: str, responsible_id: int, at: int
) -> None:
    """Explain deviations by a cause besides what was said of them before, as who answers for them."""
    tx.run_each(
        "UPDATE deviation SET state = 'dijelaskan', responsible_id = ?, explained_at = ?, explained_by = ?,"
        f" cause = CASE WHEN cause IN ('', ?) THEN ? ELSE cause || '{_FURTHER}' || ? END WHERE id = ?",
        [(responsible_id, at, responsible_id, cause, cause, cause, each) for each in deviation_ids],
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
    load, found = cache(partial(procedures.load, tx)), list(rows)
    names = _names_by_hour(tx, {row.visit_id for row in found if row.visit_id and not row.label})
    known = ((row, load(row.procedure_id, row.procedure_version)) for row in found)
    return tuple(
        in_words(msgspec.structs.replace(row, title=pos.title, label=names.get(row.visit_id, row.label)), pos)
        for row, pos in known
    )


class _Arrival(msgspec.Struct, frozen=True):
    """A visit as it is named where it has no number: how it came, and when (UTC ms)."""

    id: int
    channel: VisitChannel
    began_at: int


def _names_by_hour(tx: Transaction, visit_ids: Set[int]) -> dict[int | None, str]:
    """Return the names of visits without any number, like "telepon pukul 10.15"."""
    if not visit_ids:
        return {}
    zone = office.zone(tx)
    each = tx.each(
        _Arrival, "SELECT id, channel, began_at FROM visit WHERE id = ?", [(n,) for n in visit_ids]
    )
    return {
        visit.id: _("{channel} pukul {time}").format(
            channel=visit.channel.word.lower(), time=format_time(to_datetime(visit.began_at, zone))
        )
        for (visit,) in each
    }
