"""What is known of a visitor from earlier comings, by consent alone (UU 27/2022)."""

import msgspec

from ult_desktop.core.cases.case import CaseOutcome, CaseState
from ult_desktop.core.visits.visit import VisitChannel
from ult_desktop.db.store.transaction import Transaction

MAX_VISITS = 20


class EarlierVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A coming before this one. `at` UTC ms; the case's fields are None where none was opened."""

    visit_id: int
    at: int
    channel: VisitChannel
    service: str
    case_id: int | None
    number: str | None
    detail: str | None
    state: CaseState | None
    outcome: CaseOutcome | None


def earlier_visits(tx: Transaction, visit_id: int) -> tuple[EarlierVisit, ...]:
    """The latest first: those under the same telephone whose guest wished to be known again."""
    return tx.all(
        EarlierVisit,
        "SELECT v.id AS visit_id, v.began_at AS at, v.channel, coalesce(s.name, '') AS service,"
        " c.id AS case_id, c.number, c.detail, c.state, c.outcome"
        " FROM (SELECT g.visit_id, g.remember FROM guest me JOIN guest g"
        " ON g.phone_index = me.phone_index AND g.phone_index <> '' WHERE me.visit_id = ?"
        # an office without keys: the number itself
        " UNION SELECT g.visit_id, g.remember FROM guest me JOIN guest g"
        " ON g.phone = me.phone AND g.phone <> '' AND g.phone_index = '' WHERE me.visit_id = ?) known"
        " JOIN visit v ON v.id = known.visit_id LEFT JOIN casefile c ON c.visit_id = v.id"
        " LEFT JOIN service s ON s.id = coalesce(c.service_id, v.service_id)"
        " WHERE known.visit_id <> ? AND known.remember = 1 ORDER BY v.began_at DESC LIMIT ?",
        *(visit_id, visit_id, visit_id),
        MAX_VISITS,
    )
