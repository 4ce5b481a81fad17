"""Omissions of a service: shown before it ends, explained with its end, and never open after that."""

import pytest
from msgspec import structs

from tests.office import PASSWORD
from tests.operations.visits.doorway import FACE_TO_FACE, Doorway
from tests.operations.visits.test_end_visits import open_outputs, served, settle_case
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability.causes import NO_CASE, NO_GUEST_BOOK
from ult_desktop.core.accountability.commands import CollectDeviations
from ult_desktop.core.accountability.deviations import Deviation, DeviationKind, DeviationState, Lack
from ult_desktop.core.queue import commands
from ult_desktop.core.visits.commands import RecordPurpose, SignGuestBook, VerifyIdentity
from ult_desktop.core.visits.identity import IdDocument
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.accountability import deviations
from ult_desktop.operations.accountability.deviations import count_to_explain

BUSY = "Antrean sedang ramai"
FINISH = commands.Finish(counter=1, leaves=True)
EXPLAINED = structs.replace(FINISH, reason=f" {BUSY} ")


def at_the_desk(door: Doorway) -> Visit:
    door.run_only(FACE_TO_FACE)
    return served(door)


def lacks(door: Doorway) -> tuple[Lack, ...]:
    leaving = door.scene.office.counter_board(1).leaving
    assert leaving is not None
    return leaving.lacks


def standing(door: Doorway, visit: Visit) -> list[Deviation]:
    found = door.scene.office.read(lambda tx: deviations.of_visit(tx, visit.id))
    return [each for each in found if not each.is_false]


def test_what_is_told_before_is_what_is_written(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.scene.later(9)
    told = lacks(door)
    assert {each.mended_by for each in told} >= {"guest", "answer"}
    door.scene.do(FINISH)
    written = standing(door, visit)
    assert {(each.kind, each.cause_key, each.steps, each.activity) for each in told} == {
        (each.kind, each.cause_key, each.steps, each.activity) for each in written
    }


def test_what_is_mended_before_the_end_is_told_no_more(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.do(SignGuestBook(visit_id=visit.id, name="Dedi", institution="SMPN 1"))
    assert NO_GUEST_BOOK not in {each.cause_key for each in lacks(door)}
    assert "identity" in {each.mended_by for each in lacks(door)}
    door.do(VerifyIdentity(visit_id=visit.id, kind=IdDocument.KTP), door.scene.officer(1))
    settle_case(door, visit)
    assert lacks(door) == ()


def test_what_was_left_out_is_left_to_who_served_and_to_the_head(door: Doorway) -> None:
    """An officer who has nothing to explain has nothing to count."""
    visit = at_the_desk(door)
    door.scene.do(FINISH)
    written = {each.id for each in standing(door, visit)}
    siti = door.scene.officer(1)
    assert left_to(door, siti) == written
    assert [count_for(door, each) for each in (siti, door.guard, door.desk)] == [len(written), 0, 0]
    assert count_for(door, door.scene.office.sign_in("kepala", PASSWORD)) == len(written)
    door.scene.do(commands.Undo(counter=1))
    assert count_for(door, siti) == 0


def test_what_somebody_was_late_with_is_left_to_them(door: Doorway) -> None:
    door.run_only(FACE_TO_FACE)
    visit = door.welcome()
    door.scene.later(9)
    door.do(RecordPurpose(visit_id=visit.id, purpose="informasi"))
    door.scene.do(CollectDeviations(visits=(visit.id,)))
    (late,) = standing(door, visit)
    assert late.steps == (2,)
    assert [left_to(door, each) for each in (door.desk, door.guard)] == [frozenset({late.id}), frozenset()]


def left_to(door: Doorway, who: Actor) -> frozenset[int]:
    assert who.officer_id is not None
    officer_id = who.officer_id
    return door.scene.office.read(lambda tx: deviations.ids_to_explain(tx, officer_id))


def count_for(door: Doorway, who: Actor) -> int:
    return door.scene.office.read(lambda tx: count_to_explain(tx, who))


def test_a_reason_explains_all_of_it_and_leaves_nothing_open(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.scene.do(EXPLAINED)
    found = standing(door, visit)
    assert {NO_GUEST_BOOK, NO_CASE} <= {each.cause_key for each in found}
    siti = door.scene.officer(1).name
    assert {(each.state, each.cause, each.responsible, each.explained_by) for each in found} == {
        (DeviationState.EXPLAINED, BUSY, siti, siti)
    }
    assert BUSY not in str([event.data for event in door.scene.events()])


def test_undone_the_reason_is_taken_back_with_what_it_explained(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.scene.do(EXPLAINED)
    door.scene.later(1)
    door.scene.do(commands.Undo(counter=1))
    assert standing(door, visit) == []
    door.scene.later(1)
    door.scene.do(FINISH)
    assert NO_CASE in open_outputs(door, visit)
    assert {each.cause for each in standing(door, visit)} == {""}


@pytest.mark.by_engine
def test_what_was_undone_yesterday_stands_again_with_the_first_number_of_the_morning(door: Doorway) -> None:
    """A kiosk gives it, whose account on a server may write less than a counter's."""
    visit = at_the_desk(door)
    door.scene.do(FINISH)
    written = {each.id for each in standing(door, visit)}
    door.scene.later(1)
    door.scene.do(commands.Undo(counter=1))
    assert standing(door, visit) == []
    door.scene.set_time("2026-11-24 09:00")
    door.scene.take()
    assert {each.id for each in standing(door, visit)} == written
    assert {each.made_at for each in standing(door, visit)} == {door.scene.clock.now}


def test_a_reason_holds_for_who_stays_in_the_building(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.scene.do(structs.replace(EXPLAINED, leaves=False))
    assert door.visit(visit.id).is_open
    door.scene.set_time("2026-11-23 16:30")
    door.do(commands.CloseDay(reason="Selesai"))
    assert not door.visit(visit.id).is_open
    assert {each.state for each in standing(door, visit)} == {DeviationState.EXPLAINED}
    assert NO_CASE in {each.cause_key for each in standing(door, visit)}


def test_undone_before_the_evening_nothing_of_a_visit_that_goes_on_stands(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.scene.do(structs.replace(EXPLAINED, leaves=False))
    door.scene.later(1)
    door.scene.do(commands.Undo(counter=1))
    assert standing(door, visit) == []


def test_what_is_mended_after_the_reason_stands_no_more(door: Doorway) -> None:
    visit = at_the_desk(door)
    door.scene.do(structs.replace(EXPLAINED, leaves=False))
    door.do(SignGuestBook(visit_id=visit.id, name="Dedi", institution="SMPN 1"))
    settle_case(door, visit)
    assert not door.visit(visit.id).is_open
    assert {each.cause_key for each in standing(door, visit)} == {""}


def test_what_was_late_of_another_is_theirs_to_explain(door: Doorway) -> None:
    """Reception's step took too long; the counter's officer answers for what the counter left out."""
    door.run_only(FACE_TO_FACE)
    visit = door.welcome()
    door.scene.later(9)
    door.do(RecordPurpose(visit_id=visit.id, purpose="informasi"))
    door.do(commands.IssueTicket(service_id=door.scene.service["A"], visit_id=visit.id))
    door.scene.serve()
    door.scene.do(EXPLAINED)
    found = standing(door, visit)
    (asked,) = (each for each in found if each.kind is DeviationKind.TIME)
    assert (asked.step, asked.officer, asked.state) == (2, door.desk.name, DeviationState.OPEN)
    assert {each.state for each in found if each.kind is DeviationKind.OUTPUT} == {DeviationState.EXPLAINED}


def test_a_dash_is_no_reason(door: Doorway) -> None:
    at_the_desk(door)
    door.scene.refused(structs.replace(FINISH, reason=" - "), words="kata-kata")
