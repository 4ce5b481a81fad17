"""The register of data subjects' requests, and the visits that are theirs."""

import msgspec

from ult_desktop.core.personal import BY_REQUEST, BY_SCHEDULE
from ult_desktop.core.privacy.subjects import (
    Correctable,
    SubjectAct,
    SubjectFile,
    SubjectKind,
    SubjectRequest,
    SubjectVisit,
)
from ult_desktop.core.visits.guest_book import SHORTEST_SEARCH
from ult_desktop.db.store.transaction import Transaction

_SELECT = (
    "SELECT r.id, r.number, r.kind, r.name, r.contact, r.words, r.received_at, r.due_at,"
    " coalesce(o.name, '') AS officer, r.verified_at, coalesce(p.name, '') AS verified_by, r.verified_how,"
    " r.outcome, r.answer, r.told, r.answered_at, coalesce(q.name, '') AS answered_by, r.closed_at"
    " FROM subject_request r LEFT JOIN officer o ON o.id = r.officer_id"
    " LEFT JOIN officer p ON p.id = r.verified_by LEFT JOIN officer q ON q.id = r.answered_by"
)
_VISIT = (
    "SELECT v.id AS visit_id, v.day, v.channel, coalesce(g.name, '') AS name,"
    " coalesce(g.institution, '') AS institution, coalesce(g.phone, '') AS phone,"
    " coalesce(g.email, '') AS email, coalesce(c.number, '') AS case_number,"
    " (v.ended_at IS NULL OR (c.id IS NOT NULL AND c.closed_at IS NULL)) AS is_open,"
    " coalesce(g.remember, 0) AS remember, {held} AS held FROM {source}"
    " LEFT JOIN casefile c ON c.visit_id = v.id"
)
_GUESTS = _VISIT.format(held="0", source="guest g JOIN visit v ON v.id = g.visit_id")
_PICKED = _VISIT.format(
    held="(s.held_at IS NOT NULL AND s.released_at IS NULL)",
    source="subject_visit s JOIN visit v ON v.id = s.visit_id LEFT JOIN guest g ON g.visit_id = v.id",
)
_APPLICANTS = _VISIT.format(
    held="0",
    source="information_request i JOIN casefile n ON n.id = i.case_id JOIN visit v ON v.id = n.visit_id"
    " LEFT JOIN guest g ON g.visit_id = v.id",
)
_CASE = _VISIT.format(
    held="0", source="casefile n JOIN visit v ON v.id = n.visit_id LEFT JOIN guest g ON g.visit_id = v.id"
)
MAX_FOUND = 200


class NewSubjectRequest(msgspec.Struct, frozen=True, kw_only=True):
    """What is written when a request comes in. Times UTC ms."""

    year: int
    serial: int
    number: str
    kind: SubjectKind
    name: str
    contact: str
    words: str
    received_at: int
    due_at: int
    officer_id: int | None


def insert(tx: Transaction, new: NewSubjectRequest) -> int:
    return tx.insert(
        "INSERT INTO subject_request (year, serial, number, kind, name, contact, words, received_at, due_at,"
        " officer_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )


def find(tx: Transaction, request_id: int) -> SubjectRequest | None:
    return tx.maybe(SubjectRequest, f"{_SELECT} WHERE r.id = ?", request_id)


def get(tx: Transaction, request_id: int) -> SubjectRequest:
    return tx.one(SubjectRequest, f"{_SELECT} WHERE r.id = ?", request_id)


def of_year(tx: Transaction, year: int) -> tuple[SubjectRequest, ...]:
    """The register of a year, the newest first."""
    return tx.all(SubjectRequest, f"{_SELECT} WHERE r.year = ? ORDER BY r.serial DESC", year)


def still_open(tx: Transaction) -> tuple[SubjectRequest, ...]:
    """What is not closed, whatever its year, the most pressing first."""
    return tx.all(SubjectRequest, f"{_SELECT} WHERE r.closed_at IS NULL ORDER BY r.due_at")


def count_unanswered(tx: Transaction) -> int:
    return int(
        tx.value("SELECT count(*) FROM subject_request WHERE closed_at IS NULL AND answered_at IS NULL")
    )


def file_of(tx: Transaction, request_id: int) -> SubjectFile:
    """The request with its visits and acts."""
    return SubjectFile(
        request=get(tx, request_id),
        visits=visits_of(tx, request_id),
        acts=tx.all(
            SubjectAct,
            "SELECT a.at, coalesce(o.name, '') AS officer, a.act, a.visit_id, a.field, a.reason"
            " FROM subject_act a LEFT JOIN officer o ON o.id = a.officer_id"
            " WHERE a.request_id = ? ORDER BY a.at, a.id",
            request_id,
        ),
    )


def visits_of(tx: Transaction, request_id: int) -> tuple[SubjectVisit, ...]:
    return tx.all(SubjectVisit, f"{_PICKED} WHERE s.request_id = ? ORDER BY v.began_at, v.id", request_id)


def visit_of(tx: Transaction, request_id: int, visit_id: int) -> SubjectVisit | None:
    return tx.maybe(
        SubjectVisit, f"{_PICKED} WHERE s.request_id = ? AND s.visit_id = ?", request_id, visit_id
    )


def search(tx: Transaction, text: str, phone_index: str = "") -> tuple[SubjectVisit, ...]:
    """Visits by the beginning of a name (guest, PPID applicant), by a case's number or a telephone number.

    `phone_index` is the blind index of `text`, "" without a keyring: then clear numbers alone are found. At
    most 200 of each.
    """
    wanted = text.strip()
    if len(wanted) < SHORTEST_SEARCH or wanted.casefold() in (BY_REQUEST, BY_SCHEDULE):
        return ()
    case = tx.all(SubjectVisit, f"{_CASE} WHERE n.number = ?", wanted)
    if case:
        return case
    if phone_index:
        where = "g.phone_index = ? AND g.phone_index <> ''"
        found = tx.all(SubjectVisit, f"{_GUESTS} WHERE {where} LIMIT ?", phone_index, MAX_FOUND)
    elif wanted.lstrip("+").replace("-", "").replace(" ", "").isdigit():
        where = "g.phone = ? AND g.phone <> '' AND g.phone_index = ''"
        found = tx.all(SubjectVisit, f"{_GUESTS} WHERE {where} LIMIT ?", wanted, MAX_FOUND)
    else:
        found = (*_named(tx, _GUESTS, "g.name", wanted), *_named(tx, _APPLICANTS, "i.name", wanted))
    once = {each.visit_id: each for each in found}.values()
    return tuple(sorted(once, key=lambda each: (each.day, each.visit_id), reverse=True))


def _named(tx: Transaction, source: str, column: str, wanted: str) -> tuple[SubjectVisit, ...]:
    where = f"{column} COLLATE NOCASE >= ? AND {column} COLLATE NOCASE < ?"
    last = f"{wanted}\U0010ffff"
    return tx.all(SubjectVisit, f"{source} WHERE {where} LIMIT ?", wanted, last, MAX_FOUND)


def attach(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.run(
        "INSERT OR IGNORE INTO subject_visit (request_id, visit_id, at) VALUES (?, ?, ?)",
        *(request_id, visit_id, at),
    )


def detach(tx: Transaction, request_id: int, visit_id: int) -> None:
    tx.run("DELETE FROM subject_visit WHERE request_id = ? AND visit_id = ?", request_id, visit_id)


def hold(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE subject_visit SET held_at = ?, released_at = NULL WHERE request_id = ? AND visit_id = ?",
        *(at, request_id, visit_id),
    )


def release(tx: Transaction, request_id: int, visit_id: int, at: int) -> None:
    tx.run(
        "UPDATE subject_visit SET released_at = ? WHERE request_id = ? AND visit_id = ?",
        *(at, request_id, visit_id),
    )


def is_held_by_another(tx: Transaction, request_id: int, visit_id: int) -> bool:
    """Another request keeps that visit from being erased."""
    return bool(
        tx.value(
            "SELECT 1 FROM subject_visit WHERE visit_id = ? AND request_id <> ? AND held_at IS NOT NULL"
            " AND released_at IS NULL",
            *(visit_id, request_id),
        )
    )


def verify(tx: Transaction, request_id: int, how: str, at: int, officer_id: int | None) -> None:
    tx.run(
        "UPDATE subject_request SET verified_how = ?, verified_at = ?, verified_by = ? WHERE id = ?",
        *(how, at, officer_id, request_id),
    )


def correct(tx: Transaction, visit_id: int, field: Correctable, value: str, phone_index: str) -> bool:
    """False when that visit has no line in the guest book. `phone_index` belongs to a telephone number."""
    found = tx.run(f"UPDATE guest SET {Correctable(field).value} = ? WHERE visit_id = ?", value, visit_id)
    if field is Correctable.PHONE:
        tx.run("UPDATE guest SET phone_index = ? WHERE visit_id = ?", phone_index, visit_id)
    return bool(found)


def stop_remembering(tx: Transaction, request_id: int) -> int:
    """How many lines of the guest book it was."""
    return tx.run(
        "UPDATE guest SET remember = 0 WHERE remember = 1 AND visit_id IN"
        " (SELECT visit_id FROM subject_visit WHERE request_id = ?)",
        request_id,
    )


class SubjectAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a request, and how its subject was told. `at` UTC ms."""

    outcome: str
    answer: str
    told: str
    at: int
    officer_id: int | None


def answer(tx: Transaction, request_id: int, said: SubjectAnswer) -> None:
    tx.run(
        "UPDATE subject_request SET outcome = ?, answer = ?, told = ?, answered_at = ?, answered_by = ?"
        " WHERE id = ?",
        *msgspec.structs.astuple(said),
        request_id,
    )


def close(tx: Transaction, request_id: int, at: int) -> None:
    tx.run("UPDATE subject_request SET closed_at = ? WHERE id = ?", at, request_id)


class NewAct(msgspec.Struct, frozen=True, kw_only=True):
    """An act as it is written. `at` UTC ms."""

    request_id: int
    at: int
    officer_id: int | None
    act: str
    visit_id: int | None = None
    field: str = ""
    reason: str = ""


def note(tx: Transaction, new: NewAct) -> None:
    tx.insert(
        "INSERT INTO subject_act (request_id, at, officer_id, act, visit_id, field, reason)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        *msgspec.structs.astuple(new),
    )
