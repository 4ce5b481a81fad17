"""The rows of the survey's follow-up plan (rencana tindak lanjut)."""

import msgspec

from ult_desktop.core.figures.period import Period
from ult_desktop.core.survey.improvement import Improvement, ImprovementState
from ult_desktop.db.store.transaction import Rows, Transaction

_ROWS = Rows(Improvement, "improvement i")
_OPEN = f"i.state IN ('{ImprovementState.PLANNED}', '{ImprovementState.RUNNING}')"

get = _ROWS.get
find = _ROWS.find


class NewImprovement(msgspec.Struct, frozen=True, kw_only=True):
    """The row of an `Improvement` before anything was done."""

    element: str
    programme: str
    due: str
    responsible: str
    first_day: str
    last_day: str


def plan(tx: Transaction, new: NewImprovement, at: int, officer_id: int | None) -> int:
    """Write a plan and return its id; `at` UTC ms."""
    return tx.insert("improvement", new, planned_at=at, planned_by=officer_id)


def note_progress(
    tx: Transaction,
    improvement_id: int,
    state: ImprovementState,
    result: str,
    at: int,
    officer_id: int | None,
) -> None:
    tx.update("improvement", improvement_id, state=state, result=result, told_at=at, told_by=officer_id)


def planned_after(tx: Transaction, period: Period) -> tuple[Improvement, ...]:
    """List what is planned because of the results of the period, and of shorter periods within it."""
    return _ROWS.all(
        tx, "WHERE i.first_day >= ? AND i.last_day <= ? ORDER BY i.first_day, i.due, i.id", *period.iso_ends
    )


def planned_before(tx: Transaction, period: Period) -> tuple[Improvement, ...]:
    """List what was planned in the period before this one, and what is still open from further back."""
    former = period.moved(-1)
    return _ROWS.all(
        tx,
        f"WHERE i.last_day < ? AND (i.last_day >= ? OR {_OPEN}) ORDER BY i.first_day, i.due, i.id",
        period.first.isoformat(),
        former.first.isoformat(),
    )


def every(tx: Transaction) -> tuple[Improvement, ...]:
    """List all improvements, the newest first."""
    return _ROWS.all(tx, "ORDER BY i.id DESC")
