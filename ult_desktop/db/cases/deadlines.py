"""The deadlines that are not met yet, read from the rows of cases, escalations, PPID and telephone calls."""

import msgspec

from ult_desktop.core.cases.ppid import ANSWER_DAYS, DISPUTE_DAYS, EXTENSION_DAYS, OBJECTION_DAYS
from ult_desktop.core.office.working_time import DueDay
from ult_desktop.core.phone.phone_call import CALLBACK_DAYS
from ult_desktop.db.cases import cases
from ult_desktop.db.series import CASE_NUMBER
from ult_desktop.db.store.transaction import Transaction

DISPUTE, CALL_BACK = "dispute", "call_back"


class OpenDeadline(msgspec.Struct, frozen=True, kw_only=True):
    """A deadline that is not met yet: `due_at` is `days` working days after `since`. Times UTC ms.

    `place` is the table that has the deadline, or `DISPUTE` (in `objection`) or `CALL_BACK` (in
    `phone_call`); `row` is the id there, for a call the id of its visit. `about_id` is the officer whom the
    complaint is about, who does not read it.
    """

    place: str
    row: int
    case_id: int
    number: str
    about_id: int | None
    since: int
    days: int
    due_at: int


_CASE = f"c.id AS case_id, {CASE_NUMBER} AS number, c.about_id AS about_id"
# Every SELECT gives the columns that the first one names, in that order. An escalation has days of its
# own, or the due time of its case. One whose due time is neither is left out: it was set by hand, not
# counted in days. A call back is due at `promised_at`; it has `promised_on`, the time of the promise,
# if it was promised for the end of the next working day rather than for a moment.
_OPEN = f"""
SELECT 'casefile' AS place, c.id AS row, c.due_since AS since, c.due_days AS days, c.due_at AS due_at, {_CASE}
FROM casefile c
WHERE c.closed_at IS NULL AND c.state IN ('open', 'escalated', 'answered') AND c.due_at IS NOT NULL
UNION ALL SELECT 'escalation', e.id, CASE WHEN e.due_days IS NULL THEN c.due_since ELSE e.sent_at END,
       coalesce(e.due_days, c.due_days), e.due_at, {_CASE}
FROM escalation e JOIN casefile c ON c.id = e.case_id
WHERE e.state IN ('sent', 'received', 'referred') AND e.due_at IS NOT NULL
  AND (e.due_days IS NOT NULL OR e.due_at = c.due_at)
UNION ALL SELECT 'information_request', i.id, i.registered_at,
       CASE WHEN i.extended_at IS NULL THEN {ANSWER_DAYS} ELSE {ANSWER_DAYS + EXTENSION_DAYS} END,
       i.due_at, {_CASE}
FROM information_request i JOIN casefile c ON c.id = i.case_id WHERE i.decided_at IS NULL
UNION ALL SELECT 'objection', j.id, j.filed_at, {OBJECTION_DAYS}, j.due_at, {_CASE}
FROM objection j JOIN information_request i ON i.id = j.request_id JOIN casefile c ON c.id = i.case_id
WHERE j.answered_at IS NULL
UNION ALL SELECT '{DISPUTE}', j.id, j.answered_at, {DISPUTE_DAYS}, j.dispute_until, {_CASE}
FROM objection j JOIN information_request i ON i.id = j.request_id JOIN casefile c ON c.id = i.case_id
WHERE j.disputed_at IS NULL AND j.dispute_until > ?
UNION ALL SELECT '{CALL_BACK}', p.visit_id, p.promised_on, {CALLBACK_DAYS}, p.promised_at, {_CASE}
FROM phone_call p JOIN casefile c ON c.visit_id = p.visit_id
WHERE p.state = 'promised' AND p.promised_on IS NOT NULL
ORDER BY due_at, case_id, place
"""


def open_deadlines(tx: Transaction, now: int) -> tuple[OpenDeadline, ...]:
    """List the deadlines that are not met at `now` (UTC ms), the earliest first.

    The time in which an applicant may go to the Komisi Informasi is listed until it ends.
    """
    return tx.all(OpenDeadline, _OPEN, now)


def set_due(tx: Transaction, deadline: OpenDeadline, due_at: int) -> None:
    """Write another due time (UTC ms) into the row of a deadline."""
    if deadline.place == "casefile":
        cases.set_due(tx, deadline.row, DueDay(due_at, deadline.since, deadline.days))
    elif deadline.place == DISPUTE:
        tx.update("objection", deadline.row, dispute_until=due_at)
    elif deadline.place == CALL_BACK:
        tx.update("phone_call", {"visit_id": deadline.row}, promised_at=due_at)
    else:
        tx.update(deadline.place, deadline.row, due_at=due_at)
