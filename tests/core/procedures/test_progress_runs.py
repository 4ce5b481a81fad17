"""Random runs of the five procedures: whatever is marked in whatever order, the account adds up."""

from hypothesis import given, settings, strategies as st

from tests.core.procedures.runs import CALENDAR, NAMES, POS, at
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import Mark, MarkKind, Pause, StepState, progress
from ult_desktop.core.stamps import MINUTE_MS

BRANCHES = ["", "tersedia", "tidak_tersedia", "tidak_bisa", "tidak_dapat_diselesaikan", "selesai", "entah"]
MOMENTS = st.integers(0, 3 * 24 * 60).map(lambda minutes: at("09:00") + minutes * MINUTE_MS)
EVENTS = st.builds(Mark, at=MOMENTS, event=st.sampled_from(StepEvent), branch=st.sampled_from(BRANCHES))
NAMED = st.builds(
    Mark,
    at=MOMENTS,
    kind=st.sampled_from([MarkKind.TICK, MarkKind.WAIVE]),
    step=st.integers(1, 17),
    branch=st.sampled_from(BRANCHES),
)
PAUSES = st.builds(
    lambda from_at, long: Pause(from_at=from_at, to_at=None if long is None else from_at + long * MINUTE_MS),
    MOMENTS,
    st.none() | st.integers(0, 600),
)
RUNS = st.tuples(
    st.sampled_from(NAMES),
    st.lists(EVENTS | NAMED, max_size=20, unique_by=lambda mark: mark.at),
    st.lists(PAUSES, max_size=3),
    MOMENTS | st.none(),
)
DONE = {StepState.IN_TIME, StepState.LATE, StepState.WAIVED}


@settings(max_examples=250)
@given(RUNS, st.randoms(use_true_random=False))
def test_every_run_adds_up(run: tuple[str, list[Mark], list[Pause], int | None], random: object) -> None:
    name, marks, pauses, ended_at = run
    now, began = at("2026-11-26 12:00"), at("09:00")
    found = progress(POS[name], began, marks, pauses, CALENDAR, now, ended_at)
    shuffled = list(marks)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert progress(POS[name], began, shuffled, reversed(pauses), CALENDAR, now, ended_at) == found
    assert [each.step for each in found.steps] == [each.step for each in POS[name].steps]
    assert set(found.running) == {each.step for each in found.steps if each.state is StepState.RUNNING}
    assert all((each.ended_at is not None) == (each.state in DONE) for each in found.steps)
    assert all(each.spent_ms >= 0 for each in found.steps)
    spent = sum(each.spent_ms for each in found.steps)
    last = max([now, *(mark.at for mark in marks)])
    assert spent <= CALENDAR.time_between(began, last)
    for each in found.steps:
        if each.standard_ms is not None and each.overdue:
            assert each.spent_ms > each.standard_ms
    if ended_at is not None:
        assert found.ended
        assert found.running == ()


@settings(max_examples=150)
@given(RUNS)
def test_what_is_done_stays_done(run: tuple[str, list[Mark], list[Pause], int | None]) -> None:
    name, marks, pauses, ended_at = run
    before: set[tuple[int, int]] = set()
    ordered = sorted(marks, key=lambda mark: mark.at)
    for count in range(len(ordered) + 1):
        found = progress(POS[name], at("09:00"), ordered[:count], pauses, CALENDAR, at("12:00"), ended_at)
        done = {(each.step, each.ended_at) for each in found.steps if each.ended_at is not None}
        assert before <= done
        before = done
