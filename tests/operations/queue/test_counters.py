"""Sit down, pause, leave; what each does to the counter and to whoever waits for it."""

import pytest

from tests.operations.scene import Scene
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState, CounterStatus
from ult_desktop.core.queue.ticket import TicketState

pytestmark = pytest.mark.by_engine


def perform(scene: Scene, command: Command, counter: int = 1) -> CounterStatus:
    line: CounterStatus = scene.office.perform(command, scene.officer(counter))
    return line


def test_sitting_down_opens_the_counter(scene: Scene) -> None:
    line = perform(scene, commands.StaffCounter(counter=2), 2)
    assert (line.state, line.officer) == (CounterState.OPEN, "Budi Santoso")


def test_a_free_counter_is_taken_over_and_the_log_keeps_both(scene: Scene) -> None:
    line = perform(scene, commands.StaffCounter(counter=1), 2)
    assert line.officer == "Budi Santoso"
    last = scene.events()[-1]
    assert last.officer_id == scene.officer(2).officer_id
    assert last.data == f'{{"before":{scene.officer(1).officer_id}}}'


def test_a_counter_with_a_visitor_is_not_taken_over(scene: Scene) -> None:
    scene.take()
    scene.call()
    scene.refused(commands.StaffCounter(counter=1), counter=2, words="Loket 1 masih menangani nomor A001")


def test_signing_in_again_keeps_visitor_and_pause(scene: Scene) -> None:
    """A PC that was restarted finds its counter as it was."""
    scene.take()
    scene.call()
    perform(scene, commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Rapat"))
    line = perform(scene, commands.StaffCounter(counter=1))
    assert (line.state, line.pause_reason) == (CounterState.PAUSED, "Rapat")
    assert line.current is not None


def test_pause_and_open(scene: Scene) -> None:
    paused = perform(scene, commands.SetCounter(counter=1, state=CounterState.PAUSED, reason=" Salat "))
    assert (paused.state, paused.pause_reason) == (CounterState.PAUSED, "Salat")
    opened = perform(scene, commands.SetCounter(counter=1, state=CounterState.OPEN))
    assert (opened.state, opened.pause_reason) == (CounterState.OPEN, "")


def test_a_visitor_at_a_paused_counter_is_served_to_the_end(scene: Scene) -> None:
    scene.take()
    scene.serve()
    perform(scene, commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Rapat"))
    scene.do(commands.Finish(counter=1))
    assert scene.do(commands.Undo(counter=1)).state is TicketState.SERVING


@pytest.mark.parametrize(
    ("state", "reason", "words"),
    [
        (CounterState.PAUSED, "  ", "dijeda hanya dengan alasan"),
        (CounterState.CLOSED, "Pulang", "Loket ditutup dengan keluar dari loket"),
    ],
)
def test_a_state_that_cannot_be_set(scene: Scene, state: CounterState, reason: str, words: str) -> None:
    scene.refused(commands.SetCounter(counter=1, state=state, reason=reason), words=words)


def test_a_closed_counter_cannot_be_paused(scene: Scene) -> None:
    command = commands.SetCounter(counter=2, state=CounterState.PAUSED, reason="Rapat")
    scene.refused(command, words="Loket 2 belum dibuka")


def test_leaving_closes_the_counter(scene: Scene) -> None:
    line = perform(scene, commands.LeaveCounter(counter=1))
    assert (line.state, line.officer, line.officer_id) == (CounterState.CLOSED, "", None)


def test_leaving_twice_is_no_error(scene: Scene) -> None:
    perform(scene, commands.LeaveCounter(counter=1))
    assert perform(scene, commands.LeaveCounter(counter=1)).state is CounterState.CLOSED


def test_nobody_leaves_a_visitor_behind(scene: Scene) -> None:
    scene.take()
    scene.serve()
    scene.refused(commands.LeaveCounter(counter=1), words="Loket 1 masih menangani nomor A001")
