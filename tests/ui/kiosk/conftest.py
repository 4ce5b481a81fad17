"""One kiosk on the bench for each test, upright, in front of BPMP Kalimantan Utara."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.office import make_office
from tests.ui.conftest import Show
from tests.ui.kiosk import samples
from tests.ui.kiosk.cut_kiosk import quick_to_notice, share, start  # noqa: F401  (fixtures)
from tests.ui.kiosk.lobby import KioskLobby
from tests.ui.kiosk.stand import CALM, KioskBench, bench
from tests.ui.shown import lock
from ult_desktop.base.config import StationConfig
from ult_desktop.core.queue.boards import KioskBoard
from ult_desktop.devices.virtual_printer.server import VirtualPrinter
from ult_desktop.ui.kiosk.parts.times import KioskTimes
from ult_desktop.ui.kit.theme import Theme

SetUp = Callable[..., KioskBench]


@pytest.fixture(autouse=True)
def one_burst(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test's typing be one burst, however often the machine is busy with something else."""
    monkeypatch.setattr("ult_desktop.ui.kiosk.typing.scanner.BURST_MS", 60_000)


@pytest.fixture
def set_up(show: Show) -> Iterator[SetUp]:
    """Makes a kiosk with the times, the board and the settings that a test wants."""
    made: list[KioskBench] = []

    def make(
        board: KioskBoard | None = None, times: KioskTimes = CALM, config: StationConfig | None = None
    ) -> KioskBench:
        theme = Theme.for_window("kiosk", 1080, 1920)
        stand = bench(board or samples.board(), theme, times, config)
        made.append(stand)
        show(stand.window, 1080, 1920)
        return stand

    yield make
    for stand in made:
        lock(stand.window, on=False)
        stand.window.close()


@pytest.fixture
def kiosk(set_up: SetUp) -> KioskBench:
    return set_up()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_office(tmp_path)


@pytest.fixture
def lobby(path: Path, qtbot: QtBot, show: Show, unhurried_printer: None) -> Iterator[KioskLobby]:
    printer = VirtualPrinter()
    lobby = KioskLobby(qtbot, path, printer)
    show(lobby.window, 1080, 1920)
    yield lobby
    lobby.close()
    printer.close()
