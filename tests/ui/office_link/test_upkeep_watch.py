"""The care of the file beside a window: it never waits, and officers hear what went wrong, once."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.db.store.test_damage import ruin
from tests.ui.ports import free_port
from ult_desktop.base.config import SyncConfig
from ult_desktop.base.errors import UserError
from ult_desktop.core.connection import Connection
from ult_desktop.core.queue import commands
from ult_desktop.core.queue.boards import LobbyBoard
from ult_desktop.db.backup import journals
from ult_desktop.db.store import store
from ult_desktop.operations.office.office import Office
from ult_desktop.ui.office_link.link import OfficeLink
from ult_desktop.ui.office_link.station_setup import StationSetup


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ult_desktop.ui.office_link.watchers.FIRST_LOOK_S", 0.02)
    monkeypatch.setattr("ult_desktop.ui.office_link.watchers.LOOK_EVERY_S", 0.02)
    monkeypatch.setattr("ult_desktop.operations.backup.upkeep.COPY_JOURNAL_EVERY_MS", 0)
    monkeypatch.setattr(store, "DAMAGE_PAUSE_S", 0.01)


class UpkeepWindow:
    """A link as a window holds it, and what it was told."""

    def __init__(self, path: Path, own: Path, mode: str, place: Path) -> None:
        sync = SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1")
        self.link = OfficeLink(StationSetup(path, own / "journal.db", "loket-1", mode, sync, place))
        self.words = list[UserError]()
        self.link.refused.connect(self.words.append)


@pytest.fixture
def windows() -> Iterator[list[UpkeepWindow]]:
    opened: list[UpkeepWindow] = []
    yield opened
    for window in opened:
        window.link.close()


@pytest.mark.file_only("copies")
def test_a_window_backs_up_and_lays_its_journal_out(
    office_file: Path, tmp_path: Path, qtbot: QtBot, windows: list[UpkeepWindow]
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    window = UpkeepWindow(office_file, tmp_path / "own", "kiosk", disk)
    windows.append(window)
    window.link.perform(commands.IssueTicket(service_id=1))
    qtbot.waitUntil(lambda: bool(list(disk.rglob("office-*.db"))))
    qtbot.waitUntil(lambda: bool(list(journals.folder_of(office_file).glob("*.jsonl"))))
    assert window.words == []


@pytest.mark.file_only("copies")
@pytest.mark.parametrize(("mode", "told"), [("counter", 1), ("kiosk", 0)])
def test_an_unplugged_disk_is_told_to_officers_alone_and_once(
    office_file: Path,
    tmp_path: Path,
    qtbot: QtBot,
    windows: list[UpkeepWindow],
    caplog: pytest.LogCaptureFixture,
    mode: str,
    told: int,
) -> None:
    window = UpkeepWindow(office_file, tmp_path / "own", mode, tmp_path / "usb")
    windows.append(window)
    qtbot.waitUntil(lambda: "usb tidak ada" in caplog.text)
    boards = list[LobbyBoard]()
    window.link.read(Office.lobby_board, boards.append)
    qtbot.waitUntil(lambda: bool(boards) and len(window.words) == told)
    assert window.link.connection is Connection.ONLINE


@pytest.mark.file_only("pages")
def test_damage_that_the_care_finds_stops_a_kiosk_too(
    office_file: Path, tmp_path: Path, qtbot: QtBot, windows: list[UpkeepWindow]
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    ruin(office_file, "turn")
    window = UpkeepWindow(office_file, tmp_path / "own", "kiosk", disk)
    windows.append(window)
    qtbot.waitUntil(lambda: window.link.connection is Connection.OFFLINE and bool(window.words))
    assert "rusak" in window.words[0].what


def test_a_closed_window_leaves_no_thread(office_file: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window = UpkeepWindow(office_file, tmp_path / "own", "kiosk", tmp_path)
    qtbot.waitUntil(lambda: any(thread.name == "upkeep" for thread in threading.enumerate()))
    window.link.close()  # it leaves one behind that is long at its work, which ends by itself
    qtbot.waitUntil(lambda: not any(thread.name == "upkeep" for thread in threading.enumerate()))
