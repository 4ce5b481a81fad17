"""A standard in minutes is passed from its next full minute on (docs/domain.md, A29)."""

import pytest

from tests.core.procedures.runs import at, seen
from ult_desktop.core.procedures.procedure import StandardTime, StepEvent
from ult_desktop.core.procedures.progress import StepState, spent_words
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.stamps import MINUTE_MS


@pytest.mark.parametrize(
    ("spent_ms", "state", "words"),
    [
        (10 * MINUTE_MS + 3, StepState.IN_TIME, "10 dari 10 menit"),
        (11 * MINUTE_MS - 1, StepState.IN_TIME, "10 dari 10 menit"),
        (11 * MINUTE_MS, StepState.LATE, "11 dari 10 menit"),
    ],
)
def test_ten_minutes_of_ten_are_no_deviation(spent_ms: int, state: StepState, words: str) -> None:
    done = Mark(at=at("09:00") + spent_ms, event=StepEvent.GUEST_BOOK_FILLED)
    found = seen("kaltara-helpdesk", [done], "09:30").of_step(1)
    assert (found.state, spent_words(found, StandardTime(minutes=10))) == (state, words)


def test_a_clock_that_runs_turns_late_with_the_same_minute() -> None:
    kept = [seen("sumut-telepon", [], clock).of_step(1) for clock in ("09:01", "09:02")]
    assert [each.overdue for each in kept] == [False, True]
    assert [each.due_at for each in kept] == [at("09:01")] * 2
