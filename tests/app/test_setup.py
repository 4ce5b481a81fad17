"""The wizard as a program: what it finds, and how it ends."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.conftest import PATIENCE_MS
from tests.ui.setup.screen_reader import ScreenReader
from ult_desktop.app import identity, setup
from ult_desktop.app.assemble import Launch, Mode
from ult_desktop.base.config import KioskConfig, StationConfig, load_station
from ult_desktop.base.station_file import station_text
from ult_desktop.pc import ending
from ult_desktop.ui.setup.window import SetupWindow

pytestmark = pytest.mark.usefixtures("own_home", "qapp")


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[Launch]:
    found = list[Launch]()

    def launch(begin: Callable[[], Launch]) -> int:
        found.append(begin())
        return 7

    monkeypatch.setattr(setup, "run", launch)
    return found


def shown() -> SetupWindow:
    (window,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, SetupWindow) and each.isVisible()
    )
    return window


def by_hand(*steps: str) -> QTimer:
    """Press these one after the other, as soon as each is there; "?" waits for words, "" closes it."""
    reader, left = ScreenReader(), list(steps)
    end = time.monotonic() + PATIENCE_MS / 1000

    def work() -> None:
        if time.monotonic() > end:
            QApplication.exit(1)
        elif left and not left[0]:
            left.pop()
            shown().close()
        elif left and (reader.reads(left[0][1:]) if left[0][0] == "?" else reader.press(left[0])):
            left.pop(0)

    timer = QTimer(QApplication.instance(), interval=10)
    timer.timeout.connect(work)
    timer.start()
    return timer


@pytest.mark.slow
def test_a_pc_that_was_set_up_leaves_its_mode_to_a_supervisor(
    tmp_path: Path, office_file: Path, launched: list[Launch]
) -> None:
    station = tmp_path / "station.toml"
    before = StationConfig(database=str(office_file), name="tv", kiosk=KioskConfig(letter="M"))
    station.write_text(station_text(before), encoding="utf-8")
    hand = by_hand("Lanjut", "Layar TV", "Lanjut", "?Uji panggilan", "Lanjut", "Mulai sendiri", "Selesai")
    assert setup.run_setup(station) == ending.SET_UP
    hand.stop()
    assert launched == []
    now = load_station(station)
    assert (now.mode, now.database) == ("display", str(office_file))
    assert now.kiosk.letter == "M", "what is not asked stays"


@pytest.mark.slow
def test_a_wizard_that_is_closed_leaves_nothing(tmp_path: Path, launched: list[Launch]) -> None:
    hand = by_hand("")
    assert setup.run_setup(tmp_path / "station.toml", "kiosk") == 0
    hand.stop()
    assert (launched, list(tmp_path.iterdir())) == ([], [])


def test_who_leaves_the_wizard_comes_back_to_the_station(
    tmp_path: Path, office_file: Path, launched: list[Launch]
) -> None:
    was = Launch(Mode.COUNTER, office_file, StationConfig(name="loket-1"))
    hand = by_hand("")
    assert setup.run_setup(tmp_path / "station.toml", if_left=lambda: was) == 7
    hand.stop()
    assert launched == [was]


def test_the_program_has_one_application() -> None:
    assert identity.the_app() is QApplication.instance()
