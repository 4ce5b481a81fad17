"""Trials asked for at another station happen at this one: paper at a kiosk, a call at a display."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.office import PASSWORD, open_office
from tests.ui.conftest import Show
from tests.ui.ports import free_port
from ult_desktop.app.assemble import Launch, Mode, StationWindow, assemble
from ult_desktop.base.config import BackupConfig, DisplayConfig, PrinterConfig, StationConfig, SyncConfig
from ult_desktop.core.connection import Connection
from ult_desktop.core.office.commands import StationPart, TryStation
from ult_desktop.db.backup import upkeep
from ult_desktop.db.backup.backup import verify_copy
from ult_desktop.db.store import stations
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.ui.display.window import DisplayWindow
from ult_desktop.ui.kiosk.window import KioskWindow

pytestmark = pytest.mark.usefixtures("own_home")
Open = Callable[..., StationWindow]


@pytest.fixture
def opened(office_file: Path, show: Show, qtbot: QtBot) -> Iterator[Open]:
    made: list[StationWindow] = []

    def open_it(mode: Mode, printer: str, backups: Path | None = None) -> StationWindow:
        config = StationConfig(
            backup=BackupConfig(folder=str(backups or "")),
            sync=SyncConfig(poll_ms=100, hint_port=free_port(), hint_address="127.0.0.1"),
            display=DisplayConfig(voice="off", chime=False),
            printer=PrinterConfig(address=printer),
        )
        made.append(assemble(Launch(mode, office_file, config, (1080, 1080))))
        show(made[0].window, 1080, 1080)
        qtbot.waitUntil(lambda: made[0].link.connection is Connection.ONLINE)
        return made[0]

    yield open_it
    made[0].close()


def ask(station: StationWindow, path: Path, part: StationPart, qtbot: QtBot) -> None:
    """From the admin's desk; the station's next report hears of it."""
    desk = open_office(path, "meja")
    qtbot.waitUntil(lambda: bool(desk.read(stations.all_seen)))
    (seen,) = desk.read(stations.all_seen)
    desk.perform(TryStation(identity=seen.identity, part=part), desk.sign_in("admin", PASSWORD))
    desk.close()
    station.link.heart.beat()


def test_a_kiosk_prints(opened: Open, office_file: Path, qtbot: QtBot) -> None:
    printer = VirtualPrinter()
    station = opened(Mode.KIOSK, printer.address)
    ask(station, office_file, StationPart.PRINTER, qtbot)
    heard: list[object] = []
    station.link.heart.trial_wanted.connect(heard.append)
    qtbot.waitUntil(lambda: bool(heard))
    (paper,) = printer.wait_for_papers(1)
    assert "Printer siap" in str(paper.text)
    printer.close()


def test_a_kiosk_speaks(opened: Open, office_file: Path, qtbot: QtBot) -> None:
    station = opened(Mode.KIOSK, "none")
    assert isinstance(station.window, KioskWindow)
    heard: list[object] = []
    station.window.guidance.said.connect(heard.append)
    ask(station, office_file, StationPart.GUIDANCE, qtbot)
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert not station.window.guidance.on


@pytest.mark.file_only("copies")
@pytest.mark.parametrize("mode", [Mode.KIOSK, Mode.DISPLAY])
def test_whoever_has_a_folder_backs_up(
    opened: Open, office_file: Path, tmp_path: Path, qtbot: QtBot, mode: Mode
) -> None:
    folder = tmp_path / "cadangan"
    folder.mkdir()
    station = opened(mode, "none", folder)
    ask(station, office_file, StationPart.BACKUP, qtbot)
    qtbot.waitUntil(lambda: bool(list_backups_in(folder)))
    desk = open_office(office_file, "meja")
    (done,) = desk.read(lambda tx: upkeep.all_of(tx, upkeep.BACKUP))
    desk.close()
    assert done.done_at
    assert not done.trouble


def list_backups_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("office-2*.db") if verify_copy(path).uid]


def test_a_display_calls_nobodys_number(opened: Open, office_file: Path, qtbot: QtBot) -> None:
    station = opened(Mode.DISPLAY, "none")
    assert isinstance(station.window, DisplayWindow)
    called: list[object] = []
    station.window.announcements.began.connect(lambda call: called.append(call.label))
    ask(station, office_file, StationPart.VOICE, qtbot)
    qtbot.waitUntil(lambda: called == ["A000"])
