"""The office as a station sees it: its snapshots, its presence, its clock."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.office import PASSWORD, calls_after, open_office, plain_link, report_other, store_of
from tests.operations.scene import ELDERLY, Scene
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.accountability.commands import CollectDeviations
from ult_desktop.core.offline import RELIABLE_DAYS, USUAL_LETTER
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import CounterState
from ult_desktop.core.visits.commands import CheckRequirements
from ult_desktop.db.store import stations
from ult_desktop.db.store.errors import DamagedFile
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office

pytestmark = pytest.mark.by_engine

if TYPE_CHECKING:
    from ult_desktop.core.command import Command


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
    store_of(office).write(lambda tx: tx.run("DELETE FROM office"))
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


def test_what_no_replay_could_read_is_refused(scene: Scene) -> None:
    """A command that is made in the program is not read before it is done; the journal's copy of it is."""
    before = scene.dump()
    with pytest.raises(UserError, match="tidak dapat dipakai: Expected `array` of length >= 1"):
        scene.do(CollectDeviations(visits=()))
    assert scene.dump() == before


def test_what_the_kiosk_shows(scene: Scene) -> None:
    scene.take("B")
    board = scene.office.kiosk_board()
    assert {line.waiting for line in board.lines} == {1}, "the open counter serves everything"
    assert board.office.short_name == "BPMP Kaltara"


def test_a_display_walks_the_calls_without_missing_or_repeating_one(scene: Scene) -> None:
    scene.take()
    scene.take()
    scene.call()
    began = scene.office.last_seq()
    assert [call.label for call in scene.office.lobby_board().calls] == ["A001"]
    scene.do(commands.Recall(counter=1))
    scene.do(commands.NoShow(counter=1))
    scene.call()
    calls = calls_after(scene.office, began)
    assert [(call.label, call.attempt) for call in calls] == [("A001", 2), ("A002", 1)]
    assert calls_after(scene.office, calls[-1].seq) == ()


def test_what_the_lobby_shows_of_the_counters(scene: Scene) -> None:
    scene.take()
    scene.call()
    line = scene.office.lobby_board().counters[0]
    assert (line.state, line.current is not None) == (CounterState.OPEN, True)


def test_stations_at_work_are_those_seen_lately(scene: Scene) -> None:
    report_other(scene.office, presence(scene, "tv-lama", minutes_ago=3))
    scene.office.report_presence(presence(scene, "tv-1"))
    assert [(line.name, line.voice) for line in scene.office.hall_board().stations] == [("tv-1", "ready")]


def test_a_station_reports_itself_again_after_every_open(scene: Scene) -> None:
    scene.office.report_presence(presence(scene, "tv-1"))
    scene.office.report_presence(presence(scene, "tv-2"))
    store_of(scene.office).write(lambda tx: tx.run("DELETE FROM station"))
    store_of(scene.office).close()
    scene.take()
    assert [line.name for line in scene.office.hall_board().stations] == ["tv-2"]


def test_the_clock_is_the_shares(scene: Scene) -> None:
    """On one disk the two agree: nothing is corrected, and no mark is left in the folder."""
    assert scene.office.clock.measure() == 0
    assert [path.name for path in scene.path.parent.glob(".ult-clock*")] == []


def test_nobody_signs_in_without_a_share(scene: Scene, tmp_path: Path) -> None:
    impatient = Office(scene.path, "lain", tmp_path / "journal-lain.db", timeout_s=0.05)
    store_of(impatient).close()
    store_of(scene.office).close()  # Windows renames nothing that is open
    away = scene.path.rename(scene.path.with_name("away.db"))
    with pytest.raises(UserError, match="tidak ditemukan"):
        impatient.sign_in("siti", PASSWORD)
    away.rename(scene.path)
    assert impatient.sign_in("siti", PASSWORD).name == "Siti Rahmawati"
    impatient.close()


def test_an_office_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="tidak ditemukan"):
        open_office(tmp_path / "nowhere.db")
    assert not (tmp_path / "nowhere.db").exists()


def kiosk(scene: Scene, boot: str) -> Presence:
    return Presence(
        name="kios", mode="kiosk", version="1", boot=boot, seen_at=scene.clock.now, letter=USUAL_LETTER
    )


def letters(scene: Scene) -> list[str]:
    return sorted(line.letter for line in scene.office.hall_board().stations)


def started(scene: Scene, journal: Path) -> Office:
    """A kiosk that has the scene's clock."""
    office = Office(scene.path, "kios", journal)
    office.clock = scene.clock
    return office


def test_two_pcs_of_one_name_are_two_stations(scene: Scene, tmp_path: Path) -> None:
    first, second = (started(scene, tmp_path / f"journal-{n}.db") for n in (1, 2))
    assert first.report_presence(kiosk(scene, "b1")) is None
    told = second.report_presence(kiosk(scene, "b2"))
    assert told is not None
    assert (told.identity, told.boot) == (first.own.identity, "b1")
    assert first.report_presence(kiosk(scene, "b1")) is not None
    assert letters(scene) == ["K", "L"]
    first.close()
    second.close()


def test_a_pc_that_was_replaced_keeps_its_letter_as_long_as_it_may_be_cut_off(
    scene: Scene, tmp_path: Path
) -> None:
    had = []
    for n, days in ((1, 0), (2, RELIABLE_DAYS - 1), (3, 2)):
        scene.later(days * 24 * 60)
        office = started(scene, tmp_path / f"journal-{n}.db")
        assert office.report_presence(kiosk(scene, f"b{n}")) is None
        had.append(office.read(lambda tx, who=office.own.identity: stations.letter_of(tx, who)))  # type: ignore[misc]
        office.close()
    assert had == ["K", "L", "K"]


def test_a_copy_of_a_disk_at_work_beside_it_is_another_station_from_its_next_report_on(
    scene: Scene, tmp_path: Path
) -> None:
    """Two PCs that nothing tells apart but that both report themselves."""
    first = started(scene, tmp_path / "journal-1.db")
    first.report_presence(kiosk(scene, "b1"))
    with (
        closing(plain_link(tmp_path / "journal-1.db")) as disk,
        closing(plain_link(tmp_path / "journal-2.db")) as copy,
    ):
        disk.backup(copy)
    second = started(scene, tmp_path / "journal-2.db")
    assert second.own.identity == first.own.identity
    second.report_presence(kiosk(scene, "b2"))
    assert first.report_presence(kiosk(scene, "b1")) is not None
    assert second.own.identity != first.own.identity
    second.report_presence(kiosk(scene, "b2"))
    assert letters(scene) == ["K", "L"]
    first.close()
    second.close()


def test_what_is_too_long_is_refused_before_it_is_written_anywhere(scene: Scene) -> None:
    ticket = scene.take()
    scene.sit(1)
    before = scene.events()
    too_long: tuple[tuple[Command, str], ...] = (
        (commands.Hold(ticket_id=ticket.id, reason="a" * 20_001), "“Alasan” terlalu panjang"),
        (commands.Hold(ticket_id=2**63), "“ticket_id” terlalu besar"),
        (CheckRequirements(visit_id=1, missing=("a" * 20_000,) * 401), "terlalu banyak untuk sekali simpan"),
    )
    for command, words in too_long:
        with pytest.raises(UserError, match=words):
            scene.office.perform(command, scene.officer(1))
    assert scene.events() == before
    with closing(plain_link(scene.path.with_name("journal-uji.db"))) as journal:
        held = journal.execute("SELECT 1 FROM work WHERE name IN ('Hold', 'CheckRequirements')").fetchall()
    assert held == []


@pytest.mark.parametrize("text", [2**63, "\ud800"])
def test_a_look_for_what_no_row_can_hold_is_answered_in_words(scene: Scene, text: int | str) -> None:
    with pytest.raises(UserError, match="terlalu besar atau huruf yang rusak"):
        scene.office.read(lambda tx: tx.column("SELECT id FROM ticket WHERE id = ?", text))
