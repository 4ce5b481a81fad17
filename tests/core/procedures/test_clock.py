"""The owner of each minute, and the moment at which a step's output is there."""

from msgspec.structs import replace

from tests.core.procedures.runs import CALENDAR, at, event, seen, states, tick
from ult_desktop.core.procedures.clock import OwedBy, Pause, Stretch, stretch_ms, stretch_words
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.procedures.rounds import Mark, MarkKind
from ult_desktop.core.stamps import MINUTE_MS


def test_what_is_done_by_hand_ahead_leaves_the_clock_where_it_runs() -> None:
    marks = [event(StepEvent.CASE_OPENED, "09:10"), tick(10, "09:11", MarkKind.WAIVE, "Tidak perlu")]
    found = seen("sumut-tatap-muka", marks, "09:14")
    assert (found.running[0], found.of_step(9).spent_ms) == (9, 4 * MINUTE_MS)
    assert (found.of_step(10).state, found.ended) == (StepState.WAIVED, False)
    unknown = event(StepEvent.OUTCOME_SET, "09:15", "tidak_tersedia")
    after = seen("sumut-tatap-muka", [*marks, unknown], "09:17")
    assert (after.running[0], after.of_step(11).began_at) == (11, at("09:15"))
    last = seen("sumut-telepon", [tick(1, "09:01"), tick(7, "09:01", MarkKind.WAIVE)], "09:05")
    assert (last.running[0], last.ended, last.missed) == (2, False, ())


def test_the_back_office_is_late_wherever_the_visitor_waits() -> None:
    marks = [event(StepEvent.OUTCOME_SET, "09:10", "tidak_tersedia"), event(StepEvent.ESCALATED, "09:12")]
    hall = Pause(from_at=at("09:12"), to_at=at("09:50"), reason="Kembali ke ruang tunggu")
    found = seen("sumut-tatap-muka", marks, "09:30", hall).of_step(11)
    assert (found.spent_ms, found.overdue, found.due_at) == (18 * MINUTE_MS, True, at("09:15"))
    answered = [
        *marks,
        event(StepEvent.ESCALATION_RECEIVED, "09:31"),
        event(StepEvent.ASSESSED, "09:32", "bisa_diselesaikan"),
    ]
    told = seen("sumut-tatap-muka", answered, "09:53", hall).of_step(15)
    assert (told.spent_ms, told.overdue) == (3 * MINUTE_MS, False)


def test_a_result_that_follows_begins_its_step_when_the_visitor_is_there_again() -> None:
    marks = [event(StepEvent.CASE_OPENED, "09:10"), event(StepEvent.REQUIREMENTS_CHECKED, "09:10")]
    marks.append(event(StepEvent.RESULT_READY, "11:00"))
    away = Pause(from_at=at("09:15"), to_at=at("2026-11-25 09:00"), reason="Pulang")
    there = seen("dki-kelompok-rentan", marks, "2026-11-25 09:04", away)
    assert (there.of_step(7).spent_ms, there.of_step(7).overdue) == (4 * MINUTE_MS, False)
    assert there.of_step(6).spent_ms == 110 * MINUTE_MS


def seated(*, since: str = "") -> list[Mark]:
    by = Mark(at=at("09:08"), kind=MarkKind.TICK, step=4, officer_id=7, since=at(since) if since else None)
    marks = [event(StepEvent.PURPOSE_RECORDED, "09:02"), event(StepEvent.TICKET_ISSUED, "09:03")]
    return [*marks, event(StepEvent.GUEST_BOOK_FILLED, "09:03"), by, event(StepEvent.TICKET_CALLED, "09:40")]


def test_what_an_officer_does_while_the_number_waits_is_on_the_clock() -> None:
    late = seen("sumut-tatap-muka", seated(), "09:41")
    assert (late.of_step(4).state, late.of_step(4).spent_ms) == (StepState.LATE, 5 * MINUTE_MS)
    led = seen("sumut-tatap-muka", seated(since="09:06"), "09:41").of_step(4)
    assert (led.state, led.spent_ms) == (StepState.IN_TIME, 2 * MINUTE_MS)


def test_an_act_that_lasts_until_the_call_leaves_nothing_of_the_wait() -> None:
    marks = seated()
    at_the_call = [*marks[:-2], Mark(at=at("09:40"), kind=MarkKind.TICK, step=4, officer_id=7), marks[-1]]
    found = seen("sumut-tatap-muka", at_the_call, "09:41")
    assert found.of_step(4).spent_ms == 37 * MINUTE_MS
    assert OwedBy.QUEUE not in {stretch.owes for stretch in found.stretches}


def test_every_minute_says_whose_it_is() -> None:
    away = Pause(from_at=at("09:42"), to_at=at("09:45"), reason="Mengambil berkas", officer_id=7)
    found = seen("sumut-tatap-muka", seated(since="09:06"), "09:50", away)
    told = [(each.end - each.begin, each.owes, each.step, each.reason) for each in found.stretches]
    assert told == [
        (2 * MINUTE_MS, OwedBy.OFFICE, 1, ""),
        (MINUTE_MS, OwedBy.OFFICE, 3, ""),
        (3 * MINUTE_MS, OwedBy.QUEUE, None, ""),
        (2 * MINUTE_MS, OwedBy.OFFICE, 4, ""),
        (32 * MINUTE_MS, OwedBy.QUEUE, None, ""),
        (2 * MINUTE_MS, OwedBy.OFFICE, 6, ""),
        (3 * MINUTE_MS, OwedBy.VISITOR, None, "Mengambil berkas"),
        (5 * MINUTE_MS, OwedBy.OFFICE, 6, ""),
    ]
    assert found.stretches[6].officer_id == 7
    words = [stretch_words(each, {7: "Nina"}) for each in found.stretches]
    assert words[:3] == ["langkah 1 (petugas)", "langkah 3 (petugas)", "menunggu panggilan"]
    assert words[6] == "pengunjung · Mengambil berkas · Nina"


def test_when_every_step_is_done_nobody_owes_anything() -> None:
    done = [event(StepEvent.REQUEST_RECEIVED, "09:01"), event(StepEvent.ANSWERED, "09:02")]
    found = seen("kepri-daring", [*done, event(StepEvent.SURVEY_FILLED, "09:03")], "09:10")
    assert found.stretches[-1].owes is OwedBy.NOBODY
    assert stretch_words(found.stretches[-1], {}) == "tidak ada langkah yang menunggu"


def test_a_step_is_done_when_its_output_is_there() -> None:
    number = [event(StepEvent.TICKET_ISSUED, "09:02"), event(StepEvent.TICKET_CALLED, "09:10")]
    assert seen("sumut-tatap-muka", number, "09:11").of_step(3).ended_at is None
    data = [*number, event(StepEvent.GUEST_BOOK_FILLED, "09:12")]
    assert seen("sumut-tatap-muka", data, "09:13").of_step(3).ended_at == at("09:12")
    waived = [*number, tick(3, "09:11", MarkKind.WAIVE, "Sudah dikenal"), *data[2:]]
    assert seen("sumut-tatap-muka", waived, "09:13").of_step(3).state is StepState.WAIVED


def test_an_outcome_is_not_an_answer() -> None:
    marks = [event(StepEvent.QUESTION_RECORDED, "09:05"), event(StepEvent.OUTCOME_SET, "09:10", "selesai")]
    found = seen("kaltara-helpdesk", marks, "2026-11-26 09:00")
    assert (found.running[0], found.of_step(5).overdue) == (5, True)
    told = seen("kaltara-helpdesk", [*marks, event(StepEvent.ANSWERED, "09:20")], "10:00").of_step(5)
    assert (told.state, told.ended_at, told.branch) == (StepState.IN_TIME, at("09:20"), "selesai")


def test_of_what_the_applicant_withdrew_nothing_is_due() -> None:
    marks = [event(StepEvent.CASE_OPENED, "09:10"), event(StepEvent.WITHDRAWN, "09:12")]
    found = seen("sumut-tatap-muka", marks, "15:00")
    assert (found.ended, found.running, found.of_step(9).spent_ms) == (True, (1,), 2 * MINUTE_MS)
    closed = states(seen("sumut-tatap-muka", marks, "15:00", ended="09:13"))
    assert closed == {StepState.NOT_BEGUN: "1–7", StepState.IN_TIME: "8", StepState.SKIPPED: "9–16"}


def own(name: StepEvent, clock: str) -> Mark:
    return event(name, clock, "atas_nama_sendiri")


def test_an_act_without_its_output_keeps_its_time_and_leaves_the_next_one_its_own() -> None:
    """The identity was verified, the visitor's data never written: the detail took its own two minutes."""
    marks = [event(StepEvent.TICKET_CHECKED, "09:10"), own(StepEvent.IDENTITY_VERIFIED, "09:12")]
    running = seen("sumut-tatap-muka", marks, "09:13")
    assert (running.running[0], running.lacking) == (7, frozenset({7}))
    found = seen("sumut-tatap-muka", [*marks, event(StepEvent.CASE_OPENED, "09:14")], "09:15")
    assert [found.of_step(n).spent_ms / MINUTE_MS for n in (7, 8)] == [2, 2]
    assert [found.of_step(n).overdue for n in (7, 8)] == [False, False]
    assert 7 in found.missed


def test_a_tick_after_an_act_that_lacks_its_output_is_not_ahead() -> None:
    number = [event(StepEvent.PURPOSE_RECORDED, "09:02"), event(StepEvent.TICKET_ISSUED, "09:03")]
    found = seen(
        "sumut-tatap-muka", [*number, tick(4, "09:08"), event(StepEvent.TICKET_CALLED, "09:20")], "09:21"
    )
    assert [found.of_step(n).spent_ms / MINUTE_MS for n in (3, 4)] == [1, 5]


def test_a_step_that_is_left_out_hides_no_delay_of_the_next() -> None:
    """Its own standard is all that it can use up: the rest is the step's that was done."""
    came = event(StepEvent.TICKET_CHECKED, "09:10")
    found = seen("sumut-tatap-muka", [came, event(StepEvent.CASE_OPENED, "09:17")], "09:18")
    assert [found.of_step(n).spent_ms / MINUTE_MS for n in (7, 8)] == [3, 4]
    assert [found.of_step(n).overdue for n in (7, 8)] == [False, True]
    both = seen("sumut-tatap-muka", [came, event(StepEvent.OUTCOME_SET, "09:20", "tersedia")], "09:21")
    assert [both.of_step(n).spent_ms / MINUTE_MS for n in (7, 8, 9)] == [3, 3, 4]


def test_a_call_that_stands_a_moment_before_the_end_of_the_way_hides_nothing_of_it() -> None:
    """The call is on another PC's clock."""
    led = Mark(at=at("09:20") + 200, event=StepEvent.ESCORT_DONE, step=4, officer_id=7, since=at("09:15"))
    book = [event(StepEvent.ESCORT_DONE, "09:02"), event(StepEvent.GUEST_BOOK_FILLED, "09:05")]
    marks = [*book, event(StepEvent.TICKET_ISSUED, "09:05"), event(StepEvent.TICKET_CALLED, "09:20"), led]
    found = seen("dki-kelompok-rentan", marks, "09:21").of_step(4)
    assert (found.spent_ms, found.state) == (5 * MINUTE_MS + 200, StepState.LATE)


def test_the_break_is_no_time_of_a_step() -> None:
    over = Stretch(begin=at("2026-11-26 11:59"), end=at("2026-11-26 13:02"), owes=OwedBy.OFFICE, step=7)
    assert stretch_ms(over, CALENDAR) == 3 * MINUTE_MS
    assert stretch_ms(replace(over, step=None), CALENDAR) == 63 * MINUTE_MS
