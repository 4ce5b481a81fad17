"""The marks on the steps of a visit's procedure and of each of its matters."""

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
    """A matter whose case is open.

    `pause` says why its clock is stopped, `is_booked` whether it is for another day.
    """

    visit: Visit
    case: cases.CaseStatus
    pause: Pause | None
    is_booked: bool

    @property
    def waits(self) -> bool:
        """Return whether this matter waits for another one."""
        return self.pause is not None and self.pause.matter_id is not None

    @property
    def took_visitor_away(self) -> bool:
        return self.pause is not None and not self.waits and not self.is_booked

    def rank(self, wished: int | None) -> int:
        """Return a rank; the matter with the least is at hand.

        The order is: the matter that is worked on, the one that took the visitor away, one that the front
        desk has to do, one that waits there, and one at another desk.
        """
        at_front = self.case.state is not CaseState.ESCALATED
        # The first of these that holds decides.
        tests = (
            at_front and self.visit.id == wished,
            self.took_visitor_away,
            at_front and self.pause is None,
            at_front and self.waits,
            not at_front,
        )
        return tests.index(True) if True in tests else len(tests)


def choose_matter_at_hand(
    tx: Transaction, context: Context, visit_id: int, *, wished: int | None = None
) -> None:
    """Choose which matter of the visitor is at hand now, and have the others wait for it.

    `wished` is the visit of the matter that an officer works on, or None.
    """
    at_desk = visits.open_matters_at_desk(tx, visit_id)
    # A visitor with one matter has nothing that could wait for another.
    matters = _open_matters(tx, context, at_desk) if len(at_desk) > 1 else []
    at_hand = min(matters, key=lambda matter: matter.rank(wished), default=None)
    for visit in at_desk:
        if at_hand is None or visit.id == at_hand.visit.id:
            pauses.end_waiting(tx, visit.id, context.at)
        else:
            _have_wait(tx, context, visit, at_hand)


def _open_matters(tx: Transaction, context: Context, at_desk: Sequence[Visit]) -> list[_Matter]:
    found = []
    for visit in at_desk:
        case = cases.status_of_visit(tx, visit.id)
        if case is not None and case.is_open:
            pause = pauses.running(tx, visit.id, context.at)
            found.append(_Matter(visit, case, pause, appointments.is_booked(tx, case.id)))
    return found


def _have_wait(tx: Transaction, context: Context, visit: Visit, at_hand: _Matter) -> None:
    """Have a visit wait for the matter at hand.

    A visit whose clock the program stopped for another reason stays as it is. A pause that an officer began
    by hand ends: a visitor who went to fetch something for one matter is back when another is worked on.
    """
    pause = pauses.running(tx, visit.id, context.at)
    by_program = pause is not None and pause.asked_by is None
    if pause is not None and by_program and pause.matter_id in (None, at_hand.visit.id):
        return
    pauses.end(tx, visit.id, context.at)
    reason = _("Menunggu: permohonan {number}").format(number=at_hand.case.number)
    by, matter_id = context.by.officer_id, at_hand.visit.id
    pauses.begin_by_program(
        tx, visit.id, Pause(from_at=context.at, reason=reason, officer_id=by, matter_id=matter_id)
    )


def note_at_desk(tx: Transaction, context: Context, visit: Visit) -> None:
    """Write that the visitor is at the desk.

    The clocks that were stopped while the visitor was away run again, also in the visit that this one follows
    and in the visitor's other matters.
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


def mark_event(  # noqa: PLR0913  (what a mark says)
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
    """Mark that `event` has happened in that visit now; `branch` is the way its outcome takes.

    Without `for_officer_id` the actor's roles show whether they act for an absent officer, or do another
    role's step without a letter of duty; the mark says so.

    An event at the desk ends every pause of the visit, since the visitor is there. An event that does not
    need the visitor ends none. Any other ends a pause that an officer began by hand.

    Raises:
        UserError: the actor may do this by an oral delegation alone, and that is for another procedure.
    """
    require_permission_in_visit(tx, context, visit_id)
    if event in _AT_THE_DESK:
        pauses.end(tx, visit_id, context.at)
    # The events without the visitor are acts of other desks.
    elif event not in _WITHOUT_VISITOR:
        pauses.end_manual(tx, visit_id, context.at)
    represented_id = for_officer_id or represented_for_event(tx, context, visit_id, event)
    unassigned = represented_id is None and lacks_letter_for_event(tx, context, visit_id, event)
    happened = Mark(
        at=context.at,
        event=event,
        branch=branch,
        step=step,
        since=since,
        reason=reason or (_("tanpa surat penugasan") if unassigned else ""),
        officer_id=context.by.officer_id,
        for_officer_id=represented_id,
    )
    marks.add(tx, visit_id, happened, context.request)
    choose_matter_at_hand(tx, context, visit_id, wished=None if event in _WITHOUT_VISITOR else visit_id)


def waive_event(tx: Transaction, context: Context, visit: Visit, event: StepEvent, reason: str) -> None:
    """Waive, with a reason, what `event` completes in that visit's procedure."""
    procedure = procedures.of_visit(tx, visit)
    for step in procedure.steps_for(event) if procedure else ():
        waived = Mark(
            at=context.at,
            kind=MarkKind.WAIVE,
            step=step.step,
            officer_id=context.by.officer_id,
            reason=reason,
        )
        marks.add(tx, visit.id, waived, context.request)


def note_away(tx: Transaction, context: Context, visit_id: int, reason: str) -> None:
    """Write that the visitor is away from now on, and why.

    No clock of the back office or of PPID stops for that.
    """
    pauses.end(tx, visit_id, context.at)
    pauses.begin_by_program(
        tx, visit_id, Pause(from_at=context.at, reason=reason, officer_id=context.by.officer_id)
    )
    choose_matter_at_hand(tx, context, visit_id)


def stop_callback_clock(tx: Transaction, context: Context, visit_id: int, since: int | None = None) -> None:
    """Stop the visit's clock if its caller was promised a call back and the answer is there.

    The clock stops at `since` (UTC ms), or now without it.
    """
    call = phone_calls.find(tx, visit_id)
    if call is None or call.state is not CallState.PROMISED or not call.answer:
        return
    if pauses.running(tx, visit_id, context.at) is None:
        by, why = context.by.officer_id, _("Menunggu telepon balik")
        pauses.begin_by_program(tx, visit_id, Pause(from_at=since or context.at, reason=why, officer_id=by))
