"""Where a visit stands: the five procedures along every way, passed over, waived, paused, set again."""

import pytest

from tests.core.procedures.runs import CALENDAR, NAMES, POS, at, event, seen, states, tick
from tests.procedures import branch, procedure, step
from ult_desktop.core.procedures.check import find_faults
from ult_desktop.core.procedures.clock import Pause
from ult_desktop.core.procedures.procedure import Procedure, StepEvent
from ult_desktop.core.procedures.progress import Promise, StepState, progress, with_promise
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.procedures.standard_time import procedure_paths, steps_words
from ult_desktop.core.stamps import MINUTE_MS

NO_STEP = 99


def ideal(pos: Procedure, way: tuple[int, ...], pace_ms: int) -> list[Mark]:
    """Marks of a run that takes `way`, one step after another."""
    marks = []
    for place, number in enumerate(way):
        of_step = next(each for each in pos.steps if each.step == number)
        follows = way[place + 1] if place + 1 < len(way) else None
        chosen = next((each.when for each in of_step.branches if each.goto == follows), "")
        done_at = at("09:00") + (place + 1) * pace_ms
        marks += [Mark(at=done_at, event=needed) for needed in of_step.completes.needs]
        if of_step.completes.event:
            marks.append(Mark(at=done_at, event=of_step.completes.event, branch=chosen))
        else:
            marks.append(Mark(at=done_at, kind=MarkKind.TICK, step=number, branch=chosen))
    return marks


TOTALS = {  # what pos.yaml adds up: minutes, working days, the longest of a range
    "dki-kelompok-rentan": {"1–10": (42, 0, 3)},
    "kaltara-helpdesk": {"1–6": (40, 2, 0)},
    "kepri-daring": {"1–3": (10, 2, 0)},
    "sumut-telepon": {"1–3, 7": (11, 0, 0), "1–7": (28, 0, 0)},
    "sumut-tatap-muka": {
        "1–7": (21, 0, 0),
        "1–9, 15–16": (37, 0, 0),
        "1–12, 15–16": (48, 0, 0),
        "1–16": (58, 0, 0),
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_the_totals_come_out_along_every_ideal_way(name: str) -> None:
    pos, totals = POS[name], {}
    standards = {each.step: each.time for each in pos.steps if each.time}
    for way in procedure_paths(pos):
        found = progress(pos, at("09:00"), ideal(pos, way.steps, MINUTE_MS), (), CALENDAR, at("10:00"))
        done = tuple(each.step for each in found.steps if each.state is StepState.IN_TIME)
        assert done == way.steps
        assert {each.state for each in found.steps} <= {StepState.IN_TIME, StepState.SKIPPED}
        assert (found.ended, found.running) == (True, ())
        times = [standards[number] for number in done if number in standards]
        minutes = sum(time.minutes or 0 for time in times)
        days = sum(time.working_days or 0 for time in times)
        totals[steps_words(done)] = (minutes, days, sum(time.days.max for time in times if time.days))
    assert totals == TOTALS[name]


def test_a_step_has_the_clock_from_the_end_of_the_one_before() -> None:
    marks = [tick(1, "09:01"), event(StepEvent.CALLER_RECORDED, "09:05")]
    found = seen("sumut-telepon", marks, "09:08")
    first, second, third = found.steps[:3]
    assert (first.state, first.began_at, first.spent_ms) == (StepState.IN_TIME, at("09:00"), MINUTE_MS)
    assert (second.state, second.spent_ms, second.overdue) == (StepState.LATE, 4 * MINUTE_MS, True)
    assert (third.state, third.spent_ms, third.due_at) == (StepState.RUNNING, 3 * MINUTE_MS, at("09:10"))
    assert (third.standard_ms, third.overdue, found.running) == (5 * MINUTE_MS, False, (3,))
    assert (first.officer_id, first.for_officer_id) == (7, 8)
    assert found.of_step(3) == third


def test_no_step_is_late_by_a_break_or_a_night() -> None:
    marks = [tick(1, "11:59"), event(StepEvent.CALLER_RECORDED, "13:01")]
    found = seen("sumut-telepon", marks, "18:00", began="11:59")
    assert found.steps[1].state is StepState.IN_TIME
    assert found.steps[1].spent_ms == 2 * MINUTE_MS
    done_late_in_the_evening = [*marks, event(StepEvent.OUTCOME_SET, "18:00", "tersedia")]
    assert seen("sumut-telepon", done_late_in_the_evening, "18:00").steps[2].state is StepState.LATE


@pytest.mark.parametrize(
    ("answered", "state"),
    [
        ("2026-11-25 16:00", StepState.IN_TIME),
        ("2026-11-25 19:00", StepState.IN_TIME),  # after closing time, still on the day
        ("2026-11-26 07:31", StepState.LATE),
    ],
)
def test_working_days(answered: str, state: StepState) -> None:
    marks = [event(StepEvent.REQUEST_RECEIVED, "09:04"), event(StepEvent.ANSWERED, answered)]
    answer = seen("kepri-daring", marks, "2026-11-27 09:00").steps[1]
    assert (answer.state, answer.due_at, answer.standard_ms) == (state, at("2026-11-25 16:00"), None)


def test_of_a_range_the_longest_holds() -> None:
    marks = [event(StepEvent.CASE_OPENED, "09:05"), event(StepEvent.REQUIREMENTS_CHECKED, "09:05")]
    due = seen("dki-kelompok-rentan", marks, "10:00").of_step(6).due_at
    assert due == at("2026-11-26 16:00")


def test_the_queue_is_in_nobodys_time() -> None:
    marks = [
        event(StepEvent.WELCOMED, "09:01"),
        event(StepEvent.ARRIVED, "09:01"),
        event(StepEvent.PURPOSE_RECORDED, "09:02"),
        event(StepEvent.GUEST_BOOK_FILLED, "09:04"),
        event(StepEvent.TICKET_ISSUED, "09:04"),
        tick(4, "09:05"),
    ]
    waiting = seen("sumut-tatap-muka", marks, "11:00")
    call = waiting.of_step(5)
    assert (waiting.running, waiting.waited_ms) == ((5,), 116 * MINUTE_MS)
    assert (call.state, call.spent_ms, call.due_at, call.overdue) == (StepState.RUNNING, 0, None, False)
    called = seen("sumut-tatap-muka", [*marks, event(StepEvent.TICKET_CALLED, "11:10")], "11:12")
    assert (called.of_step(5).state, called.of_step(5).spent_ms) == (StepState.IN_TIME, 0)
    assert (called.of_step(6).spent_ms, called.waited_ms) == (2 * MINUTE_MS, 126 * MINUTE_MS)


def test_an_escort_to_the_counter_does_not_wait_in_the_queue_either() -> None:
    marks = [
        event(StepEvent.GUEST_BOOK_FILLED, "09:05"),
        event(StepEvent.TICKET_ISSUED, "09:05"),
        event(StepEvent.TICKET_CALLED, "09:45"),
        event(StepEvent.ESCORT_DONE, "09:46"),
    ]
    found = seen("dki-kelompok-rentan", marks, "09:47")
    assert (found.of_step(4).state, found.of_step(4).spent_ms) == (StepState.IN_TIME, MINUTE_MS)


def test_one_event_completes_three_steps_in_turn() -> None:
    marks = [
        event(StepEvent.ARRIVED, "09:00"),
        event(StepEvent.ESCORT_DONE, "09:03"),
        event(StepEvent.GUEST_BOOK_FILLED, "09:04"),
        event(StepEvent.TICKET_ISSUED, "09:05"),
        event(StepEvent.TICKET_CALLED, "09:06"),
        event(StepEvent.CASE_OPENED, "09:08"),
        event(StepEvent.REQUIREMENTS_CHECKED, "09:08"),
        event(StepEvent.ESCORT_DONE, "09:09"),  # told late: the one passed over, not the way out
    ]
    found = seen("dki-kelompok-rentan", marks, "09:10")
    assert [each.step for each in found.steps if each.ended_at] == [1, 2, 3, 4, 5]
    assert found.running == (6,)
    out = [*marks, event(StepEvent.SECURITY_CALLED, "09:20"), event(StepEvent.ESCORT_DONE, "09:25")]
    assert seen("dki-kelompok-rentan", out, "09:30").of_step(10).state is StepState.IN_TIME


def test_a_step_ahead_moves_the_turn_on_and_leaves_the_others_open() -> None:
    marks = [event(StepEvent.GUEST_BOOK_FILLED, "09:02"), event(StepEvent.TICKET_ISSUED, "09:02")]
    marks.append(event(StepEvent.TICKET_CALLED, "09:30"))
    found = seen("sumut-tatap-muka", marks, "09:32")
    assert found.missed == (1, 2, 4)
    assert found.running == (6, 1, 4)  # the turn first, then what had begun and was passed over
    assert found.of_step(1).spent_ms == 2 * MINUTE_MS
    assert found.of_step(2).state is StepState.NOT_BEGUN
    welcomed = [event(StepEvent.WELCOMED, "09:31"), event(StepEvent.ARRIVED, "09:31")]
    later = seen("sumut-tatap-muka", [*marks, *welcomed], "09:32")
    assert (later.of_step(1).state, later.of_step(1).spent_ms) == (StepState.IN_TIME, 2 * MINUTE_MS)
    second = seen("sumut-tatap-muka", [*marks, event(StepEvent.PURPOSE_RECORDED, "09:31")], "09:32")
    assert (second.of_step(2).state, second.of_step(2).spent_ms) == (StepState.IN_TIME, 0)
    assert second.of_step(2).began_at == at("09:31")


def test_what_was_left_undone_shows_when_the_visit_closes() -> None:
    marks = [event(StepEvent.CASE_OPENED, "09:10"), event(StepEvent.CASE_CLOSED, "09:20")]
    found = seen("sumut-tatap-muka", marks, "12:00", ended="09:30")
    assert states(found) == {
        StepState.NOT_BEGUN: "1–7, 9, 15–16",
        StepState.IN_TIME: "8",
        StepState.SKIPPED: "10–14",
    }
    assert (found.ended, found.running) == (True, ())


@pytest.mark.parametrize("said", [StepEvent.SURVEY_OFFERED, StepEvent.SURVEY_FILLED])
@pytest.mark.parametrize("when", ["09:15", "09:40"])
def test_a_case_is_complete_once_its_applicant_was_pointed_to_the_survey(said: StepEvent, when: str) -> None:
    """Step 16 keeps the time that closing the case took; the survey may be given before and afterwards."""
    marks = [event(StepEvent.CASE_OPENED, "09:10"), event(StepEvent.CASE_CLOSED, "09:20")]
    assert seen("sumut-tatap-muka", marks, "12:00", ended="09:30").of_step(16).ended_at is None
    told = seen("sumut-tatap-muka", [*marks, event(said, when)], "12:00", ended="09:30")
    assert told.of_step(16).ended_at == at("09:20")


def test_a_closed_visit_has_no_clock() -> None:
    found = seen("sumut-telepon", [tick(1, "09:01")], "15:00", ended="09:02")
    assert (found.of_step(2).spent_ms, found.of_step(2).overdue) == (MINUTE_MS, False)
    assert states(found) == {StepState.IN_TIME: "1", StepState.NOT_BEGUN: "2–3, 7", StepState.SKIPPED: "4–6"}


@pytest.mark.parametrize(
    ("name", "chosen", "event_", "running", "skipped"),
    [
        ("sumut-telepon", "tersedia", StepEvent.OUTCOME_SET, 7, "4–6"),
        ("sumut-telepon", "tidak_tersedia", StepEvent.OUTCOME_SET, 4, ""),
        ("sumut-tatap-muka", "dikecualikan", StepEvent.OUTCOME_SET, 15, "10–14"),
        ("sumut-tatap-muka", "tidak_tersedia", StepEvent.OUTCOME_SET, 10, ""),
        ("sumut-tatap-muka", "bisa_diselesaikan", StepEvent.ASSESSED, 15, "13–14"),
        ("sumut-tatap-muka", "atas_nama_orang_lain_dengan_surat", StepEvent.IDENTITY_VERIFIED, 8, ""),
        ("sumut-tatap-muka", "something new", StepEvent.OUTCOME_SET, 15, ""),
    ],
)
def test_branches(name: str, chosen: str, event_: StepEvent, running: int, skipped: str) -> None:
    found = seen(name, [event(StepEvent.GUEST_BOOK_FILLED, "09:10"), event(event_, "09:10", chosen)], "09:12")
    assert found.running[0] == running
    assert states(found).get(StepState.SKIPPED, "") == skipped


def test_without_a_letter_it_ends_at_the_desk() -> None:
    marks = [event(StepEvent.IDENTITY_VERIFIED, "09:10", "atas_nama_orang_lain_tanpa_surat")]
    found = seen("sumut-tatap-muka", marks, "09:12")
    assert found.ended
    assert states(found)[StepState.SKIPPED] == "8–16"


def test_later_events_show_the_way_when_the_outcome_does_not() -> None:
    marks = [event(StepEvent.OUTCOME_SET, "09:10"), event(StepEvent.ESCALATED, "09:14")]
    found = seen("sumut-tatap-muka", marks, "09:15")
    assert (found.running[0], found.of_step(10).spent_ms) == (11, 4 * MINUTE_MS)
    assert found.of_step(15).began_at is None
    straight = seen("sumut-tatap-muka", [marks[0], event(StepEvent.ANSWERED, "09:14")], "09:15")
    assert states(straight)[StepState.SKIPPED] == "10–14"


def test_an_outcome_set_again_leads_the_other_way() -> None:
    marks = [
        event(StepEvent.OUTCOME_SET, "09:10", "tersedia"),
        event(StepEvent.OUTCOME_SET, "09:20", "tidak_tersedia"),
    ]
    found = seen("sumut-telepon", marks, "09:21")
    assert (found.of_step(3).ended_at, found.of_step(3).branch) == (at("09:10"), "tidak_tersedia")
    assert (found.running[0], found.of_step(4).began_at) == (4, at("09:20"))
    other_words = [marks[0], event(StepEvent.OUTCOME_SET, "09:20", "dikecualikan")]
    same_way = seen("sumut-tatap-muka", other_words, "09:21").of_step(15)
    assert same_way.began_at == at("09:10")


def test_work_done_on_the_way_not_chosen_is_still_work_done() -> None:
    marks = [event(StepEvent.OUTCOME_SET, "09:10", "tersedia"), event(StepEvent.ESCALATED, "09:12")]
    found = seen("sumut-tatap-muka", marks, "09:13")
    assert (found.of_step(10).state, found.of_step(10).spent_ms) == (StepState.IN_TIME, 0)
    assert found.running[0] == 15


BACK = [
    event(StepEvent.QUESTION_RECORDED, "09:30"),
    event(StepEvent.OUTCOME_SET, "09:40", "tidak_dapat_diselesaikan"),
]
AGAIN = [
    event(StepEvent.QUESTION_RECORDED, "2026-11-24 10:05"),
    event(StepEvent.OUTCOME_SET, "2026-11-26 08:00", "selesai"),
    event(StepEvent.ANSWERED, "2026-11-26 08:00"),
]


def test_a_reschedule_begins_its_steps_again_when_the_visitor_is_there() -> None:
    away = Pause(from_at=at("09:40"), to_at=at("2026-11-24 10:00"), reason="Menunggu janji temu")
    found = seen("kaltara-helpdesk", BACK, "10:00", Pause(from_at=at("09:40")))
    assert (found.running, found.ended, found.missed) == ((4,), False, (1, 2, 3))
    assert (found.of_step(4).due_at, found.of_step(5).state) == (None, StepState.NOT_BEGUN)
    waiting = seen("kaltara-helpdesk", BACK, "2026-11-24 10:05", away).of_step(4)
    assert (waiting.due_at, waiting.overdue) == (at("2026-11-25 16:00"), False)
    late = seen("kaltara-helpdesk", [*BACK, *AGAIN], "2026-11-26 08:05", away)
    assert (late.of_step(4).state, late.of_step(5).state) == (StepState.IN_TIME, StepState.LATE)
    assert (late.running[0], late.of_step(6).spent_ms) == (6, 5 * MINUTE_MS)


def test_what_was_done_before_a_reschedule_is_not_missing_when_the_visitor_stays_away() -> None:
    gone = seen("kaltara-helpdesk", BACK, "12:00", ended="12:00")
    assert states(gone)[StepState.IN_TIME] == "4–5"


def test_a_waived_step_keeps_its_reason_and_lets_the_next_begin() -> None:
    waived = tick(2, "09:04", MarkKind.WAIVE, "Penelepon sudah dikenal")
    found = seen("sumut-telepon", [tick(1, "09:01"), waived], "09:06")
    second = found.of_step(2)
    assert (second.state, second.reason) == (StepState.WAIVED, "Penelepon sudah dikenal")
    assert (found.running, found.of_step(3).began_at) == ((3,), at("09:04"))


@pytest.mark.parametrize(
    "nothing",
    [
        tick(NO_STEP, "09:03"),
        tick(1, "09:03"),
        event(StepEvent.DISPOSED, "09:03"),
        event(StepEvent.CASE_OPENED, "09:03", "tersedia"),
    ],
)
def test_marks_that_fit_no_open_step_change_nothing(nothing: Mark) -> None:
    marks = [tick(1, "09:01")]
    assert seen("sumut-telepon", [*marks, nothing], "09:04") == seen("sumut-telepon", marks, "09:04")


def test_a_pause_stops_the_clock_and_moves_the_due_moment() -> None:
    begun = [tick(1, "09:00")]
    lasting = seen("sumut-telepon", begun, "09:30", Pause(from_at=at("09:01")))
    assert (lasting.of_step(2).spent_ms, lasting.of_step(2).due_at) == (MINUTE_MS, None)
    over = Pause(from_at=at("09:01"), to_at=at("09:21"))
    within = Pause(from_at=at("09:05"), to_at=at("09:10"))
    found = seen("sumut-telepon", begun, "09:22", over, within).of_step(2)
    assert (found.spent_ms, found.due_at, found.overdue) == (2 * MINUTE_MS, at("09:23"), False)


def test_days_run_on_while_the_visitor_is_away() -> None:
    received = [event(StepEvent.REQUEST_RECEIVED, "09:00")]
    away = Pause(from_at=at("2026-11-24 14:00"))
    answer = seen("kepri-daring", received, "2026-11-26 07:31", away).of_step(2)
    assert (answer.due_at, answer.overdue) == (at("2026-11-25 16:00"), True)


def test_an_event_may_name_its_step() -> None:
    out = Mark(at=at("09:05"), event=StepEvent.ESCORT_DONE, step=10)
    found = seen("dki-kelompok-rentan", [event(StepEvent.ARRIVED, "09:00"), out], "09:06")
    assert [each.step for each in found.steps if each.ended_at] == [1, 10]
    again = seen("dki-kelompok-rentan", [out, out], "09:06")
    assert [each.step for each in again.steps if each.ended_at] == [10]


def test_two_numbers_in_one_visit_are_two_waits() -> None:
    marks = [
        event(StepEvent.TICKET_ISSUED, "09:00"),
        event(StepEvent.TICKET_CALLED, "09:10"),
        event(StepEvent.TICKET_ISSUED, "09:20"),
        event(StepEvent.TICKET_ISSUED, "09:25"),
        event(StepEvent.TICKET_CALLED, "09:50"),
        event(StepEvent.TICKET_CALLED, "09:52"),
    ]
    assert seen("sumut-tatap-muka", marks, "10:00").waited_ms == 40 * MINUTE_MS
    assert seen("sumut-tatap-muka", [], "10:00").waited_ms is None


def test_a_mark_from_before_the_beginning_costs_no_time() -> None:
    found = seen("sumut-telepon", [tick(1, "08:59")], "09:01")
    assert (found.of_step(1).began_at, found.of_step(1).spent_ms) == (at("08:59"), 0)


def test_an_offices_own_procedure_with_a_way_back_to_its_beginning() -> None:
    own = procedure(step(1, next=2), step(2, branches=[branch("ulang", 1), branch("cukup")]))
    marks = [tick(1, "09:00"), Mark(at=at("09:05"), kind=MarkKind.TICK, step=2, branch="ulang")]
    found = progress(own, at("09:00"), marks, (), CALENDAR, at("09:10"))
    assert (found.running, found.ended) == ((1,), False)
    assert all(each.due_at is None and each.standard_ms is None for each in found.steps)


def test_a_late_promise_is_no_standard_of_a_procedure_without_a_call_back() -> None:
    pos = procedure(step(1, next=2), step(2))
    assert find_faults(pos) == ()
    so_far = progress(pos, at("09:00"), [], [], CALENDAR, at("11:00"))
    promise = Promise(due_at=at("10:00"), kept_at=None, attempts=0, last_result="")
    assert with_promise(so_far, pos, promise, CALENDAR, at("11:00")) == so_far
