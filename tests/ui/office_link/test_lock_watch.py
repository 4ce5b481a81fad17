"""A station that must not write: its window says why, goes on showing, and comes back by itself."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.db.lock_check.proof_station import NO_LOCKS, QUICK, other_pc
from tests.office import open_office
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import IssuedTicket, LobbyBoard
from ult_desktop.db.lock_check.probe_round import Proof, ProofRecord
from ult_desktop.db.lock_check.station_probe import StationProof
from ult_desktop.db.store import damage_flag
from ult_desktop.db.store.clock import own_ms
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup

TAKE = commands.IssueTicket(service_id=1)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The probe in the tests' rhythm; who is silent for five seconds is away."""
    hasty = partial(StationProof, intervals=QUICK._replace(away_s=5.0))
    monkeypatch.setattr("ult_desktop.ui.office_link.watchers.StationProof", hasty)
    monkeypatch.setattr("ult_desktop.ui.office_link.link.HEARTBEAT_MS", 50)


class LockWatchWindow:
    """A link as a window holds it, and what it was told."""

    def __init__(self, path: Path, own: Path) -> None:
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
        self.link = OfficeLink(StationSetup(path, own / "journal.db", "kios-1", "kiosk", sync))
        self.words, self.answers = list[UserError](), list[object]()
        self.link.refused.connect(self.words.append)

    def take(self) -> None:
        self.link.perform(TAKE, self.answers.append, self.answers.append)

    @property
    def is_online(self) -> bool:
        return self.link.connection is Connection.ONLINE

    @property
    def is_stopped(self) -> bool:
        return self.link.connection is Connection.OFFLINE


@pytest.fixture
def window(office_file: Path, tmp_path: Path, qtbot: QtBot) -> Iterator[LockWatchWindow]:
    opened = LockWatchWindow(office_file, tmp_path / "own")
    yield opened
    opened.link.close()


@pytest.mark.slow
def test_locks_that_do_not_hold_stop_the_window_as_long_as_the_other_is_at_work(
    office_file: Path, tmp_path: Path, window: LockWatchWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.is_online)
    with other_pc(office_file, "pc-2", tmp_path / "pc-2", NO_LOCKS):
        qtbot.waitUntil(lambda: window.is_stopped)
        window.take()
        qtbot.waitUntil(lambda: bool(window.words) and bool(window.answers))
        words = window.words[0]
        assert "pc-2 (di-pc-2) tidak berlaku" in words.what
        assert [str(answer) for answer in window.answers] == [str(words)]
        boards: list[LobbyBoard] = []
        window.link.read(Office.lobby_board, boards.append)
        qtbot.waitUntil(lambda: bool(boards))
        assert {str(each) for each in window.words} == {str(words)}
    qtbot.waitUntil(lambda: window.is_online)
    window.take()
    qtbot.waitUntil(lambda: isinstance(window.answers[-1], IssuedTicket))


@pytest.mark.slow
def test_a_start_soon_after_a_failed_probe_waits_until_the_other_is_away(
    office_file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    record = ProofRecord(office_file, tmp_path / "own")
    record.write(Proof(host="pc-2", station="loket-2", ok=False, at=own_ms()))
    window = LockWatchWindow(office_file, tmp_path / "own")
    qtbot.waitUntil(lambda: window.is_stopped and bool(window.words))
    assert "pc-2 (loket-2)" in window.words[0].what
    qtbot.waitUntil(lambda: window.is_online)
    window.link.close()


def test_a_damage_flag_stops_the_window_until_it_is_gone(
    office_file: Path, window: LockWatchWindow, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: window.is_online)
    damage_flag.write_flag(office_file, damage_flag.DamageFlag(station="loket-2", error="malformed"))
    qtbot.waitUntil(lambda: window.is_stopped and bool(window.words))
    assert ["loket-2" in error.what for error in window.words] == [True]
    window.take()
    window.link.sign_in("siti", "x", window.answers.append, window.answers.append)
    assert [str(answer) for answer in window.answers] == [str(window.words[0])] * 2
    assert damage_flag.clear_flag(office_file)
    qtbot.waitUntil(lambda: window.is_online)
    reader = open_office(office_file)
    assert [line.name for line in reader.hall_board().stations] == ["kios-1"]
    reader.close()
