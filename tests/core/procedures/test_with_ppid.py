"""The time in which PPID has a matter: the law's days count instead of the desk's standards."""

from tests.core.procedures.runs import CALENDAR, POS, at, event
from ult_desktop.core.procedures.clock import OwedBy, StoppedInterval
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import Progress, progress
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.stamps import MINUTE_MS


def seen(name: str, marks: list[Mark], now: str, answered: str = "") -> Progress:
    had = StoppedInterval(at("09:12"), at(answered) if answered else None)
    return progress(POS[name], at("09:00"), marks, (), CALENDAR, at(now), None, (had,))


def test_the_desks_minutes_stand_while_ppid_has_the_matter() -> None:
    marks = [event(StepEvent.OUTCOME_SET, "09:10", "tidak_tersedia"), event(StepEvent.ESCALATED, "09:12")]
    found = seen("sumut-tatap-muka", marks, "2026-11-27 10:00")
    assert (found.of_step(11).spent_ms, found.of_step(11).overdue) == (0, False)
    assert (found.stretches[-1].owes, found.stretches[-1].reason) == (
        OwedBy.OFFICE,
        "ditangani Tim PPID atau kepala",
    )
    back = seen("sumut-tatap-muka", marks, "2026-11-27 10:05", "2026-11-27 10:00").of_step(11)
    assert (back.spent_ms, back.overdue) == (5 * MINUTE_MS, True)


def test_days_end_with_the_day_on_which_ppid_gave_it_back() -> None:
    marks = [event(StepEvent.REQUEST_RECEIVED, "09:00")]
    assert not seen("kepri-daring", marks, "2026-12-01 10:00").of_step(2).overdue
    back = seen("kepri-daring", marks, "2026-12-01 16:00", "2026-12-01 10:00").of_step(2)
    assert (back.due_at, back.overdue) == (at("2026-12-01 16:00"), False)
    assert seen("kepri-daring", marks, "2026-12-02 09:00", "2026-12-01 10:00").of_step(2).overdue


def test_ppids_own_step_keeps_its_days() -> None:
    marks = [event(StepEvent.CASE_OPENED, "09:10"), event(StepEvent.REQUIREMENTS_CHECKED, "09:10")]
    assert seen("dki-kelompok-rentan", marks, "2026-11-27 09:00").of_step(6).overdue
