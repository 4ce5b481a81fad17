"""A window's link to a real office file: it waits for nothing, says what it knows, and heals by itself."""

import logging
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from tests import engines
from tests.conftest import PATIENCE_MS
from tests.db.other_process import let_go, other_process
from tests.office import PASSWORD, make_office, open_office, plain_link, stranger
from tests.ui.hanging import Cable, kiosk_board, over_a_cable, watched_over_a_cable
from tests.ui.office_link.watched_link import SOON_S, OpenLink, WatchedLink, impatient
from tests.ui.shown import all_done
from ult_desktop.base.errors import UserError
from ult_desktop.core.access.roles import Actor
from ult_desktop.core.connection import OUTAGE_AFTER, SHOWN_AFTER, Connection
from ult_desktop.core.queue import commands
from ult_desktop.db.store.errors import ShareUnreachable
from ult_desktop.db.store.stations import Presence
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link import link
from ult_desktop.ui.office_link.station_setup import StationSetup, open_office as open_place

if TYPE_CHECKING:
    from ult_desktop.core.queue.boards import KioskBoard, LobbyBoard

ONLINE, RECONNECTING, OFFLINE = Connection.ONLINE, Connection.RECONNECTING, Connection.OFFLINE


def test_what_is_done_is_answered_and_told_to_everybody(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    here, there = open_link(office_file), open_link(office_file, "tv")
    there.changes.clear()
    here.take()
    qtbot.waitUntil(lambda: here.labels == ["A001"] and bool(there.changes))
    boards: list[LobbyBoard] = []
    there.link.read(Office.lobby_board, boards.append)
    qtbot.waitUntil(lambda: bool(boards))
    assert {line.waiting for line in boards[0].lines} == {1}


def test_what_others_do_during_a_reading_is_one_piece_of_news_after_it(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    here, there = open_link(office_file), open_link(office_file, "tv")
    qtbot.waitUntil(lambda: all_done(there.link) and bool(there.changes))
    told: list[object] = []
    go_on = threading.Event()
    there.link.read(lambda _office: go_on.wait(SOON_S), told.append)
    there.link.changed.connect(lambda: told.append("changed"))
    for label in ("A001", "A002"):
        with qtbot.waitSignal(there.link._sync.changed):  # type: ignore[union-attr]
            here.take()
        qtbot.waitUntil(lambda label=label: here.labels[-1:] == [label])  # type: ignore[misc]
    assert told == []
    go_on.set()
    qtbot.waitUntil(lambda: len(told) > 1)
    assert told == [True, "changed"]


def test_each_reason_why_an_office_does_not_open_is_told(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "REOPEN_MS", 20)
    monkeypatch.setattr("ult_desktop.core.connection.OUTAGE_AFTER", 0.05)
    present = "kabel"

    def open_badly(place: StationSetup) -> Office:
        if present:
            raise ShareUnreachable(present)
        return open_place(place)

    watched = open_link(office_file, wait=False, opening=open_badly)
    reasons: list[str] = []
    watched.link.connection_changed.connect(lambda _state: reasons.append(str(watched.link.unopened)))
    qtbot.waitUntil(lambda: (watched.states[-1:], reasons[-1:]) == ([OFFLINE], ["kabel"]))
    present = "kata sandi"
    qtbot.waitUntil(lambda: reasons[-1] == "kata sandi")
    told = len(reasons)
    qtbot.wait(500)
    assert (len(reasons), watched.states[-1]) == (told, OFFLINE), "a reason that stays is told once"
    present = ""
    qtbot.waitUntil(lambda: watched.states[-1] is ONLINE)
    assert watched.link.unopened is None


def test_the_time_is_told_in_the_offices_zone(tmp_path: Path, open_link: OpenLink) -> None:
    path = make_office(tmp_path / "kantor", hand_clock=True)
    assert open_link(path).link.now().tzname() == "WITA"


def test_who_is_signed_in_acts(office_file: Path, open_link: OpenLink, qtbot: QtBot) -> None:
    desk = open_link(office_file)
    staff = commands.StaffCounter(counter=1)
    desk.link.perform(staff, desk.answers.append)
    qtbot.waitUntil(lambda: bool(desk.refusals))
    assert "tidak berwenang" in desk.refusals[0].what
    actors: list[Actor] = []
    desk.link.sign_in("siti", "salah", actors.append, desk.answers.append)
    qtbot.waitUntil(lambda: isinstance(desk.answers[-1:][0] if desk.answers else None, UserError))
    desk.link.sign_in("siti", PASSWORD, actors.append, desk.answers.append)
    qtbot.waitUntil(lambda: bool(actors))
    desk.link.perform(staff, desk.answers.append)
    qtbot.waitUntil(lambda: len(desk.answers) == 2)
    assert desk.answers[1].officer == "Siti Rahmawati"
    desk.link.sign_out()
    assert desk.link.actor == Actor(station="kios-1")


def test_a_bug_while_reading_is_told_in_words(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    watched = open_link(office_file)
    with caplog.at_level(logging.ERROR):
        watched.link.read(lambda _office: 1 // 0, watched.answers.append)
        qtbot.waitUntil(lambda: bool(watched.refusals))
    assert "ZeroDivisionError" in watched.refusals[0].what
    assert watched.link.connection is ONLINE


def test_it_opens_as_soon_as_the_file_is_there(
    tmp_path: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 50)
    watched = open_link(engines.place_of_office(tmp_path / "kantor"), wait=False)
    assert watched.link.connection is RECONNECTING
    qtbot.waitUntil(lambda: watched.states == [OFFLINE])
    watched.take()
    assert "terputus" in watched.answers[0].what
    make_office(tmp_path / "kantor")
    qtbot.waitUntil(lambda: watched.states == [OFFLINE, ONLINE])
    assert watched.changes[0] is ONLINE
    assert watched.refusals == []


def test_what_is_no_office_is_said_and_tried_again(
    tmp_path: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 50)
    path = engines.new_database(tmp_path) if engines.on_server() else engines.place_of_office(tmp_path)
    foreign = stranger(path)
    foreign.execute("CREATE TABLE note (words TEXT)")
    foreign.close()
    watched = open_link(path, wait=False)
    qtbot.waitUntil(lambda: len(watched.refusals) > 1)
    assert path.stem in watched.refusals[0].what
    path.unlink()
    make_office(tmp_path)
    qtbot.waitUntil(lambda: watched.states[-1:] == [ONLINE])


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_a_file_that_goes_away_and_comes_back(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    """An ask in between is refused or done, never both; then the link is well again by itself.

    The log has two lines of it, however often the file was tried.
    """
    watched = open_link(office_file, opening=impatient(1.5))
    away = office_file.rename(office_file.with_name("away.db"))
    watched.take()
    qtbot.waitUntil(lambda: bool(watched.answers))
    assert "tidak ditemukan" in watched.answers[0].what
    assert watched.link.connection is not ONLINE
    watched.changes.clear()
    away.rename(office_file)
    qtbot.waitUntil(lambda: watched.link.connection is ONLINE)
    assert ONLINE in watched.changes
    watched.take()
    qtbot.waitUntil(lambda: watched.labels == ["A001"])
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert lines[0].startswith("the office is out of reach: ")
    over = [line.startswith("the office is out of reach: over after ") for line in lines]
    assert over == [False, True] * (len(lines) // 2), "a line when it begins, a line when it is over"


@pytest.mark.slow
@pytest.mark.file_only("locks")
def test_a_file_that_another_process_holds(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exclusive lock stops readers, writers and the watcher; the window is told and never waits.

    The store's own error is what is told: a loaded machine may need more for it than the grace of an office.
    """
    monkeypatch.setattr(link, "GRACE_S", PATIENCE_MS / 1000)
    watched = open_link(office_file, opening=impatient(2.5))
    boards: list[KioskBoard] = []
    with other_process("exclusive", office_file), Ticking() as ticking:
        watched.link.read(Office.kiosk_board, boards.append)
        watched.take()
        qtbot.waitUntil(lambda: bool(watched.answers))
        assert "terlalu lama" in watched.answers[0].what
        assert watched.link.connection is not ONLINE
        assert boards == []
    assert ticking.longest < 2
    watched.changes.clear()
    qtbot.waitUntil(lambda: watched.link.connection is ONLINE)
    assert ONLINE in watched.changes
    assert watched.refusals == []


class Ticking:
    """A 10 ms timer of the GUI thread, and the longest it was kept waiting (seconds)."""

    def __init__(self) -> None:
        self.longest, self._last = 0.0, 0.0
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._tick)

    def __enter__(self) -> "Ticking":
        self._last = time.monotonic()
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._tick()
        self._timer.stop()

    def _tick(self) -> None:
        now = time.monotonic()
        self.longest, self._last = max(self.longest, now - self._last), now


@pytest.fixture
def hanging(
    open_link: OpenLink, office_file: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> Iterator[WatchedLink]:
    monkeypatch.setattr("ult_desktop.db.store.watcher.engine_at", watched_over_a_cable)
    Cable.plug_in()
    watched = open_link(office_file, opening=over_a_cable)
    qtbot.waitUntil(lambda: all_done(watched.link))
    Cable.pull()
    yield watched
    Cable.plug_in()


@pytest.mark.slow
def test_a_share_that_hangs_never_stops_the_window(hanging: WatchedLink, qtbot: QtBot) -> None:
    boards: list[KioskBoard] = []
    began = Cable.watched_at
    hanging.states.clear()
    with Ticking() as ticking:
        hanging.link.read(kiosk_board, boards.append)
        hanging.take()  # before anybody knows
        qtbot.waitUntil(lambda: hanging.states[:1] == [RECONNECTING])
        assert SHOWN_AFTER <= time.monotonic() - began < SOON_S
        qtbot.waitUntil(lambda: hanging.states == [RECONNECTING, OFFLINE])
        assert time.monotonic() - began >= OUTAGE_AFTER
        qtbot.waitUntil(lambda: len(hanging.answers) == 1)
        assert "belum diketahui" in hanging.answers[0].what, "it may be done yet"
        assert time.monotonic() - began < SOON_S
        hanging.take()
        assert "terputus" in hanging.answers[1].what, "refused at once"
        hanging.link.sign_in("siti", PASSWORD, hanging.answers.append, hanging.answers.append)
        assert "terputus" in hanging.answers[2].what
        hanging.changes.clear()
        Cable.plug_in()
        qtbot.waitUntil(lambda: hanging.link.connection is ONLINE)
        qtbot.waitUntil(lambda: len(boards) == 1 and all_done(hanging.link))
    assert ticking.longest < 2
    assert ONLINE in hanging.changes, "who waits for a board is told to read again"
    assert len(hanging.answers) == 3, "asked before the hang, answered once, not done behind people's backs"
    hanging.take()
    qtbot.waitUntil(lambda: hanging.labels == ["A001"])


@pytest.mark.posix_only("lease")
@pytest.mark.slow
def test_a_share_that_hangs_at_the_start(office_file: Path, open_link: OpenLink, qtbot: QtBot) -> None:
    """Here the kernel itself hangs: another process holds a lease on the file, and open() waits for it."""
    with other_process("lease", office_file) as holder, Ticking() as ticking:
        watched = open_link(office_file, wait=False)
        qtbot.waitUntil(lambda: watched.states == [OFFLINE])
        watched.take()
        assert "terputus" in watched.answers[0].what
        let_go(holder)
        qtbot.waitUntil(lambda: watched.link.connection is ONLINE)
    assert ticking.longest < 2
    assert watched.refusals == []


@pytest.mark.slow
def test_a_hanging_share_does_not_keep_the_program_from_ending(hanging: WatchedLink) -> None:
    hanging.link.read(kiosk_board, hanging.answers.append)
    assert Cable.hangs.wait(60)
    began = time.monotonic()
    hanging.link.close()
    assert time.monotonic() - began < SOON_S
    Cable.plug_in()
    for thread in threading.enumerate():
        if thread.name == "store":
            thread.join(60)
    assert hanging.answers == []


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_another_office_under_the_same_path(
    office_file: Path, tmp_path: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    watched = open_link(office_file)
    right = office_file.rename(office_file.with_name("right.db"))
    other = make_office(tmp_path / "lain", "bpmp-dki").rename(office_file)
    watched.take()
    qtbot.waitUntil(lambda: bool(watched.answers))
    assert "berkas kantor lain" in watched.answers[0].what
    assert watched.link.connection is OFFLINE
    assert stations_of(other) == []
    other.rename(tmp_path / "stranger.db")
    right.rename(office_file)
    qtbot.waitUntil(lambda: watched.link.connection is ONLINE)
    watched.take()
    qtbot.waitUntil(lambda: watched.labels == ["A001"])


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_another_office_is_noticed_by_a_station_that_only_looks(
    office_file: Path, tmp_path: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.HEARTBEAT_MS", 50)
    watched = open_link(office_file, "tv")
    office_file.rename(office_file.with_name("right.db"))
    make_office(tmp_path / "lain", "bpmp-dki").rename(office_file)
    qtbot.waitUntil(lambda: watched.link.connection is OFFLINE)
    qtbot.waitUntil(lambda: bool(watched.refusals))
    assert ["berkas kantor lain" in error.what for error in watched.refusals] == [True]


def stations_of(path: Path) -> list[str]:
    office = open_office(path)
    names = [line.name for line in office.hall_board().stations]
    office.close()
    return names


def test_the_others_see_this_station_and_its_devices(
    office_file: Path, open_link: OpenLink, qtbot: QtBot
) -> None:
    watched = open_link(office_file)
    watched.link.report(printer="paper_out")
    watched.link.report(printer="ready", voice="off")
    reader = open_office(office_file, "pengamat")
    qtbot.waitUntil(
        lambda: [(s.printer, s.voice) for s in reader.hall_board().stations] == [("ready", "off")]
    )
    assert [(s.name, s.mode) for s in reader.hall_board().stations] == [("kios-1", "kiosk")]
    reader.close()


def test_what_is_reported_before_the_office_is_open_is_not_lost(
    tmp_path: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.REOPEN_MS", 50)
    watched = open_link(engines.place_of_office(tmp_path), wait=False)
    watched.link.report(printer="cover_open")
    path = make_office(tmp_path)
    qtbot.waitUntil(lambda: watched.states[-1:] == [ONLINE])
    reader = open_office(path, "pengamat")
    qtbot.waitUntil(lambda: [s.printer for s in reader.hall_board().stations] == ["cover_open"])
    reader.close()


def test_two_stations_of_one_name_are_told_of_each_other(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.HEARTBEAT_MS", 50)
    first, second = open_link(office_file), open_link(office_file)
    qtbot.waitUntil(lambda: bool(first.refusals) and bool(second.refusals))
    assert "kios-1 dipakai dua kali" in first.refusals[0].what
    assert len(first.refusals) == len(second.refusals) == 1, "once"


def test_a_station_that_was_started_again_is_nobody_else(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.link.HEARTBEAT_MS", 50)
    office = Office(office_file, "kios-1", tmp_path / "journal-0.db")
    seen_at = office.clock()
    office.report_presence(Presence(name="kios-1", mode="kiosk", version="1", boot="old"))
    office.close()
    watched = open_link(office_file)
    reader = open_office(office_file, "pengamat")
    qtbot.waitUntil(lambda: reader.hall_board().stations[0].seen_at > seen_at + 200)
    assert watched.refusals == []
    reader.close()


@pytest.mark.file_only("pages")
@pytest.mark.posix_only("exchange")
def test_an_outage_settles_what_it_left_open(
    office_file: Path, open_link: OpenLink, qtbot: QtBot, tmp_path: Path
) -> None:
    watched = open_link(office_file, opening=impatient(0.2))
    away = office_file.rename(office_file.with_name("away.db"))
    watched.take()
    qtbot.waitUntil(lambda: bool(watched.answers))
    journal = plain_link(tmp_path / "journal-0.db")
    outcome = "SELECT outcome FROM work"
    assert journal.execute(outcome).fetchall() == [("open",)]
    away.rename(office_file)
    qtbot.waitUntil(lambda: watched.link.connection is Connection.ONLINE)
    watched.take()
    watched.take()  # how a request ended is written down with the one after it
    qtbot.waitUntil(lambda: journal.execute(outcome).fetchall()[:2] == [("abandoned",), ("done",)])
    journal.close()


def test_nothing_arrives_after_closing(office_file: Path, open_link: OpenLink, qtbot: QtBot) -> None:
    watched = open_link(office_file)
    watched.take()
    watched.link.close()
    qtbot.wait(1)
    assert watched.answers == []
