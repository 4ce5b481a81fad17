"""Ready answers, calls back and visitors by appointment that the officer at a counter owes."""

from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.cases.case_views import CaseFilter
from ult_desktop.core.phone.phone_call import CallState
from ult_desktop.core.queue.boards import Owed, OwedKind
from ult_desktop.core.stamps import DAY_MS
from ult_desktop.db import phone_calls
from ult_desktop.db.accountability import delegations
from ult_desktop.db.cases import appointments, case_views
from ult_desktop.db.store.transaction import Transaction

_SOON_MS = DAY_MS  # before its time an appointment is named


def owed_by(tx: Transaction, officer_id: int | None, now: int) -> tuple[Owed, ...]:
    """List what an officer owes at `now` (UTC ms), for those they stand in for too; the earliest first.

    What a caller was promised, or a visitor who comes, is not named a second time as an answer.
    """
    if officer_id is None:
        return ()
    ids = delegations.acting_ids(tx, officer_id, now)
    calls = [
        call
        for call in phone_calls.waiting(tx)
        if call.officer_id in ids and call.state is CallState.PROMISED
    ]
    coming = [each for each in appointments.booked_before(tx, now + _SOON_MS) if each.officer_id in ids]
    promised = {*(call.case_id for call in calls), *(each.case_id for each in coming)}
    wanted = CaseFilter(owner_ids=ids, state=CaseState.ANSWERED)
    answers = [row for row in case_views.case_list(tx, wanted) if row.id not in promised]
    found = (
        *(_owed(OwedKind.CALL, c.visit_id, c.name, c.question, c.promised_at, bool(c.answer)) for c in calls),
        *(_owed(OwedKind.APPOINTMENT, a.id, a.name, a.reason, a.at) for a in coming),
        *(_owed(OwedKind.ANSWER, row.id, row.name, row.detail, row.due_at, ready=True) for row in answers),
    )
    return tuple(sorted(found, key=lambda each: (each.due_at is None, each.due_at or 0)))


def _owed(
    kind: OwedKind, row_id: int, name: str, about: str, due_at: int | None, ready: bool = False
) -> Owed:
    return Owed(kind=kind, id=row_id, name=name, about=about, due_at=due_at, ready=ready)
