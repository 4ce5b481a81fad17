"""Calls and what they are called."""

import pytest

from tests.procedures import procedure, step
from ult_desktop.core.phone.phone_call import AttemptResult, CallState, PhoneCall, greeting_step


def call(**more: object) -> PhoneCall:
    fields: dict[str, object] = {
        "visit_id": 1,
        "state": CallState.TALKING,
        "day": "2026-11-23",
        "began_at": 0,
        "ended_at": None,
        "taken_by": "Tuti",
        "officer_id": 1,
        "officer": "Tuti",
        "name": "",
        "institution": "",
        "regency": "",
        "phone": "",
        "supporting": "",
        "case_id": None,
        "case_number": "",
        "case_state": "",
        "question": "",
        "answer": "",
        "forwarded": "",
        "promised_at": None,
        "told_at": None,
        "attempts": 0,
        "attempt_at": None,
        "last_result": "",
        "procedure_id": None,
        "procedure_version": None,
    }
    return PhoneCall(**{**fields, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "promised_at", "overdue"),
    [
        (CallState.PROMISED, 99, True),
        (CallState.PROMISED, 100, False),
        (CallState.TALKING, 99, False),
        (CallState.TALKING, None, False),
    ],
)
def test_a_promise_is_broken_once_its_moment_has_passed(
    state: CallState, promised_at: int | None, overdue: bool
) -> None:
    assert call(state=state, promised_at=promised_at).is_overdue(100) is overdue


def test_a_call_is_recorded_once_it_has_a_case() -> None:
    assert not call().is_recorded
    assert call(case_id=3).is_recorded


def test_the_greeting_is_the_first_step_when_an_officer_ticks_it() -> None:
    assert greeting_step(procedure(step(1), step(2))) == 1
    assert greeting_step(procedure(step(1, completes={"event": "caller_recorded"}))) is None


def test_every_state_and_result_has_its_word() -> None:
    assert len({state.word for state in CallState}) == len(CallState)
    assert len({result.word for result in AttemptResult}) == len(AttemptResult)
