"""A kiosk that covers the screen begins with a PIN of its own, or not at all."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import make_office
from tests.program import ROOT, CommandResult, answer_of
from ult_desktop.base.config import load_station

pytestmark = pytest.mark.usefixtures("own_home")

# A hand that answers the question for a PIN, and closes the kiosk that comes after it.
HAND = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ult_desktop.app.identity import the_app
from ult_desktop.cli.program import program
from ult_desktop.ui.kiosk.frame.pin_page import PinChoice
from ult_desktop.ui.kiosk.window import KioskWindow

def work():
    for each in QApplication.topLevelWidgets():
        if not each.isVisible():
            continue
        if isinstance(each, KioskWindow):
            print("kiosk", each._config.kiosk.exit_pin, each._is_locked, flush=True)
            QApplication.exit(0)
        elif isinstance(each, PinChoice) and pin:
            for digit in pin:
                each.keys[digit].click()
            each.go_on_button.click()
        elif isinstance(each, PinChoice):
            each.cancel_button.click()

pin, sys.argv[1:] = sys.argv[1], []
timer = QTimer(the_app(), interval=50)
timer.timeout.connect(work)
timer.start()
program({words!r})
"""


def started(pin: str, *words: object) -> CommandResult:
    code = HAND.replace("{words!r}", repr(list(map(str, words))))
    pipe = subprocess.PIPE
    return answer_of(
        subprocess.Popen([sys.executable, "-c", code, pin], cwd=ROOT, stdout=pipe, stderr=pipe, text=True)
    )


@pytest.fixture
def station(tmp_path: Path) -> Path:
    path = tmp_path / "station.toml"
    path.write_text(f"database = '{make_office(tmp_path)}'\nname = \"lobi\"\n", encoding="utf-8")
    return path


@pytest.mark.slow
def test_the_pin_that_is_chosen_is_kept_and_the_kiosk_begins(station: Path) -> None:
    answer = started("1379", "kiosk", "--station", station)
    assert (answer.code, answer.out) == (0, "kiosk 1379 True\n"), answer.err
    kept = load_station(station)
    assert (kept.kiosk.exit_pin, kept.name) == ("1379", "lobi")


def test_who_chooses_none_has_no_kiosk(station: Path) -> None:
    before = station.read_text(encoding="utf-8")
    answer = started("", "kiosk", "--station", station)
    assert (answer.code, answer.out) == (0, ""), answer.err
    assert station.read_text(encoding="utf-8") == before


@pytest.mark.slow
def test_a_kiosk_in_a_window_needs_none(station: Path) -> None:
    answer = started("", "kiosk", "--station", station, "--windowed")
    assert (answer.code, answer.out) == (0, "kiosk  False\n"), answer.err
