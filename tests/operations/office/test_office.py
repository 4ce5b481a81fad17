"""The office as a station sees it: its snapshots, its presence, its clock."""

from pathlib import Path

import pytest

from tests.office import PASSWORD, open_office
from tests.operations.scene import ELDERLY, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office


def presence(scene: Scene, name: str, minutes_ago: float = 0) -> Presence:
    seen = scene.clock.now - round(minutes_ago * 60_000)
    return Presence(name=name, mode="display", version="1", boot="b", seen_at=seen, voice="ready")


def test_what_the_counter_sees(scene: Scene) -> None:
    for _n in range(2):
        scene.take()
    scene.take(priority=ELDERLY)
    missed = scene.miss()
    board = scene.office.counter_board(1)
    assert [ticket.label for ticket in board.missed] == [missed.label] == ["P001"]
    assert [ticket.label for ticket in board.waiting] == ["A001", "A002"]
    assert board.next_up is not None
    assert board.next_up.label == "A001" == scene.call().label
    current = scene.office.counter_board(1).mine.current
    assert current is not None
    assert current.label == "A001"


def test_a_file_that_lost_its_own_row_is_damaged_to_who_writes_too(office: Office) -> None:
    office._store.write(lambda tx: tx.run("DELETE FROM office"))
    with pytest.raises(DamagedFile):
        office.perform(commands.IssueTicket(service_id=1), Actor(station="kios-1"))


def test_a_counter_that_is_not_there_has_no_board(scene: Scene) -> None:
    with pytest.raises(UserError, match="Loket 77 tidak ada"):
        scene.office.counter_board(77)


def test_half_a_character_is_refused_in_words(scene: Scene) -> None:
    before = scene.dump()
    with pytest.raises(UserError, match="huruf rusak") as refusal:
        scene.do(commands.CloseDay(reason="tutup \ud83d"))
    assert refusal.value.safe
    assert scene.dump() == before


def test_what_the_kiosk_shows(scene: Scene) -> None:
    scene.take("B")
    board = scene.office.kiosk_board()
    assert {line.service.prefix: line.waiting for line in board.lines if line.waiting} == {"B": 1}
    assert board.office.short_name == "BPMP Kaltara"


def test_a_display_walks_the_calls_without_missing_or_repeating_one(scene: Scene) -> None:
    scene.take()
    scene.take()
    scene.call()
    begin = scene.office.lobby_update(None)
    assert begin.calls == ()
    assert [call.label for call in begin.board.calls] == ["A001"]
    scene.do(commands.Recall(counter=1))
    scene.do(commands.NoShow(counter=1))
    scene.call()
    news = scene.office.lobby_update(begin.last_seq)
    assert [(call.label, call.attempt) for call in news.calls] == [("A001", 2), ("A002", 1)]
    assert scene.office.lobby_update(news.last_seq).calls == ()
    assert scene.office.last_seq() == news.last_seq


def test_what_the_lobby_shows_of_the_counters(scene: Scene) -> None:
    scene.take()
    scene.call()
    line = scene.office.lobby_board().counters[0]
    assert (line.state, line.current is not None) == (CounterState.OPEN, True)


def test_stations_at_work_are_those_seen_lately(scene: Scene) -> None:
    scene.office.report_presence(presence(scene, "tv-lama", minutes_ago=3))
    scene.office.report_presence(presence(scene, "tv-1"))
    assert [(line.name, line.voice) for line in scene.office.hall_board().stations] == [("tv-1", "ready")]


def test_a_station_reports_itself_again_after_every_open(scene: Scene) -> None:
    scene.office.report_presence(presence(scene, "tv-1", minutes_ago=5))
    scene.office.report_presence(presence(scene, "tv-2"))
    scene.office._store.write(lambda tx: tx.run("DELETE FROM station"))
    scene.office._store.close()
    scene.take()
    assert [line.name for line in scene.office.hall_board().stations] == ["tv-2"]


def test_the_clock_is_the_shares(scene: Scene) -> None:
    """On one disk the two agree: nothing is corrected, and no mark is left in the folder."""
    assert scene.office.clock.measure() == 0
    assert [path.name for path in scene.path.parent.glob(".ult-clock*")] == []


def test_nobody_signs_in_without_a_share(scene: Scene, tmp_path: Path) -> None:
    impatient = Office(scene.path, "lain", tmp_path / "journal-lain.db", timeout_s=0.05)
    away = scene.path.rename(scene.path.with_name("away.db"))
    impatient._store.close()
    with pytest.raises(UserError, match="tidak ditemukan"):
        impatient.sign_in("siti", PASSWORD)
    away.rename(scene.path)
    assert impatient.sign_in("siti", PASSWORD).name == "Siti Rahmawati"
    impatient.close()


def test_an_office_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak ditemukan"):
        open_office(tmp_path / "nowhere.db")
    assert not (tmp_path / "nowhere.db").exists()
