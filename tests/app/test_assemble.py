"""A mode as a real program, offscreen: it starts once, logs, goes on after a bug, ends in order."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.office import make_office, open_office
from tests.program import ROOT, answer_of, is_free, start, wait_until
from ult_desktop.core.queue.boards import StationStatus
from ult_desktop.pc.ending import RUNS_ALREADY

pytestmark = pytest.mark.usefixtures("own_home")

# A station in which something breaks, at the place that the first word names.
BROKEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from ult_desktop.app import assemble as app
from ult_desktop.cli.program import program
from ult_desktop.ui.kiosk import window as kiosk

def broken(*_arguments):
    raise ZeroDivisionError

place, database = sys.argv[1:]
if place == "start":
    kiosk.KioskWindow = broken
else:
    kiosk.KioskWindow.end_visit = broken
    show = app._show
    def show_and_break(window, launch):
        show(window, launch)
        QTimer.singleShot(0, window.end_visit)
    app._show = show_and_break
sys.argv[1:] = []
program(["kiosk", "--database", database, "--windowed"])
"""

# A kiosk that nobody touches ends when what gives numbers is there.
UNTOUCHED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ult_desktop.app import assemble as app
from ult_desktop.cli.program import program

NUMBERS = "ult_desktop.operations.queue.issuing"
show = app._show
def show_and_look(window, launch):
    show(window, launch)
    look = QTimer(window, interval=50)
    look.timeout.connect(lambda: NUMBERS in sys.modules and QApplication.exit(0))
    look.start()
app._show = show_and_look
database, sys.argv[1:] = sys.argv[1], []
program(["kiosk", "--database", database, "--windowed"])
"""

# A kiosk that Windows ends: it says so, and kills the process without letting its loop return.
SIGNED_OFF = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from ult_desktop.app import assemble as app
from ult_desktop.cli.program import program

show = app._show
def show_and_sign_off(window, launch):
    def sign_off():
        QApplication.instance().aboutToQuit.emit()
        print("closed in order" if not window.isVisible() else "cut off", flush=True)
        os._exit(0)
    show(window, launch)
    window.flow.changed.connect(lambda: window.flow.scene.board and QTimer.singleShot(0, sign_off))
app._show = show_and_sign_off
database, sys.argv[1:] = sys.argv[1], []
program(["kiosk", "--database", database, "--windowed"])
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return make_office(tmp_path)


def stations(database: Path) -> list[StationStatus]:
    office = open_office(database, "pengamat")
    lines = list(office.hall_board().stations)
    office.close()
    return lines


def locks(home: Path) -> list[Path]:
    """Return the locks that are held."""
    return [path for path in (home / "ult-desktop").glob("running-*.lock") if not is_free(path)]


def log_of(home: Path) -> str:
    return "".join(path.read_text(encoding="utf-8") for path in home.rglob("*.log"))


@pytest.mark.slow
def test_one_station_of_a_name(database: Path, own_home: Path) -> None:
    """A second one says so and ends; a first that was killed stands in nobody's way.

    The second brings the first one's window to the front, which its own status tells to a supervisor.
    """
    words = ("kiosk", "--database", database, "--windowed")
    first = start(*words)
    wait_until(lambda: stations(database) != [], first)
    second = answer_of(start(*words))
    assert second.code == RUNS_ALREADY
    assert list((own_home / "ult-desktop").glob("*.wanted")) == [], "the first one answered"
    assert "sudah berjalan di komputer ini" in second.err
    assert first.poll() is None
    first.kill()
    first.communicate()
    seen_at = stations(database)[0].seen_at
    third = start(*words)
    wait_until(lambda: stations(database)[0].seen_at > seen_at, third)
    third.send_signal(signal.SIGTERM)
    answer = answer_of(third)
    assert (answer.code, answer.err) == (0, "")
    assert locks(own_home) == []
    assert "Traceback" not in log_of(own_home)


@pytest.mark.parametrize("words", [("kiosk",), ("display",), ("counter", "--counter", "2")])
@pytest.mark.slow
def test_a_full_screen_station_ends_when_the_system_asks(database: Path, words: tuple[str, ...]) -> None:
    """A locked kiosk refuses to be closed by a visitor, never by the system's shutdown."""
    settings = database.with_name("station.toml")
    settings.write_text('[kiosk]\nexit_pin = "1379"\n', encoding="utf-8")
    process = start(*words, "--database", database, "--station", settings)
    wait_until(lambda: stations(database) != [], process)
    (line,) = stations(database)
    assert line.mode == words[0]
    assert line.name.endswith("-2") == (words[0] == "counter")
    process.send_signal(signal.SIGTERM)
    answer = answer_of(process)
    assert (answer.code, answer.out) == (0, "")
    assert "Traceback" not in answer.err


@pytest.mark.slow
def test_a_station_is_closed_when_windows_ends_the_session(database: Path) -> None:
    """An update's restart in office hours: `exec` never returns there."""
    command = [sys.executable, "-c", SIGNED_OFF, str(database)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[0] == "closed in order"


def broken(place: str, database: Path) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", BROKEN, place, str(database)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.slow
@pytest.mark.posix_only("signals")
def test_a_bug_in_a_slot_is_logged_and_the_station_goes_on(database: Path, own_home: Path) -> None:
    process = broken("slot", database)
    wait_until(lambda: "ZeroDivisionError" in log_of(own_home), process)
    wait_until(lambda: stations(database) != [], process)
    process.send_signal(signal.SIGINT)
    assert answer_of(process).code == 0
    assert "Traceback (most recent call last)" in log_of(own_home)
    assert "CRITICAL ult_desktop.ui.process: a bug" in log_of(own_home)


@pytest.mark.slow
def test_a_bug_at_the_start_ends_with_words(database: Path, own_home: Path) -> None:
    answer = answer_of(broken("start", database))
    assert answer.code == 1
    assert "Program tidak dapat dimulai (ZeroDivisionError)." in answer.err
    assert "ZeroDivisionError" in log_of(own_home)
    assert locks(own_home) == []


@pytest.mark.slow
def test_the_first_visitor_does_not_wait_for_what_gives_numbers(database: Path) -> None:
    command = [sys.executable, "-c", UNTOUCHED, str(database)]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)
    assert answer_of(process).code == 0
