"""Deviations are made by the program, explained, reviewed, and never lost."""

import sqlite3
from functools import partial

import pytest

from tests.office import store_of, stranger
from tests.operations.accountability.accounting import (
    TODAY,
    actor,
    found_in,
    happened,
    run_face_to_face,
    steps,
    welcome,
)
from tests.operations.scene import KIOSK, Scene
from ult_desktop.core.accountability.commands import (
    CollectDeviations,
    ExplainDeviation,
    MarkFalse,
    ReviewDeviation,
)
from ult_desktop.core.accountability.deviation_words import headline, time_words
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState
from ult_desktop.core.cases.commands import CloseCase, OpenCase
from ult_desktop.core.office.working_time import WorkedTime
from ult_desktop.core.procedures.commands import RetireProcedure, WaiveStep
from ult_desktop.core.procedures.procedure import StepEvent
from ult_desktop.core.procedures.rounds import Mark
from ult_desktop.core.queue.commands import CloseDay
from ult_desktop.core.visits.commands import EndVisit, RecordLetter
from ult_desktop.core.visits.visit import Ending, Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.db.procedures import marks
from ult_desktop.operations.accountability.deviations import similar_ids, visits_with_new_deviations

OUTPUT, TIME = DeviationKind.OUTPUT, DeviationKind.TIME


def end(scene: Scene, visit: Visit, ending: Ending = Ending.DONE) -> None:
    scene.office.perform(EndVisit(visit_id=visit.id, ending=ending), actor(scene, "nina"))


def kinds(scene: Scene, visit: Visit) -> list[tuple[int, DeviationKind]]:
    """Each step of each row, in the order of the rows."""
    return [(step, found.kind) for found in found_in(scene, visit) for step in found.steps]


def asked_late(scene: Scene) -> Visit:
    """Face to face: the purpose was asked after 8 minutes instead of 3, then the number was given."""
    run_face_to_face(scene)
    visit = welcome(scene)
    scene.later(8)
    happened(scene, visit, StepEvent.PURPOSE_RECORDED)
    happened(scene, visit, StepEvent.GUEST_BOOK_FILLED)
    happened(scene, visit, StepEvent.TICKET_ISSUED)
    return visit


def helped(scene: Scene) -> Visit:
    """Helpdesk: handed over at once; the question has a working day."""
    visit = welcome(scene)
    scene.do(RecordLetter(visit_id=visit.id, number="800/7/2026"))
    for event in (StepEvent.GUEST_BOOK_FILLED, StepEvent.IDENTITY_VERIFIED, StepEvent.HANDED_OVER):
        happened(scene, visit, event)
    return visit


def late(scene: Scene) -> tuple[int, ...]:
    return scene.office.read(lambda tx: visits_with_new_deviations(tx, scene.clock.now))


def explained(scene: Scene) -> Deviation:
    visit = asked_late(scene)
    end(scene, visit, Ending.LEFT)
    (deviation,) = found_in(scene, visit)
    command = ExplainDeviation(
        deviation_id=deviation.id, cause=" Komputer lambat ", correction="Diganti", responsible="nina"
    )
    answer: Deviation = scene.office.perform(command, actor(scene, "nina"))
    return answer


def test_late_and_undone_steps_are_written_down_when_the_visit_closes(scene: Scene) -> None:
    visit = asked_late(scene)
    assert found_in(scene, visit) == ()
    end(scene, visit)
    assert kinds(scene, visit)[0] == (2, TIME)
    assert [each.steps for each in found_in(scene, visit)] == [*((2,), (4, 5, 6), (7,), (8, 9, 15, 16))]
    late = found_in(scene, visit)[0]
    assert (late.spent, late.standard, late.state) == (WorkedTime(minutes=8), "3 menit", DeviationState.OPEN)
    assert late.title == "Layanan Tatap Muka di Unit Layanan Terpadu"
    assert late.activity.startswith("Menanyakan keperluan yang dibutuhkan yaitu informasi")


def test_a_deviation_names_what_was_to_be_done(scene: Scene) -> None:
    visit = asked_late(scene)
    end(scene, visit)
    found = {each.step: each for each in found_in(scene, visit) if each.kind is OUTPUT}
    assert headline(found[4]) == "Output tidak ada: Beberapa langkah (langkah 4–6)"
    assert found[4].activity.startswith("4. Mempersilakan menunggu; 5. ")
    assert headline(found[8]) == "Output tidak ada: Tanpa permohonan (langkah 8–9, 15–16)"
    assert found[8].activity.startswith("8. Menanyakan detail layanan; 9. Memverifikasi permohonan; 15. ")


def test_one_step_is_named_with_its_output(scene: Scene) -> None:
    visit = asked_late(scene)
    happened(scene, visit, StepEvent.TICKET_CALLED)
    happened(scene, visit, StepEvent.TICKET_CHECKED)
    end(scene, visit, Ending.LEFT)
    found = next(each for each in found_in(scene, visit) if each.kind is OUTPUT)
    assert headline(found) == "Output tidak ada: Mempersilakan menunggu (langkah 4)"
    assert found.standard == "Pengunjung duduk"


def test_who_leaves_early_is_owed_nothing_but_what_was_passed_over(scene: Scene) -> None:
    visit = asked_late(scene)
    happened(scene, visit, StepEvent.TICKET_CHECKED)
    end(scene, visit, Ending.LEFT)
    assert kinds(scene, visit) == [(2, TIME), (4, OUTPUT), (5, OUTPUT)]


def test_a_visit_joined_to_another_accounts_for_nothing(scene: Scene) -> None:
    visit = asked_late(scene)
    end(scene, visit, Ending.MERGED)
    assert found_in(scene, visit) == ()


def test_a_working_day_that_is_over_is_noticed_once_by_whatever_station(scene: Scene) -> None:
    visit = helped(scene)
    scene.set_time("2026-11-24 23:00")
    assert late(scene) == ()
    scene.set_time("2026-11-25 08:00")
    assert late(scene) == (visit.id,)
    command = CollectDeviations(visits=late(scene))
    assert scene.kiosk.perform(command, KIOSK) == 1
    assert scene.kiosk.perform(command, KIOSK) == 0
    assert (kinds(scene, visit), late(scene)) == ([(4, TIME)], ())
    end(scene, visit)
    assert kinds(scene, visit) == [(4, OUTPUT), (5, OUTPUT), (4, TIME), (6, OUTPUT)]


def test_a_deviation_bears_the_day_on_which_it_happened(scene: Scene) -> None:
    """The question had until Tuesday evening; Thursday finds it, and the head's list is that of Tuesday."""
    visit = helped(scene)
    scene.set_time("2026-11-26 09:00")
    scene.kiosk.perform(CollectDeviations(visits=late(scene)), KIOSK)
    happened(scene, visit, StepEvent.OUTCOME_SET, "solusi")
    happened(scene, visit, StepEvent.ANSWERED)
    scene.set_time("2026-11-27 09:00")
    end(scene, visit)
    days = [(found.step, found.kind, found.day) for found in found_in(scene, visit)]
    assert days == [(4, OUTPUT, "2026-11-26"), (4, TIME, "2026-11-24"), (6, OUTPUT, "2026-11-27")]


def test_the_days_end_writes_down_what_open_cases_have_run_past(scene: Scene) -> None:
    visit = helped(scene)
    scene.do(OpenCase(visit_id=visit.id, detail="Dapodik"))
    scene.set_time("2026-11-25 16:00")
    scene.do(CloseDay(reason="Selesai"))
    assert (kinds(scene, visit), late(scene)) == ([(5, TIME)], ())


def test_a_visit_without_a_procedure_is_never_late(scene: Scene) -> None:
    scene.office.perform(RetireProcedure(procedure_id="kaltara-helpdesk"), actor(scene, "admin"))
    welcome(scene)
    scene.set_time("2026-12-25 08:00")
    assert late(scene) == ()


def test_a_step_behind_the_desk_is_late_before_it_is_done_and_its_time_and_officer_follow(
    scene: Scene,
) -> None:
    run_face_to_face(scene)
    visit = welcome(scene)
    happened(scene, visit, StepEvent.ESCALATED)
    scene.later(30)
    scene.kiosk.perform(CollectDeviations(visits=late(scene)), KIOSK)
    (early,) = found_in(scene, visit)
    assert (early.step, early.kind, early.spent, early.officer) == (11, TIME, WorkedTime(minutes=30), "")
    scene.later(5)
    siti = scene.officer(1)
    received = Mark(at=scene.clock.now, event=StepEvent.ESCALATION_RECEIVED, officer_id=siti.officer_id)
    store_of(scene.office).write(lambda tx: marks.add(tx, visit.id, received, "uji"))
    end(scene, visit, Ending.LEFT)
    done = next(each for each in found_in(scene, visit) if each.kind is TIME)
    assert (done.id, done.spent, done.officer) == (early.id, WorkedTime(minutes=35), siti.name)


def test_what_one_officer_was_late_with_on_two_days_is_one_row_in_working_days(scene: Scene) -> None:
    run_face_to_face(scene)
    visit, siti = welcome(scene), scene.officer(1)
    happened(scene, visit, StepEvent.ESCALATED)
    for event in (StepEvent.ESCALATION_RECEIVED, StepEvent.ASSESSED):
        scene.later(20 * 60)
        mark = Mark(at=scene.clock.now, event=event, branch="unit_utama", officer_id=siti.officer_id)
        store_of(scene.office).write(partial(marks.add, visit_id=visit.id, mark=mark, request="uji"))
        scene.kiosk.perform(CollectDeviations(visits=(visit.id,)), KIOSK)
    (late,) = (each for each in found_in(scene, visit) if each.officer == siti.name)
    assert (late.steps, late.day, late.spent) == ((11, 12), "2026-11-23", WorkedTime(days=1, minutes=16 * 60))
    assert time_words(late) == "1 hari kerja 16 jam, baku 6 menit"


def test_what_the_desk_takes_is_written_when_it_is_known_which_step_it_was(scene: Scene) -> None:
    """Nobody asked for the purpose, and the guest book took eight minutes."""
    run_face_to_face(scene)
    visit = welcome(scene)
    scene.later(8)
    assert steps(scene, visit).progress.of_step(2).overdue
    assert late(scene) == ()
    happened(scene, visit, StepEvent.GUEST_BOOK_FILLED)
    happened(scene, visit, StepEvent.TICKET_ISSUED)
    assert late(scene) == (visit.id,)
    scene.kiosk.perform(CollectDeviations(visits=late(scene)), KIOSK)
    assert kinds(scene, visit) == [(3, TIME)]


def test_who_goes_while_he_waits_too_long_leaves_a_delay(scene: Scene) -> None:
    run_face_to_face(scene)
    visit = welcome(scene)
    scene.later(30)
    end(scene, visit, Ending.LEFT)
    assert kinds(scene, visit) == [(2, TIME)]


def test_what_is_explained_is_not_written_over(scene: Scene) -> None:
    run_face_to_face(scene)
    visit = welcome(scene)
    happened(scene, visit, StepEvent.ESCALATED)
    scene.later(30)
    scene.kiosk.perform(CollectDeviations(visits=late(scene)), KIOSK)
    (early,) = found_in(scene, visit)
    said = ExplainDeviation(deviation_id=early.id, cause="Listrik", correction="Genset", responsible="nina")
    scene.office.perform(said, actor(scene, "nina"))
    scene.later(30)
    end(scene, visit, Ending.LEFT)
    kept = next(each for each in found_in(scene, visit) if each.kind is TIME)
    assert (kept.spent, kept.cause) == (WorkedTime(minutes=30), "Listrik")


def test_an_explanation_names_cause_correction_and_who_answers(scene: Scene) -> None:
    found = explained(scene)
    assert (found.state, found.cause, found.correction) == ("dijelaskan", "Komputer lambat", "Diganti")
    assert (found.responsible, found.explained_by, found.explained_at) == (
        "Nina Kartika",
        "Nina Kartika",
        scene.clock.now,
    )
    assert "lambat" not in scene.events()[-1].data
    again = ExplainDeviation(deviation_id=found.id, cause="Listrik", correction="Genset", responsible="joko")
    assert scene.office.perform(again, actor(scene, "joko")).responsible == "Joko Prasetyo"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"cause": " "}, "perlu diisi"),
        ({"correction": ""}, "perlu diisi"),
        ({"correction": "-"}, "kata-kata"),
        ({"cause": "x ."}, "kata-kata"),
        ({"responsible": "entah"}, "entah"),
        ({"deviation_id": 99}, "tidak ada"),
    ],
)
def test_explanations_that_are_refused(scene: Scene, changes: dict[str, object], words: str) -> None:
    found = explained(scene)
    given: dict[str, object] = {
        "deviation_id": found.id,
        "cause": "Listrik",
        "correction": "Genset",
        "responsible": "nina",
    }
    scene.refused(ExplainDeviation(**{**given, **changes}), words=words)  # type: ignore[arg-type]


def test_the_head_has_it_followed_up_and_accepts_it(scene: Scene) -> None:
    found, head = explained(scene), actor(scene, "kepala")
    with pytest.raises(Exception, match="tindak lanjutnya"):
        scene.office.perform(
            ReviewDeviation(deviation_id=found.id, verdict=DeviationState.FOLLOWED_UP, remark="--"), head
        )
    follow = ReviewDeviation(
        deviation_id=found.id, verdict=DeviationState.FOLLOWED_UP, remark="Ganti komputer"
    )
    reviewed = scene.office.perform(follow, head)
    assert (reviewed.state, reviewed.remark) == (DeviationState.FOLLOWED_UP, "Ganti komputer")
    accept = ReviewDeviation(deviation_id=found.id, verdict=DeviationState.ACCEPTED)
    assert scene.office.perform(accept, head).reviewed_by == "Kepala BPMP"
    with pytest.raises(Exception, match="sudah diterima"):
        scene.office.perform(accept, head)
    scene.refused(
        ExplainDeviation(deviation_id=found.id, cause="A", correction="B", responsible="nina"),
        words="sudah ditinjau",
    )


def test_reviews_that_are_refused(scene: Scene) -> None:
    visit, head = asked_late(scene), actor(scene, "kepala")
    end(scene, visit, Ending.LEFT)
    (found,) = found_in(scene, visit)
    for verdict, words in ((DeviationState.ACCEPTED, "belum dijelaskan"), (DeviationState.OPEN, "Pilih")):
        with pytest.raises(Exception, match=words):
            scene.office.perform(ReviewDeviation(deviation_id=found.id, verdict=verdict), head)
    scene.refused(
        ReviewDeviation(deviation_id=found.id, verdict=DeviationState.ACCEPTED), words="tidak berwenang"
    )


def test_the_lists(scene: Scene) -> None:
    found = explained(scene)
    day = TODAY.isoformat()
    listed = scene.office.read(
        lambda tx: (
            deviations.waiting(tx),
            deviations.waiting(tx, [DeviationState.OPEN]),
            deviations.between(tx, day, day),
            deviations.between(tx, "2026-11-24", "2026-12-31"),
            deviations.find(tx, 99),
            deviations.count_open(tx),
        )
    )
    assert listed == ((found,), (), (found,), (), None, 0)


def test_nobody_deletes_a_deviation(scene: Scene) -> None:
    explained(scene)
    link = stranger(scene.path)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        link.execute("DELETE FROM deviation")
    link.close()


def test_a_waiver_gives_back_no_time_that_is_used_up(scene: Scene) -> None:
    run_face_to_face(scene)
    visit = welcome(scene)
    scene.later(8)
    scene.office.perform(WaiveStep(visit_id=visit.id, step=2, reason="Sudah jelas"), actor(scene, "nina"))
    end(scene, visit, Ending.LEFT)
    (found,) = found_in(scene, visit)
    assert (found.step, found.kind, found.state) == (2, TIME, DeviationState.OPEN)
    assert (found.spent, found.cause) == (WorkedTime(minutes=8), "Sudah jelas")


def test_what_the_visitor_declines_is_nobodys_delay(scene: Scene) -> None:
    visit = welcome(scene)
    scene.do(RecordLetter(visit_id=visit.id, number="800/7/2026"))
    *before, survey = steps(scene, visit).procedure.steps
    for step in before:
        for event in (step.completes.event or StepEvent.ANSWERED, *step.completes.needs):
            happened(scene, visit, event)
    scene.later(120)
    assert steps(scene, visit).progress.of_step(survey.step).overdue
    waive = WaiveStep(visit_id=visit.id, step=survey.step, reason="Tidak mau")
    scene.office.perform(waive, actor(scene, "nina"))
    end(scene, visit)
    assert kinds(scene, visit) == []


def three_alike(scene: Scene) -> tuple[Deviation, ...]:
    """Three visitors whose purpose was asked too late, on one day."""
    visits = list[Visit]()
    for _n in range(3):
        visit = asked_late(scene) if not visits else again_late(scene)
        end(scene, visit, Ending.LEFT)
        visits.append(visit)
    return tuple(found_in(scene, visit)[0] for visit in visits)


def again_late(scene: Scene) -> Visit:
    visit = welcome(scene)
    scene.later(8)
    for event in (StepEvent.PURPOSE_RECORDED, StepEvent.GUEST_BOOK_FILLED, StepEvent.TICKET_ISSUED):
        happened(scene, visit, event)
    return visit


def test_one_explanation_and_one_review_serve_all_of_the_same_cause(scene: Scene) -> None:
    first, *others = three_alike(scene)
    also = scene.office.read(lambda tx: similar_ids(tx, first.id))
    assert sorted(also) == sorted(each.id for each in others)
    explain = ExplainDeviation(
        deviation_id=first.id, also=also, cause="Komputer", correction="Diganti", responsible="nina"
    )
    scene.office.perform(explain, actor(scene, "nina"))
    head = actor(scene, "kepala")
    also = scene.office.read(lambda tx: similar_ids(tx, first.id))
    accept = ReviewDeviation(deviation_id=first.id, verdict=DeviationState.ACCEPTED, also=also)
    scene.office.perform(accept, head)
    assert scene.office.read(deviations.waiting) == ()
    assert scene.office.read(lambda tx: similar_ids(tx, 99)) == ()


def test_what_is_not_alike_is_not_explained_with_it(scene: Scene) -> None:
    first, *_others = three_alike(scene)
    late_to_the_desk = again_late(scene)
    happened(scene, late_to_the_desk, StepEvent.TICKET_CALLED)
    scene.later(9)
    end(scene, late_to_the_desk, Ending.LEFT)
    strange = next(each for each in found_in(scene, late_to_the_desk) if 6 in each.steps)
    wrong = ExplainDeviation(
        deviation_id=first.id, also=(strange.id,), cause="A", correction="B", responsible="nina"
    )
    scene.refused(wrong, words="sebab yang sama")


def test_a_false_one_stays_and_is_counted_apart(scene: Scene) -> None:
    first, *_others = three_alike(scene)
    head = actor(scene, "kepala")
    with pytest.raises(Exception, match="mengapa"):
        scene.office.perform(MarkFalse(deviation_id=first.id, reason="–"), head)
    false = scene.office.perform(MarkFalse(deviation_id=first.id, reason="Latihan"), head)
    assert (false.is_false, false.false_by, false.false_reason) == (True, "Kepala BPMP", "Latihan")
    assert first.id not in {each.id for each in scene.office.read(deviations.waiting)}
    assert scene.office.read(deviations.count_open) == 2
    day = TODAY.isoformat()
    assert first.id in {each.id for each in scene.office.read(lambda tx: deviations.between(tx, day, day))}
    scene.refused(
        ExplainDeviation(deviation_id=first.id, cause="A", correction="B", responsible="nina"), words="keliru"
    )
    scene.refused(MarkFalse(deviation_id=first.id, reason="Salah"), words="tidak berwenang")


def test_what_was_accepted_is_not_false_any_more(scene: Scene) -> None:
    found, head = explained(scene), actor(scene, "kepala")
    scene.office.perform(ReviewDeviation(deviation_id=found.id, verdict=DeviationState.ACCEPTED), head)
    with pytest.raises(Exception, match="sudah diterima"):
        scene.office.perform(MarkFalse(deviation_id=found.id, reason="Salah"), head)


def test_what_the_applicant_withdrew_leaves_nothing_to_account_for(scene: Scene) -> None:
    visit = helped(scene)
    case = scene.do(OpenCase(visit_id=visit.id, detail="Dapodik"))
    scene.do(CloseCase(case_id=case.id, withdrawn=True, remark="Tidak jadi"))
    assert kinds(scene, visit) == []
