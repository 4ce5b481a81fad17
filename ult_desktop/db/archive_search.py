"""Look people and cases up in an archive: by name, institution, number of case or ticket. Only reading."""

import msgspec

from ult_desktop.core.case import CaseState, Outcome
from ult_desktop.core.case_views import CaseCard
from ult_desktop.db.case_views import case_card
from ult_desktop.db.transaction import Transaction

MOST = 100


class ArchivedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A coming in the archive of `year`; without a case its number is that of the ticket. `at` UTC ms."""

    year: int
    visit_id: int
    case_id: int | None
    number: str
    at: int
    day: str
    name: str
    institution: str
    service: str
    detail: str
    state: CaseState | None
    outcome: Outcome | None


_LINE = (
    "SELECT (SELECT year FROM archive) AS year, v.id AS visit_id, c.id AS case_id,"
    " coalesce(c.number, k.label, '') AS number, v.began_at AS at, v.day, coalesce(g.name, '') AS name,"
    " coalesce(g.institution, '') AS institution, coalesce(s.name, '') AS service,"
    " coalesce(c.detail, v.purpose) AS detail, c.state, c.outcome"
    " FROM visit v LEFT JOIN casefile c ON c.visit_id = v.id LEFT JOIN guest g ON g.visit_id = v.id"
    " LEFT JOIN ticket k ON k.id = v.ticket_id"
    " LEFT JOIN service s ON s.id = coalesce(c.service_id, v.service_id)"
)
_NUMBERED = (
    "(c.number = ? OR k.label = ? OR c.id IN (SELECT case_id FROM online_request WHERE number = ?"
    " UNION SELECT case_id FROM information_request WHERE number = ?))"
)


def search(tx: Transaction, text: str, limit: int = MOST) -> tuple[ArchivedLine, ...]:
    """Whose name or institution holds `text`, or whose number begins with it; the latest first."""
    plain = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if not plain:
        return ()
    like = "LIKE ? ESCAPE '\\'"
    return tx.all(
        ArchivedLine,
        f"{_LINE} WHERE g.name {like} OR g.institution {like} OR c.number {like} OR k.label {like}"
        " ORDER BY v.began_at DESC, v.id DESC LIMIT ?",
        *(f"%{plain}%", f"%{plain}%", f"{plain}%", f"{plain}%", limit),
    )


def numbered(tx: Transaction, number: str) -> tuple[ArchivedLine, ...]:
    """The comings with that number: of a case, an online or PPID request (one), or a ticket (one a day)."""
    wanted = number.strip().upper()
    return tx.all(
        ArchivedLine,
        f"{_LINE} WHERE {_NUMBERED} ORDER BY v.began_at DESC, v.id DESC LIMIT ?",
        *[wanted] * 4,
        MOST,
    )


def card(tx: Transaction, case_id: int) -> CaseCard | None:
    """Everything about an archived case, as the page Permohonan shows it."""
    return case_card(tx, case_id)
