"""A station begins again in its own process, with the settings as they are then."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.clocks import undoubted
from tests.office import make_office
from tests.program import ROOT
from ult_desktop.db.backup import backup_folder

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("own_home")]


def last_line(script: str, station: Path) -> str:
    """Return the line that a process of the station, which runs the script, prints at its end."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(station)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        timeout=60,
        check=True,
    )
    return done.stdout.splitlines()[-1]


# The first window writes another name into the settings and asks for a new beginning; the second one closes.
TWICE = """
import json, logging, sys
from PySide6.QtCore import QTimer
from ult_desktop.app import assemble as app
from ult_desktop.cli.program import program
from ult_desktop.ui import process

station, sys.argv[1:] = sys.argv[1], []
show, seen = app._show, []

def show_and_look(window, launch):
    show(window, launch)
    seen.append(launch.station)
    if len(seen) == 1:
        open(station, "a").write('name = "Kedua"\\n')
        QTimer.singleShot(0, process.restart)
    else:
        logs = [each for each in logging.getLogger().handlers if isinstance(each, process.PrivateLog)]
        print(json.dumps({"seen": seen, "logs": len(logs)}))
        QTimer.singleShot(0, window.close)

app._show = show_and_look
program(["counter", "--station", station, "--windowed"])
"""


def test_the_second_beginning_reads_the_settings_again(tmp_path: Path) -> None:
    office = make_office(tmp_path / "share")
    station = tmp_path / "station.toml"
    station.write_text(f"database = '{office}'\n", encoding="utf-8")
    told = json.loads(last_line(TWICE, station))
    assert told["seen"][1] == "Kedua"
    assert told["seen"][0] != "Kedua"
    assert told["logs"] == 1


# The window asks for the way back; that one is closed, and the station begins again.
BACK = """
import json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ult_desktop.app import assemble as app, wizard
from ult_desktop.cli.program import program
from ult_desktop.ui import process

station, sys.argv[1:] = sys.argv[1], []
show, show_wizard, seen = app._show, wizard._show, []

def show_and_go(window, launch):
    show(window, launch)
    seen.append(launch.station)
    back = lambda: process.restore("admin")
    QTimer.singleShot(0, back if len(seen) == 1 else window.close)

def show_and_close(window):
    show_wizard(window)
    seen.append(type(window).__name__)
    window.proofs.proved.connect(window.close)

app._show, wizard._show = show_and_go, show_and_close
try:
    program(["counter", "--station", station, "--windowed"])
finally:
    print(json.dumps(seen))
"""


@pytest.mark.file_only("copies")
def test_a_station_stands_aside_for_a_restore_and_comes_back(tmp_path: Path) -> None:
    office, disk = make_office(tmp_path / "share"), tmp_path / "disk"
    disk.mkdir()
    backup_folder.make_backup(office, disk, undoubted(1_800_000_000_000))
    station = tmp_path / "station.toml"
    text = f"database = '{office}'\nname = 'loket-1'\n[backup]\nfolder = '{disk}'\n"
    station.write_text(text, encoding="utf-8")
    assert json.loads(last_line(BACK, station)) == ["loket-1", "RestoreWindow", "loket-1"]
