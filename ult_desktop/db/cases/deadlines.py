"""The deadlines that are still owed, in whichever row they stand."""

import msgspec

from ult_desktop.db.cases import cases
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Transaction


class OpenDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that is not met yet: `row` of `place`, counted from `since`. Times UTC ms.

    `about_id` is the officer whom the complaint is about, who does not read it.
    """

    place: str
    row: int
    case_id: int
    number: str
    about_id: int | None
    since: int
    due_at: int


_CASE = f"c.id AS case_id, {CASE_NUMBER} AS number, c.about_id AS about_id"
# An extension adds working days, so that all days may be counted from the beginning.
_OPEN = f"""
SELECT 'casefile' AS place, c.id AS row, coalesce(r.sent_at, c.opened_at) AS since,
       c.due_at AS due_at, {_CASE}
FROM casefile c LEFT JOIN online_request r ON r.case_id = c.id
WHERE c.closed_at IS NULL AND c.state IN ('open', 'escalated', 'answered') AND c.due_at IS NOT NULL
UNION ALL SELECT 'escalation', e.id, e.sent_at, e.due_at, {_CASE}
FROM escalation e JOIN casefile c ON c.id = e.case_id
WHERE e.state IN ('sent', 'received', 'referred') AND e.due_at IS NOT NULL
UNION ALL SELECT 'information_request', i.id, i.registered_at, i.due_at, {_CASE}
FROM information_request i JOIN casefile c ON c.id = i.case_id WHERE i.decided_at IS NULL
UNION ALL SELECT 'objection', j.id, j.filed_at, j.due_at, {_CASE}
FROM objection j JOIN information_request i ON i.id = j.request_id JOIN casefile c ON c.id = i.case_id
WHERE j.answered_at IS NULL
ORDER BY due_at, case_id, place
"""


def open_deadlines(tx: Transaction) -> tuple[OpenDeadline, ...]:
    """List what is owed, the earliest first."""
    return tx.all(OpenDeadline, _OPEN)


def move(tx: Transaction, deadline: OpenDeadline, due_at: int) -> None:
    if deadline.place == "casefile":
        cases.set_due(tx, deadline.row, due_at)
    else:
        tx.update(deadline.place, deadline.row, due_at=due_at)
