"""A step's state and time in words, and how far its standard is used up."""

import msgspec
import pytest

from tests.core.procedures.runs import at, event, seen, tick
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.procedures.procedure import StandardTime, StepEvent
from ult_desktop.core.procedures.progress import (
    StepProgress,
    StepState,
    running_words,
    share_of_standard,
    spent_words,
    state_word,
)


@pytest.mark.parametrize(
    ("state", "overdue", "word"),
    [
        (StepState.NOT_BEGUN, False, "Belum"),
        (StepState.RUNNING, False, "Berjalan"),
        (StepState.RUNNING, True, "Melewati waktu baku"),
        (StepState.IN_TIME, False, "Selesai"),
        (StepState.LATE, True, "Selesai terlambat"),
        (StepState.SKIPPED, False, "Tidak ditempuh"),
        (StepState.WAIVED, False, "Dilewati"),
    ],
)
def test_states(state: StepState, overdue: bool, word: str) -> None:
    assert state_word(StepProgress(step=1, state=state, overdue=overdue)) == word


def test_time_spent() -> None:
    found = seen("sumut-telepon", [tick(1, "09:01")], "09:03")
    three = StandardTime(minutes=3)
    assert spent_words(found.of_step(2), three) == "2 dari 3 menit"
    assert spent_words(found.of_step(3), StandardTime(minutes=5)) == "5 menit"
    assert spent_words(found.of_step(3), None) == "–"
    worked = WorkedTime(minutes=4)
    late = StepProgress(
        step=1, state=StepState.LATE, began_at=0, spent_ms=245_161, spent=worked, standard_ms=180_000
    )
    assert spent_words(late, three) == "4 dari 3 menit"
    assert running_words(late) == "04:05 dari 3 menit"
    week = msgspec.structs.replace(late, spent=WorkedTime(days=7, minutes=65))
    assert spent_words(week, three) == running_words(week) == "7 hari kerja 1 jam 5 menit dari 3 menit"
    assert share_of_standard(found.of_step(2), at("09:03")) == pytest.approx(2 / 3)
    assert share_of_standard(found.of_step(3), at("09:03")) == 0


def test_days_fill_with_the_calendar() -> None:
    received = [event(StepEvent.REQUEST_RECEIVED, "09:00")]
    now = "2026-11-24 12:30"  # half way from Monday 09.00 to Wednesday 16.00
    step = seen("kepri-daring", received, now).of_step(2)
    assert share_of_standard(step, at(now)) == pytest.approx(0.5)
    assert share_of_standard(step, at("08:00")) == 0
    assert spent_words(step, StandardTime(working_days=2)) == "2 hari kerja"


def test_without_a_standard_nothing_fills() -> None:
    assert share_of_standard(seen("dki-kelompok-rentan", [], "09:10").of_step(1), at("09:10")) == 0
