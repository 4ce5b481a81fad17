"""Marks of a visit's steps by the queue itself: issue, calls, arrivals, and waiting again."""

import pytest

from tests.operations.accountability.accounting import run_face_to_face, steps
from tests.operations.scene import KIOSK, MINUTE, Scene
from ult_desktop.core.office.template import AskedBy
from ult_desktop.core.procedures.commands import PauseClock
from ult_desktop.core.procedures.progress import StepState
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.visits.commands import SignGuestBook
from ult_desktop.core.visits.visit import Visit
from ult_desktop.db.visits import visits


@pytest.fixture
def ticket(scene: Scene) -> Ticket:
    """Taken at 09.00, called at 09.10, arrived at 09.11."""
    run_face_to_face(scene)
    taken = scene.take()
    scene.kiosk.perform(SignGuestBook(ticket_id=taken.id, name="Ani"), KIOSK)
    scene.later(10)
    scene.do(commands.CallNext(counter=1))
    scene.later(1)
    scene.do(commands.Arrive(counter=1))
    return taken


def visit_of(scene: Scene, ticket: Ticket) -> Visit:
    visit = scene.office.read(lambda tx: visits.of_ticket(tx, ticket.id))
    assert visit is not None
    return visit


def test_issue_call_and_arrival(scene: Scene, ticket: Ticket) -> None:
    found = steps(scene, visit_of(scene, ticket))
    done = [step.step for step in found.progress.steps if step.ended_at]
    assert done == [3, 5, 6]
    assert found.progress.waited_ms == 10 * MINUTE
    assert found.people[found.progress.of_step(5).officer_id or 0] == "Siti Rahmawati"


def test_who_is_sent_on_keeps_what_was_done_and_waits_again(scene: Scene, ticket: Ticket) -> None:
    scene.sit(2)
    scene.later(1)
    scene.do(commands.Transfer(counter=1, to_counter=2))
    before = steps(scene, visit_of(scene, ticket)).progress
    assert [step.step for step in before.steps if step.ended_at] == [3, 5, 6]
    scene.later(30)
    waiting = steps(scene, visit_of(scene, ticket)).progress
    assert (waiting.waited_ms, waiting.of_step(7).spent_ms) == (40 * MINUTE, MINUTE)
    scene.do(commands.CallNext(counter=2))
    scene.later(1)
    called = steps(scene, visit_of(scene, ticket)).progress
    assert (called.waited_ms, called.of_step(7).spent_ms) == (40 * MINUTE, 2 * MINUTE)


def test_who_misses_the_call_is_not_in_the_receptionists_time(scene: Scene, ticket: Ticket) -> None:
    late = scene.take()
    scene.do(commands.Finish(counter=1))
    scene.later(10)
    scene.do(commands.CallNext(counter=1))
    scene.later(5)
    scene.do(commands.NoShow(counter=1))
    scene.later(20)
    scene.do(commands.ComeBack(ticket_id=late.id))
    scene.do(commands.CallNext(counter=1))
    scene.later(1)
    scene.do(commands.Arrive(counter=1))
    found = steps(scene, visit_of(scene, late)).progress
    assert (found.of_step(6).state, found.of_step(6).spent_ms) == (StepState.IN_TIME, MINUTE)
    assert found.waited_ms == 35 * MINUTE, "until the call that was followed"


def test_an_arrival_ends_a_forgotten_pause(scene: Scene, ticket: Ticket) -> None:
    visit = visit_of(scene, ticket)
    scene.do(PauseClock(visit_id=visit.id, reason="Mengambil berkas", asked_by=AskedBy.VISITOR))
    scene.sit(2)
    scene.do(commands.Transfer(counter=1, to_counter=2))
    scene.do(commands.CallNext(counter=2))
    assert steps(scene, visit).pause is not None
    scene.do(commands.Arrive(counter=2))
    assert steps(scene, visit).pause is None
