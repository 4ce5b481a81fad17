"""Mark or waive a step of a visit's procedure, or write that its visitor is away, with what brings it about.

The coordination before a call-back has its own standard (POS Sumut telepon 5: 10 minutes) and is timed.
What stands still is the time from the answer's coming to the dialling that reached somebody: the caller was
promised a moment, and the five minutes of step 6 are those of the conversation.
"""

from ult_desktop.base import _
from ult_desktop.core.phone.phone_call import CallState
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db import phone_calls
from ult_desktop.db.procedures import marks, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.access.delegated_roles import represented_for_event, require_lent_for
from ult_desktop.operations.operation import Context
from ult_desktop.operations.procedures.matters import settle

_AT_THE_DESK = frozenset(
    {
        StepEvent.IDENTITY_VERIFIED,
        StepEvent.HANDED_OVER,
        StepEvent.REQUIREMENTS_CHECKED,
        StepEvent.CASE_OPENED,
        StepEvent.QUESTION_RECORDED,
    }
)
_WITHOUT_VISITOR = frozenset(
    {
        StepEvent.ESCALATION_RECEIVED,
        StepEvent.ASSESSED,
        StepEvent.REFERRED,
        StepEvent.DISPOSED,
        StepEvent.ANSWER_RECEIVED,
        StepEvent.RESULT_READY,
    }
)


def mark_event(  # noqa: PLR0913  (what a mark says)
    tx: Transaction,
    context: Context,
    visit_id: int,
    event: StepEvent,
    branch: str = "",
    for_officer_id: int | None = None,
    step: int | None = None,
    since: int | None = None,
) -> None:
    """`event` has happened in that visit now; `branch` is the way its outcome takes.

    Without `for_officer_id` the roles tell whether it was done for an absent officer. A clock that an
    officer stopped and forgot runs again: work with the visitor goes on. What can only be done at the desk
    says that the visitor is there.

    Raises:
        UserError: the actor may do this by an oral delegation alone, and that is for another procedure.
    """
    require_lent_for(tx, context, visit_id)
    if event in _AT_THE_DESK:
        marks.end(tx, visit_id, context.at)
    elif event not in _WITHOUT_VISITOR:
        marks.end_forgotten(tx, visit_id, context.at)
    happened = Mark(
        at=context.at,
        event=event,
        branch=branch,
        step=step,
        since=since,
        officer_id=context.by.officer_id,
        for_officer_id=for_officer_id or represented_for_event(tx, context, visit_id, event),
    )
    marks.add(tx, visit_id, happened, context.request)
    settle(tx, context, visit_id, None if event in _WITHOUT_VISITOR else visit_id)


def waive_event(tx: Transaction, context: Context, visit: Visit, event: StepEvent, reason: str) -> None:
    """What `event` completes in that visit's procedure need not be done, and why."""
    if visit.procedure_id is None:
        return
    procedure = procedures.load(tx, visit.procedure_id, visit.procedure_version or 0)
    for step in procedure.steps:
        if step.completes.event is event:
            waived = Mark(
                at=context.at,
                kind=MarkKind.WAIVE,
                step=step.step,
                officer_id=context.by.officer_id,
                reason=reason,
            )
            marks.add(tx, visit.id, waived, context.request)


def note_away(tx: Transaction, context: Context, visit_id: int, reason: str) -> None:
    """The visitor is away from now on, and why; no clock of the back office or of PPID stops for that."""
    marks.end(tx, visit_id, context.at)
    marks.begin(tx, visit_id, Pause(from_at=context.at, reason=reason, officer_id=context.by.officer_id))
    settle(tx, context, visit_id)


def stop_callback_clock(tx: Transaction, context: Context, visit_id: int, since: int | None = None) -> None:
    """Stop the clock, `since` then, if that visit is a promised call-back whose answer is there."""
    call = phone_calls.find(tx, visit_id)
    if call is None or call.state is not CallState.PROMISED or not call.answer:
        return
    if marks.running(tx, visit_id) is None:
        by, why = context.by.officer_id, _("Menunggu telepon balik")
        marks.begin(tx, visit_id, Pause(from_at=since or context.at, reason=why, officer_id=by))
