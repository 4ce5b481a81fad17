"""The end of personal data: what is due by the schedule, and blanked. Rows, counts and the log stay."""

from collections import Counter
from collections.abc import Collection, Iterable
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from ult_desktop.core.office.retention_schedule import Due, RetentionKind, RetentionRun, Schedule
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.privacy.retention_fields import FIELDS, RetentionField
from ult_desktop.db.store.transaction import Rows, Transaction

# Not what is still at work in any of its matters, whose card the office still has, or who has asked for it or
# against its erasure.
_OVER = (
    "v.ended_at < ?1 AND ?1 <= ?2 AND (c.id IS NULL OR c.closed_at < ?1)"
    " AND NOT EXISTS (SELECT 1 FROM visit m WHERE m.beside = v.id AND coalesce(m.ended_at, ?1) >= ?1)"
    " AND NOT EXISTS (SELECT 1 FROM card_loan l WHERE l.visit_id = v.id AND l.returned_at IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM subject_visit s JOIN subject_request r ON r.id = s.request_id"
    " WHERE s.visit_id = v.id AND (r.closed_at IS NULL OR (s.held_at IS NOT NULL AND s.released_at IS NULL)))"
)
# Data of no visit: bookings of people who never came, the daily report, the register of subjects itself.
_BOOKED = "visit_id IS NULL AND state <> 'booked' AND at < ?1"
_BOOKED_PHONE = f"FROM appointment INDEXED BY appointment_phone_kept WHERE phone <> '' AND {_BOOKED}"
_BOOKED_NAME = (
    "FROM appointment INDEXED BY appointment_name_kept"
    f" WHERE name <> '' AND name <> '{BY_SCHEDULE}' AND name <> '{BY_REQUEST}' AND {_BOOKED}"
)
_DESK = f"FROM desk_entry INDEXED BY desk_kept WHERE text <> '{BY_SCHEDULE}' AND at < ?1"
_REGISTER = (
    "FROM subject_request INDEXED BY subject_kept WHERE closed_at IS NOT NULL"
    f" AND name <> '{BY_SCHEDULE}' AND closed_at < ?1"
)
_ALONE = (
    (
        RetentionKind.CONTACT,
        "appointment.phone",
        "at",
        _BOOKED_PHONE,
        ("UPDATE appointment SET phone = '' WHERE id = ?2",),
    ),
    (
        RetentionKind.NAME,
        "appointment.name",
        "at",
        _BOOKED_NAME,
        ("UPDATE appointment SET name = ?1, reason = ?1, remark = '' WHERE id = ?2",),
    ),
    (RetentionKind.DESK, "desk_entry.text", "at", _DESK, ("UPDATE desk_entry SET text = ?1 WHERE id = ?2",)),
    (
        RetentionKind.REGISTER,
        "subject_request.name",
        "closed_at",
        _REGISTER,
        (
            (
                "UPDATE subject_request SET name = ?1, contact = '', words = '', answer = '', told = ''"
                " WHERE id = ?2"
            ),
            "UPDATE subject_act SET reason = CASE reason WHEN '' THEN '' ELSE ?1 END WHERE request_id = ?2",
        ),
    ),
)


class RetentionSweep(msgspec.Struct, frozen=True):
    """A run by a schedule, at a moment (UTC ms) in the office's zone."""

    schedule: Schedule
    now: int
    zone: ZoneInfo

    def cutoff(self, kind: RetentionKind) -> int:
        return self.schedule.cutoff(kind, self.now, self.zone)


def _due(field: RetentionField) -> str:
    return (
        f"FROM {field.table} x INDEXED BY {field.index} {field.joins}"
        f" WHERE {field.holds} AND x.{field.time} < ?1 AND {field.only} AND NOT {field.unless}"
        f" AND {_OVER}"
    )


def due(tx: Transaction, sweep: RetentionSweep) -> tuple[Due, ...]:
    """List what a run would erase now, column by column; columns without anything due are left out."""
    found = [_counted(tx, sweep, field) for field in FIELDS]
    for kind, name, time, source, _clear in _ALONE:
        count, oldest = tx.row(f"SELECT count(*), min({time}) {source}", sweep.cutoff(kind))
        found.append(Due(kind=kind, field=name, count=count, oldest=oldest))
    places: dict[tuple[RetentionKind, str], Due] = {}
    for each in found:
        same = places.get((each.kind, each.field))
        if each.count and same is None:
            places[each.kind, each.field] = each
        elif each.count and same is not None:
            oldest = min(same.oldest or 0, each.oldest or 0)
            places[each.kind, each.field] = replace(same, count=same.count + each.count, oldest=oldest)
    return tuple(places.values())


def _counted(tx: Transaction, sweep: RetentionSweep, field: RetentionField) -> Due:
    sql = f"SELECT count(*), min(v.began_at) {_due(field)}"
    count, oldest = tx.row(sql, sweep.cutoff(field.kind), sweep.now)
    return Due(kind=field.kind, field=field.name, count=count, oldest=oldest)


def is_due(tx: Transaction, sweep: RetentionSweep) -> bool:
    """Return whether a run would erase anything; the search ends at the first row found."""
    return any(_rows(tx, sweep, field, 1) for field in FIELDS) or any(
        tx.row(f"SELECT 1 {source} LIMIT 1", sweep.cutoff(kind)) for kind, _n, _t, source, _c in _ALONE
    )


def erase(tx: Transaction, sweep: RetentionSweep, most: int) -> dict[str, int]:
    """Blank at most `most` rows; return how many of each kind.

    If they are fewer than `most` in all, nothing is left.
    """
    counts: Counter[str] = Counter()
    for field in FIELDS:
        rows = _rows(tx, sweep, field, most - counts.total())
        for row_id, visit_id in rows:
            _blank(tx, field, row_id, BY_SCHEDULE)
            _remember(tx, visit_id, field.kind, sweep.now, None)
        counts[field.kind.value] += len(rows)
    for kind, _name, time, source, clear in _ALONE:
        sql = f"SELECT id {source} ORDER BY {time}, id LIMIT ?2"
        ids = tx.column(sql, sweep.cutoff(kind), most - counts.total())
        for row_id in ids:
            for statement in clear:
                tx.run(statement, BY_SCHEDULE, row_id)
        counts[kind.value] += len(ids)
    return {kind: count for kind, count in counts.items() if count}


def _rows(tx: Transaction, sweep: RetentionSweep, field: RetentionField, most: int) -> list[tuple[int, int]]:
    sql = f"SELECT x.{field.key}, v.id {_due(field)} ORDER BY x.{field.time}, x.{field.key} LIMIT ?3"
    return tx.rows(sql, sweep.cutoff(field.kind), sweep.now, most)


def _blank(tx: Transaction, field: RetentionField, row_id: int, mark: str) -> None:
    if field.table == "document":
        tx.run(
            "INSERT INTO doomed_file SELECT sha256 FROM document WHERE id = ? ON CONFLICT DO NOTHING", row_id
        )
    tx.run(f"UPDATE {field.table} SET {field.clear} WHERE {field.key} = ?2", mark, row_id)


def _remember(tx: Transaction, visit_id: int, kind: RetentionKind, at: int, request_id: int | None) -> None:
    tx.add("erasure", visit_id=visit_id, kind=kind, at=at, request_id=request_id)


def erase_of_visit(
    tx: Transaction, visit_id: int, kinds: Collection[RetentionKind], at: int, request_id: int
) -> tuple[RetentionKind, ...]:
    """Blank what these kinds hold of one visit, at its subject's request.

    Returns the kinds that held anything.
    """
    erased = []
    for field in FIELDS:
        if field.kind in kinds:
            sql = f"SELECT x.{field.key} FROM {field.table} x {field.joins} WHERE {field.holds}"
            rows = tx.column(f"{sql} AND {field.only} AND v.id = ?", visit_id)
            for row_id in rows:
                _blank(tx, field, row_id, BY_REQUEST)
                _remember(tx, visit_id, field.kind, at, request_id)
            erased += [field.kind] * bool(rows)
    return tuple(dict.fromkeys(erased))


def erased_kinds(tx: Transaction, visit_id: int) -> dict[str, int]:
    """Return the kinds of data of a visit that were erased, and when (UTC ms)."""
    return dict(tx.rows("SELECT kind, at FROM erasure WHERE visit_id = ? ORDER BY at, kind", visit_id))


def begin_run(tx: Transaction, at: int, officer_id: int | None) -> int:
    return tx.insert("retention_run", began_at=at, officer_id=officer_id)


_RUN = Rows(
    RetentionRun,
    "retention_run r LEFT JOIN officer o ON o.id = r.officer_id",
    "coalesce(o.name, '') AS officer, r.counts AS counts_json",
)


find_run = _RUN.find
get_run = _RUN.get


def last_runs(tx: Transaction) -> tuple[RetentionRun, ...]:
    """List the last 12 runs, the newest first."""
    return _RUN.all(tx, "ORDER BY r.id DESC LIMIT 12")


def note_portion(tx: Transaction, run_id: int, counts: dict[str, int], more: bool) -> None:
    tx.update("retention_run", run_id, counts=counts, more=more)


def note_files(tx: Transaction, run_id: int, files: int) -> None:
    tx.run("UPDATE retention_run SET files = files + ? WHERE id = ?", files, run_id)


def end_run(tx: Transaction, run_id: int, at: int) -> None:
    tx.update("retention_run", run_id, ended_at=at, more=0)


def orphaned_files(tx: Transaction, most: int) -> list[str]:
    """List the hashes of files that lost a row, and whose last row is gone."""
    return tx.column(
        "SELECT f.sha256 FROM doomed_file f WHERE NOT EXISTS"
        " (SELECT 1 FROM document d WHERE d.sha256 = f.sha256) LIMIT ?",
        most,
    )


def forget_files(tx: Transaction, hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        tx.run("DELETE FROM doomed_file WHERE sha256 = ?", sha256)
