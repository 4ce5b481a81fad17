"""The matters of one visit: one is at hand while their visitor is at the desk, and the others wait for it.

docs/domain.md, "Several matters in one visit", has the rules in words.
"""

from collections.abc import Sequence

import msgspec

from ult_desktop.base import _
from ult_desktop.core.cases.case import Case, CaseState
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.cases import appointments, cases
from ult_desktop.db.procedures import marks
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.db.visits import visits
from ult_desktop.operations.operation import Context


class _Matter(msgspec.Struct, frozen=True):
    """A matter whose case is open. `pause` is why its clock stands, `is_booked` whether for another day."""

    visit: Visit
    case: Case
    pause: Pause | None
    is_booked: bool

    @property
    def waits(self) -> bool:
        """For another matter."""
        return self.pause is not None and self.pause.matter_id is not None

    @property
    def took_visitor_away(self) -> bool:
        return self.pause is not None and not self.waits and not self.is_booked

    def rank(self, wished: int | None) -> int:
        """The least is at hand: what is worked on, why the visitor is away, what the front desk owes."""
        at_front = self.case.state is not CaseState.ESCALATED
        tests = (
            at_front and self.visit.id == wished,
            self.took_visitor_away,
            at_front and self.pause is None,
            at_front and self.waits,
            not at_front,
        )
        return tests.index(True) if True in tests else len(tests)


def settle(tx: Transaction, context: Context, visit_id: int, wished: int | None = None) -> None:
    """Which matter of the visitor is at hand now, and what waits for it; `wished` is worked on."""
    here = visits.at_one_desk(tx, visit_id)
    open_ = [matter for visit in here for matter in _open_matter(tx, visit)] if len(here) > 1 else []
    at_hand = min(open_, key=lambda matter: matter.rank(wished), default=None)
    for visit in here:
        if at_hand is None or visit.id == at_hand.visit.id:
            marks.end_waiting(tx, visit.id, context.at)
        else:
            _let_wait(tx, context, visit, at_hand)


def _open_matter(tx: Transaction, visit: Visit) -> Sequence[_Matter]:
    case = cases.of_visit(tx, visit.id)
    if case is None or not case.is_open:
        return ()
    booked = appointments.booked_of(tx, case.id) is not None
    return (_Matter(visit, case, marks.running(tx, visit.id), booked),)


def _let_wait(tx: Transaction, context: Context, visit: Visit, for_it: _Matter) -> None:
    """Who is away for a reason of its own stays so."""
    pause = marks.running(tx, visit.id)
    if pause is not None and pause.matter_id in (None, for_it.visit.id):
        return
    marks.end(tx, visit.id, context.at)
    reason = _("Menunggu: permohonan {number}").format(number=for_it.case.number)
    by, matter_id = context.by.officer_id, for_it.visit.id
    marks.begin(tx, visit.id, Pause(from_at=context.at, reason=reason, officer_id=by, matter_id=matter_id))


def come_back(tx: Transaction, context: Context, visit: Visit) -> None:
    """The visitor is at the desk: what waited for them goes on, in the visit that this one follows too."""
    for visit_id in (visit.id, visit.follows):
        if visit_id is not None:
            marks.end_absence(tx, visit_id, context.at)
    for matter in (each for other in visits.at_one_desk(tx, visit.id) for each in _open_matter(tx, other)):
        if matter.took_visitor_away:
            marks.end(tx, matter.visit.id, context.at)
    settle(tx, context, visit.id)
