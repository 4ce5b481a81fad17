"""A number just taken names the counters that are open now and may call it."""

from tests.operations.scene import KIOSK, Scene
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState


def test_only_open_counters_of_the_service_are_named(scene: Scene) -> None:
    def told() -> list[int] | None:
        command = commands.IssueTicket(service_id=scene.service["A"])
        counters = scene.kiosk.perform(command, KIOSK).counters
        return None if counters is None else [number for number, _name in counters]

    before = told()
    assert before is not None
    assert 1 in before
    scene.do(commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat"))
    assert told() == [number for number in before if number != 1]


def test_a_free_counter_is_named_first(scene: Scene) -> None:
    """There the next one is called."""
    scene.take("A")
    command = commands.IssueTicket(service_id=scene.service["A"])
    before = scene.kiosk.perform(command, KIOSK).counters
    assert before is not None
    assert before[0][0] == 1
    scene.call()
    assert scene.kiosk.perform(command, KIOSK).counters == (*before[1:], before[0])
