"""Screens for the survey alone: a tablet of its own, or the second screen of a counter's PC."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import make_office
from tests.program import ROOT, CommandResult, answer_of
from tests.screens import with_screens

pytestmark = pytest.mark.usefixtures("own_home")

# Says which windows stand on which screen, then closes the program's own window as a person would.
LOOK = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ult_desktop.app import assemble as app
from ult_desktop.cli.program import program
from ult_desktop.ui.kiosk.window import KioskWindow

def look(window):
    for each in QApplication.topLevelWidgets():
        if isinstance(each, KioskWindow):
            print(json.dumps({"survey": each.flow.scene.survey_only, "left": each.geometry().left()}))
    window._is_locked = False
    window.close()

show = app._show
def show_and_look(window, launch):
    show(window, launch)
    QTimer.singleShot(0, lambda: look(window))
app._show = show_and_look
words, sys.argv[1:] = sys.argv[1:], []
program(words)
"""


def seen(folder: Path, screens: int, *words: object) -> CommandResult:
    """Return the windows that the program shows on a PC with so many screens until its own is closed."""
    command = [sys.executable, "-c", LOOK, *map(str, words), "--database", str(make_office(folder))]
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=with_screens(folder, screens),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    return answer_of(process)


@pytest.mark.slow
def test_a_tablet_facing_the_visitor(tmp_path: Path) -> None:
    station = tmp_path / "station.toml"
    station.write_text('[kiosk]\nexit_pin = "1379"\n', encoding="utf-8")
    answer = seen(tmp_path, 1, "kiosk", "--survey", "--station", station)
    assert (answer.code, answer.rows) == (0, [{"survey": True, "left": 0}]), answer.err


@pytest.mark.parametrize("screens", [1, 2])
@pytest.mark.slow
def test_the_second_screen_of_a_counter(tmp_path: Path, screens: int) -> None:
    """The second screen comes with the counter and goes with it; with one screen alone there is none."""
    station = tmp_path / "station.toml"
    station.write_text("[counter]\nnumber = 1\nsurvey_screen = true\n", encoding="utf-8")
    answer = seen(tmp_path, screens, "counter", "--station", station)
    assert answer.code == 0, answer.err
    assert answer.rows == [{"survey": True, "left": 1024}] * (screens - 1)
