"""Kiosk, paper, lobby TV and counter tell one place in line, each from the board that its window reads."""

import pytest

from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.core.kiosk_code import KnownTicket
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState, IssuedTicket
from ult_desktop.core.queue.ticket import Ticket
from ult_desktop.core.queue.wait_range import until_words
from ult_desktop.devices.printer.paper import queue_line
from ult_desktop.operations.queue.kiosk_codes import answer_code


def issue(scene: Scene, service: str) -> IssuedTicket:
    scene.later(0.1)
    issued: IssuedTicket = scene.office.perform(
        commands.IssueTicket(service_id=scene.service[service]), KIOSK
    )
    return issued


def on_card(scene: Scene, service: str) -> int:
    return next(each.waiting for each in scene.office.kiosk_board().lines if each.service.prefix == service)


def by_code(scene: Scene, ticket: Ticket) -> KnownTicket:
    known = answer_code(ticket.code, False, scene.office, KIOSK)
    assert isinstance(known, KnownTicket)
    return known


def in_lobby(scene: Scene, counter: int) -> list[str]:
    board = scene.office.lobby_board()
    return [label for each in board.next_up for label in each.labels if counter in dict(each.counters)]


def at_counter(scene: Scene, counter: int) -> list[str]:
    return [each.label for each in scene.office.counter_board(counter).waiting]


def test_the_wait_follows_the_hall_on_the_page_of_the_code(scene: Scene) -> None:
    """Paper keeps what was true when it was printed; the page of the code tells it as it is now."""
    scene.take()
    scene.take()
    last = issue(scene, "A")
    assert until_words(last.wait) == "10–40 menit, kira-kira pukul 09.25"
    scene.miss(1)
    assert until_words(by_code(scene, last.ticket).wait) == "5–20 menit, kira-kira pukul 09.15"
    scene.do(commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat"))
    assert by_code(scene, last.ticket).wait is None, "nobody calls"


@pytest.mark.parametrize("open_counters", [(1,), (1, 2), (1, 2, 4)])
def test_every_window_tells_the_same_place_and_wait(scene: Scene, open_counters: tuple[int, ...]) -> None:
    """The third counter, which serves four services alone, is closed."""
    scene.sit(*open_counters[1:])
    waiting: dict[str, IssuedTicket] = {}
    for service in ("A", "B", "A", "L", "B", "U", "A"):
        expected = on_card(scene, service)
        issued = issue(scene, service)
        assert expected == issued.ahead == len(waiting)
        assert until_words(issued.wait) == until_words(by_code(scene, issued.ticket).wait)
        place = f"Menunggu di depan Anda: {len(waiting)}"
        assert queue_line(issued) == (f"{place} ({until_words(issued.wait)})" if issued.wait else place)
        waiting[issued.label] = issued
    for left in range(len(waiting), 0, -1):
        line = at_counter(scene, open_counters[0])
        assert [by_code(scene, waiting[label].ticket).ahead for label in line] == list(range(left))
        for counter in open_counters:
            assert at_counter(scene, counter) == line
            assert in_lobby(scene, counter) == line[:3]
        assert scene.miss(open_counters[left % len(open_counters)]).label == line[0]


def test_priority_is_told_as_it_is_called(scene: Scene) -> None:
    regular = [issue(scene, "A").ticket for _n in range(3)]
    first = scene.take(priority=ELDERLY)
    second = scene.take("B", priority=ELDERLY)
    order = [first, regular[0], second, *regular[1:]]
    assert at_counter(scene, 1) == [each.label for each in order]
    assert in_lobby(scene, 1) == [each.label for each in order[:3]]
    assert [by_code(scene, each).ahead for each in order] == [0, 1, 2, 3, 4]
    assert on_card(scene, "B") == 5
    assert scene.order() == [each.label for each in order]


def test_who_is_sent_to_a_closed_counter_is_not_told_that_they_are_next(scene: Scene) -> None:
    sent = scene.take()
    scene.sit(2)
    scene.serve(1)
    scene.do(commands.Transfer(counter=1, to_counter=2))
    assert by_code(scene, sent).callable_now
    scene.do(commands.SetCounter(counter=2, state=CounterState.PAUSED, reason="Istirahat"), 2)
    paused = by_code(scene, sent)
    assert (paused.ahead, paused.callable_now) == (0, False)
    assert in_lobby(scene, 2) == []
    assert at_counter(scene, 2) == [sent.label]
