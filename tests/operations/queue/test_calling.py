"""Call: the ULT's rule of three, out of order, by mouth; only who sits at an open, free counter."""

import threading
from pathlib import Path

import pytest

from tests.office import calls_after, open_office, sign_in, store_of
from tests.operations.scene import ELDERLY, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.command import Command
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.db.queue import counters
from ult_desktop.db.store.transaction import Transaction
from ult_desktop.operations.queue import calling

pytestmark = pytest.mark.by_engine

PAUSE = commands.SetCounter(counter=1, state=CounterState.PAUSED, reason="Istirahat")


def test_oldest_first(scene: Scene) -> None:
    labels = [scene.take(service).label for service in "ABA"]
    assert labels == ["A001", "B001", "A002"]
    assert scene.order() == labels


def test_priority_and_regular_in_turn(scene: Scene) -> None:
    for _n in range(3):
        scene.take()
    for _n in range(2):
        scene.take(priority=ELDERLY)
    assert scene.order() == ["P001", "A001", "P002", "A002", "A003"]


def test_the_priority_counter_takes_priority_first(scene: Scene) -> None:
    scene.sit(4)
    scene.take()
    for _n in range(2):
        scene.take(priority=ELDERLY)
    assert scene.order(counter=4) == ["P001", "P002", "A001"]


def test_a_counter_calls_what_it_serves(scene: Scene) -> None:
    scene.sit(3)
    scene.take("A")
    scene.refused(commands.CallNext(counter=3), words="Tidak ada yang menunggu untuk loket ini")
    scene.take("L")
    assert scene.call(3).label == "L001"


def test_three_calls_and_no_more(scene: Scene) -> None:
    scene.take()
    assert scene.call().calls == 1
    assert scene.do(commands.Recall(counter=1)).calls == 2
    assert scene.do(commands.Recall(counter=1)).calls == 3
    scene.refused(commands.Recall(counter=1), words=r"A001 sudah dipanggil 3 kali.*Tandai tidak hadir")
    assert scene.do(commands.NoShow(counter=1)).state is TicketState.NO_SHOW


def test_a_call_is_announced_once_each_in_order(scene: Scene) -> None:
    scene.take()
    scene.call()
    scene.do(commands.Recall(counter=1))
    calls = calls_after(scene.office, 0)
    assert [(call.label, call.counter, call.attempt, call.spoken) for call in calls] == [
        ("A001", 1, 1, True),
        ("A001", 1, 2, True),
    ]


def test_a_call_by_mouth_is_recorded_and_not_spoken(scene: Scene) -> None:
    ticket = scene.take()
    scene.do(commands.CallTicket(counter=1, ticket_id=ticket.id, by_mouth=True))
    scene.do(commands.Recall(counter=1, by_mouth=True))
    assert [call.spoken for call in calls_after(scene.office, 0)] == [False, False]
    assert scene.ticket(ticket).calls == 2


def test_out_of_order_from_the_list(scene: Scene) -> None:
    scene.take()
    second = scene.take()
    assert scene.do(commands.CallTicket(counter=1, ticket_id=second.id)).label == "A002"
    assert [ticket.label for ticket in scene.office.counter_board(1).waiting] == ["A001"]


def test_one_visitor_at_a_time(scene: Scene) -> None:
    scene.take()
    scene.take()
    scene.call()
    scene.refused(commands.CallNext(counter=1), words="Loket 1 masih menangani nomor A001")


def test_not_while_paused(scene: Scene) -> None:
    scene.take()
    scene.office.perform(PAUSE, scene.officer(1))
    scene.refused(commands.CallNext(counter=1), words="Loket 1 sedang istirahat")


def test_not_at_a_closed_counter(scene: Scene) -> None:
    scene.take()
    scene.refused(commands.CallNext(counter=2), words="Loket 2 belum dibuka")


@pytest.mark.parametrize(
    "command",
    [
        commands.CallNext(counter=1),
        commands.Recall(counter=1),
        commands.Arrive(counter=1),
        commands.NoShow(counter=1),
        commands.Undo(counter=1),
        commands.LeaveCounter(counter=1),
        PAUSE,
    ],
    ids=lambda command: type(command).__name__,
)
def test_only_who_sits_there_acts_at_a_counter(scene: Scene, command: Command) -> None:
    scene.sit(2)
    scene.take()
    scene.call(1)
    scene.refused(command, counter=2, words="Loket 1 dijaga Siti Rahmawati")


@pytest.mark.parametrize("command", [commands.Finish(counter=1), commands.Transfer(counter=1, to_service=2)])
def test_only_who_sits_there_ends_a_visit(scene: Scene, command: Command) -> None:
    scene.sit(2)
    scene.take()
    scene.serve(1)
    scene.refused(command, counter=2, words="Loket 1 dijaga Siti Rahmawati")


def test_the_claim_is_conditional(scene: Scene) -> None:
    """Whoever holds an old picture of a ticket does not get a visitor whom another counter called."""
    scene.sit(2)
    stale = scene.take()
    scene.call(1)

    def claim(tx: Transaction) -> None:
        counter = counters.find(tx, 2)
        assert counter is not None
        calling._call(tx, stale, counter, None, None)  # type: ignore[arg-type]

    with pytest.raises(UserError, match="Nomor A001 sudah dipanggil loket lain"):
        store_of(scene.office).write(claim)


def test_two_counters_never_get_one_visitor(scene: Scene, tmp_path: Path) -> None:
    """Four counters call as fast as they can, each with a connection of its own."""
    scene.sit(2, 4)
    labels = [scene.take().label for _n in range(20)]
    got: dict[int, list[str]] = {1: [], 2: [], 4: []}

    def work(number: int) -> None:
        office = open_office(scene.path, f"loket-{number}")
        office.clock = scene.clock
        actor = sign_in(office, number)
        for _n in range(len(labels)):
            try:
                got[number].append(office.perform(commands.CallNext(counter=number), actor).label)
            except UserError as refusal:
                assert refusal.what.startswith("Tidak ada yang menunggu")  # noqa: PT017
                break
            office.perform(commands.NoShow(counter=number), actor)
        office.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in got]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(label for each in got.values() for label in each) == labels
