"""A station that dies gives its call back by rule, and its counter to whoever takes it over."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

import ult_desktop
from tests.office import open_office, sign_in, store_of
from tests.operations.scene import Scene
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.connection import GONE_MS
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.ticket import Ticket, TicketState
from ult_desktop.core.stamps import DAY_MS, MINUTE_MS
from ult_desktop.db.queue import servings
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.by_engine

ROOT = Path(ult_desktop.__file__).parents[1]
GONE_MINUTES = GONE_MS / MINUTE_MS


def seen(scene: Scene, boot: str = "b", name: str = "uji") -> None:
    """The station reports itself, as it does each half minute."""
    scene.office.report_presence(
        Presence(name=name, mode="counter", version="1", boot=boot, seen_at=scene.clock.now)
    )


@pytest.fixture
def dead(scene: Scene) -> Ticket:
    """Counter 1 called A001, and its station was never heard of again; others wait."""
    seen(scene)
    scene.sit(1, 2)
    store_of(scene.office).write(lambda tx: tx.run("UPDATE counter SET station = 'loket-2' WHERE number = 2"))
    called = scene.take()
    scene.call(1)
    scene.take()
    scene.later(GONE_MINUTES)
    return called


def test_the_next_call_of_another_counter_takes_the_visitor_back(scene: Scene, dead: Ticket) -> None:
    queued_at, place = dead.queued_at, dead.place
    called = scene.call(2)
    assert (called.id, called.queued_at, called.place) == (dead.id, queued_at, place)
    given, done = scene.events()[-2:]
    assert (given.kind, given.subject) == ("ticket.given_back", dead.id)
    assert json.loads(given.data) == {"label": "A001", "counter": 1, "rule": "station_gone"}
    assert json.loads(done.data)["freed"] == [dead.id]


def test_a_report_from_the_future_is_no_sign_of_life(scene: Scene, dead: Ticket) -> None:
    """A PC with a wrong clock wrote it; the one that called is gone all the same."""
    future = scene.clock.now + 365 * DAY_MS
    store_of(scene.office).write(
        lambda tx: tx.run("UPDATE station SET seen_at = ? WHERE name = 'uji'", future)
    )
    assert scene.call(2).id == dead.id
    assert [each.name for each in scene.office.counter_board(2).stations] == []


def test_whoever_takes_that_counter_finds_it_free_then_too(scene: Scene, dead: Ticket) -> None:
    future = scene.clock.now + 365 * DAY_MS
    store_of(scene.office).write(
        lambda tx: tx.run("UPDATE station SET seen_at = ? WHERE name = 'uji'", future)
    )
    scene.office.perform(commands.LeaveCounter(counter=2), scene.officer(2))
    scene.office.perform(commands.StaffCounter(counter=1), scene.officer(2))
    assert scene.ticket(dead).state is TicketState.WAITING


def test_he_is_called_by_name_from_the_list_that_shows_him(scene: Scene, dead: Ticket) -> None:
    board = scene.office.counter_board(2)
    assert [(each.label, each.state) for each in board.waiting] == [
        ("A001", TicketState.WAITING),
        ("A002", TicketState.WAITING),
    ]
    assert board.next_up is not None
    assert board.next_up.id == dead.id
    assert scene.do(commands.CallTicket(counter=2, ticket_id=dead.id)).counter == 2


def test_lobby_and_kiosk_count_him_too(scene: Scene, dead: Ticket) -> None:
    assert [each.labels for each in scene.office.lobby_board().next_up] == [(dead.label, "A002")]
    line = next(each for each in scene.office.kiosk_board().lines if each.service.prefix == "A")
    assert line.waiting == 2


def test_who_takes_over_the_counter_finds_it_free(scene: Scene, dead: Ticket) -> None:
    scene.office.perform(commands.LeaveCounter(counter=2), scene.officer(2))
    line = scene.office.perform(commands.StaffCounter(counter=1), scene.officer(2))
    assert (line.current, line.officer) == (None, "Budi Santoso")
    assert scene.ticket(dead).state is TicketState.WAITING
    assert scene.do(commands.CallNext(counter=1), 2).id == dead.id


def test_a_station_at_work_keeps_whom_it_called(scene: Scene, dead: Ticket) -> None:
    seen(scene)
    assert [each.label for each in scene.office.counter_board(2).waiting] == ["A002"]
    scene.refused(commands.StaffCounter(counter=1), 2, words="Loket 1 masih menangani nomor A001")
    assert scene.call(2).label == "A002"
    assert scene.ticket(dead).counter == 1


def test_a_station_that_never_reported_itself_is_not_judged(scene: Scene) -> None:
    scene.sit(2)
    scene.take()
    scene.call(1)
    scene.later(60)
    scene.refused(commands.CallNext(counter=2), 2, words="Tidak ada yang menunggu")
    scene.refused(commands.StaffCounter(counter=1), 2, words="Loket 1 masih menangani")


def test_a_call_again_is_a_sign_of_life(scene: Scene, dead: Ticket) -> None:
    scene.do(commands.Recall(counter=1))
    assert scene.call(2).label == "A002"
    assert scene.ticket(dead).state is TicketState.CALLED


def test_the_officer_who_comes_back_to_his_counter_keeps_the_visitor(scene: Scene, dead: Ticket) -> None:
    scene.sit(1)
    assert scene.do(commands.Arrive(counter=1)).id == dead.id


def test_who_is_served_stays_until_somebody_takes_the_counter(scene: Scene, dead: Ticket) -> None:
    scene.do(commands.Arrive(counter=1))
    scene.later(GONE_MINUTES)
    assert scene.visit(2).label == "A002"
    line = scene.office.perform(commands.StaffCounter(counter=1), scene.officer(2))
    assert line.current is not None
    assert line.current.id == dead.id
    assert scene.do(commands.Finish(counter=1), 2).state is TicketState.DONE
    last = scene.office.read(lambda tx: next(iter(servings.ended_at_counter(tx, "2026-11-23", 1)), None))
    assert last is not None
    assert last.officer_id == scene.officer(2).officer_id


def test_who_serves_somebody_takes_over_no_second(scene: Scene, dead: Ticket) -> None:
    scene.do(commands.Arrive(counter=1))
    scene.later(GONE_MINUTES)
    assert scene.serve(2).id != dead.id
    scene.refused(commands.StaffCounter(counter=1), 2, words="Anda masih melayani")


def test_a_pc_that_was_started_anew_is_no_longer_the_one_that_called(scene: Scene, dead: Ticket) -> None:
    """Another officer signs in at it before two minutes are over."""
    seen(scene, boot="again")
    line = scene.office.perform(commands.StaffCounter(counter=1), scene.officer(2))
    assert line.current is None
    assert scene.ticket(dead).state is TicketState.WAITING


def test_who_was_sent_to_the_dead_counter_waits_for_any(scene: Scene) -> None:
    seen(scene)
    scene.sit(1, 2)
    store_of(scene.office).write(lambda tx: tx.run("UPDATE counter SET station = 'loket-2' WHERE number = 2"))
    sent = scene.take()
    scene.serve(2)
    scene.do(commands.Transfer(counter=2, to_counter=1))
    assert scene.call(1).id == sent.id
    scene.later(GONE_MINUTES)
    assert scene.call(2).id == sent.id


def _call_and_hang(path: Path) -> None:
    """A counter of its own process: reports itself, calls, and waits to be killed."""
    with closing(open_office(path, "loket-1")) as office:
        officer = sign_in(office)
        office.report_presence(
            Presence(name="loket-1", mode="counter", version="1", boot="b", seen_at=office.clock())
        )
        office.perform(commands.StaffCounter(counter=1), officer)
        print(office.perform(commands.CallNext(counter=1), officer).label, flush=True)  # noqa: T201
        sys.stdin.readline()


@pytest.mark.slow
def test_a_counter_that_was_really_killed(office: Office, office_file: Path) -> None:
    office.perform(commands.IssueTicket(service_id=1), Actor(station="kios"))
    command = [sys.executable, "-m", "tests.operations.queue.test_abandoned_counters", str(office_file)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as counter:
        assert counter.stdout is not None
        assert counter.stdout.readline().strip() == "A001"
        counter.kill()
    budi = sign_in(office, 2)
    office.perform(commands.StaffCounter(counter=2), budi)
    office.clock.offset_ms += GONE_MS
    assert office.perform(commands.CallNext(counter=2), budi).label == "A001"


if __name__ == "__main__":
    _call_and_hang(Path(sys.argv[1]))
