"""The register of data subjects' requests, and the visits that are theirs."""

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ult_desktop.core import stamps
from ult_desktop.core.person import ApplicantFields, GuestFields
from ult_desktop.core.privacy import subjects
from ult_desktop.core.procedures.purpose import purpose_words
from ult_desktop.db import name_keys
from ult_desktop.db.office import office
from ult_desktop.db.procedures import procedures
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Rows, Transaction
from ult_desktop.db.visits import guests, visits

_ROWS = Rows(
    subjects.SubjectRequest,
    "subject_request r LEFT JOIN officer o ON o.id = r.officer_id"
    " LEFT JOIN officer p ON p.id = r.verified_by LEFT JOIN officer q ON q.id = r.answered_by",
    "coalesce(o.name, '') AS officer, coalesce(p.name, '') AS verified_by,"
    " coalesce(q.name, '') AS answered_by",
)
# The columns of `SubjectVisit` but `held`, for a visit `v`, its guest book line `g` and its case `c`.
_VISIT = (
    "v.id AS visit_id, v.day AS day, v.channel AS channel, coalesce(g.name, '') AS name,"
    " coalesce(g.institution, '') AS institution, coalesce(g.phone, '') AS phone,"
    f" coalesce(g.email, '') AS email, coalesce({CASE_NUMBER}, '') AS case_number,"
    " (v.ended_at IS NULL OR (c.id IS NOT NULL AND c.closed_at IS NULL)) AS is_open,"
    " coalesce(g.remember, 0) AS remember,"
)
_JOIN_CASE = "LEFT JOIN casefile c ON c.visit_id = v.id"
_JOIN_GUEST_AND_CASE = f"LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id) {_JOIN_CASE}"
_GUESTS = Rows(
    subjects.SubjectVisit,
    f"guest g JOIN visit v ON v.id = g.visit_id OR v.beside = g.visit_id {_JOIN_CASE}",
    f"{_VISIT} 0 AS held",
)
_ATTACHED = Rows(
    subjects.SubjectVisit,
    f"subject_visit s JOIN visit v ON v.id = s.visit_id {_JOIN_GUEST_AND_CASE}",
    f"{_VISIT} (s.held_at IS NOT NULL AND s.released_at IS NULL) AS held",
)
_APPLICANTS = Rows(
    subjects.SubjectVisit,
    "information_request i JOIN casefile n ON n.id = i.case_id JOIN visit v ON v.id = n.visit_id"
    f" {_JOIN_GUEST_AND_CASE}",
    f"{_VISIT} 0 AS held",
)
_CASES = Rows(
    subjects.SubjectVisit,
    f"casefile n JOIN visit v ON v.id = n.visit_id {_JOIN_GUEST_AND_CASE}",
    f"{_VISIT} 0 AS held",
)
MAX_FOUND = 200  # guests in a search, and as many applicants


class NewSubjectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """The row that is written when a request comes in. Times UTC ms."""

    kind: subjects.SubjectKind
    name: str
    contact: str
    words: str
    received_at: int
    due_at: int
    officer_id: int | None


find = _ROWS.find
get = _ROWS.get


def of_year(tx: Transaction, year: int) -> tuple[subjects.SubjectRequest, ...]:
    """List the requests of a year, the newest first."""
    return _ROWS.all(tx, "WHERE r.year = ? ORDER BY r.serial DESC", year)


def still_open(tx: Transaction) -> tuple[subjects.SubjectRequest, ...]:
    """List the requests that are not closed, of any year, the most pressing first."""
    return _ROWS.all(tx, "WHERE r.closed_at IS NULL ORDER BY r.due_at, r.id")


class SubjectBoard(msgspec.Struct, frozen=True):
    """The open requests, the most pressing first, then those closed this year; and the request chosen."""

    requests: tuple[subjects.SubjectRequest, ...]
    chosen: subjects.SubjectFile | None


def board(tx: Transaction, now: int, chosen: int | None) -> SubjectBoard:
    """Return the page of requests; `now` UTC ms."""
    year = int(stamps.office_day(now, office.zone(tx))[:4])
    closed = (request for request in of_year(tx, year) if request.closed_at is not None)
    chosen_file = None if chosen is None or find(tx, chosen) is None else file_of(tx, chosen)
    return SubjectBoard((*still_open(tx), *closed), chosen_file)


def count_unanswered(tx: Transaction) -> int:
    return tx.number("SELECT count(*) FROM subject_request WHERE closed_at IS NULL AND answered_at IS NULL")


def file_of(tx: Transaction, request_id: int) -> subjects.SubjectFile:
    """Return the request with its visits and acts."""
    return subjects.SubjectFile(
        request=get(tx, request_id),
        visits=visits_of(tx, request_id),
        acts=tx.all(
            subjects.SubjectAct,
            "SELECT a.at, coalesce(o.name, '') AS officer, a.act, a.visit_id, a.field, a.reason"
            " FROM subject_act a LEFT JOIN officer o ON o.id = a.officer_id"
            " WHERE a.request_id = ? ORDER BY a.at, a.id",
            request_id,
        ),
    )


def visits_of(tx: Transaction, request_id: int) -> tuple[subjects.SubjectVisit, ...]:
    return _ATTACHED.all(tx, "WHERE s.request_id = ? ORDER BY v.began_at, v.id", request_id)


def visit_of(tx: Transaction, request_id: int, visit_id: int) -> subjects.SubjectVisit | None:
    return _ATTACHED.maybe(tx, "WHERE s.request_id = ? AND s.visit_id = ?", request_id, visit_id)


def search(tx: Transaction, text: str, phone_index: str = "") -> tuple[subjects.SubjectVisit, ...]:
    """Find visits by words of a name (guest, PPID applicant), by a case's number or a telephone number.

    `phone_index` is the blind index of `text`, "" without a keyring: then only clear numbers are found. At
    most `MAX_FOUND` guests and as many applicants are listed, the latest visit first.
    """
    of_case = _CASES.all(tx, "WHERE n.number = ?", "".join(text.upper().split()))
    if of_case:
        return of_case
    phone = guests.phone_condition(text, phone_index)
    if phone is not None:
        matches = _latest(tx, _GUESTS, phone)
    else:
        matches = _latest(tx, _GUESTS, name_keys.name_condition(tx, "g.visit_id", "guest", text))
        matches += _latest(tx, _APPLICANTS, name_keys.name_condition(tx, "i.id", "information_request", text))
    by_id = {visit.visit_id: visit for visit in matches}
    return tuple(sorted(by_id.values(), key=lambda visit: (visit.day, visit.visit_id), reverse=True))


def _latest(
    tx: Transaction, source: Rows[subjects.SubjectVisit], condition_and_values: name_keys.Condition
) -> tuple[subjects.SubjectVisit, ...]:
    condition, values = condition_and_values
    return source.all(tx, f"WHERE {condition} ORDER BY v.id DESC LIMIT ?", *values, MAX_FOUND)


def attach(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.add("subject_visit", request_id=request_id, visit_id=visit_id, at=at)


def detach(tx: Transaction, request_id: int, visit_id: int) -> None:
    tx.run("DELETE FROM subject_visit WHERE request_id = ? AND visit_id = ?", request_id, visit_id)


def hold(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.update("subject_visit", {"request_id": request_id, "visit_id": visit_id}, held_at=at, released_at=None)


def release(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.update("subject_visit", {"request_id": request_id, "visit_id": visit_id}, released_at=at)


def is_held_by_another(tx: Transaction, request_id: int, visit_id: int) -> bool:
    """Return whether another request keeps that visit from being erased."""
    sql = (
        "SELECT 1 FROM subject_visit WHERE visit_id = ? AND request_id <> ? AND held_at IS NOT NULL"
        " AND released_at IS NULL"
    )
    return tx.value(sql, visit_id, request_id) is not None


def verify(tx: Transaction, request_id: int, how: str, at: int, officer_id: int | None) -> None:
    tx.update("subject_request", request_id, verified_how=how, verified_at=at, verified_by=officer_id)


def correct(tx: Transaction, visit_id: int, field: str, value: str, phone_index: str) -> bool:
    """Correct a field of a visit's guest book line; return False when the visit has no line.

    `phone_index` is the blind index of `value`, if that is a telephone number.
    """
    guest = visits.guest_of(tx, visit_id)
    if guest is None:
        return False
    if field not in subjects.CORRECTABLE:  # it becomes a word of the statement
        raise ValueError(field)
    tx.update("guest", {"visit_id": guest.visit_id}, **{field: value})
    if field == "name":
        name_keys.write(tx, "guest", {guest.visit_id: value})
    if field == "phone":
        tx.update("guest", {"visit_id": guest.visit_id}, phone_index=phone_index)
    return True


def stop_remembering(tx: Transaction, request_id: int) -> int:
    """Take back the visitor's consent to be remembered; return how many lines of the guest book had it."""
    return tx.run(
        "UPDATE guest SET remember = 0 WHERE remember = 1 AND visit_id IN"
        " (SELECT coalesce(v.beside, v.id) FROM subject_visit s JOIN visit v ON v.id = s.visit_id"
        " WHERE s.request_id = ?)",
        request_id,
    )


class SubjectAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a request, and how its subject was informed. `answered_at` UTC ms."""

    outcome: str
    answer: str
    told: str
    answered_at: int
    answered_by: int | None


def answer(tx: Transaction, request_id: int, subject_answer: SubjectAnswer) -> None:
    tx.update("subject_request", request_id, subject_answer)


def close(tx: Transaction, request_id: int, at: int) -> None:
    tx.update("subject_request", request_id, closed_at=at)


class NewAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act on a request, as it is written into the register. `at` UTC ms."""

    request_id: int
    at: int
    officer_id: int | None
    act: str
    visit_id: int | None = None
    field: str = ""
    reason: str = ""


def note_act(tx: Transaction, new: NewAct) -> None:
    tx.insert("subject_act", new)


# The columns of each part of a subject's copy. A part is a table, which SQL calls `x`. Columns about officers
# alone are left out.
_COLUMNS = {
    "visit": "day, channel, began_at, ended_at, purpose, remark",
    "guest": f"{', '.join(GuestFields.__struct_fields__)}, notice, at",
    "ticket": "label, issued_at, remark",
    "identity_check": "at, kind, number_tail, known_by, matches",
    "representation": "principal, relation, kind, issuer, number, date",
    "letter": "kind, number, date, issuer, subject",
    "requirement_check": "at, missing",
    "spd_signing": "day, number, traveller, origin",
    "document": "name, size, at",
    "card_loan": "kind, purpose, lent_at, returned_at",
    "badge_loan": "number, given_at, returned_at",
    "vulnerability": "grounds, help, declared_at",
    "device_loan": "lent_at, returned_at",
    "escort": "leg, began_at, ended_at",
    "phone_call": "supporting, promised_at",
    "call_attempt": "began_at, ended_at, result",
    "handover": "at, remark",
    "casefile": "number, opened_at, detail, answer, closed_at",
    "online_request": "number, source, topic, received_at",
    "case_entry": "x.at, x.kind, x.text",
    "escalation": "x.sent_at, x.instruction, x.answer, x.answered_at",
    "delivery": "x.at, x.way, x.recipient, x.proof, x.receipt",
    "appointment": "x.code, x.day, x.name, x.phone, x.reason, x.remark",
    "information_request": (
        f"x.number, x.registered_at, {', '.join(f'x.{name}' for name in ApplicantFields.__struct_fields__)},"
        " x.wanted, x.purpose, x.decision"
    ),
    "objection": "x.number, x.filed_at, x.position, x.proxy, x.answer",
}
_BY_CASE = "JOIN casefile c ON c.id = x.case_id WHERE c.visit_id = ?"
# How SQL finds the rows of a visit in a part that has no column `visit_id`.
_JOINS = {
    "visit": "WHERE id = ?",
    "ticket": "WHERE id = (SELECT ticket_id FROM visit WHERE id = ?)",
    **dict.fromkeys(("case_entry", "escalation", "delivery", "information_request"), _BY_CASE),
    "appointment": "WHERE x.case_id = (SELECT id FROM casefile WHERE visit_id = ?1) OR x.visit_id = ?1",
    "objection": (
        "JOIN information_request i ON i.id = x.request_id JOIN casefile c ON c.id = i.case_id"
        " WHERE c.visit_id = ?"
    ),
}


class DossierPart(NamedTuple):
    """A table of a subject's copy: its columns, and SQL from FROM on that finds the rows of a visit (`?`)."""

    name: str
    columns: str
    source: str


PARTS = tuple(
    DossierPart(part, columns, f"FROM {part} x {_JOINS.get(part, 'WHERE visit_id = ?')}")
    for part, columns in _COLUMNS.items()
)
_LISTS = frozenset({"grounds", "help", "missing"})  # columns that hold a JSON list of texts


def dossier(tx: Transaction, request_id: int) -> subjects.Dossier:
    """Return all that the rows of the subject's visits hold; only empty fields are left out."""
    file = file_of(tx, request_id)
    held = (record for visit in file.visits for record in records_of(tx, visit.visit_id))
    return subjects.Dossier(file=file, held=tuple(held))


def records_of(tx: Transaction, visit_id: int) -> Iterator[subjects.HeldRecord]:
    """Yield what the rows of one visit hold, part by part."""
    for part in PARTS:
        names = [column.strip().removeprefix("x.") for column in part.columns.split(",")]
        for row in tx.rows(f"SELECT {part.columns} {part.source}", visit_id):
            for name, value in zip(names, row, strict=True):
                for text in _texts_in(name, value):
                    words = text
                    if (part.name, name) == ("visit", "purpose"):
                        # A purpose from the list is kept by its key; its words are in the visit's procedure.
                        words = purpose_words(procedures.of_visit(tx, visits.get(tx, visit_id)), text)
                    yield subjects.HeldRecord(visit_id=visit_id, part=part.name, field=name, value=words)


def _texts_in(column: str, value: object) -> tuple[str, ...]:
    """Return the texts of a column: those of a list, else one, or none where the column is empty."""
    if column in _LISTS:
        return msgspec.json.decode(str(value), type=tuple[str, ...])
    return () if value in (None, "") else (str(value),)
