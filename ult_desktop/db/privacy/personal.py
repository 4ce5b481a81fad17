"""Personal text across the tables: that of one visit, the record of its openings, missing phone indexes."""

import msgspec

from ult_desktop.core.privacy.subjects import OpenedVisit
from ult_desktop.db import online_requests, phone_calls
from ult_desktop.db.cases import deliveries, ppid
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import guests

PORTION = 100  # telephone numbers that get their index in one transaction


class PersonalAccess(msgspec.Struct, frozen=True, kw_only=True):
    """An opening of personal text: when (UTC ms), by which officer, and the name of whose text it is.

    `name` and `visit_id` are None for a whole register. Where `what` is "subject:<id>", `name` is the one in
    that request of a data subject.
    """

    at: int
    officer: str
    station: str
    what: str
    visit_id: int | None
    name: str | None


def visit_of(tx: Transaction, opening_id: int) -> OpenedVisit:
    """Return the visit whose personal text was opened; the opening has a visit."""
    visit_id = tx.number("SELECT visit_id FROM personal_opening WHERE id = ?", opening_id)
    card = guests.visit_card(tx, visit_id)
    assert card is not None  # noqa: S101  (a foreign key holds it)
    case_id = tx.value("SELECT id FROM casefile WHERE visit_id = ?", visit_id)
    return OpenedVisit(
        card=card,
        call=phone_calls.find(tx, visit_id),
        online=online_requests.of_visit(tx, visit_id),
        information=None if case_id is None else ppid.of_case(tx, case_id),
        deliveries=() if case_id is None else deliveries.of_case(tx, case_id),
    )


def what_was_opened(tx: Transaction, opening_id: int) -> str:
    return str(tx.value("SELECT what FROM personal_opening WHERE id = ?", opening_id))


def note_opening(
    tx: Transaction, at: int, officer_id: int | None, station: str, what: str, visit_id: int | None = None
) -> int:
    return tx.insert(
        "personal_opening", at=at, officer_id=officer_id, station=station, what=what, visit_id=visit_id
    )


def openings_between(tx: Transaction, first_at: int, last_at: int) -> tuple[PersonalAccess, ...]:
    """List the openings, the latest first. Times UTC ms, the first included, the last not."""
    return tx.all(
        PersonalAccess,
        "SELECT p.at, coalesce(o.name, '') AS officer, p.station, p.what, p.visit_id,"
        " coalesce(g.name, s.name) AS name FROM personal_opening p"
        " LEFT JOIN officer o ON o.id = p.officer_id LEFT JOIN visit v ON v.id = p.visit_id"
        " LEFT JOIN guest g ON g.visit_id = coalesce(v.beside, v.id)"
        " LEFT JOIN subject_request s ON p.visit_id IS NULL AND s.id = CASE WHEN p.what LIKE 'subject:%'"
        " THEN CAST(substr(p.what, 9) AS INTEGER) END"
        " WHERE p.at >= ? AND p.at < ?"
        " ORDER BY p.at DESC, coalesce(p.visit_id, 0) DESC, p.id",
        first_at,
        last_at,
    )


def numbers_without_index(tx: Transaction) -> list[tuple[int, str]]:
    """List (visit, sealed number) for at most `PORTION` telephone numbers that have no index yet.

    Numbers that a kiosk or an import wrote have none: only an officer's keys make an index.
    """
    return tx.rows(
        "SELECT visit_id, phone FROM guest WHERE substr(phone, 1, 3) = 's1:' AND phone_index = '' LIMIT ?",
        PORTION,
    )


def set_index(tx: Transaction, visit_id: int, index: str) -> None:
    """Write an index only where there is none yet: a correction in between has its own."""
    tx.update("guest", {"visit_id": visit_id, "phone_index": ""}, phone_index=index)
