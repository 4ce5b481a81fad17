"""The retention of personal data: which columns are erased, after how long, and what is left in them.

A field is erased in two ways: by a run, of all rows that are old enough by the schedule, and of one visit, at
the request of its data subject.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from ult_desktop.core.fields import field_of
from ult_desktop.core.office.retention_schedule import Due, RetentionKind, RetentionRun, Schedule
from ult_desktop.core.person import ApplicantFields, GuestFields
from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.db.store.key_ranges import row_number_of
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.db.visits.documents import NO_FILE

# SQL about a row `x` with personal data, its visit `v` and the visit's case `c`.
_JOIN_VISIT = "JOIN visit v ON v.id = x.visit_id LEFT JOIN casefile c ON c.visit_id = v.id"
_JOIN_CASE = "JOIN casefile c ON c.id = x.case_id JOIN visit v ON v.id = c.visit_id"
_IS_IN_A_CASE = (
    "(EXISTS (SELECT 1 FROM case_document b WHERE b.document_id = x.id)"
    " OR EXISTS (SELECT 1 FROM delivery b WHERE b.document_id = x.id))"
)
_IS_IN_A_YOUNGER_CASE = (
    "EXISTS (SELECT 1 FROM casefile o WHERE coalesce(o.closed_at, ?1) >= ?1 AND o.id IN ("
    "SELECT b.case_id FROM case_document b WHERE b.document_id = x.id"
    " UNION SELECT b.case_id FROM delivery b WHERE b.document_id = x.id))"
)
_HAS_NO_DISPUTE = (
    "NOT EXISTS (SELECT 1 FROM objection o WHERE o.request_id = {request}"
    " AND (o.answered_at IS NULL OR o.dispute_until > ?2))"
)


def _is_unmarked(column: str) -> str:
    """Return SQL for: the column has no mark that says that it was erased."""
    # Two comparisons, not `NOT IN`: the partial index is written so, and SQLite takes it only for the same
    # terms (https://www.sqlite.org/partialindex.html).
    return f"x.{column} <> '{BY_SCHEDULE}' AND x.{column} <> '{BY_REQUEST}'"


class RetentionField(msgspec.Struct, frozen=True):
    """A column with personal data: how its due rows are found, and how they are erased.

    `name` is "table.column", `index` the partial index of the rows that hold data, `time` the column with a
    row's time (UTC ms). The other parts are SQL about the row `x`. It is due if it has data (`holds`), `only`
    is true and `unless` is not, and the visit to which `joins` leads is over; ?1 is the stamp before which
    rows are due, ?2 is now. `clear` are the assignments that erase the row; there ?1 is the mark to leave.
    """

    kind: RetentionKind
    name: str
    index: str
    time: str
    holds: str
    clear: str
    joins: str = _JOIN_VISIT
    only: str = "TRUE"
    unless: str = "FALSE"

    @property
    def table(self) -> str:
        return self.name.split(".")[0]

    @property
    def key(self) -> str:
        return row_number_of(self.table)


def _emptied(
    kind: RetentionKind, name: str, index: str, time: str = "at", joins: str = _JOIN_VISIT
) -> RetentionField:
    """Return the field for a column that is emptied."""
    column = name.split(".")[1]
    return RetentionField(kind, name, index, time, f"x.{column} <> ''", f"{column} = ''", joins)


def _marked(
    kind: RetentionKind,
    name: str,
    index_and_time: tuple[str, str],
    clear_others: str = "",
    *,
    joins: str = _JOIN_VISIT,
    only: str = "TRUE",
) -> RetentionField:
    """Return the field for a column whose text is replaced by a mark that says why it was erased.

    `clear_others` are the assignments that clear other columns of the row.
    """
    column = name.split(".")[1]
    clear = ", ".join(filter(None, (f"{column} = ?1", clear_others)))
    return RetentionField(kind, name, *index_and_time, _is_unmarked(column), clear, joins, only)


def _contact(kind: RetentionKind, only: str) -> RetentionField:
    return RetentionField(
        kind,
        "guest.phone",
        "guest_contact_kept",
        "at",
        holds="(x.phone <> '' OR x.email <> '')",
        clear="phone = '', phone_index = '', email = ''",
        only=only,
    )


def _clear_kept_with_name(record: type[msgspec.Struct]) -> str:
    """Return the assignments for the columns that are kept as long as the name; a consent becomes a no."""
    assignments = [
        f"{field.name} = 0" if field.type is bool else f"{field.name} = ''"
        for field in msgspec.structs.fields(record)
        if field_of(field.name).kept_with == "name"
    ]
    return ", ".join(assignments)


def _name_of_guest(kind: RetentionKind, remember: int) -> RetentionField:
    clear_others, only = _clear_kept_with_name(GuestFields), f"x.remember = {remember}"
    return _marked(kind, "guest.name", ("guest_name_kept", "at"), clear_others, only=only)


def _document(kind: RetentionKind, joins: str, only: str, unless: str = "FALSE") -> RetentionField:
    return RetentionField(
        kind,
        "document.sha256",
        "document_kept",
        "at",
        holds=f"x.sha256 <> '{NO_FILE}'",
        clear=f"name = ?1, sha256 = '{NO_FILE}'",
        joins=joins,
        only=only,
        unless=unless,
    )


_CLEAR_ANSWER = "answer = CASE answer WHEN '' THEN '' ELSE ?1 END"
FIELDS: tuple[RetentionField, ...] = (
    _contact(RetentionKind.CONTACT, "v.channel = 'tatap_muka' AND x.remember = 0"),
    _contact(RetentionKind.CALLER, "v.channel = 'telepon' AND x.remember = 0"),
    _contact(RetentionKind.REQUESTER, "v.channel = 'daring' AND x.remember = 0"),
    _contact(RetentionKind.REMEMBERED, "x.remember = 1"),
    _name_of_guest(RetentionKind.NAME, 0),
    _name_of_guest(RetentionKind.REMEMBERED, 1),
    _emptied(RetentionKind.CALLER, "phone_call.supporting", "call_kept", "visit_id"),
    _emptied(RetentionKind.IDENTITY, "identity_check.number_tail", "identity_kept"),
    RetentionField(
        RetentionKind.LETTER,
        "guest.letter_number",
        "guest_letter_kept",
        "at",
        "(x.letter_number <> '' OR x.letter_date <> '')",
        "letter_number = '', letter_date = ''",
    ),
    _marked(
        RetentionKind.LETTER,
        "representation.principal",
        ("representation_kept", "at"),
        "relation = '', issuer = ?1, number = ?1, date = ''",
    ),
    _marked(
        RetentionKind.LETTER, "letter.number", ("letter_kept", "at"), "date = '', issuer = '', subject = ''"
    ),
    _marked(RetentionKind.LETTER, "spd_signing.traveller", ("spd_kept", "at"), "number = ?1, origin = ''"),
    _document(RetentionKind.LETTER, _JOIN_VISIT, f"NOT {_IS_IN_A_CASE}"),
    RetentionField(
        RetentionKind.DELIVERY,
        "delivery.recipient",
        "delivery_kept",
        "at",
        _is_unmarked("proof"),
        "proof = ?1, recipient = ''",
        _JOIN_CASE,
    ),
    _marked(
        RetentionKind.CASE,
        "casefile.detail",
        ("case_kept", "opened_at"),
        _CLEAR_ANSWER,
        joins="JOIN visit v ON v.id = x.visit_id JOIN casefile c ON c.id = x.id",
    ),
    _emptied(RetentionKind.CASE, "case_entry.text", "entry_kept", joins=_JOIN_CASE),
    _marked(
        RetentionKind.CASE,
        "escalation.instruction",
        ("escalation_kept", "sent_at"),
        _CLEAR_ANSWER,
        joins=_JOIN_CASE,
    ),
    _marked(
        RetentionKind.CASE,
        "appointment.reason",
        ("appointment_kept", "made_at"),
        "remark = ''",
        joins=_JOIN_CASE,
    ),
    _emptied(RetentionKind.CONTACT, "appointment.phone", "appointment_phone_kept"),
    RetentionField(
        RetentionKind.NAME,
        "appointment.name",
        "appointment_name_kept",
        "at",
        f"x.name <> '' AND {_is_unmarked('name')}",
        "name = ?1, reason = ?1, remark = ''",
    ),
    _emptied(RetentionKind.CASE, "online_request.topic", "online_kept", "received_at"),
    _emptied(
        RetentionKind.CASE,
        "visit.remark",
        "visit_kept",
        "began_at",
        "JOIN visit v ON v.id = x.id LEFT JOIN casefile c ON c.visit_id = v.id",
    ),
    _emptied(
        RetentionKind.CASE,
        "ticket.remark",
        "ticket_kept",
        "issued_at",
        "JOIN visit v ON v.ticket_id = x.id LEFT JOIN casefile c ON c.visit_id = v.id",
    ),
    _emptied(RetentionKind.CASE, "handover.remark", "handover_kept"),
    _document(
        RetentionKind.CASE,
        "JOIN casefile c ON c.id = coalesce("
        "(SELECT b.case_id FROM case_document b WHERE b.document_id = x.id ORDER BY b.id LIMIT 1),"
        " (SELECT b.case_id FROM delivery b WHERE b.document_id = x.id ORDER BY b.id LIMIT 1))"
        " JOIN visit v ON v.id = c.visit_id",
        _IS_IN_A_CASE,
        unless=_IS_IN_A_YOUNGER_CASE,
    ),
    _marked(
        RetentionKind.PPID,
        "information_request.name",
        ("request_kept", "registered_at"),
        _clear_kept_with_name(ApplicantFields),
        joins=_JOIN_CASE,
        only=_HAS_NO_DISPUTE.format(request="x.id"),
    ),
    _marked(
        RetentionKind.PPID,
        "objection.position",
        ("objection_kept", "filed_at"),
        "proxy = ''",
        joins="JOIN information_request i ON i.id = x.request_id JOIN casefile c ON c.id = i.case_id"
        " JOIN visit v ON v.id = c.visit_id",
        only=_HAS_NO_DISPUTE.format(request="x.request_id"),
    ),
)


# The visit `v` is over, with its case and all of its matters. The office has no card of the visitor, and no
# data subject's request about the visit is open or holds its erasure back.
_IS_OVER = (
    "v.ended_at < ?1 AND ?1 <= ?2 AND (c.id IS NULL OR c.closed_at < ?1)"
    " AND NOT EXISTS (SELECT 1 FROM visit m WHERE m.beside = v.id AND coalesce(m.ended_at, ?1) >= ?1)"
    " AND NOT EXISTS (SELECT 1 FROM card_loan l WHERE l.visit_id = v.id AND l.returned_at IS NULL)"
    " AND NOT EXISTS (SELECT 1 FROM subject_visit s JOIN subject_request r ON r.id = s.request_id"
    " WHERE s.visit_id = v.id AND (r.closed_at IS NULL OR (s.held_at IS NOT NULL AND s.released_at IS NULL)))"
)
_NEVER_CAME = "visit_id IS NULL AND state <> 'booked' AND at < ?1"


class _FieldWithoutVisit(NamedTuple):
    """A column with personal data of no visit; `clear` are the statements that erase row ?2.

    `time` is the column with the age of a row, `source` the SQL from FROM on that finds the due rows.
    """

    kind: RetentionKind
    name: str
    time: str
    source: str
    clear: tuple[str, ...]


# Bookings of people who never came, the daily report, the register of data subjects itself.
_WITHOUT_VISIT = (
    _FieldWithoutVisit(
        RetentionKind.CONTACT,
        "appointment.phone",
        "at",
        f"FROM appointment INDEXED BY appointment_phone_kept WHERE phone <> '' AND {_NEVER_CAME}",
        ("UPDATE appointment SET phone = '' WHERE id = ?2",),
    ),
    _FieldWithoutVisit(
        RetentionKind.NAME,
        "appointment.name",
        "at",
        "FROM appointment INDEXED BY appointment_name_kept"
        f" WHERE name <> '' AND name <> '{BY_SCHEDULE}' AND name <> '{BY_REQUEST}' AND {_NEVER_CAME}",
        ("UPDATE appointment SET name = ?1, reason = ?1, remark = '' WHERE id = ?2",),
    ),
    _FieldWithoutVisit(
        RetentionKind.DESK,
        "desk_entry.text",
        "at",
        f"FROM desk_entry INDEXED BY desk_kept WHERE text <> '{BY_SCHEDULE}' AND at < ?1",
        ("UPDATE desk_entry SET text = ?1, settlement = '' WHERE id = ?2",),
    ),
    _FieldWithoutVisit(
        RetentionKind.REGISTER,
        "subject_request.name",
        "closed_at",
        "FROM subject_request INDEXED BY subject_kept WHERE closed_at IS NOT NULL"
        f" AND name <> '{BY_SCHEDULE}' AND closed_at < ?1",
        (
            (
                "UPDATE subject_request SET name = ?1, contact = '', words = '', answer = '', told = ''"
                " WHERE id = ?2"
            ),
            "UPDATE subject_act SET reason = CASE reason WHEN '' THEN '' ELSE ?1 END WHERE request_id = ?2",
        ),
    ),
)


def places_of(kind: RetentionKind) -> tuple[str, ...]:
    """Return the columns with personal data of a kind, each "table.column"."""
    fields: tuple[RetentionField | _FieldWithoutVisit, ...] = (*FIELDS, *_WITHOUT_VISIT)
    return tuple(dict.fromkeys(field.name for field in fields if field.kind is kind))


class RetentionSweep(msgspec.Struct, frozen=True):
    """The schedule by which a run erases, its time (UTC ms) and the office's zone."""

    schedule: Schedule
    now: int
    zone: ZoneInfo

    def cutoff(self, kind: RetentionKind) -> int:
        return self.schedule.cutoff(kind, self.now, self.zone)


def _due_rows(field: RetentionField) -> str:
    """Return SQL, from FROM on, for the due rows of a field."""
    return (
        # Without its index SQLite refuses the statement, and does not read the whole table in silence:
        # https://www.sqlite.org/lang_indexedby.html
        f"FROM {field.table} x INDEXED BY {field.index} {field.joins}"
        f" WHERE {field.holds} AND x.{field.time} < ?1 AND {field.only} AND NOT {field.unless}"
        f" AND {_IS_OVER}"
    )


def due(tx: Transaction, sweep: RetentionSweep) -> tuple[Due, ...]:
    """List what a run would erase now, column by column; columns without anything due are left out."""
    parts = list[Due]()
    for field in FIELDS:
        sql = f"SELECT count(*), min(v.began_at) {_due_rows(field)}"
        count, oldest = tx.row(sql, sweep.cutoff(field.kind), sweep.now)
        if count:
            parts.append(Due(kind=field.kind, field=field.name, count=count, oldest=oldest))
    for column in _WITHOUT_VISIT:
        sql = f"SELECT count(*), min({column.time}) {column.source}"
        count, oldest = tx.row(sql, sweep.cutoff(column.kind))
        if count:
            parts.append(Due(kind=column.kind, field=column.name, count=count, oldest=oldest))
    # A column may be erased by several fields: their rows are added up.
    by_column: dict[tuple[RetentionKind, str], Due] = {}
    for part in parts:
        former, total = by_column.get((part.kind, part.field)), part
        if former is not None:
            oldest = min(stamp for stamp in (former.oldest, part.oldest) if stamp is not None)
            total = replace(part, count=former.count + part.count, oldest=oldest)
        by_column[part.kind, part.field] = total
    return tuple(by_column.values())


def is_due(tx: Transaction, sweep: RetentionSweep) -> bool:
    """Return whether a run would erase anything; the search ends at the first row found."""
    return any(_find_due(tx, sweep, field, 1) for field in FIELDS) or any(
        tx.row(f"SELECT 1 {field.source} LIMIT 1", sweep.cutoff(field.kind)) for field in _WITHOUT_VISIT
    )


def erase(tx: Transaction, sweep: RetentionSweep, limit: int) -> dict[str, int]:
    """Erase the data of at most `limit` rows; return the number of rows by kind.

    If these are fewer than `limit` in all, no more rows are due.
    """
    counts: Counter[str] = Counter()
    for field in FIELDS:
        rows = _find_due(tx, sweep, field, limit - counts.total())
        for row_id, visit_id in rows:
            _clear(tx, field, row_id, BY_SCHEDULE)
            _note_erasure(tx, visit_id, field.kind, sweep.now, None)
        counts[field.kind.value] += len(rows)
    for column in _WITHOUT_VISIT:
        sql = f"SELECT id {column.source} ORDER BY {column.time}, id LIMIT ?2"
        ids = tx.column(sql, sweep.cutoff(column.kind), limit - counts.total())
        for row_id in ids:
            for statement in column.clear:
                tx.run(statement, BY_SCHEDULE, row_id)
        counts[column.kind.value] += len(ids)
    return {kind: count for kind, count in counts.items() if count}


def _find_due(
    tx: Transaction, sweep: RetentionSweep, field: RetentionField, limit: int
) -> list[tuple[int, int]]:
    """List (row number, visit) for the due rows of a field, the oldest first."""
    sql = f"SELECT x.{field.key}, v.id {_due_rows(field)} ORDER BY x.{field.time}, x.{field.key} LIMIT ?3"
    return tx.rows(sql, sweep.cutoff(field.kind), sweep.now, limit)


def _clear(tx: Transaction, field: RetentionField, row_id: int, mark: str) -> None:
    if field.table == "document":
        # The file itself is deleted after the commit, when no other row has it (`orphaned_files`).
        doom = "INSERT INTO doomed_file SELECT sha256 FROM document WHERE id = ? ON CONFLICT DO NOTHING"
        tx.run(doom, row_id)
    tx.run(f"UPDATE {field.table} SET {field.clear} WHERE {field.key} = ?2", mark, row_id)


def _note_erasure(
    tx: Transaction, visit_id: int, kind: RetentionKind, at: int, request_id: int | None
) -> None:
    tx.add("erasure", visit_id=visit_id, kind=kind, at=at, request_id=request_id)


def erase_of_visit(
    tx: Transaction, visit_id: int, kinds: Collection[RetentionKind], at: int, request_id: int
) -> tuple[RetentionKind, ...]:
    """Erase the data of these kinds from one visit, at the request of its data subject.

    Returns the kinds of which there was any, in the order of the fields.
    """
    erased = list[RetentionKind]()
    for field in FIELDS:
        if field.kind in kinds:
            sql = f"SELECT x.{field.key} FROM {field.table} x {field.joins} WHERE {field.holds}"
            for row_id in tx.column(f"{sql} AND {field.only} AND v.id = ?", visit_id):
                _clear(tx, field, row_id, BY_REQUEST)
                _note_erasure(tx, visit_id, field.kind, at, request_id)
                erased.append(field.kind)
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


def note_portion(tx: Transaction, run_id: int, counts: dict[str, int], *, more: bool) -> None:
    tx.update("retention_run", run_id, counts=counts, more=more)


def note_files(tx: Transaction, run_id: int, files: int) -> None:
    tx.run("UPDATE retention_run SET files = files + ? WHERE id = ?", files, run_id)


def end_run(tx: Transaction, run_id: int, at: int) -> None:
    tx.update("retention_run", run_id, ended_at=at, more=0)


def orphaned_files(tx: Transaction, limit: int) -> list[str]:
    """List the hashes of files of erased documents that no document row has any more."""
    return tx.column(
        "SELECT f.sha256 FROM doomed_file f WHERE NOT EXISTS"
        " (SELECT 1 FROM document d WHERE d.sha256 = f.sha256) LIMIT ?",
        limit,
    )


def forget_files(tx: Transaction, hashes: Iterable[str]) -> None:
    for sha256 in hashes:
        tx.run("DELETE FROM doomed_file WHERE sha256 = ?", sha256)
