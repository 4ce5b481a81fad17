"""The marks on the steps of a visit's procedure, and the pauses of its clock.

A visitor may have several matters, each a visit with steps and a clock of its own. One is at hand at a time;
the clocks of the others are paused.
"""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import _
from ult_desktop.core.cases.case import CaseState
from ult_desktop.core.phone.phone_call import CallState
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db import phone_calls
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.procedures import marks, pauses, procedures
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.access.delegated_roles import (
    lacks_letter_for_event,
    represented_for_event,
    require_permission_in_visit,
)
from ult_desktop.operations.operation import Context


class _Matter(msgspec.Struct, frozen=True):
    """A matter whose case is open. `pause` is the present one of its clock.

    `is_booked`: the visitor has an appointment for it on another day.
    """

    visit: Visit
    case: cases.CaseStatus
    pause: Pause | None
    is_booked: bool

    @property
    def waits_for_another(self) -> bool:
        """Whether the matter's clock is paused because another matter is at hand."""
        return self.pause is not None and self.pause.matter_id is not None

    @property
    def took_visitor_away(self) -> bool:
        """Whether the clock is paused because the visitor went away, but not until an appointment."""
        return self.pause is not None and not self.waits_for_another and not self.is_booked

    def rank(self, worked_on: int | None) -> int:
        """Return the matter's rank. The matter with the least is at hand.

        The order is: the matter that is `worked_on` (the id of its visit), the one that took the visitor
        away, one that the front desk has to do, one that waits there, and one at another desk.
        """
        is_at_front = self.case.state is not CaseState.ESCALATED
        order = (
            is_at_front and self.visit.id == worked_on,
            self.took_visitor_away,
            is_at_front and self.pause is None,
            is_at_front and self.waits_for_another,
            not is_at_front,
            True,  # an appointment on another day
        )
        return order.index(True)


def choose_matter_at_hand(
    tx: Transaction, context: Context, visit_id: int, *, worked_on: int | None = None
) -> None:
    """Choose which matter of the visitor is at hand now, and let the others wait for it.

    `worked_on` is the visit of the matter that an officer works on, or None.
    """
    at_desk = visits.open_matters_at_desk(tx, visit_id)
    # A visitor with one matter has nothing that could wait for another.
    matters = _open_matters(tx, context, at_desk) if len(at_desk) > 1 else []
    at_hand = min(matters, key=lambda matter: matter.rank(worked_on), default=None)
    for visit in at_desk:
        if at_hand is None or visit.id == at_hand.visit.id:
            pauses.end_waiting(tx, visit.id, context.at)
        else:
            _begin_waiting(tx, context, visit, at_hand)


def _open_matters(tx: Transaction, context: Context, at_desk: Sequence[Visit]) -> list[_Matter]:
    matters = []
    for visit in at_desk:
        case = cases.status_of_visit(tx, visit.id)
        if case is not None and case.is_open:
            pause = pauses.running(tx, visit.id, context.at)
            matters.append(_Matter(visit, case, pause, appointments.is_booked(tx, case.id)))
    return matters


def _begin_waiting(tx: Transaction, context: Context, visit: Visit, at_hand: _Matter) -> None:
    """Pause the clock of a visit while another matter is at hand.

    A visit whose clock the program stopped for another reason stays as it is. A pause that an officer began
    by hand ends: a visitor who went to fetch something for one matter is back when another is worked on.
    """
    pause = pauses.running(tx, visit.id, context.at)
    if pause is not None and pause.asked_by is None:  # the program began it
        has_other_reason, waits_already = pause.matter_id is None, pause.matter_id == at_hand.visit.id
        if has_other_reason or waits_already:
            return
    pauses.end(tx, visit.id, context.at)
    new = Pause(
        from_at=context.at,
        reason=_("Menunggu: permohonan {number}").format(number=at_hand.case.number),
        officer_id=context.by.officer_id,
        matter_id=at_hand.visit.id,
    )
    pauses.begin_by_program(tx, visit.id, new)


def note_at_desk(tx: Transaction, context: Context, visit: Visit) -> None:
    """Note that the visitor is at the desk: the clocks that were stopped for their absence run again.

    These are the clocks of this visit, of the visit that it follows, and of the visitor's other matters.
    """
    for visit_id in (visit.id, visit.follows):
        if visit_id is not None:
            pauses.end_absence(tx, visit_id, context.at)
    for matter in _open_matters(tx, context, visits.open_matters_at_desk(tx, visit.id)):
        if matter.took_visitor_away:
            pauses.end(tx, matter.visit.id, context.at)
    choose_matter_at_hand(tx, context, visit.id)


_AT_THE_DESK = frozenset(
    {
        StepEvent.IDENTITY_VERIFIED,
        StepEvent.IDENTITY_DOUBTED,
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


def mark_event(  # noqa: PLR0913  (the fields of a mark)
    tx: Transaction,
    context: Context,
    visit_id: int,
    event: StepEvent,
    branch: str = "",
    for_officer_id: int | None = None,
    step: int | None = None,
    since: int | None = None,
    reason: str = "",
) -> None:
    """Mark that `event` has happened in that visit now, and which branch of the procedure it takes.

    The mark names the absent officer for whom the actor acts: `for_officer_id`, else one who lends the actor
    a role of the step. The mark also says that the actor does another role's step without a letter of duty.

    An event at the desk ends every pause of the visit, since the visitor is there. An event without the
    visitor (an act of another desk) ends none. Any other ends a pause that an officer began by hand.

    Raises:
        UserError: the actor may do this by an oral delegation alone, and that is for another procedure.
    """
    require_permission_in_visit(tx, context, visit_id)
    if event in _AT_THE_DESK:
        pauses.end(tx, visit_id, context.at)
    elif event not in _WITHOUT_VISITOR:
        pauses.end_manual(tx, visit_id, context.at)
    represented_id = for_officer_id or represented_for_event(tx, context, visit_id, event)
    lacks_letter = represented_id is None and lacks_letter_for_event(tx, context, visit_id, event)
    mark = Mark(
        at=context.at,
        event=event,
        branch=branch,
        step=step,
        since=since,
        reason=reason or (_("tanpa surat penugasan") if lacks_letter else ""),
        officer_id=context.by.officer_id,
        for_officer_id=represented_id,
    )
    marks.add(tx, visit_id, mark, context.request)
    worked_on = None if event in _WITHOUT_VISITOR else visit_id
    choose_matter_at_hand(tx, context, visit_id, worked_on=worked_on)


def waive_event(tx: Transaction, context: Context, visit: Visit, event: StepEvent, reason: str) -> None:
    """Waive, with a reason, the steps that `event` completes in that visit's procedure."""
    procedure = procedures.of_visit(tx, visit)
    for step in procedure.steps_for(event) if procedure else ():
        waiver = Mark(
            at=context.at,
            kind=MarkKind.WAIVE,
            step=step.step,
            officer_id=context.by.officer_id,
            reason=reason,
        )
        marks.add(tx, visit.id, waiver, context.request)


def note_away(tx: Transaction, context: Context, visit_id: int, reason: str) -> None:
    """Note that the visitor is away from now on, and why: the visit's clock stops.

    No clock of the back office or of PPID stops for that.
    """
    pauses.end(tx, visit_id, context.at)
    pauses.begin_by_program(
        tx, visit_id, Pause(from_at=context.at, reason=reason, officer_id=context.by.officer_id)
    )
    choose_matter_at_hand(tx, context, visit_id)


def stop_callback_clock(tx: Transaction, context: Context, visit_id: int, since: int | None = None) -> None:
    """Stop the visit's clock if its caller was promised a call back and the answer is there.

    The clock stops at `since` (UTC ms), or now for None.
    """
    call = phone_calls.find(tx, visit_id)
    if call is None or call.state is not CallState.PROMISED or not call.answer:
        return
    if pauses.running(tx, visit_id, context.at) is None:
        by, reason = context.by.officer_id, _("Menunggu telepon balik")
        pauses.begin_by_program(
            tx, visit_id, Pause(from_at=since or context.at, reason=reason, officer_id=by)
        )
