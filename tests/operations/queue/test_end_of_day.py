"""A new day and the end of one, by the office's own calendar."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.db.store.postgres.cable import Cable
from tests.office import PASSWORD, make_office, open_office
from tests.operations.scene import ELDERLY, KIOSK, Scene
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import HallBoard
from ult_desktop.core.queue.ticket import TicketState
from ult_desktop.db.queue import servings
from ult_desktop.db.store.server_address import address_in
from ult_desktop.db.store.transaction import Transaction

pytestmark = pytest.mark.by_engine

EVENING = "2026-11-23 23:59:50"


def test_numbers_restart_in_every_series_and_history_is_kept(scene: Scene) -> None:
    scene.set_time("2026-11-23 23:00")
    before = [scene.take(), scene.take("B"), scene.take(priority=ELDERLY), scene.take()]
    scene.later(60)
    after = [scene.take(), scene.take("B"), scene.take(priority=ELDERLY)]
    assert [ticket.label for ticket in after] == ["A001", "B001", "P001"]
    assert {ticket.day for ticket in before} == {"2026-11-23"}
    assert {ticket.day for ticket in after} == {"2026-11-24"}
    assert [scene.ticket(ticket).label for ticket in before] == ["A001", "B001", "P001", "A002"]


@pytest.mark.parametrize(
    ("office", "utc_hour"), [("bpmp-kaltara", 16), ("bpmp-kepri", 17), ("bpmp-sumut", 17), ("bpmp-dki", 17)]
)
def test_the_day_begins_at_the_offices_own_midnight(tmp_path: Path, office: str, utc_hour: int) -> None:
    scene = Scene(make_office(tmp_path / office, office, hand_clock=True), f"2026-11-23 {23}:59")
    prefix = next(iter(scene.service))
    last = scene.take(prefix)
    scene.later(2)
    assert [last.number, scene.take(prefix).number] == [1, 1]
    assert scene.clock.now // 3_600_000 % 24 == utc_hour
    scene.close()


def test_what_yesterday_left_is_closed_with_a_reason(scene: Scene) -> None:
    scene.sit(2)
    scene.set_time(EVENING)
    served, called, waiting, held, done = [scene.take() for _n in range(5)]
    scene.do(commands.Hold(ticket_id=held.id))
    scene.do(commands.CallTicket(counter=1, ticket_id=done.id))
    scene.do(commands.Arrive(counter=1))
    scene.do(commands.Finish(counter=1))
    scene.serve(1)
    scene.call(2)
    scene.later(10)
    scene.take()
    left = [scene.ticket(ticket) for ticket in (served, called, waiting, held)]
    assert [ticket.state for ticket in left] == [
        TicketState.DONE,
        TicketState.CANCELLED,
        TicketState.CANCELLED,
        TicketState.CANCELLED,
    ]
    assert {ticket.remark for ticket in left} == {"Hari berganti"}
    assert scene.ticket(done).remark == ""
    assert scene.call(1).label == "A001"


def test_the_closing_of_yesterday_is_an_event_of_its_own(scene: Scene) -> None:
    scene.set_time(EVENING)
    left = scene.take()
    scene.later(10)
    scene.take()
    scene.take()
    begun = [event for event in scene.events() if event.kind == "day.begun"]
    told = {"tickets": [left.id], "held": [], "remarked": [left.id], "turns": [], "visits": []}
    assert [json.loads(event.data) for event in begun] == [told]
    assert scene.kinds()[-3:] == ["day.begun", "ticket.issued", "ticket.issued"]


@pytest.mark.parametrize("command", [commands.StaffCounter(counter=1), commands.StaffCounter(counter=2)])
def test_yesterdays_visitor_blocks_nobody_in_the_morning(
    scene: Scene, command: commands.StaffCounter
) -> None:
    scene.take()
    scene.serve()
    scene.later(24 * 60)
    scene.office.perform(command, scene.officer(2))
    assert scene.office.counter_board(1).mine.current is None


def test_a_night_is_no_serving_time_and_nothing_to_undo(scene: Scene) -> None:
    scene.take()
    scene.serve()
    scene.later(16 * 60)
    scene.take()
    assert scene.office.read(lambda tx: servings.recent_servings(tx, scene.clock.now)) == ()
    scene.refused(commands.Undo(counter=1), words="Tidak ada yang dapat diurungkan")


def test_an_officer_who_works_past_midnight_can_finish(scene: Scene) -> None:
    scene.set_time(EVENING)
    scene.take()
    scene.serve()
    scene.later(10)
    assert scene.do(commands.Finish(counter=1)).state is TicketState.DONE


def test_close_day_closes_what_is_left_with_the_reason(scene: Scene) -> None:
    scene.sit(2)
    served, called, waiting = [scene.take() for _n in range(3)]
    scene.serve(1)
    scene.call(2)
    assert scene.office.perform(commands.CloseDay(reason="Jam layanan berakhir"), scene.officer(1)) == 3
    states = [scene.ticket(ticket).state for ticket in (served, called, waiting)]
    assert states == [TicketState.DONE, TicketState.CANCELLED, TicketState.CANCELLED]
    assert scene.ticket(waiting).remark == "Jam layanan berakhir"
    assert scene.take().label == "A004"


@pytest.fixture
def weekdays(tmp_path: Path) -> Iterator[Scene]:
    """An office with hours of its own, until 16.00 on a Monday, and an officer who may close early."""
    scene = Scene(make_office(tmp_path, always_open=False, hand_clock=True))
    scene.sit(1)
    yield scene
    scene.close()


@pytest.mark.parametrize("who", ["nina", "kepala", "admin"])
def test_before_closing_time_whoever_answers_for_the_hall_closes_the_day(weekdays: Scene, who: str) -> None:
    weekdays.take()
    close = commands.CloseDay(reason="Listrik padam")
    weekdays.refused(close, words=r"Sebelum jam tutup \(1\d\.\d\d\)")
    officer = weekdays.office.sign_in(who, PASSWORD)
    assert weekdays.office.perform(close, officer) == 1


@pytest.mark.parametrize("when", ["2026-11-23 16:00", "2026-11-28 10:00"])
def test_after_closing_time_and_on_a_day_off_the_front_office_closes_it(weekdays: Scene, when: str) -> None:
    weekdays.set_time(when)
    assert weekdays.office.perform(commands.CloseDay(reason="Selesai"), weekdays.officer(1)) == 0


def test_closing_an_empty_day(scene: Scene) -> None:
    assert scene.office.perform(commands.CloseDay(reason="Selesai"), scene.officer(1)) == 0


@pytest.mark.file_only("copies")
def test_a_copy_of_the_file_can_go_on(scene: Scene, tmp_path: Path) -> None:
    """The day is in the file, not in the process: another station continues the count."""
    scene.take()
    other = tmp_path / "lain"
    other.mkdir()
    shutil.copy(scene.path, other / "office.db")
    second = Scene(other / "office.db", "2026-11-23 10:00")
    assert second.take().label == "A002"
    second.close()


def test_the_boards_say_until_when_it_is_too_early(weekdays: Scene) -> None:
    weekdays.set_time("2026-11-23 15:59")
    assert [(board.end.closes, board.end.early) for board in boards(weekdays)] == [("16.00", True)] * 2
    weekdays.set_time("2026-11-23 16:00")
    assert [(board.end.closes, board.end.early) for board in boards(weekdays)] == [("16.00", False)] * 2


def boards(scene: Scene) -> tuple[HallBoard, HallBoard]:
    return scene.office.hall_board(), scene.office.counter_board(1)


@pytest.mark.posix_only("postgresql")
@pytest.mark.slow
def test_a_day_ends_however_far_the_server_is(tmp_path: Path) -> None:
    """A write is open for ten seconds at most: no visit that was left open adds a way there and back."""
    path = make_office(tmp_path, on_server=True)
    near = Scene(path)
    near.sit(1)
    for _visit in range(15):
        near.take()
        near.serve(1)
        near.do(commands.Finish(counter=1))
    near.take()
    near.set_time("2026-11-24 08:00")
    address = address_in(path)
    with Cable.laid(address, delay_s=0.02) as cable:
        path.write_text(cable.address)
        with closing(open_office(path)) as far:
            far.clock = near.clock
            far.perform(commands.IssueTicket(service_id=1), KIOSK)
    path.write_text(address)
    assert near.office.read(left_of_yesterday) == [(0, 0)]
    near.close()


def left_of_yesterday(tx: Transaction) -> list[tuple[int, int]]:
    """How many visits and numbers are open yet."""
    return tx.rows(
        "SELECT (SELECT count(*) FROM visit WHERE day = '2026-11-23' AND ended_at IS NULL),"
        " (SELECT count(*) FROM ticket WHERE day = '2026-11-23' AND state = 'waiting')"
    )
