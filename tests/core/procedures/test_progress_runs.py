"""Random runs of the five procedures: whatever is marked in whatever order, the account adds up."""

from hypothesis import example, given, strategies as st

from tests.core.procedures.runs import CALENDAR, NAMES, PARTS, POS, at
from tests.examples import examples
from ult_desktop.core.procedures.clock import OwedBy, Pause, is_behind_the_desk
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import StepState, progress
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.stamps import MINUTE_MS

AGAIN = "tidak_dapat_diselesaikan"
BRANCHES = ["", "tersedia", "tidak_tersedia", "tidak_bisa", AGAIN, "selesai", "entah"]
MOMENTS = st.integers(0, 3 * 24 * 60).map(lambda minutes: at("09:00") + minutes * MINUTE_MS)
OFFICERS = st.sampled_from([None, 7])
SKEW_MS = 250  # two PCs' clocks may differ by so much, and nobody corrects it
EVENTS = st.builds(
    Mark,
    at=st.builds(int.__add__, MOMENTS, st.integers(-SKEW_MS, SKEW_MS)),
    event=st.sampled_from(StepEvent),
    branch=st.sampled_from(BRANCHES),
    officer_id=OFFICERS,
)
NAMED = st.builds(
    Mark,
    at=MOMENTS,
    kind=st.sampled_from([MarkKind.TICK, MarkKind.WAIVE]),
    step=st.integers(1, 17),
    branch=st.sampled_from(BRANCHES),
    officer_id=OFFICERS,
)
PAUSES = st.builds(
    lambda from_at, long: Pause(
        from_at=from_at,
        to_at=None if long is None else from_at + long * MINUTE_MS,
        reason="Mengambil berkas",
        officer_id=7,
    ),
    MOMENTS,
    st.none() | st.integers(0, 600),
)
RUNS = st.tuples(
    st.sampled_from(NAMES),
    st.lists(EVENTS | NAMED, max_size=20, unique_by=lambda mark: mark.at),
    st.lists(PAUSES, max_size=3),
    MOMENTS | st.none(),
)
OF_MATTERS = RUNS.flatmap(lambda run: st.sampled_from(list(PARTS)).map(lambda name: (name, *run[1:])))
DONE = {StepState.IN_TIME, StepState.LATE, StepState.WAIVED}


@examples(250)
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


@examples(150)
@given(RUNS)
def test_what_is_done_stays_done(run: tuple[str, list[Mark], list[Pause], int | None]) -> None:
    name, marks, pauses, ended_at = run
    before: set[tuple[int, int]] = set()
    kept = (mark for mark in marks if mark.event is not StepEvent.IDENTITY_DOUBTED)  # opens its step again
    ordered = sorted(kept, key=lambda mark: mark.at)
    for count in range(len(ordered) + 1):
        found = progress(POS[name], at("09:00"), ordered[:count], pauses, CALENDAR, at("12:00"), ended_at)
        done = {(each.step, each.ended_at) for each in found.steps if each.ended_at is not None}
        assert before <= done
        before = done


@examples(250)
@given(RUNS | OF_MATTERS)
@example(("kaltara-helpdesk", [Mark(at=at("09:01"), kind=MarkKind.TICK, step=5, branch=AGAIN)], [], None))
def test_every_minute_of_a_visit_is_somebodys_and_only_once(
    run: tuple[str, list[Mark], list[Pause], int | None],
) -> None:
    """A step's clock, a pause with who and why, or the queue: together they are the visit."""
    name, marks, pauses, ended_at = run
    began, until = at("09:00"), at("2026-11-26 12:00") if ended_at is None else ended_at
    found = progress(POS[name], began, marks, pauses, CALENDAR, at("2026-11-26 12:00"), ended_at)
    ends = [began, *(stretch.end for stretch in found.stretches)]
    assert [stretch.begin for stretch in found.stretches] == ends[:-1]
    assert ends[-1] == until
    for stretch in found.stretches:
        assert stretch.begin < stretch.end
        runs = stretch.step is not None
        paused = stretch.reason != "" and stretch.officer_id is not None
        queued = stretch.owes is OwedBy.QUEUE
        over = stretch.owes is OwedBy.NOBODY
        assert runs + paused + queued + over == 1
        assert not over or found.ended
    again = {each.branch for each in found.steps} & {AGAIN}
    for step in [] if again else found.steps:
        clock = [stretch for stretch in found.stretches if stretch.step == step.step]
        spent = sum(CALENDAR.time_between(stretch.begin, stretch.end) for stretch in clock)
        assert step.spent_ms == spent


@examples(150)
@given(RUNS)
def test_a_desk_behind_the_counter_has_the_clock_whatever_the_visitor_does(
    run: tuple[str, list[Mark], list[Pause], int | None],
) -> None:
    name, marks, pauses, ended_at = run
    now, began = at("2026-11-26 12:00"), at("09:00")
    behind = {step.step for step in POS[name].steps if is_behind_the_desk(step)}
    with_pauses = progress(POS[name], began, marks, pauses, CALENDAR, now, ended_at)
    without = progress(POS[name], began, marks, (), CALENDAR, now, ended_at)
    for step in with_pauses.steps:
        if step.step in behind:
            assert step == without.of_step(step.step)
